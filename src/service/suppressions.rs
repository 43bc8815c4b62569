//! Addresses that are not written to, because our mails come back from there: stewards see them and let them go, and
//! who signs in with a code sent to one has shown that mails arrive.
use crate::{
    app::App,
    domain::{
        bounce::Suppression,
        delivery::Withheld,
        event::{EventKind, NewEvent},
        id::SuppressionId,
        mail::LetterKind,
        page::{Key, Page, PageRequest},
        pec::is_pec,
        permission::{Action, Actor, Subject},
        refusal::{Fault, Outcome, Refusal},
        text::Language,
    },
    store::suppressions,
};

/// Why a letter of this kind is not sent to this address, if it is not. A code to sign in with always is: it is how
/// somebody shows that the address works.
///
/// # Errors
/// A fault from the database.
pub async fn withheld(app: &App, kind: LetterKind, address: &str) -> Result<Option<(Withheld, String)>, Fault> {
    if kind == LetterKind::SignInCode {
        return Ok(None);
    }
    if is_pec(address) {
        return Ok(Some((Withheld::Pec, "la casella è una PEC".to_owned())));
    }
    let found = suppressions::find(&app.store, &address.to_lowercase()).await?;
    let reason =
        |found: Suppression| format!("indirizzo sospeso: {} ({})", found.cause.words(Language::It), found.said);
    Ok(found.map(|found| (Withheld::ComesBack, reason(found))))
}

/// An address that is not written to; none for whoever may not see them.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, actor: &Actor, id: SuppressionId) -> Result<Option<Suppression>, Fault> {
    if actor.may(Action::ManageSuppressions, &Subject::Hub).is_err() {
        return Ok(None);
    }
    suppressions::find_held(&app.store, id).await
}

/// One page of the addresses that are not written to, the latest first, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`]; `INVALID` where a cursor belongs to another list.
pub async fn list(
    app: &App,
    actor: &Actor,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Suppression>, Option<i64>)> {
    actor.may(Action::ManageSuppressions, &Subject::Hub)?;
    page.is_of(|key| matches!(key, Key::Time(_)))?;
    let total = if counted { Some(suppressions::count(&app.store).await?) } else { None };
    Ok((suppressions::list(&app.store, page).await?, total))
}

/// Lets an address be written to again; gives it back as it was.
///
/// # Errors
/// `NOT_FOUND` where it is no longer held; those of [`Actor::may`].
pub async fn lift(app: &App, actor: &Actor, id: SuppressionId) -> Outcome<Suppression> {
    actor.may(Action::ManageSuppressions, &Subject::Hub)?;
    let mut tx = app.store.begin().await?;
    let lifted = suppressions::lift(&mut tx, id).await?.ok_or_else(|| Refusal::not_found("address"))?;
    let event = NewEvent::new(EventKind::SuppressionLifted, id).by(actor.person());
    tx.emit(event.note("cause", crate::domain::word::Word::as_str(lifted.cause)));
    tx.commit(app.clock.now()).await?;
    Ok(lifted)
}
