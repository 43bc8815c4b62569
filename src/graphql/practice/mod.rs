//! Practices: the object, and beside it its parts, its lists and its mutations.
mod input;
mod loaders;
mod mutation;
mod parts;
mod query;

pub use input::change;
pub use loaders::{PracticeById, WholePractice};
pub use mutation::PracticeMutation;
pub use parts::{ProvenanceKindObject, StatusObject, SupportLevelObject};
pub use query::{PracticeFilter, PracticeQuery, practices_count, practices_of};

use super::{
    Ask,
    contact::{ContactObject, ContactsOf},
    engine::List,
    first::First,
    id::opaque,
    kit::{KitItemObject, KitOf},
    lineage::LineageObject,
    markdown::{Markdown, written},
    page::{PageArgs, Paged},
    request::{ReplicationRequestState, RequestObject, requests_for},
    scalar::{DateTime, YearMonth},
    search::similar_to,
    term::TermObject,
    territory::TerritoryObject,
};
use crate::{
    domain::{
        permission::Action,
        practice::{Practice, Provenance},
        term::Scheme,
    },
    service::requests,
};
use async_graphql::{Context, ID, Object, Result};
use parts::{Indicator, PartnerOrganisation, PracticeActionObject, ProvenanceObject, SupportOffer};
use std::sync::Arc;

/// A good practice: what a territory did well and others may copy. What is not known is null or empty, never a guess.
#[derive(Clone)]
pub struct PracticeObject(pub Arc<Practice>, Read);

/// How much of a practice was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Whole,
    /// What lists show. The rest is read, for all practices of an answer at once, where it is asked for.
    Brief,
}

impl PracticeObject {
    /// A practice of which all was read.
    pub(super) fn whole(practice: impl Into<Arc<Practice>>) -> Self {
        Self(practice.into(), Read::Whole)
    }

    /// A practice that was read in brief.
    pub(super) fn brief(practice: impl Into<Arc<Practice>>) -> Self {
        Self(practice.into(), Read::Brief)
    }

    /// All of it. None where it is gone since it was read in brief, or no longer for this viewer to see.
    async fn all(&self, ctx: &Context<'_>) -> Result<Option<Arc<Practice>>> {
        match self.1 {
            Read::Whole => Ok(Some(Arc::clone(&self.0))),
            Read::Brief => Ask::of(ctx).load::<WholePractice>(self.0.id).await,
        }
    }

    /// A part that is null where it is not known.
    async fn part<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&Practice) -> Option<T>) -> Option<Result<T>> {
        self.all(ctx).await.map(|all| of(all?.as_ref())).transpose()
    }

    /// A list; of what is gone it is empty.
    async fn many<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&Practice) -> Vec<T>) -> Result<Vec<T>> {
        Ok(self.all(ctx).await?.map(|all| of(&all)).unwrap_or_default())
    }
}

