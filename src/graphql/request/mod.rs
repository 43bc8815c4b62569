//! Replication requests: the object, and beside it its parts, its lists and its mutations.
mod input;
mod list;
mod loaders;
mod mutation;
mod parts;
mod words;

pub use list::{RequestQuery, of_territory, requests_for};
pub use loaders::RequestById;
pub use mutation::RequestMutation;
pub use words::{ReplicationRequestState, ReplicationRequestStep, RequestDeadlineKind, RequestDirection, RequestParty};

use super::{
    Ask,
    contact::{ContactById, ContactObject},
    conversation::{ConversationObject, ConversationOf},
    id::opaque,
    kit::{KitItemById, KitItemObject},
    practice::{PracticeById, PracticeObject, SupportLevelObject},
    scalar::{DateTime, LocalDate},
    territory::TerritoryObject,
};
use crate::{
    domain::request::{Request, RequestState},
    service::requests,
};
use async_graphql::{Context, ID, Object, Result};
use loaders::{AlternativesTo, DeadlinesOf, OpenFor, StoryOf};
use parts::{Agreement, Outcome, OutcomeConfirmation, ReplicationFollowUp, RequestDeadline, RequestEvent};
use std::sync::Arc;
use words::Turn;

/// A territory asks the owner of a practice for help to copy it.
pub struct RequestObject(pub Arc<Request>);

