//! Finding practices and territories by words. What is found is public: the index holds nothing else, and what has been
//! put away since is left out when it is read.
mod entries;
mod follow;

pub use crate::search::{COSTS, Counts, EVIDENCE, Order, Passage, Piece, Stems, passages};
pub(super) use entries::lists_of;
pub(super) use follow::caught_up;
pub use follow::{catch_up, rebuild, reset};

use crate::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        page::{Key, Page, PageRequest},
        permission::PracticeStatus,
        practice::Practice,
        refusal::{Code, Fault, Outcome, Refusal},
    },
    search::{Found, Mark, Narrow, Question},
    service::practices::Filter,
    store::{events, practices},
};
use std::{collections::HashMap, sync::Arc};

/// Characters of what somebody types, at most.
pub const LONGEST: usize = 300;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What was typed; empty for everything.
    pub text: String,
    /// What it is narrowed to.
    pub filter: Filter,
    /// Which page of practices.
    pub page: PageRequest,
    /// Whether facets are to be counted.
    pub facets: bool,
    /// How many territories are wanted at most.
    pub territories: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Hits {
    /// The page of practices, without their long texts, each with how well it fits.
    pub page: Page<(Practice, f64)>,
    /// The territories that were named.
    pub territories: Vec<TerritoryId>,
    /// All the rest.
    pub found: Arc<Found>,
    /// Whether all that was known when it was asked is in it.
    pub is_current: bool,
}

/// Finds practices and territories.
///
/// # Errors
/// `TOO_LONG` on `query`, `INVALID` where a cursor belongs to another list, or where others than public practices are
/// asked for.
pub async fn find(app: &App, asked: Asked) -> Outcome<Hits> {
    check(&asked)?;
    let is_current = follow::caught_up(app).await?;
    let lists = entries::lists(app).await?;
    let territories = lists.gazetteer.find(&asked.text, asked.territories);
    let question =
        Question { narrow: narrow(asked.filter), text: asked.text, page: asked.page.clone(), facets: asked.facets };
    let search = app.search.clone();
    let work = move || search.find(&question, &lists);
    let found = tokio::task::spawn_blocking(work).await.map_err(Fault::new)??;
    fits(&asked.page, &found)?;
    let ids: Vec<PracticeId> = found.page.items.iter().map(|(_, (id, _))| *id).collect();
    let read = if ids.is_empty() { Vec::new() } else { practices::find_many_brief(&app.store, &ids).await? };
    // Whoever put it away a moment ago must not see it found.
    let public = read.into_iter().filter(|practice| practice.status == PracticeStatus::Published);
    let mut public: HashMap<PracticeId, Practice> = public.map(|practice| (practice.id, practice)).collect();
    let hit =
        |(cursor, (id, score)): &(_, (PracticeId, f64))| Some((Clone::clone(cursor), (public.remove(id)?, *score)));
    let items = found.page.items.iter().filter_map(hit).collect();
    let page = Page { items, has_next: found.page.has_next, has_previous: found.page.has_previous };
    Ok(Hits { page, territories, found: Arc::new(found), is_current })
}

fn check(asked: &Asked) -> Result<(), Refusal> {
    let length = asked.text.chars().count();
    if length > LONGEST {
        return Err(Refusal::new(Code::TooLong).on("query").say(
            format!("Il testo cercato ha {length} caratteri, il massimo è {LONGEST}."),
            format!("The text looked for has {length} characters, the limit is {LONGEST}."),
        ));
    }
    if asked.filter.status.is_some_and(|status| status != PracticeStatus::Published) {
        return Err(Refusal::new(Code::Invalid).on("filter.status").say(
            "La ricerca trova soltanto pratiche pubblicate: per le altre usate l'elenco delle pratiche.",
            "Search finds published practices only: for others ask for the list of practices.",
        ));
    }
    Ok(())
}

/// Whether the cursors are of a list sorted as this one.
fn fits(page: &PageRequest, found: &Found) -> Result<(), Refusal> {
    for (name, cursor) in [("after", &page.after), ("before", &page.before)] {
        let fits = |key: &Key| match found.order {
            Order::Score => matches!(key, Key::Number(_)),
            Order::Newest => matches!(key, Key::Time(_)) || found.is_building,
        };
        if cursor.as_ref().is_some_and(|cursor| !fits(&cursor.key)) {
            return Err(Refusal::new(Code::Invalid).on(name).say(
                "Il segnaposto viene da un'altra ricerca: ricominciate dalla prima pagina.",
                "The cursor comes from another search: begin with the first page again.",
            ));
        }
    }
    Ok(())
}

fn narrow(filter: Filter) -> Narrow {
    Narrow {
        owner: filter.owner,
        ambito: filter.ambito,
        provenance: filter.provenance,
        fields: filter.fields,
        targets: filter.targets,
        tools: filter.tools,
        funds: filter.funds,
        province: filter.province,
        area_class: filter.area_class,
        has_kit: filter.has_kit,
        open_to_requests: filter.open_to_requests,
        cost_at_most: filter.cost_at_most,
        evidence_at_least: filter.evidence_at_least,
    }
}

/// The public practices most like this one, the likest first; and whether all that was known when it was asked is in it.
///
/// # Errors
/// A fault from the database or the index.
pub async fn alike(app: &App, practice: Arc<Practice>, first: usize) -> Result<(Vec<PracticeId>, bool), Fault> {
    let is_current = follow::caught_up(app).await?;
    let search = app.search.clone();
    let alike = tokio::task::spawn_blocking(move || search.alike(&practice, first)).await.map_err(Fault::new)??;
    Ok((alike, is_current))
}

/// How far the index on disk has come, how many practices it holds, and how many events it has still to follow; none
/// where there is no index of this program and database yet.
///
/// # Errors
/// A fault from the database.
pub async fn look(app: &App) -> Result<Option<(u64, i64)>, Fault> {
    let Some((mark, practices)) = app.search.look() else { return Ok(None) };
    if !follow::is_of_this_log(app, &mark).await? {
        return Ok(None);
    }
    Ok(Some((practices, (events::head(&app.store).await? - mark.seq).max(0))))
}

/// How many events this instance's index has still to follow; none before it is opened.
#[must_use]
pub fn lag(app: &App, head: i64) -> Option<i64> {
    app.search.is_open().then(|| (head - app.search.mark().map_or(0, |Mark { seq, .. }| seq)).max(0))
}
