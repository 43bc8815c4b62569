//! The shape of a file of practices, `data/demo/practices.json`.
use crate::domain::{
    lineage::LineageKind,
    permission::Visibility,
    practice::{Change, Changes, Indicator, Partner, Provenance, SupportLevel},
    time::Month,
};
use serde::Deserialize;

/// The whole file, its practices unread yet, so that each mistake is told with its practice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default, rename = "about")]
    pub _about: String,
    pub practices: Vec<serde_json::Value>,
    #[serde(default)]
    pub lineage: Vec<Link>,
}

/// An edge between two practices of the file or of the hub, by their keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    pub child: String,
    pub parent: String,
    pub kind: LineageKind,
    #[serde(default)]
    pub confirmed: bool,
    #[serde(default)]
    pub note: String,
}

/// One practice; its key becomes its slug.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Entry {
    pub key: String,
    title: String,
    #[serde(rename = "abstract")]
    summary: String,
    context: Option<String>,
    objectives: Option<String>,
    method: Option<String>,
    results: Option<String>,
    obstacles: Option<String>,
    improvements: Option<String>,
    replicability: Option<String>,
    field: String,
    #[serde(default)]
    other_fields: Vec<String>,
    targets: Vec<String>,
    #[serde(default)]
    tools: Vec<String>,
    #[serde(default)]
    funds: Vec<String>,
    pub owner: Owner,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    partners: Vec<Partner>,
    started_on: Option<Month>,
    ended_on: Option<Month>,
    budget_eur: Option<i64>,
    setup_cost_eur: Option<i64>,
    yearly_cost_eur: Option<i64>,
    staff_fte: Option<f64>,
    months_to_start: Option<i64>,
    people_reached: Option<i64>,
    #[serde(default)]
    indicators: Vec<Figure>,
    #[serde(default)]
    core_elements: Vec<String>,
    #[serde(default)]
    adaptable_elements: Vec<String>,
    #[serde(default)]
    pub kit: Vec<Item>,
    support: Support,
    evidence_level: i64,
    pub provenance: Origin,
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// Whose it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Owner {
    /// By ISTAT code.
    Comune(String),
    /// By name.
    Ambito(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Figure {
    code: String,
    name: String,
    unit: String,
    baseline: Option<f64>,
    value: Option<f64>,
    measured_on: Option<Month>,
    #[serde(default)]
    source: Option<String>,
}

/// A document of the kit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub kind: String,
    pub phase: String,
    pub title: String,
    pub link: Option<String>,
    pub text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Support {
    levels: Vec<SupportLevel>,
    capacity: i64,
    open: bool,
}

/// Where it comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Origin {
    pub kind: Provenance,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    note: String,
}

/// Who answers for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    pub name: String,
    pub role: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub visibility: Visibility,
    /// Left out, it is a person.
    #[serde(default)]
    pub is_role_mailbox: bool,
}

fn text(text: Option<&String>) -> Change<String> {
    text.cloned().map_or(Change::Clear, Change::Set)
}

fn maybe<T: Copy>(value: Option<T>) -> Change<T> {
    value.map_or(Change::Clear, Change::Set)
}

impl Entry {
    /// What it says, as an edit of everything.
    pub(super) fn changes(&self) -> Changes {
        let indicator = |m: &Figure| Indicator {
            code: m.code.clone(),
            name: m.name.clone(),
            unit: m.unit.clone(),
            baseline: m.baseline,
            value: m.value,
            measured_on: m.measured_on,
            source: m.source.clone().unwrap_or_default(),
        };
        Changes {
            title: Change::Set(self.title.clone()),
            summary: Change::Set(self.summary.clone()),
            context: text(self.context.as_ref()),
            objectives: text(self.objectives.as_ref()),
            method: text(self.method.as_ref()),
            results: text(self.results.as_ref()),
            obstacles: text(self.obstacles.as_ref()),
            improvements: text(self.improvements.as_ref()),
            replicability: text(self.replicability.as_ref()),
            field: Change::Set(self.field.clone()),
            other_fields: Change::Set(self.other_fields.clone()),
            targets: Change::Set(self.targets.clone()),
            tools: Change::Set(self.tools.clone()),
            funds: Change::Set(self.funds.clone()),
            places: Change::Set(self.places.clone()),
            partners: Change::Set(self.partners.clone()),
            indicators: Change::Set(self.indicators.iter().map(indicator).collect()),
            core_elements: Change::Set(self.core_elements.clone()),
            adaptable_elements: Change::Set(self.adaptable_elements.clone()),
            started_on: maybe(self.started_on),
            ended_on: maybe(self.ended_on),
            budget_eur: maybe(self.budget_eur),
            setup_cost_eur: maybe(self.setup_cost_eur),
            yearly_cost_eur: maybe(self.yearly_cost_eur),
            staff_fte: maybe(self.staff_fte),
            months_to_start: maybe(self.months_to_start),
            people_reached: maybe(self.people_reached),
            support_levels: Change::Set(self.support.levels.clone()),
            support_capacity: Change::Set(self.support.capacity),
            support_open: Change::Set(self.support.open),
            evidence_level: Change::Set(self.evidence_level),
            sources: Change::Set(self.provenance.sources.clone()),
            provenance_note: Change::Set(self.provenance.note.clone()),
            edition: Change::Keep,
        }
    }
}
