//! GraphQL over HTTP (edition of September 2026): a question by POST or GET is read, its document found and judged, its
//! points are taken, and only then is it executed; the answer is written in the media type that is wanted.
mod accept;
mod documents;
mod points;
mod question;
mod rejected;
mod written;

use super::{
    Hub,
    account::Account,
    answers::{Outcome, Place, Question as Meant},
    elsewhere, visitor,
    visitor::Visitor,
};
use crate::{
    domain::{
        id::{Id, kind},
        permission::Actor,
        text::Language,
    },
    graphql::{
        self, Ask,
        guard::{Approved, OperationKind, limits},
    },
    meter,
};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, RawQuery, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::FutureExt;
use serde_json::{Map, Value};
use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};
use tracing::Instrument;

pub(super) use accept::{Media, negotiate};
use documents::Document;
pub(super) use documents::Documents;
pub(super) use points::{Points, Spent};
pub(super) use question::Question;
pub(super) use rejected::Rejected;

/// The longest a body may take to arrive.
const SLOWEST_BODY: Duration = Duration::from_secs(10);
/// The longest an answer may take.
const SLOWEST_ANSWER: Duration = Duration::from_secs(20);

/// A question that may be executed: its document is valid, its points are taken.
pub(super) struct Judged {
    pub approved: Approved,
    pub spent: Spent,
    pub document: Document,
    /// The variables as they came, of whoever asks without signing in: with the document they name the answer.
    variables: Map<String, Value>,
}

impl Judged {
    fn meant(&self) -> Meant<'_> {
        let operation = self.approved.operation.as_deref();
        Meant { document: self.document.hash.as_bytes(), operation, variables: &self.variables }
    }
}

/// Who asks, as far as judging needs to know.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    pub actor: &'a Actor,
    pub address: IpAddr,
    pub language: Language,
}

/// A request as it arrived.
struct Arrived<'a> {
    hub: &'a Hub,
    headers: &'a HeaderMap,
    peer: SocketAddr,
    method: &'static str,
}

/// Answers a question in the body.
pub(super) async fn post(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let arrived = Arrived { hub: &hub, headers: &headers, peer, method: "POST" };
    answer(arrived, posted(&headers, request)).await
}

/// Reads the question in a body.
///
/// # Errors
/// 408 where it takes too long to arrive; those of [`Question::posted`].
pub(super) async fn posted(headers: &HeaderMap, request: Request) -> Result<Question, Rejected> {
    let body = tokio::time::timeout(SLOWEST_BODY, Bytes::from_request(request, &())).await;
    let slow = |_| Rejected::malformed(StatusCode::REQUEST_TIMEOUT, "BODY", "The body took too long to arrive.");
    Question::posted(headers, body.map_err(slow)?)
}

/// Answers a question in the address: of queries only, since whoever follows a link must not change anything.
pub(super) async fn get(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(address): RawQuery,
) -> Response {
    let read = async { Question::addressed(address.as_deref().unwrap_or_default()) };
    answer(Arrived { hub: &hub, headers: &headers, peer, method: "GET" }, read).await
}

/// Any other method.
pub(super) async fn wrong_method(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let told = "Ask by POST, or queries by GET. To look around: /graphiql/";
    let arrived = Arrived { hub: &hub, headers: &headers, peer, method: "" };
    answer(arrived, async { Err(Rejected::method("GET, POST", told)) }).await
}

async fn answer(arrived: Arrived<'_>, read: impl Future<Output = Result<Question, Rejected>>) -> Response {
    let hub = arrived.hub;
    let id: Id<kind::Request> = hub.app.clock.id();
    let request_id = id.uuid().simple().to_string();
    // Boxed, since it is large and axum moves it on its way.
    let work = Box::pin(async {
        let mut account = Account::open(&hub.app.metrics, &request_id);
        let span = account.span();
        let response = match negotiate(arrived.headers) {
            None => {
                let told = "Answers are application/graphql-response+json or application/json.";
                let rejected = Rejected::malformed(StatusCode::NOT_ACCEPTABLE, "ACCEPT", told);
                rejected.answer(Media::Plain, &request_id)
            }
            Some(media) => {
                let asked = asked(arrived, read, media, &mut account).instrument(span).await;
                asked.unwrap_or_else(|rejected| rejected.answer(media, &request_id))
            }
        };
        account.close(response.status());
        response
    });
    let answered = AssertUnwindSafe(meter::measured(request_id.clone(), work)).catch_unwind().await;
    let mut response =
        answered.map_or_else(|_| Rejected::ours().answer(Media::Plain, &request_id), |(answer, _)| answer);
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let depends = "Accept, Accept-Language, Authorization, Cookie";
    response.headers_mut().insert(header::VARY, HeaderValue::from_static(depends));
    response
}

