//! Conversations between two territories: beginning them, writing, taking back; `read` is beside.
mod read;

pub use read::{
    count, find_by_request, find_many, find_messages, inbox, last_messages, list, messages, some_messages, unread,
    unread_at,
};

use crate::{
    app::App,
    domain::{
        conversation::{About, Conversation, MOST_BODY, MOST_SUBJECT, Message},
        event::{EventKind, NewEvent},
        id::{ConversationId, Id, MessageId, NeedId, PersonId, PracticeId, TerritoryId},
        permission::{Action, Actor, PracticeStatus, Subject},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        text,
    },
    service::{
        idempotency::{self, Key},
        network, requests,
    },
    store::{Tx, conversations, needs, practices, territories},
};
use serde::Serialize;

/// A conversation to begin, with its first message.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// On whose behalf.
    pub from: TerritoryId,
    /// With whom.
    pub to: TerritoryId,
    /// One line.
    pub subject: String,
    /// The practice it is about, if any.
    pub practice: Option<PracticeId>,
    /// The need it is about, if any: what one of the two looks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<NeedId>,
    /// The first message, Markdown.
    pub body: String,
    /// Makes a repeat harmless.
    #[serde(skip)]
    pub key: Option<String>,
}

/// Begins a conversation.
///
/// # Errors
/// `FORBIDDEN` where the actor does not belong to `from`, `NOT_FOUND` for the other territory, the practice or the need,
/// `WRONG_STATE` where the practice is not public, `INVALID` where the need is a third's or there is a practice too, and
/// what is wrong with the texts.
pub async fn start(app: &App, actor: &Actor, input: Start) -> Outcome<Conversation> {
    actor.may(Action::StartConversation, &Subject::Territory(input.from)).map_err(|refusal| refusal.on("from"))?;
    let mut refusals = Refusals::default();
    let subject = refusals.take(text::line("subject", &input.subject, MOST_SUBJECT));
    let body = refusals.take(written(&input.body));
    if input.from == input.to {
        refusals.push(Refusal::new(Code::Invalid).on("to").say(
            "Una conversazione è tra due territori diversi: scegliete con chi parlare.",
            "A conversation is between two different territories: choose whom to talk to.",
        ));
    }
    let (id, mut tx) = (app.clock.id(), app.store.begin().await?);
    let key = Key { key: input.key.as_deref(), action: "startConversation", input: &input };
    if let Some(old) = idempotency::claim(&mut tx, actor.person(), key, id.uuid(), app.clock.now()).await? {
        return seen(&mut tx, actor, Id::of(old), "idempotencyKey").await;
    }
    if territories::find(&mut tx, input.to).await?.is_none() {
        refusals.push(Refusal::not_found("to"));
    }
    if let Some(practice) = input.practice {
        refusals.take(about(&mut tx, actor, practice).await?);
    }
    if let Some(need) = input.need {
        refusals.take(about_need(&mut tx, &input, need).await?);
    }
    refusals.none()?;
    let about = match (input.practice, input.need) {
        (Some(practice), _) => About::Practice(practice),
        (None, Some(need)) => About::Need(need),
        (None, None) => About::Nothing,
    };
    let subject = subject.unwrap_or_default();
    open(&mut tx, actor.person(), &empty(app, id, about, [input.from, input.to], subject)).await?;
    let by = By { author: actor.person(), via_email: false };
    write(&mut tx, app, app.clock.id(), by, (id, input.from), body.unwrap_or_default()).await?;
    let conversation =
        conversations::find(&mut tx, id).await?.ok_or_else(|| Fault::new("a conversation just begun"))?;
    tx.commit(app.clock.now()).await?;
    Ok(conversation)
}

fn written(body: &str) -> Result<String, Refusal> {
    let body = text::body("body", body, MOST_BODY)?;
    if body.is_empty() { Err(Refusal::required("body")) } else { Ok(body) }
}

/// Both sides must be able to read what they talk about.
async fn about(tx: &mut Tx, actor: &Actor, practice: PracticeId) -> Result<Result<(), Refusal>, Fault> {
    let found = practices::find(tx, practice).await?;
    Ok(match found.filter(|practice| actor.may(Action::SeePractice, &practice.subject()).is_ok()) {
        None => Err(Refusal::not_found("practice")),
        Some(practice) if matches!(practice.status, PracticeStatus::Published | PracticeStatus::Archived) => Ok(()),
        Some(_) => Err(Refusal::new(Code::WrongState).on("practice").say(
            "L'altro territorio non può ancora leggere la pratica: pubblicatela prima, o non indicatela.",
            "The other territory cannot read the practice yet: publish it first, or leave it out.",
        )),
    })
}

