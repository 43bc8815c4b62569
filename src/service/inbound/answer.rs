//! An answer by mail becomes a message, by the person to whom the mail answered to was sent and under the rules of the
//! portal. The signed address says which mail that was; who answers must be its reader.
use super::{Done, refuse::Told};
use crate::{
    app::App,
    domain::{
        id::{ConversationId, Id, OutboxId, PersonId, TerritoryId},
        inbound::{Answer, Kind, Received},
        mail::{LetterKind, Mail, NotTaken as Why},
        permission::Actor,
        person::Person,
        privacy,
        refusal::{Code, Failure, Fault},
        text::Language,
        word::Word,
    },
    service::{
        conversations::{self, Post},
        sessions,
    },
    store::{Tx, contacts, outbox, people, territories},
};

/// Who answers.
pub enum Author {
    /// A person of the hub.
    Person(Person),
    /// Somebody at an address that we write to, who has not signed in yet.
    Unknown,
    /// Somebody else.
    Stranger,
}

/// Deals with an answer; `named` is the mail of ours whose address it was sent to.
pub(super) async fn take(tx: &mut Tx, app: &App, mail: &Received, named: Option<OutboxId>) -> Result<Done, Fault> {
    let Some(from) = &mail.from else { return Ok(Done::nothing("NO_SENDER")) };
    let known = people::find_by_email(&mut *tx, from).await?;
    let language = known.as_ref().map(|person| person.language);
    let told = |why, language: Option<Language>| Told::new(why, mail, language.unwrap_or_default());
    let ours = match named {
        Some(id) => outbox::find(&mut *tx, id).await?.filter(|ours| ours.letter == LetterKind::NewMessage.as_str()),
        None => None,
    };
    let Some(ours) = ours else {
        // Without one of our addresses it may be anything, under anybody's name: only who is known is told.
        let tell = known.is_some().then(|| told(Why::UnknownAddress, language));
        return Ok(Done { tell, ..Done::nothing("UNKNOWN_ADDRESS") });
    };
    let (conversation, side): (ConversationId, TerritoryId) = match (ours.id("subject"), ours.id("side")) {
        (Some(conversation), Some(side)) => (conversation, side),
        _ => return Ok(Done::nothing("UNKNOWN_ADDRESS")),
    };
    let refused = |outcome, why, language| Done {
        mail: Some(ours.id),
        tell: Some(told(why, language).about(conversation)),
        ..Done::nothing(outcome)
    };
    let person = match author(tx, &ours, from, known, side).await? {
        Author::Person(person) => person,
        Author::Unknown => return Ok(refused("SIGN_IN", Why::SignIn, Some(ours.language))),
        Author::Stranger => return Ok(refused("STRANGER", Why::Stranger, language.or(Some(ours.language)))),
    };
    let language = Some(person.language);
    if mail.is_forged {
        return Ok(refused("FORGED", Why::Forged, language));
    }
    let Kind::Answer(Answer { text, attachments }) = &mail.kind else {
        return Ok(refused("TOO_LARGE", Why::TooLarge, language));
    };
    if text.is_empty() {
        let why = if *attachments > 0 { Why::OnlyAttachments } else { Why::Empty };
        return Ok(refused("EMPTY", why, language));
    }
    if names_somebody(text) {
        return Ok(refused("CASE_DATA", Why::CaseData, language));
    }
    let is = people::qualities(&mut *tx, person.id).await?;
    let actor = sessions::actor(person.id, is, None);
    match post(tx, app, &actor, conversation, side, text).await {
        Ok(message) => {
            let tell = (*attachments > 0).then(|| told(Why::Attachments, language).about(conversation));
            Ok(Done { outcome: "POSTED", mail: Some(ours.id), message: Some(message), tell })
        }
        Err(Failure::Refused(refusals)) => {
            let first = refusals.first();
            let why = why(first.map(|refusal| refusal.code));
            let said = first.map(|refusal| refusal.sentence(person.language).to_owned());
            let done = refused("REFUSED", why, language);
            Ok(Done { tell: done.tell.map(|tell| tell.saying(said)), ..done })
        }
        Err(Failure::Fault(fault)) => Err(fault),
    }
}

/// What is told where the portal would have refused too.
const fn why(code: Option<Code>) -> Why {
    match code {
        Some(Code::NotFound | Code::Forbidden) => Why::NotYours,
        _ => Why::Refused,
    }
}

/// Telephone numbers stand under half of all mails; these two never do, unless they are somebody's.
fn names_somebody(text: &str) -> bool {
    matches!(privacy::seen(text), Some((privacy::Kind::FiscalCode | privacy::Kind::Iban, _)))
}

async fn post(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    conversation: ConversationId,
    side: TerritoryId,
    text: &str,
) -> crate::domain::refusal::Outcome<crate::domain::id::MessageId> {
    let post = Post { conversation, on_behalf_of: Some(side), body: text.to_owned(), key: None };
    Ok(conversations::post_by_mail_in(tx, app, actor, &post).await?.id)
}

/// Who answers a mail of ours from this address. The mail's own reader, at the address they have today; where the mail
/// went to a contact or to a territory's mailbox, whoever of that territory answers from an address of their own.
async fn author(
    tx: &mut Tx,
    ours: &Mail,
    from: &str,
    known: Option<Person>,
    side: TerritoryId,
) -> Result<Author, Fault> {
    let id = |kind: &str| ours.recipient.strip_prefix(kind).and_then(|id| id.parse().ok());
    if let Some(reader) = id("person:") {
        let reader: PersonId = Id::of(reader);
        return Ok(known.filter(|person| person.id == reader).map_or(Author::Stranger, Author::Person));
    }
    if let Some(person) = known
        && people::membership(&mut *tx, person.id, side).await?.is_some()
    {
        return Ok(Author::Person(person));
    }
    let mut addresses = Vec::new();
    if let Some(contact) = id("contact:") {
        let contact = contacts::find_many(&mut *tx, &[Id::of(contact)]).await?.into_iter().next();
        if let Some(contact) = contact.filter(|contact| contact.removed_at.is_none()) {
            let same = contact.email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(from));
            if let Some(person) = contact.person.filter(|_| same) {
                let person = people::find_many(&mut *tx, &[person]).await?.into_iter().next();
                if let Some(person) = person.filter(|person| person.email.is_some()) {
                    return Ok(Author::Person(person));
                }
            }
            addresses.extend(contact.email);
        }
    }
    if let Some(territory) = id("territory:") {
        addresses.extend(territories::find(&mut *tx, Id::of(territory)).await?.and_then(|found| found.mailbox));
    }
    let ours = addresses.iter().any(|address| address.eq_ignore_ascii_case(from));
    Ok(if ours { Author::Unknown } else { Author::Stranger })
}
