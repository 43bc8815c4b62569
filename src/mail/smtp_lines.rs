//! Lines to a mail server that have taken a mail and may take another: greeting, encryption and password are then said
//! once for many.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use super::smtp_dialogue::Dialogue;
use crate::clock::Clock;

/// As many mails are sent over one line at most: many servers take no more than twenty (Exchange's default, say).
const MAILS: usize = 20;
/// A line that was silent for longer is not used again: servers may close it, the strictest after ten seconds.
const IDLE: Duration = Duration::from_secs(5);
/// So many are kept at most.
const KEPT: usize = 10;

/// The lines kept to one server; clones share them. Whoever drops the last of them says goodbye on each.
#[derive(Clone, Default)]
pub(super) struct Lines(Arc<Open>);

#[derive(Default)]
struct Open(Mutex<Vec<Line>>);

/// An open line.
pub(super) struct Line {
    pub dialogue: Dialogue,
    mails: usize,
    since: Instant,
}

impl Line {
    /// One that has greeted.
    pub(super) fn new(dialogue: Dialogue) -> Self {
        Self { dialogue, mails: 0, since: Clock::stopwatch() }
    }

    /// Says goodbye; nobody waits for the answer.
    pub(super) fn leave(self) {
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(self.dialogue.leave());
        }
    }
}

impl Lines {
    /// A line that was used a moment ago, if there is one.
    pub(super) fn take(&self) -> Option<Line> {
        loop {
            let line = self.0.with(Vec::pop)?;
            if line.since.elapsed() <= IDLE {
                return Some(line);
            }
            line.leave();
        }
    }

    /// Keeps a line that has just taken a mail, unless that was its last.
    pub(super) fn keep(&self, line: Line) {
        let mut line = Line { mails: line.mails + 1, since: Clock::stopwatch(), ..line };
        if line.mails < MAILS {
            let full = self.0.with(|open| match open.len() < KEPT {
                true => {
                    open.push(line);
                    None
                }
                false => Some(line),
            });
            let Some(spare) = full else { return };
            line = spare;
        }
        line.leave();
    }

    /// Says goodbye on all that are not in use.
    pub(super) fn close(&self) {
        self.0.close();
    }
}

impl Open {
    fn close(&self) {
        self.with(std::mem::take).into_iter().for_each(Line::leave);
    }

    /// A thread that panicked while holding the list leaves it whole: no step above can stop half-way.
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Line>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.close();
    }
}
