//! Counts what happens, in the transaction in which it happens.
use crate::{
    app::App,
    domain::{
        id::{PracticeId, RequestId, TerritoryId},
        network::{
            Counted, Counts,
            count::{Cell, NO_FIELD},
        },
        practice::{Practice, Provenance},
        refusal::Fault,
        request::{Request, RequestState},
        time::{Month, Ts},
    },
    store::{Tx, conversations, lineage, network, practices, requests},
};

/// How many requests are counted at once.
const LOT: i64 = 500;

/// A request has moved from `from` to where it stands now.
///
/// # Errors
/// A fault from the database.
pub async fn stepped(tx: &mut Tx, app: &App, request: &Request, from: RequestState, now: Ts) -> Result<(), Fault> {
    use RequestState as S;
    let Some(sent_at) = request.sent_at else { return Ok(()) };
    let old = network::counted(tx, request.id).await?;
    let answers = matches!(from, S::Sent | S::Acknowledged) && matches!(request.state, S::Accepted | S::Declined);
    let before = if let Some(old) = &old {
        old.clone()
    } else {
        let field = practices::find(&mut *tx, request.practice).await?.and_then(|practice| practice.field);
        let talk = conversations::find_by_request(&mut *tx, &[request.id]).await?;
        Counted::sent(request, sent_at, field, talk.first().map_or(0, |talk| talk.messages_count))
    };
    put(tx, app, old.as_ref(), &before.now(request, answers.then_some(now)), now).await
}

/// A message was written about a request.
///
/// # Errors
/// A fault from the database.
pub async fn conversation_grew(tx: &mut Tx, app: &App, request: RequestId, now: Ts) -> Result<(), Fault> {
    let Some(old) = network::counted(tx, request).await? else { return Ok(()) };
    let new = Counted { messages: old.messages + 1, ..old.clone() };
    put(tx, app, Some(&old), &new, now).await
}

async fn put(tx: &mut Tx, app: &App, old: Option<&Counted>, new: &Counted, at: Ts) -> Result<(), Fault> {
    network::replace(tx, new).await?;
    let cell = cell(app, (new.requester, new.owner), new.month, &new.field).await?;
    tx.network().replace(&cell, old, Some(new), at);
    Ok(())
}

async fn cell(
    app: &App,
    (requester, owner): (TerritoryId, TerritoryId),
    month: i64,
    field: &str,
) -> Result<Cell, Fault> {
    let atlas = app.store.atlas().await?;
    let province = atlas.territory(owner).map(|owner| owner.province.clone()).unwrap_or_default();
    Ok(Cell { requester, owner, province, month, field: field.to_owned() })
}

/// What one copy that no request brought adds to the sums.
fn one_copy(illustrative: bool) -> Counts {
    Counts { replications: 1, illustrative: illustrative.into(), ..Counts::default() }
}

/// One practice counts as a copy of another though no request brought it: its owner says so, and the other's.
///
/// # Errors
/// A fault from the database.
pub async fn copied(tx: &mut Tx, app: &App, child: PracticeId, parent: PracticeId, at: Ts) -> Result<(), Fault> {
    let found = practices::find_many(&mut *tx, &[child, parent]).await?;
    let of = |id| found.iter().find(|practice: &&Practice| practice.id == id);
    let (Some(copy), Some(original)) = (of(child), of(parent)) else { return Ok(()) };
    if copy.owner == original.owner {
        return Ok(());
    }
    let made_up = |practice: &Practice| practice.provenance == Provenance::Illustrative;
    let copy = network::Copy {
        child,
        parent,
        requester: copy.owner,
        owner: original.owner,
        month: Month::of(at.date_in_italy()).number(),
        field: original.field.clone().unwrap_or_else(|| NO_FIELD.to_owned()),
        illustrative: made_up(copy) || made_up(original),
    };
    if network::copy(tx, &copy).await? {
        let cell = cell(app, (copy.requester, copy.owner), copy.month, &copy.field).await?;
        tx.network().add(&cell, &one_copy(copy.illustrative), at);
    }
    Ok(())
}

/// A practice is thrown away, and with it the copies it was part of.
///
/// # Errors
/// A fault from the database.
pub async fn copy_gone(tx: &mut Tx, app: &App, practice: PracticeId, at: Ts) -> Result<(), Fault> {
    for copy in network::copies_of(tx, practice).await? {
        network::forget_copy(tx, copy.child, copy.parent).await?;
        let cell = cell(app, (copy.requester, copy.owner), copy.month, &copy.field).await?;
        let mut less = Counts::default();
        less.add(&one_copy(copy.illustrative), -1);
        tx.network().add(&cell, &less, at);
    }
    Ok(())
}

/// Counts all that was there before the sums were kept, once for each database; `anew` forgets the sums and counts again.
/// For the start, before anybody is served.
///
/// # Errors
/// A fault from the database.
pub async fn recount(app: &App, anew: bool) -> Result<(), Fault> {
    if !anew && network::is_recounted(&app.store).await? {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    if !network::note_recounted(&mut tx).await? && !anew {
        return Ok(());
    }
    if anew {
        network::clear(&mut tx).await?;
    }
    loop {
        let lot = network::uncounted(&mut tx, LOT).await?;
        if lot.is_empty() {
            break;
        }
        for known in lot {
            let Some(request) = requests::find(&mut tx, known.request).await? else { continue };
            let sent = Counted::sent(&request, request.sent_at.unwrap_or(known.last_at), known.field, known.messages);
            put(&mut tx, app, None, &sent.now(&request, known.answered_at), known.last_at).await?;
        }
    }
    for (child, parent) in network::uncounted_copies(&mut tx).await? {
        let edge = lineage::find_for_update(&mut tx, child, parent).await?;
        let at = edge.and_then(|edge| edge.confirmed_at).unwrap_or(app.clock.now());
        copied(&mut tx, app, child, parent, at).await?;
    }
    tx.commit(app.clock.now()).await
}
