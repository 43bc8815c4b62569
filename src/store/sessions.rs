//! Signed-in browsers. Only the hash of a session's secret is kept.
use super::{
    Conn, Result, Tx,
    people::{QUALITIES, Qualities, WITH_QUALITIES, gathered},
    sql::*,
};
use crate::domain::{
    id::{PersonId, SessionId},
    page::{Cursor, Key, Page, PageRequest},
    sign_in::Session,
    text::Language,
    time::Ts,
};

record!(Session { id, person, browser, created_at, seen_at, expires_at });

const SELECT: &str = "SELECT s.id, s.person, s.browser, s.created_at, s.seen_at, s.expires_at FROM session s";

/// Whose a session is, with what every request needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Signed {
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// In which language.
    pub language: Language,
    /// When it was last used.
    pub seen_at: Ts,
}
record!(Signed { session, person, language: word, seen_at });

/// When a session counts as live.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// Now: it must end later.
    pub now: Ts,
    /// It must have been used after this.
    pub seen_after: Ts,
}

fn live(sql: Sql, live: Live) -> Sql {
    sql.text(" AND s.revoked_at IS NULL AND s.expires_at > ")
        .value(live.now)
        .text(" AND s.seen_at > ")
        .value(live.seen_after)
}

/// The live session with this hash, and what its person is.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_hash(on: impl Into<Conn<'_>>, hash: Vec<u8>, when: Live) -> Result<Option<(Signed, Qualities)>> {
    let select = sql("SELECT s.id AS session, s.person, p.language, s.seen_at, ").text(QUALITIES);
    let select = select
        .text(" FROM session s JOIN person p ON p.id = s.person")
        .text(WITH_QUALITIES)
        .text(" WHERE s.token_hash = ")
        .value(hash);
    Ok(gathered(live(select.text(" AND p.erased_at IS NULL"), when).all(on).await?))
}

/// Whether the browser with this hash was ever signed in as who has this address, even if that session has ended.
///
/// # Errors
/// A fault from the database.
pub async fn was_signed_in(tx: &mut Tx, hash: Vec<u8>, email: &str) -> Result<bool> {
    let sessions = sql("SELECT COUNT(*) AS n FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = ");
    let sessions = sessions.value(hash).text(" AND p.email = ").value(email);
    Ok(sessions.one::<Count>(tx).await?.n > 0)
}

/// Forgets up to `limit` sessions that ended before `until`; how many.
///
/// # Errors
/// A fault from the database.
pub async fn forget_ended_before(tx: &mut Tx, until: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at < ")
        .value(until)
        .text(" OR revoked_at < ")
        .value(until)
        .text(" LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

/// These sessions, if they are live and this person's.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, person: PersonId, id: SessionId, when: Live) -> Result<Option<Session>> {
    live(sql(SELECT).text(" WHERE s.id = ").value(id).text(" AND s.person = ").value(person), when).optional(on).await
}

/// One page of a person's live sessions, the newest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, person: PersonId, when: Live, page: &PageRequest) -> Result<Page<Session>> {
    let order = Order { column: "s.created_at", id: "s.id", descending: true };
    let key = |s: &Session| Cursor { key: Key::Time(s.created_at), id: s.id.uuid() };
    live(sql(SELECT).text(" WHERE s.person = ").value(person), when).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many live sessions a person has.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, person: PersonId, when: Live) -> Result<i64> {
    let select = sql("SELECT COUNT(*) AS n FROM session s WHERE s.person = ").value(person);
    Ok(live(select, when).one::<Count>(on).await?.n)
}

/// Adds a session.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, s: &Session, hash: Vec<u8>) -> Result<()> {
    sql("INSERT INTO session (id, token_hash, person, browser, created_at, seen_at, expires_at) VALUES (")
        .values([
            s.id.into(),
            hash.into(),
            s.person.into(),
            (&s.browser).into(),
            s.created_at.into(),
            s.seen_at.into(),
            s.expires_at.into(),
        ])
        .text(")")
        .run(tx)
        .await
        .map(drop)
}

/// Notes that a session was used, unless another request noted it after `before`.
///
/// # Errors
/// A fault from the database.
pub async fn update_seen(tx: &mut Tx, id: SessionId, now: Ts, before: Ts) -> Result<()> {
    sql("UPDATE session SET seen_at = ")
        .value(now)
        .text(" WHERE id = ")
        .value(id)
        .text(" AND seen_at <= ")
        .value(before)
        .run(tx)
        .await
        .map(drop)
}

/// A session that has just been revoked.
#[derive(Clone, Copy, Debug)]
pub struct Revoked {
    /// The session.
    pub session: SessionId,
    /// Whose it was.
    pub person: PersonId,
}
record!(Revoked { session, person });

fn revoked(now: Ts) -> Sql {
    sql("UPDATE session SET revoked_at = ").value(now).text(" WHERE revoked_at IS NULL AND ")
}

const REVOKED: &str = " RETURNING id AS session, person";

/// Ends the session with this hash, if there is one that has not ended.
///
/// # Errors
/// A fault from the database.
pub async fn revoke_by_hash(tx: &mut Tx, hash: Vec<u8>, now: Ts) -> Result<Option<Revoked>> {
    revoked(now).text("token_hash = ").value(hash).text(REVOKED).optional(tx).await
}

/// Ends one of a person's sessions.
///
/// # Errors
/// A fault from the database.
pub async fn revoke(tx: &mut Tx, person: PersonId, id: SessionId, now: Ts) -> Result<Option<Revoked>> {
    revoked(now).text("id = ").value(id).text(" AND person = ").value(person).text(REVOKED).optional(tx).await
}

/// Ends all of a person's sessions.
///
/// # Errors
/// A fault from the database.
pub async fn revoke_all(tx: &mut Tx, person: PersonId, now: Ts) -> Result<Vec<Revoked>> {
    revoked(now).text("person = ").value(person).text(REVOKED).all(tx).await
}
