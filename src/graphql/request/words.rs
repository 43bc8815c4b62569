//! The closed words of requests, as clients read and write them.
use crate::domain::request::{
    AgreementKind as Act, Awaiting, DeadlineKind, OutcomeResult as Came, Party, Progress, RequestState, Step, Verdict,
    Vitality,
};
use crate::service::requests::Direction;
use async_graphql::Enum;

/// Where a replication request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RequestState")]
pub enum ReplicationRequestState {
    /// Being written; only the requester sees it.
    Draft,
    /// Sent; the owner has not taken it up yet.
    Sent,
    /// The owner has taken it up and is deciding.
    Acknowledged,
    /// The owner will help.
    Accepted,
    /// The practice is being copied.
    InProgress,
    /// Copied, with an outcome.
    Completed,
    /// The owner said no.
    Declined,
    /// The requester took it back, or it was annulled.
    Withdrawn,
    /// Nobody answered in time; may be sent again.
    Expired,
    /// Stopped on the way; may be reopened.
    Interrupted,
}

/// A step of a request's life cycle; each but `CREATE` and `EXPIRE` is a mutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Step")]
pub enum ReplicationRequestStep {
    /// A draft is made (`draftReplicationRequest`).
    Create,
    /// The draft is changed (`updateReplicationRequest`).
    Edit,
    /// The draft is thrown away (`discardReplicationRequest`).
    Discard,
    /// The draft goes to the owner (`sendReplicationRequest`).
    Send,
    /// The owner takes it up (`acknowledgeReplicationRequest`).
    Acknowledge,
    /// The owner will help (`acceptReplicationRequest`).
    Accept,
    /// The owner will not help (`declineReplicationRequest`).
    Decline,
    /// The facilitator gives the owner more time (`extendReplicationRequest`).
    Extend,
    /// Nobody answered in time: the hub does so.
    Expire,
    /// An expired request goes to the owner again (`sendReplicationRequestAgain`).
    SendAgain,
    /// The act that the two territories agreed on is noted (`recordAgreement`).
    RecordAgreement,
    /// The work begins (`startReplication`).
    Start,
    /// The requester says how it goes (`checkInReplication`).
    CheckIn,
    /// The requester tells the outcome (`completeReplicationRequest`).
    Complete,
    /// It is stopped on the way (`interruptReplication`).
    Interrupt,
    /// It is taken up again (`reopenReplication`).
    Reopen,
    /// The owner confirms, annotates or disputes the outcome (`confirmOutcome`).
    ConfirmOutcome,
    /// Still running, months later? (`followUpReplication`)
    FollowUp,
    /// The requester takes it back (`withdrawReplicationRequest`).
    Withdraw,
    /// The steward strikes it out (`annulReplicationRequest`).
    Annul,
}

/// In which quality somebody takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Party")]
pub enum RequestParty {
    /// The territory that asks.
    Requester,
    /// The territory that owns the practice.
    Owner,
    /// ANCI, who helps both sides.
    Facilitator,
    /// The Region.
    Steward,
    /// The hub itself, when a time has run out.
    System,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Awaiting", name = "Awaiting")]
pub enum Turn {
    /// The owner's.
    Owner,
    /// The requester's.
    Requester,
    /// Nobody's: it is over, or only time passes.
    Nobody,
}

/// From which side a territory's requests are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Direction")]
pub enum RequestDirection {
    /// Those it sent.
    Sent,
    /// Those it received.
    Received,
}

/// What kind of act two territories agreed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Act")]
pub enum AgreementKind {
    /// Agreement between administrations (art. 15 of law 241 of 1990).
    Agreement,
    /// Convention (art. 30 of the local authorities' code).
    Convention,
    /// Memorandum of understanding.
    Memorandum,
    /// Resolution of one of the two, accepted by the other.
    Resolution,
    /// Another act.
    Other,
}

/// What happens when a time comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "DeadlineKind")]
pub enum RequestDeadlineKind {
    /// The author is reminded of the draft.
    Nudge,
    /// It is told that something will happen by itself soon.
    Warn,
    /// The draft is thrown away.
    Discard,
    /// Whoever's turn it is is reminded.
    Remind,
    /// The facilitator steps in.
    Escalate,
    /// The request expires.
    Expire,
    /// The request is withdrawn for want of an answer.
    Withdraw,
    /// The requester is asked how it goes.
    CheckIn,
    /// The owner is asked to confirm the outcome.
    Confirm,
    /// The requester is asked whether it still runs.
    FollowUp,
}

/// How far a practice was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Came")]
pub enum OutcomeResult {
    /// As it was.
    Full,
    /// With changes.
    Adapted,
    /// Only a part of it.
    Partial,
    /// Given up: what was learned is kept.
    Abandoned,
}

/// What the owner says of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Verdict")]
pub enum OutcomeVerdict {
    /// So it was.
    Confirm,
    /// So it was, with a remark.
    Annotate,
    /// It was not so: the facilitator hears of it.
    Dispute,
}

/// How the work goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Progress")]
pub enum ReplicationProgress {
    /// As planned.
    OnTrack,
    /// Help is needed.
    Stuck,
}

/// How a copy fares months later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Vitality")]
pub enum CopyVitality {
    /// It runs.
    Active,
    /// It runs in another form.
    Changed,
    /// It ended.
    Ceased,
}
