//! Practices and the terms they are filtered by. Counters have functions of their own: an edit never touches them.
mod brief;
mod delete;
mod list;

pub use delete::delete;
pub use list::{Filter, Sees, Sort, count, list};

use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    practice::Practice,
    term::Scheme,
    text::folded,
};
use brief::{BRIEF, Brief};

record!(Practice {
    id,
    slug,
    owner,
    status: word,
    version,
    title,
    summary,
    context,
    objectives,
    method,
    results,
    obstacles,
    improvements,
    replicability,
    field,
    other_fields: json,
    targets: json,
    tools: json,
    funds: json,
    places: json,
    partners: json,
    indicators: json,
    core_elements: json,
    adaptable_elements: json,
    started_on: maybe_parse,
    ended_on: maybe_parse,
    budget_eur,
    setup_cost_eur,
    yearly_cost_eur,
    staff_fte,
    months_to_start,
    people_reached,
    support_levels: json,
    support_capacity,
    support_open,
    evidence_level,
    provenance: word,
    sources: json,
    provenance_note,
    edition,
    review_note,
    kit_completeness,
    requests_count,
    active_requests,
    replications_count,
    created_by,
    created_at,
    updated_at,
    published_at
});

const WHOLE: &str = "SELECT p.id, p.slug, p.owner, p.status, p.version, p.title, p.abstract AS summary, p.context, \
    p.objectives, p.method, p.results, p.obstacles, p.improvements, p.replicability, p.field, p.other_fields, \
    p.targets, p.tools, p.funds, p.places, p.partners, p.indicators, p.core_elements, p.adaptable_elements, \
    p.started_on, p.ended_on, p.budget_eur, p.setup_cost_eur, p.yearly_cost_eur, p.staff_fte, p.months_to_start, \
    p.people_reached, p.support_levels, p.support_capacity, p.support_open, p.evidence_level, p.provenance, p.sources, \
    p.provenance_note, p.edition, p.review_note, p.kit_completeness, p.requests_count, p.active_requests, \
    p.replications_count, p.created_by, p.created_at, p.updated_at, p.published_at FROM practice p";

/// The practice with this id, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: PracticeId) -> Result<Option<Practice>> {
    sql(WHOLE).text(" WHERE p.id = ").value(id).optional(on).await
}

/// The practices with these ids, in no order, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[PracticeId]) -> Result<Vec<Practice>> {
    sql(WHOLE).text(" WHERE p.id").any(ids).all(on).await
}

/// As [`find_many`], in brief.
///
/// # Errors
/// A fault from the database.
pub async fn find_many_brief(on: impl Into<Conn<'_>>, ids: &[PracticeId]) -> Result<Vec<Practice>> {
    let rows: Vec<Brief> = sql(BRIEF).text(" WHERE p.id").any(ids).all(on).await?;
    Ok(rows.into_iter().map(Practice::from).collect())
}

/// The practice with this slug, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_slug(on: impl Into<Conn<'_>>, slug: &str) -> Result<Option<Practice>> {
    sql(WHOLE).text(" WHERE p.slug = ").value(slug).optional(on).await
}

/// The practice with this id, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: PracticeId) -> Result<Option<Practice>> {
    sql(WHOLE).text(" WHERE p.id = ").value(id).for_update().optional(tx).await
}

/// What titles are sorted by: folded, so that both engines agree.
fn title_key(title: &str) -> String {
    folded(title)
}

/// All columns that an edit writes.
fn written(p: &Practice) -> Result<Vec<(&'static str, Arg)>> {
    Ok(vec![
        ("status", word(p.status)),
        ("version", p.version.into()),
        ("title", (&p.title).into()),
        ("title_key", title_key(&p.title).into()),
        ("abstract", (&p.summary).into()),
        ("context", (&p.context).into()),
        ("objectives", (&p.objectives).into()),
        ("method", (&p.method).into()),
        ("results", (&p.results).into()),
        ("obstacles", (&p.obstacles).into()),
        ("improvements", (&p.improvements).into()),
        ("replicability", (&p.replicability).into()),
        ("field", p.field.clone().into()),
        ("other_fields", json(&p.other_fields)?),
        ("targets", json(&p.targets)?),
        ("tools", json(&p.tools)?),
        ("funds", json(&p.funds)?),
        ("places", json(&p.places)?),
        ("partners", json(&p.partners)?),
        ("indicators", json(&p.indicators)?),
        ("core_elements", json(&p.core_elements)?),
        ("adaptable_elements", json(&p.adaptable_elements)?),
        ("started_on", p.started_on.map(|month| month.to_string()).into()),
        ("ended_on", p.ended_on.map(|month| month.to_string()).into()),
        ("budget_eur", p.budget_eur.into()),
        ("setup_cost_eur", p.setup_cost_eur.into()),
        ("yearly_cost_eur", p.yearly_cost_eur.into()),
        ("staff_fte", p.staff_fte.into()),
        ("months_to_start", p.months_to_start.into()),
        ("people_reached", p.people_reached.into()),
        ("support_levels", json(&p.support_levels)?),
        ("support_capacity", p.support_capacity.into()),
        ("support_open", p.support_open.into()),
        ("evidence_level", p.evidence_level.into()),
        ("provenance", word(p.provenance)),
        ("sources", json(&p.sources)?),
        ("provenance_note", (&p.provenance_note).into()),
        ("edition", p.edition.clone().into()),
        ("review_note", (&p.review_note).into()),
        ("kit_completeness", p.kit_completeness.into()),
        ("updated_at", p.updated_at.into()),
        ("published_at", p.published_at.into()),
    ])
}

