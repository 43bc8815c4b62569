//! Keeps demonstrations and real data apart: a demo's database is marked, and only a marked or empty one is filled or
//! cleared.
use crate::{
    app::App,
    domain::{refusal::Fault, territory::Dataset},
    store::{events, territories},
};

const MARK: &str = "demo";

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
pub async fn mark(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let dataset =
        Dataset { name: MARK.into(), source: "Dati dimostrativi".into(), as_of: now.date_in_italy(), imported_at: now };
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
