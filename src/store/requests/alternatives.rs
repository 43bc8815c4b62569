//! Where else to ask when an owner said no or nothing.
use crate::{
    domain::{
        id::{PracticeId, RequestId},
        permission::PracticeStatus,
    },
    store::{Conn, Result, sql::*},
};

struct Row {
    request: RequestId,
    practice: PracticeId,
}
record!(Row { request, practice });

/// For each of these requests at most `most` other practices: published, of the same primary field, of neither side,
/// whose owner can take a request now; those with most target groups in common first.
///
/// # Errors
/// A fault from the database.
pub async fn alternatives(
    on: impl Into<Conn<'_>>,
    requests: &[RequestId],
    most: i64,
) -> Result<Vec<(RequestId, PracticeId)>> {
    let rows: Vec<Row> =
        sql("SELECT request, practice FROM (SELECT request, practice, ROW_NUMBER() OVER (PARTITION BY request \
         ORDER BY shared DESC, published_at DESC, practice DESC) AS place FROM (\
         SELECT r.id AS request, p.id AS practice, p.published_at, \
         (SELECT COUNT(*) FROM practice_term a JOIN practice_term b ON b.scheme = a.scheme AND b.code = a.code \
          WHERE a.scheme = 'TARGET' AND a.practice = p.id AND b.practice = r.practice) AS shared \
         FROM replication_request r \
         JOIN practice_term mine ON mine.practice = r.practice AND mine.scheme = 'FIELD' AND mine.weight = 2 \
         JOIN practice_term theirs ON theirs.scheme = 'FIELD' AND theirs.code = mine.code AND theirs.weight = 2 \
         JOIN practice p ON p.id = theirs.practice \
         WHERE r.id")
        .any(requests)
        .text(" AND p.owner <> r.owner AND p.owner <> r.requester AND p.status = ")
        .value(word(PracticeStatus::Published))
        .text(" AND p.support_open = ")
        .value(true)
        .text(" AND p.active_requests < p.support_capacity) found) placed WHERE place <= ")
        .value(most)
        .text(" ORDER BY request, place")
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.request, row.practice)).collect())
}
