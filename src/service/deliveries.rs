//! What became of the mails: of a letter for whom wrote it, of all for stewards.
use crate::{
    app::App,
    domain::{
        delivery::Dispatch,
        id::TerritoryId,
        page::{Key, Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::{Fault, Outcome},
    },
    store::dispatches,
};
pub use dispatches::Filter;
use uuid::Uuid;

/// The most letters that one message or step shows.
pub const MOST_SHOWN: usize = 50;

/// Whether this actor may see what became of the letters that a territory caused; without one, those of the hub itself.
#[must_use]
pub fn sees(actor: &Actor, sender: Option<TerritoryId>) -> bool {
    let subject = sender.map_or(Subject::Hub, Subject::Territory);
    actor.may(Action::SeeDelivery, &subject).is_ok()
}

/// Those of these mails that went to somebody other than the sender, at most [`MOST_SHOWN`].
#[must_use]
pub fn to_others(mails: &[Dispatch], sender: Option<TerritoryId>) -> Vec<Dispatch> {
    let other = |mail: &&Dispatch| mail.side().is_some_and(|side| Some(side) != sender);
    mails.iter().filter(other).take(MOST_SHOWN).cloned().collect()
}

/// The mails about these messages and requests, the oldest first. Give only ids of what was seen, and show none that
/// [`sees`] does not allow.
///
/// # Errors
/// A fault from the database.
pub async fn about(app: &App, ids: &[Uuid]) -> Result<Vec<Dispatch>, Fault> {
    dispatches::about(&app.store, ids).await
}

/// One page of all mails, the latest first, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`]; `INVALID` where a cursor belongs to another list.
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Dispatch>, Option<i64>)> {
    actor.may(Action::SeeMailLog, &Subject::Hub)?;
    page.is_of(|key| matches!(key, Key::Time(_)))?;
    let total = if counted { Some(dispatches::count(&app.store, filter).await?) } else { None };
    Ok((dispatches::list(&app.store, filter, page).await?, total))
}