/// A good practice: what a territory did well and others may copy. What is not known is null or empty, never a guess.
#[Object(crate = "crate::graphql::engine", name = "Practice")]
impl PracticeObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// The end of its address, unique, made from its first title.
    fn slug(&self) -> &str {
        &self.0.slug
    }
    /// One line, at most 100 characters.
    fn title(&self) -> &str {
        &self.0.title
    }
    /// Plain text, at most 600 characters; empty in an early draft.
    #[graphql(name = "abstract")]
    fn summary(&self) -> &str {
        &self.0.summary
    }
    /// Where it stands on its way to the public.
    fn status(&self) -> StatusObject {
        self.0.status.into()
    }
    /// The territory that did it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.owner).await
    }
    /// Its primary field; null in an early draft.
    async fn field(&self, ctx: &Context<'_>) -> Option<Result<TermObject>> {
        Some(Ask::of(ctx).term(Scheme::Field, self.0.field.as_ref()?).await)
    }
    /// Its other fields, at most 4.
    async fn other_fields(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Field, &self.0.other_fields).await
    }
    /// Its target groups, at most 15.
    async fn targets(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Target, &self.0.targets).await
    }
    /// Its tools, at most 20.
    async fn tools(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Tool, &self.0.tools).await
    }
    /// The funds that paid for it, at most 10.
    async fn funds(&self, ctx: &Context<'_>) -> Result<List<TermObject>> {
        Ask::of(ctx).terms(Scheme::Fund, &self.0.funds).await
    }
    /// Places inside the territory, at most 30.
    async fn places(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.many(ctx, |all| all.places.clone()).await
    }
    /// Who did it with the territory, at most 30.
    async fn partners(&self, ctx: &Context<'_>) -> Result<Vec<PartnerOrganisation>> {
        self.many(ctx, |all| all.partners.iter().map(Into::into).collect()).await
    }
    /// Who answers for it, at most 5.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<List<ContactObject>> {
        let contacts = Ask::of(ctx).load::<ContactsOf>(self.0.id).await?.unwrap_or_default();
        Ok(List(contacts.iter().map(|contact| ContactObject(Arc::clone(contact))).collect()))
    }
    /// Where and why it began.
    async fn context(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.context)).await
    }
    /// What it wanted to reach.
    async fn objectives(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.objectives)).await
    }
    /// How it was done.
    async fn method(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.method)).await
    }
    /// What came of it.
    async fn results(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.results)).await
    }
    /// What stood in the way.
    async fn obstacles(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.obstacles)).await
    }
    /// What its people would change.
    async fn improvements(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.improvements)).await
    }
    /// Why and how others can copy it.
    async fn replicability(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.part(ctx, |all| written(&all.replicability)).await
    }
    /// First month.
    async fn started_on(&self, ctx: &Context<'_>) -> Option<Result<YearMonth>> {
        self.part(ctx, |all| all.started_on.map(YearMonth)).await
    }
    /// Last month; null while it runs, or where unknown.
    async fn ended_on(&self, ctx: &Context<'_>) -> Option<Result<YearMonth>> {
        self.part(ctx, |all| all.ended_on.map(YearMonth)).await
    }
    /// Euro for the whole period told.
    fn budget_eur(&self) -> Option<i64> {
        self.0.budget_eur
    }
    /// Euro before the start.
    fn setup_cost_eur(&self) -> Option<i64> {
        self.0.setup_cost_eur
    }
    /// Euro for each year.
    fn yearly_cost_eur(&self) -> Option<i64> {
        self.0.yearly_cost_eur
    }
    /// Staff in full-time equivalents.
    fn staff_fte(&self) -> Option<f64> {
        self.0.staff_fte
    }
    /// Months from the decision to the start.
    fn months_to_start(&self) -> Option<i64> {
        self.0.months_to_start
    }
    /// People it reached.
    async fn people_reached(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        self.part(ctx, |all| all.people_reached).await
    }
    /// What was measured, at most 30.
    async fn indicators(&self, ctx: &Context<'_>) -> Result<Vec<Indicator>> {
        self.many(ctx, |all| all.indicators.iter().map(Into::into).collect()).await
    }
    /// What a copy must keep, at most 20.
    async fn core_elements(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.many(ctx, |all| all.core_elements.clone()).await
    }
    /// What a copy may change, at most 20.
    async fn adaptable_elements(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.many(ctx, |all| all.adaptable_elements.clone()).await
    }
    /// Its kit: documents that let others copy it, at most 50, in order.
    async fn kit(&self, ctx: &Context<'_>) -> Result<Vec<KitItemObject>> {
        let kit = Ask::of(ctx).load::<KitOf>(self.0.id).await?.unwrap_or_default();
        Ok(kit.iter().map(|item| KitItemObject(Arc::clone(item))).collect())
    }
    /// How much of a copy's way its kit covers, 0 to 100: to decide, authorise, choose a partner and agree are worth 15
    /// each, to run 20, to measure and to keep 10 each.
    fn kit_completeness(&self) -> i64 {
        self.0.kit_completeness
    }
    /// What help its owner offers.
    fn support_offer(&self) -> SupportOffer {
        SupportOffer(self.clone())
    }
    /// 0 no data, 1 results declared, 2 counted with a source, 3 before and after compared, 4 evaluated from outside or
    /// copied with a measured outcome.
    fn evidence_level(&self) -> i64 {
        self.0.evidence_level
    }
    /// Where what is said comes from.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<ProvenanceObject> {
        Ok(self.all(ctx).await?.as_ref().unwrap_or(&self.0).as_ref().into())
    }
    /// Whether it is made up to show how the hub works: then show its badge.
    fn is_illustrative(&self) -> bool {
        self.0.provenance == Provenance::Illustrative
    }
    /// What to write on it where it is illustrative, in the viewer's language; else null.
    fn badge(&self, ctx: &Context<'_>) -> Option<&'static str> {
        parts::badge(ctx, self.0.provenance)
    }
    /// Code of the edition of the call it was handed in to.
    async fn edition(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.part(ctx, |all| all.edition.clone()).await
    }
    /// What the reviewer asked to change when it last came back; only for its territory and the reviewers.
    async fn review_note(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        let actor = &Ask::of(ctx).actor;
        let may = |action| actor.may(action, &self.0.subject()).is_ok();
        if !may(Action::EditPractice) && !may(Action::ReturnPractice) {
            return None;
        }
        self.part(ctx, |all| written(&all.review_note)).await
    }
    /// Requests ever sent to it.
    fn requests_count(&self) -> i64 {
        self.0.requests_count
    }
    /// The requests for it that the viewer may see, the latest change first; null for who is neither of its owner nor
    /// staff of the hub.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the states")]
    async fn requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only in one of these states.")] states: Option<Vec<ReplicationRequestState>>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<RequestObject>>> {
        requests_for(ctx, self.0.id, self.0.owner, states, PageArgs { first, after, last, before }).await
    }
    /// Whether the viewer may see the requests for it.
    fn viewer_can_see_requests(&self, ctx: &Context<'_>) -> bool {
        requests::sees(&Ask::of(ctx).actor, self.0.owner)
    }
    /// Practices that copied or adapted it: confirmed by its owner, or born of a request.
    fn replications_count(&self) -> i64 {
        self.0.replications_count
    }
    /// Which practices it comes from, and which come from it.
    fn lineage(&self) -> LineageObject {
        LineageObject(self.0.id)
    }
    /// Published practices most like it, the likest first: by target groups, tools, fields and words in common.
    async fn similar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many, at most 20.", default)] first: First<5>,
    ) -> Result<Vec<PracticeObject>> {
        similar_to(ctx, &self.0, first).await
    }
    /// Give it as `expectedVersion` when changing it.
    fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was first written.
    fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When it last changed.
    fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
    /// When it first became public; null before.
    fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }
    /// What the viewer may do now.
    fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<PracticeActionObject> {
        self.0.actions(&Ask::of(ctx).actor).into_iter().map(Into::into).collect()
    }
}
