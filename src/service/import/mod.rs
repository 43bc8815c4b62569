//! Lists that come from outside: read whole, checked whole, compared with what is there, then written in one
//! transaction or not at all.
pub mod practices;
pub mod synonyms;
pub mod table;
pub mod territories;
pub mod vocabularies;
pub mod weights;

use crate::{
    app::App,
    domain::{
        id::PersonId,
        permission::{Action, Actor, Subject},
        refusal::{Fault, Outcome, Refusal},
        text::{Language, line},
        time::Date,
    },
};

/// Where a list comes from, as shown to whoever reads it later.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Who published it.
    pub source: String,
    /// The day it speaks of.
    pub as_of: Date,
    /// Who imports it, unless it is the command line.
    pub by: Option<PersonId>,
}

/// A list that a person hands in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// CSV.
    pub file: String,
    /// Who published it.
    pub source: String,
    /// The day it speaks of; today where it is left out.
    pub as_of: Option<Date>,
    /// Only says what would change.
    pub dry_run: bool,
}

/// Imports territories for a person: what was done or would be, or every mistake of the file.
///
/// # Errors
/// `REQUIRED` or `TOO_LONG` on `source`; those of [`Actor::may`].
pub async fn territories_by(app: &App, actor: &Actor, upload: Upload) -> Outcome<Result<Report, Vec<Mistake>>> {
    actor.may(Action::ImportTerritories, &Subject::Hub)?;
    let source = line("source", &upload.source, 200)?;
    let as_of = upload.as_of.unwrap_or_else(|| app.clock.now().date_in_italy());
    let origin = Origin { source, as_of, by: actor.person() };
    match territories::run(app, upload.file.as_bytes(), &origin, upload.dry_run, &|_, _| ()).await {
        Ok(report) => Ok(Ok(report)),
        Err(ImportError::Wrong(mistakes)) => Ok(Err(mistakes)),
        Err(ImportError::Fault(fault)) => Err(fault.into()),
    }
}

/// What an import did, or with a dry run would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One line a thing that is new or changes, in the file's order: `+ Comune di Troia`, `~ Bari: population 1 → 2`.
    pub changes: Vec<String>,
    /// How many things are as they were.
    pub unchanged: usize,
    /// One line a thing that the file would change and that was left as its people made it.
    pub kept: Vec<String>,
}

impl Report {
    /// Notes what a row of the file does to what is known under its key; true where it has to be written.
    fn judge<T: PartialEq>(&mut self, name: &str, old: Option<&T>, new: &T) -> bool {
        match old {
            Some(old) if old == new => {
                self.unchanged += 1;
                return false;
            }
            Some(_) => self.changes.push(format!("~ {name}")),
            None => self.changes.push(format!("+ {name}")),
        }
        true
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is wrong; every mistake found, in its order.
    #[error("the file has {} mistakes, nothing was imported:\n{}", .0.len(), .0.iter().map(|m| format!("  {m}")).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Mistake>),
    /// Something else broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where: `line 12, column population`, or a path into a document.
    pub place: String,
    /// What is wrong and what would be right.
    pub problem: Problem,
}

/// What is wrong and what would be right, as one sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    it: String,
    en: String,
}

impl Problem {
    /// The sentence in Italian and in English.
    pub fn say(it: impl Into<String>, en: impl Into<String>) -> Self {
        Self { it: it.into(), en: en.into() }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn sentence(&self, language: Language) -> &str {
        language.pick(&self.it, &self.en)
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        Self::say(refusal.sentence(Language::It), refusal.sentence(Language::En))
    }
}
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::from(&refusal)
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.problem.sentence(Language::En))
    }
}

/// Called as the work goes on: so many done of so many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Send + Sync);

impl Origin {
    /// What is noted beside the imported data.
    pub(crate) fn dataset(&self, name: &str, now: crate::domain::time::Ts) -> crate::domain::territory::Dataset {
        let (source, as_of) = (self.source.clone(), self.as_of);
        crate::domain::territory::Dataset { name: name.into(), source, as_of, imported_at: now }
    }
}
