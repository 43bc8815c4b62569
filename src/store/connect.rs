//! Opening the database: pools, the settings each engine wants, migrations.
use super::{Pools, Result, Store, fault, heads::Known};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, sync::Arc, time::Duration};

/// The channel on which instances tell each other the log's new head.
pub(super) const CHANNEL: &str = "innesto";

impl Store {
    /// Opens `sqlite:<path>` (made where missing) or `postgres://…`. Does not migrate.
    ///
    /// # Errors
    /// A fault that says why the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        let pools = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Pools::Postgres(postgres(url).await?)
        } else {
            sqlite(url).await?
        };
        let (known, mail_key) = (Arc::new(Known::nothing()), Arc::default());
        Ok(Self { pools, statements: Arc::default(), known, shelf: Arc::default(), mail_key })
    }

    /// Brings the tables up to date. Safe when several instances start at once: sqlx takes a lock.
    ///
    /// # Errors
    /// A fault where a migration fails or the database was made by a newer program.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => sqlx::migrate!("migrations/sqlite").run(write).await.map_err(fault),
            Pools::Postgres(pool) => sqlx::migrate!("migrations/postgres").run(pool).await.map_err(fault),
        }
    }

    /// How many migrations this program has that the database has not seen yet.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn pending_migrations(&self) -> Result<usize> {
        let (known, done): (_, std::result::Result<Vec<(i64,)>, _>) = match &self.pools {
            Pools::Sqlite { read, .. } => (
                sqlx::migrate!("migrations/sqlite").iter().count(),
                sqlx::query_as("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(read).await,
            ),
            Pools::Postgres(pool) => (
                sqlx::migrate!("migrations/postgres").iter().count(),
                sqlx::query_as("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(pool).await,
            ),
        };
        match done {
            Ok(done) => Ok(known.saturating_sub(done.len())),
            // Never migrated at all.
            Err(sqlx::Error::Database(_)) => Ok(known),
            Err(error) => Err(fault(error)),
        }
    }

    /// Drops every table, ours and the migrations' own: for demonstrations that start over.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn erase_everything(&self) -> Result<()> {
        self.keep_mail_key(None);
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                let mut connection = write.acquire().await.map_err(fault)?;
                // Foreign keys would object to the order of dropping.
                connection.execute("PRAGMA foreign_keys = OFF").await.map_err(fault)?;
                let tables: Vec<(String,)> =
                    sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
                        .fetch_all(&mut *connection)
                        .await
                        .map_err(fault)?;
                for (table,) in tables {
                    connection.execute(AssertSqlSafe(format!("DROP TABLE \"{table}\""))).await.map_err(fault)?;
                }
                connection.execute("PRAGMA foreign_keys = ON").await.map_err(fault)?;
            }
            Pools::Postgres(pool) => {
                let tables: Vec<(String,)> =
                    sqlx::query_as("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
                        .fetch_all(pool)
                        .await
                        .map_err(fault)?;
                for (table,) in tables {
                    pool.execute(AssertSqlSafe(format!("DROP TABLE \"{table}\" CASCADE"))).await.map_err(fault)?;
                }
            }
        }
        Ok(())
    }

    /// Closes the pools; on SQLite this also folds the write-ahead log back into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                // Where it fails the log stays beside the file, and the next start folds it in.
                let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await;
                write.close().await;
            }
            Pools::Postgres(pool) => PgPool::close(pool).await,
        }
    }
}

/// A connection that was at rest for longer is asked whether it still works before it is used: doing so before every
/// statement would cost a round trip each.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Statements are written for an index each, whatever their values: planning one once is enough, and planning it for
/// each set of values costs as much as running it. And today's disks do not turn: the default cost of a page out of
/// order makes the planner read whole tables to avoid the indexes.
const SETTINGS: &str = "SET plan_cache_mode = 'force_generic_plan'; SET random_page_cost = 1.1";

async fn postgres(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url).map_err(fault)?.application_name("innesto");
    PgPoolOptions::new()
        .max_connections(20)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| Box::pin(async move { connection.execute(SETTINGS).await.map(drop) }))
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move {
                if known.idle_for > TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(fault)
}

async fn sqlite(url: &str) -> Result<Pools> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(fault)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(500)
        .pragma("temp_store", "memory")
        // 64 MiB: a GiB here took 1.5 GB of memory over the connections.
        .pragma("mmap_size", "67108864")
        .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(1))
        .optimize_on_close(true, None);
    let lasting = || SqlitePoolOptions::new().idle_timeout(None).max_lifetime(None);
    let write = lasting().max_connections(1).connect_with(options.clone()).await.map_err(fault)?;
    let read = lasting().max_connections(8).connect_with(options.pragma("query_only", "on")).await.map_err(fault)?;
    Ok(Pools::Sqlite { read, write })
}
