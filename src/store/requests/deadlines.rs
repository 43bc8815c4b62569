//! By when somebody has to act on each request.
use crate::{
    domain::{
        id::RequestId,
        request::{Deadline, DeadlineKind, Party},
        time::Ts,
    },
    store::{Conn, Result, Tx, sql::*},
};

struct Row {
    request: RequestId,
    kind: DeadlineKind,
    due_at: Ts,
    party: Party,
}
record!(Row { request, kind: word, due_at, party: word });

/// The deadlines of these requests, each the earliest first.
///
/// # Errors
/// A fault from the database.
pub async fn deadlines_of(on: impl Into<Conn<'_>>, requests: &[RequestId]) -> Result<Vec<(RequestId, Deadline)>> {
    let select = sql("SELECT request, kind, due_at, party FROM request_deadline WHERE request").any(requests);
    let rows: Vec<Row> = select.text(" ORDER BY request, due_at, kind").all(on).await?;
    let pair = |row: Row| (row.request, Deadline { kind: row.kind, due_at: row.due_at, party: row.party });
    Ok(rows.into_iter().map(pair).collect())
}

/// Puts these in the place of all that were.
///
/// # Errors
/// A fault from the database.
pub async fn replace_deadlines(tx: &mut Tx, request: RequestId, new: &[Deadline]) -> Result<()> {
    sql("DELETE FROM request_deadline WHERE request = ").value(request).run(tx).await?;
    if new.is_empty() {
        return Ok(());
    }
    let mut insert = sql("INSERT INTO request_deadline (request, kind, due_at, party) VALUES ");
    for (i, deadline) in new.iter().enumerate() {
        insert = insert.text(if i == 0 { "(" } else { ", (" });
        let row = [request.into(), word(deadline.kind), deadline.due_at.into(), word(deadline.party)];
        insert = insert.values(row).text(")");
    }
    insert.run(tx).await.map(drop)
}
