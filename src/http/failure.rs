//! Answers to what never reached the schema: always JSON with a sentence, never debug text.
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::any::Any;

/// A GraphQL error without data, since nothing was executed.
pub(super) fn refused(status: StatusCode, code: &str, message: &str, request_id: &str) -> Response {
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code, "requestId": request_id } }] });
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// A page that is not there.
pub(super) async fn no_such_page() -> Response {
    refused(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such page. The API is at /graphql.", "")
}

/// A bug: whoever asked is told so, nobody else notices. What was said is in the log, by the hook of `command`.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "Something went wrong on our side. Please try again.", "")
}
