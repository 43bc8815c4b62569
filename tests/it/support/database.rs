//! Fresh databases by copying a template that is migrated and seeded once, by whichever test process comes first.
use super::{config, seed};
use innesto::{app::App, clock::Clock, domain::time::Ts, store::Engine};
use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

/// A database of one test's own; gone when dropped, or on PostgreSQL when another test wants one after the process.
pub struct Fresh {
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

static COPIES: AtomicU32 = AtomicU32::new(0);

impl Fresh {
    pub async fn copy(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("innesto.db");
                fs::copy(sqlite_template().await, &file).unwrap();
                Self { url: format!("sqlite:{}", file.display()), _folder: Some(folder) }
            }
            Engine::Postgres => {
                let template = postgres_template().await;
                Self { url: postgres_database(&format!("TEMPLATE {template}")).await, _folder: None }
            }
        }
    }

    /// A database without tables.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                Self { url: format!("sqlite:{}", folder.path().join("innesto.db").display()), _folder: Some(folder) }
            }
            Engine::Postgres => Self { url: postgres_database("").await, _folder: None },
        }
    }
}

/// Changes whenever what the template is made of changes.
fn fingerprint(engine: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut hasher = DefaultHasher::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("migrations").join(engine)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.push(root.join("tests/it/support/seed.rs"));
    files.sort();
    for file in files {
        file.file_name().hash(&mut hasher);
        fs::read(file).unwrap().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

async fn make(url: &str) {
    let app = App::start(config(url), Clock::standing(Ts::new(super::START.parse().unwrap()))).await.unwrap();
    seed::territories_and_terms(&app).await;
    app.store.close().await;
}

async fn sqlite_template() -> PathBuf {
    let file = env::temp_dir().join(format!("innesto-template-{}.db", fingerprint("sqlite")));
    if !file.exists() {
        // Made beside and renamed, so that a process that comes in between never sees half of it.
        let folder = tempfile::tempdir_in(env::temp_dir()).unwrap();
        let made = folder.path().join("innesto.db");
        make(&format!("sqlite:{}", made.display())).await;
        fs::rename(made, &file).unwrap();
    }
    file
}

fn postgres_url(database: &str) -> String {
    let server = env::var("INNESTO_TEST_POSTGRES_URL").expect(
        "INNESTO_TEST_POSTGRES_URL names a PostgreSQL server for tests: run `make test`, or scripts/with-postgres.sh",
    );
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(database);
    url.to_string()
}

/// A new database of this process, made `from` what the words say. Those of processes that are gone make room for it:
/// each takes megabytes, and hundreds of tests would fill a disk.
async fn postgres_database(from: &str) -> String {
    use sqlx::{AssertSqlSafe, Connection, Executor, Row};
    let name = format!("innesto_test_{}_{}", process::id(), COPIES.fetch_add(1, Relaxed));
    let mut admin = sqlx::PgConnection::connect(&postgres_url("postgres")).await.unwrap();
    // Copying a template wants nobody else in it, and two copies at once would be in each other's way.
    admin.execute("SELECT pg_advisory_lock(20260302)").await.unwrap();
    let there =
        admin.fetch_all("SELECT datname FROM pg_database WHERE datname LIKE 'innesto\\_test\\_%'").await.unwrap();
    let over = there.into_iter().map(|row| row.get::<String, _>(0)).filter(|there| *there == name || is_over(there));
    for over in over {
        admin.execute(AssertSqlSafe(format!("DROP DATABASE {over} WITH (FORCE)"))).await.unwrap();
    }
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name} {from}"))).await.unwrap();
    admin.close().await.unwrap();
    postgres_url(&name)
}

/// Whether the process that made the database `innesto_test_<process>_<number>` is gone.
fn is_over(database: &str) -> bool {
    let process = database.trim_start_matches("innesto_test_").split('_').next().unwrap_or_default();
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(process).exists()
}

async fn postgres_template() -> String {
    use sqlx::{AssertSqlSafe, Connection, Executor};
    let name = format!("innesto_template_{}", fingerprint("postgres"));
    let mut admin = sqlx::PgConnection::connect(&postgres_url("postgres")).await.unwrap();
    admin.execute("SELECT pg_advisory_lock(20260302)").await.unwrap();
    let there = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
    if admin.fetch_optional(there).await.unwrap().is_none() {
        admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}_new"))).await.unwrap();
        make(&postgres_url(&format!("{name}_new"))).await;
        admin.execute(AssertSqlSafe(format!("ALTER DATABASE {name}_new RENAME TO {name}"))).await.unwrap();
    }
    admin.close().await.unwrap();
    name
}
