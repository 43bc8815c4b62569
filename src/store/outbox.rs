//! The queue of mails. Whoever sends one holds a lease on it, and every later write is fenced by that lease: a sender
//! that comes back from the dead changes nothing.
use super::{Conn, Result, Store, Tx, sql::*};
use crate::domain::{
    bounce::BounceCause,
    delivery::{Withheld, about, domain_of},
    id::OutboxId,
    mail::{Mail, MailState, NewMail, message_id},
    time::Ts,
};

record!(Mail {
    id,
    cause,
    recipient,
    letter,
    address,
    name,
    language: word,
    data: json,
    secret,
    message_id,
    thread,
    state: word,
    attempts,
    due_at,
    claimed_by,
    claimed_until,
    reason,
    created_at,
    sent_at
});

const COLUMNS: &str = "id, cause, recipient, letter, address, name, language, data, secret, message_id, thread, state, \
    attempts, due_at, claimed_by, claimed_until, reason, created_at, sent_at";

/// Puts a mail into the queue. False where the same cause has brought this recipient one already.
///
/// # Errors
/// A fault from the database.
pub async fn enqueue(tx: &mut Tx, m: &NewMail) -> Result<bool> {
    let (about, step) = about(m);
    let rows =
        sql("INSERT INTO outbox (id, cause, recipient, channel, letter, address, name, language, data, secret, \
                    message_id, thread, state, due_at, ready_at, created_at, domain, about, step) VALUES (")
        .values([
            m.id.into(),
            (&m.cause).into(),
            (&m.recipient).into(),
            "EMAIL".into(),
            word(m.letter),
            (&m.address).into(),
            m.name.clone().into(),
            word(m.language),
            json(&m.data)?,
            m.secret.clone().into(),
            message_id(m.id, &m.host).into(),
            m.thread.clone().into(),
            word(MailState::Queued),
            m.due_at.into(),
            m.due_at.into(),
            m.created_at.into(),
            domain_of(&m.address).into(),
            about.into(),
            step.into(),
        ])
        .text(") ON CONFLICT (cause, recipient, channel) DO NOTHING")
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// Holds, until the transaction ends, what only one may do at a time: to take mails, and to look for who else can be
/// reached. Two at once would each take the other for still under way.
///
/// # Errors
/// A fault from the database.
pub async fn one_at_a_time(tx: &mut Tx) -> Result<()> {
    sql("SELECT one FROM mail_turn").for_update().one::<Turn>(tx).await.map(drop)
}

/// How many mails are taken.
#[derive(Clone, Copy, Debug)]
pub struct Lot {
    /// At most so many.
    pub limit: i64,
    /// At most so many to one recipient domain at once, those that others are sending counted.
    pub of_a_domain: i64,
}

/// So many due mails are looked at, the oldest of domains that could be written to; more come with the next lot.
const LOOKED_AT: i64 = 500;

struct Turn {
    #[expect(dead_code, reason = "read only to lock its row")]
    one: i64,
}
record!(Turn { one });

/// Takes mails that are due, with a lease until `until` under the name `claim`, which must never be used twice. Those
/// whose lease ran out are taken over. Of each domain the oldest comes first, and no domain gets its second before others
/// have their first. Domains that rest are passed over, but for sign-in codes: somebody waits for these right now.
///
/// # Errors
/// A fault from the database.
pub async fn claim(tx: &mut Tx, claim: &str, now: Ts, until: Ts, lot: Lot) -> Result<Vec<Mail>> {
    // One at a time: two who count at once what is being sent to a domain would both send there.
    one_at_a_time(tx).await?;
    // Materialized: the planner may otherwise run the subselect more than once, and lock more than `limit` rows.
    let mut mails: Vec<Mail> = sql("WITH busy AS (SELECT domain, COUNT(*) AS n FROM outbox \
         WHERE state = 'SENDING' AND claimed_until > ")
    .value(now)
    .text(" GROUP BY domain), due AS (SELECT o.id, o.domain, o.due_at FROM outbox o \
         WHERE o.state IN ('QUEUED', 'SENDING', 'UNSURE') AND o.due_at <= ")
    .value(now)
    .text(" AND (o.claimed_until IS NULL OR o.claimed_until <= ")
    .value(now)
    .text(") AND (o.letter = 'sign_in_code' OR NOT EXISTS (SELECT 1 FROM mail_domain r WHERE r.domain = o.domain AND r.rests_until > ")
    .value(now)
    .text(")) AND NOT EXISTS (SELECT 1 FROM busy b WHERE b.domain = o.domain AND b.n >= ")
    .value(lot.of_a_domain)
    .text(") ORDER BY o.due_at, o.id LIMIT ")
    .value(LOOKED_AT)
    .text("), placed AS (SELECT id, domain, due_at, ROW_NUMBER() OVER (PARTITION BY domain ORDER BY due_at, id) AS place \
         FROM due), lot AS MATERIALIZED (SELECT o.id FROM placed p JOIN outbox o ON o.id = p.id \
         WHERE p.place + COALESCE((SELECT b.n FROM busy b WHERE b.domain = p.domain), 0) <= ")
    .value(lot.of_a_domain)
    // Asked again of the row that is locked: whoever held it may have ended meanwhile.
    .text(" AND o.state IN ('QUEUED', 'SENDING', 'UNSURE') AND (o.claimed_until IS NULL OR o.claimed_until <= ")
    .value(now)
    .text(") ORDER BY p.place, p.due_at, p.id LIMIT ")
    .value(lot.limit)
    .engine("", " FOR UPDATE OF o SKIP LOCKED")
    .text(") UPDATE outbox SET state = 'SENDING', attempts = attempts + 1, claimed_by = ")
    .value(claim)
    .text(", claimed_until = ")
    .value(until)
    .text(" WHERE id IN (SELECT id FROM lot) RETURNING ")
    .text(COLUMNS)
    .all(tx)
    .await?;
    mails.sort_by_key(|mail| (mail.due_at, mail.id));
    Ok(mails)
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// A server took it, saying this.
    Sent(String),
    /// Again at that time, for this reason.
    Later(Ts, String),
    /// Again at that time: it may have left.
    Unsure(Ts, String),
    /// Never.
    Failed(String),
    /// Never: a server said so.
    Refused(String),
    /// Not on purpose.
    Suppressed(String),
    /// Not on purpose, though somebody should read it.
    Withheld(Withheld, String),
}

/// Ends the lease `claim` with what came of it. False where the lease was lost in the meantime: then nothing changed.
///
/// # Errors
/// A fault from the database.
pub async fn settle(tx: &mut Tx, id: OutboxId, claim: &str, attempt: &Attempt, now: Ts) -> Result<bool> {
    Ok(ended(id, claim, attempt, now).run(tx).await? == 1)
}

/// What is left to do after a mail that left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its domain is noted as one that rests or has rested: [`awake`](super::mail_domains::awake) ends that.
    pub rested: bool,
}
record!(Left { rested });

