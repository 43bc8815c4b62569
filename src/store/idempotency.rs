//! Repeated clicks: the key a person's program gave to an action, and what came of it.
use super::{Result, Tx, sql::*};
use crate::domain::{id::PersonId, time::Ts};
use uuid::Uuid;

/// A key in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// For which action.
    pub action: String,
    /// Hash of the action's input.
    pub fingerprint: Vec<u8>,
    /// The object that came of it.
    pub result: Uuid,
}
record!(Use { action, fingerprint, result });

/// Takes the key for an action that will give `use_.result`. `None` where it is taken for this transaction; else what
/// it was used for before. Of two transactions with one key the second waits here for the first to end.
///
/// # Errors
/// A fault from the database.
pub async fn claim(tx: &mut Tx, person: PersonId, key: &str, new: &Use, now: Ts) -> Result<Option<Use>> {
    let rows = sql("INSERT INTO idempotency (person, key, action, fingerprint, result, created_at) VALUES (")
        .values([
            person.into(),
            key.into(),
            (&new.action).into(),
            new.fingerprint.clone().into(),
            new.result.into(),
            now.into(),
        ])
        .text(") ON CONFLICT (person, key) DO NOTHING")
        .run(tx)
        .await?;
    if rows == 1 {
        return Ok(None);
    }
    let found = sql("SELECT action, fingerprint, result FROM idempotency WHERE person = ").value(person);
    found.text(" AND key = ").value(key).one(tx).await.map(Some)
}

/// Forgets up to `limit` keys given before `until`; how many.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, until: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM idempotency WHERE (person, key) IN (SELECT person, key FROM idempotency WHERE created_at < ")
        .value(until)
        .text(" ORDER BY created_at LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}
