//! Who works in a territory: invited by its coordinator, changed and removed by its coordinator, and never left without
//! one once it has one.
use super::people::find_or_add_in;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{PersonId, TerritoryId},
        page::{Page, PageRequest},
        pec::ordinary,
        permission::{Action, Actor, Role, Subject},
        person::{Invitation, NAME_AT_MOST},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        text::{self, Language},
        word::Word,
    },
    store::{Tx, invitations, people, territories},
};
use std::collections::HashMap;

pub use people::Membership;

/// Makes the person with this address, new or known, a member of a territory at once: for the command line. Takes no
/// coordinator's role away.
///
/// # Errors
/// `INVALID`, `REQUIRED`, `TOO_LONG`, `NOT_FOUND` on `territory`; those of [`Actor::may`].
pub async fn add_member(
    app: &App,
    actor: &Actor,
    email: &str,
    name: &str,
    territory: TerritoryId,
    role: Role,
) -> Outcome<PersonId> {
    actor.may(Action::ManageMembers, &Subject::Territory(territory))?;
    let (email, name) = address_and_name(email, name)?;
    let mut tx = app.store.begin().await?;
    known(&mut tx, territory).await?;
    let person = find_or_add_in(&mut tx, app, &email, &name, Language::It).await?;
    let membership = Membership { person: person.id, territory, role, since: app.clock.now() };
    join_or_rise_in(&mut tx, actor, membership).await?;
    tx.commit(app.clock.now()).await?;
    Ok(person.id)
}

pub(super) fn address_and_name(email: &str, name: &str) -> Outcome<(String, String)> {
    let mut refusals = Refusals::default();
    let email = refusals.take(text::email("email", email).and_then(|email| ordinary("email", email)));
    let name = refusals.take(text::line("name", name, NAME_AT_MOST));
    email.zip(name).ok_or_else(|| refusals.into_failure())
}

pub(super) async fn known(tx: &mut Tx, territory: TerritoryId) -> Outcome<()> {
    let found = territories::find(tx, territory).await?;
    found.map(drop).ok_or_else(|| Refusal::not_found("territory").into())
}

async fn join_in(tx: &mut Tx, actor: &Actor, membership: Membership) -> Outcome<()> {
    people::save_membership(tx, membership).await?;
    let joined =
        NewEvent::new(EventKind::MemberJoined, membership.person).by(actor.person().or(Some(membership.person)));
    tx.emit(joined.id("territory", membership.territory).note("role", membership.role.as_str()));
    Ok(())
}

/// As [`join_in`], but takes no coordinator's role away.
async fn join_or_rise_in(tx: &mut Tx, actor: &Actor, new: Membership) -> Outcome<()> {
    match people::membership(&mut *tx, new.person, new.territory).await? {
        Some(is) if is.role >= new.role => Ok(()),
        Some(is) => join_in(tx, actor, Membership { role: new.role, ..is }).await,
        None => join_in(tx, actor, new).await,
    }
}

/// Accepts the invitations of an address: the person, made where there is none, joins. None where there is no person
/// and no invitation.
pub(super) async fn accept_in(tx: &mut Tx, app: &App, email: &str, language: Language) -> Outcome<Option<PersonId>> {
    let now = app.clock.now();
    let mut person = people::find_by_email(&mut *tx, email).await?.map(|person| person.id);
    for Invitation { id, territory, name, role, .. } in invitations::pending_for_update(tx, email, now).await? {
        let who = match person {
            Some(who) => who,
            None => find_or_add_in(tx, app, email, &name, language).await?.id,
        };
        person = Some(who);
        if !invitations::accept(tx, id, now).await? {
            continue;
        }
        join_or_rise_in(tx, &Actor::Nobody, Membership { person: who, territory, role, since: now }).await?;
    }
    Ok(person)
}

/// Ends somebody's membership.
///
/// # Errors
/// `NOT_FOUND` on `person`, `WRONG_STATE` for the last coordinator; those of [`Actor::may`].
pub async fn remove(app: &App, actor: &Actor, territory: TerritoryId, person: PersonId) -> Outcome<Membership> {
    let mut tx = app.store.begin().await?;
    let was = changeable(&mut tx, actor, territory, person, None).await?;
    people::remove_membership(&mut tx, person, territory).await?;
    let left = NewEvent::new(EventKind::MemberRemoved, person).by(actor.person());
    tx.emit(left.id("territory", territory));
    tx.commit(app.clock.now()).await?;
    Ok(was)
}

/// Gives a member another role. The same role changes nothing.
///
/// # Errors
/// As [`remove`].
pub async fn change_role(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    person: PersonId,
    role: Role,
) -> Outcome<Membership> {
    let mut tx = app.store.begin().await?;
    let was = changeable(&mut tx, actor, territory, person, Some(role)).await?;
    let is = Membership { role, ..was };
    if is != was {
        join_in(&mut tx, actor, is).await?;
    }
    tx.commit(app.clock.now()).await?;
    Ok(is)
}

/// The membership that shall be changed or ended, with the whole territory's locked: two coordinators who remove each
/// other take turns, and the second is no coordinator any more.
async fn changeable(
    tx: &mut Tx,
    actor: &Actor,
    territory: TerritoryId,
    person: PersonId,
    becomes: Option<Role>,
) -> Outcome<Membership> {
    actor.may(Action::ManageMembers, &Subject::Territory(territory))?;
    let members = people::members_for_update(tx, territory).await?;
    let coordinators: Vec<PersonId> =
        members.iter().filter(|m| m.role == Role::Coordinator).map(|m| m.person).collect();
    // What the actor was when the request began may be over by now.
    if actor.person().is_some_and(|actor| !coordinators.contains(&actor)) {
        return Err(no_longer_coordinator().into());
    }
    let member = members.into_iter().find(|m| m.person == person).ok_or_else(|| Refusal::not_found("person"))?;
    if becomes != Some(Role::Coordinator) && coordinators == [person] {
        return Err(last_coordinator().into());
    }
    Ok(member)
}

fn no_longer_coordinator() -> Refusal {
    Refusal::new(Code::Forbidden).say(
        "Nel frattempo non siete più coordinatori di questo territorio: rileggete la pagina.",
        "You are no longer a coordinator of this territory: read the page again.",
    )
}

fn last_coordinator() -> Refusal {
    Refusal::new(Code::WrongState).on("person").say(
        "È l'unico coordinatore del territorio: nominatene prima un altro.",
        "This is the territory's only coordinator: name another one first.",
    )
}

/// One page of a territory's members in the order they came, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`], or a fault.
pub async fn list(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Membership>, Option<i64>)> {
    actor.may(Action::SeeMembers, &Subject::Territory(territory))?;
    let total = if counted { Some(people::count_members(&app.store, territory).await?) } else { None };
    Ok((people::members(&app.store, territory, page).await?, total))
}

/// How many coordinators these territories have; those without are left out.
///
/// # Errors
/// A fault from the database.
pub async fn coordinators(app: &App, territories: &[TerritoryId]) -> Result<HashMap<TerritoryId, i64>, Fault> {
    Ok(people::coordinators(&app.store, territories).await?.into_iter().collect())
}
