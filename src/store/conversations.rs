//! Conversations, their messages, and how far each person has read.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    conversation::{About, Conversation, Message},
    id::{ConversationId, MessageId, NeedId, PersonId, PracticeId, RequestId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    time::Ts,
};

struct Row {
    id: ConversationId,
    subject: String,
    opened_by: TerritoryId,
    opened_to: TerritoryId,
    practice: Option<PracticeId>,
    need: Option<NeedId>,
    request: Option<RequestId>,
    messages_count: i64,
    created_at: Ts,
    last_message_at: Ts,
}
record!(Row {
    id,
    subject,
    opened_by,
    opened_to,
    practice,
    need,
    request,
    messages_count,
    created_at,
    last_message_at
});

impl From<Row> for Conversation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            subject: row.subject,
            parties: [row.opened_by, row.opened_to],
            about: match (row.practice, row.need, row.request) {
                (_, _, Some(request)) => About::Request(request),
                (Some(practice), _, None) => About::Practice(practice),
                (None, Some(need), None) => About::Need(need),
                (None, None, None) => About::Nothing,
            },
            messages_count: row.messages_count,
            created_at: row.created_at,
            last_message_at: row.last_message_at,
        }
    }
}

record!(Message { id, conversation, position, author, on_behalf_of, body, via_email, sent_at, retracted_at });

const SELECT: &str = "SELECT c.id, c.subject, c.opened_by, c.opened_to, c.practice, c.need, c.request, \
    c.messages_count, c.created_at, c.last_message_at FROM conversation c";
const MESSAGE: &str = "SELECT m.id, m.conversation, m.position, m.author, m.on_behalf_of, m.body, m.via_email, \
    m.sent_at, m.retracted_at FROM message m";

/// The conversation with this id.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: ConversationId) -> Result<Option<Conversation>> {
    Ok(sql(SELECT).text(" WHERE c.id = ").value(id).optional::<Row>(on).await?.map(Conversation::from))
}

/// Those of these conversations that one of `parties` takes part in, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(
    on: impl Into<Conn<'_>>,
    ids: &[ConversationId],
    parties: &[TerritoryId],
) -> Result<Vec<Conversation>> {
    let select = sql(SELECT).text(" WHERE c.id").any(ids).text(" AND (c.opened_by").any(parties);
    let rows: Vec<Row> = select.text(" OR c.opened_to").any(parties).text(")").all(on).await?;
    Ok(rows.into_iter().map(Conversation::from).collect())
}

/// The conversations about these requests, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_request(on: impl Into<Conn<'_>>, requests: &[RequestId]) -> Result<Vec<Conversation>> {
    let rows: Vec<Row> = sql(SELECT).text(" WHERE c.request").any(requests).all(on).await?;
    Ok(rows.into_iter().map(Conversation::from).collect())
}

/// One page of the conversations that one of these territories takes part in, the one written in last first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, parties: &[TerritoryId], page: &PageRequest) -> Result<Page<Conversation>> {
    let key = |row: &Row| Cursor { key: Key::Time(row.last_message_at), id: row.id.uuid() };
    let rows = if let [only] = parties {
        // One inbox is one range of the index.
        let order = Order { column: "p.last_message_at", id: "p.conversation", descending: true };
        let inbox = sql(SELECT).text(" JOIN conversation_party p ON p.conversation = c.id WHERE p.territory = ");
        inbox.value(*only).page(on, order, page, key).await?
    } else {
        let order = Order { column: "c.last_message_at", id: "c.id", descending: true };
        let any = sql(SELECT).text(" WHERE c.id IN (SELECT conversation FROM conversation_party WHERE territory");
        any.any(parties).text(")").page(on, order, page, key).await?
    };
    Ok(rows.map(Conversation::from))
}

struct Count {
    n: i64,
}
record!(Count { n });

/// In how many conversations these territories take part.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, parties: &[TerritoryId]) -> Result<i64> {
    let count = sql("SELECT COUNT(DISTINCT conversation) AS n FROM conversation_party WHERE territory").any(parties);
    Ok(count.one::<Count>(on).await?.n)
}

