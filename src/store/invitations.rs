//! Invitations to join a territory.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{InvitationId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    person::Invitation,
    time::Ts,
};

record!(Invitation {
    id,
    territory,
    email,
    name,
    role: word,
    invited_by,
    created_at,
    expires_at,
    accepted_at,
    revoked_at
});

const SELECT: &str = "SELECT i.id, i.territory, i.email, i.name, i.role, i.invited_by, i.created_at, i.expires_at, \
    i.accepted_at, i.revoked_at FROM invitation i";

/// Neither accepted nor taken back; the partial index has the same words.
const WAITING: &str = " AND i.accepted_at IS NULL AND i.revoked_at IS NULL";

/// The invitations with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[InvitationId]) -> Result<Vec<Invitation>> {
    sql(SELECT).text(" WHERE i.id").any(ids).all(on).await
}

/// The invitation with this id, locked.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: InvitationId) -> Result<Option<Invitation>> {
    sql(SELECT).text(" WHERE i.id = ").value(id).for_update().optional(tx).await
}

/// The invitations of this address that can be accepted at `now`, oldest first, locked.
///
/// # Errors
/// A fault from the database.
pub async fn pending_for_update(tx: &mut Tx, email: &str, now: Ts) -> Result<Vec<Invitation>> {
    sql(SELECT)
        .text(" WHERE i.email = ")
        .value(email)
        .text(WAITING)
        .text(" AND i.expires_at > ")
        .value(now)
        .text(" ORDER BY i.created_at, i.id")
        .for_update()
        .all(tx)
        .await
}

/// One page of a territory's invitations, the newest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, territory: TerritoryId, page: &PageRequest) -> Result<Page<Invitation>> {
    let order = Order { column: "i.created_at", id: "i.id", descending: true };
    let key = |i: &Invitation| Cursor { key: Key::Time(i.created_at), id: i.id.uuid() };
    sql(SELECT).text(" WHERE i.territory = ").value(territory).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many invitations a territory ever wrote.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, territory: TerritoryId) -> Result<i64> {
    let select = sql("SELECT COUNT(*) AS n FROM invitation i WHERE i.territory = ").value(territory);
    Ok(select.one::<Count>(on).await?.n)
}

/// How many invitations of a territory can be accepted at `now`.
///
/// # Errors
/// A fault from the database.
pub async fn count_pending(on: impl Into<Conn<'_>>, territory: TerritoryId, now: Ts) -> Result<i64> {
    let select = sql("SELECT COUNT(*) AS n FROM invitation i WHERE i.territory = ").value(territory).text(WAITING);
    Ok(select.text(" AND i.expires_at > ").value(now).one::<Count>(on).await?.n)
}

/// Adds an invitation; false where one of the same address waits already. One that nobody accepted in time makes room.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, i: &Invitation) -> Result<bool> {
    sql("UPDATE invitation SET revoked_at = expires_at WHERE territory = ")
        .value(i.territory)
        .text(" AND email = ")
        .value(&i.email)
        .text(" AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= ")
        .value(i.created_at)
        .run(tx)
        .await?;
    let insert =
        sql("INSERT INTO invitation (id, territory, email, name, role, invited_by, created_at, expires_at) VALUES (")
            .values([
                i.id.into(),
                i.territory.into(),
                (&i.email).into(),
                (&i.name).into(),
                word(i.role),
                i.invited_by.into(),
                i.created_at.into(),
                i.expires_at.into(),
            ])
            .text(") ON CONFLICT DO NOTHING");
    Ok(insert.run(tx).await? == 1)
}

/// Forgets up to `limit` invitations that were accepted, taken back or left to expire before `until`, with the names and
/// addresses they hold; how many.
///
/// # Errors
/// A fault from the database.
pub async fn forget_ended_before(tx: &mut Tx, until: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE expires_at < ")
        .value(until)
        .text(" OR accepted_at < ")
        .value(until)
        .text(" OR revoked_at < ")
        .value(until)
        .text(" LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

/// Notes that it was accepted; false where it no longer waits.
///
/// # Errors
/// A fault from the database.
pub async fn accept(tx: &mut Tx, id: InvitationId, now: Ts) -> Result<bool> {
    let update = sql("UPDATE invitation SET accepted_at = ").value(now).text(" WHERE id = ").value(id);
    Ok(update.text(" AND accepted_at IS NULL AND revoked_at IS NULL").run(tx).await? == 1)
}

/// Takes it back; false where it no longer waits.
///
/// # Errors
/// A fault from the database.
pub async fn revoke(tx: &mut Tx, id: InvitationId, now: Ts) -> Result<bool> {
    let update = sql("UPDATE invitation SET revoked_at = ").value(now).text(" WHERE id = ").value(id);
    Ok(update.text(" AND accepted_at IS NULL AND revoked_at IS NULL").run(tx).await? == 1)
}
