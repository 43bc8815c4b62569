//! What an edit changes in a practice, with the limits of every text, list and number.
use super::{Indicator, Partner, Practice, SupportLevel};
use crate::domain::{
    refusal::{Code, Refusal, Refusals},
    text::{body, line},
    time::Month,
};

/// One part of an edit: only what was given is changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Change<T> {
    /// Not given: stays.
    #[default]
    Keep,
    /// Given.
    Set(T),
    /// Given as nothing.
    Clear,
}

impl<T> Change<T> {
    /// The same change of another type.
    pub fn map<U>(self, as_other: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Set(value) => Change::Set(as_other(value)),
            Self::Clear => Change::Clear,
        }
    }

    /// The new value, where one was given; nothing becomes `empty`.
    pub fn or_empty(self, empty: T) -> Option<T> {
        match self {
            Self::Keep => None,
            Self::Set(value) => Some(value),
            Self::Clear => Some(empty),
        }
    }

    /// The new value of something that may be unknown.
    pub fn maybe(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Set(value) => Some(Some(value)),
            Self::Clear => Some(None),
        }
    }
}

/// What an edit gives; names and units as in [`Practice`].
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each is documented where it is kept")]
pub struct Changes {
    pub title: Change<String>,
    pub summary: Change<String>,
    pub context: Change<String>,
    pub objectives: Change<String>,
    pub method: Change<String>,
    pub results: Change<String>,
    pub obstacles: Change<String>,
    pub improvements: Change<String>,
    pub replicability: Change<String>,
    pub field: Change<String>,
    pub other_fields: Change<Vec<String>>,
    pub targets: Change<Vec<String>>,
    pub tools: Change<Vec<String>>,
    pub funds: Change<Vec<String>>,
    pub places: Change<Vec<String>>,
    pub partners: Change<Vec<Partner>>,
    pub indicators: Change<Vec<Indicator>>,
    pub core_elements: Change<Vec<String>>,
    pub adaptable_elements: Change<Vec<String>>,
    pub started_on: Change<Month>,
    pub ended_on: Change<Month>,
    pub budget_eur: Change<i64>,
    pub setup_cost_eur: Change<i64>,
    pub yearly_cost_eur: Change<i64>,
    pub staff_fte: Change<f64>,
    pub months_to_start: Change<i64>,
    pub people_reached: Change<i64>,
    pub support_levels: Change<Vec<SupportLevel>>,
    pub support_capacity: Change<i64>,
    pub support_open: Change<bool>,
    pub evidence_level: Change<i64>,
    pub sources: Change<Vec<String>>,
    pub provenance_note: Change<String>,
    pub edition: Change<String>,
}

/// The most characters of each Markdown text.
pub const MOST_TEXT: usize = 10_000;

/// The most that a practice, or a wish for one, may say.
pub(in crate::domain) mod most {
    pub const TARGETS: usize = 15;
    pub const TOOLS: usize = 20;
    pub const FUNDS: usize = 10;
    pub const EURO: i64 = 1_000_000_000;
    pub const FTE: f64 = 1_000.0;
    pub const MONTHS: i64 = 240;
}

