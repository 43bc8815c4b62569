//! GraphQL over server-sent events, as `graphql-sse` has it with distinct connections: one request, one stream.
use super::{Hub, Place, message, open, request_id, stopped, subscriber};
use crate::{
    graphql::live::{Delivery, EventCursor, Opened, Question, Refused, Subscription, Way, Why},
    http::{LARGEST_BODY, failure, visitor},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Query, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, future::BoxFuture, stream};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, convert::Infallible, net::SocketAddr};
use tokio::{
    sync::watch,
    time::{Interval, interval},
};

const STREAM: &str = "text/event-stream";
const COMPLETE: &str = "event: complete\ndata:\n\n";

/// Whether an event stream is wanted, and nothing else as much.
pub(super) fn is_meant(request: &Request) -> bool {
    let lines = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let (mut wanted, mut other) = (0.0_f32, 0.0_f32);
    for part in lines.flat_map(|line| line.split(',')).take(32) {
        let mut pieces = part.split(';').map(str::trim);
        let media = pieces.next().unwrap_or_default();
        let quality = pieces.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let best = if media.eq_ignore_ascii_case(STREAM) { &mut wanted } else { &mut other };
        *best = best.max(quality);
    }
    wanted > other
}

/// Answers with a stream: of one answer, or of a subscription's.
pub(super) async fn answer(hub: Hub, peer: SocketAddr, request: Request) -> Response {
    let id = request_id(&hub);
    let mut response = match streamed(&hub, peer, request, &id).await {
        Ok(response) | Err(response) => response,
    };
    tracing::info!(request_id = id, status = response.status().as_u16(), "event stream");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

async fn streamed(hub: &Hub, peer: SocketAddr, request: Request, id: &str) -> Result<Response, Response> {
    let (parts, body) = request.into_parts();
    let question = match parts.method {
        Method::POST => posted(&parts, body, id).await?,
        Method::GET => in_address(&parts, id)?,
        _ => {
            let refused = failure::refused(StatusCode::METHOD_NOT_ALLOWED, "METHOD", "Ask by POST or GET.", id);
            return Err(([(header::ALLOW, "GET, POST")], refused).into_response());
        }
    };
    let visitor = visitor::of(hub, &parts.headers, peer.ip(), id).await?;
    let place = hub.live.place(&visitor, id)?;
    let way = Way { resume: last_event(&parts.headers), mutations: parts.method == Method::POST };
    let subscriber = subscriber(visitor, &parts.headers, id.to_owned());
    let begun = match open(hub, subscriber, question, way).await {
        Ok(Opened::Stream(subscription)) => Begun::Stream(run(subscription)),
        Ok(Opened::Once(answer)) => Begun::Once(answer.to_string()),
        Err(Refused { why: Why::Invalid, errors }) => Begun::Once(json!({ "errors": errors }).to_string()),
        Err(Refused { why, errors }) => return Err(refused(why, &errors, id)),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        // A proxy that collects answers before it passes them on would pass on nothing.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Outgoing::new(hub, begun, place).into_body()).into_response())
}

fn refused(why: Why, errors: &[async_graphql::ServerError], id: &str) -> Response {
    let told = errors.first().map_or("The document cannot be read.", |error| error.message.as_str());
    match why {
        Why::Mutation => {
            let refused = failure::refused(StatusCode::METHOD_NOT_ALLOWED, "METHOD", told, id);
            ([(header::ALLOW, "POST")], refused).into_response()
        }
        Why::Unreadable | Why::Invalid => failure::refused(StatusCode::BAD_REQUEST, "QUESTION", told, id),
    }
}

async fn posted(parts: &Parts, body: Body, id: &str) -> Result<Question, Response> {
    let content = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = content.split(';').next().unwrap_or_default().trim();
    // As for other answers: a page of another site can send forms and plain text without asking.
    if !media.eq_ignore_ascii_case("application/json") {
        let told = "Send application/json.";
        return Err(failure::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "CONTENT_TYPE", told, id));
    }
    let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| {
        failure::refused(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", "A question may have 1 MiB at most.", id)
    })?;
    match serde_json::from_slice(&body) {
        Ok(Value::Object(object)) => question(object, id),
        Ok(_) => Err(failure::refused(StatusCode::BAD_REQUEST, "QUESTION", "A question is one JSON object.", id)),
        Err(_) => Err(failure::refused(StatusCode::BAD_REQUEST, "JSON", "The body is not JSON.", id)),
    }
}

fn in_address(parts: &Parts, id: &str) -> Result<Question, Response> {
    let wrong = |told: &str| failure::refused(StatusCode::BAD_REQUEST, "QUESTION", told, id);
    let Query(mut said) = Query::<HashMap<String, String>>::try_from_uri(&parts.uri)
        .map_err(|_| wrong("The address's parameters cannot be read."))?;
    let mut object = Map::new();
    for name in ["query", "operationName"] {
        object.extend(said.remove(name).map(|text| (name.to_owned(), Value::String(text))));
    }
    for name in ["variables", "extensions"] {
        if let Some(text) = said.remove(name) {
            let value = serde_json::from_str(&text).map_err(|_| wrong(&format!("'{name}' is not JSON.")))?;
            object.insert(name.to_owned(), value);
        }
    }
    question(object, id)
}

fn question(object: Map<String, Value>, id: &str) -> Result<Question, Response> {
    message::question(object).map_err(|told| failure::refused(StatusCode::BAD_REQUEST, "QUESTION", &told, id))
}

/// Where a browser's `EventSource` was when it lost the stream: it says so by itself when it comes again.
fn last_event(headers: &HeaderMap) -> Option<EventCursor> {
    EventCursor::opened(headers.get("last-event-id")?.to_str().ok()?)
}

/// A subscription on its way to its next answer. Never dropped on the way, or an event would be lost.
type Running = BoxFuture<'static, (Box<Subscription>, Option<Delivery>)>;

fn run(mut subscription: Box<Subscription>) -> Running {
    async move {
        let delivery = subscription.next().await;
        (subscription, delivery)
    }
    .boxed()
}

enum Begun {
    Once(String),
    Stream(Running),
    Ended,
}

/// A stream on its way out: asked for more only when the connection has taken what was there before, so that a slow
/// reader holds up nothing but itself.
struct Outgoing {
    begun: Begun,
    first: bool,
    heartbeat: Interval,
    stop: watch::Receiver<bool>,
    _place: Place,
}

impl Outgoing {
    fn new(hub: &Hub, begun: Begun, place: Place) -> Self {
        let mut heartbeat = interval(hub.live.limits.heartbeat);
        heartbeat.reset();
        Self { begun, first: true, heartbeat, stop: hub.live.stop.clone(), _place: place }
    }

    fn into_body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut outgoing| async {
            let part = outgoing.part().await?;
            Some((Ok::<_, Infallible>(Bytes::from(part)), outgoing))
        }))
    }

    async fn part(&mut self) -> Option<String> {
        if std::mem::take(&mut self.first) {
            // Some browsers do not believe in the stream before it has said something.
            return Some(":\n\n".to_owned());
        }
        let running = match &mut self.begun {
            Begun::Stream(running) => running,
            Begun::Once(answer) => {
                let told = format!("event: next\ndata: {answer}\n\n{COMPLETE}");
                self.begun = Begun::Ended;
                return Some(told);
            }
            Begun::Ended => return None,
        };
        tokio::select! {
            biased;
            () = stopped(&mut self.stop) => {
                self.begun = Begun::Ended;
                Some("retry: 1000\n: the hub stops; come again and resume after your last cursor\n\n".to_owned())
            }
            (subscription, delivery) = running => Some(if let Some(delivery) = delivery {
                self.begun = Begun::Stream(run(subscription));
                let id = delivery.cursor.map(|cursor| format!("id: {cursor}\n")).unwrap_or_default();
                format!("{id}event: next\ndata: {}\n\n", delivery.json)
            } else {
                self.begun = Begun::Ended;
                COMPLETE.to_owned()
            }),
            _ = self.heartbeat.tick() => Some(":\n\n".to_owned()),
        }
    }
}
