//! What each step of a request is told.
use super::words::{AgreementKind, CopyVitality, OutcomeResult, OutcomeVerdict, ReplicationProgress};
use crate::{
    domain::{
        id::kind,
        request::{self, outcome::Measured},
    },
    graphql::{
        id::{expect, expect_all},
        practice::SupportLevelObject,
        scalar::LocalDate,
    },
    service::requests::{
        Accept, CheckIn, Complete, Confirm, Draft, Edit, Extend, Follow, On, RecordAgreement, Start, Wish,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined, Result};

/// What every step is told; its fields stand in each input.
#[derive(InputObject)]
pub struct StepInput {
    /// The request.
    id: ID,
    /// The version that was read: where it is no longer the present one, nothing is done (`CONFLICT`).
    expected_version: Option<i64>,
    /// Any text of at most 100 characters, new for each action: a repeat with the same one does nothing more.
    idempotency_key: Option<String>,
    /// What is said with it, at most 4,000 characters. A facilitator who acts for one of the sides must say why.
    note: Option<String>,
}

impl StepInput {
    fn on(self, reason: Option<String>) -> Result<On> {
        Ok(On {
            request: expect::<kind::ReplicationRequest>(&self.id)?,
            expected_version: self.expected_version,
            key: self.idempotency_key,
            reason,
            note: self.note.unwrap_or_default(),
        })
    }
}

/// Inputs of steps that need nothing of their own.
macro_rules! bare {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(InputObject)]
        pub struct $name {
            #[graphql(flatten)]
            step: StepInput,
        }
        impl $name {
            pub(super) fn read(self) -> Result<On> {
                self.step.on(None)
            }
        }
    )* };
}
bare! {
    /// A draft to be thrown away.
    DiscardReplicationRequestInput,
    /// A draft to be sent.
    SendReplicationRequestInput,
    /// A request to be taken up.
    AcknowledgeReplicationRequestInput,
    /// An expired request to be sent again.
    SendReplicationRequestAgainInput,
    /// An interrupted request to be taken up again.
    ReopenReplicationInput,
}

