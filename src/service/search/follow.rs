//! Follows the log and keeps the index up with it. One at a time in each instance; whoever asks and finds the index
//! behind follows itself, so nobody waits for a worker's turn.
use super::entries::entries;
use crate::{
    app::App,
    domain::{
        event::{Event, EventKind},
        id::{Id, PracticeId, kind},
        refusal::Fault,
        word::Word,
    },
    search::Mark,
    service::import::Progress,
    store::{events, searchable},
};
use std::{collections::BTreeSet, time::Duration};
use tokio::{task::spawn_blocking, time::timeout};
use uuid::Uuid;

/// How many events are followed, and how many practices are read, at once.
const LOT: i64 = 200;
/// How long whoever asks waits for the index to catch up: it takes milliseconds, but not where the machine is overloaded,
/// and there a late answer is better than one without one's own change.
const PATIENCE: Duration = Duration::from_secs(3);
/// The notes on events of lists that the index has nothing of.
const BESIDE: [&str; 2] = ["synonyms", "weights"];

/// Brings the index up to the end of the log; builds it where it has to be.
///
/// # Errors
/// A fault from the database or the disk: the index stays as it was.
pub async fn catch_up(app: &App) -> Result<(), Fault> {
    // In a task of its own: whoever asked may go away, and what is half written must not be left to the next.
    let app = app.clone();
    let work = async move {
        let _turn = app.search.turn().await;
        let done = follow(&app).await;
        if done.is_err() {
            app.search.roll_back();
        }
        done
    };
    tokio::spawn(work).await.map_err(Fault::new)?
}

/// Builds the index anew now, in this process.
///
/// # Errors
/// A fault from the database or the disk: the index stays as it was.
pub async fn rebuild(app: &App, progress: Progress<'_>) -> Result<(), Fault> {
    let _ = app.search.is_wished_anew();
    let _turn = app.search.turn().await;
    let search = app.search.clone();
    spawn_blocking(move || search.open()).await.map_err(Fault::new)??;
    build(app, progress).await.map(drop)
}

/// Asks for the index to be built anew: by the server that has it open, which does so within seconds (then true), or
/// here and now.
///
/// # Errors
/// A fault from the database or the disk.
pub async fn reset(app: &App, progress: Progress<'_>) -> Result<bool, Fault> {
    if app.search.wish_anew()? {
        return Ok(true);
    }
    rebuild(app, progress).await?;
    Ok(false)
}

/// Waits, not for long, until the index has all that is known by now; false where it has not.
pub(in crate::service) async fn caught_up(app: &App) -> Result<bool, Fault> {
    let known = match app.store.public_version() {
        Some(version) => version,
        None => events::head(&app.store).await?,
    };
    let has_it = || app.search.mark().is_some_and(|mark| mark.seq >= known);
    if has_it() {
        return Ok(true);
    }
    // While it is being built there is nothing to wait for.
    if app.search.is_open() && app.search.mark().is_none() && app.search.is_busy() {
        return Ok(false);
    }
    match timeout(PATIENCE, catch_up(app)).await {
        Ok(done) => done.map(|()| has_it()),
        Err(_) => Ok(false),
    }
}

/// Whether a mark was made on this database's log: another one, or one that was put back to an earlier day, has another
/// event under that number.
pub(super) async fn is_of_this_log(app: &App, mark: &Mark) -> Result<bool, Fault> {
    Ok(mark_at(app, mark.seq).await?.as_ref() == Some(mark))
}

/// The mark of the event with this number; none where there is none yet.
async fn mark_at(app: &App, seq: i64) -> Result<Option<Mark>, Fault> {
    if seq == 0 {
        return Ok(Some(Mark::default()));
    }
    Ok(events::after(&app.store, seq - 1, 1).await?.first().map(mark_of))
}

fn mark_of(event: &Event) -> Mark {
    Mark { seq: event.seq, at: event.at.micros(), subject: event.subject.simple().to_string() }
}

async fn follow(app: &App) -> Result<(), Fault> {
    let search = &app.search;
    let was_open = search.is_open();
    if !was_open {
        let opening = search.clone();
        spawn_blocking(move || opening.open()).await.map_err(Fault::new)??;
    }
    let wished = search.is_wished_anew();
    let mut mark = match search.mark().filter(|_| !wished) {
        Some(mark) if was_open || is_of_this_log(app, &mark).await? => mark,
        _ => build(app, &untold).await?,
    };
    loop {
        let news = events::after(&app.store, mark.seq, LOT).await?;
        let Some(last) = news.last() else { return Ok(()) };
        if news.iter().any(changes_all) {
            mark = build(app, &untold).await?;
            continue;
        }
        mark = mark_of(last);
        let touched: BTreeSet<Uuid> = news.iter().filter_map(touched).collect();
        let touched: Vec<PracticeId> = touched.into_iter().map(Id::of).collect();
        let found = entries(app, &touched).await?;
        let gone = |id: &PracticeId| !found.iter().any(|entry| entry.practice.id == *id);
        let gone: Vec<PracticeId> = touched.into_iter().filter(gone).collect();
        let (search, to) = (search.clone(), mark.clone());
        let write = move || {
            let held: Result<Vec<bool>, Fault> = gone.iter().map(|id| search.holds(*id)).collect();
            if found.is_empty() && !held?.contains(&true) {
                search.note(&to);
                return Ok(());
            }
            search.write(&found, &gone)?;
            search.commit(&to)
        };
        spawn_blocking(write).await.map_err(Fault::new)??;
    }
}

/// Labels and names are part of every document.
fn changes_all(event: &Event) -> bool {
    event.kind.changes_lists() && event.data.get("list").is_none_or(|list| !BESIDE.iter().any(|beside| list == beside))
}

/// The practice that an event may have changed in the index.
fn touched(event: &Event) -> Option<Uuid> {
    match event.kind.as_str().split('.').next() {
        Some("practice") if event.kind != EventKind::PracticeCreated => Some(event.subject),
        // Its owner may be full now, or free again.
        Some("request") => event.id::<kind::Practice>("practice").map(Id::uuid),
        _ => None,
    }
}

/// A server tells its log.
fn untold(_: usize, _: usize) {}

/// Fills the index anew, in one commit: until then the old one answers, where there is one.
async fn build(app: &App, progress: Progress<'_>) -> Result<Mark, Fault> {
    let head = events::head(&app.store).await?;
    // What changes from here on is followed afterwards.
    let mark = mark_at(app, head).await?.unwrap_or_default();
    let all = searchable::count(&app.store).await?;
    tracing::info!(practices = all, event = mark.seq, "building the search index");
    app.search.clear()?;
    let (mut after, mut done, mut told) = (Uuid::nil(), 0, 0);
    loop {
        let ids = searchable::public_after(&app.store, after, LOT).await?;
        let Some(last) = ids.last() else { break };
        after = last.uuid();
        let (found, search) = (entries(app, &ids).await?, app.search.clone());
        done += found.len();
        spawn_blocking(move || search.write(&found, &[])).await.map_err(Fault::new)??;
        progress(done, usize::try_from(all).unwrap_or(usize::MAX).max(done));
        if done - told >= 5_000 {
            told = done;
            tracing::info!(done, of = all, "building the search index");
        }
    }
    let (search, to) = (app.search.clone(), mark.clone());
    spawn_blocking(move || search.commit(&to)).await.map_err(Fault::new)??;
    tracing::info!(practices = done, event = mark.seq, "the search index is built");
    Ok(mark)
}
