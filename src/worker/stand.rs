//! Keeps for every need the practices that answer it, as needs and practices come and change. While the search index is
//! being built this waits.
use super::keep_up;
use crate::{app::App, service::needs};
use tokio::sync::watch;

pub(super) async fn all(app: &App, stop: watch::Receiver<bool>) {
    let follow = || async { needs::follow(app).await.map(drop) };
    keep_up(app, stop, follow, "needs wait: the log could not be followed").await;
}