async fn asked(
    Arrived { hub, headers, peer, method }: Arrived<'_>,
    read: impl Future<Output = Result<Question, Rejected>>,
    media: Media,
    account: &mut Account,
) -> Result<Response, Rejected> {
    let question = read.await?;
    let visitor = visitor::of(hub, headers, peer.ip(), &account.request_id).await?;
    account.asked_by(&visitor.actor);
    let asker = Asker { actor: &visitor.actor, address: visitor.address, language: visitor.language };
    let judged = judge(hub, question, asker)?;
    account.judged(&judged.approved);
    match judged.approved.kind {
        OperationKind::Mutation if method != "POST" => {
            let told = "A link must not change anything: send mutations by POST.";
            return Err(Rejected::method("POST", told).after(judged.spent));
        }
        OperationKind::Mutation if !elsewhere::may_change(headers) => {
            return Err(elsewhere::refused().after(judged.spent));
        }
        OperationKind::Subscription => {
            let told = "Subscribe with the header Accept: text/event-stream, or by WebSocket (graphql-transport-ws).";
            return Err(Rejected::well_formed(StatusCode::NOT_ACCEPTABLE, "SUBSCRIPTION", told).after(judged.spent));
        }
        OperationKind::Mutation | OperationKind::Query => {}
    }
    let (spent, kind) = (judged.spent, judged.approved.kind);
    let ask = ask(hub, visitor, spent, &account.request_id);
    let place = match kind {
        OperationKind::Query => hub.answers.place(&ask, &judged.meant()),
        OperationKind::Mutation | OperationKind::Subscription => None,
    };
    let mut response = match place {
        Some(place) if method == "GET" && is_known(headers, &place) => {
            account.ended(Outcome::Whole);
            written::not_modified(&place.etag())
        }
        place => executed(hub, judged.approved.request.data(ask), place, media, account)
            .await
            .map_err(|rejected| rejected.after(spent))?,
    };
    // Caches know an answer by its address: one to a POST has none.
    if method == "POST" {
        written::not_kept(&mut response);
    }
    spent.tell(response.headers_mut());
    Ok(response)
}

fn is_known(headers: &HeaderMap, place: &Place) -> bool {
    let mut tags = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    tags.any(|tags| place.is_known(tags))
}

/// Executes, or gives what was kept at that place.
async fn executed(
    hub: &Hub,
    request: async_graphql::Request,
    place: Option<Place>,
    media: Media,
    account: &mut Account,
) -> Result<Response, Rejected> {
    let request_id = &*account.request_id;
    let work = async { written::finished(graphql::execute(&hub.schema, request, request_id).await, request_id) };
    let answered = async {
        match place.clone() {
            Some(place) => hub.answers.get_or(place, work).await,
            None => Arc::new(work.await),
        }
    };
    let finished = tokio::time::timeout(SLOWEST_ANSWER, answered).await.map_err(|_| {
        tracing::warn!(request_id, "an answer took too long");
        let told = "This takes too long: ask for less at once, or try again later.";
        Rejected::malformed(StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT", told)
    })?;
    account.ended(finished.outcome);
    let etag = place.filter(|_| finished.keep).map(|place| place.etag());
    Ok(written::response(&finished, media, etag.as_deref()))
}

/// Finds the document of a question, judges it, and takes its points.
///
/// # Errors
/// What is wrong with the document or its variables, or that the points do not suffice.
pub(super) fn judge(hub: &Hub, mut question: Question, asker: Asker<'_>) -> Result<Judged, Rejected> {
    let nobody = *asker.actor == Actor::Nobody;
    let document = hub.documents.find(&mut question, nobody)?;
    let variables = if nobody { question.variables.clone() } else { Map::new() };
    let spend = |cost: u64| {
        let cost = i64::try_from(cost).unwrap_or(i64::MAX);
        let spent = hub.points.spend(asker.actor, asker.address, cost, hub.app.clock.now());
        spent.map_err(|spent| Rejected::too_many(spent, too_many(asker.language, spent)))
    };
    let approved = match hub.guard.check(&document.text, question.operation.as_deref(), question.variables) {
        Ok(approved) => approved,
        // Reading and refusing is work too.
        Err(refused) => return Err(Rejected::from(refused).after(spend(1 + document.text.len() as u64 / 1024)?)),
    };
    hub.documents.keep(&document);
    let spent = spend(approved.cost)?;
    if approved.kind == OperationKind::Subscription && approved.cost > limits::EVENT_COST {
        let (cost, most) = (approved.cost, limits::EVENT_COST);
        let told = format!("Each event would cost {cost} points, and may cost {most}. Ask for less about each.");
        return Err(Rejected::well_formed(StatusCode::UNPROCESSABLE_ENTITY, "COST_LIMIT", told).after(spent));
    }
    Ok(Judged { approved, spent, document, variables })
}

/// The sentence for who has too few points left.
pub(super) fn too_many(language: Language, spent: Spent) -> String {
    let (limits, seconds) = (spent.rate_limit(), spent.seconds);
    let (limit, left) = (limits.limit.unwrap_or_default(), limits.remaining.unwrap_or_default());
    let cost = limits.cost;
    language.pick(
        format!(
            "Troppe richieste: questa costa {cost} punti, ne restano {left} di {limit} al minuto. Riprovate tra {seconds} secondi."
        ),
        format!(
            "Too many requests: this one costs {cost} points, {left} of {limit} a minute are left. Try again in {seconds} seconds."
        ),
    )
}

/// What resolvers need to know of who asks.
pub(super) fn ask(hub: &Hub, visitor: Visitor, spent: Spent, request_id: &str) -> Ask {
    let mut ask = Ask::new(&hub.app, visitor.actor, visitor.language, request_id.to_owned());
    (ask.network, ask.browser, ask.rate_limit) = (visitor.address.to_string(), visitor.browser, spent.rate_limit());
    ask
}
