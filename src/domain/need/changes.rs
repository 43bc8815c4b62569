//! What an edit changes in a need, with the limits of every text, list and number.
use super::Need;
use crate::domain::{
    practice::{
        Change,
        changes::{MOST_EURO, lines, number, set, text, within},
    },
    refusal::Refusals,
    text::line,
};

/// The most characters a need may say.
pub const MOST_TEXT: usize = 2_000;
/// The most characters of the note on its closing.
pub const MOST_NOTE: usize = 500;
/// The most characters of a code.
const MOST_CODE: usize = 60;

/// What an edit gives; names and units as in [`Wanted`](super::Wanted).
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each is documented where it is kept")]
pub struct Changes {
    pub text: Change<String>,
    pub field: Change<String>,
    pub targets: Change<Vec<String>>,
    pub tools: Change<Vec<String>>,
    pub funds: Change<Vec<String>>,
    pub budget_eur: Change<i64>,
    pub staff_fte: Change<f64>,
    pub months: Change<i64>,
}

impl Changes {
    /// Writes the changes into a need, keeping what is refused in `refusals`. Codes of vocabularies are not looked up
    /// here.
    pub fn apply(self, need: &mut Need, refusals: &mut Refusals) {
        let (w, r) = (&mut need.wanted, refusals);
        text("text", self.text, MOST_TEXT, &mut w.text, r);
        if let Some(field) = self.field.maybe() {
            set(&mut w.field, r.take(field.map(|field| line("field", &field, MOST_CODE)).transpose()));
        }
        lines("targets", self.targets, (15, MOST_CODE), &mut w.targets, r);
        lines("tools", self.tools, (20, MOST_CODE), &mut w.tools, r);
        lines("funds", self.funds, (10, MOST_CODE), &mut w.funds, r);
        number("budgetEur", self.budget_eur, MOST_EURO, &mut w.budget_eur, r);
        number("months", self.months, 240, &mut w.months, r);
        if let Some(fte) = self.staff_fte.maybe() {
            set(&mut w.staff_fte, r.take(fte.map(|fte| within("staffFte", fte, 0.0, 1_000.0)).transpose()));
        }
    }
}