/// A conversation is about what one of the two looks for, not about what somebody else does.
async fn about_need(tx: &mut Tx, input: &Start, need: NeedId) -> Result<Result<(), Refusal>, Fault> {
    let Some(need) = needs::find(tx, need).await? else { return Ok(Err(Refusal::not_found("need"))) };
    if input.practice.is_none() && [input.from, input.to].contains(&need.territory) {
        return Ok(Ok(()));
    }
    Ok(Err(Refusal::new(Code::Invalid).on("need").say(
        "Indicate una sola cosa di cui parlare: una pratica, oppure un «cerco» di uno dei due territori.",
        "Give one thing to talk about: a practice, or a need of one of the two territories.",
    )))
}

/// Opens a conversation without messages in the transaction of another use case. A request keeps the one it has.
///
/// # Errors
/// A fault from the database.
pub async fn open_in(
    tx: &mut Tx,
    app: &App,
    about: About,
    parties: (TerritoryId, TerritoryId),
    subject: &str,
) -> Result<ConversationId, Fault> {
    if let About::Request(request) = about
        && let Some(open) = conversations::find_by_request(&mut *tx, &[request]).await?.into_iter().next()
    {
        return Ok(open.id);
    }
    let subject = subject.chars().take(MOST_SUBJECT).collect();
    let id = app.clock.id();
    open(tx, None, &empty(app, id, about, [parties.0, parties.1], subject)).await?;
    Ok(id)
}

fn empty(app: &App, id: ConversationId, about: About, parties: [TerritoryId; 2], subject: String) -> Conversation {
    let now = app.clock.now();
    Conversation { id, subject, parties, about, messages_count: 0, created_at: now, last_message_at: now }
}

async fn open(tx: &mut Tx, by: Option<PersonId>, new: &Conversation) -> Result<(), Fault> {
    conversations::insert(tx, new).await?;
    let event = NewEvent::new(EventKind::ConversationStarted, new.id).by(by);
    let event = event.id("from", new.parties[0]).id("to", new.parties[1]);
    tx.emit(match new.about {
        About::Nothing => event,
        About::Practice(practice) => event.id("practice", practice),
        About::Need(need) => event.id("need", need),
        About::Request(request) => event.id("request", request),
    });
    Ok(())
}

/// By whom, and which way.
struct By {
    author: Option<PersonId>,
    via_email: bool,
}

/// Adds a message and tells the log. The position is taken before the time is asked, so that the two rise together.
async fn write(
    tx: &mut Tx,
    app: &App,
    id: MessageId,
    By { author, via_email }: By,
    (conversation, on_behalf_of): (ConversationId, TerritoryId),
    body: String,
) -> Result<Message, Fault> {
    let position = conversations::take_position(tx, conversation).await?;
    let message = Message {
        id,
        conversation,
        position,
        author,
        on_behalf_of,
        body,
        via_email,
        sent_at: app.clock.now(),
        retracted_at: None,
    };
    conversations::insert_message(tx, &message).await?;
    tx.emit(
        NewEvent::new(EventKind::MessagePosted, conversation)
            .by(author)
            .id("message", message.id)
            .id("territory", on_behalf_of)
            .note("position", position),
    );
    Ok(message)
}

/// A message to write.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// Where.
    pub conversation: ConversationId,
    /// On whose behalf; may be left out where the author belongs to one party only.
    pub on_behalf_of: Option<TerritoryId>,
    /// Markdown.
    pub body: String,
    /// Makes a repeat harmless.
    #[serde(skip)]
    pub key: Option<String>,
}

/// Writes a message.
///
/// # Errors
/// `NOT_FOUND` for strangers to the conversation, `FORBIDDEN` on behalf of a territory that is not the author's, and
/// what is wrong with the text.
pub async fn post(app: &App, actor: &Actor, input: Post) -> Outcome<Message> {
    let (id, mut tx) = (app.clock.id(), app.store.begin().await?);
    let key = Key { key: input.key.as_deref(), action: "postMessage", input: &input };
    if let Some(old) = idempotency::claim(&mut tx, actor.person(), key, id.uuid(), app.clock.now()).await? {
        let posted = conversations::find_message(&mut tx, Id::of(old)).await?;
        let posted = posted.ok_or_else(|| Refusal::not_found("idempotencyKey"))?;
        seen(&mut tx, actor, posted.conversation, "idempotencyKey").await?;
        return Ok(posted);
    }
    let message = post_in(&mut tx, app, actor, &input, (id, false)).await?;
    tx.commit(app.clock.now()).await?;
    Ok(message)
}

