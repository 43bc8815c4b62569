//! Finished files in memory, and how many may be made at once. A file is kept under its tag: when what everybody may read
//! changes, there is another tag, and the old file is never asked for again.
use super::{Tag, problem::Problem};
use crate::{config::Config, domain::refusal::Fault};
use axum::body::Bytes;
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use moka::{policy::EvictionPolicy, sync::Cache};
use sha2::{Digest, Sha256};
use std::{fmt::Write, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Sleep, sleep, timeout},
};

/// A file in pieces, in order. Where it ends with a fault, what was sent is cut off, so that nobody takes it for whole.
pub(in crate::http) type Pieces = BoxStream<'static, Result<Bytes, Fault>>;

/// A file above this is given but not kept.
const LARGEST: usize = 8 << 20;
/// Nothing is kept longer, whatever its tag says: what somebody took back does not linger.
const LONGEST: Duration = Duration::from_mins(5);
/// The most files that are being made at once: each holds a piece of a few hundred kibibytes.
const MOST_AT_ONCE: usize = 8;
/// How long to wait for one's turn to have a file made, and when to come again.
const TURN: Duration = Duration::from_secs(5);
/// The longest that a file may take to be made and read.
const SLOWEST: Duration = Duration::from_mins(10);

/// The files kept. Cheap to clone.
#[derive(Clone)]
pub(in crate::http) struct Kept {
    files: Option<Cache<String, Bytes>>,
    turns: Arc<Semaphore>,
    /// What else a file depends on: the program and its settings.
    edition: Sha256,
}

impl Kept {
    /// A quarter of what answers may take is for files besides.
    pub(in crate::http) fn new(config: &Config) -> Self {
        let files = (config.answer_cache_mb > 0).then(|| {
            Cache::builder()
                .max_capacity(config.answer_cache_mb << 18)
                .weigher(|tag: &String, file: &Bytes| u32::try_from(tag.len() + file.len()).unwrap_or(u32::MAX))
                .time_to_live(LONGEST)
                .eviction_policy(EvictionPolicy::lru())
                .build()
        });
        let edition = format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), config.public_url, config.publisher);
        Self { files, turns: Arc::new(Semaphore::new(MOST_AT_ONCE)), edition: Sha256::new_with_prefix(edition) }
    }

    /// The entity tag, with its quotes, of what these words name at this version.
    pub(super) fn tag(&self, words: &[&str], version: i64) -> String {
        let mut hash = self.edition.clone();
        for word in words {
            hash.update(word.len().to_be_bytes());
            hash.update(word);
        }
        let mut tag = String::from("\"");
        for byte in hash.finalize().iter().take(12) {
            let _ = write!(tag, "{byte:02x}");
        }
        let _ = write!(tag, "-{version}\"");
        tag
    }

    /// The file kept under this tag.
    pub(in crate::http) fn find(&self, tag: &Tag) -> Option<Bytes> {
        self.files.as_ref()?.get(&tag.text)
    }

    /// The turn to make a file.
    ///
    /// # Errors
    /// That too many are being made.
    pub(in crate::http) async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = timeout(TURN, Arc::clone(&self.turns).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(|| Problem::busy(TURN.as_secs().try_into().unwrap_or(1)))
    }

    /// Passes a file on as it is made; when it is whole it is kept. The first piece is made at once, so that a fault
    /// can still be told by a status.
    ///
    /// # Errors
    /// The first piece's fault.
    pub(in crate::http) async fn pass(
        &self,
        tag: &Tag,
        mut pieces: Pieces,
        turn: OwnedSemaphorePermit,
    ) -> Result<Pieces, Fault> {
        let first = pieces.try_next().await?;
        let passage = Passage {
            pieces: Box::pin(stream::iter(first.map(Ok)).chain(pieces)),
            so_far: self.files.clone().map(|files| (files, Vec::new())),
            tag: tag.text.clone(),
            end: Box::pin(sleep(SLOWEST)),
            _turn: turn,
        };
        let next = async |mut passage: Passage| Ok(passage.next().await?.map(|piece| (piece, passage)));
        Ok(Box::pin(stream::try_unfold(passage, next)))
    }
}

/// A file on its way out.
struct Passage {
    pieces: Pieces,
    /// What was sent, and where it is kept when it is whole; none where it is not to be kept.
    so_far: Option<(Cache<String, Bytes>, Vec<u8>)>,
    tag: String,
    /// When it is given up.
    end: Pin<Box<Sleep>>,
    _turn: OwnedSemaphorePermit,
}

impl Passage {
    async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        let next = tokio::select! {
            next = self.pieces.try_next() => next,
            () = &mut self.end => Err(Fault::new("it took too long")),
        };
        let next = next.inspect_err(|fault| tracing::error!(%fault, "a file of open data was cut off"))?;
        let Some(piece) = next else {
            if let Some((files, file)) = self.so_far.take() {
                files.insert(std::mem::take(&mut self.tag), file.into());
            }
            return Ok(None);
        };
        self.so_far = self.so_far.take().filter(|(_, file)| file.len() + piece.len() <= LARGEST);
        if let Some((_, file)) = &mut self.so_far {
            file.extend_from_slice(&piece);
        }
        Ok(Some(piece))
    }
}