/// Adds a practice, without its counters. False where the slug is taken: then nothing was added.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, p: &Practice) -> Result<bool> {
    let mut columns = vec![
        ("id", p.id.into()),
        ("slug", (&p.slug).into()),
        ("owner", p.owner.into()),
        ("created_by", p.created_by.into()),
        ("created_at", p.created_at.into()),
    ];
    columns.extend(written(p)?);
    let mut insert = sql("INSERT INTO practice (");
    for (i, (column, _)) in columns.iter().enumerate() {
        insert = insert.text(if i == 0 { "" } else { ", " }).text(column);
    }
    insert = insert.text(") VALUES (").values(columns.into_iter().map(|(_, value)| value));
    let rows = insert.text(") ON CONFLICT (slug) DO NOTHING").run(tx).await?;
    if rows == 1 {
        insert_terms(tx, p).await?;
    }
    Ok(rows == 1)
}

/// Writes everything that an edit may have changed. The caller holds the row's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, p: &Practice) -> Result<()> {
    let mut update = sql("UPDATE practice SET ");
    for (i, (column, value)) in written(p)?.into_iter().enumerate() {
        update = update.text(if i == 0 { "" } else { ", " }).text(column).text(" = ").value(value);
    }
    update.text(" WHERE id = ").value(p.id).run(tx).await?;
    sql("DELETE FROM practice_term WHERE practice = ").value(p.id).run(tx).await?;
    insert_terms(tx, p).await
}

async fn insert_terms(tx: &mut Tx, p: &Practice) -> Result<()> {
    let mut rows: Vec<(Scheme, &String, i64)> = p.field.iter().map(|code| (Scheme::Field, code, 2)).collect();
    for (scheme, codes) in [
        (Scheme::Field, &p.other_fields),
        (Scheme::Target, &p.targets),
        (Scheme::Tool, &p.tools),
        (Scheme::Fund, &p.funds),
    ] {
        rows.extend(codes.iter().map(|code| (scheme, code, 1)));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = sql("INSERT INTO practice_term (scheme, code, practice, weight) VALUES ");
    for (i, (scheme, code, weight)) in rows.into_iter().enumerate() {
        insert = insert.text(if i == 0 { "(" } else { ", (" });
        insert = insert.values([word(scheme), code.into(), p.id.into(), weight.into()]).text(")");
    }
    insert.text(" ON CONFLICT (scheme, code, practice) DO NOTHING").run(tx).await.map(drop)
}

/// Writes the kit's score and when it changed. The caller holds the row's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update_kit_score(tx: &mut Tx, p: &Practice) -> Result<()> {
    sql("UPDATE practice SET kit_completeness = ")
        .value(p.kit_completeness)
        .text(", updated_at = ")
        .value(p.updated_at)
        .text(" WHERE id = ")
        .value(p.id)
        .run(tx)
        .await
        .map(drop)
}

/// Adds to the counters: requests ever sent, requests carried now, practices that come from it.
///
/// # Errors
/// A fault from the database.
pub async fn update_counters(tx: &mut Tx, id: PracticeId, requests: i64, active: i64, replications: i64) -> Result<()> {
    sql("UPDATE practice SET requests_count = requests_count + ")
        .value(requests)
        .text(", active_requests = active_requests + ")
        .value(active)
        .text(", replications_count = replications_count + ")
        .value(replications)
        .text(" WHERE id = ")
        .value(id)
        .run(tx)
        .await
        .map(drop)
}

/// Adds to the number of published practices of a territory.
///
/// # Errors
/// A fault from the database.
pub async fn update_owner_counter(tx: &mut Tx, owner: TerritoryId, practices: i64) -> Result<()> {
    sql("UPDATE territory SET practices_count = practices_count + ")
        .value(practices)
        .text(" WHERE id = ")
        .value(owner)
        .run(tx)
        .await
        .map(drop)
}

struct Published {
    id: TerritoryId,
    practices_count: i64,
}
record!(Published { id, practices_count });

/// How many published practices each of these territories has.
///
/// # Errors
/// A fault from the database.
pub async fn owner_counters(on: impl Into<Conn<'_>>, owners: &[TerritoryId]) -> Result<Vec<(TerritoryId, i64)>> {
    let rows = sql("SELECT id, practices_count FROM territory WHERE id").any(owners).all::<Published>(on).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.practices_count)).collect())
}