/// Writes a message that came by mail, in the transaction that notes the mail. Where it is refused, nothing was written.
///
/// # Errors
/// As [`post`].
pub(super) async fn post_by_mail_in(tx: &mut Tx, app: &App, actor: &Actor, input: &Post) -> Outcome<Message> {
    post_in(tx, app, actor, input, (app.clock.id(), true)).await
}

async fn post_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    input: &Post,
    (id, via_email): (MessageId, bool),
) -> Outcome<Message> {
    let body = written(&input.body);
    let conversation = seen(tx, actor, input.conversation, "conversation").await?;
    actor.may(Action::PostMessage, &conversation.subject())?;
    let mut refusals = Refusals::default();
    let territory = refusals.take(conversation.writes_for(&actor.territories(), input.on_behalf_of));
    let body = refusals.take(body);
    refusals.none()?;
    let (Some(territory), Some(body)) = (territory, body) else {
        return Err(Fault::new("refused without a word").into());
    };
    // The request's row before the conversation's, as everywhere.
    if let About::Request(request) = conversation.about {
        requests::message_posted_in(tx, app, request, territory).await?;
    }
    let by = By { author: actor.person(), via_email };
    let message = write(tx, app, id, by, (conversation.id, territory), body).await?;
    if let About::Request(request) = conversation.about {
        network::conversation_grew(tx, app, request, message.sent_at).await?;
    }
    Ok(message)
}

/// The conversation, if this actor may see it; what it may not see is not found.
async fn seen(tx: &mut Tx, actor: &Actor, id: ConversationId, field: &str) -> Outcome<Conversation> {
    if *actor == Actor::Nobody {
        actor.may(Action::SeeConversation, &Subject::Conversation(&[]))?;
    }
    let found = conversations::find(tx, id).await?;
    let found = found.filter(|found| actor.may(Action::SeeConversation, &found.subject()).is_ok());
    found.ok_or_else(|| Refusal::not_found(field).into())
}

/// Takes a message back: its text is gone for good, its mark stays.
///
/// # Errors
/// `NOT_FOUND` for strangers to the conversation, `FORBIDDEN` for who did not write it, `TOO_LATE`, `WRONG_STATE`.
pub async fn retract(app: &App, actor: &Actor, id: MessageId) -> Outcome<Message> {
    let mut tx = app.store.begin().await?;
    let message = conversations::find_message(&mut tx, id).await?;
    let Some(mut message) = message else {
        actor.may(Action::RetractMessage, &Subject::Message { author: actor.person() })?;
        return Err(Refusal::not_found("message").into());
    };
    seen(&mut tx, actor, message.conversation, "message").await?;
    actor.may(Action::RetractMessage, &Subject::Message { author: message.author }).map_err(|refusal| {
        if actor.person() == message.author {
            return refusal;
        }
        refusal.say("Solo chi l'ha scritto può ritirare un messaggio.", "Only its author can take a message back.")
    })?;
    let now = app.clock.now();
    message.can_be_retracted(now)?;
    if !conversations::retract(&mut tx, id, now).await? {
        // Somebody else's click came first, after this one had read.
        message.retracted_at = Some(now);
        message.can_be_retracted(now)?;
    }
    (message.body, message.retracted_at) = (String::new(), Some(now));
    let event = NewEvent::new(EventKind::MessageRetracted, message.conversation).by(actor.person());
    tx.emit(event.id("message", id).note("position", message.position));
    tx.commit(now).await?;
    Ok(message)
}

/// Notes that the actor has read all messages up to a position; never moves back.
///
/// # Errors
/// `NOT_FOUND` for strangers to the conversation, `INVALID` below 0.
pub async fn mark_read(app: &App, actor: &Actor, id: ConversationId, up_to: i64) -> Outcome<Conversation> {
    let mut tx = app.store.begin().await?;
    let conversation = seen(&mut tx, actor, id, "conversation").await?;
    // A token that may only read leaves no traces either.
    actor.may(Action::PostMessage, &conversation.subject())?;
    if up_to < 0 {
        return Err(Refusal::new(Code::Invalid)
            .on("upTo")
            .say("La posizione non può essere negativa.", "The position cannot be negative.")
            .into());
    }
    let Some(person) = actor.person() else { return Err(Refusal::not_found("conversation").into()) };
    conversations::mark_read(&mut tx, id, person, up_to.min(conversation.messages_count)).await?;
    tx.commit(app.clock.now()).await?;
    Ok(conversation)
}