/// Adds a conversation without messages.
///
/// # Errors
/// A fault from the database; also where its request has one already.
pub async fn insert(tx: &mut Tx, c: &Conversation) -> Result<()> {
    let (mut practice, mut need, mut request) = (None, None, None);
    match c.about {
        About::Nothing => {}
        About::Practice(id) => practice = Some(id),
        About::Need(id) => need = Some(id),
        About::Request(id) => request = Some(id),
    }
    let [by, to] = c.parties;
    sql("INSERT INTO conversation (id, subject, opened_by, opened_to, practice, need, request, messages_count, \
         created_at, last_message_at) VALUES (")
    .values([
        c.id.into(),
        (&c.subject).into(),
        by.into(),
        to.into(),
        practice.into(),
        need.into(),
        request.into(),
        c.messages_count.into(),
        c.created_at.into(),
        c.last_message_at.into(),
    ])
    .text(")")
    .run(tx)
    .await?;
    for party in c.parties {
        sql("INSERT INTO conversation_party (conversation, territory, last_message_at) VALUES (")
            .values([c.id.into(), party.into(), c.last_message_at.into()])
            .text(")")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Takes the next position in a conversation. Whoever else writes there waits for this transaction to end, so the
/// positions have no gaps and rise with time.
///
/// # Errors
/// A fault from the database.
pub async fn take_position(tx: &mut Tx, id: ConversationId) -> Result<i64> {
    let update = sql("UPDATE conversation SET messages_count = messages_count + 1 WHERE id = ").value(id);
    Ok(update.text(" RETURNING messages_count AS n").one::<Count>(tx).await?.n)
}

/// Adds a message whose position was taken, and moves its conversation up in both inboxes.
///
/// # Errors
/// A fault from the database.
pub async fn insert_message(tx: &mut Tx, m: &Message) -> Result<()> {
    sql("INSERT INTO message (id, conversation, position, author, on_behalf_of, body, via_email, sent_at) VALUES (")
        .values([
            m.id.into(),
            m.conversation.into(),
            m.position.into(),
            m.author.into(),
            m.on_behalf_of.into(),
            (&m.body).into(),
            m.via_email.into(),
            m.sent_at.into(),
        ])
        .text(")")
        .run(tx)
        .await?;
    let update = sql("UPDATE conversation SET last_message_at = ").value(m.sent_at);
    update.text(" WHERE id = ").value(m.conversation).run(tx).await?;
    let update = sql("UPDATE conversation_party SET last_message_at = ").value(m.sent_at);
    update.text(" WHERE conversation = ").value(m.conversation).run(tx).await.map(drop)
}

/// The message with this id.
///
/// # Errors
/// A fault from the database.
pub async fn find_message(on: impl Into<Conn<'_>>, id: MessageId) -> Result<Option<Message>> {
    sql(MESSAGE).text(" WHERE m.id = ").value(id).optional(on).await
}

/// Those of these messages that stand in a conversation of one of `parties`, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_messages(
    on: impl Into<Conn<'_>>,
    ids: &[MessageId],
    parties: &[TerritoryId],
) -> Result<Vec<Message>> {
    let select = sql(MESSAGE).text(" JOIN conversation c ON c.id = m.conversation WHERE m.id").any(ids);
    select.text(" AND (c.opened_by").any(parties).text(" OR c.opened_to").any(parties).text(")").all(on).await
}

/// The last message of each of these conversations.
///
/// # Errors
/// A fault from the database.
pub async fn last_messages(on: impl Into<Conn<'_>>, conversations: &[ConversationId]) -> Result<Vec<Message>> {
    let select = sql(MESSAGE).text(" JOIN conversation c ON c.id = m.conversation AND m.position = c.messages_count");
    select.text(" WHERE c.id").any(conversations).all(on).await
}

/// The first or last so many messages of each of these conversations, in order. Positions have no gaps, so an index
/// range of each conversation is read, whatever its length.
///
/// # Errors
/// A fault from the database.
pub async fn some_messages(
    on: impl Into<Conn<'_>>,
    conversations: &[ConversationId],
    most: i64,
    from_the_end: bool,
) -> Result<Vec<Message>> {
    let select = sql(MESSAGE).text(" JOIN conversation c ON c.id = m.conversation AND m.position ");
    let select = match from_the_end {
        true => select.text("> c.messages_count - ").value(most),
        false => select.text("<= ").value(most),
    };
    select.text(" WHERE c.id").any(conversations).text(" ORDER BY m.conversation, m.position").all(on).await
}

/// One page of a conversation's messages, in order.
///
/// # Errors
/// A fault from the database.
pub async fn messages(on: impl Into<Conn<'_>>, of: ConversationId, page: &PageRequest) -> Result<Page<Message>> {
    let order = Order { column: "m.position", id: "m.id", descending: false };
    let key = |m: &Message| Cursor { key: Key::Number(m.position), id: m.id.uuid() };
    sql(MESSAGE).text(" WHERE m.conversation = ").value(of).page(on, order, page, key).await
}

/// Empties a message and leaves its mark. False where that was done before.
///
/// # Errors
/// A fault from the database.
pub async fn retract(tx: &mut Tx, id: MessageId, now: Ts) -> Result<bool> {
    let update = sql("UPDATE message SET body = '', retracted_at = ").value(now).text(" WHERE id = ").value(id);
    Ok(update.text(" AND retracted_at IS NULL").run(tx).await? == 1)
}

/// Notes that `person` has read up to `position`; never moves back.
///
/// # Errors
/// A fault from the database.
pub async fn mark_read(tx: &mut Tx, id: ConversationId, person: PersonId, position: i64) -> Result<()> {
    sql("INSERT INTO conversation_read (conversation, person, position) VALUES (")
        .values([id.into(), person.into(), position.into()])
        .text(
            ") ON CONFLICT (conversation, person) DO UPDATE SET position = excluded.position \
             WHERE excluded.position > conversation_read.position",
        )
        .run(tx)
        .await
        .map(drop)
}

struct Unread {
    conversation: ConversationId,
    n: i64,
}
record!(Unread { conversation, n });

/// How many messages by others `person` has not read in each of these conversations; none are left out, so a missing
/// one is 0. What was taken back needs no reading.
///
/// # Errors
/// A fault from the database.
pub async fn unread(
    on: impl Into<Conn<'_>>,
    person: PersonId,
    conversations: &[ConversationId],
) -> Result<Vec<(ConversationId, i64)>> {
    let rows: Vec<Unread> = sql("SELECT m.conversation, COUNT(*) AS n FROM message m")
        .text(" LEFT JOIN conversation_read r ON r.conversation = m.conversation AND r.person = ")
        .value(person)
        .text(" WHERE m.conversation")
        .any(conversations)
        .text(" AND m.position > COALESCE(r.position, 0) AND m.retracted_at IS NULL AND (m.author IS NULL OR m.author <> ")
        .value(person)
        .text(") GROUP BY m.conversation")
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.conversation, row.n)).collect())
}

