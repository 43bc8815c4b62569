//! Practices in brief: what lists show, matches are judged by and permissions ask for. A whole row has twice the columns and ten times the bytes,
//! and a document costs PostgreSQL more than all plain columns of its row.
use crate::domain::{
    id::{PracticeId, TerritoryId},
    permission::PracticeStatus,
    practice::{Practice, Provenance},
    time::Ts,
};

/// A row of [`BRIEF`].
pub(super) struct Brief {
    pub(super) id: PracticeId,
    slug: String,
    owner: TerritoryId,
    status: PracticeStatus,
    version: i64,
    pub(super) title: String,
    summary: String,
    field: Option<String>,
    other_fields: Vec<String>,
    targets: Vec<String>,
    tools: Vec<String>,
    funds: Vec<String>,
    budget_eur: Option<i64>,
    setup_cost_eur: Option<i64>,
    yearly_cost_eur: Option<i64>,
    staff_fte: Option<f64>,
    months_to_start: Option<i64>,
    support_capacity: i64,
    support_open: bool,
    evidence_level: i64,
    provenance: Provenance,
    kit_completeness: i64,
    requests_count: i64,
    active_requests: i64,
    replications_count: i64,
    created_at: Ts,
    pub(super) updated_at: Ts,
    pub(super) published_at: Option<Ts>,
}
record!(Brief {
    id,
    slug,
    owner,
    status: word,
    version,
    title,
    summary,
    field,
    other_fields: json,
    targets: json,
    tools: json,
    funds: json,
    budget_eur,
    setup_cost_eur,
    yearly_cost_eur,
    staff_fte,
    months_to_start,
    support_capacity,
    support_open,
    evidence_level,
    provenance: word,
    kit_completeness,
    requests_count,
    active_requests,
    replications_count,
    created_at,
    updated_at,
    published_at
});

pub(super) const BRIEF: &str = "SELECT p.id, p.slug, p.owner, p.status, p.version, p.title, p.abstract AS summary, \
    p.field, p.other_fields, p.targets, p.tools, p.funds, p.budget_eur, p.setup_cost_eur, p.yearly_cost_eur, \
    p.staff_fte, p.months_to_start, p.support_capacity, p.support_open, p.evidence_level, p.provenance, \
    p.kit_completeness, p.requests_count, p.active_requests, p.replications_count, p.created_at, \
    p.updated_at, p.published_at FROM practice p";

/// What is not read stands as in an empty draft.
impl From<Brief> for Practice {
    fn from(row: Brief) -> Self {
        Self {
            slug: row.slug,
            status: row.status,
            version: row.version,
            title: row.title,
            summary: row.summary,
            field: row.field,
            other_fields: row.other_fields,
            targets: row.targets,
            tools: row.tools,
            funds: row.funds,
            budget_eur: row.budget_eur,
            setup_cost_eur: row.setup_cost_eur,
            yearly_cost_eur: row.yearly_cost_eur,
            staff_fte: row.staff_fte,
            months_to_start: row.months_to_start,
            support_capacity: row.support_capacity,
            support_open: row.support_open,
            evidence_level: row.evidence_level,
            provenance: row.provenance,
            kit_completeness: row.kit_completeness,
            requests_count: row.requests_count,
            active_requests: row.active_requests,
            replications_count: row.replications_count,
            updated_at: row.updated_at,
            published_at: row.published_at,
            ..Self::draft(row.id, row.owner, None, row.created_at)
        }
    }
}
