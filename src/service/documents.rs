//! Documents of kits: uploaded for a practice by who may edit it, looked at, then added to the kit as an item
//! (`service::kit`). Read by whoever may see a practice in whose kit it stands.
use super::practices::{find_many_brief as practices_seen, locked};
use crate::{
    app::App,
    domain::{
        document::{self, Document, MediaType, Sniffer, UNUSED_AT_MOST, UNUSED_DAYS},
        event::{EventKind, NewEvent},
        id::{DocumentId, PracticeId},
        permission::{Action, Actor, PracticeStatus},
        refusal::{Failure, Fault, Outcome, Refusal},
        time::Ts,
    },
    files::{Verdict, scan},
    store::documents,
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};

/// A file that somebody wants to upload.
#[derive(Clone, Debug)]
pub struct Upload {
    /// For whose kit.
    pub practice: PracticeId,
    /// As it is called where it comes from.
    pub name: String,
    /// Bytes, as announced.
    pub size: u64,
}

/// Takes a file in, looks at it, and makes it available to be added to a kit. Whatever fails, nothing remains.
///
/// # Errors
/// `NOT_FOUND`, `WRONG_STATE`, `TOO_LONG`, `REQUIRED`, `TOO_MANY`; `INVALID` for what is not accepted or infected;
/// `TOO_LATE` where it does not arrive whole; those of [`Actor::may`].
pub async fn upload<E>(
    app: &App,
    actor: &Actor,
    upload: Upload,
    body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Outcome<Document> {
    let pending = begin(app, actor, &upload).await?;
    let done = match receive(app, &pending, body).await {
        Ok(whole) => settle(app, actor, whole).await,
        Err(failure) => Err(failure),
    };
    if done.is_err()
        && let Err(fault) = give_up(app, pending.id).await
    {
        tracing::error!(%fault, "what is left of an upload waits to be swept");
    }
    done
}

/// Takes the room that was announced.
async fn begin(app: &App, actor: &Actor, upload: &Upload) -> Outcome<Document> {
    let mut tx = app.store.begin().await?;
    let practice = locked(&mut tx, actor, upload.practice, "practice").await?;
    actor.may(Action::EditPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Published])?;
    let (most, most_of_all) = (app.config.document_mb << 20, app.config.territory_documents_mb << 20);
    let size = match i64::try_from(upload.size) {
        Ok(0) => return Err(document::empty().into()),
        Ok(size) if upload.size <= most => size,
        _ => return Err(document::too_large(most).into()),
    };
    let room = documents::room_for_update(&mut tx, practice.owner, settled_since(app)).await?;
    if room.unused >= UNUSED_AT_MOST {
        return Err(document::too_many_unused().into());
    }
    if u64::try_from(room.bytes.saturating_add(size)).unwrap_or_default() > most_of_all {
        return Err(document::no_room(most_of_all).into());
    }
    let pending = Document {
        id: app.clock.id(),
        practice: Some(practice.id),
        territory: practice.owner,
        name: document::clean(&upload.name),
        media_type: MediaType::Text,
        size,
        sha256: String::new(),
        uploaded_by: actor.person(),
        created_at: app.clock.now(),
    };
    documents::insert_pending(&mut tx, &pending).await?;
    tx.commit(app.clock.now()).await?;
    Ok(pending)
}

