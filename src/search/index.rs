//! The index itself: where it is, opened or made anew, written to, and how far in the log it has come.
//!
//! A batch and the mark of how far it goes are one commit, so a process that is killed at any point leaves an index that
//! goes on from its mark, or has none and is built anew.
use super::{
    Entry, fault,
    fields::{Fields, VERSION, register, schema},
    lexicon::{Lexicon, lives},
    lists::Lists,
};
use crate::domain::{id::PracticeId, refusal::Fault};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};
use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError,
    directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory},
};

/// Bytes of memory in which new documents are gathered.
const BUDGET: usize = 24 << 20;
/// How many instances may have their data in one folder by mistake; each gets an index of its own.
const NEIGHBOURS: usize = 9;

/// How far in the log an index has come. The last event's time and subject tell one database from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number of the last event that is in it.
    pub seq: i64,
    /// When that was, in microseconds since 1970.
    pub at: i64,
    /// To what it happened.
    pub subject: String,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    mark: Mark,
}

/// The index of one instance. Cheap to clone; nothing is opened before it is used.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    folder: Option<PathBuf>,
    open: RwLock<Option<Arc<Open>>>,
    /// Held by whoever follows the log: one at a time.
    turn: tokio::sync::Mutex<()>,
    lists: RwLock<(i64, Arc<Lists>)>,
}

/// An index that is open.
pub(super) struct Open {
    pub(super) fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    mark: Mutex<Option<Mark>>,
    lexicon: Mutex<Option<Arc<Lexicon>>>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Search {
    /// An index in a folder of the disk.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self::new(Some(folder))
    }

