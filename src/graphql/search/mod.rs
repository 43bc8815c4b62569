//! Search: practices and territories by words, with passages, facets and a suggestion for what was mistyped.
mod facets;
mod hit;

pub use hit::SearchHit;

use super::{
    Ask,
    first::First,
    page::{PageArgs, Paged, asks_for, connection},
    practice::{PracticeFilter, PracticeObject},
    territory::TerritoryObject,
};
use crate::{
    domain::{page::PageRequest, practice::Practice},
    service::search::{self, Asked, Hits},
};
use async_graphql::{Context, Object, Result, SelectionField, Value};
use facets::SearchFacets;
use futures_util::future::try_join_all;
use std::sync::Arc;

/// Practices of a page where nothing is said.
const PAGE: usize = 20;
/// Territories that one search gives at most.
const TERRITORIES: usize = 20;
/// Similar practices at most.
const SIMILAR: usize = 20;

/// What was found.
pub struct SearchResult {
    hits: Arc<Hits>,
    /// What was asked, and which page of it is here.
    asked: Asked,
    page: PageArgs,
}

/// What was found: practices, the territories that were named, and what the filters would give.
#[Object]
impl SearchResult {
    /// The practices that were found; those that fit best first, without words the latest published. 20 at a time
    /// unless asked otherwise.
    async fn hits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<SearchHit>> {
        let args = PageArgs { first, after, last, before };
        let hits = if args == self.page {
            Arc::clone(&self.hits)
        } else {
            run(ctx, Asked { page: args.request(PAGE)?, facets: false, ..self.asked.clone() }).await?
        };
        let total = i64::try_from(hits.found.total).unwrap_or(i64::MAX);
        let stems = &hits.found.stems;
        let hit = |(practice, score)| SearchHit { practice: Arc::new(practice), score, stems: Arc::clone(stems) };
        Ok(connection(hits.page.clone(), Some(total), hit))
    }
    /// How many practices were found, on all pages.
    async fn total_count(&self) -> i64 {
        i64::try_from(self.hits.found.total).unwrap_or(i64::MAX)
    }
    /// The territories that were named, by any of their names; the likeliest first.
    async fn territories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many, at most 20.", default)] first: First<5>,
    ) -> Result<Vec<TerritoryObject>> {
        let first = first.within(TERRITORIES)?;
        let ask = Ask::of(ctx);
        try_join_all(self.hits.territories.iter().take(first).map(|id| ask.territory(*id))).await
    }
    /// How many practices each value of each filter would give.
    async fn facets(&self) -> SearchFacets {
        SearchFacets(Arc::clone(&self.hits))
    }
    /// What was typed with typing errors mended: "forse cercavi". Null where every word is known.
    async fn suggestion(&self) -> Option<&str> {
        self.hits.found.suggestion.as_deref()
    }
    /// The index is being built, as after an upgrade: nothing is found yet. Ask again in some seconds.
    async fn is_building(&self) -> bool {
        self.hits.found.is_building
    }
}

/// An answer from an index that is behind must not be kept for others: an answer with a header is not. The header itself
/// goes nowhere.
pub(super) fn not_to_be_kept(ctx: &Context<'_>) {
    ctx.insert_http_header("x-innesto-search", "behind");
}

/// The published practices most like this one.
pub async fn similar_to(ctx: &Context<'_>, practice: &Arc<Practice>, first: First<5>) -> Result<Vec<PracticeObject>> {
    let (ask, first) = (Ask::of(ctx), first.within(SIMILAR)?);
    let alike = search::alike(&ask.app, Arc::clone(practice), first).await;
    let (ids, is_current) = alike.map_err(|fault| ask.fault(&fault))?;
    if !is_current {
        not_to_be_kept(ctx);
    }
    Ok(try_join_all(ids.into_iter().map(|id| ask.practice(id))).await?.into_iter().flatten().collect())
}

/// The query that finds by words.
#[derive(Default)]
pub struct SearchQuery;

/// The query that finds by words.
#[Object]
impl SearchQuery {
    /// Finds published practices by words as they are typed: endings, accents and a typing error do not matter, the last
    /// word may be unfinished, acronyms and synonyms of the field are known. Without words everything is found that the
    /// filter lets through.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is looked for, at most 300 characters.")] query: String,
        #[graphql(desc = "Narrows what is found; published practices only.")] filter: Option<PracticeFilter>,
    ) -> Result<SearchResult> {
        let looked = ctx.look_ahead().field("hits").selection_fields();
        // Hits and facets come of one pass, where one page is asked for. What is wrong with it `hits` will say.
        let page = match looked.as_slice() {
            [hits] => page_of(hits),
            _ => PageArgs::default(),
        };
        let (page, request) = match page.request(PAGE) {
            Ok(request) => (page, request),
            Err(_) => (PageArgs::default(), PageRequest::first(PAGE)),
        };
        let asked = Asked {
            text: query,
            filter: filter.unwrap_or_default().read()?,
            page: request,
            facets: asks_for(ctx, "facets"),
            territories: TERRITORIES,
        };
        Ok(SearchResult { hits: run(ctx, asked.clone()).await?, asked, page })
    }
}

async fn run(ctx: &Context<'_>, asked: Asked) -> Result<Arc<Hits>> {
    let ask = Ask::of(ctx);
    let hits = ask.read(search::find(&ask.app, asked).await)?;
    if !hits.is_current || hits.found.is_building {
        not_to_be_kept(ctx);
    }
    Ok(Arc::new(hits))
}

/// The page that a field asks for.
fn page_of(field: &SelectionField<'_>) -> PageArgs {
    let mut page = PageArgs::default();
    for (name, value) in field.arguments().unwrap_or_default() {
        match (name.as_str(), value) {
            ("first", Value::Number(n)) => page.first = n.as_i64().and_then(|n| i32::try_from(n).ok()),
            ("last", Value::Number(n)) => page.last = n.as_i64().and_then(|n| i32::try_from(n).ok()),
            ("after", Value::String(cursor)) => page.after = Some(cursor),
            ("before", Value::String(cursor)) => page.before = Some(cursor),
            _ => {}
        }
    }
    page
}
