//! Asking for no more mails of a kind by the link that each carries, without signing in, and taking that back.
use super::settings::set;
use crate::{
    app::App,
    domain::{
        id::PersonId,
        mail::{LetterKind, Mail},
        notification::{Category, Frequency, Preference, Reached, Topic, Unsubscribe},
        refusal::Fault,
        text::Language,
        word::Word,
    },
    store::{Conn, Tx, contacts, people, preferences},
};

/// The key's name.
const KEY: &str = "unsubscribe";

/// What a link is about, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of what.
    pub topic: Topic,
    /// Whether no mails of it are sent.
    pub is_off: bool,
    /// The language of the reader, where it is known.
    pub language: Option<Language>,
}

/// Whose preference a link is about: a contact with an account has one, as the person; a mailbox has its own.
enum Whose {
    Person(PersonId),
    Mailbox(String),
}

/// The key that links are signed with; made when it is first needed.
async fn key(app: &App) -> Result<Vec<u8>, Fault> {
    if let Some(key) = preferences::signing_key(&app.store, KEY).await? {
        return Ok(key);
    }
    let mut tx = app.store.begin().await?;
    preferences::keep_signing_key(&mut tx, KEY, app.clock.secret::<32>().to_vec()).await?;
    let key = preferences::signing_key(&mut tx, KEY).await?;
    tx.commit(app.clock.now()).await?;
    key.ok_or_else(|| Fault::new("the key of links is gone"))
}

/// Where the reader of a mail asks for no more of its kind; none where it cannot be had without.
///
/// # Errors
/// A fault from the database.
pub async fn link(app: &App, mail: &Mail) -> Result<Option<String>, Fault> {
    let topic = match LetterKind::parse(&mail.letter) {
        Some(LetterKind::Digest) => Some(Topic::Digests),
        Some(kind) => Category::of(kind).filter(|category| category.is_free()).map(Topic::Category),
        None => None,
    };
    let Some((reached, topic)) = Reached::parse(&mail.recipient).zip(topic) else { return Ok(None) };
    let token = Unsubscribe { reached, topic }.token(&key(app).await?);
    Ok(Some(app.config.link(&format!("/unsubscribe/{token}"))))
}

/// What the link with this token is about; none where the hub has not signed it. Changes nothing.
///
/// # Errors
/// A fault from the database.
pub async fn look(app: &App, token: &str) -> Result<Option<Standing>, Fault> {
    let Some(asked) = Unsubscribe::read(token, &key(app).await?) else { return Ok(None) };
    let (mut is_off, mut language) = (false, None);
    match whose(&app.store, asked.reached).await? {
        Whose::Person(person) => {
            let said = preferences::find(&app.store, &[person]).await?;
            is_off = match asked.topic {
                Topic::Category(category) => {
                    said.iter().any(|p| p.category == category && p.frequency() == Frequency::Off)
                }
                Topic::Digests => said.iter().all(|p| !p.frequency().waits()),
            };
            language = people::find_many(&app.store, &[person]).await?.pop().map(|person| person.language);
        }
        Whose::Mailbox(key) => is_off = preferences::is_out(&app.store, &key, asked.topic).await? || is_off,
    }
    Ok(Some(Standing { topic: asked.topic, is_off, language }))
}

async fn whose(on: impl Into<Conn<'_>>, reached: Reached) -> Result<Whose, Fault> {
    Ok(match reached {
        Reached::Person(person) => Whose::Person(person),
        Reached::Territory(_) => Whose::Mailbox(reached.key()),
        Reached::Contact(contact) => {
            let person = contacts::find_many(on, &[contact]).await?.pop().and_then(|contact| contact.person);
            person.map_or_else(|| Whose::Mailbox(reached.key()), Whose::Person)
        }
    })
}

/// Sends no more mails of what the link is about. Twice is as once. None where the hub has not signed it.
///
/// # Errors
/// A fault from the database.
pub async fn stop(app: &App, token: &str) -> Result<Option<Standing>, Fault> {
    let Some(asked) = Unsubscribe::read(token, &key(app).await?) else { return Ok(None) };
    let mut tx = app.store.begin().await?;
    match whose(&mut tx, asked.reached).await? {
        Whose::Person(person) => switch(&mut tx, app, person, asked.topic, false).await?,
        Whose::Mailbox(key) => preferences::opt_out(&mut tx, &key, asked.topic, app.clock.now()).await?,
    }
    tx.commit(app.clock.now()).await?;
    look(app, token).await
}

/// Sends them again, as often as before. Twice is as once. None where the hub has not signed it.
///
/// # Errors
/// A fault from the database.
pub async fn resume(app: &App, token: &str) -> Result<Option<Standing>, Fault> {
    let Some(asked) = Unsubscribe::read(token, &key(app).await?) else { return Ok(None) };
    let mut tx = app.store.begin().await?;
    match whose(&mut tx, asked.reached).await? {
        Whose::Person(person) => switch(&mut tx, app, person, asked.topic, true).await?,
        Whose::Mailbox(key) => preferences::opt_in(&mut tx, &key, asked.topic).await?,
    }
    tx.commit(app.clock.now()).await?;
    look(app, token).await
}

/// Switches a person's mails of a topic off, or on again as they were.
async fn switch(tx: &mut Tx, app: &App, person: PersonId, topic: Topic, on: bool) -> Result<(), Fault> {
    // Who was erased gets nothing anyway.
    let Some((_, quiet)) = preferences::lock(tx, &[person]).await?.pop() else { return Ok(()) };
    let said = preferences::find(&mut *tx, &[person]).await?;
    for category in Category::ALL.iter().copied().filter(|category| category.is_free()) {
        let known = said.iter().find(|known| known.category == category);
        let (is, was) = (known.map_or(category.usual(), Preference::frequency), known.and_then(|known| known.was));
        let meant = match topic {
            Topic::Category(meant) => meant == category,
            Topic::Digests => {
                if on {
                    was.is_some_and(Frequency::waits)
                } else {
                    is.waits()
                }
            }
        };
        if meant && on == (is == Frequency::Off) {
            let to = if on { was.unwrap_or(category.usual()) } else { Frequency::Off };
            set(tx, app, (person, quiet), category, Some(to), (!on).then_some(is)).await?;
        }
    }
    Ok(())
}
