//! Keeps the search index up with the log, and builds it at the start where there is none. While it is built, all else
//! goes on, and search says so.
use super::{POLL, log};
use crate::{app::App, service::search};
use tokio::sync::watch;

pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    let mut news = app.store.wake_ups();
    loop {
        news.mark_unchanged();
        let done = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            done = search::catch_up(app) => done,
        };
        if let Err(fault) = done {
            log(&fault, "search stays as it was: the log could not be followed");
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = news.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
