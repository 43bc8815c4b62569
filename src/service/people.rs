//! People: who they are, what they change about themselves, and what only the command line does to them.
use super::{sessions, tokens};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::PersonId,
        permission::{Action, Actor, StaffRole, Subject},
        person::{NAME_AT_MOST, Person},
        refusal::{Fault, Outcome, Refusal, Refusals},
        text::{self, Language},
    },
    store::{
        Tx, erasure,
        people::{self, Membership},
    },
};

/// The people with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, ids: &[PersonId]) -> Result<Vec<Person>, Fault> {
    people::find_many(&app.store, ids).await
}

/// Where these people work, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn memberships_of(app: &App, ids: &[PersonId]) -> Result<Vec<Membership>, Fault> {
    people::memberships_of(&app.store, ids).await
}

/// Changes one's own name or language; what is left out stays.
///
/// # Errors
/// `REQUIRED`, `INVALID`, `TOO_LONG` on `name`; those of [`Actor::may`].
pub async fn update_profile(
    app: &App,
    actor: &Actor,
    name: Option<&str>,
    language: Option<Language>,
) -> Outcome<Person> {
    let id = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(id))?;
    let name = name.map(|name| text::line("name", name, NAME_AT_MOST)).transpose()?;
    let mut tx = app.store.begin().await?;
    people::lock(&mut tx, id).await?;
    let found = people::find_many(&mut tx, &[id]).await?.pop();
    let mut person = found.ok_or_else(|| Refusal::not_found(""))?;
    person.name = name.unwrap_or(person.name);
    person.language = language.unwrap_or(person.language);
    people::update_profile(&mut tx, id, &person.name, person.language).await?;
    tx.commit(app.clock.now()).await?;
    Ok(person)
}

/// The person with this address, made where there is none; one that is there keeps its name.
pub(super) async fn find_or_add_in(
    tx: &mut Tx,
    app: &App,
    email: &str,
    name: &str,
    language: Language,
) -> Outcome<Person> {
    let (id, created_at) = (app.clock.id(), app.clock.now());
    let person = Person { id, email: Some(email.to_owned()), name: name.to_owned(), language, created_at };
    if people::insert(tx, &person).await? {
        return Ok(person);
    }
    let found = people::find_by_email(tx, email).await?;
    Ok(found.ok_or_else(|| Fault::new("an address is taken by nobody"))?)
}

/// Gives a role for the whole hub to the person with this address, new or known: for the command line.
///
/// # Errors
/// `INVALID`, `REQUIRED`, `TOO_LONG`; those of [`Actor::may`].
pub async fn add_staff(app: &App, actor: &Actor, email: &str, name: &str, role: StaffRole) -> Outcome<PersonId> {
    let mut refusals = Refusals::default();
    let email = refusals.take(text::email("email", email));
    let name = refusals.take(text::line("name", name, NAME_AT_MOST));
    let (Some(email), Some(name)) = (email, name) else { return Err(refusals.into_failure()) };
    let mut tx = app.store.begin().await?;
    let person = find_or_add_in(&mut tx, app, &email, &name, Language::It).await?;
    actor.may(Action::ManagePeople, &Subject::Person(person.id))?;
    people::add_staff_role(&mut tx, person.id, role).await?;
    tx.commit(app.clock.now()).await?;
    Ok(person.id)
}

/// Takes name and address of the person with this address away for good, ends every role, session and token: for the
/// command line. What the person did stays, by "Persona cancellata".
///
/// # Errors
/// `NOT_FOUND` on `email`; those of [`Actor::may`].
pub async fn erase_person(app: &App, actor: &Actor, email: &str) -> Outcome<PersonId> {
    let email = text::email("email", email)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let missing = || Refusal::not_found("email");
    let person = people::find_by_email(&mut tx, &email).await?.ok_or_else(missing)?;
    actor.may(Action::ManagePeople, &Subject::Person(person.id))?;
    if !people::lock(&mut tx, person.id).await? {
        return Err(missing().into());
    }
    for membership in people::memberships_of(&mut tx, &[person.id]).await? {
        let left = NewEvent::new(EventKind::MemberRemoved, person.id).by(actor.person());
        tx.emit(left.id("territory", membership.territory));
    }
    sessions::end_all_in(&mut tx, person.id, now).await?;
    tokens::revoke_all_in(&mut tx, app, actor, person.id).await?;
    erasure::erase(&mut tx, &person, now).await?;
    tx.emit(NewEvent::new(EventKind::PersonErased, person.id).by(actor.person()));
    tx.commit(now).await?;
    Ok(person.id)
}
