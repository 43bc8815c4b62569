//! How new the open data is: what a file of it is kept under, and the day that a catalogue tells.
use crate::{
    app::App,
    domain::{refusal::Fault, time::Ts},
    store::{events, territories},
};

/// The number of the last event that changed what everybody may read: what is read after it was asked for is at least
/// as new. Costs no statement while this process hears of the others' commits.
///
/// # Errors
/// A fault from the database.
pub async fn version(app: &App) -> Result<i64, Fault> {
    match app.store.public_version() {
        Some(version) => Ok(version),
        None => app.store.read_public_version().await,
    }
}

/// When something that everybody may read last changed; of an imported list, when it was imported. None where nothing
/// ever has.
///
/// # Errors
/// A fault from the database.
pub async fn last_change(app: &App, list: Option<&str>) -> Result<Option<Ts>, Fault> {
    let Some(list) = list else { return events::last_public_change(&app.store).await };
    let datasets = territories::datasets(&app.store).await?;
    Ok(datasets.into_iter().find(|dataset| dataset.name == list).map(|dataset| dataset.imported_at))
}
