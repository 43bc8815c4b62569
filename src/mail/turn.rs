//! One mail at a time between its last words and the note that it left.
//!
//! Whoever is killed in between sends that mail a second time, since nobody knows any more that the server has it. With
//! turns that is one mail for each kill, however many are on their way.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A server that has not answered for so long keeps no other mail waiting any more: its answer may take a minute.
const PATIENCE: Duration = Duration::from_millis(50);

/// The turns of one server.
#[derive(Clone, Debug)]
pub(super) struct Turns(Arc<Semaphore>);

/// A mail's turn, until it is dropped. One by default holds up nobody.
#[derive(Debug, Default)]
pub struct Turn {
    _held: Option<OwnedSemaphorePermit>,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    /// Waits for its turn, then does `work`; whoever waits next goes on when this turn is dropped or `work` takes long.
    pub(super) async fn during<T>(&self, work: impl Future<Output = T>) -> (T, Turn) {
        // The semaphore is never closed; were it, mails would still leave.
        let turn = Turn { _held: Arc::clone(&self.0).acquire_owned().await.ok() };
        let mut work = std::pin::pin!(work);
        if let Ok(done) = tokio::time::timeout(PATIENCE, &mut work).await {
            return (done, turn);
        }
        drop(turn);
        (work.await, Turn::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    #[tokio::test]
    async fn the_next_goes_on_when_a_turn_is_dropped() {
        let turns = Turns::new();
        let ((), first) = turns.during(ready(())).await;
        let mut second = std::pin::pin!(turns.during(ready(())));
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(first);
        assert!(futures_util::poll!(&mut second).is_ready());
    }

    #[tokio::test]
    async fn a_silent_server_holds_up_nobody_for_long() {
        let turns = Turns::new();
        tokio::select! {
            biased;
            _ = turns.during(pending::<()>()) => unreachable!("it never answers"),
            ((), _turn) = turns.during(ready(())) => {}
        }
    }
}
