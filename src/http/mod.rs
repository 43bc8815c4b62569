//! The only axum.
