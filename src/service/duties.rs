//! A contact person leaves: what it answers for passes to another of the same territory, all at once.
use crate::{
    app::App,
    domain::{
        contact::ContactPerson,
        event::{EventKind, NewEvent},
        id::{ContactId, TerritoryId},
        permission::{Action, Actor, Subject},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
    },
    store::{Tx, contacts, duties},
};
pub use duties::Duties;

/// Whether `actor` may see what contacts of that territory answer for, and pass it on.
#[must_use]
pub fn may_hand_over(actor: &Actor, territory: TerritoryId) -> bool {
    actor.may(Action::HandOverDuties, &Subject::Territory(territory)).is_ok()
}

/// What these contacts answer for. The caller has asked [`may_hand_over`].
///
/// # Errors
/// A fault from the database.
pub async fn of_contacts(app: &App, ids: &[ContactId]) -> Result<Vec<Duties>, Fault> {
    duties::of_contacts(&app.store, ids).await
}

/// What was handed over, and to whom.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// Who answers for nothing any more.
    pub from: ContactPerson,
    /// Who answers for it now.
    pub to: ContactPerson,
    /// How many practices changed.
    pub practices: usize,
    /// How many open requests changed.
    pub requests: usize,
}

/// Passes all practices and open requests of one contact person to another of the same territory. Doing it again
/// changes nothing.
///
/// # Errors
/// `NOT_FOUND` for a contact that was removed or is not the territory's, `INVALID` where both are the same; those of
/// [`Actor::may`].
pub async fn hand_over(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    from: ContactId,
    to: ContactId,
) -> Outcome<HandedOver> {
    actor.may(Action::HandOverDuties, &Subject::Territory(territory))?;
    if from == to {
        return Err(Refusal::new(Code::Invalid)
            .on("successor")
            .say("Indicate un'altra persona.", "Name another person.")
            .into());
    }
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    // Practices before contacts, as everybody who links the two locks them.
    let practices = duties::practices_for_update(&mut tx, from).await?;
    let (from, to) = both(&mut tx, territory, from, to).await?;
    duties::pass_practices(&mut tx, from.id, to.id).await?;
    let requests = duties::pass_requests(&mut tx, from.id, to.id, now).await?;
    for practice in &practices {
        let changed = NewEvent::new(EventKind::ContactsChanged, territory).by(actor.person());
        tx.emit(changed.id("practice", *practice));
    }
    if !practices.is_empty() || !requests.is_empty() {
        let event = NewEvent::new(EventKind::DutiesHandedOver, territory).by(actor.person());
        tx.emit(
            event
                .id("from", from.id)
                .id("to", to.id)
                .note("practices", practices.len())
                .note("requests", requests.len()),
        );
    }
    tx.commit(now).await?;
    Ok(HandedOver { from, to, practices: practices.len(), requests: requests.len() })
}

/// Both contacts, locked in the order of their ids.
async fn both(tx: &mut Tx, at: TerritoryId, from: ContactId, to: ContactId) -> Outcome<(ContactPerson, ContactPerson)> {
    let (first, second) = (from.min(to), from.max(to));
    let mut found = Vec::with_capacity(2);
    for id in [first, second] {
        found.extend(contacts::find_for_update(tx, id).await?.filter(|contact| contact.territory == at));
    }
    let mut refusals = Refusals::default();
    let mut take = |field: &str, id: ContactId| {
        let contact = found.iter().find(|contact| contact.id == id).cloned();
        refusals.take(contact.ok_or_else(|| Refusal::not_found(field)))
    };
    let both = (take("leaving", from), take("successor", to));
    match both {
        (Some(from), Some(to)) => Ok((from, to)),
        _ => Err(refusals.into_failure()),
    }
}
