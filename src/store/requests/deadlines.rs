//! By when somebody has to act on each request, and what the hub has done about it.
use crate::{
    domain::{
        id::RequestId,
        request::{Deadline, DeadlineKind, Party, ladder::Kept, timing},
        time::Ts,
    },
    store::{Conn, Result, Tx, sql::*},
};

struct Row {
    request: RequestId,
    kind: DeadlineKind,
    due_at: Ts,
    party: Party,
    timer: String,
    wakes_at: Option<Ts>,
    told_at: Option<Ts>,
}
record!(Row { request, kind: word, due_at, party: word, timer, wakes_at, told_at });

impl Row {
    fn deadline(&self) -> Deadline {
        let timer = timing::known(&self.timer).unwrap_or_default();
        Deadline { kind: self.kind, due_at: self.due_at, party: self.party, timer }
    }
}

async fn rows(on: impl Into<Conn<'_>>, requests: &[RequestId]) -> Result<Vec<Row>> {
    let select = "SELECT request, kind, due_at, party, timer, wakes_at, told_at FROM request_deadline WHERE request";
    sql(select).any(requests).text(" ORDER BY request, due_at, kind").all(on).await
}

/// The deadlines of these requests, each the earliest first.
///
/// # Errors
/// A fault from the database.
pub async fn deadlines_of(on: impl Into<Conn<'_>>, requests: &[RequestId]) -> Result<Vec<(RequestId, Deadline)>> {
    Ok(rows(on, requests).await?.into_iter().map(|row| (row.request, row.deadline())).collect())
}

/// The deadlines of a request as the hub keeps them, the earliest first.
///
/// # Errors
/// A fault from the database.
pub async fn kept_deadlines(on: impl Into<Conn<'_>>, request: RequestId) -> Result<Vec<Kept>> {
    let kept = |row: Row| Kept { deadline: row.deadline(), wakes_at: row.wakes_at, told_at: row.told_at };
    Ok(rows(on, &[request]).await?.into_iter().map(kept).collect())
}

/// Puts these in the place of all that were. What is the same stays, with what was done about it.
///
/// # Errors
/// A fault from the database.
pub async fn replace_deadlines(tx: &mut Tx, request: RequestId, new: &[Deadline]) -> Result<()> {
    let old = rows(&mut *tx, &[request]).await?;
    for row in old.iter().filter(|row| !new.contains(&row.deadline())) {
        sql("DELETE FROM request_deadline WHERE").append(key(request, &row.deadline())).run(tx).await?;
    }
    for deadline in new.iter().filter(|deadline| !old.iter().any(|row| row.deadline() == **deadline)) {
        add_deadline(tx, request, deadline).await?;
    }
    Ok(())
}

/// Adds one, unless it is there already.
///
/// # Errors
/// A fault from the database.
pub async fn add_deadline(tx: &mut Tx, request: RequestId, new: &Deadline) -> Result<()> {
    sql("INSERT INTO request_deadline (request, kind, due_at, party, timer, wakes_at) VALUES (")
        .values([
            request.into(),
            word(new.kind),
            new.due_at.into(),
            word(new.party),
            new.timer.into(),
            new.due_at.into(),
        ])
        .text(") ON CONFLICT (request, kind, due_at) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

fn key(request: RequestId, deadline: &Deadline) -> Sql {
    let key = sql(" request = ").value(request).text(" AND kind = ").value(word(deadline.kind));
    key.text(" AND due_at = ").value(deadline.due_at)
}

struct Waking {
    request: RequestId,
}
record!(Waking { request });

/// The requests with a deadline that is to be looked at by now, the longest overdue first; at most `most`.
///
/// # Errors
/// A fault from the database.
pub async fn waking(on: impl Into<Conn<'_>>, now: Ts, most: i64) -> Result<Vec<RequestId>> {
    let waking = sql("SELECT request FROM request_deadline WHERE wakes_at <= ").value(now);
    let waking = waking.text(" GROUP BY request ORDER BY MIN(wakes_at), request LIMIT ").value(most);
    Ok(waking.all::<Waking>(on).await?.into_iter().map(|row| row.request).collect())
}

struct Wake {
    at: Option<Ts>,
}
record!(Wake { at });

/// When the next deadline is to be looked at, if there is one.
///
/// # Errors
/// A fault from the database.
pub async fn next_wake(on: impl Into<Conn<'_>>) -> Result<Option<Ts>> {
    Ok(sql("SELECT MIN(wakes_at) AS at FROM request_deadline").one::<Wake>(on).await?.at)
}

/// Notes that a deadline was dealt with. False where it was already, or is there no longer.
///
/// # Errors
/// A fault from the database.
pub async fn deadline_told(tx: &mut Tx, request: RequestId, deadline: &Deadline, now: Ts) -> Result<bool> {
    let told = sql("UPDATE request_deadline SET wakes_at = NULL, told_at = ").value(now).text(" WHERE");
    Ok(told.append(key(request, deadline)).text(" AND told_at IS NULL").run(tx).await? == 1)
}

/// Looks at a deadline again at `until`.
///
/// # Errors
/// A fault from the database.
pub async fn deadline_waits(tx: &mut Tx, request: RequestId, deadline: &Deadline, until: Ts) -> Result<()> {
    let waits = sql("UPDATE request_deadline SET wakes_at = ").value(until).text(" WHERE");
    waits.append(key(request, deadline)).text(" AND told_at IS NULL").run(tx).await.map(drop)
}

/// Leaves whatever of a request is to be looked at by now until later.
///
/// # Errors
/// A fault from the database.
pub async fn deadlines_wait(tx: &mut Tx, request: RequestId, now: Ts, until: Ts) -> Result<()> {
    let wait = sql("UPDATE request_deadline SET wakes_at = ").value(until).text(" WHERE request = ").value(request);
    wait.text(" AND wakes_at <= ").value(now).run(tx).await.map(drop)
}
