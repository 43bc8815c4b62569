//! What came of a copy, in the requester's words and numbers; what the owner says of it; whether it still runs later.
use crate::domain::{
    practice::Practice,
    refusal::{Code, Refusal, Refusals},
    text,
    time::{Date, Ts},
};
use serde::{Deserialize, Serialize};

words! {
    /// How far the practice was copied.
    enum OutcomeResult {
        /// As it was.
        Full = "FULL",
        /// With changes.
        Adapted = "ADAPTED",
        /// Only a part of it.
        Partial = "PARTIAL",
        /// Given up: what was learned is kept.
        Abandoned = "ABANDONED",
    }
}

words! {
    /// What the owner says of the outcome.
    enum Verdict {
        /// So it was.
        Confirm = "CONFIRM",
        /// So it was, with a remark.
        Annotate = "ANNOTATE",
        /// It was not so: the facilitator hears of it.
        Dispute = "DISPUTE",
    }
}

words! {
    /// How the copy fares months later.
    enum Vitality {
        /// It runs.
        Active = "ACTIVE",
        /// It runs in another form.
        Changed = "CHANGED",
        /// It ended.
        Ceased = "CEASED",
    }
}

words! {
    /// How the work goes.
    enum Progress {
        /// As planned.
        OnTrack = "ON_TRACK",
        /// Help is needed.
        Stuck = "STUCK",
    }
}

/// The value of one of the original's indicators, in the copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The code the original has.
    pub code: String,
    /// Before; none where nobody measured.
    pub baseline: Option<f64>,
    /// After.
    pub value: f64,
}

/// What came of a copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How far it was copied.
    pub result: OutcomeResult,
    /// First day.
    pub started_on: Option<Date>,
    /// Last day of the work of copying.
    pub ended_on: Option<Date>,
    /// Core elements of the original that were kept, in the original's words.
    pub core_kept: Vec<String>,
    /// What changed and why.
    pub changes: String,
    /// Hours the owner's people gave.
    pub hours_given: Option<i64>,
    /// Hours the requester's people spent.
    pub hours_spent: Option<i64>,
    /// Euro before the start.
    pub setup_cost_eur: Option<i64>,
    /// Euro for each year.
    pub yearly_cost_eur: Option<i64>,
    /// Numbers with the original's codes.
    pub indicators: Vec<Measured>,
    /// What stood in the way.
    pub obstacles: String,
    /// What others should know.
    pub lessons: String,
    /// How satisfied the requester was with the help, 1 to 5. Not public: ask `SeeSatisfaction`.
    pub satisfaction: Option<i64>,
}

/// How complete an outcome must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// After documents only: result, lessons, satisfaction.
    Short,
    /// After work together.
    Full,
}

const MOST_HOURS: i64 = 100_000;
const MOST_EUROS: i64 = 1_000_000_000;

fn invalid(field: &str, it: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(Code::Invalid).on(field).say(it, en)
}

fn number(field: &str, value: Option<i64>, most: i64, refusals: &mut Refusals) {
    if value.is_some_and(|value| !(0..=most).contains(&value)) {
        refusals.push(invalid(
            field,
            format!("Indicate un numero da 0 a {most}."),
            format!("Give a number from 0 to {most}."),
        ));
    }
}

impl Outcome {
    /// Checks it for `form` against the original, on `today`; texts of at most 4,000 characters come back trimmed.
    pub fn checked(mut self, form: Form, original: &Practice, today: Date, refusals: &mut Refusals) -> Option<Self> {
        for (field, text) in
            [("changes", &mut self.changes), ("obstacles", &mut self.obstacles), ("lessons", &mut self.lessons)]
        {
            if let Some(checked) = refusals.take(text::body(field, text, 4000)) {
                *text = checked;
            }
        }
        self.complete(form, refusals);
        self.in_range(today, refusals);
        self.as_the_original(original, refusals);
        refusals.is_empty().then_some(self)
    }

