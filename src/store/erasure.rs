//! Forgetting a person: every column that holds personal data of staff is emptied here, in one place, so that a new one
//! is not forgotten. What the person did stays, by nobody in particular.
use super::{Result, Tx, sql::*};
use crate::domain::{
    person::{ERASED, Person},
    time::Ts,
};

/// Empties all that tells who this person is, and ends every role. False where that was done before.
///
/// # Errors
/// A fault from the database.
pub async fn erase(tx: &mut Tx, p: &Person, now: Ts) -> Result<bool> {
    let update = sql("UPDATE person SET email = NULL, name = ")
        .value(ERASED)
        .text(", quiet_from = NULL, quiet_until = NULL, weekends_off = FALSE, erased_at = ")
        .value(now);
    let done = update.text(" WHERE id = ").value(p.id).text(" AND erased_at IS NULL").run(tx).await? == 1;
    sql("DELETE FROM staff WHERE person = ").value(p.id).run(tx).await?;
    sql("DELETE FROM membership WHERE person = ").value(p.id).run(tx).await?;
    sql("DELETE FROM need_watch WHERE person = ").value(p.id).run(tx).await?;
    sql("DELETE FROM notification WHERE person = ").value(p.id).run(tx).await?;
    sql("DELETE FROM notification_preference WHERE person = ").value(p.id).run(tx).await?;
    sql("DELETE FROM mail_optout WHERE recipient = ").value(format!("person:{}", p.id)).run(tx).await?;
    sql("UPDATE session SET browser = '' WHERE person = ").value(p.id).run(tx).await?;
    sql("UPDATE contact_person SET person = NULL, email = NULL, phone = NULL, name = ")
        .value(ERASED)
        .text(", removed_at = COALESCE(removed_at, ")
        .value(now)
        .text(") WHERE person = ")
        .value(p.id)
        .run(tx)
        .await?;
    if let Some(email) = &p.email {
        sql("DELETE FROM challenge WHERE email = ").value(email).run(tx).await?;
        sql("DELETE FROM invitation WHERE email = ").value(email).run(tx).await?;
        sql("DELETE FROM suppressed_address WHERE address = ").value(email).run(tx).await?;
        mails(tx, p, email).await?;
    }
    Ok(done)
}

/// What was sent stays countable; what still waits is not sent.
async fn mails(tx: &mut Tx, p: &Person, email: &str) -> Result<()> {
    sql("UPDATE outbox SET address = '', domain = '', name = NULL, secret = NULL, \
         state = CASE WHEN state IN ('QUEUED', 'UNSURE') THEN 'SUPPRESSED' ELSE state END, \
         recipient = CASE WHEN recipient = ")
    .value(format!("address:{email}"))
    .text(" THEN ")
    .value(format!("erased:{}", p.id))
    .text(" ELSE recipient END WHERE address = ")
    .value(email)
    .run(tx)
    .await
    .map(drop)
}
