//! What waits for who asks, over all its territories and roles.
use super::practices::sees;
use crate::{
    app::App,
    domain::{
        page::{Page, PageRequest},
        permission::{Actor, StaffRole},
        refusal::{Fault, Refusal},
        task::{Task, TaskKind},
    },
    store::tasks::{self, Whose},
};

/// Whose tasks `actor` may see: its own, as far as a token lets it read them.
///
/// # Errors
/// `SIGN_IN_NEEDED` for nobody.
pub fn own(actor: &Actor, kinds: Vec<TaskKind>) -> Result<Whose, Refusal> {
    let person = actor.signed_in()?;
    let seen = sees(actor);
    let facilitates = seen.staff && actor.is(StaffRole::Facilitator);
    Ok(Whose { person, own: seen.own, reviews: seen.staff, facilitates, kinds })
}

/// One page of it, the most urgent first.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, whose: &Whose, page: &PageRequest) -> Result<Page<Task>, Fault> {
    tasks::list(&app.store, whose, app.clock.now(), page).await
}

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, whose: &Whose) -> Result<i64, Fault> {
    tasks::count(&app.store, whose, app.clock.now()).await
}
