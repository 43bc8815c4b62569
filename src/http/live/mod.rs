//! Operations over event streams and a WebSocket: who may open one, and what the two have in common. [`divert`] stands
//! before the other handlers of `/graphql` and takes what is meant for here.
mod limits;
mod message;
mod operation;
mod sse;
mod websocket;

pub use limits::Limits;

use super::{
    Hub,
    graphql::{Asker, Question, Rejected, judge, neighbourhood},
    visitor::Visitor,
};
use crate::{
    app::App,
    domain::id::{Id, kind},
    graphql::{
        guard::OperationKind,
        live::{Asked, EventCursor, Opened, Shared, Subscriber, open as begin},
    },
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

    /// How many subscriptions are open.
    pub(super) fn open(&self) -> usize {
        self.live.open()
    }

    /// Waits until all subscribers have been told to come again and are gone, at most three seconds.
    pub(super) async fn drained(&self) {
        let mut count = self.places.count();
        let _ = tokio::time::timeout(Duration::from_secs(3), count.wait_for(|count| *count == 0)).await;
    }

    /// A place for a connection of this visitor, or an answer that there is none.
    fn place(&self, visitor: &Visitor) -> Result<Place, Rejected> {
        let whose = match visitor.actor.person() {
            Some(person) => format!("person {person}"),
            None => format!("network {}", neighbourhood(visitor.address)),
        };
        self.places.take(whose).ok_or_else(|| {
            let told = "Too many open connections: close one, or put several subscriptions on one WebSocket.";
            let rejected = Rejected::malformed(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", told);
            rejected.with(header::RETRY_AFTER, header::HeaderValue::from_static("30"))
        })
    }
}

/// Judges and opens an operation; the one way in for both transports.
async fn open(
    hub: &Hub,
    subscriber: Subscriber,
    question: Question,
    resume: Option<EventCursor>,
    mutations: bool,
) -> Result<Opened, Rejected> {
    let asker = Asker { actor: &subscriber.actor, address: subscriber.address, language: subscriber.language };
    let judged = judge(hub, question, asker)?;
    if judged.approved.kind == OperationKind::Mutation && !mutations {
        return Err(Rejected::method("POST", "Mutations are sent by POST."));
    }
    let mut request = judged.approved.request;
    let told = "The document cannot be read.";
    let unread = |_| Rejected::well_formed(StatusCode::BAD_REQUEST, "SYNTAX", told);
    let document = request.parsed_query().map_err(unread)?.clone();
    let asked = Asked {
        hash: judged.document.hash,
        document,
        operation: request.operation_name,
        variables: request.variables,
        kind: judged.approved.kind,
        rate_limit: judged.spent.rate_limit(),
    };
    let parts = (&hub.live.live, &hub.schema, &hub.live.shared);
    begin(parts, subscriber, asked, resume).await.map_err(|errors| Rejected::by_schema(&errors))
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
    let Visitor { actor, language, address, browser } = visitor;
    let credential = match (bearer(headers), browser.session, &browser.session_secret) {
        (Some(token), ..) => Credential::Token(token.to_owned()),
        (None, Some(_), Some(secret)) => Credential::Session(secret.clone()),
        _ => Credential::Nothing,
    };
    Subscriber { actor, credential, language, address, browser, request_id }
}

/// Waits until the server stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
