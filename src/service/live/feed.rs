//! One subscriber's place in the log.
use super::{LOT, Live, News, news};
use crate::domain::refusal::Fault;
use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, atomic::Ordering::Relaxed},
};
use tokio::sync::watch;

/// How many news are taken from the ring at once.
const HANDFUL: usize = 64;

/// Everything after a place in the log, in order, each once.
pub struct Feed {
    live: Live,
    /// The last number given out or taken along in `next`.
    at: i64,
    head: watch::Receiver<i64>,
    next: VecDeque<Arc<News>>,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.live.0.feeds.fetch_sub(1, Relaxed);
    }
}

impl Feed {
    pub(super) const fn new(live: Live, at: i64, head: watch::Receiver<i64>) -> Self {
        Self { live, at, head, next: VecDeque::new() }
    }

    /// What comes next; waits for it. May be dropped while it waits: nothing is lost.
    ///
    /// # Errors
    /// A fault from the database, where the feed was behind and had to read the log itself.
    pub async fn next(&mut self) -> Result<Arc<News>, Fault> {
        loop {
            if let Some(news) = self.next.pop_front() {
                return Ok(news);
            }
            let head = *self.head.borrow_and_update();
            if head <= self.at {
                // The sender lives in `live`, so this ends only with news.
                let _ = self.head.changed().await;
            } else if !self.take() {
                self.read().await?;
            }
        }
    }

    /// Takes a handful from the ring. False where the ring has moved on past this place.
    fn take(&mut self) -> bool {
        let ring = self.live.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = ring.front().map(|news| news.event.seq) else { return false };
        // Numbers have no gaps, so a place in the log is a place in the ring.
        let Ok(skip) = usize::try_from(self.at + 1 - first) else { return false };
        self.next.extend(ring.iter().skip(skip).take(HANDFUL).cloned());
        self.at = self.next.back().map_or(self.at, |news| news.event.seq);
        !self.next.is_empty()
    }

    async fn read(&mut self) -> Result<(), Fault> {
        let _turn = self.live.0.behind.acquire().await.map_err(Fault::new)?;
        let lot = news::read(&self.live.0.app, self.at, LOT).await?;
        self.at = lot.last().map_or(self.at, |news| news.event.seq);
        self.next.extend(lot);
        Ok(())
    }
}