/// As [`settle`], of a mail that a server took, saying `said`; in one trip to the database, since every other mail waits
/// for this note. None where the lease was lost in the meantime.
///
/// # Errors
/// A fault from the database.
pub async fn left(store: &Store, id: OutboxId, claim: &str, said: &str, now: Ts) -> Result<Option<Left>> {
    let update = ended(id, claim, &Attempt::Sent(said.to_owned()), now)
        .text(" RETURNING EXISTS (SELECT 1 FROM mail_domain d WHERE d.domain = outbox.domain) AS rested");
    Ok(update.alone(store).await?.into_iter().next())
}

fn ended(id: OutboxId, claim: &str, attempt: &Attempt, now: Ts) -> Sql {
    let (state, due, reason) = match attempt {
        Attempt::Sent(reason) => (MailState::Sent, None, reason),
        Attempt::Later(due, reason) => (MailState::Queued, Some(*due), reason),
        Attempt::Unsure(due, reason) => (MailState::Unsure, Some(*due), reason),
        Attempt::Failed(reason) | Attempt::Refused(reason) => (MailState::Failed, None, reason),
        Attempt::Suppressed(reason) | Attempt::Withheld(_, reason) => (MailState::Suppressed, None, reason),
    };
    // A server says what it likes; PostgreSQL takes no NUL.
    let reason: String = reason.chars().filter(|c| !c.is_control()).take(500).collect();
    let mut update = sql("UPDATE outbox SET claimed_by = NULL, claimed_until = NULL, state = ").value(word(state));
    update = update.text(", reason = ").value(reason);
    update = match due {
        Some(due) => update.text(", due_at = ").value(due),
        None => update.text(", secret = NULL"),
    };
    if let Attempt::Withheld(why, _) = attempt {
        update = update.text(", withheld = ").value(word(*why));
    }
    if state == MailState::Sent {
        update = update.text(", sent_at = ").value(now);
    }
    update.text(" WHERE id = ").value(id).text(" AND state = 'SENDING' AND claimed_by = ").value(claim)
}

