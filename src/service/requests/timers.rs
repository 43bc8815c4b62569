//! What the hub does when a time has come and nobody has acted: it tells, or takes the step that the table gives it.
//! Everything hangs on the stored deadlines, so nothing is missed while it stands still; of several instances each
//! deadline is dealt with by one, and in the same transaction noted in the log.
use super::{
    ask,
    draft::discard,
    engine::{On, patron, renew_deadlines},
};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::RequestId,
        permission::Actor,
        refusal::{Failure, Fault},
        request::{
            Deadline, DeadlineKind, Request, deadline,
            ladder::{self, Move},
        },
        word::Word,
    },
    store::{Tx, requests},
};

/// How long a step that could not be taken waits, in seconds.
const AGAIN: i64 = 3600;
/// The reason of a withdrawal for want of an answer.
const NO_ANSWER: &str = "NO_ANSWER";

/// The requests that have a time that has come, at most `most`, the longest overdue first.
///
/// # Errors
/// A fault from the database.
pub async fn waking(app: &App, most: i64) -> Result<Vec<RequestId>, Fault> {
    requests::waking(&app.store, app.clock.now(), most).await
}

/// Deals with what has come for a request: whoever was met meanwhile is told nothing.
///
/// # Errors
/// A fault from the database: then nothing was done.
pub async fn take(app: &App, id: RequestId) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    // The lock on the request orders us with whoever takes a step now, and with other instances.
    let Some(request) = requests::find_for_update(&mut tx, id).await? else { return Ok(()) };
    let mut kept = requests::kept_deadlines(&mut tx, id).await?;
    if kept.iter().any(|kept| kept.deadline.timer.is_empty()) {
        renew_deadlines(&mut tx, app, &request, true).await?;
        kept = requests::kept_deadlines(&mut tx, id).await?;
    }
    let mut end = None;
    for step in ladder::decide(&kept, now, app.config.timing.grace) {
        match step {
            Move::Take(deadline) if deadline.kind.ends() => end = Some(deadline),
            Move::Take(deadline) => tell(&mut tx, app, &request, &deadline).await?,
            Move::Skip(deadline) => drop(requests::deadline_told(&mut tx, id, &deadline, now).await?),
            Move::Wait(deadline, until) => requests::deadline_waits(&mut tx, id, &deadline, until).await?,
        }
    }
    tx.commit(now).await?;
    match end {
        Some(deadline) => step(app, &request, &deadline).await,
        None => Ok(()),
    }
}

/// Notes that the time has come; whoever follows the log writes the letters.
async fn tell(tx: &mut Tx, app: &App, request: &Request, due: &Deadline) -> Result<(), Fault> {
    let now = app.clock.now();
    if !requests::deadline_told(tx, request.id, due, now).await? {
        return Ok(());
    }
    if due.kind == DeadlineKind::CheckIn
        && let Some(next) = deadline::next_check_in(due.due_at, now, &app.config.timing, patron(app, request).await?)
    {
        requests::add_deadline(tx, request.id, &Deadline { due_at: next, ..due.clone() }).await?;
    }
    tx.emit(
        NewEvent::new(EventKind::DeadlineReached, request.id)
            .id("practice", request.practice)
            .id("requester", request.requester)
            .id("owner", request.owner)
            .note("version", request.version)
            .note("state", request.state.as_str())
            .note("timer", due.timer)
            .note("deadline", due.kind.as_str())
            .note("party", due.party.as_str())
            .note("due", due.due_at.micros()),
    );
    Ok(())
}

/// The hub's own step at the end of a ladder.
async fn step(app: &App, request: &Request, due: &Deadline) -> Result<(), Fault> {
    let on = On { expected_version: Some(request.version), ..On::request(request.id) };
    let taken = match due.kind {
        DeadlineKind::Expire => ask::expire(app, &Actor::System, on).await,
        DeadlineKind::Discard => discard(app, &Actor::System, on).await,
        _ => ask::withdraw(app, &Actor::System, On { reason: Some(NO_ANSWER.to_owned()), ..on }).await,
    };
    match taken {
        Ok(_) => Ok(()),
        Err(Failure::Fault(fault)) => Err(fault),
        Err(Failure::Refused(refusals)) => {
            // Somebody acted in between, or the settings are not those of when it was noted.
            tracing::info!(request = %request.id, timer = due.timer, code = refusals[0].code.as_str(), "not yet");
            let mut tx = app.store.begin().await?;
            let Some(request) = requests::find_for_update(&mut tx, request.id).await? else { return Ok(()) };
            renew_deadlines(&mut tx, app, &request, true).await?;
            let now = app.clock.now();
            requests::deadlines_wait(&mut tx, request.id, now, now.plus_seconds(AGAIN)).await?;
            tx.commit(now).await
        }
    }
}

/// Leaves a request that cannot be dealt with for a while, so that it keeps nobody else waiting.
///
/// # Errors
/// A fault from the database.
pub async fn put_off(app: &App, id: RequestId) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    requests::deadlines_wait(&mut tx, id, now, now.plus_seconds(AGAIN)).await?;
    tx.commit(now).await
}
