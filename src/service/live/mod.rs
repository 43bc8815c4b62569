//! The log as it grows, for subscriptions: one reader a process, a ring of the latest news, and as many feeds as there
//! are subscribers. A feed that falls behind the ring reads the log itself, so a slow one costs nobody anything and
//! loses nothing.
mod credential;
mod feed;
mod news;

pub use credential::Credential;
pub use feed::Feed;
pub use news::News;

use crate::{app::App, domain::refusal::Fault, store::events};
use std::{
    collections::VecDeque,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::sync::{Semaphore, watch};

/// How many of the latest news are kept.
const RING: usize = 8192;
/// How many events are read at once.
const LOT: i64 = 500;
/// How often the log is looked at, whoever wakes us or not.
const POLL: Duration = Duration::from_secs(1);
/// How many feeds may read the log at once: after a restart many are behind.
const BEHIND_AT_ONCE: usize = 4;

/// The one reader of the log, shared by all subscriptions of the process. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    app: App,
    ring: RwLock<VecDeque<Arc<News>>>,
    /// Up to which number the ring goes.
    head: watch::Sender<i64>,
    behind: Semaphore,
    feeds: AtomicUsize,
}

impl Live {
    /// A reader that reads nothing yet; see [`Live::follow`].
    #[must_use]
    pub fn new(app: App) -> Self {
        let (head, behind) = (watch::Sender::new(0), Semaphore::new(BEHIND_AT_ONCE));
        Self(Arc::new(Inner { app, ring: RwLock::default(), head, behind, feeds: AtomicUsize::new(0) }))
    }

    /// Follows the log until `stop` becomes true. A failed read is logged and tried again: meanwhile nothing arrives,
    /// afterwards everything does.
    pub async fn follow(&self, mut stop: watch::Receiver<bool>) {
        let mut wake_ups = self.0.app.store.wake_ups();
        let mut at = None;
        loop {
            wake_ups.mark_unchanged();
            if let Err(fault) = self.read_on(&mut at).await {
                tracing::error!(%fault, "subscriptions wait: the log could not be read");
            }
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                _ = wake_ups.changed() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Reads all there is. Begins a ring's length before the end, for those who resume after a restart.
    async fn read_on(&self, at: &mut Option<i64>) -> Result<(), Fault> {
        let app = &self.0.app;
        let mut seq = match *at {
            Some(seq) => seq,
            None => (events::head(&app.store).await? - i64::try_from(RING).unwrap_or(i64::MAX)).max(0),
        };
        loop {
            let lot = news::read(app, seq, LOT).await?;
            let Some(last) = lot.last().map(|news| news.event.seq) else { break };
            {
                let mut ring = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
                ring.extend(lot);
                let over = ring.len().saturating_sub(RING);
                ring.drain(..over);
            }
            seq = last;
            *at = Some(seq);
            self.0.head.send_replace(seq);
        }
        *at = Some(seq);
        self.0.head.send_replace(seq);
        Ok(())
    }

    /// The number of the last event there is by now: what begins here begins after it.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn last(app: &App) -> Result<i64, Fault> {
        events::head(&app.store).await
    }

    /// Everything after the event with this number, in order, each once.
    #[must_use]
    pub fn feed(&self, after: i64) -> Feed {
        self.0.feeds.fetch_add(1, Relaxed);
        Feed::new(self.clone(), after, self.0.head.subscribe())
    }

    /// How many subscriptions are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.0.feeds.load(Relaxed)
    }

    /// How many events are known to be in the log that the reader has not passed on yet.
    #[must_use]
    pub fn lag(&self) -> i64 {
        (*self.0.app.store.wake_ups().borrow() - *self.0.head.borrow()).max(0)
    }

    /// The hub's parts.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }
}
