//! A practice's way to the public: handed in, sent back or published, put away.
use super::locked;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::PracticeId,
        permission::{Action, Actor, PracticeStatus},
        practice::Practice,
        refusal::{Outcome, Refusal, Refusals},
        text::body,
    },
    store::{Tx, contacts, kit, practices},
};

/// Hands a draft in.
///
/// # Errors
/// `REQUIRED` for every field that is missing, `WRONG_STATE` where it is no draft.
pub async fn submit(app: &App, actor: &Actor, id: PracticeId) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let mut practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::SubmitPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::Draft])?;
    complete(&mut tx, &practice).await?;
    practice.review_note.clear();
    move_to(app, tx, actor, practice, (PracticeStatus::UnderReview, EventKind::PracticeSubmitted)).await
}

/// Sends a practice back to its authors with remarks.
///
/// # Errors
/// `REQUIRED` without remarks, `WRONG_STATE` where it is not under review.
pub async fn return_with_remarks(app: &App, actor: &Actor, id: PracticeId, remarks: &str) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let mut practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::ReturnPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::UnderReview])?;
    practice.review_note = body("remarks", remarks, 2_000)?;
    if practice.review_note.is_empty() {
        return Err(Refusal::required("remarks")
            .say("Scrivete che cosa va cambiato.", "Say what should be changed.")
            .into());
    }
    move_to(app, tx, actor, practice, (PracticeStatus::Draft, EventKind::PracticeReturned)).await
}

/// Makes a reviewed practice public. `expected_version`: the one that was read; without it, the one that is there.
///
/// # Errors
/// `CASE_DATA` for every text that seems to hold personal data, unless `no_personal_data` is confirmed; `WRONG_STATE`
/// where it is not under review, `CONFLICT` where it changed after it was read.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: PracticeId,
    expected_version: Option<i64>,
    no_personal_data: bool,
) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let mut practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::PublishPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::UnderReview])?;
    if expected_version.is_some_and(|expected| expected != practice.version) {
        return Err(Refusal::conflict(practice.version).into());
    }
    complete(&mut tx, &practice).await?;
    if !no_personal_data {
        let mut refusals = Refusals::default();
        practice.guard(&kit::of_practices(&mut tx, &[id]).await?, &mut refusals);
        refusals.none()?;
    }
    practice.published_at.get_or_insert(app.clock.now());
    practices::update_owner_counter(&mut tx, practice.owner, 1).await?;
    move_to(app, tx, actor, practice, (PracticeStatus::Published, EventKind::PracticePublished)).await
}

/// Puts a published practice away: no longer offered, still readable by who has its address.
///
/// # Errors
/// `WRONG_STATE` where it is not published.
pub async fn archive(app: &App, actor: &Actor, id: PracticeId) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::ArchivePractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::Published])?;
    practices::update_owner_counter(&mut tx, practice.owner, -1).await?;
    move_to(app, tx, actor, practice, (PracticeStatus::Archived, EventKind::PracticeArchived)).await
}

async fn complete(tx: &mut Tx, practice: &Practice) -> Outcome<()> {
    let contacts = contacts::of_practices(tx, &[practice.id]).await?.len();
    let mut refusals = Refusals::default();
    practice.require_for_review(contacts, &mut refusals);
    refusals.none()
}

async fn move_to(
    app: &App,
    mut tx: Tx,
    actor: &Actor,
    mut practice: Practice,
    (status, event): (PracticeStatus, EventKind),
) -> Outcome<Practice> {
    practice.status = status;
    practice.version += 1;
    practice.updated_at = app.clock.now();
    practices::update(&mut tx, &practice).await?;
    tx.emit(NewEvent::new(event, practice.id).by(actor.person()).id("owner", practice.owner));
    tx.commit(app.clock.now()).await?;
    Ok(practice)
}
