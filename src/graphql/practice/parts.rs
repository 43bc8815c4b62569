//! The words and the smaller objects of a practice.
use super::{
    super::{Ask, scalar::YearMonth},
    PracticeObject,
};
use crate::domain::{
    permission::PracticeStatus,
    practice::{self, PartnerKind, Practice, PracticeAction, Provenance, SupportLevel},
};
use async_graphql::{ComplexObject, Context, Enum, Object, Result, SimpleObject};

/// Where a practice stands on its way to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PracticeStatus", name = "PracticeStatus")]
pub enum StatusObject {
    /// Being written; its territory sees it.
    Draft,
    /// Handed in; facilitator and steward see it too.
    UnderReview,
    /// Public.
    Published,
    /// Put away: no longer offered, still readable by its address.
    Archived,
}

/// How much help an owner gives to whoever copies its practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SupportLevel", name = "SupportLevel")]
pub enum SupportLevelObject {
    /// The kit and one call.
    Documents,
    /// Three to five meetings.
    Mentoring,
    /// Staff time, money or data, under a recorded agreement.
    Full,
}

/// Whether a practice happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Provenance", name = "ProvenanceKind")]
pub enum ProvenanceKindObject {
    /// It did; its sources say so.
    Real,
    /// Made up to show how the hub works: show its badge wherever you show it.
    Illustrative,
}

/// What a partner organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PartnerKind", name = "PartnerKind")]
pub enum PartnerKindObject {
    /// Third-sector body (ente del Terzo settore).
    Ets,
    /// School.
    School,
    /// Health authority (ASL).
    HealthAuthority,
    /// Parish.
    Parish,
    /// Another public body.
    PublicBody,
    /// Company.
    Company,
    /// Something else.
    Other,
}

/// What a viewer may do with a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PracticeAction", name = "PracticeAction")]
pub enum PracticeActionObject {
    /// Change its text, its kit and its contacts: `updatePractice`, `addKitItem`, `setPracticeContacts`.
    UpdatePractice,
    /// Hand it in for review: `submitPractice`.
    SubmitPractice,
    /// Send it back with remarks: `returnPractice`.
    ReturnPractice,
    /// Make it public: `publishPractice`.
    PublishPractice,
    /// Put it away: `archivePractice`.
    ArchivePractice,
    /// Throw the draft away: `deletePractice`.
    DeletePractice,
    /// Say which practice it comes from: `declareLineage`.
    DeclareLineage,
    /// Ask its owner for help to copy it: `draftReplicationRequest`.
    DraftReplicationRequest,
}

/// Who did a practice with the territory.
#[derive(SimpleObject)]
pub struct PartnerOrganisation {
    /// Name of the organisation.
    name: String,
    /// What it is.
    kind: PartnerKindObject,
}

impl From<&practice::Partner> for PartnerOrganisation {
    fn from(partner: &practice::Partner) -> Self {
        Self { name: partner.name.clone(), kind: partner.kind.into() }
    }
}

/// Something measured. The same code measures the same thing in every practice.
#[derive(SimpleObject)]
pub struct Indicator {
    /// Lower snake case: `people_served`.
    code: String,
    /// What is measured, in words.
    name: String,
    /// What the numbers count.
    unit: String,
    /// Before; null where nobody measured.
    baseline: Option<f64>,
    /// At `measuredOn`; null where nobody measured yet.
    value: Option<f64>,
    /// When the value was read.
    measured_on: Option<YearMonth>,
    /// Where the value was read; may be empty.
    source: String,
}

impl From<&practice::Indicator> for Indicator {
    fn from(i: &practice::Indicator) -> Self {
        Self {
            code: i.code.clone(),
            name: i.name.clone(),
            unit: i.unit.clone(),
            baseline: i.baseline,
            value: i.value,
            measured_on: i.measured_on.map(YearMonth),
            source: i.source.clone(),
        }
    }
}

/// What help an owner offers, and whether it has room for one more request.
pub struct SupportOffer(pub PracticeObject);

/// What help an owner offers, and whether it has room for one more request.
#[Object]
impl SupportOffer {
    /// From least to most.
    async fn levels(&self, ctx: &Context<'_>) -> Result<Vec<SupportLevelObject>> {
        self.0.many(ctx, |all| all.support_levels.iter().map(|level| (*level).into()).collect()).await
    }
    /// How many requests it carries at once.
    async fn capacity(&self) -> i64 {
        self.0.0.support_capacity
    }
    /// How many it carries now.
    async fn open_requests(&self) -> i64 {
        self.0.0.active_requests
    }
    /// Whether it takes requests at all.
    async fn is_open(&self) -> bool {
        self.0.0.support_open
    }
    /// Whether it can take one more now: public, open and below its capacity.
    async fn takes_requests(&self) -> bool {
        self.0.0.takes_requests().is_ok()
    }
}

/// Where what a practice says comes from.
#[derive(SimpleObject)]
#[graphql(complex, name = "Provenance")]
pub struct ProvenanceObject {
    /// Whether it happened.
    kind: ProvenanceKindObject,
    /// Addresses and titles of the sources.
    sources: Vec<String>,
    /// What was deduced, and other remarks on the sources; may be empty.
    note: String,
}

#[ComplexObject]
impl ProvenanceObject {
    /// What to write on an illustrative practice, in the viewer's language; null on a real one.
    async fn badge(&self, ctx: &Context<'_>) -> Option<&'static str> {
        badge(ctx, self.kind.into())
    }
}

impl From<&Practice> for ProvenanceObject {
    fn from(p: &Practice) -> Self {
        Self { kind: p.provenance.into(), sources: p.sources.clone(), note: p.provenance_note.clone() }
    }
}

/// The badge of what is made up.
pub(super) fn badge(ctx: &Context<'_>, provenance: Provenance) -> Option<&'static str> {
    provenance.badge(Ask::of(ctx).language)
}
