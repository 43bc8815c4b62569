//! Whether the hub's parts answer.
use crate::{
    app::App,
    domain::{refusal::Fault, time::Ts},
    store::{Engine, events},
};

/// What the database says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Database {
    /// Which engine runs.
    pub engine: Engine,
    /// The number of the last event.
    pub head: i64,
    /// When that was.
    pub last_event_at: Option<Ts>,
    /// Migrations that this program has and the database has not seen.
    pub pending_migrations: usize,
}

/// Asks the database.
///
/// # Errors
/// A fault where it does not answer.
pub async fn database(app: &App) -> Result<Database, Fault> {
    let (engine, pending_migrations) = (app.store.engine(), app.store.pending_migrations().await?);
    if pending_migrations > 0 {
        return Ok(Database { engine, head: 0, last_event_at: None, pending_migrations });
    }
    let head = events::head(&app.store).await?;
    let last = events::after(&app.store, head - 1, 1).await?;
    Ok(Database { engine, head, last_event_at: last.first().map(|event| event.at), pending_migrations })
}
