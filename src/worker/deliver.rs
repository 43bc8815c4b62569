//! Sends the mails that are due. Each is a task of its own: one that panics or has a bad address stops no other, and one
//! that takes long keeps no other from being taken. The lease lasts longer than any attempt can, and what came of an
//! attempt is written only while the lease holds. Who is killed leaves at most one mail of which nobody knows that the
//! server has it: see [`Turn`].
use super::{POLL, compose, log};
use crate::{
    app::App,
    domain::{
        delivery::domain_of,
        mail::{MOST_ATTEMPTS, Mail, pause},
        refusal::Fault,
        time::Ts,
    },
    mail::{Outgoing, SendError, Turn},
    service::{bounces, undelivered},
    store::{
        mail_domains,
        outbox::{self, Attempt, Lot},
    },
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::watch,
    task::{Id, JoinError, JoinSet},
};

/// An attempt that takes longer is given up.
const ATTEMPT: Duration = Duration::from_secs(90);
/// For how many seconds a mail is ours: much longer than an attempt and what is written around it.
const LEASE: i64 = 300;
/// So often what came of a mail is written, where the database is away for a moment: unwritten, it is sent again.
const NOTED: usize = 10;
const NOTE_AGAIN: Duration = Duration::from_secs(1);
/// How many mails are sent at once, and to one recipient domain, by all instances together.
const AT_ONCE: usize = 10;
const LOT: Lot = Lot { limit: 10, of_a_domain: 2 };
/// Days after which a mail that could not be sent is not tried again where it was tried often enough: where a domain
/// rests, its mails have their turn less often, and while the hub stands still they have none.
const LONGEST: i64 = 7;
/// So often.
const ENOUGH: i64 = 12;

/// Sends all that is due, until there is no more or `stop` says so.
pub(super) async fn all(app: &App, stop: impl Fn() -> bool) -> Result<(), Fault> {
    let mut courier = Courier::of(app);
    loop {
        if stop() {
            courier.give_back().await;
        } else {
            courier.fill().await?;
        }
        let Some(done) = courier.running.join_next_with_id().await else { return Ok(()) };
        courier.ended(done).await;
    }
}

/// Sends what is due whenever there is news, until `stop`; what is being sent by then is finished first.
pub(super) async fn run(app: &App, mut stop: watch::Receiver<bool>, mut news: watch::Receiver<()>) {
    let mut courier = Courier::of(app);
    while !*stop.borrow() {
        news.mark_unchanged();
        if let Err(fault) = courier.fill().await {
            log(&fault, "mails wait: they could not be taken out of the queue");
        }
        // Whatever is cut short here, nothing of it is lost: what ended is written outside.
        let done = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            Some(done) = courier.running.join_next_with_id() => Some(done),
            heard = news.changed() => { if heard.is_err() { break } None }
            () = tokio::time::sleep(POLL) => None,
        };
        if let Some(done) = done {
            courier.ended(done).await;
        }
    }
    courier.give_back().await;
    while let Some(done) = courier.running.join_next_with_id().await {
        courier.ended(done).await;
    }
}

/// A mail under our lease.
struct Taken {
    claim: Arc<str>,
    mail: Mail,
}

/// What came of a mail.
struct Came {
    attempt: Attempt,
    /// Whether the domain is to rest.
    rests: bool,
    /// Until it is written down that the mail left.
    turn: Turn,
}

impl From<Attempt> for Came {
    fn from(attempt: Attempt) -> Self {
        Self { attempt, rests: false, turn: Turn::default() }
    }
}

/// Mails on their way.
struct Courier {
    app: App,
    waiting: VecDeque<Taken>,
    running: JoinSet<()>,
    begun: HashMap<Id, Arc<Taken>>,
}

impl Courier {
    fn of(app: &App) -> Self {
        Self { app: app.clone(), waiting: VecDeque::new(), running: JoinSet::new(), begun: HashMap::new() }
    }

