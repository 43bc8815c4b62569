//! A mail that failed for good is told to the territory for which it was written, so that somebody takes the telephone;
//! and what it says goes to whoever is next: a contact or the mailbox of the same territory, then its coordinators, and
//! where nobody is left, the facilitator is told that nobody can be reached.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, OutboxId, RequestId, TerritoryId, kind},
        mail::{LetterKind, Mail, MailState, NewMail},
        permission::{Role, StaffRole},
        refusal::Fault,
        text::Language,
        word::Word,
    },
    store::{Tx, contacts, events, outbox, recipients, requests, suppressions, territories},
};
use serde_json::{Map, Value};

/// What a mail's cause begins with where it stands in for one that failed; the cause of that one follows.
const INSTEAD: &str = "instead:";

/// Notes in the log that this mail failed, and sends what it says to the next. Of mails that nobody's territory wrote
/// (sign-in codes) nothing is noted.
///
/// # Errors
/// A fault from the database.
pub async fn tell(tx: &mut Tx, app: &App, id: OutboxId) -> Result<(), Fault> {
    let Some(mail) = outbox::find(&mut *tx, id).await? else { return Ok(()) };
    if let (Some(territory), Some(subject)) = (sender(tx, &mail).await?, mail.id::<()>("subject")) {
        let event = NewEvent::new(EventKind::MailFailed, subject).id("mail", mail.id).id("territory", territory);
        tx.emit(event.note("letter", mail.letter.clone()));
    }
    instead(tx, app, &mail).await
}

/// The event that a mail came of, also where it stands in for another.
fn root(mail: &Mail) -> &str {
    mail.cause.strip_prefix(INSTEAD).unwrap_or(&mail.cause)
}

/// The territory on whose behalf the mail was written.
async fn sender(tx: &mut Tx, mail: &Mail) -> Result<Option<TerritoryId>, Fault> {
    use LetterKind as L;
    let Some(seq) = root(mail).strip_prefix("event:").and_then(|seq| seq.parse::<i64>().ok()) else { return Ok(None) };
    let Some(cause) = events::after(tx, seq - 1, 1).await?.into_iter().next().filter(|event| event.seq == seq) else {
        return Ok(None);
    };
    Ok(match L::parse(&mail.letter) {
        Some(L::Invitation | L::NewMessage) => cause.id("territory"),
        Some(L::RequestReceived | L::RequestCopy | L::OutcomeForConfirmation | L::Completed) => cause.id("requester"),
        Some(L::Acknowledged | L::Accepted | L::Declined) => cause.id("owner"),
        // Nobody waits for what a letter tells who watches a need, and a draft is nobody else's business.
        Some(
            L::SignInCode
            | L::NeedMatched
            | L::Digest
            | L::DraftNudge
            | L::DraftDiscardNotice
            | L::ReplyNotTaken
            | L::Undelivered,
        )
        | None => None,
        Some(_) if mail.id("side") == cause.id::<kind::Territory>("requester") => cause.id("owner"),
        Some(_) => cause.id("requester"),
    })
}

/// Somebody to write to instead.
struct Next {
    key: String,
    address: String,
    name: Option<String>,
    language: Language,
}

/// What the mail says goes to the next of its territory, unless somebody there gets it anyway.
async fn instead(tx: &mut Tx, app: &App, mail: &Mail) -> Result<(), Fault> {
    use LetterKind as L;
    let alone = matches!(
        L::parse(&mail.letter),
        None | Some(L::SignInCode | L::Invitation | L::NeedMatched | L::DraftNudge | L::DraftDiscardNotice)
    );
    let (Some(side), false) = (mail.id::<kind::Territory>("side"), alone) else { return Ok(()) };
    outbox::one_at_a_time(tx).await?;
    let causes = [root(mail).to_owned(), format!("{INSTEAD}{}", root(mail))];
    let sent = outbox::find_by_causes(&mut *tx, &causes).await?;
    let arrives = |other: &&Mail| !matches!(other.state, MailState::Failed | MailState::Suppressed);
    if sent.iter().filter(|other| other.id("side") == Some(side)).any(|other| arrives(&other)) {
        return Ok(());
    }
    for group in [contact(tx, mail, side).await?, coordinators(tx, side).await?] {
        let mut found = Vec::new();
        for next in group {
            let tried = sent.iter().any(|other| other.address.eq_ignore_ascii_case(&next.address));
            if !tried && suppressions::find(&mut *tx, &next.address.to_lowercase()).await?.is_none() {
                found.push(next);
            }
        }
        if !found.is_empty() {
            for next in found {
                let copy = (mail.letter.as_str(), mail.data.clone(), mail.thread.clone());
                enqueue(tx, app, &causes[1], next, copy).await?;
            }
            return Ok(());
        }
    }
    call_facilitator(tx, app, mail, side, &causes[1]).await
}

