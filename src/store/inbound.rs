//! Mails that came: the key of the addresses they came to, who watches the mailbox, and what was dealt with.
use super::{Conn, Result, Store, Tx, sql::*};
use crate::domain::{
    id::{InboundId, MessageId, OutboxId},
    time::Ts,
};

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
    // It never changes, and nearly every mail asks for it.
    if let Some(key) = store.kept_mail_key() {
        return Ok(key);
    }
    if let Some(key) = find_key(store).await? {
        store.keep_mail_key(Some(&key.secret));
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

/// Gives up whatever watch a process that is surely gone had.
///
/// # Errors
/// A fault from the database.
pub async fn release_abandoned(tx: &mut Tx) -> Result<()> {
    sql("DELETE FROM inbox_lease").run(tx).await.map(drop)
}

/// A mail that is being dealt with.
#[derive(Clone, Debug)]
pub struct NewInbound {
    /// Key.
    pub id: InboundId,
    /// The same at every delivery of the same mail.
    pub fingerprint: Vec<u8>,
    /// Where it stands in the mailbox.
    pub place: String,
    /// The fingerprint of its sender.
    pub sender: Vec<u8>,
    /// What it is.
    pub kind: &'static str,
    /// Now.
    pub received_at: Ts,
}

/// Notes that a mail is dealt with in this transaction. False where it was before: then nothing may come of it. Of two
/// instances at the same mail one waits here for the other.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, new: &NewInbound) -> Result<bool> {
    let rows = sql("INSERT INTO inbound_mail (id, fingerprint, place, sender, kind, outcome, received_at) VALUES (")
        .values([
            new.id.into(),
            new.fingerprint.clone().into(),
            (&new.place).into(),
            new.sender.clone().into(),
            new.kind.into(),
            "BEGUN".into(),
            new.received_at.into(),
        ])
        .text(") ON CONFLICT (fingerprint) DO NOTHING")
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// Notes what came of a mail: in a word, and with the mail of ours that it was about and the message that it became.
///
/// # Errors
/// A fault from the database.
pub async fn settle(
    tx: &mut Tx,
    id: InboundId,
    outcome: &'static str,
    mail: Option<OutboxId>,
    message: Option<MessageId>,
    told_at: Option<Ts>,
) -> Result<()> {
    sql("UPDATE inbound_mail SET outcome = ")
        .value(outcome)
        .text(", mail = ")
        .value(mail)
        .text(", message = ")
        .value(message)
        .text(", told_at = ")
        .value(told_at)
        .text(" WHERE id = ")
        .value(id)
        .run(tx)
        .await
        .map(drop)
}

struct Place {
    place: String,
}
record!(Place { place });

/// Those of these places whose mails were dealt with.
///
/// # Errors
/// A fault from the database.
pub async fn known(on: impl Into<Conn<'_>>, places: &[String]) -> Result<Vec<String>> {
    let rows: Vec<Place> = sql("SELECT place FROM inbound_mail WHERE place").any(places).all(on).await?;
    Ok(rows.into_iter().map(|row| row.place).collect())
}

struct Recent {
    n: i64,
    told: i64,
}
record!(Recent { n, told });

/// How many mails of this sender were dealt with since then, and to how many of them it was answered.
///
/// # Errors
/// A fault from the database.
pub async fn recent(on: impl Into<Conn<'_>>, sender: &[u8], since: Ts) -> Result<(i64, i64)> {
    let count =
        sql("SELECT COUNT(*) AS n, COUNT(told_at) AS told FROM inbound_mail WHERE sender = ").value(sender.to_vec());
    let found: Recent = count.text(" AND received_at > ").value(since).one(on).await?;
    Ok((found.n, found.told))
}

struct Outcome {
    outcome: String,
}
record!(Outcome { outcome });

/// What came of all mails so far, oldest first.
///
/// # Errors
/// A fault from the database.
pub async fn outcomes(on: impl Into<Conn<'_>>) -> Result<Vec<String>> {
    let rows: Vec<Outcome> =
        sql("SELECT outcome FROM inbound_mail ORDER BY received_at, id LIMIT 1000").all(on).await?;
    Ok(rows.into_iter().map(|row| row.outcome).collect())
}

/// Forgets at most `limit` mails that were dealt with before `before`.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM inbound_mail WHERE id IN (SELECT id FROM inbound_mail WHERE received_at < ")
        .value(before)
        .text(" ORDER BY received_at LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}
