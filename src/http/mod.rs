//! The only axum: routes, limits, headers, and the life of the server.
pub mod answers;
mod failure;
mod files;
mod graphql;
mod health;
mod mailbox;
mod serve;
mod visitor;

use crate::{
    app::App,
    graphql::{HubSchema, guard::Guard},
};
use answers::Answers;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    routing::get,
};
use graphql::{Documents, Points};
use std::{sync::Arc, time::Duration};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

pub use serve::serve;

/// The largest body of a question, in bytes.
const LARGEST_BODY: usize = 1 << 20;
/// The longest an answer may take.
const SLOWEST: Duration = Duration::from_secs(30);

/// What every handler gets.
#[derive(Clone)]
struct Hub {
    app: App,
    schema: HubSchema,
    guard: Arc<Guard>,
    documents: Arc<Documents>,
    points: Arc<Points>,
    answers: Answers,
}

/// All routes.
///
/// # Errors
/// Says what is wrong with the file of trusted documents.
pub fn router(app: App, schema: HubSchema) -> Result<Router, String> {
    let demo = app.config.demo;
    let guard = Guard::new();
    let documents = Documents::open(&app.config)?;
    for text in documents.trusted() {
        valid(&guard, text)?;
    }
    let points = Arc::new(Points::new(&app.config));
    // Answers depend on the program too: its next version may write them in another way.
    let edition = format!("{} {}", env!("CARGO_PKG_VERSION"), schema.sdl());
    let answers = Answers::new(app.config.answer_cache_mb << 20, &edition);
    let (guard, documents) = (Arc::new(guard), Arc::new(documents));
    let hub = Hub { app, schema, guard, documents, points, answers };
    let mut routes = Router::new()
        .route("/", get(files::front))
        .route("/graphql", get(graphql::get).post(graphql::post).fallback(graphql::wrong_method))
        .route("/graphiql", get(files::to_graphiql))
        .route("/graphiql/", get(files::graphiql_page))
        .route("/graphiql/{*path}", get(files::graphiql))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    if demo {
        // Shows other people's mails: only ever in a demo, whose addresses end in .invalid.
        routes = routes.route("/dev/mailbox", get(mailbox::page)).route("/dev/mailbox.json", get(mailbox::list));
    }
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let routes = routes
        .fallback(failure::no_such_page)
        .layer(CatchPanicLayer::custom(failure::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, SLOWEST))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(hub);
    Ok(routes)
}

/// Whether a trusted document fits the schema: better said at the start than to every visitor.
fn valid(guard: &Guard, text: &str) -> Result<(), String> {
    use crate::graphql::guard::RefusedKind::{Syntax, TooLarge, Validation};
    match guard.check(text, None, serde_json::Map::new()) {
        Err(refused) if matches!(refused.kind, TooLarge | Syntax | Validation) => {
            let problem = refused.errors.first().map(|error| error.message.as_str()).unwrap_or_default();
            Err(format!("a document does not fit the schema: {problem}\n{text:.200}"))
        }
        _ => Ok(()),
    }
}
