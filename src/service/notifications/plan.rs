//! Decides for each letter of an event how it is told, under the lock of the person it reaches: each item ends in exactly
//! one of a mail at once, the next digest, or no mail at all.
use crate::{
    app::App,
    domain::{
        event::Event,
        id::{PersonId, TerritoryId},
        mail::NewMail,
        notification::{Category, Frequency, Notification, Quiet, effective},
        refusal::Fault,
        time::Ts,
        word::Word,
    },
    service::letters::{self, Addressed},
    store::{Tx, notifications, outbox, preferences},
};
use std::collections::{HashMap, HashSet};

/// How a letter is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By a mail of its own, not before that time.
    Mail(Ts),
    /// In a digest, not before that time.
    Digest(Ts),
    /// By no mail.
    Off,
}

/// Writes what the event tells people: an item for each person reached, and the mails.
///
/// # Errors
/// A fault from the database.
pub async fn tell(tx: &mut Tx, app: &App, event: &Event, letters: Vec<Addressed>) -> Result<(), Fault> {
    if letters.is_empty() {
        return Ok(());
    }
    let ways = ways(tx, app, &letters).await?;
    let unreached = unreached(&letters, &ways);
    write(tx, app, event, letters, ways).await?;
    for (letter, side) in unreached {
        // Who answers for the territory is asked group by group: nobody who wants no such mails gets one.
        for group in letters::instead(tx, side).await? {
            let group: Vec<_> = group.into_iter().map(|reader| reader.instead_of(&letter, app)).collect();
            let ways = self::ways(tx, app, &group).await?;
            let willing: (Vec<_>, Vec<_>) = group.into_iter().zip(ways).filter(|(_, way)| *way != Way::Off).unzip();
            if !willing.0.is_empty() {
                write(tx, app, event, willing.0, willing.1).await?;
                break;
            }
        }
    }
    Ok(())
}

/// Writes the items of what the event tells people and no mail: for what is past when it is told.
///
/// # Errors
/// A fault from the database.
pub async fn note(tx: &mut Tx, app: &App, event: &Event, letters: &[Addressed]) -> Result<(), Fault> {
    for Addressed { mail, person } in letters {
        if let (Some(person), Some(category)) = (person, Category::of(mail.letter)) {
            notifications::insert(tx, &item(app, event, mail, *person, category)).await?;
        }
    }
    Ok(())
}

/// How each of these letters is told.
async fn ways(tx: &mut Tx, app: &App, letters: &[Addressed]) -> Result<Vec<Way>, Fault> {
    let mut people: Vec<PersonId> = letters.iter().filter_map(|letter| letter.person).collect();
    people.sort_unstable();
    people.dedup();
    let (mut quiet, mut said) = (HashMap::new(), Vec::new());
    if !people.is_empty() {
        quiet.extend(preferences::lock(tx, &people).await?);
        said = preferences::find(&mut *tx, &people).await?;
    }
    let mut out: HashSet<(String, Category)> = HashSet::new();
    let categories: HashSet<Category> = letters.iter().filter_map(|letter| Category::of(letter.mail.letter)).collect();
    let mailboxes: Vec<String> =
        letters.iter().filter(|letter| letter.person.is_none()).map(|letter| letter.mail.recipient.clone()).collect();
    for category in categories.into_iter().filter(|category| category.is_free() && !mailboxes.is_empty()) {
        let opted = preferences::opted_out(&mut *tx, &mailboxes, category).await?;
        out.extend(opted.into_iter().map(|recipient| (recipient, category)));
    }
    let now = app.clock.now();
    let way = |letter: &Addressed| {
        let Some(category) = Category::of(letter.mail.letter) else { return Way::Mail(now) };
        let Some(person) = letter.person else {
            return if out.contains(&(letter.mail.recipient.clone(), category)) { Way::Off } else { Way::Mail(now) };
        };
        let quiet = quiet.get(&person).copied().unwrap_or_default();
        let said = said.iter().find(|said| said.person == person && said.category == category);
        told(app, quiet, effective(category, said.and_then(|said| said.frequency)))
    };
    Ok(letters.iter().map(way).collect())
}

fn told(app: &App, quiet: Quiet, frequency: Frequency) -> Way {
    let now = app.clock.now();
    match frequency {
        Frequency::AtOnce => Way::Mail(quiet.next_allowed(now)),
        Frequency::Daily | Frequency::Weekly => {
            Way::Digest(quiet.next_allowed(app.config.digests.next(frequency, now)))
        }
        Frequency::Off => Way::Off,
    }
}

/// The sides of which nobody wants what calls for action, each with the letter.
fn unreached(letters: &[Addressed], ways: &[Way]) -> Vec<(NewMail, TerritoryId)> {
    let mut unreached: Vec<(NewMail, TerritoryId)> = Vec::new();
    let side = |letter: &Addressed| letter.mail.id::<crate::domain::id::kind::Territory>("side");
    for letter in letters.iter().filter(|of| Category::of(of.mail.letter).is_some_and(Category::calls_for_action)) {
        let Some(at) = side(letter).filter(|at| unreached.iter().all(|(_, known)| known != at)) else { continue };
        let mut of_side = letters.iter().zip(ways).filter(|(letter, _)| side(letter) == Some(at));
        if of_side.all(|(_, way)| *way == Way::Off) {
            unreached.push((letter.mail.clone(), at));
        }
    }
    unreached
}

async fn write(tx: &mut Tx, app: &App, event: &Event, letters: Vec<Addressed>, ways: Vec<Way>) -> Result<(), Fault> {
    // What the same cause has told a person before is not told again, in whichever way it was.
    let mut new: HashMap<PersonId, bool> = HashMap::new();
    for (Addressed { mut mail, person }, way) in letters.into_iter().zip(ways) {
        if let (Some(person), Some(category)) = (person, Category::of(mail.letter)) {
            let is_new = match new.get(&person) {
                Some(is_new) => *is_new,
                None => notifications::insert(tx, &item(app, event, &mail, person, category)).await?,
            };
            if !is_new {
                new.insert(person, false);
                continue;
            }
            let first = new.insert(person, true).is_none();
            if let Way::Digest(due) = way
                && first
            {
                preferences::wait(tx, (person, category), event.seq - 1, due).await?;
            }
        }
        if let Way::Mail(due) = way {
            mail.due_at = due;
            outbox::enqueue(tx, &mail).await?;
        }
    }
    Ok(())
}

fn item(app: &App, event: &Event, mail: &NewMail, person: PersonId, category: Category) -> Notification {
    Notification {
        id: app.clock.id(),
        person,
        cause: mail.cause.clone(),
        event: event.seq,
        letter: mail.letter.as_str().to_owned(),
        category: category.as_str().to_owned(),
        reader: mail.recipient.clone(),
        data: mail.data.clone(),
        created_at: app.clock.now(),
        read_at: None,
    }
}
