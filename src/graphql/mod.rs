//! The only async-graphql: translates between the schema and the use cases, decides nothing. By subject: one file
//! holds a subject's object, its queries and its mutations.
mod contact;
pub mod context;
mod conversation;
pub mod cookie;
mod document;
mod engine;
mod error;
mod execute;
pub mod guard;
mod id;
mod kit;
mod limit;
mod lineage;
pub mod live;
pub mod loaders;
mod markdown;
mod member;
mod node;
mod page;
mod person;
mod practice;
mod request;
mod scalar;
pub mod schema;
mod server;
mod sign_in;
mod term;
mod territory;
mod token;
mod viewer;

pub use context::Ask;
pub use error::{complete, is_fault};
pub use execute::execute;
pub use id::opened;
pub use limit::RateLimit;
pub use schema::{HubSchema, build, build_behind_guard};
