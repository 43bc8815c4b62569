//! Mails that came: the key of the addresses they came to, who watches the mailbox, and what was dealt with.
use super::{Conn, Result, Store, Tx, sql::*};
use crate::domain::time::Ts;

struct Key {
    secret: Vec<u8>,
}
record!(Key { secret });

/// The key that signs addresses to answer to; `fresh` becomes it where there is none yet. All instances get the same,
/// also when they ask for the first time at the same moment.
///
/// # Errors
/// A fault from the database.
pub async fn key(store: &Store, fresh: impl FnOnce() -> [u8; 32], now: Ts) -> Result<Vec<u8>> {
    if let Some(key) = find_key(store).await? {
        return Ok(key.secret);
    }
    let mut tx = store.begin().await?;
    sql("INSERT INTO mail_key (one, secret, created_at) VALUES (")
        .values([1_i64.into(), fresh().to_vec().into(), now.into()])
        .text(") ON CONFLICT (one) DO NOTHING")
        .run(&mut tx)
        .await?;
    tx.commit(now).await?;
    Ok(find_key(store).await?.ok_or_else(|| super::fault("a key just made"))?.secret)
}

async fn find_key(on: impl Into<Conn<'_>>) -> Result<Option<Key>> {
    sql("SELECT secret FROM mail_key WHERE one = 1").optional(on).await
}

/// Takes the watch over the mailbox under the name `holder` until `until`, or keeps it. False where another has it.
///
/// # Errors
/// A fault from the database.
pub async fn watch(tx: &mut Tx, holder: &str, now: Ts, until: Ts) -> Result<bool> {
    let rows = sql("INSERT INTO inbox_lease (one, holder, held_until) VALUES (")
        .values([1_i64.into(), holder.into(), until.into()])
        .text(
            ") ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until \
             WHERE inbox_lease.holder = excluded.holder OR inbox_lease.held_until <= ",
        )
        .value(now)
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// Gives the watch up, if `holder` has it.
///
/// # Errors
/// A fault from the database.
pub async fn unwatch(tx: &mut Tx, holder: &str) -> Result<()> {
    sql("DELETE FROM inbox_lease WHERE holder = ").value(holder).run(tx).await.map(drop)
}
