//! The weights of a match from CSV: `part,weight`, all thirteen parts.
use super::{ImportError, Mistake, Origin, Problem, Report, table::Table};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, kind},
        matching::{Missing, Part, Weights},
        word::Word,
    },
    store::{match_weights, territories},
};

/// Reads, checks, and unless `dry_run` writes.
///
/// # Errors
/// Every mistake with its line and column; then nothing was written.
pub async fn run(app: &App, file: &[u8], origin: &Origin, dry_run: bool) -> Result<Report, ImportError> {
    let new = parse(file)?;
    let mut tx = app.store.begin().await?;
    let old = match_weights::all(&mut tx).await?;
    let mut report = Report::default();
    for ((part, old), (_, new)) in old.iter().zip(new.iter()) {
        report.judge(&format!("{}: {old} → {new}", part.as_str()), Some(&old), &new);
    }
    if dry_run || report.changes.is_empty() {
        return Ok(report);
    }
    match_weights::save(&mut tx, &new).await?;
    territories::save_dataset(&mut tx, &origin.dataset("weights", app.clock.now())).await?;
    // The index has nothing of them: the note keeps it from being built anew.
    let imported = NewEvent::new(EventKind::VocabularyImported, Id::<kind::Territory>::of(uuid::Uuid::nil()));
    tx.emit(imported.by(origin.by).note("list", "weights"));
    tx.commit(app.clock.now()).await?;
    Ok(report)
}

fn parse(file: &[u8]) -> Result<Weights, ImportError> {
    let table = Table::read(file, &["part", "weight"], &["note"])?;
    let (mut read, mut mistakes) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let part = row.need("part", &mut mistakes, |text| {
            let known = || Part::ALL.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(", ");
            let unknown = || {
                let known = known();
                Problem::say(
                    format!("{text:?} non è una parte: ci sono {known}"),
                    format!("{text:?} is no part; there are {known}"),
                )
            };
            Part::parse(&text.to_uppercase()).ok_or_else(unknown)
        });
        let weight = row.need("weight", &mut mistakes, |text| {
            let sound = text.parse().ok().filter(|weight: &f64| weight.is_finite() && *weight >= 0.0);
            let unsound = || {
                Problem::say(
                    format!("{text:?} non è un numero da 0 in su, come 0.12"),
                    format!("{text:?} is not a number from 0 upwards, such as 0.12"),
                )
            };
            sound.ok_or_else(unsound)
        });
        read.extend(part.zip(weight));
    }
    table.verdict(mistakes)?;
    let whole = |missing: Missing| {
        let problem = Problem::say(missing.in_italian(), missing.to_string());
        ImportError::Wrong(vec![Mistake { place: "line 1".into(), problem }])
    };
    Weights::of(read).map_err(whole)
}
