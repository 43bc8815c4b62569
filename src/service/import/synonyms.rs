//! Synonyms from CSV: `word,meaning,both_ways`. The key is word and meaning in any spelling, so a word with several senses
//! stands in several rows, and a row in another spelling takes the place of the old one.
use super::{ImportError, Mistake, Origin, Problem, Progress, Report, table::Table};
use crate::{
    app::App,
    domain::synonym::{MOST, Synonym, too_many, word},
    service::synonyms::changed,
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
    synonyms::lock(&mut tx).await?;
    let known = synonyms::all(&mut tx).await?;
    let known: HashMap<_, _> = known.into_iter().map(|s| (s.key(), s)).collect();
    let (mut report, all) = (Report::default(), read.len());
    if known.len() + read.iter().filter(|synonym| !known.contains_key(&synonym.key())).count() > MOST {
        return Err(ImportError::Wrong(vec![Mistake { place: "line 1".into(), problem: too_many().into() }]));
    }
    for (done, synonym) in read.into_iter().enumerate() {
        progress(done, all);
        let name = format!("{} = {}", synonym.word, synonym.meaning);
        let old = known.get(&synonym.key());
        if report.judge(&name, old, &synonym) {
            if let Some(old) = old {
                synonyms::remove(&mut tx, old).await?;
            }
            synonyms::save(&mut tx, &synonym).await?;
        }
    }
    progress(all, all);
    if dry_run || report.changes.is_empty() {
        return Ok(report);
    }
    territories::save_dataset(&mut tx, &origin.dataset("synonyms", app.clock.now())).await?;
    tx.emit(changed(origin.by));
    tx.commit(app.clock.now()).await?;
    Ok(report)
}

fn parse(file: &[u8]) -> Result<Vec<Synonym>, ImportError> {
    let table = Table::read(file, NEEDED, KNOWN)?;
    let (mut read, mut mistakes, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for row in table.rows() {
        let line = |field: &'static str| move |text: &str| word(field, text).map_err(Problem::from);
        let from = row.need("word", &mut mistakes, line("word"));
        let meaning = row.need("meaning", &mut mistakes, line("meaning"));
        let both_ways = row.need("both_ways", &mut mistakes, |text| match text {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => {
                Err(Problem::say(format!("{other:?} non è né yes né no"), format!("{other:?} is neither yes nor no")))
            }
        });
        let (Some(from), Some(meaning), Some(both_ways)) = (from, meaning, both_ways) else { continue };
        let synonym = Synonym { word: from, meaning, both_ways };
        let key = synonym.key();
        if key.0 == key.1 {
            let problem = Problem::say(
                "una parola è sinonimo di sé stessa senza bisogno di dirlo",
                "a word is its own synonym without saying so",
            );
            mistakes.push(row.mistake("meaning", problem));
        }
        if !seen.insert(key) {
            let name = format!("{} = {}", synonym.word, synonym.meaning);
            let twice = Problem::say(format!("{name} è due volte nel file"), format!("{name} is in the file twice"));
            mistakes.push(row.mistake("meaning", twice));
        }
        read.push(synonym);
    }
    table.verdict(mistakes)?;
    Ok(read)
}
