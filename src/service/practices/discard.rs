//! Throwing away a draft that was never public.
use super::locked;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::PracticeId,
        permission::{Action, Actor, PracticeStatus},
        practice::Practice,
        refusal::{Outcome, Refusal},
    },
    service::network,
    store::{kit, practices},
};

/// Throws a draft away for good, with its kit and its lineage. `expected_version`: the one that was read.
///
/// # Errors
/// `WRONG_STATE` where it is no draft, `CONFLICT` where it changed after it was read.
pub async fn delete(app: &App, actor: &Actor, id: PracticeId, expected_version: i64) -> Outcome<Practice> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::EditPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::Draft])?;
    if practice.version != expected_version {
        return Err(Refusal::conflict(practice.version).into());
    }
    for item in kit::of_practices(&mut tx, &[id]).await? {
        kit::delete(&mut tx, &item).await?;
    }
    network::copy_gone(&mut tx, app, id, now).await?;
    practices::delete(&mut tx, id).await?;
    tx.emit(NewEvent::new(EventKind::PracticeDeleted, id).by(actor.person()).id("owner", practice.owner));
    tx.commit(now).await?;
    Ok(practice)
}
