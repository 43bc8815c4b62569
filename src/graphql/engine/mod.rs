//! The engine as the objects of long lists see it: `async_graphql`, but for how the fields of one object are resolved.
//!
//! `#[Object(crate = "crate::graphql::engine")]` makes an object use it. The library gives each field a future in a box
//! that is as large as the largest field of the object needs, with queries and pages: most of the time of a page went
//! into making and moving those. See [`container`].
mod container;
mod place;

pub use async_graphql::*;
pub use container::List;
pub use place::restore;

/// What `#[Object]` calls.
pub mod resolver_utils {
    pub use super::container::{resolve_container, resolve_field_async};
    pub use async_graphql::resolver_utils::*;
}
