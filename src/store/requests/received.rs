//! When the requests that territories received were sent, noted and answered.
use crate::{
    domain::{id::TerritoryId, request::responsiveness::Received, time::Ts},
    store::{Conn, Result, sql::*},
};

record!(Received { owner, sent_at, acknowledged_at, answered_at, withdrawn_at });

/// The requests sent to these territories after `after`, without those that are made up; one statement.
///
/// # Errors
/// A fault from the database.
pub async fn received(on: impl Into<Conn<'_>>, owners: &[TerritoryId], after: Ts) -> Result<Vec<Received>> {
    sql("SELECT r.owner, r.sent_at, \
         MIN(CASE WHEN e.from_state = 'SENT' AND e.to_state IN ('ACKNOWLEDGED', 'DECLINED') THEN e.at END) \
             AS acknowledged_at, \
         MIN(CASE WHEN e.from_state IN ('SENT', 'ACKNOWLEDGED') AND e.to_state IN ('ACCEPTED', 'DECLINED') THEN e.at END) \
             AS answered_at, \
         MIN(CASE WHEN e.from_state = 'SENT' AND e.to_state = 'WITHDRAWN' THEN e.at END) AS withdrawn_at \
         FROM replication_request r LEFT JOIN request_event e ON e.request = r.id WHERE r.owner")
    .any(owners)
    .text(" AND r.illustrative = ")
    .value(false)
    .text(" AND r.sent_at > ")
    .value(after)
    .text(" GROUP BY r.id, r.owner, r.sent_at")
    .all(on)
    .await
}
