//! Keeps demonstrations and real data apart: a demo's database is marked, and only a marked or empty one is filled or
//! cleared. `fill` is what is in it: lists, practices, `needs` and `people`, and the `history` of a network.
mod fill;
pub mod history;
pub mod needs;
pub mod people;

pub use fill::fill;

use crate::{
    app::App,
    domain::{refusal::Fault, territory::Dataset},
    store::{events, territories},
};

const MARK: &str = "demo";
/// Noted when all of the demonstration's data is in.
const FILLED: &str = "demo.filled";

/// Whether the database holds data that no demonstration put there.
///
/// # Errors
/// A fault from the database.
pub async fn is_foreign(app: &App) -> Result<bool, Fault> {
    let marked = territories::datasets(&app.store).await?.iter().any(|dataset| dataset.name == MARK);
    Ok(!marked && events::head(&app.store).await? > 0)
}

/// Marks the database as a demonstration's.
///
/// # Errors
/// A fault from the database.
async fn mark(app: &App) -> Result<(), Fault> {
    note(app, MARK).await
}

/// Notes that all of the demonstration's data is in, so that a later start leaves it alone.
///
/// # Errors
/// A fault from the database.
async fn mark_filled(app: &App) -> Result<(), Fault> {
    note(app, FILLED).await
}

/// Whether an earlier start put all of the demonstration's data in.
///
/// # Errors
/// A fault from the database.
pub async fn is_filled(app: &App) -> Result<bool, Fault> {
    Ok(territories::datasets(&app.store).await?.iter().any(|dataset| dataset.name == FILLED))
}

async fn note(app: &App, name: &str) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let dataset =
        Dataset { name: name.into(), source: "Dati dimostrativi".into(), as_of: now.date_in_italy(), imported_at: now };
    territories::save_dataset(&mut tx, &dataset).await?;
    tx.commit(now).await
}

/// Empties the database: asked for by `--fresh` alone.
///
/// # Errors
/// A fault from the database, or where it is not a demonstration's.
pub async fn erase_everything(app: &App) -> Result<(), Fault> {
    if is_foreign(app).await? {
        return Err(Fault::new("this database is not a demonstration's"));
    }
    app.store.erase_everything().await
}
