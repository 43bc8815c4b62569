//! Recipient domains whose servers would not take a mail just now: they rest, and no other domain waits for them.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{delivery::rest, time::Ts};

struct Resting {
    failures: i64,
}
record!(Resting { failures });

/// Lets a domain rest, the longer the more often in a row; until when. Of mails that fail together one counts.
///
/// # Errors
/// A fault from the database.
pub async fn let_rest(tx: &mut Tx, domain: &str, now: Ts) -> Result<Ts> {
    let found = sql("INSERT INTO mail_domain (domain, failures, rests_until) VALUES (")
        .values([domain.into(), 1_i64.into(), now.into()])
        .text(") ON CONFLICT (domain) DO UPDATE SET failures = mail_domain.failures + CASE WHEN mail_domain.rests_until > ")
        .value(now)
        .text(" THEN 0 ELSE 1 END RETURNING failures")
        .one::<Resting>(&mut *tx)
        .await?;
    let until = now.plus_seconds(rest(found.failures));
    let update = sql("UPDATE mail_domain SET rests_until = ").value(until).text(" WHERE domain = ").value(domain);
    update.run(tx).await?;
    Ok(until)
}

/// A mail was taken: the domain does not rest any more.
///
/// # Errors
/// A fault from the database.
pub async fn awake(tx: &mut Tx, domain: &str) -> Result<()> {
    sql("DELETE FROM mail_domain WHERE domain = ").value(domain).run(tx).await.map(drop)
}

/// Forgets at most `limit` domains whose rest ended before `before`.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM mail_domain WHERE domain IN (SELECT domain FROM mail_domain WHERE rests_until < ")
        .value(before)
        .text(" ORDER BY rests_until LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many domains rest at `now`.
///
/// # Errors
/// A fault from the database.
pub async fn resting(on: impl Into<Conn<'_>>, now: Ts) -> Result<i64> {
    let count = sql("SELECT COUNT(*) AS n FROM mail_domain WHERE rests_until > ").value(now);
    Ok(count.one::<Count>(on).await?.n)
}
