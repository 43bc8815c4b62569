//! Forgetting what has served its time, a little at a time: keys of repeated clicks, codes that were asked for, sessions
//! and invitations that have ended, mails that have left. Names and addresses of people are among it, so it is not only room that is won.
use super::idempotency::KEPT_DAYS;
use crate::{
    app::App,
    domain::{
        inbound::KEPT_DAYS as KEPT_DAYS_OF_INBOUND, notification::KEPT_DAYS as KEPT_DAYS_OF_NOTIFICATIONS,
        refusal::Fault, sign_in::KEPT_SECONDS,
    },
    store::{idempotency, inbound, invitations, mail_domains, notifications, outbox, sessions, sign_in, suppressions},
};

/// The most rows of each kind that one call takes away: whoever writes meanwhile does not wait long.
pub const LOT: i64 = 500;
/// Days for which a session that has ended is kept, so that its browser is still known when it comes back.
pub const SESSION_KEPT_DAYS: i64 = 90;
/// Days for which an invitation that has ended is kept for its territory to look at.
pub const INVITATION_KEPT_DAYS: i64 = 180;

/// Days for which it is kept what became of a mail, and to which address it went.
pub const MAIL_KEPT_DAYS: i64 = 400;

/// Forgets at most [`LOT`] of each kind. True where more may be left.
///
/// # Errors
/// A fault from the database.
pub async fn forget(app: &App) -> Result<bool, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let gone = [
        idempotency::forget_before(&mut tx, now.plus_days(-KEPT_DAYS), LOT).await?,
        sign_in::forget_before(&mut tx, now.plus_seconds(-KEPT_SECONDS), LOT).await?,
        sessions::forget_ended_before(&mut tx, now.plus_days(-SESSION_KEPT_DAYS), LOT).await?,
        inbound::forget_before(&mut tx, now.plus_days(-KEPT_DAYS_OF_INBOUND), LOT).await?,
        invitations::forget_ended_before(&mut tx, now.plus_days(-INVITATION_KEPT_DAYS), LOT).await?,
        outbox::forget_before(&mut tx, now.plus_days(-MAIL_KEPT_DAYS), LOT).await?,
        suppressions::forget_before(&mut tx, now.plus_days(-MAIL_KEPT_DAYS), LOT).await?,
        mail_domains::forget_before(&mut tx, now.plus_days(-MAIL_KEPT_DAYS), LOT).await?,
        notifications::forget_before(&mut tx, now.plus_days(-KEPT_DAYS_OF_NOTIFICATIONS), LOT).await?,
    ];
    tx.commit(now).await?;
    Ok(gone.iter().any(|rows| *rows >= LOT.unsigned_abs()))
}
