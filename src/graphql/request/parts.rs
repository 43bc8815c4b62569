//! What belongs to a request: its story, deadlines, agreement, outcome and what follows.
use super::words::{
    AgreementKind, CopyVitality, OutcomeResult, OutcomeVerdict, ReplicationRequestState, ReplicationRequestStep,
    RequestDeadlineKind, RequestParty,
};
use crate::{
    domain::{
        id::TerritoryId,
        permission::Action,
        request::{self, Moment, Request, guard, lifecycle},
    },
    graphql::{
        Ask,
        mail::{LetterDelivery, letters},
        person::PersonObject,
        scalar::{DateTime, LocalDate},
        term::TermObject,
        territory::TerritoryObject,
    },
};
use async_graphql::{Context, Object, Result, SimpleObject};
use std::sync::Arc;

/// One step of a request's story.
pub struct RequestEvent {
    pub request: Arc<Request>,
    pub moment: Moment,
}

impl RequestEvent {
    fn sender(&self) -> Option<TerritoryId> {
        match self.moment.party {
            request::Party::Requester => Some(self.request.requester),
            request::Party::Owner => Some(self.request.owner),
            _ => None,
        }
    }
}

/// One step of a request's story.
#[Object]
impl RequestEvent {
    /// The request's version after it.
    async fn version(&self) -> i64 {
        self.moment.version
    }
    /// Which step.
    async fn step(&self) -> ReplicationRequestStep {
        self.moment.step.into()
    }
    /// Out of which state; null for the first.
    async fn from(&self) -> Option<ReplicationRequestState> {
        self.moment.from_state.map(Into::into)
    }
    /// Into which state.
    async fn to(&self) -> ReplicationRequestState {
        self.moment.to_state.into()
    }
    /// In which quality it was taken.
    async fn party(&self) -> RequestParty {
        self.moment.party.into()
    }
    /// Who took it; null where the hub did, or the person was erased.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<PersonObject>> {
        Some(Ask::of(ctx).person(self.moment.person?).await)
    }
    /// The territory for which it was taken, if for one.
    async fn on_behalf_of(&self, ctx: &Context<'_>) -> Option<Result<TerritoryObject>> {
        Some(Ask::of(ctx).territory(self.sender()?).await)
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.moment.at)
    }
    /// The reason, where one was due.
    async fn reason(&self, ctx: &Context<'_>) -> Option<Result<TermObject>> {
        let line = lifecycle::transition(self.moment.step, self.moment.from_state);
        let scheme = line.and_then(guard::reason_due)?;
        Some(Ask::of(ctx).term(scheme, self.moment.reason.as_ref()?).await)
    }
    /// The letters that told others of it, and what became of each, the oldest first: at most 50, those that stand in
    /// for one that failed too. Empty until the hub has planned them, and where its readers want such things in a
    /// digest or by no mail. Null for all but the territory for which the step was taken and the hub's staff.
    async fn letters(&self, ctx: &Context<'_>) -> Option<Result<Vec<LetterDelivery>>> {
        letters(ctx, self.request.id.uuid(), Some(self.moment.version), self.sender()).await
    }
    /// What was said with it; empty for nothing.
    async fn text(&self) -> &str {
        &self.moment.text
    }
}

/// By when somebody has to act.
#[derive(SimpleObject)]
pub struct RequestDeadline {
    /// What happens then.
    pub kind: RequestDeadlineKind,
    /// When.
    pub due_at: DateTime,
    /// Who has to act, or is acted for.
    pub party: RequestParty,
    /// Whether the time has passed.
    pub overdue: bool,
}

/// The act in which two territories agreed on a copy.
#[derive(SimpleObject)]
pub struct Agreement {
    /// What kind of act.
    pub kind: AgreementKind,
    /// Its number.
    pub act_number: String,
    /// Its date.
    pub act_date: LocalDate,
    /// The number of the protocol register.
    pub protocol_number: String,
}

impl From<&request::Agreement> for Agreement {
    fn from(act: &request::Agreement) -> Self {
        Self {
            kind: act.kind.into(),
            act_number: act.act_number.clone(),
            act_date: LocalDate(act.act_date),
            protocol_number: act.protocol_number.clone(),
        }
    }
}

