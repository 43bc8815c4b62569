//! The integration tests: one binary, one file a subject. Every test of store and service runs on both engines.
#[macro_use]
mod support;

mod http;
mod imports;
mod conversations;
mod delivery;
mod kill;
mod layers;
mod letters;
mod log;
mod requests;
mod smtp_transport;
mod schema;
mod story;
mod outbox;
mod permissions;
mod lineage;
mod log;
mod smtp_transport;
mod kit;
mod outbox;
mod practice_import;
mod practices;
mod members;
mod sign_in;
mod territories;
mod tokens;
