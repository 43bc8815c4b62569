//! Use cases, one public function each: load in the transaction, ask [`Actor::may`](crate::domain::permission::Actor::may),
//! change, emit, commit. Nothing is sent from here.
pub mod idempotency;
pub mod invitations;
pub mod members;
pub mod people;
pub mod requests;
pub mod sessions;
pub mod import;
pub mod conversations;
pub mod territories;
pub mod tokens;
