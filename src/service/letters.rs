//! Which letter goes to whom for which event, as the life cycle's table has it. Only who and what: the letters are
//! written when they are sent, from the ids noted here.
use crate::{
    app::App,
    domain::{
        conversation::{About, Conversation},
        event::{Event, EventKind},
        id::{ConversationId, Id, InvitationId, MessageId, PersonId, RequestId, TerritoryId},
        mail::{LetterKind, NewMail, thread},
        permission::{Role, StaffRole},
        person::Person,
        refusal::Fault,
        request::{
            Request, lifecycle,
            post::{self, Post, Recipient},
        },
        text::Language,
        word::Word,
    },
    store::{Tx, contacts, conversations, invitations, needs, people, recipients, requests, territories},
};
use serde_json::{Map, Value};

/// The name of the follower of the log that plans letters.
pub const FOLLOWER: &str = "letters";

/// A mail, and the person whom it reaches, where that is somebody with an account.
#[derive(Clone, Debug)]
pub struct Addressed {
    /// The mail.
    pub mail: NewMail,
    /// Who reads it: the person itself, or whose contact it is.
    pub person: Option<PersonId>,
}

/// Somebody to write to.
pub(super) struct Reader {
    key: String,
    pub(super) person: Option<PersonId>,
    address: String,
    name: Option<String>,
    language: Language,
    /// The territory it reads for; what it may read depends on that.
    side: Option<TerritoryId>,
}

/// A letter to somebody.
struct Due(LetterKind, Reader);

impl Reader {
    fn person(person: Person, side: Option<TerritoryId>) -> Option<Self> {
        let address = person.email?;
        let (key, id) = (format!("person:{}", person.id), Some(person.id));
        Some(Self { key, person: id, address, name: Some(person.name), language: person.language, side })
    }

    /// The same letter to this reader.
    pub(super) fn instead_of(self, mail: &NewMail, app: &App) -> Addressed {
        let mut mail = NewMail { id: app.clock.id(), ..mail.clone() };
        mail.data.remove("side");
        mail.data.extend(self.side.map(|side| ("side".to_owned(), Value::String(side.to_string()))));
        (mail.recipient, mail.address, mail.name, mail.language) = (self.key, self.address, self.name, self.language);
        Addressed { mail, person: self.person }
    }
}

/// The mails that an event asks for; nobody gets two for one event, even by two ways.
///
/// # Errors
/// A fault from the database. What is not there any more asks for no mail.
pub async fn due(tx: &mut Tx, app: &App, event: &Event) -> Result<Vec<Addressed>, Fault> {
    let host = app.config.public_url.host_str().unwrap_or("localhost");
    let (letters, data, thread) = match event.kind {
        EventKind::MemberInvited => (invited(tx, Id::of(event.subject)).await?, Map::new(), None),
        EventKind::NeedMatched => matched(tx, event).await?,
        EventKind::MessagePosted => posted(tx, event, host).await?,
        _ => about_request(tx, app, event, host).await?,
    };
    // One event of a practice may be told of several needs of a territory: that is one letter.
    let cause = match (event.kind, event.data.get("event"), event.id::<()>("territory")) {
        (EventKind::NeedMatched, Some(by), Some(at)) => format!("match:{by}:{at}"),
        _ => format!("event:{}", event.seq),
    };
    let now = app.clock.now();
    let mut mails: Vec<Addressed> = Vec::new();
    for Due(letter, reader) in letters {
        if mails.iter().any(|addressed| addressed.mail.address.eq_ignore_ascii_case(&reader.address)) {
            continue;
        }
        let mut data = data.clone();
        data.insert("subject".to_owned(), Value::String(event.subject.to_string()));
        if let Some(side) = reader.side {
            data.insert("side".to_owned(), Value::String(side.to_string()));
        }
        let person = reader.person;
        let mail = NewMail {
            id: app.clock.id(),
            cause: cause.clone(),
            recipient: reader.key,
            letter,
            address: reader.address,
            name: reader.name,
            language: reader.language,
            data,
            secret: None,
            thread: thread.clone(),
            due_at: now,
            host: host.to_owned(),
            created_at: now,
        };
        mails.push(Addressed { mail, person });
    }
    Ok(mails)
}

/// Those to turn to, group after group, where nobody of a territory wants a letter that calls for action: who answers
/// for it, all who work there, and in the end the facilitators.
///
/// # Errors
/// A fault from the database.
pub(super) async fn instead(tx: &mut Tx, territory: TerritoryId) -> Result<[Vec<Reader>; 3], Fault> {
    let facilitators = readers_of_staff(tx).await?;
    let coordinators = with_role(tx, territory, Role::Coordinator).await?;
    Ok([coordinators, with_role(tx, territory, Role::Member).await?, facilitators])
}

