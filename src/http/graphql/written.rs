//! Answers of the schema as HTTP answers.
use super::Media;
use crate::{
    graphql::complete,
    http::answers::{Finished, Outcome},
};
use async_graphql::Response as Answer;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

/// Finishes an answer: every error says its code and the request's id, and the fields stand in the order they were
/// asked for.
pub(super) fn finished(mut answer: Answer, request_id: &str) -> Finished {
    complete(&mut answer, request_id);
    Finished::of(&answer).unwrap_or_else(|error| {
        tracing::error!(request_id, %error, "an answer could not be written");
        let extensions = json!({ "code": "INTERNAL", "requestId": request_id });
        let told = "Something went wrong on our side. Please try again.";
        let body = json!({ "data": null, "errors": [{ "message": told, "extensions": extensions }] }).to_string();
        Finished { body: body.into(), keep: false, outcome: Outcome::Faulty, cookies: Vec::new() }
    })
}

/// A finished answer as it is sent. Without an entity tag nobody may keep it.
pub(super) fn response(finished: &Finished, media: Media, etag: Option<&str>) -> Response {
    let mut response = Response::new(Body::from(finished.body.clone()));
    *response.status_mut() = media.executed(finished.outcome);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    for cookie in &finished.cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    kept(&mut response, etag);
    response
}

/// The client has the answer already.
pub(super) fn not_modified(etag: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    kept(&mut response, Some(etag));
    response
}

/// Nobody may keep it after all.
pub(super) fn not_kept(response: &mut Response) {
    response.headers_mut().remove(header::ETAG);
    kept(response, None);
}

fn kept(response: &mut Response, etag: Option<&str>) {
    let etag = etag.and_then(|etag| HeaderValue::from_str(etag).ok());
    // Whoever keeps it asks each time whether it still stands.
    let control = if etag.is_some() { "public, no-cache" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    if let Some(etag) = etag {
        response.headers_mut().insert(header::ETAG, etag);
    }
}
