//! Is it alive, is it ready: for whoever restarts or routes to the hub.
use super::Hub;
use crate::service::health;
use axum::{extract::State, http::StatusCode};

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers too.
pub(super) async fn ready(State(hub): State<Hub>) -> (StatusCode, &'static str) {
    match health::database(&hub.app).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(fault) => {
            tracing::error!(%fault, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
