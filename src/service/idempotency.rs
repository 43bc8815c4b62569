//! What must not happen twice: a client gives the action a key, and a repeat with the same key and the same input gives
//! back what came of it the first time.
use crate::{
    domain::{
        id::PersonId,
        refusal::{Code, Fault, Outcome, Refusal},
        text,
        time::Ts,
    },
    store::{
        Tx,
        idempotency::{self, Use},
    },
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Days after which a key may be used for something else.
pub const KEPT_DAYS: i64 = 30;

/// A key and what it is used for.
pub struct Key<'a, T> {
    /// As the client gave it; none where a repeat may happen twice.
    pub key: Option<&'a str>,
    /// The verb of the action.
    pub action: &'static str,
    /// All of its input, but for the key.
    pub input: &'a T,
}

/// Takes the key for this transaction, whose action will give `result`. Some where the same was done before: what it
/// gave then.
///
/// # Errors
/// `INVALID` or `TOO_LONG` on the key, `KEY_REUSED` where it was used for something else.
pub async fn claim<T: Serialize + Sync>(
    tx: &mut Tx,
    person: Option<PersonId>,
    key: Key<'_, T>,
    result: Uuid,
    now: Ts,
) -> Outcome<Option<Uuid>> {
    let (Some(person), Some(text)) = (person, key.key) else { return Ok(None) };
    let text = text::line("idempotencyKey", text, 100)?;
    let input = serde_json::to_vec(key.input).map_err(Fault::new)?;
    let new = Use { action: key.action.to_owned(), fingerprint: Sha256::digest(input).to_vec(), result };
    match idempotency::claim(tx, person, &text, &new, now).await? {
        None => Ok(None),
        Some(old) if old.action == new.action && old.fingerprint == new.fingerprint => Ok(Some(old.result)),
        Some(_) => Err(Refusal::new(Code::KeyReused)
            .on("idempotencyKey")
            .say(
                "Questa chiave è già servita per un'altra operazione: usatene una nuova.",
                "This key has been used for something else already: take a new one.",
            )
            .into()),
    }
}
