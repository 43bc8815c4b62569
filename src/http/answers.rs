//! Public answers kept as finished bytes, until an event changes what everybody may read.
//!
//! Only what nobody in particular asks is kept or shared, under the question, the language and the day; never an answer
//! with an error, a header of its own, or a field marked private. The version of the world is read before the answer is
//! made, so what is kept is at least as new as its version says, and is served only while that version stands.
use crate::{
    domain::{permission::Actor, text::Language},
    graphql::{Ask, is_fault},
};
use async_graphql::Value;
use axum::{
    body::Bytes,
    http::{HeaderValue, header::SET_COOKIE},
};
use moka::{future::Cache, policy::EvictionPolicy};
use sha2::{Digest, Sha256};
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// An answer above this is given but not kept. The network with its ten thousand edges takes one and a half mebibytes.
const LARGEST: usize = 4 << 20;
/// What an entry costs at the least: its key and its place, and so that there is a bound on their number.
const LEAST: usize = 1 << 10;
/// Nothing is kept longer, whatever the versions say.
const LONGEST: Duration = Duration::from_mins(1);

/// What is asked. Only a query may be: whatever changes something is not answered from memory.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The document, or its hash; the same for all operations in it.
    pub document: &'a [u8],
    /// Which operation of the document, where it has several.
    pub operation: Option<&'a str>,
    /// The values of its variables.
    pub variables: &'a serde_json::Map<String, serde_json::Value>,
}

/// Where an answer is kept: under which question, at which version of the world.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    question: [u8; 32],
    version: i64,
}

impl Place {
    /// The entity tag of the answer: weak, since the media type may differ.
    #[must_use]
    pub fn etag(&self) -> String {
        let question = u128::from_be_bytes(self.question.first_chunk().copied().unwrap_or_default());
        format!("W/\"{question:032x}-{}\"", self.version)
    }

    /// Whether a client that sends this `If-None-Match` has the answer already.
    #[must_use]
    pub fn is_known(&self, if_none_match: &str) -> bool {
        let own = self.etag();
        let own = own.trim_start_matches("W/");
        if_none_match.split(',').take(32).any(|tag| tag.trim().trim_start_matches("W/") == own)
    }
}

/// A finished answer.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What is sent.
    pub body: Bytes,
    /// Whether it may be kept and shared. Where not, it has no entity tag either.
    pub keep: bool,
    /// How it went.
    pub outcome: Outcome,
    /// The cookies it sets.
    pub cookies: Vec<HeaderValue>,
}

/// How a question that was executed went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Well.
    Whole,
    /// Some fields failed.
    Partial,
    /// Some fields, or all, failed by a fault of ours.
    Faulty,
    /// Nothing was executed after all: there is no `data` to speak of.
    Refused,
}

impl Finished {
    /// Writes an answer, fields in the order they were asked for.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn of(answer: &async_graphql::Response) -> serde_json::Result<Self> {
        let keep = answer.errors.is_empty() && answer.http_headers.is_empty() && answer.cache_control.public;
        let cookies = answer.http_headers.get_all(SET_COOKIE).iter().cloned().collect();
        // The executor's own refusals come without a path.
        let refused = answer.data == Value::Null && answer.errors.iter().all(|error| error.path.is_empty());
        let (outcome, body) = match answer.errors.as_slice() {
            [] => (Outcome::Whole, serde_json::to_vec(answer)?),
            errors if refused && !errors.iter().any(is_fault) => {
                (Outcome::Refused, serde_json::to_vec(&serde_json::json!({ "errors": errors }))?)
            }
            errors if errors.iter().any(is_fault) => (Outcome::Faulty, serde_json::to_vec(answer)?),
            _ => (Outcome::Partial, serde_json::to_vec(answer)?),
        };
        Ok(Self { body: body.into(), keep, outcome, cookies })
    }
}

/// How the memory of answers does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Answers given from memory.
    pub hits: u64,
    /// Answers that had to be made.
    pub misses: u64,
    /// Answers kept now, about.
    pub entries: u64,
    /// What they weigh, in bytes, about.
    pub bytes: u64,
}

/// The answers kept in memory. Cheap to clone.
#[derive(Clone)]
pub struct Answers(Arc<Memory>);

