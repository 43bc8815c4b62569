//! What territories know how to do, and the list of those that know it best.
use super::{
    super::{
        Ask,
        error::bad_argument,
        loaders::Source,
        page::{PagedWith, asks_for, connection_with},
        term::TermObject,
    },
    TerritoryObject,
};
use crate::{
    app::App,
    domain::{id::TerritoryId, page::PageRequest, permission::Actor, refusal::Fault, term::Scheme},
    service::{
        expertise::{self, Known},
        territories::Filter,
    },
};
use async_graphql::{Context, OneofObject, Result, SimpleObject};
use futures_util::future::try_join_all;
use std::{collections::HashMap, sync::Arc};

/// Terms of one territory at most.
const MOST: i32 = 50;

/// What a territory knows how to do, told from public facts: its published practices, who copied them, the requests about
/// them that it answered in the last two years. What is made up to show how the hub works does not count.
#[derive(SimpleObject)]
pub struct Expertise {
    /// The field, target group or tool.
    term: TermObject,
    /// 0 to 100: half of it from practices run, three tenths from copies, two tenths from answers, quick ones more than
    /// slow ones. Each part rises ever more slowly and never to the whole.
    score: f64,
    /// Published practices that have the term.
    practices_run: i64,
    /// Other territories that published a copy of them, once for each practice copied.
    copied_by_others: i64,
    /// Requests about them, sent in the last two years, that it answered by yes or no.
    requests_answered: i64,
    /// Working days of the Italian calendar from sending to yes or no, half of the answers took no more; null where none
    /// was answered.
    median_days_to_answer: Option<f64>,
}

// The descriptions name this number.
const _: () = assert!(crate::domain::request::responsiveness::WINDOW_DAYS == 2 * 365);

/// What somebody looks for who knows it: the code of one term, e.g. `OLDER_PEOPLE`.
#[derive(OneofObject)]
pub enum ExpertInInput {
    /// A field of practice.
    Field(String),
    /// A target group.
    Target(String),
    /// A tool.
    Tool(String),
}

/// What a list of territories says of each beside it.
#[derive(Default, SimpleObject)]
pub struct Ranked {
    /// What it knows of the term asked for by `expertIn`, and why it stands at this place; null where the list is not
    /// ranked so.
    expertise: Option<Expertise>,
}

/// A page of territories.
pub type Territories = PagedWith<TerritoryObject, Ranked>;

async fn object(ask: &Ask, known: &Known) -> Result<Expertise> {
    let told = known.expertise;
    Ok(Expertise {
        term: ask.term(known.scheme, &known.code).await?,
        score: told.score(),
        practices_run: told.practices_run,
        copied_by_others: told.copied_by_others,
        requests_answered: told.requests_answered,
        median_days_to_answer: told.median_days,
    })
}

/// What a territory knows, the best first.
pub(super) async fn expertise_of(ask: &Ask, territory: TerritoryId, first: i32) -> Result<Vec<Expertise>> {
    let first = match usize::try_from(first) {
        Ok(n) if (1..=MOST).contains(&first) => n,
        _ => return Err(bad_argument(format!("`first` must be from 1 to {MOST}."))),
    };
    let Some(known) = ask.load::<ExpertiseOf>(territory).await? else { return Ok(Vec::new()) };
    try_join_all(known.iter().take(first).map(|known| object(ask, known))).await
}

/// The territories that know a term, the best first.
pub(super) async fn ranked(
    ctx: &Context<'_>,
    expert_in: ExpertInInput,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Territories> {
    let ask = Ask::of(ctx);
    let (scheme, code) = match expert_in {
        ExpertInInput::Field(code) => (Scheme::Field, code),
        ExpertInInput::Target(code) => (Scheme::Target, code),
        ExpertInInput::Tool(code) => (Scheme::Tool, code),
    };
    let (page, total) = ask.read(expertise::rank(&ask.app, (scheme, &code), filter, page).await)?;
    let told = try_join_all(page.items.iter().map(|(_, (_, known))| object(ask, known))).await?;
    let mut told = told.into_iter();
    let total = asks_for(ctx, "totalCount").then(|| i64::try_from(total).unwrap_or(i64::MAX));
    Ok(connection_with(page, total, |(territory, _)| (territory.into(), Ranked { expertise: told.next() })))
}

/// What territories know.
struct ExpertiseOf;

impl Source for ExpertiseOf {
    type Key = TerritoryId;
    type Value = Arc<Vec<Known>>;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[TerritoryId],
    ) -> std::result::Result<HashMap<TerritoryId, Self::Value>, Fault> {
        expertise::of(app, ids).await
    }
}
