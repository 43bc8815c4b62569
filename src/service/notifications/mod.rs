//! The notification centre: what reached a person, read and unread; how it wants to be told; what of it goes by mail.
mod digest;
mod facts;
mod plan;
mod settings;
mod unsubscribe;

pub use crate::store::notifications::Filter;
pub use digest::{Marks, due, marks};
pub use facts::{Facts, facts, sentence};
pub use plan::{note, tell};
pub use settings::{Change, Settings, settings, update};
pub use unsubscribe::{Standing, link, look, resume, stop};

use crate::{
    app::App,
    domain::{
        id::NotificationId,
        notification::Notification,
        page::{Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::{Code, Fault, Outcome, Refusal},
    },
    store::notifications,
};

/// The most items that are marked by their ids at once.
pub const MOST_MARKED: usize = 100;

/// Whether this actor may read its notifications: with a token, only with a scope for what is its own.
#[must_use]
pub fn may_read(actor: &Actor) -> bool {
    actor.person().is_some_and(|me| actor.may(Action::SeeNotifications, &Subject::Person(me)).is_ok())
}

/// One page of what reached the actor, the latest first, and how many there are where that is asked for.
///
/// # Errors
/// Those of [`Actor::may`].
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Outcome<(Page<Notification>, Option<i64>)> {
    let me = actor.signed_in()?;
    actor.may(Action::SeeNotifications, &Subject::Person(me))?;
    let total = match count {
        true => Some(notifications::count(&app.store, me, filter).await?),
        false => None,
    };
    Ok((notifications::list(&app.store, me, filter, page).await?, total))
}

/// How many items the actor has not read.
///
/// # Errors
/// Those of [`Actor::may`].
pub async fn unread(app: &App, actor: &Actor) -> Outcome<i64> {
    let me = actor.signed_in()?;
    actor.may(Action::SeeNotifications, &Subject::Person(me))?;
    let unread = Filter { unread: Some(true), ..Filter::default() };
    Ok(notifications::count(&app.store, me, &unread).await?)
}

/// Those of these items that are the actor's and may be read by it, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[NotificationId]) -> Result<Vec<Notification>, Fault> {
    match actor.person().filter(|_| may_read(actor)) {
        Some(me) => notifications::find_many(&app.store, me, ids).await,
        None => Ok(Vec::new()),
    }
}

/// Notes that the actor has read some of its items: those with these ids, or all up to one of them in the list. How
/// many it has not read then. Twice is as once.
///
/// # Errors
/// `REQUIRED` where neither is given, `TOO_LONG` on `ids`, `NOT_FOUND` on `ids` or `upTo`; those of [`Actor::may`].
pub async fn mark_read(
    app: &App,
    actor: &Actor,
    ids: &[NotificationId],
    up_to: Option<NotificationId>,
) -> Outcome<i64> {
    let me = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(me))?;
    if ids.is_empty() && up_to.is_none() {
        return Err(Refusal::required("ids").into());
    }
    if ids.len() > MOST_MARKED {
        return Err(Refusal::new(Code::TooLong)
            .on("ids")
            .say(format!("Al massimo {MOST_MARKED} per volta."), format!("At most {MOST_MARKED} at once."))
            .into());
    }
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let mut distinct = ids.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if notifications::find_many(&mut tx, me, &distinct).await?.len() < distinct.len() {
        return Err(Refusal::not_found("ids").into());
    }
    if !distinct.is_empty() {
        notifications::mark_read(&mut tx, me, &distinct, now).await?;
    }
    if let Some(last) = up_to {
        let found = notifications::find_many(&mut tx, me, &[last]).await?.pop();
        let last = found.ok_or_else(|| Refusal::not_found("upTo"))?;
        notifications::mark_read_up_to(&mut tx, &last, now).await?;
    }
    let unread = Filter { unread: Some(true), ..Filter::default() };
    let left = notifications::count(&mut tx, me, &unread).await?;
    tx.commit(now).await?;
    Ok(left)
}
