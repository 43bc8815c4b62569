//! The hub's parts, put together once and the same in the server, the workers and the tests.
use crate::{clock::Clock, config::Config, domain::refusal::Fault, store::Store};
use std::sync::Arc;

/// All that a use case needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Settings.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
}

impl App {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// A fault that says what is not reachable.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, Fault> {
        let store = Store::open(config.database_url.expose()).await?;
        store.migrate().await?;
        Ok(Self { config: Arc::new(config), store, clock })
    }
}
