//! The smaller parts of a practice: its words and the rows of its lists.
use crate::domain::{text::Language, time::Month};
use serde::{Deserialize, Serialize};

words! {
    /// How much help the owner of a practice gives to whoever copies it.
    enum SupportLevel {
        /// The kit and one call.
        Documents = "DOCUMENTS",
        /// Three to five meetings.
        Mentoring = "MENTORING",
        /// Staff time, money or data, under a recorded agreement.
        Full = "FULL",
    }
}

words! {
    /// Whether a practice happened.
    enum Provenance {
        /// It did; its sources say so.
        Real = "REAL",
        /// Made up to show how the hub works; it wears a badge everywhere.
        Illustrative = "ILLUSTRATIVE",
    }
}

impl Provenance {
    /// What is written on what is made up; none on what is real.
    #[must_use]
    pub fn badge(self, language: Language) -> Option<&'static str> {
        let badge = ("Pratica dimostrativa, contenuti inventati", "Demonstration practice, invented content");
        (self == Self::Illustrative).then(|| language.pick(badge.0, badge.1))
    }
}

words! {
    /// What a partner organisation is.
    enum PartnerKind {
        /// Third-sector body (ente del Terzo settore).
        Ets = "ETS",
        /// School.
        School = "SCHOOL",
        /// Health authority (ASL).
        HealthAuthority = "HEALTH_AUTHORITY",
        /// Parish.
        Parish = "PARISH",
        /// Another public body.
        PublicBody = "PUBLIC_BODY",
        /// Company.
        Company = "COMPANY",
        /// Something else.
        Other = "OTHER",
    }
}

/// Who did a practice with the territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Name of the organisation; never of a person.
    pub name: String,
    /// What it is.
    pub kind: PartnerKind,
}

/// Something measured. The same `code` measures the same thing in every practice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Lower snake case: `people_served`.
    pub code: String,
    /// What is measured, in words.
    pub name: String,
    /// What the numbers count.
    pub unit: String,
    /// Before; none where nobody measured.
    pub baseline: Option<f64>,
    /// At `measured_on`; none in a draft copy that has not measured yet.
    pub value: Option<f64>,
    /// When the value was read.
    pub measured_on: Option<Month>,
    /// Where the value was read.
    pub source: String,
}
