//! Questions that were not executed: why, with which status, and how long to wait. Always well-formed GraphQL answers
//! without `data`, never debug text.
use super::{Media, points::Spent};
use crate::graphql::guard::{Refused, RefusedKind};
use async_graphql::ServerError;
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

/// Why a question was not executed.
#[derive(Debug)]
pub(in crate::http) struct Rejected {
    status: StatusCode,
    /// Whether it was a well-formed question, so that older clients are answered with 200.
    well_formed: bool,
    code: &'static str,
    errors: Vec<Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    spent: Option<Spent>,
}

impl Rejected {
    /// It was no question that this address answers.
    pub(in crate::http) fn malformed(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let errors = vec![json!({ "message": message.into(), "extensions": { "code": code } })];
        Self { status, well_formed: false, code, errors, headers: Vec::new(), spent: None }
    }

    /// It was a question, but not one that can be answered.
    pub(in crate::http) fn well_formed(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { well_formed: true, ..Self::malformed(status, code, message) }
    }

    /// It asks by a method that this operation may not be asked by.
    pub(in crate::http) fn method(allow: &'static str, message: &'static str) -> Self {
        let rejected = Self::malformed(StatusCode::METHOD_NOT_ALLOWED, "METHOD", message);
        rejected.with(header::ALLOW, HeaderValue::from_static(allow))
    }

    /// All points are spent.
    pub(in crate::http) fn too_many(spent: Spent, message: String) -> Self {
        let rejected = Self::malformed(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
        let rejected = rejected.with(header::RETRY_AFTER, HeaderValue::from(spent.seconds));
        Self { spent: Some(spent), ..rejected }
    }

    /// Something of ours failed; what, is in the log.
    pub(in crate::http) fn ours() -> Self {
        let told = "Something went wrong on our side. Please try again; if it stays so, tell us the request id.";
        Self::malformed(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", told)
    }

    /// After this was spent.
    pub(in crate::http) fn after(self, spent: Spent) -> Self {
        Self { spent: Some(spent), ..self }
    }

    /// With one more header.
    pub(in crate::http) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The schema refused, before anything was executed.
    pub(in crate::http) fn by_schema(errors: &[ServerError]) -> Self {
        let mut errors: Vec<Value> = errors.iter().filter_map(|error| serde_json::to_value(error).ok()).collect();
        for error in &mut errors {
            if error["extensions"]["code"].is_null() {
                error["extensions"]["code"] = "VALIDATION".into();
            }
        }
        Self { errors, ..Self::well_formed(StatusCode::BAD_REQUEST, "VALIDATION", "") }
    }

    /// Whether the question could be read, and what is wrong is what it asks.
    pub(in crate::http) fn is_about_content(&self) -> bool {
        self.well_formed && !matches!(self.code, "SYNTAX" | "OPERATION" | "DOCUMENT_TOO_LARGE")
    }

    /// The status it is answered with, where the media type lets it.
    pub(in crate::http) const fn status(&self) -> StatusCode {
        self.status
    }

    /// What was spent before.
    pub(in crate::http) const fn spent(&self) -> Option<Spent> {
        self.spent
    }

    /// Whether it is our fault.
    pub(in crate::http) fn is_ours(&self) -> bool {
        self.status.is_server_error()
    }

    /// What is wrong, in one sentence.
    pub(in crate::http) fn told(&self) -> String {
        let first = self.errors.first().and_then(|error| error["message"].as_str());
        first.unwrap_or_default().to_owned()
    }

    /// The errors as clients read them.
    pub(in crate::http) fn errors(mut self, request_id: &str) -> Vec<Value> {
        if !request_id.is_empty() {
            for error in &mut self.errors {
                error["extensions"]["requestId"] = request_id.into();
            }
        }
        self.errors
    }

    /// The answer to send.
    pub(in crate::http) fn answer(mut self, media: Media, request_id: &str) -> Response {
        let status = if self.well_formed { media.refused(self.status) } else { self.status };
        let (more, spent) = (std::mem::take(&mut self.headers), self.spent);
        let mut response = Response::new(Body::from(json!({ "errors": self.errors(request_id) }).to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(more);
        if let Some(spent) = spent {
            spent.tell(headers);
        }
        response
    }
}

impl From<Refused> for Rejected {
    /// 400 where the document is wrong, 422 where it is right but cannot be answered: no such operation, or too dear.
    fn from(refused: Refused) -> Self {
        let status = match refused.kind {
            RefusedKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            RefusedKind::Syntax | RefusedKind::Validation | RefusedKind::Variables => StatusCode::BAD_REQUEST,
            RefusedKind::Operation | RefusedKind::Cost => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let errors = refused.errors.into_iter().map(|error| {
            let places = error.locations.iter().map(|place| json!({ "line": place.line, "column": place.column }));
            let mut told = json!({ "message": error.message, "extensions": { "code": error.code } });
            if !error.locations.is_empty() {
                told["locations"] = places.collect();
            }
            told
        });
        Self { errors: errors.collect(), ..Self::well_formed(status, refused.kind.code(), "") }
    }
}
