//! Mail kept in this process, for tests and demonstrations. Clones share one list.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::{KeptMail, Outgoing, Receipt, SendError, Turn, mime};

/// So that a demonstration left running for weeks does not eat the machine.
const KEPT: usize = 10_000;

/// The last 10,000 mails sent.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    mails: Arc<Mutex<VecDeque<Outgoing>>>,
}

impl Memory {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn send(&self, mail: &Outgoing) -> Result<Receipt, SendError> {
        // Built and thrown away: what a real server could not be given must fail in tests too.
        mime::message(mail)?;
        self.with(|mails| {
            if mails.len() == KEPT {
                mails.pop_front();
            }
            mails.push_back(mail.clone());
        });
        Ok(Receipt { reference: "memory".to_owned(), turn: Turn::default() })
    }

    /// Everything sent so far, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Outgoing> {
        self.with(|mails| mails.iter().cloned().collect())
    }

    /// Everything sent so far, oldest first, leaving the list empty.
    #[must_use]
    pub fn take(&self) -> Vec<Outgoing> {
        self.with(|mails| mails.drain(..).collect())
    }

    /// The last `limit` mails, newest last.
    #[must_use]
    pub fn list(&self, limit: usize) -> Vec<KeptMail> {
        self.with(|mails| mails.iter().skip(mails.len().saturating_sub(limit)).map(KeptMail::from).collect())
    }

    /// A thread that panicked while holding the list leaves it whole: no step above can stop half-way.
    fn with<T>(&self, work: impl FnOnce(&mut VecDeque<Outgoing>) -> T) -> T {
        work(&mut self.mails.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