/// The value of one of the original's indicators, in the copy.
#[derive(SimpleObject)]
pub struct OutcomeIndicator {
    /// The code the original has.
    pub code: String,
    /// Before; null where nobody measured.
    pub baseline: Option<f64>,
    /// After.
    pub value: f64,
}

/// What came of a request, as the requester tells it.
pub struct Outcome {
    pub request: Arc<Request>,
    pub told: request::Outcome,
}

impl Outcome {
    fn satisfaction_is_seen(&self, ctx: &Context<'_>) -> bool {
        Ask::of(ctx).actor.may(Action::SeeSatisfaction, &self.request.subject()).is_ok()
    }
}

/// What came of a request, as the requester tells it.
#[Object(name = "ReplicationOutcome")]
impl Outcome {
    /// How far the practice was copied.
    async fn result(&self) -> OutcomeResult {
        self.told.result.into()
    }
    /// First day.
    async fn started_on(&self) -> Option<LocalDate> {
        self.told.started_on.map(LocalDate)
    }
    /// Last day of the work of copying.
    async fn ended_on(&self) -> Option<LocalDate> {
        self.told.ended_on.map(LocalDate)
    }
    /// Core elements of the original that were kept, in the original's words.
    async fn core_elements_kept(&self) -> &[String] {
        &self.told.core_kept
    }
    /// What changed and why.
    async fn changes(&self) -> &str {
        &self.told.changes
    }
    /// Hours the owner's people gave.
    async fn hours_given(&self) -> Option<i64> {
        self.told.hours_given
    }
    /// Hours the requester's people spent.
    async fn hours_spent(&self) -> Option<i64> {
        self.told.hours_spent
    }
    /// Euro before the start.
    async fn setup_cost_eur(&self) -> Option<i64> {
        self.told.setup_cost_eur
    }
    /// Euro for each year.
    async fn yearly_cost_eur(&self) -> Option<i64> {
        self.told.yearly_cost_eur
    }
    /// Numbers with the original's codes.
    async fn indicators(&self) -> Vec<OutcomeIndicator> {
        let object = |m: &request::outcome::Measured| OutcomeIndicator {
            code: m.code.clone(),
            baseline: m.baseline,
            value: m.value,
        };
        self.told.indicators.iter().map(object).collect()
    }
    /// What stood in the way.
    async fn obstacles(&self) -> &str {
        &self.told.obstacles
    }
    /// What others should know.
    async fn lessons(&self) -> &str {
        &self.told.lessons
    }
    /// How satisfied the requester was with the help, 1 to 5; null where the viewer may not see it.
    async fn satisfaction(&self, ctx: &Context<'_>) -> Option<i64> {
        self.told.satisfaction.filter(|_| self.satisfaction_is_seen(ctx))
    }
    /// Whether the viewer may see the satisfaction: both sides and the facilitator may.
    async fn viewer_can_see_satisfaction(&self, ctx: &Context<'_>) -> bool {
        self.satisfaction_is_seen(ctx)
    }
}

/// The owner's word on an outcome.
#[derive(SimpleObject)]
pub struct OutcomeConfirmation {
    /// What it says.
    pub verdict: OutcomeVerdict,
    /// Why, or what else; empty for nothing.
    pub note: String,
    /// When.
    pub at: DateTime,
}

impl From<&request::Confirmation> for OutcomeConfirmation {
    fn from(said: &request::Confirmation) -> Self {
        Self { verdict: said.verdict.into(), note: said.note.clone(), at: DateTime(said.at) }
    }
}

/// An answer to "still running?".
#[derive(SimpleObject)]
pub struct ReplicationFollowUp {
    /// So many months after the completion it was due.
    pub months: i64,
    /// How it fares.
    pub vitality: CopyVitality,
    /// What else; empty for nothing.
    pub note: String,
    /// When it was given.
    pub at: DateTime,
}

impl From<&request::FollowUp> for ReplicationFollowUp {
    fn from(said: &request::FollowUp) -> Self {
        Self { months: said.months, vitality: said.vitality.into(), note: said.note.clone(), at: DateTime(said.at) }
    }
}