struct Memory {
    edition: Sha256,
    kept: Option<Cache<Place, Arc<Finished>>>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// Not to be kept: whoever waited for it makes its own.
struct NotKept;

impl Answers {
    /// A memory of at most so many bytes; of 0, none. `edition` is what else answers depend on, such as the program's
    /// version and its schema: entity tags given by another edition are not recognised.
    #[must_use]
    pub fn new(bytes: u64, edition: &str) -> Self {
        let weight = |_: &Place, answer: &Arc<Finished>| {
            u32::try_from(answer.body.len().max(LEAST).saturating_add(LEAST / 4)).unwrap_or(u32::MAX)
        };
        let kept = (bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(weight)
                .time_to_live(LONGEST)
                // Each version's answers are new: what was asked often before says nothing about them.
                .eviction_policy(EvictionPolicy::lru())
                .build()
        });
        let edition = Sha256::new_with_prefix(edition);
        Self(Arc::new(Memory { edition, kept, hits: AtomicU64::new(0), misses: AtomicU64::new(0) }))
    }

    /// Where the answer to this question is kept, as of now. `None` where it must be made anew: somebody asks, nothing
    /// is kept, or nobody hears what other processes change.
    #[must_use]
    pub fn place(&self, ask: &Ask, question: &Question<'_>) -> Option<Place> {
        if !matches!(ask.actor, Actor::Nobody) || self.0.kept.is_none() {
            return None;
        }
        let version = ask.app.store.public_version()?;
        let variables = serde_json::to_vec(question.variables).ok()?;
        let language = match ask.language {
            Language::It => "it",
            Language::En => "en",
        };
        // Terms are valid from day to day.
        let day = ask.app.clock.now().date_in_italy().to_string();
        let operation = question.operation.unwrap_or_default();
        let mut hash = self.0.edition.clone();
        for part in [question.document, operation.as_bytes(), &variables, language.as_bytes(), day.as_bytes()] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Some(Place { question: hash.finalize().into(), version })
    }

    /// The answer kept at this place, or the one that `work` makes: once, however many ask for it at the same time.
    /// Where that one is not to be kept, it is not shared either: each makes its own. A `work` that panics or is
    /// dropped hands over to another that waits.
    pub async fn get_or(&self, place: Place, work: impl Future<Output = Finished>) -> Arc<Finished> {
        let mut work = pin!(work);
        let Some(kept) = &self.0.kept else { return Arc::new(work.await) };
        let (mut made, mut own) = (false, None);
        let found = kept
            .try_get_with(place, async {
                made = true;
                let finished = Arc::new(work.as_mut().await);
                if finished.keep && finished.body.len() <= LARGEST {
                    return Ok(finished);
                }
                own = Some(finished);
                Err(NotKept)
            })
            .await;
        let count = if found.is_ok() && !made { &self.0.hits } else { &self.0.misses };
        count.fetch_add(1, Relaxed);
        match (found, own) {
            (Ok(finished), _) | (Err(_), Some(finished)) => finished,
            (Err(_), None) => Arc::new(work.await),
        }
    }

