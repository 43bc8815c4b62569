//! The only axum: routes, limits, headers, and the life of the server.
pub mod answers;
mod failure;
mod files;
mod graphql;
mod health;
mod mailbox;
mod visitor;

use crate::{app::App, graphql::HubSchema};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    routing::{get, post},
};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::watch};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

/// The largest body of a question, in bytes.
const LARGEST_BODY: usize = 1 << 20;
/// The longest an answer may take.
const SLOWEST: Duration = Duration::from_secs(30);

/// What every handler gets.
#[derive(Clone)]
struct Hub {
    app: App,
    schema: HubSchema,
}

/// All routes.
pub fn router(app: App, schema: HubSchema) -> Router {
    let demo = app.config.demo;
    let mut routes = Router::new()
        .route("/", get(files::front))
        .route("/graphql", post(graphql::answer).fallback(graphql::wrong_method))
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
    routes
        .fallback(failure::no_such_page)
        .layer(CatchPanicLayer::custom(failure::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, SLOWEST))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(Hub { app, schema })
}

/// Serves until `stop` turns true, then finishes what runs, for at most ten seconds.
///
/// # Errors
/// An error of the listening socket.
pub async fn serve(
    app: App,
    schema: HubSchema,
    listener: TcpListener,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let service = router(app, schema).into_make_service_with_connect_info::<SocketAddr>();
    let mut patience = stop.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|stop| *stop).await;
    });
    let impatient = async move {
        let _ = patience.wait_for(|stop| *stop).await;
        tokio::time::sleep(Duration::from_secs(10)).await;
    };
    tokio::select! {
        ended = server => ended,
        () = impatient => Ok(()),
    }
}
