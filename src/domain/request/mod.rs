//! Replication requests: a territory asks the owner of a practice for help to copy it.
pub mod lifecycle;
pub use lifecycle::{Party, RequestState, Step};
