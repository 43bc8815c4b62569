//! Matching: the practices that answer a wish best, each with why, why not, and what nobody knows.
mod input;
mod mutation;
mod reason;

pub use input::NeedInput;
pub use mutation::MatchingMutation;

use super::{Ask, error::building, first::First, practice::PracticeObject, search::not_to_be_kept};
use crate::{
    domain::{matching::Wish, territory::Territory},
    service::matching::{self, Except, Match, Matches},
};
use async_graphql::{Context, Object, Result};
use futures_util::FutureExt;
use reason::{MatchLoad, MatchPart, MatchReason};
use std::sync::Arc;

/// Parts that speak for a practice, and parts that speak against it.
const REASONS: usize = 3;
const CAUTIONS: usize = 2;

/// A practice that answers a wish.
pub struct PracticeMatch {
    found: Match,
    wish: Arc<Wish>,
}

/// A practice that answers a wish, with how well, and why.
#[Object]
impl PracticeMatch {
    /// The practice.
    async fn practice(&self) -> PracticeObject {
        PracticeObject::brief(Arc::clone(&self.found.practice))
    }
    /// How well it fits, 0 to 100: the mean of the known parts by their weights, less where little is known and where its
    /// owner has much to carry.
    async fn score(&self) -> f64 {
        self.found.judged.score
    }
    /// How much of what counts is known, 0 to 1, by weight.
    async fn coverage(&self) -> f64 {
        self.found.judged.coverage
    }
    /// All 13 parts, always in the same order: the bar.
    async fn parts(&self, ctx: &Context<'_>) -> Result<Vec<MatchPart>> {
        Ok(reason::parts(&self.found, Ask::of(ctx).atlas().await?.weights()))
    }
    /// What speaks for it most, at most 3 parts: those with the greatest weight times value.
    async fn reasons(&self, ctx: &Context<'_>) -> Result<Vec<MatchReason>> {
        self.told(ctx, |found, weights| found.judged.reasons(weights, REASONS)).await
    }
    /// What speaks against it most, at most 2 parts: those with the greatest weight times what the value lacks to 1.
    async fn cautions(&self, ctx: &Context<'_>) -> Result<Vec<MatchReason>> {
        self.told(ctx, |found, weights| found.judged.cautions(weights, CAUTIONS)).await
    }
    /// The parts that nobody can judge, each saying whose figure is missing.
    async fn unknown(&self, ctx: &Context<'_>) -> Result<Vec<MatchReason>> {
        self.told(ctx, |found, weights| found.judged.unknown(weights)).await
    }
    /// What its owner carries now.
    async fn load(&self, ctx: &Context<'_>) -> MatchLoad {
        MatchLoad::of(&self.found.judged.load, Ask::of(ctx).language)
    }
    /// The practice that it comes from and goes before, because its owner is nearer in size and can help as well; null
    /// where it goes before none.
    async fn mentor_of(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.found.mentor_of?).await.transpose()
    }
}

/// What the viewer is shown of the matches that were asked for.
///
/// # Errors
/// `SEARCH_BUILDING` while nobody knows yet who can help: that is not the same as nobody.
pub(super) fn answered(ctx: &Context<'_>, wish: &Arc<Wish>, found: Matches) -> Result<Vec<PracticeMatch>> {
    if found.is_building { Err(building(Ask::of(ctx).language)) } else { Ok(shown(ctx, wish, found)) }
}

fn shown(ctx: &Context<'_>, wish: &Arc<Wish>, found: Matches) -> Vec<PracticeMatch> {
    if !found.is_current {
        not_to_be_kept(ctx);
    }
    found.matches.into_iter().map(|found| PracticeMatch { found, wish: Arc::clone(wish) }).collect()
}

/// The practices to suggest to a territory.
pub(super) async fn suggested_to(
    ctx: &Context<'_>,
    territory: &Arc<Territory>,
    first: First<5>,
) -> Result<Vec<PracticeMatch>> {
    let (ask, first) = (Ask::of(ctx), first.within(matching::MOST)?);
    let found = matching::suggested(&ask.app, &ask.actor, territory, first).await;
    let (wish, found) = found.map_err(|fault| ask.fault(&fault))?;
    Ok(shown(ctx, &wish, found))
}

/// The query that finds peers.
#[derive(Default)]
pub struct MatchingQuery;

/// The query that finds peers.
#[Object]
impl MatchingQuery {
    /// The published practices that answer a need best, the best first, each with the reasons. Nobody's own: neither the
    /// viewer's nor those of the territory it is for. At most two of the first five are of one owner, unless nobody else
    /// has any. Stores nothing.
    async fn r#match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is looked for: at least a text, a field or a target group.")] need: NeedInput,
        #[graphql(desc = "So many, at most 20.", default)] first: First<5>,
    ) -> Result<Vec<PracticeMatch>> {
        find(ctx, need, first.within(matching::MOST)?).boxed().await
    }
}

async fn find(ctx: &Context<'_>, need: NeedInput, first: usize) -> Result<Vec<PracticeMatch>> {
    let ask = Ask::of(ctx);
    let (wish, territory) = need.read()?;
    let wish = Arc::new(ask.read(matching::wish_for(ask.atlas().await?.as_ref(), wish, territory, "need"))?);
    let except = Except::own(&ask.actor, territory);
    let found = matching::find(&ask.app, &wish, except, first).await.map_err(|fault| ask.fault(&fault))?;
    answered(ctx, &wish, found)
}
