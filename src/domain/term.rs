//! Terms of the controlled vocabularies: data with validity dates, never an enum.
use super::time::Date;

words! {
    /// The vocabularies.
    enum Scheme {
        /// The five fields of practice.
        Field = "FIELD",
        /// Target groups.
        Target = "TARGET",
        /// Tools.
        Tool = "TOOL",
        /// Funds.
        Fund = "FUND",
        /// Phases of a kit.
        KitPhase = "KIT_PHASE",
        /// Kinds of kit item.
        KitKind = "KIT_KIND",
        /// Classes of area, from pole to ultra-peripheral.
        AreaClass = "AREA_CLASS",
        /// Why an owner declines.
        DeclineReason = "DECLINE_REASON",
        /// Why a requester withdraws.
        WithdrawReason = "WITHDRAW_REASON",
        /// Why a replication stops.
        InterruptReason = "INTERRUPT_REASON",
        /// Why a steward annuls.
        AnnulReason = "ANNUL_REASON",
    }
}

/// One term, as valid from one day to another. The same code may have had another label before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its vocabulary.
    pub scheme: Scheme,
    /// Stable code, `UPPER_SNAKE`.
    pub code: String,
    /// Label in Italian.
    pub label_it: String,
    /// Label in English.
    pub label_en: String,
    /// First day of validity.
    pub valid_from: Date,
    /// Last day of validity; none while valid.
    pub valid_to: Option<Date>,
    /// Place in lists.
    pub position: i64,
}

impl Term {
    /// Whether the term is valid on `day`.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}
