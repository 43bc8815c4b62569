//! Forgets what has served its time, a lot at a time, until told to stop.
use super::log;
use crate::{
    app::App,
    service::{documents, upkeep},
};
use std::time::Duration;
use tokio::sync::watch;

/// How long to wait when nothing is left.
const EVERY: Duration = Duration::from_mins(10);
/// How long to wait when more is left: mails and people come first.
const NEXT: Duration = Duration::from_secs(1);

pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        let mut pause = EVERY;
        for done in [upkeep::forget(app).await, documents::sweep(app).await] {
            match done {
                Ok(true) => pause = NEXT,
                Ok(false) => {}
                Err(fault) => log(&fault, "what has served its time stays for now"),
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
