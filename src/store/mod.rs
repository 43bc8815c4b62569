//! The only SQL and the only sqlx. A [`Store`] is either engine; a [`Tx`] is one use case's unit of work.
//!
//! Files by subject hold `find`, `find_many` (for loaders), `list`, `insert` and `update_…` functions; reads take a
//! [`Conn`], which the pool and a transaction both turn into; writes take a [`Tx`].
pub mod atlas;
#[macro_use]
mod columns;
pub mod audit;
pub mod bearings;
mod connect;
pub mod contacts;
pub mod conversations;
pub mod dispatches;
pub mod documents;
pub mod duties;
pub mod erasure;
pub mod events;
pub mod expertise;
mod heads;
pub mod idempotency;
pub mod inbound;
pub mod invitations;
pub mod kit;
pub mod lineage;
pub mod mail_domains;
pub mod match_log;
pub mod match_weights;
pub mod needs;
pub mod network;
pub mod notifications;
pub mod outbox;
pub mod people;
pub mod practices;
pub mod preferences;
pub mod recipients;
pub mod requests;
pub mod searchable;
pub mod sessions;
pub mod sign_in;
pub mod sql;
pub mod suggestions;
pub mod suppressions;
pub mod synonyms;
pub mod tasks;
pub mod terms;
pub mod territories;
pub mod tokens;

use crate::{
    domain::{event::NewEvent, network::Delta, refusal::Fault},
    meter,
};
use heads::Known;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};

pub use columns::{Record, language};

/// What every function here returns.
pub type Result<T> = std::result::Result<T, Fault>;

/// Any error of the database as a fault.
pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Fault {
    Fault::new(error)
}

/// Which database runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// Several instances.
    Postgres,
}

#[derive(Clone)]
enum Pools {
    // One writer, many readers that cannot write: a write never waits half way for another.
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    statements: Arc<AtomicU64>,
    known: Arc<Known>,
    shelf: Arc<atlas::Shelf>,
    mail_key: Arc<RwLock<Option<Vec<u8>>>>,
}

/// Where a statement runs: on the pool, or in a transaction.
pub enum Conn<'a> {
    /// SQLite's readers.
    Sqlite(&'a SqlitePool),
    /// PostgreSQL's pool.
    Postgres(&'a PgPool),
    /// A transaction.
    Tx(&'a mut Tx),
}

/// A write transaction. Its events are numbered and written as its last act; dropped without
/// [`Tx::commit`], nothing of it remains.
pub enum Tx {
    /// On SQLite.
    Sqlite {
        /// sqlx's own.
        tx: Transaction<'static, Sqlite>,
        /// What both engines keep beside it.
        work: Work,
    },
    /// On PostgreSQL.
    Postgres {
        /// sqlx's own.
        tx: Transaction<'static, Postgres>,
        /// What both engines keep beside it.
        work: Work,
    },
}

/// What a transaction keeps beside the connection.
pub struct Work {
    events: Vec<NewEvent>,
    network: Delta,
    statements: Arc<AtomicU64>,
    known: Arc<Known>,
}

impl Store {
    /// Which engine runs.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// How many statements ran since the start.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Relaxed)
    }

    fn kept_mail_key(&self) -> Option<Vec<u8>> {
        self.mail_key.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the key of our mails' addresses in memory, or forgets it where the database is emptied.
    fn keep_mail_key(&self, key: Option<&[u8]>) {
        *self.mail_key.write().unwrap_or_else(PoisonError::into_inner) = key.map(<[u8]>::to_vec);
    }

    fn counted(&self) {
        self.statements.fetch_add(1, Relaxed);
        meter::statement();
    }

    /// Begins a unit of work. SQLite takes its write lock at once, so that a later statement never finds it taken.
    ///
    /// # Errors
    /// A fault where no connection could be had in time.
    pub async fn begin(&self) -> Result<Tx> {
        let work = Work {
            events: Vec::new(),
            network: Delta::default(),
            statements: Arc::clone(&self.statements),
            known: Arc::clone(&self.known),
        };
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => {
                Tx::Sqlite { tx: write.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?, work }
            }
            Pools::Postgres(pool) => Tx::Postgres { tx: pool.begin().await.map_err(fault)?, work },
        })
    }
}

impl Tx {
    fn work(&mut self) -> &mut Work {
        match self {
            Self::Sqlite { work, .. } | Self::Postgres { work, .. } => work,
        }
    }

    /// Notes that something happened; written with [`Tx::commit`], or not at all.
    pub fn emit(&mut self, event: NewEvent) {
        self.work().events.push(event);
    }

    /// What changes in the network's sums; written with [`Tx::commit`], so that nobody who counts waits for somebody who
    /// waits for it.
    pub fn network(&mut self) -> &mut Delta {
        &mut self.work().network
    }

    /// Writes the sums, takes the next numbers of the log, writes the events, and commits. When it returns, answers from before are no
    /// longer served.
    ///
    /// # Errors
    /// A fault; then nothing of the transaction remains.
    pub async fn commit(mut self, now: crate::domain::time::Ts) -> Result<()> {
        let network = std::mem::take(&mut self.work().network);
        network::add(&mut self, &network).await?;
        let events = std::mem::take(&mut self.work().events);
        if events.is_empty() {
            return self.finish().await;
        }
        let heads = events::append(&mut self, events, now).await?;
        let known = Arc::clone(&self.work().known);
        // In a task of its own: whoever asked may go away in between, and the commit would stay unknown.
        let done = tokio::spawn(async move {
            self.finish().await?;
            known.raise(heads);
            Ok(())
        });
        done.await.map_err(fault)?
    }

    async fn finish(self) -> Result<()> {
        match self {
            Self::Sqlite { tx, .. } => tx.commit().await.map_err(fault),
            Self::Postgres { tx, .. } => tx.commit().await.map_err(fault),
        }
    }
}

impl Conn<'_> {
    const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) | Self::Tx(Tx::Sqlite { .. }) => Engine::Sqlite,
            Self::Postgres(_) | Self::Tx(Tx::Postgres { .. }) => Engine::Postgres,
        }
    }
}

impl<'a> From<&'a Store> for Conn<'a> {
    fn from(store: &'a Store) -> Self {
        store.counted();
        match &store.pools {
            Pools::Sqlite { read, .. } => Self::Sqlite(read),
            Pools::Postgres(pool) => Self::Postgres(pool),
        }
    }
}
impl<'a> From<&'a mut Tx> for Conn<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        tx.work().statements.fetch_add(1, Relaxed);
        meter::statement();
        Conn::Tx(tx)
    }
}
