//! Who answers for a practice: contacts of territories, who sees their address, and the territories' mailboxes.
use crate::{
    app::App,
    domain::{
        contact::{ContactPerson, MOST_OF_A_PRACTICE, MOST_OF_A_TERRITORY, phone},
        event::{EventKind, NewEvent},
        id::{ContactId, PracticeId, TerritoryId},
        page::{Page, PageRequest},
        pec::ordinary,
        permission::{Action, Actor, PracticeStatus, Subject, Visibility},
        practice::{Change, Practice},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        territory::Territory,
        text::{email, line},
    },
    service::practices::{find_many as practices_seen, locked},
    store::{Tx, contacts, territories},
};
pub use contacts::OfPractice;
use std::collections::HashMap;

/// What is given of a contact; a new one needs name and role.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each is documented in `ContactPerson`")]
pub struct ContactChanges {
    pub name: Option<String>,
    pub role: Option<String>,
    pub email: Change<String>,
    pub phone: Change<String>,
    pub visibility: Option<Visibility>,
    pub accepts_requests: Option<bool>,
    pub is_role_mailbox: Option<bool>,
}

impl ContactChanges {
    fn apply(self, c: &mut ContactPerson) -> Outcome<()> {
        let mut refusals = Refusals::default();
        if let Some(name) = self.name {
            c.name = refusals.take(line("name", &name, 120)).unwrap_or_default();
        }
        if let Some(role) = self.role {
            c.role = refusals.take(line("role", &role, 160)).unwrap_or_default();
        }
        if let Some(address) = self.email.maybe() {
            c.email = refusals
                .take(address.map(|address| ordinary("email", email("email", &address)?)).transpose())
                .flatten();
        }
        if let Some(number) = self.phone.maybe() {
            c.phone = refusals.take(number.map(|number| phone("phone", &number)).transpose()).flatten();
        }
        c.visibility = self.visibility.unwrap_or(c.visibility);
        c.accepts_requests = self.accepts_requests.unwrap_or(c.accepts_requests);
        c.is_role_mailbox = self.is_role_mailbox.unwrap_or(c.is_role_mailbox);
        if refusals.is_empty() && c.email.is_none() && (c.accepts_requests || c.visibility == Visibility::Relay) {
            refusals.push(Refusal::required("email").say(
                "Serve un indirizzo di posta: le richieste e i messaggi vengono inoltrati lì.",
                "An e-mail address is needed: requests and messages are forwarded to it.",
            ));
        }
        refusals.none()
    }
}

/// Adds a contact to a territory. Who sees its address, unless said: nobody for a person, everybody for a role mailbox.
///
/// # Errors
/// What is wrong with the fields, all at once.
pub async fn add(app: &App, actor: &Actor, territory: TerritoryId, changes: ContactChanges) -> Outcome<ContactPerson> {
    actor.may(Action::ManageContacts, &Subject::Territory(territory))?;
    let is_role_mailbox = changes.is_role_mailbox.unwrap_or(false);
    let mut contact = ContactPerson {
        id: app.clock.id(),
        territory,
        person: None,
        name: String::new(),
        role: String::new(),
        email: None,
        phone: None,
        visibility: if is_role_mailbox { Visibility::Public } else { Visibility::Relay },
        accepts_requests: true,
        is_role_mailbox,
        version: 1,
        created_at: app.clock.now(),
        removed_at: None,
    };
    changes.apply(&mut contact)?;
    let mut tx = app.store.begin().await?;
    if territories::find(&mut tx, territory).await?.is_none() {
        return Err(Refusal::not_found("territory").into());
    }
    if contacts::count(&mut tx, territory).await? >= MOST_OF_A_TERRITORY {
        return Err(too_many("territory", MOST_OF_A_TERRITORY).into());
    }
    contacts::insert(&mut tx, &contact).await?;
    tx.emit(changed(actor, territory).id("contact", contact.id));
    tx.commit(app.clock.now()).await?;
    Ok(contact)
}

