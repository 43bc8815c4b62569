//! Sign-in codes that were asked for: counted for the limits, tried at most so often, used once.
use super::{Result, Tx, sql::*};
use crate::domain::{
    id::{ChallengeId, OutboxId},
    sign_in::{Challenge, TRIES},
    time::Ts,
};

record!(Challenge { id, email, code_hash });

/// A code to be kept.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// The code asked for.
    pub challenge: Challenge,
    /// From which network address.
    pub network: String,
    /// The hash of the browser's secret.
    pub browser_hash: Vec<u8>,
    /// When.
    pub created_at: Ts,
    /// Until when it is good.
    pub expires_at: Ts,
}

/// Lets one asker at a time through until its transaction ends, so that two at once cannot both be the last within
/// the limit.
///
/// # Errors
/// A fault from the database.
pub async fn enter(tx: &mut Tx) -> Result<()> {
    sql("UPDATE challenge_gate SET passed = passed + 1").run(tx).await.map(drop)
}

/// Forgets up to `limit` codes that were asked for before `until`; how many.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, until: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM challenge WHERE id IN (SELECT id FROM challenge WHERE created_at < ")
        .value(until)
        .text(" ORDER BY created_at LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

/// What codes are counted by.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// The address they are for.
    Email(&'a str),
    /// The network address they were asked from.
    Network(&'a str),
    /// The address and the network address together.
    Both {
        /// The address they are for.
        email: &'a str,
        /// The network address they were asked from.
        network: &'a str,
    },
}

struct Asked {
    created_at: Ts,
}
record!(Asked { created_at });

/// When the `nth` last code was asked for, if so many were asked for after `after`.
///
/// # Errors
/// A fault from the database.
pub async fn nth_last(tx: &mut Tx, by: By<'_>, nth: i64, after: Ts) -> Result<Option<Ts>> {
    let select = match by {
        By::Email(email) => sql("SELECT created_at FROM challenge WHERE email = ").value(email),
        By::Network(network) => sql("SELECT created_at FROM challenge WHERE network = ").value(network),
        By::Both { email, network } => {
            sql("SELECT created_at FROM challenge WHERE email = ").value(email).text(" AND network = ").value(network)
        }
    };
    let row: Option<Asked> = select
        .text(" AND created_at > ")
        .value(after)
        .text(" ORDER BY created_at DESC LIMIT 1 OFFSET ")
        .value(nth - 1)
        .optional(tx)
        .await?;
    Ok(row.map(|row| row.created_at))
}

/// Keeps a code that was asked for.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, c: NewChallenge) -> Result<()> {
    sql("INSERT INTO challenge (id, email, network, browser_hash, code_hash, created_at, expires_at) VALUES (")
        .values([
            c.challenge.id.into(),
            c.challenge.email.into(),
            c.network.into(),
            c.browser_hash.into(),
            c.challenge.code_hash.into(),
            c.created_at.into(),
            c.expires_at.into(),
        ])
        .text(")")
        .run(tx)
        .await
        .map(drop)
}

/// Counts one more try of this browser's code and gives it back; nothing where it is used, too old or tried out. The
/// row stays locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn count_try(tx: &mut Tx, browser_hash: Vec<u8>, now: Ts) -> Result<Option<Challenge>> {
    sql("UPDATE challenge SET tries = tries + 1 WHERE browser_hash = ")
        .value(browser_hash)
        .text(" AND used_at IS NULL AND tries < ")
        .value(TRIES)
        .text(" AND expires_at > ")
        .value(now)
        .text(" RETURNING id, email, code_hash")
        .optional(tx)
        .await
}

/// Uses up a code; false where somebody was quicker.
///
/// # Errors
/// A fault from the database.
pub async fn use_up(tx: &mut Tx, id: ChallengeId, now: Ts) -> Result<bool> {
    let update = sql("UPDATE challenge SET used_at = ").value(now).text(" WHERE used_at IS NULL AND id = ").value(id);
    Ok(update.run(tx).await? == 1)
}

/// Takes the mail with the code out of the queue again unless the address is `known`: an unknown one costs the same
/// statements as a known one, so that nobody can tell them apart by the clock.
///
/// # Errors
/// A fault from the database.
pub async fn keep_mail_if(tx: &mut Tx, id: OutboxId, known: bool) -> Result<()> {
    let delete = sql("DELETE FROM outbox WHERE id = ").value(id).text(" AND ").value(!known);
    delete.run(tx).await.map(drop)
}