    /// An index in memory, gone with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::new(None)
    }

    fn new(folder: Option<PathBuf>) -> Self {
        let lists = RwLock::new((-1, Arc::default()));
        Self(Arc::new(Inner { folder, open: RwLock::default(), turn: tokio::sync::Mutex::default(), lists }))
    }

    /// Whether somebody is following the log.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.turn.try_lock().is_err()
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.opened().is_some()
    }

    /// Whether this practice is in it.
    ///
    /// # Errors
    /// A fault from the disk.
    pub fn holds(&self, id: PracticeId) -> Result<bool, Fault> {
        let Some(open) = self.opened() else { return Ok(false) };
        lives(&open.searcher(), &open.fields.key(id)).map_err(fault)
    }

    /// Waits for the right to follow the log.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// How far in the log it has come; none while it is being built, or before it is opened.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        held(&self.opened()?.mark).clone()
    }

    /// Opens it, where it is not open: what cannot be read, or is of another version, is made anew and empty. Gives back
    /// how far it has come; none where it is to be built.
    ///
    /// # Errors
    /// A fault where it can be made nowhere.
    pub fn open(&self) -> Result<Option<Mark>, Fault> {
        if self.opened().is_none() {
            let open = match &self.0.folder {
                None => Open::new(&Index::create_in_ram(schema().0), None)?,
                Some(folder) => open_in(folder)?,
            };
            *self.0.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(open));
        }
        Ok(self.mark())
    }

    /// Puts the index out of use, because it could not be read: it is built anew by whoever follows next.
    pub fn forget(&self) {
        let open = self.0.open.write().unwrap_or_else(PoisonError::into_inner).take();
        if let (Some(folder), Some(_)) = (&self.0.folder, open) {
            let _ = fs::write(wish(folder), "");
        }
    }

    /// Asks whoever has it open to build it anew. False where nobody has: then do it yourself.
    ///
    /// # Errors
    /// A fault where the folder cannot be written to.
    pub fn wish_anew(&self) -> Result<bool, Fault> {
        let Some(folder) = &self.0.folder else { return Ok(false) };
        fs::create_dir_all(folder).map_err(fault)?;
        fs::write(wish(folder), "").map_err(fault)?;
        Ok(MmapDirectory::open(folder).map_err(fault)?.acquire_lock(&INDEX_WRITER_LOCK).is_err())
    }

    /// Whether somebody asked for it to be built anew since; asked once, told once.
    #[must_use]
    pub fn is_wished_anew(&self) -> bool {
        self.0.folder.as_deref().is_some_and(|folder| fs::remove_file(wish(folder)).is_ok())
    }

    /// How far an index on disk has come and how many practices it holds, without opening it for writing; none where
    /// there is none of this version.
    #[must_use]
    pub fn look(&self) -> Option<(Mark, u64)> {
        let index = Index::open_in_dir(self.0.folder.as_deref()?).ok()?;
        let docs = index.reader().ok()?.searcher().num_docs();
        Some((marked(&index)?, docs))
    }

    /// Empties it, in the same commit as what is added next.
    ///
    /// # Errors
    /// A fault from the disk.
    pub fn clear(&self) -> Result<(), Fault> {
        let open = self.opened().ok_or_else(|| fault("the index is not open"))?;
        held(&open.writer).delete_all_documents().map(drop).map_err(fault)
    }

    /// Adds practices in the place of what was there of them, and takes others out. Seen after [`Search::commit`].
    ///
    /// # Errors
    /// A fault from the disk.
    pub fn write(&self, entries: &[Entry], gone: &[PracticeId]) -> Result<(), Fault> {
        let open = self.opened().ok_or_else(|| fault("the index is not open"))?;
        let writer = held(&open.writer);
        for id in entries.iter().map(|entry| entry.practice.id).chain(gone.iter().copied()) {
            writer.delete_term(open.fields.key(id));
        }
        let schema = writer.index().schema();
        for entry in entries {
            let document: TantivyDocument = open.fields.document(&schema, entry).map_err(fault)?;
            writer.add_document(document).map_err(fault)?;
        }
        Ok(())
    }

    /// Makes what was written since last time visible and lasting, with how far in the log it goes.
    ///
    /// # Errors
    /// A fault from the disk: then nothing was committed.
    pub fn commit(&self, mark: &Mark) -> Result<(), Fault> {
        let open = self.opened().ok_or_else(|| fault("the index is not open"))?;
        let payload = serde_json::to_string(&Payload { version: VERSION, mark: mark.clone() }).map_err(fault)?;
        let mut writer = held(&open.writer);
        let mut commit = writer.prepare_commit().map_err(fault)?;
        commit.set_payload(&payload);
        commit.commit().map_err(fault)?;
        open.reader.reload().map_err(fault)?;
        *held(&open.mark) = Some(mark.clone());
        *held(&open.lexicon) = None;
        Ok(())
    }

    /// Notes how far it has come where nothing of it changed: lasting with the next commit, and harmless to lose.
    pub fn note(&self, mark: &Mark) {
        if let Some(open) = self.opened() {
            *held(&open.mark) = Some(mark.clone());
        }
    }

    /// Throws away what was written since the last commit.
    pub fn roll_back(&self) {
        if let Some(open) = self.opened() {
            let rolled = held(&open.writer).rollback();
            if rolled.is_err() {
                self.forget();
            }
        }
    }

    /// The lists in use, where they are at least of this version.
    #[must_use]
    pub fn lists(&self, version: i64) -> Option<Arc<Lists>> {
        let kept = self.0.lists.read().unwrap_or_else(PoisonError::into_inner);
        (kept.0 >= version).then(|| Arc::clone(&kept.1))
    }

    /// Uses these lists from now on.
    pub fn use_lists(&self, version: i64, lists: &Arc<Lists>) {
        let mut kept = self.0.lists.write().unwrap_or_else(PoisonError::into_inner);
        if kept.0 <= version {
            *kept = (version, Arc::clone(lists));
        }
    }

    pub(super) fn opened(&self) -> Option<Arc<Open>> {
        self.0.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Open {
    fn new(index: &Index, mark: Option<Mark>) -> Result<Self, Fault> {
        register(index);
        let writer = index.writer_with_num_threads(1, BUDGET).map_err(fault)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(fault)?;
        let (fields, writer, mark) = (schema().1, Mutex::new(writer), Mutex::new(mark));
        Ok(Self { fields, reader, writer, mark, lexicon: Mutex::default() })
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The words there are, read from the index after each change that somebody looks after.
    pub(super) fn lexicon(&self, searcher: &Searcher) -> Result<Arc<Lexicon>, Fault> {
        let generation = searcher.generation().generation_id();
        let kept = held(&self.lexicon).clone();
        if let Some(lexicon) = kept.filter(|lexicon| lexicon.generation == generation) {
            return Ok(lexicon);
        }
        let lexicon = Arc::new(Lexicon::read(searcher, self.fields.words, generation).map_err(fault)?);
        *held(&self.lexicon) = Some(Arc::clone(&lexicon));
        Ok(lexicon)
    }
}

/// Where it is noted that an index is to be built anew: beside the folder, which then goes.
fn wish(folder: &Path) -> PathBuf {
    folder.with_extension("rebuild")
}

fn marked(index: &Index) -> Option<Mark> {
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    (payload.version == VERSION && index.schema() == schema().0).then_some(payload.mark)
}

/// The first folder of this name that no other process has.
fn open_in(folder: &Path) -> Result<Open, Fault> {
    for number in 1..=NEIGHBOURS {
        let own = if number == 1 { folder.to_owned() } else { folder.with_extension(number.to_string()) };
        match open_one(&own) {
            Err(TantivyError::LockFailure(..)) => {
                tracing::warn!(folder = %own.display(), "another process has this search index");
            }
            Err(error) => return Err(fault(error)),
            Ok((index, mark)) => return Open::new(&index, mark),
        }
    }
    Err(fault("too many processes have a search index in one folder"))
}

fn open_one(folder: &Path) -> tantivy::Result<(Index, Option<Mark>)> {
    fs::create_dir_all(folder)?;
    let locked = |error| TantivyError::LockFailure(error, None);
    // Held while it is looked at and, where it is of no use, emptied.
    let lock = MmapDirectory::open(folder)?.acquire_lock(&INDEX_WRITER_LOCK).map_err(locked)?;
    let whole = |index: &Index| index.validate_checksum().is_ok_and(|damaged| damaged.is_empty());
    let found = Index::open_in_dir(folder).ok().and_then(|index| Some((marked(&index)?, index)));
    let found = match found {
        Some((mark, index)) if whole(&index) => Some((index, Some(mark))),
        _ => {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.file_name().is_some_and(|name| name != INDEX_WRITER_LOCK.filepath.as_os_str()) {
                    fs::remove_file(path)?;
                }
            }
            None
        }
    };
    drop(lock);
    match found {
        Some(found) => Ok(found),
        None => Ok((Index::create_in_dir(folder, schema().0)?, None)),
    }
}
