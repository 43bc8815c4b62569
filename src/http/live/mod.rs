//! Operations over event streams and a WebSocket: who may open one, and what the two have in common. [`divert`] stands
//! before the other handlers of `/graphql` and takes what is meant for here.
mod limits;
mod message;
mod operation;
mod sse;
mod websocket;

pub use limits::Limits;
pub(super) use limits::Places;

use super::{
    Hub,
    account::Account,
    answers::Outcome,
    graphql::{Asker, Media, Question, Rejected, Spent, judge},
    visitor::{Visitor, bearer},
};
use crate::{
    app::App,
    domain::id::{Id, kind},
    graphql::{
        guard::OperationKind,
        live::{Asked, EventCursor, Opened, Pay, Shared, Subscriber, open as begin},
    },
    meter,
    service::live::{Credential, Live},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};
use limits::Place;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::sync::watch;
use tracing::Instrument;

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

    /// How many events they have still to be told of, as far as is known.
    pub(super) fn lag(&self) -> i64 {
        self.live.lag()
    }

    /// How long a client may leave unread what is sent to it.
    pub(super) const fn stall(&self) -> Duration {
        self.limits.stall
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
            None => format!("network {}", visitor.address),
        };
        self.places.take(whose).ok_or_else(|| {
            let told = "Too many open connections: close one, or put several subscriptions on one WebSocket.";
            let rejected = Rejected::malformed(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", told);
            rejected.with(header::RETRY_AFTER, header::HeaderValue::from_static("30"))
        })
    }
}

/// Judges and opens an operation; the one way in for both transports, and accounted for as every request is. `unchanging`
/// says why a mutation is refused, where it is.
async fn open(
    hub: &Hub,
    subscriber: Subscriber,
    question: Question,
    resume: Option<EventCursor>,
    unchanging: Option<Rejected>,
) -> Result<(Opened, Spent), Rejected> {
    let request_id = subscriber.request_id.clone();
    let work = Box::pin(async {
        let mut account = Account::open(&hub.app.metrics, &request_id);
        account.asked_by(&subscriber.actor);
        let span = account.span();
        let opened = judged(hub, subscriber, question, resume, unchanging, &mut account).instrument(span).await;
        match &opened {
            Ok((Opened::Once(_, failed), _)) => account.ended(if *failed { Outcome::Partial } else { Outcome::Whole }),
            Ok((Opened::Stream(_), _)) => account.ended(Outcome::Whole),
            Err(_) => {}
        }
        account.close(opened.as_ref().map_or_else(Rejected::status, |_| StatusCode::OK));
        opened
    });
    meter::measured(request_id.clone(), work).await.0
}

async fn judged(
    hub: &Hub,
    subscriber: Subscriber,
    question: Question,
    resume: Option<EventCursor>,
    unchanging: Option<Rejected>,
    account: &mut Account,
) -> Result<(Opened, Spent), Rejected> {
    let (address, language) = (subscriber.address, subscriber.language);
    let judged = judge(hub, question, Asker { actor: &subscriber.actor, address, language })?;
    account.judged(&judged.approved);
    let spent = judged.spent;
    if judged.approved.kind == OperationKind::Mutation
        && let Some(refused) = unchanging
    {
        return Err(refused.after(spent));
    }
    let mut request = judged.approved.request;
    let told = "The document cannot be read.";
    let unread = |_| Rejected::well_formed(StatusCode::BAD_REQUEST, "SYNTAX", told).after(spent);
    let document = request.parsed_query().map_err(unread)?.clone();
    let (points, clock, cost) = (Arc::clone(&hub.points), hub.app.clock.clone(), spent.rate_limit().cost);
    let pay: Pay = Arc::new(move |actor| match points.spend(actor, address, cost, clock.now()) {
        Ok(_) => Ok(()),
        Err(spent) => Err(Duration::from_secs(u64::try_from(spent.seconds).unwrap_or(1))),
    });
    let asked = Asked {
        hash: judged.document.hash,
        document,
        operation: request.operation_name,
        variables: request.variables,
        kind: judged.approved.kind,
        rate_limit: spent.rate_limit(),
        pay,
    };
    let parts = (&hub.live.live, &hub.schema, &hub.live.shared);
    match begin(parts, subscriber, asked, resume).await {
        Ok(opened) => Ok((opened, spent)),
        Err(errors) => Err(Rejected::by_schema(&errors).after(spent)),
    }
}

/// Takes WebSocket handshakes and requests for event streams; passes on all others.
pub(super) async fn divert(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let (socket, stream) = (websocket::is_meant(&request), sse::is_meant(&request));
    if (socket || stream) && *hub.stop.borrow() {
        // Whoever was told to come again is to find another instance, or this one when it is back.
        let told = "The hub is about to stop: come again in a moment.";
        let rejected = Rejected::malformed(StatusCode::SERVICE_UNAVAILABLE, "STOPPING", told);
        let rejected = rejected.with(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        return rejected.answer(Media::Plain, &request_id(&hub));
    }
    if socket {
        return websocket::upgrade(hub, peer, request).await;
    }
    if stream {
        return sse::answer(hub, peer, request).await;
    }
    next.run(request).await
}

fn request_id(hub: &Hub) -> String {
    let id: Id<kind::Request> = hub.app.clock.id();
    id.uuid().simple().to_string()
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
