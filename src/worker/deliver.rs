//! Sends the mails that are due. Each is a task of its own: one that panics or has a bad address stops no other. The
//! lease lasts longer than any attempt can, and what came of an attempt is written only while the lease holds.
use super::{compose, log};
use crate::{
    app::App,
    domain::{
        mail::{MOST_ATTEMPTS, Mail, pause},
        refusal::Fault,
        time::Ts,
    },
    mail::{Outgoing, SendError},
    service::{bounces, undelivered},
    store::outbox::{self, Attempt},
};
use std::{collections::VecDeque, time::Duration};
use tokio::task::JoinSet;

/// An attempt that takes longer is given up.
const ATTEMPT: Duration = Duration::from_secs(90);
/// For how many seconds a mail is ours: much longer than an attempt and what is written around it.
const LEASE: i64 = 300;
/// How many mails are taken at a time, and how many of these are sent at once.
const LOT: i64 = 20;
const AT_ONCE: usize = 10;

/// Sends all that is due, until there is no more or `stop` says so.
pub(super) async fn all(app: &App, stop: impl Fn() -> bool) -> Result<(), Fault> {
    while !stop() && outbox::oldest_due(&app.store).await?.is_some_and(|due| due <= app.clock.now()) {
        let claim = app.clock.id::<()>().to_string();
        let mails = take(app, &claim).await?;
        if mails.is_empty() {
            // What is due is being sent by somebody else.
            return Ok(());
        }
        lot(app, &claim, mails.into(), &stop).await;
    }
    Ok(())
}

async fn take(app: &App, claim: &str) -> Result<Vec<Mail>, Fault> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let mails = outbox::claim(&mut tx, claim, now, now.plus_seconds(LEASE), LOT).await?;
    tx.commit(now).await?;
    Ok(mails)
}

async fn lot(app: &App, claim: &str, mut mails: VecDeque<Mail>, stop: impl Fn() -> bool) {
    let mut running = JoinSet::new();
    let mut names = Vec::new();
    loop {
        if stop() {
            give_back(app, claim, &mut mails).await;
        }
        while running.len() < AT_ONCE
            && let Some(mail) = mails.pop_front()
        {
            let (app, id, attempts) = (app.clone(), mail.id, mail.attempts);
            let task = running.spawn(async move { attempt(&app, &mail).await });
            names.push((task.id(), id, attempts));
        }
        let Some(done) = running.join_next_with_id().await else { return };
        let (task, came) = match done {
            Ok((task, came)) => (task, came),
            Err(broken) => (broken.id(), Err(format!("the program failed while sending it: {broken}"))),
        };
        let Some((_, id, attempts)) = names.iter().find(|(name, ..)| *name == task) else { continue };
        let came = came.unwrap_or_else(|reason| again(*attempts, app.clock.now(), reason, Attempt::Later));
        if let Err(fault) = settle(app, claim, *id, &came).await {
            // The lease ends by itself, and somebody tries again.
            log(&fault, "what came of a mail could not be written");
        }
    }
}

/// What was taken but not begun goes back into the queue, so that nobody waits for our lease to end.
async fn give_back(app: &App, claim: &str, mails: &mut VecDeque<Mail>) {
    for mail in mails.drain(..) {
        let later = Attempt::Later(mail.due_at, "the program stopped before it was sent".to_owned());
        if let Err(fault) = settle(app, claim, mail.id, &later).await {
            log(&fault, "a mail could not be given back");
        }
    }
}

