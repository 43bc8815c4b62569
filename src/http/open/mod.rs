//! What everybody may read, whoever asks, as files, as a catalogue and as a small REST interface: the frame around all of
//! them. It knows nobody, counts points, tells whoever has an answer already that it has, and lets every web page ask.
mod api;
mod catalog;
mod data;
mod kept;
mod problem;
mod rdf;

use super::{Hub, graphql::Spent, known, visitor};
use crate::{
    clock::Clock,
    domain::{
        id::{Id, kind},
        permission::Actor,
        text::Language,
    },
    meter,
    service::open_data,
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
    routing::{MethodRouter, get},
};
use futures_util::stream;
use std::{convert::Infallible, net::SocketAddr};

pub(super) use kept::Kept;
pub(super) use problem::Problem;

/// What stands between may give the same for five minutes; whoever keeps it longer asks whether it still stands.
const FRESH: &str = "public, max-age=300";
/// The licence of all of it, by its own address.
pub(super) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";
/// The licence's name.
pub(super) const LICENCE_NAME: &str = "CC BY 4.0";

/// The routes.
pub(super) fn routes() -> Router<Hub> {
    let read = |of: MethodRouter<Hub>| of.options(options).fallback(no_method);
    Router::new()
        .route("/data/{file}", read(get(data::file)))
        .route("/catalog.ttl", read(get(catalog::catalog)))
        .route("/catalog.jsonld", read(get(catalog::catalog)))
        .merge(api::routes())
}

/// A question, as far as all answers are alike.
pub(super) struct Asked<'a> {
    pub(super) hub: &'a Hub,
    pub(super) request_id: &'a str,
    headers: &'a HeaderMap,
    method: &'a Method,
    visitor: visitor::Visitor,
    /// What it took, for the headers.
    spent: Option<Spent>,
}

/// Where it was asked from, and how.
pub(super) struct Arrived {
    pub(super) hub: Hub,
    pub(super) peer: SocketAddr,
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
}

/// The state of the world that an answer is made from, and the tag that it is known by.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// The number of the last public event.
    pub(super) version: i64,
    text: String,
}

impl Asked<'_> {
    /// The tag of what is asked for, by a name of its own. It is weak: the same may be told at two times in other bytes.
    ///
    /// # Errors
    /// A problem of ours.
    pub(super) async fn tag(&self, what: &str) -> Result<Tag, Problem> {
        let version = open_data::version(&self.hub.app).await;
        let version = version.map_err(|fault| Problem::ours(&fault, self.request_id))?;
        // Terms are valid from day to day.
        let day = self.hub.app.clock.now().date_in_italy().to_string();
        Ok(Tag { version, text: self.hub.open.tag(&[what, &day], version) })
    }

    /// Whether no body will be read: it is only asked whether there is one, or whoever asks has it already.
    pub(super) fn is_light(&self, tag: &Tag) -> bool {
        self.method == Method::HEAD || self.has(tag)
    }

    fn has(&self, tag: &Tag) -> bool {
        known::is_known(self.headers, &tag.text)
    }

    /// Takes points: one where nothing is read, else what it costs, but never more than a quarter of a minute's, so that
    /// a hub with a low limit gives its data too.
    ///
    /// # Errors
    /// That they do not suffice.
    pub(super) fn pay(&mut self, light: bool, cost: i64) -> Result<(), Problem> {
        let cost = if light { 1 } else { cost.min((self.hub.app.config.rate_points / 4).max(1)) };
        let spent = self.hub.points.spend(&Actor::Nobody, self.visitor.address, cost, self.hub.app.clock.now());
        self.spent = Some(spent.unwrap_or_else(|spent| spent));
        spent.map(drop).map_err(Problem::too_many)
    }

    /// The answer without its body: that whoever asks has it already, or its headers alone. To be given where it
    /// [is light](Asked::is_light).
    pub(super) fn light(&self, tag: &Tag, media_type: &'static str) -> Response {
        if self.has(tag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return tagged(response, tag);
        }
        // Of no length, rather than of length 0.
        let unread = Body::from_stream(stream::empty::<Result<Bytes, Infallible>>());
        tagged(typed(unread, media_type), tag)
    }

    /// The answer with its body.
    pub(super) fn full(tag: &Tag, media_type: &'static str, body: impl Into<Body>) -> Response {
        tagged(typed(body.into(), media_type), tag)
    }
}

fn typed(body: Body, media_type: &'static str) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

fn tagged(mut response: Response, tag: &Tag) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&format!("W/{}", tag.text)) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
    response
}

/// Does the work as for nobody, under an id of its own, and writes one line about it.
pub(super) async fn answered(
    arrived: Arrived,
    what: &'static str,
    work: impl AsyncFnOnce(&mut Asked<'_>) -> Result<Response, Problem>,
) -> Response {
    let Arrived { hub, peer, method, mut headers } = arrived;
    let id: Id<kind::Request> = hub.app.clock.id();
    let request_id = id.uuid().simple().to_string();
    let stopwatch = Clock::stopwatch();
    // Everybody is given the same, so nobody needs to be recognised.
    headers.remove(header::COOKIE);
    headers.remove(header::AUTHORIZATION);
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = Language::from_accept_language(wanted);
    // Boxed, since it is large and axum moves it on its way.
    let work = Box::pin(async {
        let visitor = match visitor::of(&hub, &headers, peer.ip(), &request_id).await {
            Ok(visitor) => visitor,
            Err(rejected) => return Problem::from(rejected).answer(language, &request_id),
        };
        let (hub, request_id) = (&hub, request_id.as_str());
        let mut asked = Asked { hub, request_id, headers: &headers, method: &method, visitor, spent: None };
        let mut response = work(&mut asked).await.unwrap_or_else(|problem| problem.answer(language, request_id));
        if let Some(spent) = asked.spent {
            spent.tell(response.headers_mut());
            spent.tell_as_italian_rules_ask(response.headers_mut());
        }
        response
    });
    let (mut response, spent) = meter::measured(request_id.clone(), work).await;
    let micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(request_id, what, status, statements = spent.statements, micros, "open data");
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-request-id", value);
    }
    open_to_pages(response.headers_mut());
    response
}

/// Lets pages of every site read the answer: it is the same for everybody, and nobody's session has a part in it.
fn open_to_pages(headers: &mut HeaderMap) {
    const TOLD: &str = "ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, \
        X-Request-Id";
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(TOLD));
}

/// What a browser asks before a page may ask with a header of its own, such as `If-None-Match`.
pub(super) async fn options() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    open_to_pages(headers);
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("If-None-Match, Accept-Language"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// Any other method.
pub(super) async fn no_method(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    answered(Arrived { hub, peer, method, headers }, "method", async |_: &mut Asked<'_>| Err(Problem::method())).await
}
