//! Writing a practice: a new draft, and edits that change only what they give.
use super::locked;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{PracticeId, TerritoryId},
        permission::{Action, Actor, PracticeStatus, Subject},
        practice::{Changes, Practice},
        refusal::{Fault, Outcome, Refusal, Refusals},
        text::slug,
    },
    service::vocabulary::Vocabulary,
    store::{Tx, practices, territories},
};

/// Writes a new draft of `owner`.
///
/// # Errors
/// What is wrong with the fields, all at once; `NOT_FOUND` for an unknown owner.
pub async fn create(app: &App, actor: &Actor, owner: TerritoryId, changes: Changes) -> Outcome<Practice> {
    actor.may(Action::CreatePractice, &Subject::Territory(owner))?;
    let empty = Practice::draft(app.clock.id(), owner, actor.person(), app.clock.now());
    let (mut practice, mut refusals) = (empty.clone(), Refusals::default());
    changes.apply(&mut practice, &mut refusals);
    if practice.title.is_empty() && refusals.is_empty() {
        refusals.push(Refusal::required("title"));
    }
    let mut tx = app.store.begin().await?;
    if territories::find(&mut tx, owner).await?.is_none() {
        refusals.push(Refusal::not_found("owner"));
    }
    Vocabulary::read(app, &mut tx).await?.check_practice(&empty, &practice, &mut refusals);
    refusals.none()?;
    insert_with_free_slug(&mut tx, &mut practice).await?;
    tx.emit(NewEvent::new(EventKind::PracticeCreated, practice.id).by(actor.person()).id("owner", owner));
    tx.commit(app.clock.now()).await?;
    Ok(practice)
}

/// Inserts a practice under a slug made from its title, with a number behind it where the slug is taken.
pub(crate) async fn insert_with_free_slug(tx: &mut Tx, practice: &mut Practice) -> Result<(), Fault> {
    let base = slug(&practice.title);
    for n in 1..=50 {
        practice.slug = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        if practices::insert(tx, practice).await? {
            return Ok(());
        }
    }
    practice.slug = format!("{base}-{}", practice.id.uuid().simple());
    practices::insert(tx, practice).await.map(drop)
}

/// Changes what is given of a practice that is at `expected_version`. What is published changes for everybody at once,
/// so new text passes the case-data guard, unless `no_personal_data` is confirmed.
///
/// # Errors
/// `CONFLICT` where somebody changed it in the meantime, `WRONG_STATE` where it is archived, `CASE_DATA`, and what is
/// wrong with the fields, all at once.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: PracticeId,
    expected_version: i64,
    changes: Changes,
    no_personal_data: bool,
) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let before = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::EditPractice, &before.subject())?;
    before.stands_at(&[PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Published])?;
    if before.version != expected_version {
        return Err(Refusal::conflict(before.version).into());
    }
    let (mut after, mut refusals) = (before.clone(), Refusals::default());
    changes.apply(&mut after, &mut refusals);
    Vocabulary::read(app, &mut tx).await?.check_practice(&before, &after, &mut refusals);
    if before.status == PracticeStatus::Published {
        // What is public keeps what its review asked for; its contacts are changed elsewhere.
        after.require_for_review(1, &mut refusals);
        if !no_personal_data {
            guard_news(&before, &after, &mut refusals);
        }
    }
    refusals.none()?;
    if after == before {
        return Ok(before);
    }
    after.version += 1;
    after.updated_at = app.clock.now();
    practices::update(&mut tx, &after).await?;
    tx.emit(NewEvent::new(EventKind::PracticeUpdated, id).by(actor.person()).note("version", after.version));
    tx.commit(app.clock.now()).await?;
    Ok(after)
}

/// Guards only what the edit brings: what somebody confirmed before stays confirmed.
fn guard_news(before: &Practice, after: &Practice, refusals: &mut Refusals) {
    let (mut old, mut new) = (Refusals::default(), Refusals::default());
    before.guard(&[], &mut old);
    after.guard(&[], &mut new);
    for refusal in new.iter().filter(|refusal| !old.iter().any(|known| known == *refusal)) {
        refusals.push(refusal.clone());
    }
}
