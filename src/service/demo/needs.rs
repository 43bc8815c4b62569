//! The needs that the demonstration shows: they wear a badge, as its invented practices do.
use crate::{
    app::App,
    domain::{
        need::Changes,
        page::PageRequest,
        permission::Actor,
        practice::Change,
        refusal::{Code, Fault, Outcome, Refusal},
    },
    service::{
        needs::{self, Filter, Post},
        territories::{TerritoryKey, atlas},
    },
};
use serde::Deserialize;

/// A file of needs.
#[derive(Deserialize)]
struct Needs {
    needs: Vec<Need>,
}

/// An invented need.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Need {
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

/// Reads a JSON file of needs.
///
/// # Errors
/// A fault where it cannot be read.
pub fn read(file: &[u8]) -> Result<Vec<Need>, Fault> {
    serde_json::from_slice::<Needs>(file).map(|file| file.needs).map_err(Fault::new)
}

/// Posts a need of the territory that it names. What is posted already is left as it is.
///
/// # Errors
/// What is wrong with the need; a fault from the database.
pub async fn post(app: &App, need: Need) -> Outcome<()> {
    let atlas = atlas(app).await?;
    let missing = || Refusal::new(Code::NotFound).on("territory").say(need.territory.clone(), need.territory.clone());
    let territory = atlas.find(&TerritoryKey::Name(need.territory.clone())).ok_or_else(missing)?.id;
    let filter = Filter { territory: Some(territory), ..Filter::default() };
    let posted = needs::list(app, &filter, &PageRequest::first(100)).await?;
    if posted.items.iter().any(|(_, posted)| posted.wanted.text == need.text) {
        return Ok(());
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
    needs::post(app, &Actor::System, post).await.map(drop)
}
