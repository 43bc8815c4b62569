//! Follows what is due: reminds, calls for help and takes the hub's own steps when nobody acts. A request that cannot be
//! dealt with keeps nobody else waiting.
use super::log;
use crate::{app::App, domain::refusal::Fault, service::requests};
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked what is due: times are days.
const EVERY: Duration = Duration::from_secs(10);
/// How many requests are looked up at once.
const LOT: i64 = 100;

/// Until told to stop.
pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(fault) = due(app, || *stop.borrow()).await {
            log(&fault, "deadlines wait: what is due could not be read");
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Deals with all that is due now.
pub(super) async fn due(app: &App, stop: impl Fn() -> bool) -> Result<(), Fault> {
    loop {
        let waking = requests::waking(app, LOT).await?;
        if waking.is_empty() {
            return Ok(());
        }
        for request in waking {
            if stop() {
                return Ok(());
            }
            if let Err(fault) = requests::take(app, request).await {
                log(&fault, "a deadline waits: it could not be dealt with");
                requests::put_off(app, request).await?;
            }
        }
    }
}