/// Gives back what was taken under the lease `claim` and not begun: it is due as before, and no attempt is counted.
///
/// # Errors
/// A fault from the database.
pub async fn give_back(tx: &mut Tx, claim: &str, ids: &[OutboxId]) -> Result<u64> {
    sql("UPDATE outbox SET state = 'QUEUED', attempts = attempts - 1, claimed_by = NULL, claimed_until = NULL WHERE id")
        .any(ids)
        .text(" AND state = 'SENDING' AND claimed_by = ")
        .value(claim)
        .run(tx)
        .await
}

/// The mails that came of a cause, oldest first.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_cause(on: impl Into<Conn<'_>>, cause: &str) -> Result<Vec<Mail>> {
    sql("SELECT ").text(COLUMNS).text(" FROM outbox WHERE cause = ").value(cause).text(" ORDER BY id").all(on).await
}

/// The mail with this key.
///
/// # Errors
/// A fault from the database.
pub async fn find(on: impl Into<Conn<'_>>, id: OutboxId) -> Result<Option<Mail>> {
    sql("SELECT ").text(COLUMNS).text(" FROM outbox WHERE id = ").value(id).optional(on).await
}

/// The mail with this Message-ID.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_message_id(on: impl Into<Conn<'_>>, message_id: &str) -> Result<Option<Mail>> {
    sql("SELECT ").text(COLUMNS).text(" FROM outbox WHERE message_id = ").value(message_id).optional(on).await
}

/// A mail came back: it failed, whatever was thought of it, also while it is still being sent. False where that is known.
///
/// # Errors
/// A fault from the database.
pub async fn came_back(tx: &mut Tx, id: OutboxId, cause: BounceCause, reason: &str) -> Result<bool> {
    let reason: String = reason.chars().filter(|c| !c.is_control()).take(500).collect();
    let rows =
        sql("UPDATE outbox SET state = 'FAILED', claimed_by = NULL, claimed_until = NULL, secret = NULL, bounce = ")
            .value(word(cause))
            .text(", reason = ")
            .value(reason)
            .text(" WHERE id = ")
            .value(id)
            .text(" AND state NOT IN ('FAILED', 'SUPPRESSED')")
            .run(tx)
            .await?;
    Ok(rows == 1)
}

/// Notes why a mail that has failed did: for those that sort them.
///
/// # Errors
/// A fault from the database.
pub async fn note_bounce(tx: &mut Tx, id: OutboxId, cause: BounceCause) -> Result<()> {
    sql("UPDATE outbox SET bounce = ").value(word(cause)).text(" WHERE id = ").value(id).run(tx).await.map(drop)
}

