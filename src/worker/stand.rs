//! Keeps for every need the practices that answer it, as needs and practices come and change. While the search index is
//! being built this waits.
use super::{POLL, log};
use crate::{app::App, service::needs};
use tokio::sync::watch;

pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    let mut news = app.store.wake_ups();
    loop {
        news.mark_unchanged();
        let done = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            done = needs::follow(app) => done,
        };
        if let Err(fault) = done {
            log(&fault, "needs wait: the log could not be followed");
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = news.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
