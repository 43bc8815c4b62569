//! Reading territories and vocabularies, which everybody may.
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        page::{Page, PageRequest},
        refusal::Fault,
        term::Term,
        territory::{Dataset, Territory},
    },
    store::{terms, territories},
};

pub use territories::Filter;

/// The ways a territory is found.
#[derive(Clone, Debug)]
pub enum TerritoryKey {
    /// By its id.
    Id(TerritoryId),
    /// By the end of its address.
    Slug(String),
    /// A Comune, by today's or an earlier ISTAT code.
    IstatCode(String),
    /// By name, alias or code in any spelling. An Ambito goes before the Comune of the same name.
    Name(String),
}

/// The territory, if there is one.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, key: &TerritoryKey) -> Result<Option<Territory>, Fault> {
    match key {
        TerritoryKey::Id(id) => territories::find(&app.store, *id).await,
        TerritoryKey::Slug(slug) => territories::find_by_slug(&app.store, slug).await,
        TerritoryKey::IstatCode(code) => territories::find_by_istat_code(&app.store, code).await,
        TerritoryKey::Name(name) => Ok(territories::find_by_name(&app.store, name).await?.into_iter().next()),
    }
}

/// The territories with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, ids: &[TerritoryId]) -> Result<Vec<Territory>, Fault> {
    territories::find_many(&app.store, ids).await
}

/// One page of territories, by slug.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, filter: &Filter, page: &PageRequest) -> Result<Page<Territory>, Fault> {
    territories::list(&app.store, filter, page).await
}

/// How many territories there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, filter: &Filter) -> Result<i64, Fault> {
    territories::count(&app.store, filter).await
}

/// All terms of all vocabularies, past and present, by vocabulary and place.
///
/// # Errors
/// A fault from the database.
pub async fn terms(app: &App) -> Result<Vec<Term>, Fault> {
    terms::all(&app.store).await
}

/// Where the lists in use come from.
///
/// # Errors
/// A fault from the database.
pub async fn datasets(app: &App) -> Result<Vec<Dataset>, Fault> {
    territories::datasets(&app.store).await
}

/// The Comuni of these Ambiti, by slug.
///
/// # Errors
/// A fault from the database.
pub async fn comuni_of(app: &App, ambiti: &[TerritoryId]) -> Result<Vec<Territory>, Fault> {
    territories::comuni_of(&app.store, ambiti).await
}
