//! What the score reads of a practice and of its owner.
use super::near::Near;
use crate::domain::practice::Practice;

/// A practice as it is held against a wish, its codes of the same kind as the wish's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer<'a, C = String> {
    /// Its primary field.
    pub field: Option<&'a C>,
    /// Its other fields.
    pub other_fields: &'a [C],
    /// Target groups.
    pub targets: &'a [C],
    /// Tools.
    pub tools: &'a [C],
    /// The funds that paid for it.
    pub funds: &'a [C],
    /// Euro it cost: [`Practice::cost_eur`].
    pub cost_eur: Option<i64>,
    /// Staff it takes, in full-time equivalents.
    pub staff_fte: Option<f64>,
    /// Months from the decision to the start.
    pub months: Option<i64>,
    /// How near its owner is.
    pub near: Near,
    /// How well it fits the words, from 0 to 1 for the one that fits best; none where there are no words.
    pub text: Option<f64>,
    /// Evidence level, 0 to 4.
    pub evidence_level: i64,
    /// Completeness of its kit, 0 to 100.
    pub kit_completeness: i64,
    /// What its owner can carry.
    pub support: Support,
}

/// What the owner of a practice can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// Whether it takes requests at all.
    pub is_open: bool,
    /// Requests it carries now.
    pub requests: i64,
    /// Requests it can carry at once.
    pub capacity: i64,
}

impl<'a> Offer<'a> {
    /// Of this practice, which may have been read in brief.
    #[must_use]
    pub fn of(practice: &'a Practice, near: Near, text: Option<f64>) -> Self {
        Self {
            field: practice.field.as_ref(),
            other_fields: &practice.other_fields,
            targets: &practice.targets,
            tools: &practice.tools,
            funds: &practice.funds,
            cost_eur: practice.cost_eur(),
            staff_fte: practice.staff_fte,
            months: practice.months_to_start,
            near,
            text,
            evidence_level: practice.evidence_level,
            kit_completeness: practice.kit_completeness,
            support: Support {
                is_open: practice.support_open,
                requests: practice.active_requests,
                capacity: practice.support_capacity,
            },
        }
    }
}
