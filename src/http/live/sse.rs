//! GraphQL over server-sent events, as `graphql-sse` has it with distinct connections: one request, one stream.
use super::{Hub, Place, open, request_id, stopped, subscriber};
use crate::{
    graphql::live::{Delivery, EventCursor, Opened, Subscription},
    http::{
        elsewhere,
        graphql::{Media, Question, Rejected, posted},
        visitor,
    },
};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, future::BoxFuture, stream};
use serde_json::json;
use std::{convert::Infallible, net::SocketAddr};
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
        // Only what could be sent instead counts against it.
        let best = match media.to_ascii_lowercase().as_str() {
            STREAM => &mut wanted,
            "application/json" | "application/graphql-response+json" | "application/*" | "*/*" => &mut other,
            _ => continue,
        };
        *best = best.max(quality);
    }
    wanted > other
}

/// Answers with a stream: of one answer, or of a subscription's.
pub(super) async fn answer(hub: Hub, peer: SocketAddr, request: Request) -> Response {
    let id = request_id(&hub);
    let streamed = streamed(&hub, peer, request, &id).await;
    let mut response = streamed.unwrap_or_else(|rejected| rejected.answer(Media::Modern, &id));
    tracing::info!(request_id = id, status = response.status().as_u16(), "event stream");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

async fn streamed(hub: &Hub, peer: SocketAddr, request: Request, id: &str) -> Result<Response, Rejected> {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let question = match method {
        Method::POST => posted(&headers, request).await?,
        Method::GET => Question::addressed(request.uri().query().unwrap_or_default())?,
        _ => return Err(Rejected::method("GET, POST", "Ask by POST or GET.")),
    };
    let visitor = visitor::of(hub, &headers, peer.ip(), id).await?;
    let place = hub.live.place(&visitor)?;
    let subscriber = subscriber(visitor, &headers, id.to_owned());
    let unchanging = match method {
        Method::POST if elsewhere::may_change(&headers) => None,
        Method::POST => Some(elsewhere::refused()),
        _ => Some(Rejected::method("POST", "Mutations are sent by POST.")),
    };
    let (begun, spent) = match open(hub, subscriber, question, last_event(&headers)?, unchanging).await {
        Ok((Opened::Stream(subscription), spent)) => (Begun::Stream(run(subscription)), Some(spent)),
        Ok((Opened::Once(answer, _), spent)) => (Begun::Once(answer.to_string()), Some(spent)),
        // The protocol tells what is wrong with a document that could be read in the stream itself.
        Err(rejected) if rejected.is_about_content() => {
            let spent = rejected.spent();
            (Begun::Once(json!({ "errors": rejected.errors(id) }).to_string()), spent)
        }
        Err(rejected) => return Err(rejected),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        // A proxy that collects answers before it passes them on would pass on nothing.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    let mut response = (headers, Outgoing::new(hub, begun, place).into_body()).into_response();
    if let Some(spent) = spent {
        spent.tell(response.headers_mut());
    }
    Ok(response)
}

/// Where a browser's `EventSource` was when it lost the stream: it says so by itself when it comes again.
fn last_event(headers: &HeaderMap) -> Result<Option<EventCursor>, Rejected> {
    let Some(said) = headers.get("last-event-id").filter(|said| !said.is_empty()) else { return Ok(None) };
    let cursor = said.to_str().ok().and_then(EventCursor::opened);
    let told = "`Last-Event-ID` is not a cursor of this hub: leave it out to begin now.";
    cursor.map(Some).ok_or_else(|| Rejected::well_formed(StatusCode::BAD_REQUEST, "BAD_ARGUMENT", told))
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
