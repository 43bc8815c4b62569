//! Vocabularies from CSV: `scheme,code,label_it,label_en,valid_from,valid_to,position`. The key is scheme, code and
//! first day, so that a label that changed keeps its past.
use super::{
    ImportError, Mistake, Origin, Problem, Progress, Report,
    table::{Table, day, number},
};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, kind},
        term::{LABEL_AT_MOST, Scheme, Term, code},
        text,
        word::Word,
    },
    store::{terms, territories},
};
use std::collections::{HashMap, HashSet};

const NEEDED: &[&str] = &["scheme", "code", "label_it", "label_en", "valid_from"];
const KNOWN: &[&str] = &["valid_to", "position", "note"];

type Key = (Scheme, String, crate::domain::time::Date);

fn key(term: &Term) -> Key {
    (term.scheme, term.code.clone(), term.valid_from)
}

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
    let known: HashMap<Key, Term> = terms::all(&mut tx).await?.into_iter().map(|term| (key(&term), term)).collect();
    let mut report = Report::default();
    let all = read.len();
    for (done, term) in read.into_iter().enumerate() {
        progress(done, all);
        let name = format!("{} {} ({})", term.scheme.as_str(), term.code, term.label_it);
        if report.judge(&name, known.get(&key(&term)), &term) {
            terms::save(&mut tx, &term).await?;
        }
    }
    progress(all, all);
    if dry_run || report.changes.is_empty() {
        return Ok(report);
    }
    territories::save_dataset(&mut tx, &origin.dataset("vocabularies", app.clock.now())).await?;
    tx.emit(NewEvent::new(EventKind::VocabularyImported, Id::<kind::Territory>::of(uuid::Uuid::nil())).by(origin.by));
    tx.commit(app.clock.now()).await?;
    Ok(report)
}

fn parse(file: &[u8]) -> Result<Vec<Term>, ImportError> {
    let table = Table::read(file, NEEDED, KNOWN)?;
    let (mut read, mut mistakes, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for row in table.rows() {
        let line = |field: &'static str, most| move |text: &str| text::line(field, text, most).map_err(Problem::from);
        let scheme = row.need("scheme", &mut mistakes, |text| {
            Scheme::parse(text).ok_or_else(|| {
                let all = schemes();
                Problem::say(
                    format!("{text:?} non è un vocabolario; ci sono {all}"),
                    format!("{text:?} is no vocabulary; there are {all}"),
                )
            })
        });
        let code = row.need("code", &mut mistakes, |text| code("code", text).map_err(Problem::from));
        let label_it = row.need("label_it", &mut mistakes, line("label_it", LABEL_AT_MOST));
        let label_en = row.need("label_en", &mut mistakes, line("label_en", LABEL_AT_MOST));
        let valid_from = row.need("valid_from", &mut mistakes, day);
        let valid_to = row.read("valid_to", &mut mistakes, day);
        let position = row.read("position", &mut mistakes, |text| number(text, 0, 100_000)).unwrap_or(0);
        let (Some(scheme), Some(code), Some(label_it), Some(label_en), Some(valid_from)) =
            (scheme, code, label_it, label_en, valid_from)
        else {
            continue;
        };
        if valid_to.is_some_and(|last| last < valid_from) {
            mistakes.push(row.mistake(
                "valid_to",
                Problem::say("l'ultimo giorno precede il primo", "the last day is before the first"),
            ));
        }
        let term = Term { scheme, code, label_it, label_en, valid_from, valid_to, position };
        if !seen.insert(key(&term)) {
            let code = &term.code;
            let problem = Problem::say(
                format!("{code} è due volte nel file con lo stesso primo giorno"),
                format!("{code} is in the file twice with the same first day"),
            );
            mistakes.push(row.mistake("code", problem));
        }
        overlaps(&read, &term, row.line(), &mut mistakes);
        read.push(term);
    }
    table.verdict(mistakes)?;
    Ok(read)
}

/// On no day may a code have two labels.
fn overlaps(read: &[Term], term: &Term, line: u64, mistakes: &mut Vec<(u64, Mistake)>) {
    let same = |old: &&Term| old.scheme == term.scheme && old.code == term.code && old.valid_from != term.valid_from;
    for old in read.iter().filter(same) {
        if old.is_valid_on(term.valid_from) || term.is_valid_on(old.valid_from) {
            let code = &term.code;
            let problem = Problem::say(
                format!("{code} è valido due volte in alcuni giorni: date un valid_to al più vecchio"),
                format!("{code} is valid twice on some days; give the older one a valid_to"),
            );
            mistakes.push((line, Mistake { place: format!("line {line}, column valid_from"), problem }));
        }
    }
}

fn schemes() -> String {
    Scheme::ALL.iter().map(|scheme| scheme.as_str()).collect::<Vec<_>>().join(", ")
}
