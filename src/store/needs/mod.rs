//! Needs, the terms they are filtered by, and who watches them; the practices that answer them are beside.
mod list;
mod matches;
mod watch;

pub use list::{Filter, count, list};
pub use matches::{
    Fit, Side, brought_to, count_of, count_to_help, find_match, keep_best, matches_of, matches_to_help, open_for,
    save_fits, unfit,
};
pub use watch::{Watcher, unwatch, watch, watched, watchers};

use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{NeedId, PersonId, TerritoryId},
    need::{Need, NeedClosing, NeedState, Wanted},
    term::Scheme,
    time::Ts,
};

/// A row of [`SELECT`].
struct Row {
    id: NeedId,
    territory: TerritoryId,
    text: String,
    field: Option<String>,
    targets: Vec<String>,
    tools: Vec<String>,
    funds: Vec<String>,
    budget_eur: Option<i64>,
    staff_fte: Option<f64>,
    months: Option<i64>,
    illustrative: bool,
    state: NeedState,
    closed_because: Option<NeedClosing>,
    closing_note: String,
    version: i64,
    created_by: Option<PersonId>,
    created_at: Ts,
    updated_at: Ts,
    closed_at: Option<Ts>,
}
record!(Row {
    id,
    territory,
    text,
    field,
    targets: json,
    tools: json,
    funds: json,
    budget_eur,
    staff_fte,
    months,
    illustrative,
    state: word,
    closed_because: maybe_word,
    closing_note,
    version,
    created_by,
    created_at,
    updated_at,
    closed_at
});

const SELECT: &str = "SELECT n.id, n.territory, n.text, n.field, n.targets, n.tools, n.funds, n.budget_eur, \
    n.staff_fte, n.months, n.illustrative, n.state, n.closed_because, n.closing_note, n.version, n.created_by, \
    n.created_at, n.updated_at, n.closed_at FROM need n";

impl From<Row> for Need {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            territory: row.territory,
            wanted: Wanted {
                text: row.text,
                field: row.field,
                targets: row.targets,
                tools: row.tools,
                funds: row.funds,
                budget_eur: row.budget_eur,
                staff_fte: row.staff_fte,
                months: row.months,
            },
            illustrative: row.illustrative,
            state: row.state,
            closed_because: row.closed_because,
            closing_note: row.closing_note,
            version: row.version,
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            closed_at: row.closed_at,
        }
    }
}

/// The need with this id.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: NeedId) -> Result<Option<Need>> {
    Ok(sql(SELECT).text(" WHERE n.id = ").value(id).optional::<Row>(on).await?.map(Into::into))
}

/// The needs with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[NeedId]) -> Result<Vec<Need>> {
    let rows: Vec<Row> = sql(SELECT).text(" WHERE n.id").any(ids).all(on).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The need with this id, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: NeedId) -> Result<Option<Need>> {
    let found = sql(SELECT).text(" WHERE n.id = ").value(id).for_update().optional::<Row>(tx).await?;
    Ok(found.map(Into::into))
}

struct Place {
    id: TerritoryId,
}
record!(Place { id });

struct Count {
    n: i64,
}
record!(Count { n });

/// How many open needs a territory has, for who is going to add one: others wait until the transaction ends. None
/// where there is no such territory.
///
/// # Errors
/// A fault from the database.
pub async fn open_for_update(tx: &mut Tx, territory: TerritoryId) -> Result<Option<i64>> {
    let place = sql("SELECT id FROM territory WHERE id = ").value(territory).for_update();
    let Some(place) = place.optional::<Place>(&mut *tx).await? else { return Ok(None) };
    let open = sql("SELECT COUNT(*) AS n FROM need WHERE territory = ").value(place.id).text(" AND state = ");
    Ok(Some(open.value(word(NeedState::Open)).one::<Count>(tx).await?.n))
}

/// All columns that a change writes.
fn written(need: &Need) -> Result<Vec<(&'static str, Arg)>> {
    let wanted = &need.wanted;
    Ok(vec![
        ("text", (&wanted.text).into()),
        ("field", wanted.field.clone().into()),
        ("targets", json(&wanted.targets)?),
        ("tools", json(&wanted.tools)?),
        ("funds", json(&wanted.funds)?),
        ("budget_eur", wanted.budget_eur.into()),
        ("staff_fte", wanted.staff_fte.into()),
        ("months", wanted.months.into()),
        ("state", word(need.state)),
        ("closed_because", need.closed_because.map_or(Arg::Text(None), word)),
        ("closing_note", (&need.closing_note).into()),
        ("version", need.version.into()),
        ("updated_at", need.updated_at.into()),
        ("closed_at", need.closed_at.into()),
    ])
}

/// Adds a need.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, need: &Need) -> Result<()> {
    let mut columns = vec![
        ("id", need.id.into()),
        ("territory", need.territory.into()),
        ("illustrative", need.illustrative.into()),
        ("created_by", need.created_by.into()),
        ("created_at", need.created_at.into()),
    ];
    columns.extend(written(need)?);
    let mut insert = sql("INSERT INTO need (");
    for (i, (column, _)) in columns.iter().enumerate() {
        insert = insert.text(if i == 0 { "" } else { ", " }).text(column);
    }
    insert = insert.text(") VALUES (").values(columns.into_iter().map(|(_, value)| value));
    insert.text(")").run(tx).await?;
    insert_terms(tx, need).await
}

/// Writes everything that a change may have changed. The caller holds the row's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, need: &Need) -> Result<()> {
    let mut update = sql("UPDATE need SET ");
    for (i, (column, value)) in written(need)?.into_iter().enumerate() {
        update = update.text(if i == 0 { "" } else { ", " }).text(column).text(" = ").value(value);
    }
    update.text(" WHERE id = ").value(need.id).run(tx).await?;
    sql("DELETE FROM need_term WHERE need = ").value(need.id).run(tx).await?;
    insert_terms(tx, need).await
}

async fn insert_terms(tx: &mut Tx, need: &Need) -> Result<()> {
    let wanted = &need.wanted;
    let mut rows: Vec<(Scheme, &String)> = wanted.field.iter().map(|code| (Scheme::Field, code)).collect();
    for (scheme, codes) in
        [(Scheme::Target, &wanted.targets), (Scheme::Tool, &wanted.tools), (Scheme::Fund, &wanted.funds)]
    {
        rows.extend(codes.iter().map(|code| (scheme, code)));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = sql("INSERT INTO need_term (scheme, code, need) VALUES ");
    for (i, (scheme, code)) in rows.into_iter().enumerate() {
        insert = insert.text(if i == 0 { "(" } else { ", (" }).values([word(scheme), code.into(), need.id.into()]);
        insert = insert.text(")");
    }
    insert.text(" ON CONFLICT (scheme, code, need) DO NOTHING").run(tx).await.map(drop)
}
