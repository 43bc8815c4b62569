//! Codes checked against the vocabularies that are valid today.
use crate::{
    app::App,
    domain::{
        need::Wanted,
        practice::Practice,
        refusal::{Code, Fault, Refusal, Refusals},
        term::{Scheme, Term},
        time::Date,
    },
    store::{Conn, terms},
};

/// Refuses a code and names those that can be chosen.
pub(crate) fn unknown<'a>(field: &str, code: &str, known: impl Iterator<Item = &'a str>) -> Refusal {
    let known = known.collect::<Vec<_>>().join(", ");
    Refusal::new(Code::Invalid).on(field).say(
        format!("Il codice «{code}» non è nel vocabolario valido oggi. Sceglietene uno tra: {known}."),
        format!("The code \"{code}\" is not in the vocabulary valid today. Choose one of: {known}."),
    )
}

/// All terms, and the day on which they must be valid.
pub(crate) struct Vocabulary {
    terms: Vec<Term>,
    today: Date,
}

impl Vocabulary {
    /// Reads it, for today in Italy.
    pub(crate) async fn read(app: &App, on: impl Into<Conn<'_>>) -> Result<Self, Fault> {
        Ok(Self { terms: terms::all(on).await?, today: app.clock.now().date_in_italy() })
    }

    /// Refuses, by name, a code that is not valid today.
    pub(crate) fn check(&self, scheme: Scheme, field: &str, code: &str) -> Result<(), Refusal> {
        let valid = |term: &Term| term.scheme == scheme && term.is_valid_on(self.today);
        if self.terms.iter().any(|term| term.code == code && valid(term)) {
            return Ok(());
        }
        let known = self.terms.iter().filter(|term| valid(term)).map(|term| term.code.as_str());
        Err(unknown(field, code, known))
    }

    /// Checks the codes of a need that it did not have before, as those of a practice.
    pub(crate) fn check_wanted(&self, before: &Wanted, after: &Wanted, refusals: &mut Refusals) {
        if let Some(code) = after.field.as_ref().filter(|code| before.field.as_ref() != Some(code)) {
            refusals.take(self.check(Scheme::Field, "field", code));
        }
        for (scheme, field, before, after) in [
            (Scheme::Target, "targets", &before.targets, &after.targets),
            (Scheme::Tool, "tools", &before.tools, &after.tools),
            (Scheme::Fund, "funds", &before.funds, &after.funds),
        ] {
            for (i, code) in after.iter().enumerate().filter(|(_, code)| !before.contains(code)) {
                refusals.take(self.check(scheme, &format!("{field}.{i}"), code));
            }
        }
    }

    /// Checks the codes of a practice that it did not have before: an old code stays though its term has ended.
    pub(crate) fn check_practice(&self, before: &Practice, after: &Practice, refusals: &mut Refusals) {
        if let Some(code) = after.field.as_ref().filter(|code| before.field.as_ref() != Some(code)) {
            refusals.take(self.check(Scheme::Field, "field", code));
        }
        for (scheme, field, before, after) in [
            (Scheme::Field, "otherFields", &before.other_fields, &after.other_fields),
            (Scheme::Target, "targets", &before.targets, &after.targets),
            (Scheme::Tool, "tools", &before.tools, &after.tools),
            (Scheme::Fund, "funds", &before.funds, &after.funds),
        ] {
            for (i, code) in after.iter().enumerate().filter(|(_, code)| !before.contains(code)) {
                refusals.take(self.check(scheme, &format!("{field}.{i}"), code));
            }
        }
    }
}