async fn readers_of_staff(tx: &mut Tx) -> Result<Vec<Reader>, Fault> {
    let facilitators = recipients::of_staff(&mut *tx, StaffRole::Facilitator).await?;
    Ok(facilitators.into_iter().filter_map(|person| Reader::person(person, None)).collect())
}

type Planned = (Vec<Due>, Map<String, Value>, Option<String>);

/// Steps of the life cycle and times that have come: the letters that the table names, to whom it says.
async fn about_request(tx: &mut Tx, app: &App, event: &Event, host: &str) -> Result<Planned, Fault> {
    let nothing = (Vec::new(), Map::new(), None);
    let Some(version) = event.data.get("version").filter(|_| event.kind.as_str().starts_with("request.")) else {
        return Ok(nothing);
    };
    let id: RequestId = Id::of(event.subject);
    let Some(request) = requests::find(&mut *tx, id).await? else { return Ok(nothing) };
    let mut data = Map::from_iter([("version".to_owned(), version.clone())]);
    let posts = if event.kind == EventKind::DeadlineReached {
        for name in ["timer", "due"] {
            data.extend(event.data.get(name).map(|value| (name.to_owned(), value.clone())));
        }
        let timer = event.data.get("timer").and_then(Value::as_str).unwrap_or_default();
        app.config.timing.rung(timer).and_then(post::of_timer).into_iter().collect()
    } else {
        let story = requests::story_of(&mut *tx, &[id]).await?;
        let Some(step) = story.into_iter().find(|step| Some(step.version) == version.as_i64()) else {
            return Ok(nothing);
        };
        let line = lifecycle::transition(step.step, step.from_state);
        let posts = line.map(post::of_step).unwrap_or_default();
        posts.into_iter().filter(|post| post.is_due(&request, &step)).collect::<Vec<_>>()
    };
    let mut letters = Vec::new();
    for Post { letter, to, .. } in posts {
        for readers in readers(tx, &request, &to).await? {
            letters.push(Due(letter, readers));
        }
    }
    Ok((letters, data, Some(thread(id, host))))
}

/// The people whom the table means.
async fn readers(tx: &mut Tx, request: &Request, to: &[Recipient]) -> Result<Vec<Reader>, Fault> {
    use Recipient as R;
    let mut all = Vec::new();
    for recipient in to {
        all.extend(match recipient {
            R::Author | R::Requester => requester_side(tx, request).await?,
            R::RequesterCoordinator => with_role(tx, request.requester, Role::Coordinator).await?,
            R::OwnerContacts => owner_side(tx, request, to.contains(&R::OwnerMailbox)).await?,
            // With the contacts.
            R::OwnerMailbox => Vec::new(),
            R::OwnerCoordinator => answerable(tx, request.owner).await?,
            R::Both => {
                let mut both = requester_side(tx, request).await?;
                both.extend(owner_side(tx, request, false).await?);
                both
            }
            R::Facilitator => readers_of_staff(tx).await?,
        });
    }
    Ok(all)
}

/// To the contacts of the practice who take requests and, where asked, the owner's mailbox; where none of these can be
/// reached, to whoever answers for the owner.
async fn owner_side(tx: &mut Tx, request: &Request, mailbox: bool) -> Result<Vec<Reader>, Fault> {
    let mut readers = Vec::new();
    for found in contacts::of_practices(&mut *tx, &[request.practice]).await? {
        let contact = found.contact;
        let person = match contact.person {
            Some(person) => people::find_many(&mut *tx, &[person]).await?.into_iter().next(),
            None => None,
        };
        let language = person.as_ref().map(|person| person.language).unwrap_or_default();
        let address = contact.email.or_else(|| person.and_then(|person| person.email));
        if let Some(address) = address.filter(|_| contact.accepts_requests) {
            let (key, side) = (format!("contact:{}", contact.id), Some(contact.territory));
            let (name, person) = (Some(contact.name), contact.person);
            readers.push(Reader { key, person, address, name, language, side });
        }
    }
    if mailbox && let Some(owner) = territories::find(&mut *tx, request.owner).await? {
        let (key, name, side) = (format!("territory:{}", owner.id), Some(owner.full_name()), Some(owner.id));
        let to = |address| Reader { key, person: None, address, name, language: Language::It, side };
        readers.extend(owner.mailbox.map(to));
    }
    if readers.is_empty() { answerable(tx, request.owner).await } else { Ok(readers) }
}

/// To the author while a member of the requester; else to whoever answers for it.
async fn requester_side(tx: &mut Tx, request: &Request) -> Result<Vec<Reader>, Fault> {
    let author: Vec<PersonId> = request.author.into_iter().collect();
    let readers = members(tx, request.requester, &author).await?;
    if readers.is_empty() { answerable(tx, request.requester).await } else { Ok(readers) }
}

