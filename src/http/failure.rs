//! Answers to what is no question: pages that are not there, and bugs outside of a question. Always JSON with a
//! sentence, never debug text.
use super::graphql::{Media, Rejected};
use axum::{http::StatusCode, response::Response};
use std::any::Any;

/// A page that is not there.
pub(super) fn no_such_page() -> Response {
    let told = "There is no such page. The API is at /graphql.";
    Rejected::malformed(StatusCode::NOT_FOUND, "NOT_FOUND", told).answer(Media::Plain, "")
}

/// A page that is asked by another method.
pub(super) async fn no_such_method() -> Response {
    Rejected::method("GET", "Pages are asked for by GET.").answer(Media::Plain, "")
}

/// A bug: whoever asked is told so, nobody else notices. What was said is in the log, by the hook of `command`.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Rejected::ours().answer(Media::Plain, "")
}
