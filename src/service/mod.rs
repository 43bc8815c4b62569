//! Use cases, one public function each: load in the transaction, ask [`Actor::may`](crate::domain::permission::Actor::may),
//! change, emit, commit. Nothing is sent from here.
pub mod idempotency;
pub mod requests;
pub mod territories;