/// A territory asks the owner of a practice for help to copy it.
#[Object(crate = "crate::graphql::engine", name = "ReplicationRequest")]
impl RequestObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// Readable number, per year and without gaps: `REQ-2026-0001`.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// The practice to be copied; null where the viewer may no longer see it.
    async fn practice(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.0.practice).await.transpose()
    }
    /// Who asks.
    async fn requester(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.requester).await
    }
    /// Who is asked: the owner of the practice.
    async fn owner(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.owner).await
    }
    /// Where it stands.
    fn state(&self) -> ReplicationRequestState {
        self.0.state.into()
    }
    /// Since when it stands there.
    fn state_since(&self) -> DateTime {
        DateTime(self.0.state_since)
    }
    /// Whose turn it is.
    async fn awaiting(&self) -> Turn {
        self.0.awaiting.into()
    }
    /// Since when it is so.
    async fn awaiting_since(&self) -> DateTime {
        DateTime(self.0.awaiting_since)
    }
    /// What help is asked for; once accepted, what help is given.
    fn support_level(&self) -> Option<SupportLevelObject> {
        self.0.support_level.map(Into::into)
    }
    /// Why and for whom, in the requester's words.
    fn need(&self) -> &str {
        &self.0.need
    }
    /// Documents of the kit that are wanted, as far as they are still there: at most 50.
    async fn kit_wanted(&self, ctx: &Context<'_>) -> Result<Vec<KitItemObject>> {
        let items = self.0.kit_wanted.iter().map(|item| Ask::of(ctx).load::<KitItemById>(*item));
        let items = futures_util::future::try_join_all(items).await?;
        Ok(items.into_iter().flatten().map(KitItemObject).collect())
    }
    /// When the requester would like to begin.
    fn wished_start(&self) -> Option<LocalDate> {
        self.0.wished_start.map(LocalDate)
    }
    /// Who of the owner's contact people helps.
    async fn mentor(&self, ctx: &Context<'_>) -> Option<Result<ContactObject>> {
        let mentor = Ask::of(ctx).load::<ContactById>(self.0.mentor?).await.transpose()?;
        Some(mentor.map(ContactObject))
    }
    /// When the two meet first.
    fn first_date(&self) -> Option<LocalDate> {
        self.0.first_date.map(LocalDate)
    }
    /// The act they agreed on.
    fn agreement(&self) -> Option<Agreement> {
        self.0.agreement.as_ref().map(Into::into)
    }
    /// When the work began.
    fn started_on(&self) -> Option<LocalDate> {
        self.0.started_on.map(LocalDate)
    }
    /// The work rests until this day.
    fn paused_until(&self) -> Option<LocalDate> {
        self.0.paused_until.map(LocalDate)
    }
    /// What came of it.
    fn outcome(&self) -> Option<Outcome> {
        self.0.outcome.clone().map(|told| Outcome { request: Arc::clone(&self.0), told })
    }
    /// What the owner says of the outcome.
    fn confirmation(&self) -> Option<OutcomeConfirmation> {
        self.0.confirmation.as_ref().map(Into::into)
    }
    /// Whether it still runs, asked 6 and 12 months after the completion: at most two.
    fn follow_ups(&self) -> Vec<ReplicationFollowUp> {
        self.0.follow_ups.iter().map(Into::into).collect()
    }
    /// The requester's practice that came of it; null where none did or the viewer may not see it yet.
    async fn copy(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.0.copy?).await.transpose()
    }
    /// Where else to ask once it was declined or has expired: at most five published practices of the same field whose
    /// owners have room, those for the same people first. Empty in other states.
    async fn alternatives(&self, ctx: &Context<'_>) -> Result<Vec<PracticeObject>> {
        if !matches!(self.0.state, RequestState::Declined | RequestState::Expired) {
            return Ok(Vec::new());
        }
        let ask = Ask::of(ctx);
        let others = ask.load::<AlternativesTo>(self.0.id).await?.unwrap_or_default();
        let others = futures_util::future::try_join_all(others.iter().map(|other| ask.practice(*other))).await?;
        Ok(others.into_iter().flatten().collect())
    }
    /// By when somebody has to act, the earliest first: at most ten.
    async fn deadlines(&self, ctx: &Context<'_>) -> Result<Vec<RequestDeadline>> {
        let ask = Ask::of(ctx);
        let (now, due) = (ask.app.clock.now(), ask.load::<DeadlinesOf>(self.0.id).await?.unwrap_or_default());
        let object = |d: &crate::domain::request::Deadline| RequestDeadline {
            kind: d.kind.into(),
            due_at: DateTime(d.due_at),
            party: d.party.into(),
            overdue: d.due_at < now,
        };
        Ok(due.iter().map(object).collect())
    }
    /// Its story, from the draft on: one entry a step.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<RequestEvent>> {
        let story = Ask::of(ctx).load::<StoryOf>(self.0.id).await?.unwrap_or_default();
        let event = |moment: &_| RequestEvent { request: Arc::clone(&self.0), moment: Clone::clone(moment) };
        Ok(story.iter().map(event).collect())
    }
    /// The two sides' talk about it, from the moment it is sent; null for whom it is not.
    async fn conversation(&self, ctx: &Context<'_>) -> Option<Result<ConversationObject>> {
        let talk = Ask::of(ctx).load::<ConversationOf>(self.0.id).await.transpose()?;
        Some(talk.map(ConversationObject))
    }
    /// Made up to show how the hub works.
    fn is_illustrative(&self) -> bool {
        self.0.illustrative
    }
    /// When the draft was made.
    fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When it last changed.
    fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
    /// When it was first sent.
    fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }
    /// Rises with every step; give it back as `expectedVersion`.
    fn version(&self) -> i64 {
        self.0.version
    }
    /// What the viewer may do now: exactly the steps whose mutation would succeed with good input.
    async fn viewer_actions(&self, ctx: &Context<'_>) -> Result<Vec<ReplicationRequestStep>> {
        let ask = Ask::of(ctx);
        let request = &self.0;
        let practice = match request.state {
            RequestState::Draft | RequestState::Expired => ask.load::<PracticeById>(request.practice).await?,
            _ => None,
        };
        let open = match request.state.is_reopenable() {
            true => ask.load::<OpenFor>(request.practice).await?.unwrap_or_default(),
            false => Arc::default(),
        };
        let other = open.iter().find(|open| open.requester == request.requester && open.id != request.id);
        let other = other.map(|open| open.number.as_str());
        let steps = requests::steps(&ask.app, &ask.actor, request, practice.as_deref(), other);
        Ok(steps.into_iter().map(Into::into).collect())
    }
}

impl From<Request> for RequestObject {
    fn from(request: Request) -> Self {
        Self(Arc::new(request))
    }
}
