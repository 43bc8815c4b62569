//! Needs: the object, and beside it its lists and its mutations.
mod input;
mod loaders;
mod mutation;
mod query;
mod standing;
mod words;

pub use loaders::NeedById;
pub use mutation::NeedMutation;
pub use query::{NeedQuery, needs_of};
pub use standing::{StandingMatchObject, standing_match, to_help};
pub use words::NeedState;

use super::{
    Ask,
    engine::List,
    first::First,
    id::opaque,
    matching::PracticeMatch,
    page::{PageArgs, Paged},
    scalar::DateTime,
    term::TermObject,
    territory::TerritoryObject,
};
use crate::domain::{need::Need, permission::Action, term::Scheme};
use async_graphql::{Context, ID, Object, Result};
use futures_util::FutureExt;
use loaders::WatchedNeed;
use std::sync::Arc;
use words::{ClosingObject, NeedAction};

/// What a territory looks for, for everybody to read. What is not said is null or empty, never a guess.
#[derive(Clone)]
pub struct NeedObject(pub Arc<Need>);

impl NeedObject {
    /// Whether the viewer watches it, and still may.
    async fn is_watched(&self, ctx: &Context<'_>) -> Result<bool> {
        let ask = Ask::of(ctx);
        if ask.actor.may(Action::SeeNeedMatches, &self.0.subject()).is_err() {
            return Ok(false);
        }
        Ok(ask.load::<WatchedNeed>(self.0.id).await?.is_some())
    }
}

/// What a territory looks for, for everybody to read. What is not said is null or empty, never a guess.
#[Object(crate = "crate::graphql::engine", name = "Need")]
impl NeedObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// Who looks.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.territory).await
    }
    /// Plain words, at most 2,000 characters; may be empty.
    fn text(&self) -> &str {
        &self.0.wanted.text
    }
    /// In which field.
    async fn field(&self, ctx: &Context<'_>) -> Option<Result<TermObject>> {
        Some(Ask::of(ctx).term(Scheme::Field, self.0.wanted.field.as_ref()?).await)
    }
    /// For which target groups, at most 15.
    async fn targets(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Target, &self.0.wanted.targets).await
    }
    /// With which tools, at most 20.
    async fn tools(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Tool, &self.0.wanted.tools).await
    }
    /// The funds one can use, at most 10.
    async fn funds(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Fund, &self.0.wanted.funds).await
    }
    /// Euro one has.
    fn budget_eur(&self) -> Option<i64> {
        self.0.wanted.budget_eur
    }
    /// Staff one has, in full-time equivalents.
    fn staff_fte(&self) -> Option<f64> {
        self.0.wanted.staff_fte
    }
    /// Months one has until it should run.
    fn months(&self) -> Option<i64> {
        self.0.wanted.months
    }
    /// Whether it is made up to show how the hub works: then show its badge.
    fn is_illustrative(&self) -> bool {
        self.0.illustrative
    }
    /// What to write on it where it is illustrative, in the viewer's language; else null.
    fn badge(&self, ctx: &Context<'_>) -> Option<&'static str> {
        let words = ("«Cerco» dimostrativo, contenuti inventati", "Demonstration need, invented content");
        self.0.illustrative.then(|| Ask::of(ctx).language.pick(words.0, words.1))
    }
    /// Whether somebody still looks.
    fn state(&self) -> NeedState {
        self.0.state.into()
    }
    /// Why nobody does any more; null while open.
    fn closed_because(&self) -> Option<ClosingObject> {
        self.0.closed_because.map(Into::into)
    }
    /// A word on why it was closed; may be empty.
    fn closing_note(&self) -> &str {
        &self.0.closing_note
    }
    /// The public practices of others that answer it best now, the best first, each with the reasons. At most two of the
    /// first five are of one owner, unless nobody else has any.
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many, at most 20.", default)] first: First<5>,
    ) -> Result<Vec<PracticeMatch>> {
        standing::matches(ctx, &self.0, first).boxed().await
    }
    /// The public practices that answer it well and are kept, at most 50: found when it was written, and since. The
    /// latest found first, 20 at a time unless asked otherwise. Null for who is no member of the territory that looks.
    async fn standing_matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<StandingMatchObject>>> {
        standing::standing(ctx, &self.0, PageArgs { first, after, last, before }).boxed().await
    }
    /// Whether the viewer is told of practices that answer it.
    async fn watching(&self, ctx: &Context<'_>) -> Result<bool> {
        self.is_watched(ctx).await
    }
    /// Give it as `expectedVersion` when changing it.
    fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was posted.
    fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When it last changed.
    fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
    /// When it was closed; null while open.
    fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
    /// What the viewer may do now.
    async fn viewer_actions(&self, ctx: &Context<'_>) -> Result<Vec<NeedAction>> {
        let watching = self.is_watched(ctx).await?;
        Ok(self.0.actions(&Ask::of(ctx).actor, watching).into_iter().map(Into::into).collect())
    }
}