    /// Begins as many mails as may be sent at once, and takes more where some are missing.
    async fn fill(&mut self) -> Result<(), Fault> {
        loop {
            while self.running.len() < AT_ONCE
                && let Some(taken) = self.waiting.pop_front()
            {
                let (app, taken) = (self.app.clone(), Arc::new(taken));
                let begun = Arc::clone(&taken);
                let task = self.running.spawn(async move {
                    let came = attempt(&app, &taken.mail).await;
                    note(&app, &taken, came).await;
                });
                self.begun.insert(task.id(), begun);
            }
            if self.running.len() >= AT_ONCE || !self.take().await? {
                return Ok(());
            }
        }
    }

    /// Whether anything was there to take.
    async fn take(&mut self) -> Result<bool, Fault> {
        let app = &self.app;
        // Looked at without a lock first: mostly there is nothing to do.
        if outbox::oldest_due(&app.store).await?.is_none_or(|due| due > app.clock.now()) {
            return Ok(false);
        }
        let claim: Arc<str> = app.clock.id::<()>().to_string().into();
        let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
        let mails = outbox::claim(&mut tx, &claim, now, now.plus_seconds(LEASE), LOT).await?;
        tx.commit(now).await?;
        let any = !mails.is_empty();
        self.waiting.extend(mails.into_iter().map(|mail| Taken { claim: Arc::clone(&claim), mail }));
        Ok(any)
    }

    /// Forgets a mail that has been dealt with.
    async fn ended(&mut self, done: Result<(Id, ()), JoinError>) {
        let task = done.as_ref().map_or_else(JoinError::id, |(task, ())| *task);
        let Some(taken) = self.begun.remove(&task) else { return };
        if let Err(broken) = done {
            let reason = format!("the program failed while sending it: {broken}");
            let came = again(&taken.mail, self.app.clock.now(), reason, Attempt::Later);
            note(&self.app, &taken, came.into()).await;
        }
    }

    /// What was taken but not begun goes back into the queue, so that nobody waits for our lease to end.
    async fn give_back(&mut self) {
        for taken in std::mem::take(&mut self.waiting) {
            let later = Attempt::Later(taken.mail.due_at, "the program stopped before it was sent".to_owned());
            // Once: whoever stops does not wait for a database that is away.
            if let Err(fault) = settle(&self.app, &taken, &later, false).await {
                log(&fault, "a mail could not be given back");
            }
        }
    }
}

/// Writes what came of a mail.
async fn note(app: &App, taken: &Taken, came: Came) {
    let Came { attempt, rests, turn } = came;
    for last in (0..NOTED).map(|nth| nth + 1 == NOTED) {
        match settle(app, taken, &attempt, rests).await {
            Ok(()) => break,
            // The lease ends by itself, and somebody tries again.
            Err(fault) if last => log(&fault, "what came of a mail could not be written"),
            Err(_) => tokio::time::sleep(NOTE_AGAIN).await,
        }
    }
    drop(turn);
}