impl Changes {
    /// Writes the changes into a practice, keeping what is refused in `refusals`. Codes of vocabularies are not looked
    /// up here.
    pub fn apply(self, p: &mut Practice, refusals: &mut Refusals) {
        let r = refusals;
        if let Some(title) = self.title.or_empty(String::new()) {
            set(&mut p.title, r.take(line("title", &title, 100)));
        }
        text("abstract", self.summary, 600, &mut p.summary, r);
        text("context", self.context, MOST_TEXT, &mut p.context, r);
        text("objectives", self.objectives, MOST_TEXT, &mut p.objectives, r);
        text("method", self.method, MOST_TEXT, &mut p.method, r);
        text("results", self.results, MOST_TEXT, &mut p.results, r);
        text("obstacles", self.obstacles, MOST_TEXT, &mut p.obstacles, r);
        text("improvements", self.improvements, MOST_TEXT, &mut p.improvements, r);
        text("replicability", self.replicability, MOST_TEXT, &mut p.replicability, r);
        text("provenanceNote", self.provenance_note, 2_000, &mut p.provenance_note, r);
        set(&mut p.field, self.field.maybe());
        lines("otherFields", self.other_fields, (4, 60), &mut p.other_fields, r);
        lines("targets", self.targets, (most::TARGETS, 60), &mut p.targets, r);
        lines("tools", self.tools, (most::TOOLS, 60), &mut p.tools, r);
        lines("funds", self.funds, (most::FUNDS, 60), &mut p.funds, r);
        lines("places", self.places, (30, 100), &mut p.places, r);
        lines("coreElements", self.core_elements, (20, 300), &mut p.core_elements, r);
        lines("adaptableElements", self.adaptable_elements, (20, 300), &mut p.adaptable_elements, r);
        lines("sources", self.sources, (20, 500), &mut p.sources, r);
        partners(self.partners, p, r);
        indicators(self.indicators, p, r);
        set(&mut p.started_on, self.started_on.maybe());
        set(&mut p.ended_on, self.ended_on.maybe());
        number("budgetEur", self.budget_eur, most::EURO, &mut p.budget_eur, r);
        number("setupCostEur", self.setup_cost_eur, most::EURO, &mut p.setup_cost_eur, r);
        number("yearlyCostEur", self.yearly_cost_eur, most::EURO, &mut p.yearly_cost_eur, r);
        number("monthsToStart", self.months_to_start, most::MONTHS, &mut p.months_to_start, r);
        number("peopleReached", self.people_reached, 10_000_000, &mut p.people_reached, r);
        if let Some(fte) = self.staff_fte.maybe() {
            set(&mut p.staff_fte, r.take(fte.map(|fte| within("staffFte", fte, 0.0, most::FTE)).transpose()));
        }
        if let Some(mut levels) = self.support_levels.or_empty(Vec::new()) {
            levels.sort_unstable();
            levels.dedup();
            p.support_levels = levels;
        }
        if let Some(capacity) = self.support_capacity.or_empty(1) {
            set(&mut p.support_capacity, r.take(within("supportCapacity", capacity, 1, 20)));
        }
        set(&mut p.support_open, self.support_open.or_empty(false));
        if let Some(level) = self.evidence_level.or_empty(0) {
            set(&mut p.evidence_level, r.take(within("evidenceLevel", level, 0, 4)));
        }
        if let Some(edition) = self.edition.maybe() {
            set(&mut p.edition, r.take(edition.map(|edition| line("edition", &edition, 20)).transpose()));
        }
        agreement(p, r);
    }
}

/// What several fields must say together.
fn agreement(p: &mut Practice, r: &mut Refusals) {
    if p.started_on.zip(p.ended_on).is_some_and(|(first, last)| last < first) {
        r.push(Refusal::new(Code::Invalid).on("endedOn").say(
            "La fine viene prima dell'inizio: correggete uno dei due mesi.",
            "The end comes before the start: correct one of the two months.",
        ));
    }
    if p.support_open && p.support_levels.is_empty() {
        r.push(Refusal::required("supportLevels").say(
            "Per ricevere richieste indicate almeno un livello di supporto.",
            "To take requests, offer at least one level of support.",
        ));
    }
    if let Some(field) = &p.field {
        p.other_fields.retain(|other| other != field);
    }
}

pub(in crate::domain) fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

pub(in crate::domain) fn text(field: &str, change: Change<String>, most: usize, slot: &mut String, r: &mut Refusals) {
    if let Some(text) = change.or_empty(String::new()) {
        set(slot, r.take(body(field, &text, most)));
    }
}