    fn complete(&self, form: Form, refusals: &mut Refusals) {
        let full = form == Form::Full;
        let missing = [
            ("lessons", self.lessons.is_empty()),
            ("satisfaction", self.satisfaction.is_none()),
            ("startedOn", full && self.started_on.is_none()),
            ("endedOn", full && self.ended_on.is_none()),
            ("obstacles", full && self.obstacles.is_empty()),
            ("changes", full && self.changes.is_empty() && self.result != OutcomeResult::Full),
        ];
        for (field, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            refusals.push(Refusal::required(field));
        }
    }

    fn in_range(&self, today: Date, refusals: &mut Refusals) {
        number("hoursGiven", self.hours_given, MOST_HOURS, refusals);
        number("hoursSpent", self.hours_spent, MOST_HOURS, refusals);
        number("setupCostEur", self.setup_cost_eur, MOST_EUROS, refusals);
        number("yearlyCostEur", self.yearly_cost_eur, MOST_EUROS, refusals);
        if self.satisfaction.is_some_and(|stars| !(1..=5).contains(&stars)) {
            refusals.push(invalid(
                "satisfaction",
                "Da 1 (per niente) a 5 (molto).",
                "From 1 (not at all) to 5 (very).",
            ));
        }
        for (field, day) in [("startedOn", self.started_on), ("endedOn", self.ended_on)] {
            if day.is_some_and(|day| day.year() < 2000) {
                refusals.push(invalid(
                    field,
                    "È troppo lontano nel tempo: controllate l'anno.",
                    "This is too long ago: look at the year again.",
                ));
            }
        }
        if self.started_on.zip(self.ended_on).is_some_and(|(start, end)| end < start) {
            refusals.push(invalid("endedOn", "La fine viene prima dell'inizio.", "The end comes before the start."));
        }
        if self.ended_on.is_some_and(|end| end > today) {
            refusals.push(invalid(
                "endedOn",
                "La fine è nel futuro: l'esito si racconta a lavoro finito.",
                "The end lies in the future: the outcome is told when the work is done.",
            ));
        }
    }

    fn as_the_original(&self, original: &Practice, refusals: &mut Refusals) {
        for (i, kept) in self.core_kept.iter().enumerate() {
            if !original.core_elements.contains(kept) || self.core_kept[..i].contains(kept) {
                refusals.push(invalid(
                    "coreElementsKept",
                    format!("«{kept}» non è tra gli elementi essenziali della pratica, o compare due volte."),
                    format!("\"{kept}\" is not one of the practice's core elements, or is named twice."),
                ));
            }
        }
        for (i, measured) in self.indicators.iter().enumerate() {
            let code = &measured.code;
            let known = original.indicators.iter().any(|indicator| indicator.code == *code);
            if !known || self.indicators[..i].iter().any(|other| other.code == *code) {
                let codes: Vec<&str> = original.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
                let codes = if codes.is_empty() { "—".to_owned() } else { codes.join(", ") };
                refusals.push(invalid(
                    "indicators",
                    format!(
                        "L'indicatore «{code}» non è della pratica originale o compare due volte. Suoi sono: {codes}."
                    ),
                    format!("The indicator \"{code}\" is not the original's, or is named twice. It has: {codes}."),
                ));
            }
            if !measured.value.is_finite() || measured.baseline.is_some_and(|baseline| !baseline.is_finite()) {
                refusals.push(invalid("indicators", "Indicate un numero.", "Give a number."));
            }
        }
    }
}

/// The owner's word on an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// What it says.
    pub verdict: Verdict,
    /// Why, or what else.
    pub note: String,
    /// When.
    pub at: Ts,
}

impl Confirmation {
    /// The owner's word: a remark or a dispute needs a note, of at most 2,000 characters.
    pub fn checked(verdict: Verdict, note: &str, at: Ts, refusals: &mut Refusals) -> Option<Self> {
        let note = refusals.take(text::body("note", note, 2000))?;
        if note.is_empty() && verdict != Verdict::Confirm {
            refusals.push(Refusal::required("note"));
            return None;
        }
        Some(Self { verdict, note, at })
    }
}

