//! The queue of mails as people look at it: what became of each, without what it says.
use super::{Conn, Result, sql::*};
use crate::domain::{
    delivery::{Dispatch, RecipientKind},
    mail::{LetterKind, MailState},
    page::{Cursor, Key, Page, PageRequest},
    time::Ts,
};
use uuid::Uuid;

record!(Dispatch {
    id,
    letter,
    recipient,
    address,
    data: json,
    state: word,
    attempts,
    due_at,
    reason,
    bounce: maybe_word,
    withheld: maybe_word,
    message_id,
    created_at,
    sent_at,
    about,
    step
});

const SELECT: &str = "SELECT o.id, o.letter, o.recipient, o.address, o.data, o.state, o.attempts, o.due_at, o.reason, \
    o.bounce, o.withheld, o.message_id, o.created_at, o.sent_at, o.about, o.step";

/// The most mails read about all of one batch: each has a handful.
const MOST: i64 = 5000;

/// What the list is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states; in any where empty.
    pub states: Vec<MailState>,
    /// One of these letters; any where empty.
    pub letters: Vec<LetterKind>,
    /// To a reader of this kind.
    pub recipient: Option<RecipientKind>,
    /// Put into the queue at this moment or later.
    pub since: Option<Ts>,
    /// Put into the queue before this moment.
    pub until: Option<Ts>,
}

impl Filter {
    fn narrow(&self, mut sql: Sql) -> Sql {
        sql = sql.text(" FROM outbox o WHERE 1 = 1");
        if !self.states.is_empty() {
            sql = sql.text(" AND o.state").any(words(&self.states));
        }
        if !self.letters.is_empty() {
            sql = sql.text(" AND o.letter").any(words(&self.letters));
        }
        if let Some(kind) = self.recipient {
            sql = sql.text(match kind {
                RecipientKind::Person => " AND o.recipient LIKE 'person:%'",
                RecipientKind::Contact => " AND o.recipient LIKE 'contact:%'",
                RecipientKind::Mailbox => " AND o.recipient LIKE 'territory:%'",
                RecipientKind::Address => " AND o.recipient LIKE 'address:%'",
                RecipientKind::Erased => " AND o.recipient LIKE 'erased:%'",
            });
        }
        if let Some(since) = self.since {
            sql = sql.text(" AND o.created_at >= ").value(since);
        }
        if let Some(until) = self.until {
            sql = sql.text(" AND o.created_at < ").value(until);
        }
        sql
    }
}

/// One page, the latest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, page: &PageRequest) -> Result<Page<Dispatch>> {
    let order = Order { column: "o.created_at", id: "o.id", descending: true };
    let key = |mail: &Dispatch| Cursor { key: Key::Time(mail.created_at), id: mail.id.uuid() };
    filter.narrow(sql(SELECT)).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<i64> {
    Ok(filter.narrow(sql("SELECT COUNT(*) AS n")).one::<Count>(on).await?.n)
}

/// The mails about these messages and requests, the oldest first.
///
/// # Errors
/// A fault from the database.
pub async fn about(on: impl Into<Conn<'_>>, ids: &[Uuid]) -> Result<Vec<Dispatch>> {
    let about = sql(SELECT).text(" FROM outbox o WHERE o.about").any(Arg::Ids(ids.to_vec()));
    about.text(" ORDER BY o.created_at, o.id LIMIT ").value(MOST).all(on).await
}
