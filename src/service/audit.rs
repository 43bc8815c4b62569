//! Who did what, and when: the event log for stewards. Ids and codes only, as the log has them.
use crate::{
    app::App,
    domain::{
        event::Event,
        page::{Key, Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::Outcome,
    },
    store::audit,
};
pub use audit::Filter;

/// One page, the latest first, with their number where it is asked for.
///
/// # Errors
/// `INVALID` where a cursor belongs to another list; those of [`Actor::may`].
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Event>, Option<i64>)> {
    actor.may(Action::SeeAuditLog, &Subject::Hub)?;
    page.is_of(|key| matches!(key, Key::Number(_)))?;
    let total = if counted { Some(audit::count(&app.store, filter).await?) } else { None };
    Ok((audit::list(&app.store, filter, page).await?, total))
}
