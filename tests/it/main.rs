//! The integration tests: one binary, one file a subject. Every test of store and service runs on both engines.
#[macro_use]
mod support;

mod conversations;
mod delivery;
mod http;
mod imports;
mod kill;
mod kit;
mod layers;
mod letters;
mod lineage;
mod log;
mod members;
mod outbox;
mod permissions;
mod practice_import;
mod practices;
mod requests;
mod schema;
mod sign_in;
mod smtp_transport;
mod story;
mod territories;
mod tokens;
