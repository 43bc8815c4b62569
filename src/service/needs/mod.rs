//! Needs: reading them, which everybody may, and watching them; writing them is beside.
mod answers;
mod standing;
mod write;

pub use crate::store::needs::Filter;
pub use answers::{count_of, count_to_help, matches, matches_of, matches_to_help, standing_match};
pub use standing::follow;
pub use write::{Close, Edit, Post, close, edit, post};

use crate::{
    app::App,
    domain::{
        id::NeedId,
        need::Need,
        page::{Key, Page, PageRequest},
        permission::{Action, Actor},
        refusal::{Fault, Outcome, Refusal},
    },
    store::needs,
};

/// The needs with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, ids: &[NeedId]) -> Result<Vec<Need>, Fault> {
    needs::find_many(&app.store, ids).await
}

/// One page, the newest first.
///
/// # Errors
/// `INVALID` where a cursor belongs to another list.
pub async fn list(app: &App, filter: &Filter, page: &PageRequest) -> Outcome<Page<Need>> {
    sorted_by_time(page)?;
    Ok(needs::list(&app.store, filter, page).await?)
}

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, filter: &Filter) -> Result<i64, Fault> {
    needs::count(&app.store, filter).await
}

/// Refuses a cursor of a list that is not sorted by time.
fn sorted_by_time(page: &PageRequest) -> Result<(), Refusal> {
    page.is_of(|key| matches!(key, Key::Time(_)))
}

/// Which of these needs the actor watches, whether or not it may still do so.
///
/// # Errors
/// A fault from the database.
pub async fn watched(app: &App, actor: &Actor, ids: &[NeedId]) -> Result<Vec<NeedId>, Fault> {
    match actor.person() {
        Some(person) => needs::watched(&app.store, person, ids).await,
        None => Ok(Vec::new()),
    }
}

/// Tells the actor of practices that answer a need, from now on. Twice is as once.
///
/// # Errors
/// `NOT_FOUND`, `WRONG_STATE` where the need is closed; those of [`Actor::may`].
pub async fn watch(app: &App, actor: &Actor, id: NeedId) -> Outcome<Need> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let need = needs::find_for_update(&mut tx, id).await?.ok_or_else(|| Refusal::not_found("need"))?;
    actor.may(Action::WatchNeed, &need.subject())?;
    need.is_open()?;
    needs::watch(&mut tx, id, actor.signed_in()?, now).await?;
    tx.commit(now).await?;
    Ok(need)
}

/// Tells the actor no longer. Twice is as once; of a closed need too.
///
/// # Errors
/// `NOT_FOUND`; those of [`Actor::may`].
pub async fn unwatch(app: &App, actor: &Actor, id: NeedId) -> Outcome<Need> {
    let mut tx = app.store.begin().await?;
    let need = needs::find(&mut tx, id).await?.ok_or_else(|| Refusal::not_found("need"))?;
    actor.may(Action::WatchNeed, &need.subject())?;
    needs::unwatch(&mut tx, id, actor.signed_in()?).await?;
    tx.commit(app.clock.now()).await?;
    Ok(need)
}
