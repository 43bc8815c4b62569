//! How people want to be told, and which mailboxes want no mails of a kind. Whoever decides by what is here, or changes
//! it, holds the person's lock: an item is told in exactly one way.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::PersonId,
    notification::{Category, Preference, Quiet, Topic},
    time::Ts,
    word::Word,
};

record!(Preference { person, category: word, frequency: maybe_word, was: maybe_word, told_through, due_at });

const SELECT: &str = "SELECT person, category, frequency, was, told_through, due_at FROM notification_preference";

struct Hours {
    id: PersonId,
    quiet_from: Option<i64>,
    quiet_until: Option<i64>,
    weekends_off: bool,
}
record!(Hours { id, quiet_from, quiet_until, weekends_off });

impl From<Hours> for (PersonId, Quiet) {
    fn from(row: Hours) -> Self {
        (row.id, Quiet { hours: row.quiet_from.zip(row.quiet_until), weekends_off: row.weekends_off })
    }
}

const HOURS: &str = "SELECT id, quiet_from, quiet_until, weekends_off FROM person WHERE erased_at IS NULL AND id";

/// When these people want no mail; who was erased is left out.
///
/// # Errors
/// A fault from the database.
pub async fn quiet(on: impl Into<Conn<'_>>, people: &[PersonId]) -> Result<Vec<(PersonId, Quiet)>> {
    Ok(sql(HOURS).any(people).all::<Hours>(on).await?.into_iter().map(Into::into).collect())
}

/// As [`quiet`], and locks these people until the transaction ends, so that nobody decides how they are told meanwhile.
/// Rows that refer to them can be written all the same.
///
/// # Errors
/// A fault from the database.
pub async fn lock(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<(PersonId, Quiet)>> {
    let select = sql(HOURS).any(people).text(" ORDER BY id").engine("", " FOR NO KEY UPDATE");
    Ok(select.all::<Hours>(tx).await?.into_iter().map(Into::into).collect())
}

/// Sets when a person wants no mail.
///
/// # Errors
/// A fault from the database.
pub async fn set_quiet(tx: &mut Tx, person: PersonId, quiet: Quiet) -> Result<()> {
    sql("UPDATE person SET quiet_from = ")
        .value(quiet.hours.map(|(from, _)| from))
        .text(", quiet_until = ")
        .value(quiet.hours.map(|(_, until)| until))
        .text(", weekends_off = ")
        .value(quiet.weekends_off)
        .text(" WHERE id = ")
        .value(person)
        .run(tx)
        .await
        .map(drop)
}

/// What these people have said, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, people: &[PersonId]) -> Result<Vec<Preference>> {
    sql(SELECT).text(" WHERE person").any(people).all(on).await
}

/// Keeps what is given of one category.
///
/// # Errors
/// A fault from the database.
pub async fn save(tx: &mut Tx, p: &Preference) -> Result<()> {
    let maybe = |word: Option<crate::domain::notification::Frequency>| Arg::Text(word.map(|w| w.as_str().to_owned()));
    sql("INSERT INTO notification_preference (person, category, frequency, was, told_through, due_at) VALUES (")
        .values([
            p.person.into(),
            word(p.category),
            maybe(p.frequency),
            maybe(p.was),
            p.told_through.into(),
            p.due_at.into(),
        ])
        .text(
            ") ON CONFLICT (person, category) DO UPDATE SET frequency = excluded.frequency, was = excluded.was, \
             told_through = excluded.told_through, due_at = excluded.due_at",
        )
        .run(tx)
        .await
        .map(drop)
}

/// Notes that something of a category waits for a digest. Where nothing waited before, what came up to the event `told`
/// has been told, and the digest goes at `due`.
///
/// # Errors
/// A fault from the database.
pub async fn wait(tx: &mut Tx, (person, category): (PersonId, Category), told: i64, due: Ts) -> Result<()> {
    sql("INSERT INTO notification_preference (person, category, told_through, due_at) VALUES (")
        .values([person.into(), word(category), told.into(), due.into()])
        .text(
            ") ON CONFLICT (person, category) DO UPDATE SET \
             due_at = COALESCE(notification_preference.due_at, excluded.due_at)",
        )
        .run(tx)
        .await
        .map(drop)
}

