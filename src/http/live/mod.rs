//! Operations over event streams and a WebSocket: who may open one, and what the two have in common. [`divert`] stands
//! before the other handlers of `/graphql` and takes what is meant for here.
mod limits;
mod message;
mod operation;
mod sse;
mod websocket;

pub use limits::Limits;

use super::{Hub, failure, visitor::Visitor};
use crate::{
    app::App,
    domain::id::{Id, kind},
    graphql::live::{Opened, Question, Refused, Shared, Subscriber, Way, open as begin},
    service::live::{Credential, Live},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};
use limits::{Place, Places};
use std::{net::SocketAddr, time::Duration};
use tokio::sync::watch;

/// What both transports need. Cheap to clone.
#[derive(Clone)]
pub(super) struct Subscriptions {
    live: Live,
    shared: Shared,
    limits: Limits,
    places: Places,
    stop: watch::Receiver<bool>,
}

impl Subscriptions {
    /// Begins to follow the log, until `stop` becomes true.
    pub(super) fn start(app: App, limits: Limits, stop: watch::Receiver<bool>) -> Self {
        let live = Live::new(app);
        let (follower, until) = (live.clone(), stop.clone());
        tokio::spawn(async move {
            // Should it panic, everybody would wait for ever: it begins anew, from where the ring ends.
            loop {
                let (follower, until) = (follower.clone(), until.clone());
                let Err(broken) = tokio::spawn(async move { follower.follow(until).await }).await else { return };
                tracing::error!(%broken, "the follower of subscriptions begins anew");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        Self { live, shared: Shared::default(), limits, places: Places::new(limits), stop }
    }

    /// Waits until all subscribers have been told to come again and are gone, at most three seconds.
    pub(super) async fn drained(&self) {
        let mut count = self.places.count();
        let _ = tokio::time::timeout(Duration::from_secs(3), count.wait_for(|count| *count == 0)).await;
    }

    /// A place for a connection of this visitor, or an answer that there is none.
    fn place(&self, visitor: &Visitor, request_id: &str) -> Result<Place, Response> {
        let whose = match visitor.actor.person() {
            Some(person) => format!("person {person}"),
            None => format!("network {}", visitor.network),
        };
        self.places.take(whose).ok_or_else(|| {
            let told = "Too many open connections: close one, or put several subscriptions on one WebSocket.";
            let mut refused = failure::refused(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", told, request_id);
            refused.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
            refused
        })
    }
}

/// Judges and opens an operation; the one way in for both transports.
async fn open(hub: &Hub, subscriber: Subscriber, question: Question, way: Way) -> Result<Opened, Refused> {
    begin((&hub.live.live, &hub.schema, &hub.live.shared), subscriber, question, way).await
}

/// Takes WebSocket handshakes and requests for event streams; passes on all others.
pub(super) async fn divert(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if websocket::is_meant(&request) {
        return websocket::upgrade(hub, peer, request).await;
    }
    if sse::is_meant(&request) {
        return sse::answer(hub, peer, request).await;
    }
    next.run(request).await
}

fn request_id(hub: &Hub) -> String {
    let id: Id<kind::Request> = hub.app.clock.id();
    id.uuid().simple().to_string()
}

/// The bearer token of a request.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// The visitor as a subscriber, with what it will be asked for again.
fn subscriber(visitor: Visitor, headers: &HeaderMap, request_id: String) -> Subscriber {
    let Visitor { actor, language, network, browser } = visitor;
    let credential = match (bearer(headers), browser.session, &browser.session_secret) {
        (Some(token), ..) => Credential::Token(token.to_owned()),
        (None, Some(_), Some(secret)) => Credential::Session(secret.clone()),
        _ => Credential::Nothing,
    };
    Subscriber { actor, credential, language, network, browser, request_id }
}

/// Waits until the server stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
