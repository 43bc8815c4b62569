//! The only axum: routes, limits, headers, and the life of the server.
mod account;
pub mod answers;
mod documents;
mod elsewhere;
mod failure;
mod feeds;
mod files;
mod graphql;
mod health;
mod hub;
mod known;
mod leftover;
mod live;
mod mailbox;
mod metrics;
mod open;
mod portal;
mod serve;
mod unsubscribe;
mod visitor;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    routing::{get, post},
};
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

pub use hub::Hub;
pub use live::Limits;
pub use serve::serve;

/// The largest body of a question, in bytes.
const LARGEST_BODY: usize = 1 << 20;
/// The longest that anything may take: a last fence, since questions have narrower ones.
const SLOWEST: Duration = Duration::from_mins(1);

/// All routes.
pub fn router(hub: Hub) -> Router {
    let demo = hub.app.config.demo;
    let divert = axum::middleware::from_fn_with_state(hub.clone(), live::divert);
    let everybodys = || axum::middleware::from_fn(elsewhere::everybodys);
    let graphql = get(graphql::get).post(graphql::post).fallback(graphql::wrong_method);
    let mut routes = Router::new()
        .route("/graphql", graphql.layer(divert).layer(everybodys()))
        .route("/graphiql", get(files::to_graphiql))
        .route("/graphiql/", get(files::graphiql_page))
        .route("/graphiql/{*path}", get(files::graphiql))
        .route("/feeds/practices.atom", get(feeds::practices).layer(everybodys()))
        .merge(open::routes())
        .route("/unsubscribe/{token}", get(unsubscribe::look).post(unsubscribe::stop))
        .route("/unsubscribe/{token}/resume", post(unsubscribe::resume))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::page));
    if demo {
        // Shows other people's mails: only ever in a demo, whose addresses end in .invalid.
        routes = routes.route("/dev/mailbox", get(mailbox::page)).route("/dev/mailbox.json", get(mailbox::list));
    }
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    routes
        .fallback(portal::page)
        .method_not_allowed_fallback(failure::no_such_method)
        .layer(CatchPanicLayer::custom(failure::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, SLOWEST))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .merge(documents::routes().layer(CatchPanicLayer::custom(failure::panicked)))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(hub)
}