struct Bounced {
    bounce: Option<BounceCause>,
}
record!(Bounced { bounce: maybe_word });

/// Why a mail came back, if it did.
///
/// # Errors
/// A fault from the database.
pub async fn bounce(on: impl Into<Conn<'_>>, id: OutboxId) -> Result<Option<BounceCause>> {
    let found = sql("SELECT bounce FROM outbox WHERE id = ").value(id).optional::<Bounced>(on).await?;
    Ok(found.and_then(|found| found.bounce))
}

/// The mails of any of these causes, oldest first.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_causes(on: impl Into<Conn<'_>>, causes: &[String]) -> Result<Vec<Mail>> {
    sql("SELECT ").text(COLUMNS).text(" FROM outbox WHERE cause").any(causes).text(" ORDER BY id").all(on).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many mails stand in one of these states.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, states: &[MailState]) -> Result<i64> {
    Ok(sql("SELECT COUNT(*) AS n FROM outbox WHERE state").any(words(states)).one::<Count>(on).await?.n)
}

struct Due {
    due_at: Ts,
}
record!(Due { due_at });

/// Since when the mail that waits longest is due, if any is.
///
/// # Errors
/// A fault from the database.
pub async fn oldest_due(on: impl Into<Conn<'_>>) -> Result<Option<Ts>> {
    let oldest =
        sql("SELECT due_at FROM outbox WHERE state IN ('QUEUED', 'SENDING', 'UNSURE') ORDER BY due_at LIMIT 1");
    Ok(oldest.optional::<Due>(on).await?.map(|due| due.due_at))
}

/// The same without those to domains that rest at `now`: these wait on purpose.
///
/// # Errors
/// A fault from the database.
pub async fn oldest_due_awake(on: impl Into<Conn<'_>>, now: Ts) -> Result<Option<Ts>> {
    let oldest = sql("SELECT o.due_at FROM outbox o WHERE o.state IN ('QUEUED', 'SENDING', 'UNSURE') AND NOT EXISTS \
         (SELECT 1 FROM mail_domain r WHERE r.domain = o.domain AND r.rests_until > ")
    .value(now)
    .text(") ORDER BY o.due_at LIMIT 1");
    Ok(oldest.optional::<Due>(on).await?.map(|due| due.due_at))
}

/// Forgets at most `limit` mails that were put into the queue before `before` and have ended.
///
/// # Errors
/// A fault from the database.
pub async fn forget_before(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64> {
    sql("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('SENT', 'FAILED', 'SUPPRESSED') AND created_at < ")
        .value(before)
        .text(" ORDER BY created_at LIMIT ")
        .value(limit)
        .text(")")
        .run(tx)
        .await
}

/// Mails that have yet to leave, by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Where.
    pub state: MailState,
    /// How many.
    pub n: i64,
    /// When the one that waits longest was first to leave.
    pub oldest: Ts,
}
record!(Unsent { state: word, n, oldest });

/// How many mails have yet to leave, by state. Reads only what the queue's index holds, however many have left.
///
/// # Errors
/// A fault from the database.
pub async fn unsent(on: impl Into<Conn<'_>>) -> Result<Vec<Unsent>> {
    sql("SELECT state, COUNT(*) AS n, MIN(ready_at) AS oldest FROM outbox \
         WHERE state IN ('QUEUED', 'SENDING', 'UNSURE') GROUP BY state")
    .all(on)
    .await
}

/// Takes the leases of a process that is surely gone: what it was sending is due again, with the same Message-ID.
///
/// # Errors
/// A fault from the database.
pub async fn release_abandoned(tx: &mut Tx, now: Ts) -> Result<u64> {
    sql("UPDATE outbox SET state = 'QUEUED', claimed_by = NULL, claimed_until = NULL, due_at = ")
        .value(now)
        .text(" WHERE state = 'SENDING'")
        .run(tx)
        .await
}
