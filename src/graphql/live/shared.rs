//! Answers that are the same for everybody, written once: of the public news one for each document, its variables and
//! the language.
use super::Asked;
use crate::domain::text::Language;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::OnceCell;

/// How many of the latest answers of a document are kept.
const KEPT: usize = 256;
/// The longest answer that is kept, in bytes: a longer one is written for each.
const LONGEST: usize = 16 << 10;

type Key = [u8; 32];
type Answer = Arc<OnceCell<Arc<str>>>;
type Channels = Mutex<HashMap<Key, Weak<Channel>>>;

/// The documents that somebody subscribes to with now. Cheap to clone.
#[derive(Clone, Default)]
pub struct Shared(Arc<Channels>);

/// The answers of one document.
pub(super) struct Channel {
    key: Key,
    answers: Mutex<BTreeMap<i64, Answer>>,
    all: Weak<Channels>,
}

impl Shared {
    /// The answers of this document in this language; `apart` is the variable that says only where to begin.
    pub(super) fn channel(&self, asked: &Asked, apart: Option<&str>, language: Language) -> Arc<Channel> {
        let mut variables = asked.variables.clone();
        if let Some(apart) = apart {
            variables.remove(apart);
        }
        let told = (&asked.hash, &asked.operation, &variables, language == Language::En);
        let key: Key = Sha256::digest(serde_json::to_vec(&told).unwrap_or_default()).into();
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = channels.get(&key).and_then(Weak::upgrade) {
            return open;
        }
        let all = Arc::downgrade(&self.0);
        let made = Arc::new(Channel { key, answers: Mutex::default(), all });
        channels.insert(key, Arc::downgrade(&made));
        made
    }
}

impl Channel {
    /// The answer for the event with this number, if it was written already.
    pub(super) fn written(&self, seq: i64) -> Option<Arc<str>> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(&seq).and_then(|cell| cell.get()).map(Arc::clone)
    }

    /// The answer for the event with this number: written by whoever comes first, the others wait for it.
    ///
    /// # Errors
    /// What `write` gives, for the one who wrote; the others write their own.
    pub(super) async fn answer(
        &self,
        seq: i64,
        write: impl Future<Output = Result<Arc<str>, Arc<str>>>,
    ) -> Result<Arc<str>, Arc<str>> {
        let cell = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            let cell = Arc::clone(answers.entry(seq).or_default());
            if answers.len() > KEPT {
                answers.pop_first();
            }
            cell
        };
        let answer = cell.get_or_try_init(|| write).await.map(Arc::clone)?;
        if answer.len() > LONGEST {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).remove(&seq);
        }
        Ok(answer)
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        let Some(all) = self.all.upgrade() else { return };
        let mut channels = all.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody may have opened it anew in the meantime.
        if channels.get(&self.key).is_some_and(|channel| channel.strong_count() == 0) {
            channels.remove(&self.key);
        }
    }
}