/// Inputs of steps that need a reason.
macro_rules! reasoned {
    ($($(#[$doc:meta])* $name:ident = $scheme:literal),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(InputObject)]
        pub struct $name {
            #[graphql(flatten)]
            step: StepInput,
            #[doc = concat!("Code of the vocabulary `", $scheme, "`.")]
            reason: String,
        }
        impl $name {
            pub(super) fn read(self) -> Result<On> {
                self.step.on(Some(self.reason))
            }
        }
    )* };
}
reasoned! {
    /// A request that the owner will not help with. After having accepted, only `NO_CAPACITY` counts.
    DeclineReplicationRequestInput = "DECLINE_REASON",
    /// A request to be taken back.
    WithdrawReplicationRequestInput = "WITHDRAW_REASON",
    /// A request to be struck out; its note is needed.
    AnnulReplicationRequestInput = "ANNUL_REASON",
}

/// A request to be drafted.
#[derive(InputObject)]
pub struct DraftReplicationRequestInput {
    /// The practice to be copied.
    practice: ID,
    /// The territory that asks; may be left out by who works in one territory only.
    requester: Option<ID>,
    /// Why and for whom, at most 4,000 characters; needed before sending.
    need: Option<String>,
    /// What help, one that the practice offers; needed before sending.
    support_level: Option<SupportLevelObject>,
    /// Documents of the practice's kit that are wanted, at most 50.
    kit_wanted: Option<Vec<ID>>,
    /// When to begin, from today on.
    wished_start: Option<LocalDate>,
    /// Any text of at most 100 characters, new for each draft: a repeat with the same one gives back the first draft.
    idempotency_key: Option<String>,
}

impl DraftReplicationRequestInput {
    pub(super) fn read(self) -> Result<Draft> {
        Ok(Draft {
            practice: expect::<kind::Practice>(&self.practice)?,
            requester: self.requester.as_ref().map(expect::<kind::Territory>).transpose()?,
            wish: Wish {
                need: self.need,
                support_level: self.support_level.map(|level| Some(level.into())),
                kit_wanted: self.kit_wanted.as_deref().map(expect_all::<kind::KitItem>).transpose()?,
                wished_start: self.wished_start.map(|day| Some(day.0)),
            },
            illustrative: false,
            key: self.idempotency_key,
        })
    }
}

/// A draft to be changed; what is left out stays.
#[derive(InputObject)]
pub struct UpdateReplicationRequestInput {
    #[graphql(flatten)]
    step: StepInput,
    /// Why and for whom, at most 4,000 characters.
    need: Option<String>,
    /// What help, one that the practice offers; null for none yet.
    support_level: MaybeUndefined<SupportLevelObject>,
    /// Documents of the practice's kit that are wanted, at most 50.
    kit_wanted: Option<Vec<ID>>,
    /// When to begin, from today on; null for no wish.
    wished_start: MaybeUndefined<LocalDate>,
}

impl UpdateReplicationRequestInput {
    pub(super) fn read(self) -> Result<Edit> {
        Ok(Edit {
            on: self.step.on(None)?,
            wish: Wish {
                need: self.need,
                support_level: self.support_level.map_value(Into::into).into(),
                kit_wanted: self.kit_wanted.as_deref().map(expect_all::<kind::KitItem>).transpose()?,
                wished_start: self.wished_start.map_value(|day| day.0).into(),
            },
        })
    }
}

/// Help that the owner promises.
#[derive(InputObject)]
pub struct AcceptReplicationRequestInput {
    #[graphql(flatten)]
    step: StepInput,
    /// What help; one that the practice offers.
    support_level: SupportLevelObject,
    /// Who helps: a contact person of the owner's.
    mentor: ID,
    /// When the two meet first: from today to a year ahead.
    first_date: LocalDate,
}

impl AcceptReplicationRequestInput {
    pub(super) fn read(self) -> Result<Accept> {
        Ok(Accept {
            on: self.step.on(None)?,
            support_level: self.support_level.into(),
            mentor: expect::<kind::ContactPerson>(&self.mentor)?,
            first_date: self.first_date.0,
        })
    }
}

/// More time for the owner.
#[derive(InputObject)]
pub struct ExtendReplicationRequestInput {
    #[graphql(flatten)]
    step: StepInput,
    /// How many days more, 1 to 30.
    days: i64,
}

impl ExtendReplicationRequestInput {
    pub(super) fn read(self) -> Result<Extend> {
        Ok(Extend { on: self.step.on(None)?, days: self.days })
    }
}

/// The act that the two territories agreed on.
#[derive(InputObject)]
pub struct RecordAgreementInput {
    #[graphql(flatten)]
    step: StepInput,
    /// What kind of act.
    kind: AgreementKind,
    /// Its number, at most 60 characters.
    act_number: String,
    /// Its date.
    act_date: LocalDate,
    /// The number of the protocol register, at most 60 characters.
    protocol_number: String,
}

impl RecordAgreementInput {
    pub(super) fn read(self) -> Result<RecordAgreement> {
        let agreement = request::Agreement {
            kind: self.kind.into(),
            act_number: self.act_number,
            act_date: self.act_date.0,
            protocol_number: self.protocol_number,
        };
        Ok(RecordAgreement { on: self.step.on(None)?, agreement })
    }
}

/// The beginning of the work.
#[derive(InputObject)]
pub struct StartReplicationInput {
    #[graphql(flatten)]
    step: StepInput,
    /// When: within a year before today and a month after.
    started_on: LocalDate,
}

impl StartReplicationInput {
    pub(super) fn read(self) -> Result<Start> {
        Ok(Start { on: self.step.on(None)?, started_on: self.started_on.0 })
    }
}

/// How the work goes.
#[derive(InputObject)]
pub struct CheckInReplicationInput {
    #[graphql(flatten)]
    step: StepInput,
    /// As planned, or not: then the note is needed.
    progress: ReplicationProgress,
    /// Pauses until this day, at most 180 days ahead; without it a pause ends.
    pause_until: Option<LocalDate>,
}

impl CheckInReplicationInput {
    pub(super) fn read(self) -> Result<CheckIn> {
        let pause_until = self.pause_until.map(|day| day.0);
        Ok(CheckIn { on: self.step.on(None)?, progress: self.progress.into(), pause_until })
    }
}

/// Work to be stopped.
#[derive(InputObject)]
pub struct InterruptReplicationInput {
    /// The request.
    id: ID,
    /// The version that was read: where it is no longer the present one, nothing is done (`CONFLICT`).
    expected_version: Option<i64>,
    /// Any text of at most 100 characters, new for each action: a repeat with the same one does nothing more.
    idempotency_key: Option<String>,
    /// Code of the vocabulary `INTERRUPT_REASON`.
    reason: String,
    /// What others should learn from it, at most 4,000 characters.
    lessons: String,
}

impl InterruptReplicationInput {
    pub(super) fn read(self) -> Result<On> {
        let Self { id, expected_version, idempotency_key, reason, lessons } = self;
        StepInput { id, expected_version, idempotency_key, note: Some(lessons) }.on(Some(reason))
    }
}

/// The value of one of the original's indicators, in the copy.
#[derive(InputObject)]
pub struct OutcomeIndicatorInput {
    /// The code the original has.
    code: String,
    /// Before, where it was measured.
    baseline: Option<f64>,
    /// After.
    value: f64,
}

/// What came of a request. Where only documents were asked for and no work was started, result, lessons and
/// satisfaction are enough; else dates and obstacles too, and what changed unless the result is `FULL`.
#[derive(InputObject)]
pub struct CompleteReplicationRequestInput {
    #[graphql(flatten)]
    step: StepInput,
    /// How far the practice was copied.
    result: OutcomeResult,
    /// First day.
    started_on: Option<LocalDate>,
    /// Last day of the work of copying.
    ended_on: Option<LocalDate>,
    /// Core elements of the original that were kept, in the original's very words.
    core_elements_kept: Option<Vec<String>>,
    /// What changed and why, at most 4,000 characters.
    changes: Option<String>,
    /// Hours the owner's people gave.
    hours_given: Option<i64>,
    /// Hours the requester's people spent.
    hours_spent: Option<i64>,
    /// Euro before the start.
    setup_cost_eur: Option<i64>,
    /// Euro for each year.
    yearly_cost_eur: Option<i64>,
    /// Numbers with the original's codes.
    indicators: Option<Vec<OutcomeIndicatorInput>>,
    /// What stood in the way, at most 4,000 characters.
    obstacles: Option<String>,
    /// What others should know, at most 4,000 characters.
    lessons: Option<String>,
    /// How satisfied with the help, 1 to 5; seen by the two sides and the facilitator only.
    satisfaction: Option<i64>,
}

impl CompleteReplicationRequestInput {
    pub(super) fn read(self) -> Result<Complete> {
        let measured = |m: OutcomeIndicatorInput| Measured { code: m.code, baseline: m.baseline, value: m.value };
        let outcome = request::Outcome {
            result: self.result.into(),
            started_on: self.started_on.map(|day| day.0),
            ended_on: self.ended_on.map(|day| day.0),
            core_kept: self.core_elements_kept.unwrap_or_default(),
            changes: self.changes.unwrap_or_default(),
            hours_given: self.hours_given,
            hours_spent: self.hours_spent,
            setup_cost_eur: self.setup_cost_eur,
            yearly_cost_eur: self.yearly_cost_eur,
            indicators: self.indicators.unwrap_or_default().into_iter().map(measured).collect(),
            obstacles: self.obstacles.unwrap_or_default(),
            lessons: self.lessons.unwrap_or_default(),
            satisfaction: self.satisfaction,
        };
        Ok(Complete { on: self.step.on(None)?, outcome })
    }
}

/// The owner's word on an outcome; a remark or a dispute needs its note.
#[derive(InputObject)]
pub struct ConfirmOutcomeInput {
    #[graphql(flatten)]
    step: StepInput,
    /// What it says.
    verdict: OutcomeVerdict,
}

impl ConfirmOutcomeInput {
    pub(super) fn read(self) -> Result<Confirm> {
        Ok(Confirm { on: self.step.on(None)?, verdict: self.verdict.into() })
    }
}

/// Whether the copy still runs.
#[derive(InputObject)]
pub struct FollowUpReplicationInput {
    #[graphql(flatten)]
    step: StepInput,
    /// How it fares.
    vitality: CopyVitality,
}

impl FollowUpReplicationInput {
    pub(super) fn read(self) -> Result<Follow> {
        Ok(Follow { on: self.step.on(None)?, vitality: self.vitality.into() })
    }
}
