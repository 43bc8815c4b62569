//! Reading territories and vocabularies, which everybody may.
use crate::{
    app::App,
    domain::{refusal::Fault, territory::Dataset},
    store::territories,
};
use std::sync::Arc;

pub use crate::store::atlas::{Atlas, TerritoryKey};
pub use territories::Filter;

/// All territories and terms as they are now.
///
/// # Errors
/// A fault from the database.
pub async fn atlas(app: &App) -> Result<Arc<Atlas>, Fault> {
    app.store.atlas().await
}

/// Where the lists in use come from.
///
/// # Errors
/// A fault from the database.
pub async fn datasets(app: &App) -> Result<Vec<Dataset>, Fault> {
    territories::datasets(&app.store).await
}
