//! How far the log has come, as this process knows it: the version of the world that answers kept in memory are
//! compared with.
//!
//! A commit of this process raises the numbers before it is acknowledged. Other processes' commits are heard of by
//! [`Store::listen`]; while nobody listens, nothing in memory can be trusted and the versions are unknown.
use super::{Conn, Pools, Result, Store, connect::CHANNEL, fault, sql::*};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    pin::pin,
    sync::atomic::{AtomicI64, AtomicUsize, Ordering::SeqCst},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

/// How often an embedded database is looked at for commits of other processes: the command line's imports.
const LOOK: Duration = Duration::from_millis(250);
/// How long PostgreSQL may be silent before it is asked, since a broken network is silent too.
const QUIET: Duration = Duration::from_secs(5);

/// The numbers of the last events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heads {
    /// Of any kind.
    pub seq: i64,
    /// Of a kind that changes what everybody may read.
    pub public_seq: i64,
    /// Of a kind that changes territories or vocabularies.
    pub lists_seq: i64,
}
record!(Heads { seq, public_seq, lists_seq });

impl Heads {
    /// What instances tell each other.
    pub(super) fn told(self) -> String {
        format!("{} {} {}", self.seq, self.public_seq, self.lists_seq)
    }

    fn heard(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { seq: next()?, public_seq: next()?, lists_seq: next()? })
    }
}

/// What is known of the log's heads; they only ever rise.
pub(super) struct Known {
    pub(super) seq: watch::Sender<i64>,
    public: AtomicI64,
    lists: AtomicI64,
    listeners: AtomicUsize,
}

impl Known {
    pub(super) fn nothing() -> Self {
        Self {
            seq: watch::Sender::new(0),
            public: AtomicI64::new(0),
            lists: AtomicI64::new(0),
            listeners: AtomicUsize::new(0),
        }
    }

    pub(super) fn raise(&self, heads: Heads) {
        // The lists first: whoever reads the new public number finds the lists' new number too.
        self.lists.fetch_max(heads.lists_seq, SeqCst);
        self.public.fetch_max(heads.public_seq, SeqCst);
        self.seq.send_if_modified(|known| {
            let news = heads.seq > *known;
            *known = heads.seq.max(*known);
            news
        });
    }

    fn version(&self, of: &AtomicI64) -> Option<i64> {
        (self.listeners.load(SeqCst) > 0).then(|| of.load(SeqCst))
    }
}

/// Counts as a listener until dropped.
struct Ear<'a>(&'a Known);

impl<'a> Ear<'a> {
    fn open(known: &'a Known) -> Self {
        known.listeners.fetch_add(1, SeqCst);
        Self(known)
    }
}
impl Drop for Ear<'_> {
    fn drop(&mut self) {
        self.0.listeners.fetch_sub(1, SeqCst);
    }
}

impl Store {
    /// The number of the last event that changed what everybody may read: what was read after it was asked for is at
    /// least as new. `None` while nobody [listens](Store::listen): then nothing that was kept may be used.
    #[must_use]
    pub fn public_version(&self) -> Option<i64> {
        self.known.version(&self.known.public)
    }

    /// As [`Store::public_version`], of the territories and vocabularies alone.
    #[must_use]
    pub fn lists_version(&self) -> Option<i64> {
        self.known.version(&self.known.lists)
    }

    /// The same, asked of the database.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn read_lists_version(&self) -> Result<i64> {
        Ok(heads(self).await?.lists_seq)
    }

    /// [`Store::public_version`], asked of the database.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn read_public_version(&self) -> Result<i64> {
        Ok(heads(self).await?.public_seq)
    }

    /// Wakes whoever follows the log; its value is the last event number heard of. Only a wake-up: also poll.
    #[must_use]
    pub fn wake_ups(&self) -> watch::Receiver<i64> {
        self.known.seq.subscribe()
    }

    /// Hears of other processes' commits, for as long as it runs. On PostgreSQL they tell; an embedded database is
    /// looked at four times a second, which bounds how long an import by the command line goes unnoticed.
    ///
    /// # Errors
    /// A fault where the database cannot be reached any more: call it again.
    pub async fn listen(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { read, .. } => {
                self.known.raise(heads(Conn::Sqlite(read)).await?);
                let _ear = Ear::open(&self.known);
                loop {
                    sleep(LOOK).await;
                    self.known.raise(heads(Conn::Sqlite(read)).await?);
                }
            }
            Pools::Postgres(pool) => self.listen_to(pool).await,
        }
    }

    async fn listen_to(&self, pool: &PgPool) -> Result<()> {
        let mut listener = PgListener::connect_with(pool).await.map_err(fault)?;
        // What is told while it reconnects would be lost without a word.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await.map_err(fault)?;
        // Only now: what was committed before is read, what is committed after is told.
        self.known.raise(heads(Conn::Postgres(pool)).await?);
        let _ear = Ear::open(&self.known);
        loop {
            let mut next = pin!(listener.try_recv());
            let told = loop {
                tokio::select! {
                    told = &mut next => break told.map_err(fault)?,
                    () = sleep(QUIET) => {
                        let asked = timeout(QUIET, heads(Conn::Postgres(pool))).await;
                        let read = asked.map_err(fault)??;
                        let news = read.seq > *self.known.seq.borrow();
                        self.known.raise(read);
                        if news {
                            // The connection looks alive and is not: nothing may be trusted before it is made anew.
                            return Err(fault("another instance's word did not arrive"));
                        }
                    }
                }
            };
            let told = told.ok_or_else(|| fault("the connection that hears other instances was lost"))?;
            match Heads::heard(told.payload()) {
                Some(heads) => self.known.raise(heads),
                // An instance of another version tells otherwise: what it changed is in the database.
                None => self.known.raise(heads(Conn::Postgres(pool)).await?),
            }
        }
    }
}

async fn heads(on: impl Into<Conn<'_>>) -> Result<Heads> {
    sql("SELECT seq, public_seq, lists_seq FROM log_head").one(on).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_what_is_heard_and_anything_else_is_not_understood() {
        let heads = Heads { seq: 12, public_seq: 7, lists_seq: 3 };
        assert_eq!(Heads::heard(&heads.told()), Some(heads));
        for other in ["", "12", "12 7", "12 x 3", "a b c"] {
            assert_eq!(Heads::heard(other), None, "{other:?}");
        }
    }

    #[test]
    fn versions_only_rise_and_are_known_only_while_somebody_listens() {
        let known = Known::nothing();
        known.raise(Heads { seq: 5, public_seq: 4, lists_seq: 2 });
        assert_eq!(known.version(&known.public), None);
        let ear = Ear::open(&known);
        known.raise(Heads { seq: 4, public_seq: 3, lists_seq: 1 });
        assert_eq!((known.version(&known.public), known.version(&known.lists)), (Some(4), Some(2)));
        drop(ear);
        assert_eq!(known.version(&known.public), None);
    }
}
