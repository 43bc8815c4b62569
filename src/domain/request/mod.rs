//! Replication requests: a territory asks the owner of a practice for help to copy it.
//!
//! `lifecycle` reads the table of steps, `guard` says what else must hold, `timing` when each timer goes off, `deadline`
//! when somebody has to act, `ladder` what the hub does when nobody did, `post` who is written to.
pub mod agreement;
pub mod deadline;
pub mod guard;
pub mod ladder;
pub mod lifecycle;
pub mod outcome;
pub mod post;
pub mod responsiveness;
pub mod timing;

pub use agreement::{Agreement, AgreementKind};
pub use deadline::{Deadline, DeadlineKind};
pub use lifecycle::{Party, RequestState, Step};
pub use outcome::{Confirmation, FollowUp, Outcome, OutcomeResult, Progress, Verdict, Vitality};
pub use timing::Timing;

use super::{
    event::EventKind,
    id::{ContactId, KitItemId, PersonId, PracticeId, RequestId, TerritoryId},
    permission::Subject,
    practice::SupportLevel,
    time::{Date, Ts},
};

words! {
    /// Whose turn it is.
    enum Awaiting {
        /// The owner's.
        Owner = "OWNER",
        /// The requester's.
        Requester = "REQUESTER",
        /// Nobody's: it is over, or only time passes.
        Nobody = "NOBODY",
    }
}

/// A replication request as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Key.
    pub id: RequestId,
    /// `REQ-2026-0001`: per year, without gaps.
    pub number: String,
    /// What is to be copied.
    pub practice: PracticeId,
    /// Who asks.
    pub requester: TerritoryId,
    /// Who is asked: the practice's owner.
    pub owner: TerritoryId,
    /// Who wrote it, if still known.
    pub author: Option<PersonId>,
    /// Where it stands.
    pub state: RequestState,
    /// Since when.
    pub state_since: Ts,
    /// Whose turn it is.
    pub awaiting: Awaiting,
    /// Since when.
    pub awaiting_since: Ts,
    /// Rises with every step.
    pub version: i64,
    /// What help is asked for; once accepted, what help is given.
    pub support_level: Option<SupportLevel>,
    /// Why and for whom, in the requester's words, at most [`MOST_NEED`] characters.
    pub need: String,
    /// Documents of the kit it would like.
    pub kit_wanted: Vec<KitItemId>,
    /// When it would like to begin.
    pub wished_start: Option<Date>,
    /// Who of the owner's contact people helps.
    pub mentor: Option<ContactId>,
    /// When the two meet first.
    pub first_date: Option<Date>,
    /// The act they agreed on.
    pub agreement: Option<Agreement>,
    /// When the work began.
    pub started_on: Option<Date>,
    /// When the requester last said how it goes.
    pub checked_in_at: Option<Ts>,
    /// No check-in is due before this day.
    pub paused_until: Option<Date>,
    /// Days the facilitator gave the owner on top.
    pub extended_days: i64,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What the owner says of that.
    pub confirmation: Option<Confirmation>,
    /// Whether it still runs, months later.
    pub follow_ups: Vec<FollowUp>,
    /// The requester's practice that came of it.
    pub copy: Option<PracticeId>,
    /// Made up to show how the hub works.
    pub illustrative: bool,
    /// When the draft was made.
    pub created_at: Ts,
    /// When it last changed.
    pub updated_at: Ts,
    /// When it was first sent.
    pub sent_at: Option<Ts>,
}

/// The most characters a need may have.
pub const MOST_NEED: usize = 4000;
/// The most documents of a kit that may be wanted.
pub const MOST_KIT: usize = 50;
/// The most days a facilitator may add.
pub const MOST_EXTENSION: i64 = 30;
/// The most days a pause may last.
pub const MOST_PAUSE: i32 = 180;

impl Request {
    /// What [`Actor::may`](super::permission::Actor::may) needs to know of it. A draft that was thrown away before
    /// it was ever sent stays as private as a draft.
    #[must_use]
    pub const fn subject(&self) -> Subject<'static> {
        let state = if self.sent_at.is_none() { RequestState::Draft } else { self.state };
        Subject::Request { requester: self.requester, owner: self.owner, state }
    }

    /// Moves it into `to` by a step taken at `now`: state, turn and version follow.
    pub fn step_to(&mut self, to: RequestState, now: Ts) {
        if self.state != to {
            (self.state, self.state_since) = (to, now);
        }
        self.turn_to(awaiting(to, self.confirmation.is_some()), now);
        self.version += 1;
    }

    /// Makes it the turn of `side`. True where it was somebody else's before.
    pub fn turn_to(&mut self, side: Awaiting, now: Ts) -> bool {
        self.updated_at = now;
        let turned = self.awaiting != side;
        if turned {
            (self.awaiting, self.awaiting_since) = (side, now);
        }
        turned
    }
}

/// Whose turn it is after a step into `state`. Messages may turn it later, see [`after_message`].
#[must_use]
pub const fn awaiting(state: RequestState, confirmed: bool) -> Awaiting {
    match state {
        RequestState::Draft | RequestState::Accepted | RequestState::InProgress => Awaiting::Requester,
        RequestState::Sent | RequestState::Acknowledged => Awaiting::Owner,
        RequestState::Completed if !confirmed => Awaiting::Owner,
        RequestState::Completed
        | RequestState::Declined
        | RequestState::Withdrawn
        | RequestState::Expired
        | RequestState::Interrupted => Awaiting::Nobody,
    }
}

