//! What an edit changes in a need, with the limits of every text, list and number.
use super::Need;
use crate::domain::{
    matching::LONGEST_TEXT,
    practice::{Change, lines, most, number, set, text, within},
    refusal::Refusals,
    text::line,
};

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
        text("text", self.text, LONGEST_TEXT, &mut w.text, r);
        if let Some(field) = self.field.maybe() {
            set(&mut w.field, r.take(field.map(|field| line("field", &field, MOST_CODE)).transpose()));
        }
        lines("targets", self.targets, (most::TARGETS, MOST_CODE), &mut w.targets, r);
        lines("tools", self.tools, (most::TOOLS, MOST_CODE), &mut w.tools, r);
        lines("funds", self.funds, (most::FUNDS, MOST_CODE), &mut w.funds, r);
        number("budgetEur", self.budget_eur, most::EURO, &mut w.budget_eur, r);
        number("months", self.months, most::MONTHS, &mut w.months, r);
        if let Some(fte) = self.staff_fte.maybe() {
            set(&mut w.staff_fte, r.take(fte.map(|fte| within("staffFte", fte, 0.0, most::FTE)).transpose()));
        }
    }
}