/// What was on its way before this moment has arrived, or never will: its process was killed.
fn settled_since(app: &App) -> Ts {
    let seconds = document::settled_within(app.config.document_mb << 20);
    app.clock.now().plus_seconds(-i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// Writes the bytes to the store while it looks at them; then lets the scanner look.
async fn receive<E>(
    app: &App,
    pending: &Document,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Outcome<Document> {
    let announced = u64::try_from(pending.size).unwrap_or_default();
    let (mut writer, mut sniffer) = (app.files.begin(pending.id).await?, Sniffer::default());
    while let Some(piece) = body.next().await {
        let Ok(piece) = piece else { break };
        sniffer.push(&piece);
        if sniffer.size() > announced {
            break;
        }
        writer.write(piece).await?;
    }
    let seen = if sniffer.size() == announced { sniffer.finish(&pending.name) } else { Err(document::interrupted()) };
    let seen = match seen {
        Ok(seen) => seen,
        Err(refusal) => {
            writer.abort().await?;
            return Err(refusal.into());
        }
    };
    writer.finish().await?;
    if let Some(command) = &app.config.scan_command
        && scan(command, app.files.read(pending.id, None).await?).await? == Verdict::Infected
    {
        tracing::warn!(document = %pending.id, sha256 = seen.sha256, "the virus scanner refused a document");
        return Err(document::infected().into());
    }
    let name = document::with_extension(&pending.name, seen.media_type);
    Ok(Document { name, media_type: seen.media_type, sha256: seen.sha256, ..pending.clone() })
}

async fn settle(app: &App, actor: &Actor, whole: Document) -> Outcome<Document> {
    let mut tx = app.store.begin().await?;
    if !documents::update_ready(&mut tx, &whole).await? {
        return Err(document::interrupted().into());
    }
    let event = NewEvent::new(EventKind::DocumentUploaded, whole.id).by(actor.person()).id("owner", whole.territory);
    tx.emit(match whole.practice {
        Some(practice) => event.id("practice", practice),
        None => event,
    });
    tx.commit(app.clock.now()).await?;
    Ok(whole)
}

/// Takes away what did not become a document.
async fn give_up(app: &App, id: DocumentId) -> Result<(), Fault> {
    let mut tx = app.store.begin().await?;
    documents::doom(&mut tx, id).await?;
    tx.commit(app.clock.now()).await?;
    remove(app, &[id]).await
}

/// Takes the bytes of doomed documents away, then their rows.
async fn remove(app: &App, ids: &[DocumentId]) -> Result<(), Fault> {
    for id in ids {
        app.files.remove(*id).await?;
    }
    let mut tx = app.store.begin().await?;
    documents::delete_doomed(&mut tx, ids).await?;
    tx.commit(app.clock.now()).await
}

/// The most documents that one sweep takes away.
const LOT: i64 = 100;

/// Takes away what no kit uses after a day, what did not arrive in its time, and what the last kit let go. True where more may
/// be left.
///
/// # Errors
/// A fault from the database or the store.
pub async fn sweep(app: &App) -> Result<bool, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    documents::doom_pending_before(&mut tx, None, settled_since(app)).await?;
    documents::doom_unused_before(&mut tx, now.plus_days(-UNUSED_DAYS)).await?;
    tx.commit(now).await?;
    let doomed = documents::doomed(&app.store, LOT).await?;
    remove(app, &doomed).await?;
    Ok(i64::try_from(doomed.len()).unwrap_or(LOT) >= LOT)
}

/// Those of these documents that `actor` may see, in no order, each with whether everybody may.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[DocumentId]) -> Result<Vec<(Document, bool)>, Fault> {
    let found = documents::find_many(&app.store, ids).await?;
    let uses = documents::practices_of(&app.store, ids).await?;
    let mut asked: Vec<PracticeId> = uses.iter().map(|(_, practice)| *practice).collect();
    asked.extend(found.iter().filter_map(|document| document.practice));
    let seen = practices_seen(app, actor, &asked).await?;
    let readable = |document: Document| {
        let used = || uses.iter().filter(|(id, _)| *id == document.id).map(|(_, practice)| *practice);
        let practice = |id: PracticeId| seen.iter().find(|practice| practice.id == id);
        if let Some(first) = used().find_map(practice) {
            let public = |p: &_| Actor::Nobody.may(Action::SeePractice, p).is_ok();
            let everybody = public(&first.subject()) || used().filter_map(practice).any(|p| public(&p.subject()));
            return Some((document, everybody));
        }
        // Until a kit has it, it is the affair of those who can add it to one.
        let own = document.practice.filter(|_| used().next().is_none()).and_then(practice)?;
        actor.may(Action::EditPractice, &own.subject()).ok()?;
        Some((document, false))
    };
    Ok(found.into_iter().filter_map(readable).collect())
}

/// The documents of kit items that the viewer was given already.
///
/// # Errors
/// A fault from the database.
pub async fn of_items(app: &App, ids: &[DocumentId]) -> Result<Vec<Document>, Fault> {
    documents::find_many(&app.store, ids).await
}

/// A document that `actor` may use in a kit.
///
/// # Errors
/// `NOT_FOUND` on `document`.
pub(super) async fn usable(app: &App, actor: &Actor, id: DocumentId) -> Result<Document, Failure> {
    let found = find_many(app, actor, &[id]).await?.pop();
    Ok(found.map(|(document, _)| document).ok_or_else(|| Refusal::not_found("document"))?)
}
