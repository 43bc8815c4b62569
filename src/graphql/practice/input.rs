//! What is given of a practice when it is written or changed.
use super::{super::scalar::YearMonth, SupportLevelObject, parts::PartnerKindObject};
use crate::domain::practice::{self, Change, Changes};
use async_graphql::{InputObject, InputType, MaybeUndefined};

/// What was left out stays, null clears.
pub fn change<T: InputType>(given: MaybeUndefined<T>) -> Change<T> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(value),
    }
}

/// Who did it with the territory.
#[derive(InputObject)]
pub struct PartnerInput {
    /// Name of the organisation, at most 160 characters; never of a person.
    name: String,
    /// What it is.
    kind: PartnerKindObject,
}

/// Something measured.
#[derive(InputObject)]
pub struct IndicatorInput {
    /// Small letters, digits and underscores; the same code for the same thing in every practice.
    code: String,
    /// What is measured, in words: at most 160 characters.
    name: String,
    /// What the numbers count: at most 40 characters.
    unit: String,
    /// Before; null where nobody measured.
    baseline: Option<f64>,
    /// At `measuredOn`; null where nobody measured yet.
    value: Option<f64>,
    /// When the value was read.
    measured_on: Option<YearMonth>,
    /// Where the value was read: at most 200 characters.
    #[graphql(default)]
    source: String,
}

impl From<IndicatorInput> for practice::Indicator {
    fn from(i: IndicatorInput) -> Self {
        Self {
            code: i.code,
            name: i.name,
            unit: i.unit,
            baseline: i.baseline,
            value: i.value,
            measured_on: i.measured_on.map(|month| month.0),
            source: i.source,
        }
    }
}

/// What a practice says. What is left out stays as it is; null or an empty list clears.
#[derive(InputObject)]
pub struct PracticeFieldsInput {
    /// One line, at most 100 characters; a practice always has one.
    title: MaybeUndefined<String>,
    /// Plain text, at most 600 characters.
    #[graphql(name = "abstract")]
    summary: MaybeUndefined<String>,
    /// Where and why it began: Markdown, at most 10,000 characters.
    context: MaybeUndefined<String>,
    /// What it wanted to reach: Markdown, at most 10,000 characters.
    objectives: MaybeUndefined<String>,
    /// How it was done: Markdown, at most 10,000 characters.
    method: MaybeUndefined<String>,
    /// What came of it: Markdown, at most 10,000 characters.
    results: MaybeUndefined<String>,
    /// What stood in the way: Markdown, at most 10,000 characters.
    obstacles: MaybeUndefined<String>,
    /// What its people would change: Markdown, at most 10,000 characters.
    improvements: MaybeUndefined<String>,
    /// Why and how others can copy it: Markdown, at most 10,000 characters.
    replicability: MaybeUndefined<String>,
    /// Code of the primary field, from `vocabulary(scheme: FIELD)`.
    field: MaybeUndefined<String>,
    /// Codes of the other fields, at most 4.
    other_fields: MaybeUndefined<Vec<String>>,
    /// Codes of target groups, at most 15.
    targets: MaybeUndefined<Vec<String>>,
    /// Codes of tools, at most 20.
    tools: MaybeUndefined<Vec<String>>,
    /// Codes of funds, at most 10.
    funds: MaybeUndefined<Vec<String>>,
    /// Places inside the territory, at most 30 of 100 characters.
    places: MaybeUndefined<Vec<String>>,
    /// Who did it with the territory, at most 30.
    partners: MaybeUndefined<Vec<PartnerInput>>,
    /// What was measured, at most 30.
    indicators: MaybeUndefined<Vec<IndicatorInput>>,
    /// What a copy must keep, at most 20 of 300 characters.
    core_elements: MaybeUndefined<Vec<String>>,
    /// What a copy may change, at most 20 of 300 characters.
    adaptable_elements: MaybeUndefined<Vec<String>>,
    /// First month.
    started_on: MaybeUndefined<YearMonth>,
    /// Last month.
    ended_on: MaybeUndefined<YearMonth>,
    /// Euro for the whole period told.
    budget_eur: MaybeUndefined<i64>,
    /// Euro before the start.
    setup_cost_eur: MaybeUndefined<i64>,
    /// Euro for each year.
    yearly_cost_eur: MaybeUndefined<i64>,
    /// Staff in full-time equivalents, at most 1000.
    staff_fte: MaybeUndefined<f64>,
    /// Months from the decision to the start, at most 240.
    months_to_start: MaybeUndefined<i64>,
    /// People it reached.
    people_reached: MaybeUndefined<i64>,
    /// What help the owner offers.
    support_levels: MaybeUndefined<Vec<SupportLevelObject>>,
    /// How many requests the owner carries at once, 1 to 20.
    support_capacity: MaybeUndefined<i64>,
    /// Whether the owner takes requests; then at least one level is needed.
    support_open: MaybeUndefined<bool>,
    /// 0 no data, 1 results declared, 2 counted with a source, 3 before and after compared, 4 evaluated from outside.
    evidence_level: MaybeUndefined<i64>,
    /// Addresses and titles of the sources, at most 20 of 500 characters.
    sources: MaybeUndefined<Vec<String>>,
    /// Remarks on the sources: at most 2,000 characters.
    provenance_note: MaybeUndefined<String>,
    /// Code of the edition of the call it is handed in to.
    edition: MaybeUndefined<String>,
}

impl From<PracticeFieldsInput> for Changes {
    fn from(i: PracticeFieldsInput) -> Self {
        let partner = |p: PartnerInput| practice::Partner { name: p.name, kind: p.kind.into() };
        Self {
            title: change(i.title),
            summary: change(i.summary),
            context: change(i.context),
            objectives: change(i.objectives),
            method: change(i.method),
            results: change(i.results),
            obstacles: change(i.obstacles),
            improvements: change(i.improvements),
            replicability: change(i.replicability),
            field: change(i.field),
            other_fields: change(i.other_fields),
            targets: change(i.targets),
            tools: change(i.tools),
            funds: change(i.funds),
            places: change(i.places),
            partners: change(i.partners).map(|given| given.into_iter().map(partner).collect()),
            indicators: change(i.indicators).map(|given| given.into_iter().map(Into::into).collect()),
            core_elements: change(i.core_elements),
            adaptable_elements: change(i.adaptable_elements),
            started_on: change(i.started_on).map(|month| month.0),
            ended_on: change(i.ended_on).map(|month| month.0),
            budget_eur: change(i.budget_eur),
            setup_cost_eur: change(i.setup_cost_eur),
            yearly_cost_eur: change(i.yearly_cost_eur),
            staff_fte: change(i.staff_fte),
            months_to_start: change(i.months_to_start),
            people_reached: change(i.people_reached),
            support_levels: change(i.support_levels).map(|given| given.into_iter().map(Into::into).collect()),
            support_capacity: change(i.support_capacity),
            support_open: change(i.support_open),
            evidence_level: change(i.evidence_level),
            sources: change(i.sources),
            provenance_note: change(i.provenance_note),
            edition: change(i.edition),
        }
    }
}
