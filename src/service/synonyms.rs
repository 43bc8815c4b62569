//! Words that mean the same, as stewards keep them. Everybody may read the list: it is how search understands the words
//! of whoever asks, and nothing in it is about anybody.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, PersonId, kind},
        page::{Cursor, Key, Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::{Code, Outcome, Refusal, Refusals},
        synonym::{LONGEST, MOST, Synonym, too_many, word},
        text::{folded, line},
    },
    search::{are_alike, says_something},
    store::{Tx, synonyms},
};
use uuid::Uuid;

/// One page by word and meaning, and how many there are on all pages. Where `text` is given, only those of which word or
/// meaning has it within, in any spelling.
///
/// # Errors
/// `TOO_LONG` on `word`, `INVALID` where a cursor belongs to another list.
pub async fn list(app: &App, text: &str, page: &PageRequest) -> Outcome<(Page<Synonym>, usize)> {
    page.is_of(|key| matches!(key, Key::Text(_)))?;
    let text = if text.trim().is_empty() { String::new() } else { folded(&line("word", text, LONGEST)?) };
    let place = |synonym: Synonym| {
        let (word, meaning) = synonym.key();
        let found = word.contains(&text) || meaning.contains(&text);
        found.then(|| (Cursor { key: Key::Text(format!("{word}\n{meaning}")), id: Uuid::nil() }, synonym))
    };
    let all: Vec<_> = synonyms::all(&app.store).await?.into_iter().filter_map(place).collect();
    let total = all.len();
    Ok((Page::among(all, false, page), total))
}

/// Adds a synonym, for search to use at once; where word and meaning are there already, in whichever spelling, but hold
/// the other way, that is changed.
///
/// # Errors
/// What is wrong with the fields, all at once; `INVALID` where search would gain nothing, `DUPLICATE` where it is known
/// already, `TOO_LONG` where there are [`MOST`]; those of [`Actor::may`].
pub async fn add(app: &App, actor: &Actor, new: Synonym) -> Outcome<Synonym> {
    let mut tx = open(app, actor).await?;
    let new = checked(&new)?;
    let (known, key) = (synonyms::all(&mut tx).await?, new.key());
    let old: Vec<_> = known.iter().filter(|old| old.key() == key).collect();
    let same = |old: &&Synonym| old.both_ways == new.both_ways;
    let reversed = |old: &Synonym| old.both_ways && old.key() == (key.1.clone(), key.0.clone());
    if old.iter().any(same) || (old.is_empty() && known.iter().any(reversed)) {
        return Err(Refusal::new(Code::Duplicate)
            .on("meaning")
            .say("La ricerca conosce già questo sinonimo.", "Search knows this synonym already.")
            .into());
    }
    if old.is_empty() && known.len() >= MOST {
        return Err(too_many().into());
    }
    for old in old {
        synonyms::remove(&mut tx, old).await?;
    }
    synonyms::save(&mut tx, &new).await?;
    close(app, actor, tx).await?;
    Ok(new)
}

/// Takes a synonym away, in whichever spelling it is named; gives it back.
///
/// # Errors
/// `NOT_FOUND` on `word`; those of [`Actor::may`].
pub async fn remove(app: &App, actor: &Actor, word: &str, meaning: &str) -> Outcome<Synonym> {
    let mut tx = open(app, actor).await?;
    let key = (folded(word), folded(meaning));
    let mut found = synonyms::all(&mut tx).await?;
    found.retain(|synonym| synonym.key() == key);
    for synonym in &found {
        synonyms::remove(&mut tx, synonym).await?;
    }
    let gone = found.pop().ok_or_else(|| Refusal::not_found("word"))?;
    close(app, actor, tx).await?;
    Ok(gone)
}

/// That the list has changed. Documents have nothing of it: the note keeps the index from being built anew.
pub(crate) fn changed(by: Option<PersonId>) -> NewEvent {
    let list = Id::<kind::Territory>::of(Uuid::nil());
    NewEvent::new(EventKind::VocabularyImported, list).by(by).note("list", "synonyms")
}

/// The list, which nobody else changes until this ends.
async fn open(app: &App, actor: &Actor) -> Outcome<Tx> {
    actor.may(Action::ManageVocabularies, &Subject::Hub)?;
    let mut tx = app.store.begin().await?;
    synonyms::lock(&mut tx).await?;
    Ok(tx)
}

async fn close(app: &App, actor: &Actor, mut tx: Tx) -> Outcome<()> {
    tx.emit(changed(actor.person()));
    Ok(tx.commit(app.clock.now()).await?)
}

fn checked(new: &Synonym) -> Outcome<Synonym> {
    let mut refusals = Refusals::default();
    let mut take = |field, text: &str| {
        let text = refusals.take(word(field, text))?;
        if says_something(&text) {
            return Some(text);
        }
        refusals.push(Refusal::new(Code::Invalid).on(field).say(
            "Qui non c'è nessuna parola che la ricerca consideri: articoli e preposizioni da soli non dicono nulla.",
            "There is no word here that search looks at: articles and prepositions alone say nothing.",
        ));
        None
    };
    let (word, meaning) = (take("word", &new.word), take("meaning", &new.meaning));
    let (Some(word), Some(meaning)) = (word, meaning) else { return Err(refusals.into_failure()) };
    if are_alike(&word, &meaning) {
        return Err(Refusal::new(Code::Invalid)
            .on("meaning")
            .say(
                "Per la ricerca sono già le stesse parole: accenti, maiuscole, singolare e plurale non contano.",
                "To search these are the same words already: accents, capitals, singular and plural do not matter.",
            )
            .into());
    }
    Ok(Synonym { word, meaning, both_ways: new.both_ways })
}
