//! Keeps demonstrations and real data apart: a demo's database is marked, and only a marked or empty one is filled or
//! cleared. The needs it shows wear a badge, as its invented practices do.
use crate::{
    app::App,
    domain::{
        need::Changes,
        page::PageRequest,
        permission::Actor,
        practice::Change,
        refusal::{Code, Fault, Outcome, Refusal},
        territory::Dataset,
    },
    service::{
        needs::{self, Filter, Post},
        territories::{TerritoryKey, atlas},
    },
    store::{events, territories},
};
use serde::Deserialize;

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
pub async fn mark(app: &App) -> Result<(), Fault> {
    note(app, MARK).await
}

/// Notes that all of the demonstration's data is in, so that a later start leaves it alone.
///
/// # Errors
/// A fault from the database.
pub async fn mark_filled(app: &App) -> Result<(), Fault> {
    note(app, FILLED).await
}

/// Whether an earlier start put all of the demonstration's data in.
///
/// # Errors
/// A fault from the database.
pub async fn is_filled(app: &App) -> Result<bool, Fault> {
    Ok(territories::datasets(&app.store).await?.iter().any(|dataset| dataset.name == FILLED))
}

/// A file of needs.
#[derive(Deserialize)]
struct Needs {
    needs: Vec<Need>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Need {
    territory: String,
    text: String,
    field: Option<String>,
    targets: Vec<String>,
    tools: Vec<String>,
    funds: Vec<String>,
    budget_eur: Option<i64>,
    staff_fte: Option<f64>,
    months: Option<i64>,
}

fn change<T>(given: Option<T>) -> Change<T> {
    given.map_or(Change::Keep, Change::Set)
}

/// Posts the invented needs of a JSON file, each of a territory that it names. What an earlier start posted is left as
/// it is.
///
/// # Errors
/// What is wrong with a need; a fault from the database, or where the file cannot be read.
pub async fn post_needs(app: &App, file: &[u8]) -> Outcome<()> {
    let file: Needs = serde_json::from_slice(file).map_err(Fault::new)?;
    for need in file.needs {
        let atlas = atlas(app).await?;
        let missing =
            || Refusal::new(Code::NotFound).on("territory").say(need.territory.clone(), need.territory.clone());
        let territory = atlas.find(&TerritoryKey::Name(need.territory.clone())).ok_or_else(missing)?.id;
        let filter = Filter { territory: Some(territory), ..Filter::default() };
        let posted = needs::list(app, &filter, &PageRequest::first(100)).await?;
        if posted.items.iter().any(|(_, posted)| posted.wanted.text == need.text) {
            continue;
        }
        let says = Changes {
            text: Change::Set(need.text),
            field: change(need.field),
            targets: Change::Set(need.targets),
            tools: Change::Set(need.tools),
            funds: Change::Set(need.funds),
            budget_eur: change(need.budget_eur),
            staff_fte: change(need.staff_fte),
            months: change(need.months),
        };
        let post = Post { territory, says, no_personal_data: false, illustrative: true, key: None };
        needs::post(app, &Actor::System, post).await?;
    }
    Ok(())
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
