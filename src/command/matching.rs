//! `innesto matching`: how much each part of a match counts, and what the log says of it.
use super::{Failed, import::print};
use crate::{
    app::App,
    domain::time::Date,
    service::{
        import::{Origin, weights},
        matching,
    },
};
use clap::Subcommand;
use std::{fs, path::PathBuf};

/// What is done.
#[derive(Subcommand)]
pub(super) enum Matching {
    /// Replace the weights by those of a CSV file with the columns part and weight. A server takes them at once.
    Weights {
        /// The file.
        #[arg(value_name = "FILE")]
        path: PathBuf,
        /// Where the weights come from; shown to whoever reads it. The file's name when left out.
        #[arg(long)]
        source: Option<String>,
        /// The day of the log they were fitted on, e.g. 2026-01-01; today when left out.
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
        /// Only say what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Print what was shown, opened, sent and accepted, and the values of each.
    Report,
}

impl Matching {
    pub(super) async fn run(self, app: &App) -> Result<(), Failed> {
        match self {
            Self::Report => super::print(&matching::report(app).await?.to_string())?,
            Self::Weights { path, source, as_of, dry_run } => {
                let text = fs::read(&path).map_err(|error| Failed(format!("{}: {error}", path.display())))?;
                let name = || path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let origin = Origin {
                    source: source.unwrap_or_else(name),
                    as_of: as_of.unwrap_or_else(|| app.clock.now().date_in_italy()),
                    by: None,
                };
                print(&weights::run(app, &text, &origin, dry_run).await?, dry_run);
            }
        }
        app.store.close().await;
        Ok(())
    }
}