async fn settle(app: &App, claim: &str, id: crate::domain::id::OutboxId, came: &Attempt) -> Result<(), Fault> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let ours = outbox::settle(&mut tx, id, claim, came, now).await?;
    if ours {
        match came {
            Attempt::Refused(reason) => bounces::refused(&mut tx, app, id, reason).await?,
            Attempt::Failed(_) | Attempt::Withheld(..) => undelivered::tell(&mut tx, app, id).await?,
            _ => {}
        }
    }
    tx.commit(now).await?;
    if ours {
        app.metrics.mail(match came {
            Attempt::Sent(_) => "sent",
            Attempt::Later(..) => "later",
            Attempt::Unsure(..) => "unsure",
            Attempt::Failed(_) | Attempt::Refused(_) => "failed",
            Attempt::Suppressed(_) | Attempt::Withheld(..) => "suppressed",
        });
    }
    match came {
        _ if !ours => tracing::warn!(mail = %id, "the lease on a mail was lost while it was sent"),
        Attempt::Sent(_) => tracing::info!(mail = %id, "mail sent"),
        Attempt::Later(_, reason) | Attempt::Unsure(_, reason) => tracing::warn!(mail = %id, reason, "mail waits"),
        Attempt::Failed(reason) | Attempt::Refused(reason) => tracing::error!(mail = %id, reason, "mail failed"),
        Attempt::Suppressed(reason) | Attempt::Withheld(_, reason) => {
            tracing::info!(mail = %id, reason, "mail suppressed");
        }
    }
    Ok(())
}

/// Writes the mail and hands it over. The error says why it must be tried again though nothing was handed over.
async fn attempt(app: &App, mail: &Mail) -> Result<Attempt, String> {
    if mail.attempts > MOST_ATTEMPTS {
        return Ok(Attempt::Failed("it was begun too often and never ended".to_owned()));
    }
    match compose::outgoing(app, mail).await {
        Ok(outgoing) => Ok(send(app, mail, &outgoing).await),
        Err(compose::Unwritten::Suppressed(reason)) => Ok(Attempt::Suppressed(reason.to_owned())),
        Err(compose::Unwritten::Withheld(why, reason)) => Ok(Attempt::Withheld(why, reason)),
        Err(compose::Unwritten::Wrong(reason)) => Ok(Attempt::Failed(reason)),
        Err(compose::Unwritten::Fault(fault)) => {
            log(&fault, "a mail could not be written");
            Err("it could not be written: see the log".to_owned())
        }
    }
}

async fn send(app: &App, mail: &Mail, outgoing: &Outgoing) -> Attempt {
    let sent = tokio::time::timeout(ATTEMPT, app.mail.send(outgoing)).await;
    let now = app.clock.now();
    match sent {
        Ok(Ok(receipt)) => Attempt::Sent(receipt.reference),
        Ok(Err(SendError::Permanent { code: Some(_), reason })) => Attempt::Refused(reason),
        Ok(Err(SendError::Permanent { code: None, reason })) => Attempt::Failed(reason),
        Ok(Err(SendError::Transient { reason, .. })) => again(mail.attempts, now, reason, Attempt::Later),
        Ok(Err(SendError::Unsure { reason })) => again(mail.attempts, now, reason, Attempt::Unsure),
        Err(_) => again(mail.attempts, now, "the server took too long".to_owned(), Attempt::Unsure),
    }
}

/// Another attempt after a pause, or none where it was the last.
fn again(attempts: i64, now: Ts, reason: String, how: fn(Ts, String) -> Attempt) -> Attempt {
    if attempts >= MOST_ATTEMPTS {
        return Attempt::Failed(format!("given up after {attempts} attempts: {reason}"));
    }
    how(now.plus_seconds(pause(attempts)), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_attempt_is_the_last() {
        let now = Ts::from_micros(0).unwrap();
        assert_eq!(again(1, now, "451".into(), Attempt::Later), Attempt::Later(now.plus_seconds(30), "451".into()));
        assert!(matches!(again(MOST_ATTEMPTS, now, "451".into(), Attempt::Unsure), Attempt::Failed(_)));
    }

    #[test]
    fn a_lease_outlives_every_attempt() {
        // Two rounds of ten, should all of a lot be slow, and time to write what came of them.
        assert!(u64::try_from(LEASE).unwrap() > 2 * ATTEMPT.as_secs() + 60);
    }
}
