//! `innesto import`: lists from files, with a dry run and a progress bar.
use super::{Failed, bar::Bar};
use crate::{
    app::App,
    domain::time::Date,
    service::import::{ImportError, Origin, Report, practices, synonyms, territories, vocabularies},
};
use clap::{Args, Subcommand};
use std::{fs, path::PathBuf};

/// What is imported.
#[derive(Subcommand)]
pub(super) enum Import {
    /// Ambiti and Comuni, from CSV.
    Territories(File),
    /// Vocabularies with their validity, from CSV.
    Vocabularies(File),
    /// Words of the field that mean the same, and what acronyms stand for, from CSV.
    Synonyms(File),
    /// Practices with contacts, kit and lineage, from JSON. What people have changed in the hub is left as it is.
    Practices(Practices),
}

/// From where, and whether over people's changes.
#[derive(Args)]
pub(super) struct Practices {
    #[command(flatten)]
    file: File,
    /// Replace also what people have changed in the hub since an earlier import.
    #[arg(long)]
    overwrite: bool,
}

/// From where, and how.
#[derive(Args)]
pub(super) struct File {
    /// The file.
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Who published the list; shown to whoever reads it. The file's name when left out.
    #[arg(long)]
    source: Option<String>,
    /// The day the list speaks of, e.g. 2026-01-01; today when left out.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Only say what would change.
    #[arg(long)]
    dry_run: bool,
}

impl From<ImportError> for Failed {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Fault(fault) => fault.into(),
            wrong @ ImportError::Wrong(_) => Self(wrong.to_string()),
        }
    }
}

impl Import {
    pub(super) async fn run(self, app: &App) -> Result<(), Failed> {
        let (Self::Territories(file)
        | Self::Vocabularies(file)
        | Self::Synonyms(file)
        | Self::Practices(Practices { file, .. })) = &self;
        let text = fs::read(&file.path).map_err(|error| Failed(format!("{}: {error}", file.path.display())))?;
        let name = || file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let origin = Origin {
            source: file.source.clone().unwrap_or_else(name),
            as_of: file.as_of.unwrap_or_else(|| app.clock.now().date_in_italy()),
            by: None,
        };
        let bar = Bar::new();
        let progress = |done, all| bar.show(done, all);
        let told = match &self {
            Self::Territories(_) => territories::run(app, &text, &origin, file.dry_run, &progress).await,
            Self::Vocabularies(_) => vocabularies::run(app, &text, &origin, file.dry_run, &progress).await,
            Self::Synonyms(_) => synonyms::run(app, &text, &origin, file.dry_run, &progress).await,
            Self::Practices(Practices { overwrite, .. }) => {
                let how = practices::How { dry_run: file.dry_run, overwrite: *overwrite };
                practices::run(app, &text, how, &progress).await
            }
        };
        drop(bar);
        print(&told?, file.dry_run);
        app.store.close().await;
        Ok(())
    }
}

pub(super) fn print(report: &Report, dry_run: bool) {
    for change in &report.changes {
        println!("{change}");
    }
    for kept in &report.kept {
        println!("{kept}");
    }
    if !report.kept.is_empty() {
        println!("{} were changed by people and left as they are; --overwrite replaces them.", report.kept.len());
    }
    let (changes, unchanged) = (report.changes.len(), report.unchanged);
    if dry_run {
        println!("Dry run: {changes} would change, {unchanged} stay as they are. Nothing was written.");
    } else {
        println!("{changes} changed, {unchanged} stayed as they were.");
    }
}
