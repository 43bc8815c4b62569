//! Forgets what has served its time, a lot at a time, until told to stop.
use super::log;
use crate::{app::App, service::upkeep};
use std::time::Duration;
use tokio::sync::watch;

/// How long to wait when nothing is left.
const EVERY: Duration = Duration::from_mins(10);
/// How long to wait when more is left: mails and people come first.
const NEXT: Duration = Duration::from_secs(1);

pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        let pause = match upkeep::forget(app).await {
            Ok(more) => {
                if more {
                    NEXT
                } else {
                    EVERY
                }
            }
            Err(fault) => {
                log(&fault, "what has served its time stays for now");
                EVERY
            }
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
