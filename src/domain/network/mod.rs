//! The network: territories, and what passed between them. `count` tells as what a request counts and what changes when
//! it moves on; `graph` is the picture that is drawn, `measure` and `community` say who stands where in it, `layout`
//! where to draw it; `spread` finds the middle of counted days.
//!
//! Nothing here is about persons. An edge goes from who asks to who is asked.
pub mod community;
pub mod count;
pub mod graph;
pub mod layout;
pub mod measure;
pub mod spread;

pub use count::{Counted, Counts, Delta};
pub use graph::{Exchange, Network, Node};
pub use spread::Spread;
