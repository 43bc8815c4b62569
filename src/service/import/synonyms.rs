//! Synonyms from CSV: `word,meaning,both_ways`. The key is word and meaning, so a word with several senses stands in
//! several rows.
use super::{ImportError, Origin, Progress, Report, table::Table};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, kind},
        synonym::Synonym,
        text::{self, folded},
    },
    store::{synonyms, territories},
};
use std::collections::{HashMap, HashSet};

const NEEDED: &[&str] = &["word", "meaning", "both_ways"];
const KNOWN: &[&str] = &["note"];

/// Reads, checks, and unless `dry_run` writes.
///
/// # Errors
/// Every mistake with its line and column; then nothing was written.
pub async fn run(
    app: &App,
    file: &[u8],
    origin: &Origin,
    dry_run: bool,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    let read = parse(file)?;
    let mut tx = app.store.begin().await?;
    let known = synonyms::all(&mut tx).await?;
    let known: HashMap<_, _> = known.into_iter().map(|s| ((s.word.clone(), s.meaning.clone()), s)).collect();
    let (mut report, all) = (Report::default(), read.len());
    for (done, synonym) in read.into_iter().enumerate() {
        progress(done, all);
        let name = format!("{} = {}", synonym.word, synonym.meaning);
        let old = known.get(&(synonym.word.clone(), synonym.meaning.clone()));
        if report.judge(&name, old, &synonym) {
            synonyms::save(&mut tx, &synonym).await?;
        }
    }
    progress(all, all);
    if dry_run || report.changes.is_empty() {
        return Ok(report);
    }
    territories::save_dataset(&mut tx, &origin.dataset("synonyms", app.clock.now())).await?;
    // The index has nothing of it: the note keeps it from being built anew.
    let imported = NewEvent::new(EventKind::VocabularyImported, Id::<kind::Territory>::of(uuid::Uuid::nil()));
    tx.emit(imported.by(origin.by).note("list", "synonyms"));
    tx.commit(app.clock.now()).await?;
    Ok(report)
}

fn parse(file: &[u8]) -> Result<Vec<Synonym>, ImportError> {
    let table = Table::read(file, NEEDED, KNOWN)?;
    let (mut read, mut mistakes, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for row in table.rows() {
        let line = |field: &'static str| {
            move |text: &str| {
                text::line(field, text, 100).map_err(|refusal| refusal.sentence(text::Language::En).to_owned())
            }
        };
        let word = row.need("word", &mut mistakes, line("word"));
        let meaning = row.need("meaning", &mut mistakes, line("meaning"));
        let both_ways = row.need("both_ways", &mut mistakes, |text| match text {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(format!("{other:?} is neither yes nor no")),
        });
        let (Some(word), Some(meaning), Some(both_ways)) = (word, meaning, both_ways) else { continue };
        if folded(&word) == folded(&meaning) {
            mistakes.push(row.mistake("meaning", "a word is its own synonym without saying so"));
        }
        if !seen.insert((folded(&word), folded(&meaning))) {
            mistakes.push(row.mistake("meaning", format!("{word} = {meaning} is in the file twice")));
        }
        read.push(Synonym { word, meaning, both_ways });
    }
    table.verdict(mistakes)?;
    Ok(read)
}
