//! Who reads a mail, as of now: the address of today, and whether the reader is still one.
use super::{Unwritten, Written, gone};
use crate::{
    app::App,
    domain::{
        id::{ContactId, Id, PersonId, TerritoryId},
        mail::{LetterKind, Mail},
        permission::StaffRole,
    },
    store::{contacts, people, territories},
};
use uuid::Uuid;

/// Who reads it.
pub(super) struct Reader {
    pub name: Option<String>,
    pub address: String,
    /// The territory it is read for; none for the hub's own staff and who has no role yet.
    pub side: Option<TerritoryId>,
}

/// The reader, where there still is one.
pub(super) async fn of(app: &App, mail: &Mail, kind: LetterKind) -> Written<Reader> {
    if mail.address.is_empty() {
        return Err(Unwritten::Suppressed("the reader was erased"));
    }
    let side = mail.id("side");
    let as_noted = Reader { name: mail.name.clone(), address: mail.address.clone(), side };
    // A code goes to the address that asked for it, whoever that is.
    let Some((what, id)) = mail.recipient.split_once(':').filter(|_| kind != LetterKind::SignInCode) else {
        return Ok(as_noted);
    };
    let id: Option<Uuid> = id.parse().ok();
    match (what, id) {
        ("person", Some(id)) => person(app, Id::of(id), side, kind).await,
        ("contact", Some(id)) => contact(app, Id::of(id), side, kind).await,
        ("territory", Some(id)) => {
            let territory = territories::find(&app.store, Id::of(id)).await?;
            let territory = gone(territory, "the territory is gone")?;
            let name = Some(territory.full_name());
            let address = gone(territory.mailbox, "the territory has no mailbox any more")?;
            Ok(Reader { name, address, side })
        }
        ("address", _) => Ok(as_noted),
        _ => Err(Unwritten::Suppressed("nobody knows who was to read it")),
    }
}

async fn person(app: &App, id: PersonId, side: Option<TerritoryId>, kind: LetterKind) -> Written<Reader> {
    let person = people::find_many(&app.store, &[id]).await?.into_iter().next();
    let person = gone(person, "the reader is gone")?;
    let address = gone(person.email, "the reader was erased")?;
    let still = match side {
        // Of each thing in it, that is asked anew.
        None if kind == LetterKind::Digest => true,
        Some(side) => people::membership(&app.store, id, side).await?.is_some(),
        None => people::staff_roles(&app.store, id).await?.contains(&StaffRole::Facilitator),
    };
    if still {
        Ok(Reader { name: Some(person.name), address, side })
    } else {
        gone(None, "the reader no longer belongs there")
    }
}

async fn contact(app: &App, id: ContactId, side: Option<TerritoryId>, kind: LetterKind) -> Written<Reader> {
    let contact = contacts::find_many(&app.store, &[id]).await?.into_iter().next();
    let contact = gone(contact.filter(|contact| contact.removed_at.is_none()), "the contact was removed")?;
    if kind == LetterKind::RequestReceived && !contact.accepts_requests {
        return Err(Unwritten::Suppressed("the contact takes no requests any more"));
    }
    let own = match contact.person {
        Some(person) => people::find_many(&app.store, &[person]).await?.into_iter().next().and_then(|p| p.email),
        None => None,
    };
    let address = gone(contact.email.or(own), "the contact has no address any more")?;
    Ok(Reader { name: Some(contact.name), address, side })
}