    /// How it does.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let kept = self.0.kept.as_ref();
        Counts {
            hits: self.0.hits.load(Relaxed),
            misses: self.0.misses.load(Relaxed),
            entries: kept.map_or(0, Cache::entry_count),
            bytes: kept.map_or(0, Cache::weighted_size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::{join_all, poll_immediate};
    use std::panic::AssertUnwindSafe;
    use tokio::sync::Notify;

    fn place(question: u8, version: i64) -> Place {
        Place { question: [question; 32], version }
    }

    fn finished(text: &str, keep: bool) -> Finished {
        Finished { body: Bytes::copy_from_slice(text.as_bytes()), keep, outcome: Outcome::Whole, cookies: Vec::new() }
    }

    #[tokio::test]
    async fn an_answer_is_made_once_for_each_question_and_version() {
        let answers = Answers::new(1 << 20, "test");
        for (at, made, expected) in [
            (place(1, 1), "first", "first"),
            (place(1, 1), "again", "first"),
            (place(2, 1), "other", "other"),
            (place(1, 2), "newer", "newer"),
            (place(1, 2), "again", "newer"),
        ] {
            assert_eq!(answers.get_or(at, async { finished(made, true) }).await.body, expected);
        }
        assert_eq!((answers.counts().hits, answers.counts().misses), (2, 3));
    }

    #[tokio::test]
    async fn many_at_once_share_one_execution() {
        let (answers, door) = (Answers::new(1 << 20, "test"), Notify::new());
        let runs = AtomicU64::new(0);
        let one = || {
            answers.get_or(place(1, 1), async {
                runs.fetch_add(1, Relaxed);
                door.notified().await;
                finished("shared", true)
            })
        };
        let (all, ()) = tokio::join!(join_all((0..50).map(|_| one())), async { door.notify_one() });
        assert!(all.iter().all(|answer| answer.body == "shared"));
        assert_eq!(runs.load(Relaxed), 1);
        assert_eq!((answers.counts().hits, answers.counts().misses), (49, 1));
    }

    #[tokio::test]
    async fn an_answer_that_is_not_kept_is_not_shared() {
        let answers = Answers::new(1 << 20, "test");
        let runs = AtomicU64::new(0);
        let one = |n: usize| {
            let runs = &runs;
            answers.get_or(place(1, 1), async move {
                runs.fetch_add(1, Relaxed);
                tokio::task::yield_now().await;
                finished(&n.to_string(), false)
            })
        };
        let all = join_all((0..10).map(one)).await;
        let own: Vec<_> = (0..10).map(|n: usize| n.to_string()).collect();
        assert_eq!(all.iter().map(|answer| answer.body.clone()).collect::<Vec<_>>(), own);
        assert_eq!((runs.load(Relaxed), answers.counts().hits), (10, 0));
    }

    #[tokio::test]
    async fn whoever_waits_takes_over_from_one_that_panics_or_goes_away() {
        use futures_util::FutureExt;
        let answers = Answers::new(1 << 20, "test");
        let mut gone = Box::pin(answers.get_or(place(1, 1), std::future::pending()));
        assert!(poll_immediate(&mut gone).await.is_none());
        let mut waits = Box::pin(answers.get_or(place(1, 1), async { finished("mine", true) }));
        assert!(poll_immediate(&mut waits).await.is_none(), "it waits for the first");
        drop(gone);
        assert_eq!(waits.await.body, "mine");

        let door = Notify::new();
        let breaks = AssertUnwindSafe(answers.get_or(place(2, 1), async {
            door.notified().await;
            panic!("on purpose")
        }))
        .catch_unwind();
        let waits = answers.get_or(place(2, 1), async { finished("mine", true) });
        let (broken, waited, ()) = tokio::join!(breaks, waits, async { door.notify_one() });
        assert!(broken.is_err());
        assert_eq!(waited.body, "mine");
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded_and_the_largest_is_not_kept() {
        let answers = Answers::new(100 * 1024, "test");
        for n in 0..200 {
            answers.get_or(place(n, 1), async { finished(&"x".repeat(4_000), true) }).await;
        }
        let Some(kept) = &answers.0.kept else { panic!("a memory") };
        kept.run_pending_tasks().await;
        assert!(answers.counts().bytes <= 100 * 1024, "{:?}", answers.counts());
        assert!(answers.counts().entries > 10, "{:?}", answers.counts());

        let answers = Answers::new(64 << 20, "test");
        for _ in 0..2 {
            answers.get_or(place(1, 1), async { finished(&"x".repeat(LARGEST + 1), true) }).await;
        }
        assert_eq!(answers.counts().misses, 2);
        let none = Answers::new(0, "test");
        for _ in 0..2 {
            assert_eq!(none.get_or(place(1, 1), async { finished("made", true) }).await.body, "made");
        }
        assert_eq!(none.counts().hits, 0);
    }

    #[test]
    fn a_tag_is_recognised_among_others_and_only_while_the_version_stands() {
        let tag = place(1, 7).etag();
        assert!(place(1, 7).is_known(&tag));
        assert!(place(1, 7).is_known(&format!("\"other\", {tag}")));
        assert!(place(1, 7).is_known(tag.trim_start_matches("W/")), "the comparison is weak");
        assert!(!place(1, 8).is_known(&tag));
        assert!(!place(2, 7).is_known(&tag));
        assert!(!place(1, 7).is_known("*"), "whether there is any answer is not known before it is made");
    }

    #[test]
    fn errors_headers_and_private_fields_keep_an_answer_from_being_kept() {
        use async_graphql::{Response, ServerError, Value};
        let keeps = |answer: &Response| Finished::of(answer).unwrap().keep;
        assert!(keeps(&Response::new(Value::Null)));
        assert!(!keeps(&Response::from_errors(vec![ServerError::new("wrong", None)])));
        let mut with_header = Response::new(Value::Null);
        with_header.http_headers.insert("set-cookie", "a=b".parse().unwrap());
        assert!(!keeps(&with_header));
        let mut private = Response::new(Value::Null);
        private.cache_control.public = false;
        assert!(!keeps(&private));
    }
}
