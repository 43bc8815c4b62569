//! Keeps the search index up with the log, and builds it at the start where there is none. While it is built, all else
//! goes on, and search says so.
use super::keep_up;
use crate::{app::App, service::search};
use tokio::sync::watch;

pub(super) async fn all(app: &App, stop: watch::Receiver<bool>) {
    keep_up(app, stop, || search::catch_up(app), "search stays as it was: the log could not be followed").await;
}