fn too_many(field: &str, most: impl std::fmt::Display) -> Refusal {
    Refusal::new(Code::TooLong)
        .on(field)
        .say(format!("I referenti sono al massimo {most}."), format!("There are at most {most} contacts."))
}

fn changed(actor: &Actor, territory: TerritoryId) -> NewEvent {
    NewEvent::new(EventKind::ContactsChanged, territory).by(actor.person())
}

async fn to_change(tx: &mut Tx, actor: &Actor, id: ContactId) -> Outcome<ContactPerson> {
    let contact = contacts::find_for_update(tx, id).await?.ok_or_else(|| Refusal::not_found("contact"))?;
    actor.may(Action::ManageContacts, &Subject::Territory(contact.territory))?;
    Ok(contact)
}

/// Changes what is given of a contact.
///
/// # Errors
/// `CONFLICT` where somebody changed it in the meantime; what is wrong with the fields, all at once.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ContactId,
    expected_version: i64,
    changes: ContactChanges,
) -> Outcome<ContactPerson> {
    let mut tx = app.store.begin().await?;
    let mut contact = to_change(&mut tx, actor, id).await?;
    if contact.version != expected_version {
        return Err(Refusal::conflict(contact.version).into());
    }
    changes.apply(&mut contact)?;
    contact.version += 1;
    contacts::update(&mut tx, &contact).await?;
    tx.emit(changed(actor, contact.territory).id("contact", id));
    tx.commit(app.clock.now()).await?;
    Ok(contact)
}

/// Removes a contact: it leaves all practices, and its address and telephone are erased.
///
/// # Errors
/// `NOT_FOUND` where it was removed already.
pub async fn remove(app: &App, actor: &Actor, id: ContactId) -> Outcome<ContactPerson> {
    let mut tx = app.store.begin().await?;
    let mut contact = to_change(&mut tx, actor, id).await?;
    (contact.email, contact.phone, contact.removed_at) = (None, None, Some(app.clock.now()));
    contact.accepts_requests = false;
    contact.version += 1;
    contacts::update(&mut tx, &contact).await?;
    contacts::unlink(&mut tx, id).await?;
    tx.emit(changed(actor, contact.territory).id("contact", id));
    tx.commit(app.clock.now()).await?;
    Ok(contact)
}

/// Says who answers for a practice, in this order: at most 5 contacts of its owner.
///
/// # Errors
/// `NOT_FOUND` for a contact that is not the owner's, `REQUIRED` where a practice that is public would have none.
pub async fn set_of_practice(app: &App, actor: &Actor, id: PracticeId, ids: Vec<ContactId>) -> Outcome<Practice> {
    let mut tx = app.store.begin().await?;
    let practice = locked(&mut tx, actor, id, "practice").await?;
    actor.may(Action::EditPractice, &practice.subject())?;
    practice.stands_at(&[PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Published])?;
    let mut wanted: Vec<ContactId> = Vec::with_capacity(ids.len());
    for contact in ids {
        if !wanted.contains(&contact) {
            wanted.push(contact);
        }
    }
    if wanted.len() > MOST_OF_A_PRACTICE {
        return Err(too_many("contacts", MOST_OF_A_PRACTICE).into());
    }
    if wanted.is_empty() && practice.status != PracticeStatus::Draft {
        return Err(Refusal::required("contacts").into());
    }
    let found = contacts::find_many(&mut tx, &wanted).await?;
    let mut refusals = Refusals::default();
    for (i, contact) in wanted.iter().enumerate() {
        let known = |c: &&ContactPerson| c.id == *contact && c.removed_at.is_none() && c.territory == practice.owner;
        if !found.iter().any(|c| known(&c)) {
            refusals.push(Refusal::not_found(&format!("contacts.{i}")));
        }
    }
    refusals.none()?;
    contacts::set_of_practice(&mut tx, id, &wanted).await?;
    tx.emit(changed(actor, practice.owner).id("practice", id));
    tx.commit(app.clock.now()).await?;
    Ok(practice)
}

