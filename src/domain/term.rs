//! Terms of the controlled vocabularies: data with validity dates, never an enum.
use super::{
    refusal::{Code, Refusal},
    time::Date,
};

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

/// The most characters of a label.
pub const LABEL_AT_MOST: usize = 200;

/// A code: capitals, digits and `_`, 1 to 40.
///
/// # Errors
/// `INVALID` on `field`.
pub fn code(field: &str, text: &str) -> Result<String, Refusal> {
    let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if (1..=40).contains(&text.len()) && text.chars().all(known) {
        return Ok(text.to_owned());
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        "Il codice ha da 1 a 40 lettere maiuscole, cifre e _, ad esempio SOCIO_EDU.",
        "A code has 1 to 40 capital letters, digits and _, such as SOCIO_EDU.",
    ))
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
