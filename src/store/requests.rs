//! Replication requests. Their story and their deadlines are in the files beside.
mod alternatives;
mod deadlines;
mod list;
mod received;
mod story;

pub use alternatives::alternatives;
pub use deadlines::{
    add_deadline, deadline_told, deadline_waits, deadlines_of, deadlines_wait, kept_deadlines, next_wake,
    replace_deadlines, waking,
};
pub use list::{Filter, Sees, Sort, count, list};
pub use received::received;
pub use story::{insert_moment, story_of};

use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PracticeId, RequestId, TerritoryId},
    request::{Request, RequestState},
};

record!(Request {
    id,
    number,
    practice,
    requester,
    owner,
    author,
    state: word,
    state_since,
    awaiting: word,
    awaiting_since,
    version,
    support_level: maybe_word,
    need,
    kit_wanted: json,
    wished_start: maybe_parse,
    mentor,
    first_date: maybe_parse,
    agreement: maybe_json,
    started_on: maybe_parse,
    checked_in_at,
    paused_until: maybe_parse,
    extended_days,
    outcome: maybe_json,
    confirmation: maybe_json,
    follow_ups: json,
    copy,
    illustrative,
    created_at,
    updated_at,
    sent_at
});

const SELECT: &str = "SELECT r.id, r.number, r.practice, r.requester, r.owner, r.author, r.state, r.state_since, \
    r.awaiting, r.awaiting_since, r.version, r.support_level, r.need, r.kit_wanted, r.wished_start, r.mentor, \
    r.first_date, r.agreement, r.started_on, r.checked_in_at, r.paused_until, r.extended_days, r.outcome, \
    r.confirmation, r.follow_ups, r.copy, r.illustrative, r.created_at, r.updated_at, r.sent_at \
    FROM replication_request r";

/// The requests with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[RequestId]) -> Result<Vec<Request>> {
    sql(SELECT).text(" WHERE r.id").any(ids).all(on).await
}

/// The request with this id.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: RequestId) -> Result<Option<Request>> {
    sql(SELECT).text(" WHERE r.id = ").value(id).optional(on).await
}

/// The request with this number.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_number(on: impl Into<Conn<'_>>, number: &str) -> Result<Option<Request>> {
    sql(SELECT).text(" WHERE r.number = ").value(number).optional(on).await
}

/// The request with this id, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: RequestId) -> Result<Option<Request>> {
    sql(SELECT).text(" WHERE r.id = ").value(id).for_update().optional(tx).await
}

/// The open requests for these practices.
///
/// # Errors
/// A fault from the database.
pub async fn open_for(on: impl Into<Conn<'_>>, practices: &[PracticeId]) -> Result<Vec<Open>> {
    sql("SELECT r.id, r.number, r.practice, r.requester FROM replication_request r WHERE r.state")
        .any(words(RequestState::open()))
        .text(" AND r.practice")
        .any(practices)
        .all(on)
        .await
}

/// An open request: one for each practice and requester.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Key.
    pub id: RequestId,
    /// Its number.
    pub number: String,
    /// For which practice.
    pub practice: PracticeId,
    /// Of whom.
    pub requester: TerritoryId,
}
record!(Open { id, number, practice, requester });

struct Last {
    last: i64,
}
record!(Last { last });

/// Takes the next number of a year. Its row stays locked until the transaction ends: no number is given twice, and
/// none is lost where the transaction fails.
///
/// # Errors
/// A fault from the database.
pub async fn next_number(tx: &mut Tx, year: i16) -> Result<i64> {
    let next = sql("INSERT INTO request_number (year, last) VALUES (").value(i64::from(year));
    let next = next.text(", 1) ON CONFLICT (year) DO UPDATE SET last = request_number.last + 1 RETURNING last");
    Ok(next.one::<Last>(tx).await?.last)
}

/// Adds a request. False where the requester has an open one for the practice already: on PostgreSQL the transaction
/// is then lost.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, r: &Request) -> Result<bool> {
    let done = sql("INSERT INTO replication_request (id, number, practice, requester, owner, author, illustrative, \
         created_at, sent_at, state, state_since, awaiting, awaiting_since, version, support_level, need, kit_wanted, \
         wished_start, mentor, first_date, agreement, started_on, checked_in_at, paused_until, extended_days, outcome, \
         confirmation, follow_ups, copy, updated_at) VALUES (")
    .values([
        r.id.into(),
        (&r.number).into(),
        r.practice.into(),
        r.requester.into(),
        r.owner.into(),
        r.author.into(),
        r.illustrative.into(),
        r.created_at.into(),
        r.sent_at.into(),
    ])
    .text(", ")
    .values(changing(r)?.map(|(_, value)| value))
    .text(")")
    .run_unless_taken(tx)
    .await?;
    Ok(done.is_some())
}

/// Writes a request back, if it still has `version`. How many rows had it: 0 or 1; none where another open request of
/// the same pair is in the way, and then the transaction is lost on PostgreSQL.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, r: &Request, version: i64) -> Result<Option<u64>> {
    let mut update = sql("UPDATE replication_request SET sent_at = ").value(r.sent_at);
    for (column, value) in changing(r)? {
        update = update.text(", ").text(column).text(" = ").value(value);
    }
    update.text(" WHERE id = ").value(r.id).text(" AND version = ").value(version).run_unless_taken(tx).await
}

/// The columns that change, with their values, in the order of [`insert`].
fn changing(r: &Request) -> Result<[(&'static str, Arg); 21]> {
    let date = |day: Option<crate::domain::time::Date>| Arg::Text(day.map(|day| day.to_string()));
    Ok([
        ("state", word(r.state)),
        ("state_since", r.state_since.into()),
        ("awaiting", word(r.awaiting)),
        ("awaiting_since", r.awaiting_since.into()),
        ("version", r.version.into()),
        ("support_level", r.support_level.map_or(Arg::Text(None), word)),
        ("need", (&r.need).into()),
        ("kit_wanted", json(&r.kit_wanted)?),
        ("wished_start", date(r.wished_start)),
        ("mentor", r.mentor.into()),
        ("first_date", date(r.first_date)),
        ("agreement", maybe_json(r.agreement.as_ref())?),
        ("started_on", date(r.started_on)),
        ("checked_in_at", r.checked_in_at.into()),
        ("paused_until", date(r.paused_until)),
        ("extended_days", r.extended_days.into()),
        ("outcome", maybe_json(r.outcome.as_ref())?),
        ("confirmation", maybe_json(r.confirmation.as_ref())?),
        ("follow_ups", json(&r.follow_ups)?),
        ("copy", r.copy.into()),
        ("updated_at", r.updated_at.into()),
    ])
}

fn maybe_json<T: serde::Serialize>(value: Option<&T>) -> Result<Arg> {
    value.map_or(Ok(Arg::Json(None)), json)
}