async fn settle(app: &App, Taken { claim, mail }: &Taken, came: &Attempt, rests: bool) -> Result<(), Fault> {
    let (id, domain) = (mail.id, domain_of(&mail.address));
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let ours = outbox::settle(&mut tx, id, claim, came, now).await?;
    if ours {
        match came {
            Attempt::Refused(reason) => bounces::refused(&mut tx, app, id, reason).await?,
            Attempt::Failed(_) | Attempt::Withheld(..) => undelivered::tell(&mut tx, app, id).await?,
            _ => {}
        }
        match came {
            _ if rests => drop(mail_domains::let_rest(&mut tx, &domain, now).await?),
            Attempt::Sent(_) | Attempt::Refused(_) => mail_domains::awake(&mut tx, &domain).await?,
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

/// Writes the mail and hands it over.
async fn attempt(app: &App, mail: &Mail) -> Came {
    if mail.attempts > MOST_ATTEMPTS {
        return Attempt::Failed("it was begun too often and never ended".to_owned()).into();
    }
    let unwritten = match compose::outgoing(app, mail).await {
        Ok(outgoing) => return send(app, mail, &outgoing).await,
        Err(unwritten) => unwritten,
    };
    Came::from(match unwritten {
        compose::Unwritten::Suppressed(reason) => Attempt::Suppressed(reason.to_owned()),
        compose::Unwritten::Withheld(why, reason) => Attempt::Withheld(why, reason),
        compose::Unwritten::Wrong(reason) => Attempt::Failed(reason),
        compose::Unwritten::Fault(fault) => {
            log(&fault, "a mail could not be written");
            again(mail, app.clock.now(), "it could not be written: see the log".to_owned(), Attempt::Later)
        }
    })
}

async fn send(app: &App, mail: &Mail, outgoing: &Outgoing) -> Came {
    let sent = tokio::time::timeout(ATTEMPT, app.mail.send(outgoing)).await;
    let now = app.clock.now();
    let (attempt, rests) = match sent {
        Ok(Ok(receipt)) => {
            return Came { attempt: Attempt::Sent(receipt.reference), rests: false, turn: receipt.turn };
        }
        Ok(Err(SendError::Permanent { code: Some(_), reason })) => (Attempt::Refused(reason), false),
        Ok(Err(SendError::Permanent { code: None, reason })) => (Attempt::Failed(reason), false),
        Ok(Err(SendError::Transient { reason, of_recipient, .. })) => {
            let rests = of_recipient && !is_of_mailbox(&reason);
            (again(mail, now, reason, Attempt::Later), rests)
        }
        Ok(Err(SendError::Unsure { reason })) => (again(mail, now, reason, Attempt::Unsure), false),
        Err(_) => (again(mail, now, "the server took too long".to_owned(), Attempt::Unsure), false),
    };
    Came { attempt, rests, turn: Turn::default() }
}

/// Whether a refusal for now is of one mailbox (RFC 3463, subjects 1 and 2: it is full, say), not of its domain.
fn is_of_mailbox(reason: &str) -> bool {
    let mut words = reason.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.any(|word| word.starts_with("4.1.") || word.starts_with("4.2."))
}

/// Another attempt after a pause, or none where it was the last.
fn again(mail: &Mail, now: Ts, reason: String, how: fn(Ts, String) -> Attempt) -> Attempt {
    after(mail.attempts, mail.created_at, now, reason, how)
}

/// What follows so many attempts at a mail that was put into the queue then.
fn after(attempts: i64, queued: Ts, now: Ts, reason: String, how: fn(Ts, String) -> Attempt) -> Attempt {
    let is_old = attempts >= ENOUGH && queued.plus_days(LONGEST) <= now;
    if attempts >= MOST_ATTEMPTS || is_old {
        return Attempt::Failed(format!("given up after {attempts} attempts: {reason}"));
    }
    how(now.plus_seconds(pause(attempts)), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_attempt_is_the_last_and_a_week_is_enough() {
        let now = Ts::from_micros(0).unwrap();
        let later = Attempt::Later(now.plus_seconds(30), "451".into());
        assert_eq!(after(1, now, now, "451".into(), Attempt::Later), later);
        assert!(matches!(after(MOST_ATTEMPTS, now, now, "451".into(), Attempt::Unsure), Attempt::Failed(_)));
        assert!(matches!(after(ENOUGH, now.plus_days(-7), now, "451".into(), Attempt::Later), Attempt::Failed(_)));
        // After a week without the hub a mail is as new as on its first day.
        assert!(matches!(after(1, now.plus_days(-8), now, "451".into(), Attempt::Later), Attempt::Later(..)));
    }

    #[test]
    fn a_lease_outlives_every_attempt() {
        // Whoever was before in the ten places, then the mail's own attempt, and time to write what came of it.
        assert!(u64::try_from(LEASE).unwrap() > 2 * ATTEMPT.as_secs() + 60);
        assert!(usize::try_from(LOT.limit).unwrap() <= AT_ONCE);
    }

    #[test]
    fn a_full_mailbox_says_nothing_of_its_domain() {
        assert!(is_of_mailbox("transient error (452): 4.2.2 Mailbox full"));
        assert!(!is_of_mailbox("transient error (451): 4.7.1 Greylisted, 14.2.1 seconds"));
    }
}