/// Up to `limit` people for whom something is due by now, the longest first.
///
/// # Errors
/// A fault from the database.
pub async fn due(on: impl Into<Conn<'_>>, now: Ts, limit: i64) -> Result<Vec<PersonId>> {
    let select = sql("SELECT person AS id FROM notification_preference");
    let select =
        select.text(" WHERE due_at <= ").value(now).text(" GROUP BY person ORDER BY MIN(due_at), person LIMIT ");
    Ok(select.value(limit).all::<Who>(on).await?.into_iter().map(|row| row.id).collect())
}

struct Who {
    id: PersonId,
}
record!(Who { id });

/// What stands for a topic among those that were given up.
fn kept(topic: Topic) -> &'static str {
    match topic {
        Topic::Category(category) => category.as_str(),
        Topic::Digests => "DIGESTS",
    }
}

struct Optout {
    recipient: String,
}
record!(Optout { recipient });

/// Which of these recipients want no mails of a category.
///
/// # Errors
/// A fault from the database.
pub async fn opted_out(on: impl Into<Conn<'_>>, recipients: &[String], category: Category) -> Result<Vec<String>> {
    let select = sql("SELECT recipient FROM mail_optout WHERE category = ").value(word(category));
    let rows: Vec<Optout> = select.text(" AND recipient").any(recipients).all(on).await?;
    Ok(rows.into_iter().map(|row| row.recipient).collect())
}

/// Whether this recipient wants no mails of a topic.
///
/// # Errors
/// A fault from the database.
pub async fn is_out(on: impl Into<Conn<'_>>, recipient: &str, topic: Topic) -> Result<bool> {
    let select = sql("SELECT recipient FROM mail_optout WHERE category = ").value(kept(topic));
    Ok(select.text(" AND recipient = ").value(recipient).optional::<Optout>(on).await?.is_some())
}

/// Notes that a recipient wants no mails of a topic. Twice is as once.
///
/// # Errors
/// A fault from the database.
pub async fn opt_out(tx: &mut Tx, recipient: &str, topic: Topic, now: Ts) -> Result<()> {
    sql("INSERT INTO mail_optout (recipient, category, since) VALUES (")
        .values([recipient.into(), kept(topic).into(), now.into()])
        .text(") ON CONFLICT (recipient, category) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

/// Takes that back. Twice is as once.
///
/// # Errors
/// A fault from the database.
pub async fn opt_in(tx: &mut Tx, recipient: &str, topic: Topic) -> Result<()> {
    let delete = sql("DELETE FROM mail_optout WHERE recipient = ").value(recipient);
    delete.text(" AND category = ").value(kept(topic)).run(tx).await.map(drop)
}

struct SigningKey {
    key: Vec<u8>,
}
record!(SigningKey { key });

/// The key of this name, once one was kept.
///
/// # Errors
/// A fault from the database.
pub async fn signing_key(on: impl Into<Conn<'_>>, name: &'static str) -> Result<Option<Vec<u8>>> {
    let found = sql("SELECT key FROM signing_key WHERE name = ").value(name).optional::<SigningKey>(on).await?;
    Ok(found.map(|row| row.key))
}

/// Keeps a key under this name, unless there is one.
///
/// # Errors
/// A fault from the database.
pub async fn keep_signing_key(tx: &mut Tx, name: &'static str, key: Vec<u8>) -> Result<()> {
    let insert = sql("INSERT INTO signing_key (name, key) VALUES (").values([name.into(), key.into()]);
    insert.text(") ON CONFLICT (name) DO NOTHING").run(tx).await.map(drop)
}