/// The answer to "still running?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// So many months after the completion it was due.
    pub months: i64,
    /// How it fares.
    pub vitality: Vitality,
    /// What else.
    pub note: String,
    /// When it was given.
    pub at: Ts,
}

impl OutcomeResult {
    /// Whether something runs that came of the original.
    #[must_use]
    pub fn leaves_a_copy(self) -> bool {
        self != Self::Abandoned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        id::{PracticeId, TerritoryId},
        practice::Indicator,
        refusal::Failure,
    };
    use uuid::Uuid;

    fn original() -> Practice {
        let at = Ts::from_micros(0).unwrap();
        let mut practice = Practice::draft(PracticeId::of(Uuid::nil()), TerritoryId::of(Uuid::nil()), None, at);
        practice.core_elements = vec!["Il piano".into(), "I laboratori".into()];
        practice.indicators = vec![Indicator {
            code: "people_served".into(),
            name: "Persone".into(),
            unit: "persone".into(),
            baseline: None,
            value: Some(40.0),
            measured_on: None,
            source: String::new(),
        }];
        practice
    }

    fn told() -> Outcome {
        Outcome {
            result: OutcomeResult::Adapted,
            started_on: Some("2026-01-01".parse().unwrap()),
            ended_on: Some("2026-03-01".parse().unwrap()),
            core_kept: vec!["Il piano".into()],
            changes: "Meno laboratori".into(),
            hours_given: Some(10),
            hours_spent: None,
            setup_cost_eur: None,
            yearly_cost_eur: None,
            indicators: vec![Measured { code: "people_served".into(), baseline: None, value: 12.0 }],
            obstacles: "Spazi".into(),
            lessons: "Cominciare presto".into(),
            satisfaction: Some(4),
        }
    }

    fn refused(form: Form, change: impl FnOnce(&mut Outcome)) -> Vec<(Code, String)> {
        let mut outcome = told();
        change(&mut outcome);
        let mut refusals = Refusals::default();
        let _ = outcome.checked(form, &original(), "2026-03-02".parse().unwrap(), &mut refusals);
        match refusals.none() {
            Err(Failure::Refused(all)) => all.into_iter().map(|r| (r.code, r.field.join("."))).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_whole_outcome_passes_and_each_flaw_is_named() {
        let invalid = |field: &str| vec![(Code::Invalid, field.to_owned())];
        let required = |field: &str| vec![(Code::Required, field.to_owned())];
        assert_eq!(refused(Form::Full, |_| ()), []);
        assert_eq!(refused(Form::Full, |o| o.changes.clear()), required("changes"));
        assert_eq!(refused(Form::Full, |o| o.started_on = None), required("startedOn"));
        assert_eq!(refused(Form::Full, |o| o.satisfaction = Some(6)), invalid("satisfaction"));
        assert_eq!(refused(Form::Full, |o| o.ended_on = Some("2026-03-03".parse().unwrap())), invalid("endedOn"));
        assert_eq!(refused(Form::Full, |o| o.ended_on = Some("2025-12-31".parse().unwrap())), invalid("endedOn"));
        assert_eq!(refused(Form::Full, |o| o.core_kept.push("Altro".into())), invalid("coreElementsKept"));
        assert_eq!(refused(Form::Full, |o| o.indicators[0].code = "other".into()), invalid("indicators"));
        assert_eq!(refused(Form::Full, |o| o.hours_given = Some(-1)), invalid("hoursGiven"));
    }

    #[test]
    fn after_documents_only_three_fields_are_enough() {
        let bare = |o: &mut Outcome| {
            (o.started_on, o.ended_on) = (None, None);
            (o.changes, o.obstacles) = (String::new(), String::new());
        };
        assert_eq!(refused(Form::Short, bare), []);
        assert_eq!(refused(Form::Full, bare).len(), 4);
    }
}