/// Whose turn it is after a message of `by`: while the owner decides, its question waits for the requester, and the
/// requester's answer for the owner. None where messages change nothing.
#[must_use]
pub fn after_message(request: &Request, by: TerritoryId) -> Option<Awaiting> {
    if request.state != RequestState::Acknowledged {
        return None;
    }
    let side = if by == request.owner {
        Awaiting::Requester
    } else if by == request.requester {
        Awaiting::Owner
    } else {
        return None;
    };
    (request.awaiting != side).then_some(side)
}

/// Whether the owner carries a request in this state: what counts against its capacity.
#[must_use]
pub const fn is_carried(state: RequestState) -> bool {
    use RequestState as S;
    matches!(state, S::Sent | S::Acknowledged | S::Accepted | S::InProgress)
}

/// `REQ-2026-0001`; the ten thousandth of a year has five digits.
#[must_use]
pub fn number(year: i16, n: i64) -> String {
    format!("REQ-{year}-{n:04}")
}

/// What the log says of a step.
#[must_use]
pub const fn event(step: Step) -> EventKind {
    use EventKind as K;
    match step {
        Step::Create => K::RequestCreated,
        Step::Edit => K::RequestEdited,
        Step::Discard => K::RequestDiscarded,
        Step::Send => K::RequestSent,
        Step::Acknowledge => K::RequestAcknowledged,
        Step::Accept => K::RequestAccepted,
        Step::Decline => K::RequestDeclined,
        Step::Extend => K::RequestExtended,
        Step::Expire => K::RequestExpired,
        Step::SendAgain => K::RequestSentAgain,
        Step::RecordAgreement => K::AgreementRecorded,
        Step::Start => K::RequestStarted,
        Step::CheckIn => K::RequestCheckedIn,
        Step::Complete => K::RequestCompleted,
        Step::Interrupt => K::RequestInterrupted,
        Step::Reopen => K::RequestReopened,
        Step::ConfirmOutcome => K::OutcomeConfirmed,
        Step::FollowUp => K::RequestFollowedUp,
        Step::Withdraw => K::RequestWithdrawn,
        Step::Annul => K::RequestAnnulled,
    }
}

/// One line of a request's story.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Which request.
    pub request: RequestId,
    /// The request's version after it.
    pub version: i64,
    /// Which step.
    pub step: Step,
    /// Out of which state; none for the first.
    pub from_state: Option<RequestState>,
    /// Into which state.
    pub to_state: RequestState,
    /// In which quality it was taken.
    pub party: Party,
    /// By whom; none where the hub did it or the person was erased.
    pub person: Option<PersonId>,
    /// When.
    pub at: Ts,
    /// Code of the reason, where one was due.
    pub reason: Option<String>,
    /// What was said with it.
    pub text: String,
    /// Further codes and numbers.
    pub data: serde_json::Map<String, serde_json::Value>,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::word::Word;
    use uuid::Uuid;

    /// A request sent on a Monday morning.
    pub fn sent() -> Request {
        let at = Ts::new("2026-03-02T09:00:00Z".parse().unwrap());
        Request {
            id: RequestId::of(Uuid::from_u128(1)),
            number: number(2026, 1),
            practice: PracticeId::of(Uuid::from_u128(2)),
            requester: TerritoryId::of(Uuid::from_u128(3)),
            owner: TerritoryId::of(Uuid::from_u128(4)),
            author: None,
            state: RequestState::Sent,
            state_since: at,
            awaiting: Awaiting::Owner,
            awaiting_since: at,
            version: 2,
            support_level: Some(SupportLevel::Mentoring),
            need: "Copiarla".into(),
            kit_wanted: Vec::new(),
            wished_start: None,
            mentor: None,
            first_date: None,
            agreement: None,
            started_on: None,
            checked_in_at: None,
            paused_until: None,
            extended_days: 0,
            outcome: None,
            confirmation: None,
            follow_ups: Vec::new(),
            copy: None,
            illustrative: false,
            created_at: at,
            updated_at: at,
            sent_at: Some(at),
        }
    }

    #[test]
    fn numbers_grow_past_four_digits() {
        assert_eq!(number(2026, 1), "REQ-2026-0001");
        assert_eq!(number(2026, 9999), "REQ-2026-9999");
        assert_eq!(number(2026, 10_000), "REQ-2026-10000");
    }

    #[test]
    fn a_question_makes_it_the_other_sides_turn_only_while_the_owner_decides() {
        let mut request = sent();
        let (owner, requester) = (request.owner, request.requester);
        assert_eq!(after_message(&request, owner), None);
        request.step_to(RequestState::Acknowledged, request.updated_at);
        assert_eq!(after_message(&request, requester), None, "it is the owner's turn already");
        assert_eq!(after_message(&request, owner), Some(Awaiting::Requester));
        request.turn_to(Awaiting::Requester, request.updated_at);
        assert_eq!(after_message(&request, owner), None);
        assert_eq!(after_message(&request, requester), Some(Awaiting::Owner));
        assert_eq!(after_message(&request, TerritoryId::of(Uuid::nil())), None);
    }

    #[test]
    fn what_is_carried_is_what_is_open_but_drafts() {
        for state in RequestState::ALL {
            assert_eq!(is_carried(*state), state.is_open() && *state != RequestState::Draft, "{state:?}");
        }
    }

    #[test]
    fn a_draft_thrown_away_stays_private() {
        let mut request = sent();
        (request.state, request.sent_at) = (RequestState::Withdrawn, None);
        assert!(matches!(request.subject(), Subject::Request { state: RequestState::Draft, .. }));
    }
}
