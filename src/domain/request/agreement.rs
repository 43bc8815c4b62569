//! The act in which two territories agree on a copy: due before the start where the owner gives full support.
use crate::domain::{
    calendar::days_after,
    refusal::{Code, Refusal, Refusals},
    text,
    time::Date,
};
use serde::{Deserialize, Serialize};

words! {
    /// What kind of act it is.
    enum AgreementKind {
        /// Agreement between administrations (art. 15 of law 241 of 1990).
        Agreement = "AGREEMENT",
        /// Convention (art. 30 of the local authorities' code).
        Convention = "CONVENTION",
        /// Memorandum of understanding (protocollo d'intesa).
        Memorandum = "MEMORANDUM",
        /// Resolution of one of the two, accepted by the other.
        Resolution = "RESOLUTION",
        /// Another act.
        Other = "OTHER",
    }
}

/// The act, as it can be found again in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What kind of act.
    pub kind: AgreementKind,
    /// Its number.
    pub act_number: String,
    /// Its date.
    pub act_date: Date,
    /// The number of the protocol register.
    pub protocol_number: String,
}

impl Agreement {
    /// The act, checked: numbers of at most 60 characters, a date not more than a week ahead of `today`.
    pub fn checked(self, today: Date, refusals: &mut Refusals) -> Option<Self> {
        let act_number = refusals.take(text::line("actNumber", &self.act_number, 60));
        let protocol_number = refusals.take(text::line("protocolNumber", &self.protocol_number, 60));
        let dated = if self.act_date > days_after(today, 7) {
            Err(Refusal::new(Code::Invalid).on("actDate").say(
                "La data dell'atto è nel futuro: indicate quella dell'atto firmato.",
                "The date of the act lies in the future: give that of the signed act.",
            ))
        } else {
            Ok(self.act_date)
        };
        let act_date = refusals.take(dated);
        Some(Self { kind: self.kind, act_number: act_number?, act_date: act_date?, protocol_number: protocol_number? })
    }
}
