//! Sends the mails that are due. Each is a task of its own: one that panics or has a bad address stops no other, and one
//! that takes long keeps no other from being taken. The lease lasts longer than any attempt can, and what came of an
//! attempt is written only while the lease holds. Who is killed leaves at most one mail of which nobody knows that the
//! server has it: see [`Turn`].
use super::{
    POLL, compose, log,
    note::{Came, Taken, note},
};
use crate::{
    app::App,
    clock::Clock,
    domain::{
        id::OutboxId,
        mail::{MOST_ATTEMPTS, Mail, pause},
        refusal::Fault,
        time::Ts,
    },
    mail::{Outgoing, SendError, Turn},
    store::outbox::{self, Attempt, Lot},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::watch,
    task::{Id, JoinError, JoinSet},
};

/// An attempt that takes longer is given up.
const ATTEMPT: Duration = Duration::from_secs(90);
/// For how many seconds a mail is ours, from when it is taken.
const LEASE: i64 = 300;
/// One that is ours for less is not begun any more: an attempt, and time to write what came of it.
const BEGUN_BEFORE: i64 = 150;
/// How many mails are sent at once.
const AT_ONCE: usize = 10;
/// And to one recipient domain, by all instances together.
const OF_A_DOMAIN: i64 = 2;
/// How many mails are taken: more at once where the last lot was begun within a moment, so that taking them costs next to
/// nothing, and no more than are sent at once where mails leave slowly, so that none waits here while others could send it.
const LEAST: i64 = 10;
const MOST: i64 = 160;
const MOMENT: Duration = Duration::from_secs(1);
/// Why what was taken is given back.
const STOPS: &str = "the program stops";
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
            courier.give_back(STOPS).await;
        } else {
            courier.fill().await?;
        }
        let Some(done) = courier.running.join_next_with_id().await else {
            app.mail.rest();
            return Ok(());
        };
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
        if courier.running.is_empty() {
            app.mail.rest();
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
    courier.give_back(STOPS).await;
    while let Some(done) = courier.running.join_next_with_id().await {
        courier.ended(done).await;
    }
    app.mail.rest();
}

/// Mails on their way.
struct Courier {
    app: App,
    waiting: VecDeque<Taken>,
    running: JoinSet<()>,
    begun: HashMap<Id, Arc<Taken>>,
    /// How many were asked for last, and when.
    lot: i64,
    asked: Instant,
    /// Whether the last lot brought any: then more may be there.
    brought: bool,
}

impl Courier {
    fn of(app: &App) -> Self {
        Self {
            app: app.clone(),
            waiting: VecDeque::new(),
            running: JoinSet::new(),
            begun: HashMap::new(),
            lot: LEAST,
            asked: Clock::stopwatch(),
            brought: false,
        }
    }

    /// Begins as many mails as may be sent at once, and takes more where some are missing.
    async fn fill(&mut self) -> Result<(), Fault> {
        loop {
            while self.running.len() < AT_ONCE
                && let Some(taken) = self.waiting.pop_front()
            {
                if !is_ours_for_long(&taken.mail, self.app.clock.now()) {
                    self.waiting.push_front(taken);
                    self.give_back("they waited too long here").await;
                    break;
                }
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
        if !self.brought && outbox::oldest_due(&app.store).await?.is_none_or(|due| due > app.clock.now()) {
            return Ok(false);
        }
        self.lot = next_lot(self.lot, self.brought && self.asked.elapsed() < MOMENT);
        (self.asked, self.brought) = (Clock::stopwatch(), false);
        let claim: Arc<str> = app.clock.id::<()>().to_string().into();
        let lot = Lot { limit: self.lot, of_a_domain: OF_A_DOMAIN };
        let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
        let mails = outbox::claim(&mut tx, &claim, now, now.plus_seconds(LEASE), lot).await?;
        tx.commit(now).await?;
        self.brought = !mails.is_empty();
        self.waiting.extend(mails.into_iter().map(|mail| Taken { claim: Arc::clone(&claim), mail }));
        Ok(self.brought)
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
    async fn give_back(&mut self, why: &'static str) {
        // Of one lot: another is taken only when all of the last are begun.
        let Some(claim) = self.waiting.front().map(|taken| Arc::clone(&taken.claim)) else { return };
        let ids: Vec<_> = self.waiting.drain(..).map(|taken| taken.mail.id).collect();
        // Once: whoever stops does not wait for a database that is away.
        match give_back(&self.app, &claim, &ids).await {
            Ok(mails) => tracing::info!(mails, why, "mails were given back"),
            Err(fault) => log(&fault, "mails could not be given back"),
        }
    }
}

async fn give_back(app: &App, claim: &str, ids: &[OutboxId]) -> Result<u64, Fault> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let mails = outbox::give_back(&mut tx, claim, ids).await?;
    tx.commit(now).await?;
    Ok(mails)
}

/// How many to take, after so many.
fn next_lot(last: i64, was_begun_quickly: bool) -> i64 {
    if was_begun_quickly { (last * 2).min(MOST) } else { LEAST }
}

/// Whether an attempt that begins now ends while the mail is ours.
fn is_ours_for_long(mail: &Mail, now: Ts) -> bool {
    mail.claimed_until.is_some_and(|until| until >= now.plus_seconds(BEGUN_BEFORE))
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
        // Whoever was before in the ten places may take as long as the mail's own attempt.
        assert!(u64::try_from(BEGUN_BEFORE).unwrap() >= ATTEMPT.as_secs() + 60);
        const { assert!(LEASE >= 2 * BEGUN_BEFORE, "else a slow server has every mail given back") };
    }

    #[test]
    fn lots_grow_while_mails_leave_quickly_and_are_small_again_at_once() {
        let mut lots = vec![LEAST];
        for _ in 0..6 {
            lots.push(next_lot(lots[lots.len() - 1], true));
        }
        assert_eq!(lots, [10, 20, 40, 80, 160, 160, 160]);
        assert_eq!(next_lot(160, false), LEAST);
    }

    #[test]
    fn a_full_mailbox_says_nothing_of_its_domain() {
        assert!(is_of_mailbox("transient error (452): 4.2.2 Mailbox full"));
        assert!(!is_of_mailbox("transient error (451): 4.7.1 Greylisted, 14.2.1 seconds"));
    }
}
