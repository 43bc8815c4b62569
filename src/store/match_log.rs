//! What was shown, and what came of it. What was sent and accepted is not kept twice: it is in the requests.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    matching::shown::{Shown, written},
    time::Ts,
};
use uuid::Uuid;

/// Notes what was shown, each practice once. What was shown before under the same key is replaced until something came of
/// it: it was opened, or a request was sent.
///
/// # Errors
/// A fault from the database.
pub async fn show(tx: &mut Tx, all: &[Shown]) -> Result<u64> {
    if all.is_empty() {
        return Ok(0);
    }
    let mut insert =
        sql("INSERT INTO match_shown (territory, need, practice, position, score, parts, shown_at) VALUES ");
    for (i, one) in all.iter().enumerate() {
        insert = insert.text(if i > 0 { ", (" } else { "(" }).values([
            one.territory.into(),
            one.need.unwrap_or_default().into(),
            one.practice.into(),
            one.position.into(),
            one.score.into(),
            written(&one.values).into(),
            one.at.into(),
        ]);
        insert = insert.text(")");
    }
    insert
        .text(
            " ON CONFLICT (territory, need, practice) DO UPDATE SET position = excluded.position, \
             score = excluded.score, parts = excluded.parts, shown_at = excluded.shown_at \
             WHERE match_shown.opened_at IS NULL AND NOT EXISTS (SELECT 1 FROM replication_request r \
             WHERE r.requester = match_shown.territory AND r.practice = match_shown.practice \
             AND r.sent_at >= match_shown.shown_at)",
        )
        .run(tx)
        .await
}

/// Notes that a match was opened, the first time; false where it was not shown.
///
/// # Errors
/// A fault from the database.
pub async fn open(
    tx: &mut Tx,
    territory: TerritoryId,
    need: Option<Uuid>,
    practice: PracticeId,
    at: Ts,
) -> Result<bool> {
    let opened = sql("UPDATE match_shown SET opened_at = COALESCE(opened_at, ").value(at).text(") WHERE territory = ");
    let opened = opened.value(territory).text(" AND need = ").value(need.unwrap_or_default());
    Ok(opened.text(" AND practice = ").value(practice).run(tx).await? > 0)
}

/// What came of one match that was shown.
#[derive(Clone, Debug)]
pub struct Followed {
    territory: Uuid,
    need: Uuid,
    practice: Uuid,
    /// Its place among those shown, from 1.
    pub position: i64,
    /// Its values, as they are kept.
    pub parts: String,
    /// Whether it was opened.
    pub opened: bool,
    /// Whether its territory sent a request for it afterwards.
    pub sent: bool,
    /// Whether such a request was accepted.
    pub accepted: bool,
}
record!(Followed { territory, need, practice, position, parts, opened, sent, accepted });

/// What came of the matches that were shown, after this one in the order of their keys, at most so many.
///
/// # Errors
/// A fault from the database.
pub async fn followed(on: impl Into<Conn<'_>>, after: Option<&Followed>, limit: i64) -> Result<Vec<Followed>> {
    let mut all =
        sql("SELECT m.territory, m.need, m.practice, m.position, m.parts, m.opened_at IS NOT NULL AS opened, \
         EXISTS (SELECT 1 FROM replication_request r WHERE r.requester = m.territory AND r.practice = m.practice \
         AND r.sent_at >= m.shown_at) AS sent, \
         EXISTS (SELECT 1 FROM replication_request r JOIN request_event e ON e.request = r.id \
         WHERE r.requester = m.territory AND r.practice = m.practice AND r.sent_at >= m.shown_at \
         AND e.to_state = 'ACCEPTED') AS accepted FROM match_shown m");
    if let Some(after) = after {
        all = all.text(" WHERE (m.territory, m.need, m.practice) > (");
        all = all.values([after.territory.into(), after.need.into(), after.practice.into()]).text(")");
    }
    all.text(" ORDER BY m.territory, m.need, m.practice LIMIT ").value(limit).all(on).await
}
