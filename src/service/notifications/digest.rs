//! Digests: one mail of all that waits for a person. What it tells is said by marks, the numbers of events before and at
//! its end, for each category: whoever writes it, however late and however often, writes the same. The marks move in the
//! transaction that puts the mail into the queue, so nothing is lost or told twice.
use crate::{
    app::App,
    domain::{
        id::PersonId,
        mail::{LetterKind, NewMail},
        notification::{Preference, Quiet},
        refusal::Fault,
        time::Ts,
        word::Word,
    },
    store::{Tx, notifications, outbox, people, preferences},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many people's digests are looked up at once.
const LOT: i64 = 100;

/// Of each category, the event after which a digest begins and the one with which it ends.
pub type Marks = BTreeMap<String, (i64, i64)>;

/// Puts a digest of what waits in these categories into the queue, not to leave before `at`, and moves their marks. The
/// caller holds the person's lock.
///
/// # Errors
/// A fault from the database.
pub async fn gather(tx: &mut Tx, app: &App, person: PersonId, waiting: &mut [Preference], at: Ts) -> Result<(), Fault> {
    let mut marks = Marks::new();
    for preference in waiting.iter_mut() {
        let last = notifications::last_event(&mut *tx, person, preference.category).await?;
        if last > preference.told_through {
            marks.insert(preference.category.as_str().to_owned(), (preference.told_through, last));
        }
        (preference.told_through, preference.due_at) = (last.max(preference.told_through), None);
        preferences::save(tx, preference).await?;
    }
    let Some(last) = marks.values().map(|(_, last)| *last).max() else { return Ok(()) };
    let reader = people::find_many(&mut *tx, &[person]).await?.pop();
    let Some((reader, address)) = reader.and_then(|reader| Some((reader.clone(), reader.email?))) else {
        return Ok(());
    };
    let mail = NewMail {
        id: app.clock.id(),
        cause: format!("digest:{last}"),
        recipient: format!("person:{person}"),
        letter: LetterKind::Digest,
        address,
        name: Some(reader.name),
        language: reader.language,
        data: Map::from_iter([("marks".to_owned(), json!(marks))]),
        secret: None,
        thread: None,
        due_at: at,
        host: app.config.public_url.host_str().unwrap_or("localhost").to_owned(),
        created_at: app.clock.now(),
    };
    if outbox::enqueue(tx, &mail).await? {
        return Ok(());
    }
    // The marks would move without a mail: better nothing moves.
    Err(Fault::new(format!("person {person} has a digest up to event {last} already")))
}

/// Reads the marks of a digest's mail.
#[must_use]
pub fn marks(data: &Map<String, Value>) -> Marks {
    data.get("marks").and_then(|marks| serde_json::from_value(marks.clone()).ok()).unwrap_or_default()
}

/// Puts into the queue all digests that are due. One that cannot be gathered keeps no other waiting.
///
/// # Errors
/// The last fault from the database, when all others are through.
pub async fn due(app: &App) -> Result<(), Fault> {
    loop {
        let people = preferences::due(&app.store, app.clock.now(), LOT).await?;
        let (mut failed, found) = (None, people.len());
        for person in people {
            failed = of_person(app, person).await.err().or(failed);
        }
        match failed {
            Some(fault) => return Err(fault),
            None if found == 0 => return Ok(()),
            None => {}
        }
    }
}

async fn of_person(app: &App, person: PersonId) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let quiet = preferences::lock(&mut tx, &[person]).await?.pop();
    let all = preferences::find(&mut tx, &[person]).await?;
    // Another instance may have been faster.
    let mut ripe: Vec<Preference> =
        all.into_iter().filter(|preference| preference.due_at.is_some_and(|due| due <= now)).collect();
    if ripe.is_empty() {
        return Ok(());
    }
    let (_, quiet) = quiet.unwrap_or((person, Quiet::default()));
    let at = quiet.next_allowed(now);
    if at > now {
        // What comes until then goes with it.
        for preference in &mut ripe {
            preference.due_at = Some(at);
            preferences::save(&mut tx, preference).await?;
        }
    } else {
        gather(&mut tx, app, person, &mut ripe, now).await?;
    }
    tx.commit(now).await
}