/// The next contact of the practice or territory that takes requests, or the territory's mailbox.
async fn contact(tx: &mut Tx, mail: &Mail, side: TerritoryId) -> Result<Vec<Next>, Fault> {
    let mut all = Vec::new();
    if let Some(request) = request_of(tx, mail).await?
        && let Some(request) = requests::find(&mut *tx, request).await?.filter(|request| request.owner == side)
    {
        for found in contacts::of_practices(&mut *tx, &[request.practice]).await? {
            let contact = found.contact;
            if let Some(address) = contact.email.filter(|_| contact.accepts_requests) {
                let (key, name) = (format!("contact:{}", contact.id), Some(contact.name));
                all.push(Next { key, address, name, language: Language::It });
            }
        }
    }
    if let Some(territory) = territories::find(&mut *tx, side).await? {
        let (key, name) = (format!("territory:{}", territory.id), Some(territory.full_name()));
        all.extend(territory.mailbox.map(|address| Next { key, address, name, language: Language::It }));
    }
    Ok(all)
}

async fn coordinators(tx: &mut Tx, side: TerritoryId) -> Result<Vec<Next>, Fault> {
    let found = recipients::of_territory(tx, side, Role::Coordinator).await?;
    let next = found.into_iter().filter_map(|person| {
        let (key, name) = (format!("person:{}", person.id), Some(person.name));
        person.email.map(|address| Next { key, address, name, language: person.language })
    });
    Ok(next.collect())
}

/// The request that a letter is about: its own, or that of its conversation.
async fn request_of(tx: &mut Tx, mail: &Mail) -> Result<Option<RequestId>, Fault> {
    use crate::{domain::conversation::About, store::conversations};
    match LetterKind::parse(&mail.letter) {
        Some(LetterKind::NewMessage) => {
            let Some(conversation) = mail.id("subject") else { return Ok(None) };
            let found = conversations::find(&mut *tx, conversation).await?;
            Ok(found.and_then(|found| match found.about {
                About::Request(request) => Some(request),
                About::Practice(_) | About::Need(_) | About::Nothing => None,
            }))
        }
        _ => Ok(mail.id("subject")),
    }
}

/// Nobody of the territory is left: the facilitators have a task, and are told of it, once for each
/// event, and not what the mail says.
async fn call_facilitator(tx: &mut Tx, app: &App, mail: &Mail, side: TerritoryId, cause: &str) -> Result<(), Fault> {
    suppressions::note_unreachable(tx, side, app.clock.now()).await?;
    let request = request_of(tx, mail).await?;
    let bounce = outbox::bounce(&mut *tx, mail.id).await?;
    let mut data = Map::from_iter([("territory".to_owned(), Value::String(side.to_string()))]);
    data.extend(request.map(|request| ("request".to_owned(), Value::String(request.to_string()))));
    data.extend(bounce.map(|bounce| ("bounce".to_owned(), Value::String(bounce.as_str().to_owned()))));
    for person in recipients::of_staff(&mut *tx, StaffRole::Facilitator).await? {
        let Some(address) = person.email else { continue };
        let (key, name) = (format!("person:{}", person.id), Some(person.name));
        let next = Next { key, address, name, language: person.language };
        let thread = request
            .map(|request| crate::domain::mail::thread::<kind::ReplicationRequest>(Id::of(request.uuid()), host(app)));
        enqueue(tx, app, cause, next, (LetterKind::Undelivered.as_str(), data.clone(), thread)).await?;
    }
    Ok(())
}

fn host(app: &App) -> &str {
    app.config.public_url.host_str().unwrap_or("localhost")
}

async fn enqueue(
    tx: &mut Tx,
    app: &App,
    cause: &str,
    next: Next,
    (letter, data, thread): (&str, Map<String, Value>, Option<String>),
) -> Result<(), Fault> {
    let Some(letter) = LetterKind::parse(letter) else { return Ok(()) };
    let now = app.clock.now();
    let mail = NewMail {
        id: app.clock.id(),
        cause: cause.to_owned(),
        recipient: next.key,
        letter,
        address: next.address,
        name: next.name,
        language: next.language,
        data,
        secret: None,
        thread,
        due_at: now,
        host: host(app).to_owned(),
        created_at: now,
    };
    outbox::enqueue(tx, &mail).await.map(drop)
}
