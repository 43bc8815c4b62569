//! Tokens for programs. Only a token's hash is kept, and its first characters for its owner.
use super::{
    Conn, Result, Tx,
    people::{QUALITIES, Qualities, WITH_QUALITIES, gathered},
    sql::*,
};
use crate::domain::{
    id::{ApiTokenId, PersonId},
    page::{Cursor, Key, Page, PageRequest},
    permission::Scope,
    text::Language,
    time::Ts,
    token::ApiToken,
};

record!(ApiToken { id, person, name, prefix, scopes: json, created_at, expires_at, used_at, revoked_at });

const SELECT: &str = "SELECT t.id, t.person, t.name, t.prefix, t.scopes, t.created_at, t.expires_at, t.used_at, \
    t.revoked_at FROM api_token t";

/// Whose a token is, with what every request needs to know.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The token.
    pub token: ApiTokenId,
    /// Who.
    pub person: PersonId,
    /// What for.
    pub scopes: Vec<Scope>,
    /// In which language.
    pub language: Language,
    /// When it was last used.
    pub used_at: Option<Ts>,
}
record!(Signed { token, person, scopes: json, language: word, used_at });

/// The token with this hash, if it works at `now`, and what its owner is.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_hash(on: impl Into<Conn<'_>>, hash: Vec<u8>, now: Ts) -> Result<Option<(Signed, Qualities)>> {
    let rows = sql("SELECT t.id AS token, t.person, t.scopes, p.language, t.used_at, ")
        .text(QUALITIES)
        .text(" FROM api_token t JOIN person p ON p.id = t.person")
        .text(WITH_QUALITIES)
        .text(" WHERE t.token_hash = ")
        .value(hash)
        .text(" AND t.revoked_at IS NULL AND t.expires_at > ")
        .value(now)
        .text(" AND p.erased_at IS NULL")
        .all(on)
        .await?;
    Ok(gathered(rows))
}

/// One of a person's tokens.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, person: PersonId, id: ApiTokenId) -> Result<Option<ApiToken>> {
    sql(SELECT).text(" WHERE t.id = ").value(id).text(" AND t.person = ").value(person).optional(on).await
}

/// One page of a person's tokens, the newest first, those that no longer work too.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, person: PersonId, page: &PageRequest) -> Result<Page<ApiToken>> {
    let order = Order { column: "t.created_at", id: "t.id", descending: true };
    let key = |t: &ApiToken| Cursor { key: Key::Time(t.created_at), id: t.id.uuid() };
    sql(SELECT).text(" WHERE t.person = ").value(person).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many tokens a person has.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, person: PersonId) -> Result<i64> {
    let select = sql("SELECT COUNT(*) AS n FROM api_token t WHERE t.person = ").value(person);
    Ok(select.one::<Count>(on).await?.n)
}

/// How many of a person's tokens work at `now`. Locks the person's row, so that two tokens made at once are counted.
///
/// # Errors
/// A fault from the database.
pub async fn count_live(tx: &mut Tx, person: PersonId, now: Ts) -> Result<i64> {
    super::people::lock(tx, person).await?;
    let select = sql("SELECT COUNT(*) AS n FROM api_token t WHERE t.person = ")
        .value(person)
        .text(" AND t.revoked_at IS NULL AND t.expires_at > ")
        .value(now);
    Ok(select.one::<Count>(tx).await?.n)
}

/// Adds a token.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, t: &ApiToken, hash: Vec<u8>) -> Result<()> {
    sql("INSERT INTO api_token (id, token_hash, person, name, prefix, scopes, created_at, expires_at) VALUES (")
        .values([
            t.id.into(),
            hash.into(),
            t.person.into(),
            (&t.name).into(),
            (&t.prefix).into(),
            json(&t.scopes)?,
            t.created_at.into(),
            t.expires_at.into(),
        ])
        .text(")")
        .run(tx)
        .await
        .map(drop)
}

/// Notes that a token was used, unless another request noted it after `before`.
///
/// # Errors
/// A fault from the database.
pub async fn update_used(tx: &mut Tx, id: ApiTokenId, now: Ts, before: Ts) -> Result<()> {
    sql("UPDATE api_token SET used_at = ")
        .value(now)
        .text(" WHERE id = ")
        .value(id)
        .text(" AND (used_at IS NULL OR used_at <= ")
        .value(before)
        .text(")")
        .run(tx)
        .await
        .map(drop)
}

/// Revokes one of a person's tokens; false where it is not there or was revoked before.
///
/// # Errors
/// A fault from the database.
pub async fn revoke(tx: &mut Tx, person: PersonId, id: ApiTokenId, now: Ts) -> Result<bool> {
    let update =
        sql("UPDATE api_token SET revoked_at = ").value(now).text(" WHERE revoked_at IS NULL AND id = ").value(id);
    Ok(update.text(" AND person = ").value(person).run(tx).await? == 1)
}

struct Revoked {
    id: ApiTokenId,
}
record!(Revoked { id });

/// Revokes all of a person's tokens and says which.
///
/// # Errors
/// A fault from the database.
pub async fn revoke_all(tx: &mut Tx, person: PersonId, now: Ts) -> Result<Vec<ApiTokenId>> {
    let update = sql("UPDATE api_token SET revoked_at = ").value(now).text(" WHERE revoked_at IS NULL AND person = ");
    let rows: Vec<Revoked> = update.value(person).text(" RETURNING id").all(tx).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