/// Each one line; empty ones and repetitions are left out.
pub(in crate::domain) fn lines(
    field: &str,
    change: Change<Vec<String>>,
    most: (usize, usize),
    slot: &mut Vec<String>,
    r: &mut Refusals,
) {
    let Some(given) = change.or_empty(Vec::new()) else { return };
    let Some(given) = r.take(at_most(field, given, most.0)) else { return };
    let mut kept = Vec::with_capacity(given.len());
    for (i, one) in given.iter().enumerate().filter(|(_, one)| !one.trim().is_empty()) {
        if let Some(one) = r.take(line(&format!("{field}.{i}"), one, most.1))
            && !kept.contains(&one)
        {
            kept.push(one);
        }
    }
    *slot = kept;
}

pub(in crate::domain) fn at_most<T>(field: &str, list: Vec<T>, most: usize) -> Result<Vec<T>, Refusal> {
    if list.len() > most {
        return Err(Refusal::new(Code::TooLong).on(field).say(
            format!("L'elenco ha {} voci, il massimo è {most}.", list.len()),
            format!("The list has {} items, the limit is {most}.", list.len()),
        ));
    }
    Ok(list)
}

pub(in crate::domain) fn within<T: Copy + PartialOrd + std::fmt::Display>(
    field: &str,
    number: T,
    least: T,
    most: T,
) -> Result<T, Refusal> {
    if number >= least && number <= most {
        return Ok(number);
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        format!("Il valore deve stare tra {least} e {most}."),
        format!("The value must be from {least} to {most}."),
    ))
}

pub(in crate::domain) fn number(field: &str, change: Change<i64>, most: i64, slot: &mut Option<i64>, r: &mut Refusals) {
    if let Some(given) = change.maybe() {
        set(slot, r.take(given.map(|n| within(field, n, 0, most)).transpose()));
    }
}

fn partners(change: Change<Vec<Partner>>, p: &mut Practice, r: &mut Refusals) {
    let Some(given) = change.or_empty(Vec::new()) else { return };
    let Some(given) = r.take(at_most("partners", given, 30)) else { return };
    let checked = given.into_iter().enumerate().filter_map(|(i, partner)| {
        let name = r.take(line(&format!("partners.{i}.name"), &partner.name, 160))?;
        Some(Partner { name, kind: partner.kind })
    });
    p.partners = checked.collect();
}

fn indicators(change: Change<Vec<Indicator>>, p: &mut Practice, r: &mut Refusals) {
    let Some(given) = change.or_empty(Vec::new()) else { return };
    let Some(given) = r.take(at_most("indicators", given, 30)) else { return };
    let mut kept: Vec<Indicator> = Vec::with_capacity(given.len());
    for (i, one) in given.into_iter().enumerate() {
        let path = |name: &str| format!("indicators.{i}.{name}");
        let code = r.take(indicator_code(&path("code"), &one.code));
        let name = r.take(line(&path("name"), &one.name, 160));
        let unit = r.take(line(&path("unit"), &one.unit, 40));
        let source = r.take(body(&path("source"), &one.source, 200));
        let finite = one.baseline.is_none_or(f64::is_finite) && one.value.is_none_or(f64::is_finite);
        if !finite {
            r.push(Refusal::new(Code::Invalid).on(&path("value")).say("Serve un numero.", "A number is needed."));
        }
        let (Some(code), Some(name), Some(unit), Some(source)) = (code, name, unit, source) else { continue };
        if kept.iter().any(|other| other.code == code) {
            r.push(Refusal::new(Code::Duplicate).on(&path("code")).say(
                format!("L'indicatore «{code}» compare due volte: tenetene uno."),
                format!("The indicator \"{code}\" appears twice: keep one."),
            ));
        }
        kept.push(Indicator { code, name, unit, source, ..one });
    }
    p.indicators = kept;
}

fn indicator_code(field: &str, text: &str) -> Result<String, Refusal> {
    let code = line(field, text, 60)?;
    if code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Ok(code);
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        "Il codice ha solo lettere minuscole, cifre e trattini bassi. Esempio: people_served",
        "The code has only small letters, digits and underscores. Example: people_served",
    ))
}
