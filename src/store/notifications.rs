//! What reached people: one row for each cause and person.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{NotificationId, PersonId},
    mail::LetterKind,
    notification::{Category, Notification},
    page::{Cursor, Key, Page, PageRequest},
    time::Ts,
};

record!(Notification { id, person, cause, event, letter, category, reader, data: json, created_at, read_at });

const SELECT: &str = "SELECT n.id, n.person, n.cause, n.event, n.letter, n.category, n.reader, n.data, n.created_at, n.read_at \
     FROM notification n";

/// Writes an item. False where the same cause has reached this person already.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, n: &Notification) -> Result<bool> {
    let rows = sql("INSERT INTO notification (id, person, cause, event, letter, category, reader, data, created_at) \
                    VALUES (")
    .values([
        n.id.into(),
        n.person.into(),
        (&n.cause).into(),
        n.event.into(),
        (&n.letter).into(),
        (&n.category).into(),
        (&n.reader).into(),
        json(&n.data)?,
        n.created_at.into(),
    ])
    .text(") ON CONFLICT (person, cause) DO NOTHING")
    .run(tx)
    .await?;
    Ok(rows == 1)
}

/// What a list is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only what is, or is not, read.
    pub unread: Option<bool>,
    /// Only of these categories; of any where empty.
    pub categories: Vec<Category>,
    /// Only what these letters say; whatever where empty.
    pub letters: Vec<LetterKind>,
}

/// The items of a person that pass the filter, up to where more conditions may follow.
fn filtered(start: &'static str, person: PersonId, filter: &Filter) -> Sql {
    let mut select = sql(start).text(" WHERE n.person = ").value(person);
    select = match filter.unread {
        Some(true) => select.text(" AND n.read_at IS NULL"),
        Some(false) => select.text(" AND n.read_at IS NOT NULL"),
        None => select,
    };
    if !filter.categories.is_empty() {
        select = select.text(" AND n.category").any(words(&filter.categories));
    }
    if !filter.letters.is_empty() {
        select = select.text(" AND n.letter").any(words(&filter.letters));
    }
    select
}

/// One page of what reached a person, the latest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(
    on: impl Into<Conn<'_>>,
    person: PersonId,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Notification>> {
    let order = Order { column: "n.created_at", id: "n.id", descending: true };
    let key = |n: &Notification| Cursor { key: Key::Time(n.created_at), id: n.id.uuid() };
    filtered(SELECT, person, filter).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many items of a person pass the filter.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, person: PersonId, filter: &Filter) -> Result<i64> {
    let count = filtered("SELECT COUNT(*) AS n FROM notification n", person, filter);
    Ok(count.one::<Count>(on).await?.n)
}

/// Those of these items that are a person's, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, person: PersonId, ids: &[NotificationId]) -> Result<Vec<Notification>> {
    sql(SELECT).text(" WHERE n.person = ").value(person).text(" AND n.id").any(ids).all(on).await
}

/// Notes that a person has read these of its items; what was read before stays as it was.
///
/// # Errors
/// A fault from the database.
pub async fn mark_read(tx: &mut Tx, person: PersonId, ids: &[NotificationId], now: Ts) -> Result<u64> {
    let update = sql("UPDATE notification SET read_at = ").value(now).text(" WHERE person = ").value(person);
    update.text(" AND read_at IS NULL AND id").any(ids).run(tx).await
}

/// Notes that a person has read all of its items up to that place in the list of all, that one too.
///
/// # Errors
/// A fault from the database.
pub async fn mark_read_up_to(tx: &mut Tx, last: &Notification, now: Ts) -> Result<u64> {
    let update = sql("UPDATE notification SET read_at = ").value(now).text(" WHERE person = ").value(last.person);
    let update = update.text(" AND read_at IS NULL AND (created_at, id) <= (").value(last.created_at);
    update.text(", ").value(last.id).text(")").run(tx).await
}

/// The items of a person and category whose event comes after the first number and not after the second, the latest
/// first, at most so many.
///
/// # Errors
/// A fault from the database.
pub async fn between(
    on: impl Into<Conn<'_>>,
    person: PersonId,
    category: &str,
    (after, through): (i64, i64),
    limit: i64,
) -> Result<Vec<Notification>> {
    let select = sql(SELECT).text(" WHERE n.person = ").value(person).text(" AND n.category = ").value(category);
    let select = select.text(" AND n.event > ").value(after).text(" AND n.event <= ").value(through);
    select.text(" ORDER BY n.event DESC LIMIT ").value(limit).all(on).await
}

/// The last event by which something of this category reached a person; 0 for none.
///
/// # Errors
/// A fault from the database.
pub async fn last_event(on: impl Into<Conn<'_>>, person: PersonId, category: Category) -> Result<i64> {
    let last = sql("SELECT COALESCE(MAX(event), 0) AS n FROM notification WHERE person = ").value(person);
    Ok(last.text(" AND category = ").value(word(category)).one::<Count>(on).await?.n)
}

/// Forgets up to `limit` items that came before `until`; how many.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, until: Ts, limit: i64) -> Result<u64> {
    let delete = sql("DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE created_at < ");
    delete.value(until).text(" LIMIT ").value(limit).text(")").run(tx).await
}
