//! Mails that came: answers become messages, bounces are noted, and who wrote in vain is told why. Each mail is dealt
//! with in one transaction, which begins by noting it: whoever finds it noted does nothing.
mod answer;
mod refuse;

pub use answer::Author;

use super::bounces;
use crate::{
    app::App,
    domain::{
        id::{MessageId, OutboxId},
        inbound::{Kind, MOST_AN_HOUR, Received, TOLD_AN_HOUR, WINDOW_SECONDS, fingerprint},
        refusal::Fault,
        reply_address::{Purpose, opened},
    },
    store::{
        Tx,
        inbound::{self, NewInbound},
    },
};

/// The key that signs addresses to answer to.
///
/// # Errors
/// A fault from the database.
pub async fn key(app: &App) -> Result<Vec<u8>, Fault> {
    inbound::key(&app.store, || app.clock.secret(), app.clock.now()).await
}

/// Takes the watch over the mailbox under a name, or keeps it. False where another instance has it.
///
/// # Errors
/// A fault from the database.
pub async fn watch(app: &App, holder: &str, seconds: i64) -> Result<bool, Fault> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    let ours = inbound::watch(&mut tx, holder, now, now.plus_seconds(seconds)).await?;
    tx.commit(now).await?;
    Ok(ours)
}

/// Gives the watch up.
///
/// # Errors
/// A fault from the database.
pub async fn unwatch(app: &App, holder: &str) -> Result<(), Fault> {
    let mut tx = app.store.begin().await?;
    inbound::unwatch(&mut tx, holder).await?;
    tx.commit(app.clock.now()).await
}

/// Those of these places in the mailbox whose mails were dealt with.
///
/// # Errors
/// A fault from the database.
pub async fn known(app: &App, places: &[String]) -> Result<Vec<String>, Fault> {
    inbound::known(&app.store, places).await
}

/// What came of a mail.
struct Done {
    /// In a word, for the records.
    outcome: &'static str,
    /// The mail of ours that it was about.
    mail: Option<OutboxId>,
    /// The message that it became.
    message: Option<MessageId>,
    /// What its sender is told, if anything.
    tell: Option<refuse::Told>,
}

impl Done {
    const fn nothing(outcome: &'static str) -> Self {
        Self { outcome, mail: None, message: None, tell: None }
    }
}

/// Deals with a mail that stands at this place of the mailbox; the word says what came of it. A mail that was dealt with
/// before, also as another copy, is `TWICE`.
///
/// # Errors
/// A fault from the database: then nothing came of it, and it is to be tried again.
pub async fn take(app: &App, place: &str, mail: &Received) -> Result<&'static str, Fault> {
    let (now, key) = (app.clock.now(), key(app).await?);
    let mut tx = app.store.begin().await?;
    let new = NewInbound {
        id: app.clock.id(),
        fingerprint: mail.fingerprint.clone(),
        place: place.to_owned(),
        sender: fingerprint(mail.from.as_deref().unwrap_or_default().as_bytes()),
        kind: mail.kind.word(),
        received_at: now,
    };
    if !inbound::insert(&mut tx, &new).await? {
        return Ok("TWICE");
    }
    let (so_far, told) = inbound::recent(&mut tx, &new.sender, now.plus_seconds(-WINDOW_SECONDS)).await?;
    let named = |purpose| {
        mail.tags.iter().filter_map(|tag| opened(&key, tag)).find(|(of, _)| *of == purpose).map(|(_, mail)| mail)
    };
    let done = match &mail.kind {
        Kind::Bounce(bounce) => {
            came_back(&mut tx, app, named(Purpose::Bounce).or(named(Purpose::Reply)), bounce).await?
        }
        Kind::Delayed | Kind::Automatic | Kind::Receipt | Kind::Loop | Kind::Unreadable => Done::nothing("IGNORED"),
        Kind::Answer(_) | Kind::TooLarge if so_far > MOST_AN_HOUR => {
            // Once: whoever writes on does so in vain, and a program that answers itself is not fed.
            let tell = (so_far == MOST_AN_HOUR + 1).then(|| refuse::Told::too_many(mail));
            Done { tell, ..Done::nothing("TOO_MANY") }
        }
        Kind::Answer(_) | Kind::TooLarge => answer::take(&mut tx, app, mail, named(Purpose::Reply)).await?,
    };
    let told_at = match (&done.tell, &mail.from) {
        (Some(tell), Some(from)) if told < TOLD_AN_HOUR || so_far > MOST_AN_HOUR => {
            refuse::enqueue(&mut tx, app, &new, from, tell).await?.then_some(now)
        }
        _ => None,
    };
    inbound::settle(&mut tx, new.id, done.outcome, done.mail, done.message, told_at).await?;
    tx.commit(now).await?;
    Ok(done.outcome)
}

async fn came_back(
    tx: &mut Tx,
    app: &App,
    named: Option<OutboxId>,
    bounce: &crate::domain::inbound::Bounce,
) -> Result<Done, Fault> {
    let mail = bounces::came_back(tx, app, named, bounce).await?;
    Ok(Done { mail, ..Done::nothing(if mail.is_some() { "BOUNCED" } else { "UNKNOWN" }) })
}