/// How many messages by others `person` has not read in the conversations of each of these territories; one without
/// any is left out.
///
/// # Errors
/// A fault from the database.
pub async fn unread_by_territory(
    on: impl Into<Conn<'_>>,
    person: PersonId,
    territories: &[TerritoryId],
) -> Result<Vec<(TerritoryId, i64)>> {
    let rows: Vec<UnreadAt> = sql("SELECT p.territory, COUNT(*) AS n FROM conversation_party p")
        .text(" LEFT JOIN conversation_read r ON r.conversation = p.conversation AND r.person = ")
        .value(person)
        .text(" JOIN message m ON m.conversation = p.conversation AND m.position > COALESCE(r.position, 0)")
        .text(" WHERE p.territory")
        .any(territories)
        .text(" AND m.retracted_at IS NULL AND (m.author IS NULL OR m.author <> ")
        .value(person)
        .text(") GROUP BY p.territory")
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.territory, row.n)).collect())
}

struct UnreadAt {
    territory: TerritoryId,
    n: i64,
}
record!(UnreadAt { territory, n });

struct Writer {
    author: PersonId,
}
record!(Writer { author });

/// Who has written in a conversation on behalf of this territory, each once, the last to write first.
///
/// # Errors
/// A fault from the database.
pub async fn writers(on: impl Into<Conn<'_>>, id: ConversationId, territory: TerritoryId) -> Result<Vec<PersonId>> {
    let select = sql("SELECT author FROM message WHERE author IS NOT NULL AND conversation = ").value(id);
    let grouped =
        select.text(" AND on_behalf_of = ").value(territory).text(" GROUP BY author ORDER BY MAX(position) DESC");
    Ok(grouped.all::<Writer>(on).await?.into_iter().map(|row| row.author).collect())
}