/// Those of these people who still belong to the territory.
async fn members(tx: &mut Tx, territory: TerritoryId, people: &[PersonId]) -> Result<Vec<Reader>, Fault> {
    let found = recipients::still_of_territory(tx, territory, people).await?;
    Ok(found.into_iter().filter_map(|person| Reader::person(person, Some(territory))).collect())
}

async fn with_role(tx: &mut Tx, territory: TerritoryId, role: Role) -> Result<Vec<Reader>, Fault> {
    let found = recipients::of_territory(tx, territory, role).await?;
    Ok(found.into_iter().filter_map(|person| Reader::person(person, Some(territory))).collect())
}

/// The coordinators of a territory; where it has none, all its members.
async fn answerable(tx: &mut Tx, territory: TerritoryId) -> Result<Vec<Reader>, Fault> {
    let coordinators = with_role(tx, territory, Role::Coordinator).await?;
    if coordinators.is_empty() { with_role(tx, territory, Role::Member).await } else { Ok(coordinators) }
}

/// A message: to those who wrote in the conversation for the other side; else to whom the request's letters go; else
/// to whoever answers for it. Never to its author.
async fn posted(tx: &mut Tx, event: &Event, host: &str) -> Result<Planned, Fault> {
    let nothing = (Vec::new(), Map::new(), None);
    let id: ConversationId = Id::of(event.subject);
    let (Some(message), Some(from)) = (event.id::<()>("message"), event.id("territory")) else { return Ok(nothing) };
    let Some(conversation) = conversations::find(&mut *tx, id).await? else { return Ok(nothing) };
    let Some(side) = conversation.other_side(from) else { return Ok(nothing) };
    let mut readers = others(tx, &conversation, side).await?;
    if let Some(author) = event.actor {
        let address = people::find_many(&mut *tx, &[author]).await?.into_iter().next().and_then(|person| person.email);
        readers.retain(|reader| reader.key != format!("person:{author}") && Some(&reader.address) != address.as_ref());
    }
    let message: MessageId = Id::of(message.uuid());
    let data = Map::from_iter([("message".to_owned(), Value::String(message.to_string()))]);
    let root = match conversation.about {
        About::Request(request) => thread(request, host),
        About::Practice(_) | About::Need(_) | About::Nothing => thread(id, host),
    };
    Ok((readers.into_iter().map(|reader| Due(LetterKind::NewMessage, reader)).collect(), data, Some(root)))
}

async fn others(tx: &mut Tx, conversation: &Conversation, side: TerritoryId) -> Result<Vec<Reader>, Fault> {
    let writers = conversations::writers(&mut *tx, conversation.id, side).await?;
    let wrote = members(tx, side, &writers).await?;
    if !wrote.is_empty() {
        return Ok(wrote);
    }
    if let About::Request(request) = conversation.about
        && let Some(request) = requests::find(&mut *tx, request).await?
    {
        return if side == request.owner {
            owner_side(tx, &request, true).await
        } else {
            requester_side(tx, &request).await
        };
    }
    answerable(tx, side).await
}

/// A practice was found: to the members of the territory who watch the need.
async fn matched(tx: &mut Tx, event: &Event) -> Result<Planned, Fault> {
    let (Some(territory), Some(practice)) = (event.id("territory"), event.data.get("practice")) else {
        return Ok((Vec::new(), Map::new(), None));
    };
    let watchers = needs::watchers(&mut *tx, &[Id::of(event.subject)]).await?;
    let watchers: Vec<PersonId> = watchers.into_iter().map(|watcher| watcher.person).collect();
    let readers = members(tx, territory, &watchers).await?;
    let mut data = Map::from_iter([("practice".to_owned(), practice.clone())]);
    data.extend(event.data.get("event").map(|by| ("event".to_owned(), by.clone())));
    Ok((readers.into_iter().map(|reader| Due(LetterKind::NeedMatched, reader)).collect(), data, None))
}

/// An invitation: to the address it names, in the language of who is known there.
async fn invited(tx: &mut Tx, id: InvitationId) -> Result<Vec<Due>, Fault> {
    let Some(invitation) = invitations::find_many(&mut *tx, &[id]).await?.into_iter().next() else {
        return Ok(Vec::new());
    };
    let known = people::find_by_email(tx, &invitation.email).await?;
    let reader = Reader {
        key: format!("address:{}", invitation.email),
        person: None,
        address: invitation.email,
        name: Some(invitation.name),
        language: known.map(|person| person.language).unwrap_or_default(),
        side: None,
    };
    Ok(vec![Due(LetterKind::Invitation, reader)])
}
