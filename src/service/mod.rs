//! Use cases, one public function each: load in the transaction, ask [`Actor::may`](crate::domain::permission::Actor::may),
//! change, emit, commit. Nothing is sent from here.
pub mod contacts;
pub mod conversations;
pub mod demo;
pub mod documents;
pub mod health;
pub mod idempotency;
pub mod import;
pub mod invitations;
pub mod kit;
pub mod letters;
pub mod lineage;
pub mod live;
pub mod members;
pub mod people;
pub mod practices;
pub mod requests;
pub mod sessions;
pub mod sign_in;
pub mod territories;
pub mod tokens;
pub mod undelivered;
pub mod upkeep;
pub(crate) mod vocabulary;
