//! The integration tests: one binary, one file a subject. Every test of store and service runs on both engines.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer")]
#![expect(
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::too_many_arguments,
    clippy::too_many_lines,
    clippy::zombie_processes,
    reason = "a test reads from top to bottom, with its words beside it; a server is waited for when it is dropped"
)]
#[macro_use]
mod support;

mod answers;
mod chaos;
mod connections;
mod conversations;
mod delivery;
mod delivery_cost;
mod delivery_domains;
mod documents;
mod duties;
mod elsewhere;
mod engine;
mod expertise;
mod feeds;
mod fuzz;
mod guard;
mod history;
mod http;
mod imports;
mod inbound;
mod kill;
mod kit;
mod layers;
mod letters;
mod lineage;
mod live;
mod log;
mod mail_log;
mod matching;
mod members;
mod needs;
mod network;
mod notifications;
mod nullable;
mod open_data;
mod operations;
mod outbox;
mod permissions;
mod portal;
mod practice_import;
mod practices;
mod requests;
mod responsiveness;
mod schema;
mod search;
mod server_info;
mod sign_in;
mod smtp_transport;
mod stewards;
mod story;
mod tasks;
mod territories;
mod timers;
mod tokens;
mod upkeep;
