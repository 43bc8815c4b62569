//! `/healthz` and `/readyz`: for whoever restarts or routes to the hub.
use super::Hub;
use crate::service::health;
use axum::{extract::State, http::StatusCode};

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Whether questions should be sent here, and if not, why.
pub(super) async fn ready(State(hub): State<Hub>) -> (StatusCode, &'static str) {
    let no = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if *hub.stop.borrow() {
        return no("stopping\n");
    }
    match health::ready(&hub.app).await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => no("the database's tables are not those of this program: run innesto migrate\n"),
        Err(fault) => {
            tracing::error!(%fault, "the database does not answer");
            no("the database does not answer\n")
        }
    }
}