/// Gives a territory its role mailbox, or takes it away.
///
/// # Errors
/// `INVALID` where it is no e-mail address, or a certified one.
pub async fn set_mailbox(app: &App, actor: &Actor, id: TerritoryId, mailbox: Option<String>) -> Outcome<Territory> {
    actor.may(Action::ManageContacts, &Subject::Territory(id))?;
    let mailbox = mailbox.map(|mailbox| ordinary("mailbox", email("mailbox", &mailbox)?)).transpose()?;
    let mut tx = app.store.begin().await?;
    territories::update_mailbox(&mut tx, id, mailbox).await?;
    let territory = territories::find(&mut tx, id).await?.ok_or_else(|| Refusal::not_found("territory"))?;
    tx.emit(changed(actor, id));
    tx.commit(app.clock.now()).await?;
    Ok(territory)
}

/// The role mailboxes of those of these territories that have one, where `actor` may see it.
///
/// # Errors
/// A fault from the database.
pub async fn mailboxes(app: &App, actor: &Actor, ids: &[TerritoryId]) -> Result<HashMap<TerritoryId, String>, Fault> {
    let sees = |id: &TerritoryId| actor.may(Action::SeeMailbox, &Subject::Territory(*id)).is_ok();
    let seen: Vec<TerritoryId> = ids.iter().copied().filter(sees).collect();
    let found = territories::find_many(&app.store, &seen).await?;
    Ok(found.into_iter().filter_map(|territory| Some((territory.id, territory.mailbox?))).collect())
}

/// The contacts with these ids that were not removed, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, ids: &[ContactId]) -> Result<Vec<ContactPerson>, Fault> {
    let mut found = contacts::find_many(&app.store, ids).await?;
    found.retain(|contact| contact.removed_at.is_none());
    Ok(found)
}

/// The contacts of these practices, in each practice's order.
///
/// # Errors
/// A fault from the database.
pub async fn of_practices(app: &App, practices: &[PracticeId]) -> Result<Vec<OfPractice>, Fault> {
    contacts::of_practices(&app.store, practices).await
}

/// The practices that each of these contacts answers for, as far as `actor` may see them.
///
/// # Errors
/// A fault from the database.
pub async fn practices_of(
    app: &App,
    actor: &Actor,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, Vec<Practice>>, Fault> {
    let links = contacts::practices_of(&app.store, ids).await?;
    let practices: Vec<PracticeId> = links.iter().map(|(_, practice)| *practice).collect();
    let seen = practices_seen(app, actor, &practices).await?;
    let mut by_contact: HashMap<ContactId, Vec<Practice>> = HashMap::new();
    for (contact, practice) in links {
        if let Some(practice) = seen.iter().find(|seen| seen.id == practice) {
            by_contact.entry(contact).or_default().push(practice.clone());
        }
    }
    Ok(by_contact)
}

/// One page of a territory's contacts.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, territory: TerritoryId, page: &PageRequest) -> Result<Page<ContactPerson>, Fault> {
    contacts::list(&app.store, territory, page).await
}

/// How many contacts a territory has.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, territory: TerritoryId) -> Result<i64, Fault> {
    contacts::count(&app.store, territory).await
}

/// For each of these territories, those of `actor`'s own territories that share an accepted request with it.
///
/// # Errors
/// A fault from the database.
pub async fn parties(
    app: &App,
    actor: &Actor,
    ids: &[TerritoryId],
) -> Result<HashMap<TerritoryId, Vec<TerritoryId>>, Fault> {
    let mut by_territory: HashMap<TerritoryId, Vec<TerritoryId>> = HashMap::new();
    for (territory, partner) in contacts::parties(&app.store, ids, &actor.territories()).await? {
        by_territory.entry(territory).or_default().push(partner);
    }
    Ok(by_territory)
}
