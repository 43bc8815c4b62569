//! Addresses that are not written to, because our mails come back from there.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    bounce::{MOST_SOFT, Suppression},
    id::{SuppressionId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    time::Ts,
};

record!(Suppression { id, address, cause: word, said, mail, failures, last_at, since });

const SELECT: &str = "SELECT id, address, cause, said, mail, failures, last_at, since FROM suppressed_address";
/// Days after which a mail that came back for now counts no longer.
const SOFT_DAYS: i64 = 30;

/// Notes that a mail came back from an address. It is not written to from now on where `hard`, or where it is the
/// [`MOST_SOFT`]th in a row.
///
/// # Errors
/// A fault from the database.
pub async fn note(tx: &mut Tx, s: &Suppression, hard: bool) -> Result<()> {
    let since: Option<Ts> = hard.then_some(s.last_at);
    sql("INSERT INTO suppressed_address (id, address, cause, said, mail, failures, last_at, since) VALUES (")
        .values([
            s.id.into(),
            (&s.address).into(),
            word(s.cause),
            (&s.said).into(),
            s.mail.into(),
            1_i64.into(),
            s.last_at.into(),
            since.into(),
        ])
        .text(
            ") ON CONFLICT (address) DO UPDATE SET cause = excluded.cause, said = excluded.said, mail = excluded.mail, \
             last_at = excluded.last_at, failures = CASE WHEN suppressed_address.last_at < ",
        )
        .value(s.last_at.plus_days(-SOFT_DAYS))
        .text(" THEN 1 ELSE suppressed_address.failures + 1 END, since = COALESCE(suppressed_address.since, excluded.since, ")
        .text("CASE WHEN suppressed_address.last_at >= ")
        .value(s.last_at.plus_days(-SOFT_DAYS))
        .text(" AND suppressed_address.failures + 1 >= ")
        .value(MOST_SOFT)
        .text(" THEN excluded.last_at END)")
        .run(tx)
        .await
        .map(drop)
}

/// Why this address (in lower case) is not written to, if it is not.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, address: &str) -> Result<Option<Suppression>> {
    sql(SELECT).text(" WHERE since IS NOT NULL AND address = ").value(address).optional(on).await
}

/// What holds an address that is not written to, by its key.
///
/// # Errors
/// A fault from the database.
pub async fn find_held(on: impl Into<Conn<'_>>, id: SuppressionId) -> Result<Option<Suppression>> {
    sql(SELECT).text(" WHERE since IS NOT NULL AND id = ").value(id).optional(on).await
}

/// One page of the addresses that are not written to, the latest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, page: &PageRequest) -> Result<Page<Suppression>> {
    let order = Order { column: "since", id: "id", descending: true };
    let key = |s: &Suppression| Cursor { key: Key::Time(s.since.unwrap_or(s.last_at)), id: s.id.uuid() };
    sql(SELECT).text(" WHERE since IS NOT NULL").page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>) -> Result<i64> {
    Ok(sql("SELECT COUNT(*) AS n FROM suppressed_address WHERE since IS NOT NULL").one::<Count>(on).await?.n)
}

/// Lets an address be written to again; gives back what held it, if anything did. Of two who do so at once, one.
///
/// # Errors
/// A fault from the database.
pub async fn lift(tx: &mut Tx, id: SuppressionId) -> Result<Option<Suppression>> {
    let delete = sql("DELETE FROM suppressed_address WHERE since IS NOT NULL AND id = ").value(id);
    delete.text(" RETURNING id, address, cause, said, mail, failures, last_at, since").optional(tx).await
}

/// What a territory is written to by: contacts that take requests, its mailbox, its coordinators. As `territory, email`.
pub(super) const ADDRESSES: &str = "(SELECT c.territory, c.email FROM contact_person c \
    WHERE c.removed_at IS NULL AND c.accepts_requests UNION ALL SELECT y.id, y.mailbox FROM territory y UNION ALL \
    SELECT m.territory, p.email FROM membership m JOIN person p ON p.id = m.person WHERE m.role = 'COORDINATOR')";

/// Notes that nobody of a territory can be reached by mail. It stays so since when it was noted first, unless an address
/// there took mails in between: since then one has been suspended, or is not.
///
/// # Errors
/// A fault from the database.
pub async fn note_unreachable(tx: &mut Tx, territory: TerritoryId, now: Ts) -> Result<()> {
    sql("INSERT INTO unreachable_territory (territory, since) VALUES (")
        .values([territory.into(), now.into()])
        .text(") ON CONFLICT (territory) DO UPDATE SET since = CASE WHEN EXISTS (SELECT 1 FROM ")
        .text(ADDRESSES)
        .text(
            " a LEFT JOIN suppressed_address s ON s.address = LOWER(a.email) AND s.since <= unreachable_territory.since \
             WHERE a.territory = excluded.territory AND a.email IS NOT NULL AND s.address IS NULL) \
             THEN excluded.since ELSE unreachable_territory.since END",
        )
        .run(tx)
        .await
        .map(drop)
}

/// Forgets at most `limit` addresses of which mails came back before `before`, but not often enough to be written to no
/// more.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM suppressed_address WHERE id IN (SELECT id FROM suppressed_address WHERE since IS NULL AND last_at < ")
        .value(before)
        .text(" ORDER BY last_at LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

/// Forgets all that came back from an address: somebody has just shown that mails arrive there.
///
/// # Errors
/// A fault from the database.
pub async fn forget(tx: &mut Tx, address: &str) -> Result<()> {
    sql("DELETE FROM suppressed_address WHERE address = ").value(address).run(tx).await.map(drop)
}
