//! What stewards do with vocabularies, and with the list of territories.
use super::{
    Ask,
    error::UserError,
    scalar::LocalDate,
    term::{TermObject, VocabularyScheme},
};
use crate::{
    domain::text::Language,
    service::{
        import::{self, Mistake, Report},
        terms::{self, Labels},
    },
};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

/// A term to add.
#[derive(InputObject)]
pub struct AddTermInput {
    /// To which vocabulary.
    scheme: VocabularyScheme,
    /// Its code: capitals, digits and `_`, at most 40 characters. It never changes.
    code: String,
    /// Label in Italian, at most 200 characters.
    label_it: String,
    /// Label in English, at most 200 characters.
    label_en: String,
    /// First day on which it is valid; today when left out.
    valid_from: Option<LocalDate>,
}

/// Another label for a term.
#[derive(InputObject)]
pub struct RenameTermInput {
    /// Of which vocabulary.
    scheme: VocabularyScheme,
    /// Its code.
    code: String,
    /// Label in Italian, at most 200 characters.
    label_it: String,
    /// Label in English, at most 200 characters.
    label_en: String,
    /// First day on which it has this label; today when left out.
    valid_from: Option<LocalDate>,
}

/// A term that ends.
#[derive(InputObject)]
pub struct EndTermInput {
    /// Of which vocabulary.
    scheme: VocabularyScheme,
    /// Its code.
    code: String,
    /// Last day on which it is valid; today when left out.
    valid_to: Option<LocalDate>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The term; null where it was not done.
            term: Option<TermObject>,
            /// What the viewer can mend; empty where it was done.
            user_errors: Vec<UserError>,
        }
        impl $name {
            fn of(ask: &Ask, outcome: crate::domain::refusal::Outcome<crate::domain::term::Term>) -> Result<Self> {
                let (term, user_errors) = ask.settle(outcome)?;
                Ok(Self { term: term.map(|term| TermObject(Arc::new(term))), user_errors })
            }
        }
    )* };
}
payloads! {
    /// What came of adding a term.
    AddTermPayload
    /// What came of giving a term another label.
    RenameTermPayload
    /// What came of ending a term.
    EndTermPayload
}

/// A list of territories as a file has it.
#[derive(InputObject)]
pub struct ImportTerritoriesInput {
    /// The file: CSV in UTF-8 with a header, as the handbook describes it. With the question around it, it may have 1 MiB
    /// at most; a larger one is imported by the command line.
    csv: String,
    /// Who published it, at most 200 characters; shown in `datasets`.
    source: String,
    /// The day it speaks of; today when left out.
    as_of: Option<LocalDate>,
    /// Only says what would change.
    dry_run: bool,
}

/// A mistake in a file.
#[derive(SimpleObject)]
pub struct ImportProblem {
    /// The line, the header being 1; null where it is about the whole.
    line: Option<i64>,
    /// The column; null where it is about the whole line.
    column: Option<String>,
    /// What is wrong and what would be right, in the viewer's language.
    message: String,
}

impl ImportProblem {
    fn of(mistake: &Mistake, language: Language) -> Self {
        let (line, column) = match mistake.place.split_once(", column ") {
            Some((line, column)) => (line, Some(column.to_owned())),
            None => (&*mistake.place, None),
        };
        let message = mistake.problem.sentence(language).to_owned();
        Self { line: line.strip_prefix("line ").and_then(|n| n.parse().ok()), column, message }
    }
}

/// What an import did, or would do.
#[derive(SimpleObject)]
pub struct ImportReport {
    /// How many are new.
    added: i64,
    /// How many are different from before.
    changed: i64,
    /// How many are as they were.
    unchanged: i64,
    /// One line for each that is new (`+ Comune di Troia`) or different (`~ Comune di Bari: population 1 → 2`) by the names
    /// of the columns, the first 1,000.
    changes: Vec<String>,
}

/// The most lines of a report that are given back.
const LINES: usize = 1_000;

impl From<Report> for ImportReport {
    fn from(report: Report) -> Self {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let added = report.changes.iter().filter(|line| line.starts_with('+')).count();
        let (changed, unchanged) = (count(report.changes.len() - added), count(report.unchanged));
        Self { added: count(added), changed, unchanged, changes: report.changes.into_iter().take(LINES).collect() }
    }
}

/// What came of importing territories.
#[derive(Default, SimpleObject)]
pub struct ImportTerritoriesPayload {
    /// What was done, or would be; null where the file has mistakes or it was refused.
    report: Option<ImportReport>,
    /// What is wrong with the file, the first 1,000 mistakes; then nothing was imported.
    problems: Vec<ImportProblem>,
    /// What the viewer can mend besides; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of vocabularies and territories.
#[derive(Default)]
pub struct VocabularyMutation;

/// Mutations of vocabularies and territories.
#[Object]
impl VocabularyMutation {
    /// Adds a term at the end of a vocabulary: for stewards.
    async fn add_term(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to add.")] input: AddTermInput,
    ) -> Result<AddTermPayload> {
        let (ask, labels) = (Ask::of(ctx), Labels { it: input.label_it, en: input.label_en });
        let (scheme, from) = (input.scheme.into(), input.valid_from.map(|day| day.0));
        AddTermPayload::of(ask, terms::add(&ask.app, &ask.actor, scheme, (&input.code, &labels), from).await)
    }

    /// Gives a term another label from a day on, keeping the old one until then: for stewards.
    async fn rename_term(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which term, and its label.")] input: RenameTermInput,
    ) -> Result<RenameTermPayload> {
        let (ask, labels) = (Ask::of(ctx), Labels { it: input.label_it, en: input.label_en });
        let (scheme, from) = (input.scheme.into(), input.valid_from.map(|day| day.0));
        RenameTermPayload::of(ask, terms::rename(&ask.app, &ask.actor, scheme, (&input.code, &labels), from).await)
    }

    /// Says when a term is valid for the last time: for stewards. What has it keeps it, and nothing new gets it.
    async fn end_term(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which term, and its last day.")] input: EndTermInput,
    ) -> Result<EndTermPayload> {
        let ask = Ask::of(ctx);
        let (scheme, last) = (input.scheme.into(), input.valid_to.map(|day| day.0));
        EndTermPayload::of(ask, terms::end(&ask.app, &ask.actor, scheme, &input.code, last).await)
    }

    /// Imports a list of territories, all of it or nothing, or says what it would change: for stewards. Territories that
    /// the file does not have stay as they are.
    async fn import_territories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list, and whether to write it.")] input: ImportTerritoriesInput,
    ) -> Result<ImportTerritoriesPayload> {
        let ask = Ask::of(ctx);
        let upload = import::Upload {
            file: input.csv,
            source: input.source,
            as_of: input.as_of.map(|day| day.0),
            dry_run: input.dry_run,
        };
        let done = Box::pin(import::territories_by(&ask.app, &ask.actor, upload)).await;
        let (done, user_errors) = ask.settle(done)?;
        Ok(match done {
            Some(Ok(report)) => ImportTerritoriesPayload { report: Some(report.into()), ..Default::default() },
            Some(Err(mistakes)) => ImportTerritoriesPayload {
                problems: mistakes.iter().take(LINES).map(|one| ImportProblem::of(one, ask.language)).collect(),
                ..Default::default()
            },
            None => ImportTerritoriesPayload { user_errors, ..Default::default() },
        })
    }
}
