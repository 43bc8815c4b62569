//! GraphQL over HTTP: one JSON question by POST, one JSON answer with the right status.
use super::{Hub, failure, visitor};
use crate::{
    clock::Clock,
    domain::id::{Id, kind},
    graphql::Ask,
};
use async_graphql::Response as Answer;
use axum::{
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::net::SocketAddr;

const MODERN: &str = "application/graphql-response+json";
const PLAIN: &str = "application/json";

/// A question as clients send it.
#[derive(Deserialize)]
struct Question {
    query: String,
    #[serde(default, rename = "operationName")]
    operation: Option<String>,
    #[serde(default)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    #[expect(dead_code, reason = "read to be refused where it is not a map")]
    extensions: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Answers one question.
pub(super) async fn answer(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let stopwatch = Clock::stopwatch();
    let id: Id<kind::Request> = hub.app.clock.id();
    let request_id = id.uuid().simple().to_string();
    let mut response = match asked(&hub, &headers, peer, body, &request_id).await {
        Ok(response) | Err(response) => response,
    };
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request_id, status = response.status().as_u16(), micros, "graphql");
    response
}

async fn asked(
    hub: &Hub,
    headers: &HeaderMap,
    peer: SocketAddr,
    body: Result<Bytes, BytesRejection>,
    request_id: &str,
) -> Result<Response, Response> {
    let refused = |status, code, message: &str| Err(failure::refused(status, code, message, request_id));
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A form or a text/plain page of another site can send these without asking: only JSON is a question.
    let (media, _) = text(header::CONTENT_TYPE).split_once(';').unwrap_or((text(header::CONTENT_TYPE), ""));
    if !media.trim().eq_ignore_ascii_case(PLAIN) {
        return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "CONTENT_TYPE", "Send application/json.");
    }
    let Some(media) = accepted(headers) else {
        return refused(
            StatusCode::NOT_ACCEPTABLE,
            "ACCEPT",
            "Answers are application/graphql-response+json or application/json.",
        );
    };
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return refused(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", "A question may have 1 MiB at most.");
        }
        Err(_) => return refused(StatusCode::BAD_REQUEST, "BODY", "The body could not be read."),
    };
    let question: Question = match serde_json::from_slice(&body) {
        Ok(question) => question,
        Err(error) if error.is_data() => {
            let told =
                "A question is one object {query, variables?, operationName?, extensions?}; batches are refused.";
            return refused(StatusCode::BAD_REQUEST, "QUESTION", told);
        }
        Err(_) => return refused(StatusCode::BAD_REQUEST, "JSON", "The body is not JSON."),
    };
    let visitor = visitor::of(hub, headers, peer.ip(), request_id).await?;
    let mut ask = Ask::new(&hub.app, visitor.actor, visitor.language, request_id.to_owned());
    (ask.network, ask.browser) = (visitor.network, visitor.browser);
    let variables = serde_json::Value::Object(question.variables.unwrap_or_default());
    let mut request =
        async_graphql::Request::new(question.query).variables(async_graphql::Variables::from_json(variables)).data(ask);
    request.operation_name = question.operation;
    Ok(written(&hub.schema.execute(request).await, media, request_id))
}

/// The media type to answer in: the modern one where it is named, the plain one where it or nothing is.
fn accepted(headers: &HeaderMap) -> Option<&'static str> {
    let mut lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if lines.peek().is_none() {
        return Some(PLAIN);
    }
    let mut best: Option<(&'static str, f32)> = None;
    for part in lines.flat_map(|line| line.split(',')).take(32) {
        let mut pieces = part.split(';').map(str::trim);
        let media = match pieces.next().map(str::to_ascii_lowercase).as_deref() {
            Some(MODERN) => MODERN,
            Some(PLAIN | "application/*" | "*/*") => PLAIN,
            _ => continue,
        };
        let quality = pieces.find_map(|p| p.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        if quality > 0.0 && best.is_none_or(|(_, q)| quality > q || (quality >= q && media == MODERN)) {
            best = Some((media, quality));
        }
    }
    best.map(|(media, _)| media)
}

fn written(answer: &Answer, media: &'static str, request_id: &str) -> Response {
    // Errors without a path come from reading the document: nothing was executed, so there is no `data` to speak of.
    let executed = answer.errors.is_empty() || answer.errors.iter().any(|error| !error.path.is_empty());
    let status = if executed || media == PLAIN { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let set: Vec<HeaderValue> = answer.http_headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    // Written as it is, fields stand in the order they were asked for.
    let written = if executed {
        serde_json::to_string(answer)
    } else {
        serde_json::to_string(&serde_json::json!({ "errors": answer.errors }))
    };
    let json = match written {
        Ok(json) => json,
        Err(error) => {
            tracing::error!(request_id, %error, "an answer could not be written");
            let told = "Something went wrong on our side.";
            return failure::refused(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", told, request_id);
        }
    };
    let content_type = if media == MODERN {
        "application/graphql-response+json; charset=utf-8"
    } else {
        "application/json; charset=utf-8"
    };
    let mut response =
        (status, [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")], json).into_response();
    for cookie in set {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Anything but POST.
pub(super) async fn wrong_method() -> Response {
    let mut response =
        failure::refused(StatusCode::METHOD_NOT_ALLOWED, "METHOD", "Ask by POST. To look around: /graphiql/", "");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}
