//! Words that mean the same: read by everybody, kept by stewards.
use super::{
    Ask,
    error::UserError,
    page::{PageArgs, Paged, connection},
};
use crate::{
    domain::{refusal::Outcome, synonym},
    service::synonyms,
};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

/// Words that mean the same: who looks for `word` finds what says `meaning` too. An acronym with two senses is in two of
/// them.
#[derive(Clone, SimpleObject)]
pub struct Synonym {
    /// A word, an acronym or several words, e.g. `PUA`.
    word: String,
    /// The same in other words, e.g. `porta unica di accesso`.
    meaning: String,
    /// Whether who looks for `meaning` finds what says `word` too.
    both_ways: bool,
}

impl From<synonym::Synonym> for Synonym {
    fn from(s: synonym::Synonym) -> Self {
        Self { word: s.word, meaning: s.meaning, both_ways: s.both_ways }
    }
}

/// A synonym to add.
#[derive(InputObject)]
pub struct AddSynonymInput {
    /// What is looked for, at most 100 characters.
    word: String,
    /// What is to be found as well, at most 100 characters.
    meaning: String,
    /// Whether it holds the other way round too.
    both_ways: bool,
}

/// A synonym to remove, in any spelling.
#[derive(InputObject)]
pub struct RemoveSynonymInput {
    /// Its word.
    word: String,
    /// Its meaning.
    meaning: String,
}

/// What came of adding a synonym.
#[derive(SimpleObject)]
pub struct AddSynonymPayload {
    /// The synonym; null where it was not done.
    synonym: Option<Synonym>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// What came of removing a synonym.
#[derive(SimpleObject)]
pub struct RemoveSynonymPayload {
    /// The synonym as it was; null where it was not done.
    synonym: Option<Synonym>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Queries about synonyms.
#[derive(Default)]
pub struct SynonymQuery;

/// Queries about synonyms.
#[Object]
impl SynonymQuery {
    /// The words that search takes for the same, by word; 20 at a time unless asked otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the word")]
    async fn synonyms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of which word or meaning has this within, in any spelling.")] word: Option<String>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Synonym>> {
        let ask = Ask::of(ctx);
        let page = PageArgs { first, after, last, before }.request(20)?;
        let (page, total) = ask.read(synonyms::list(&ask.app, &word.unwrap_or_default(), &page).await)?;
        Ok(connection(page, i64::try_from(total).ok(), Into::into))
    }
}

/// Mutations of synonyms.
#[derive(Default)]
pub struct SynonymMutation;

fn settled(ask: &Ask, outcome: Outcome<synonym::Synonym>) -> Result<(Option<Synonym>, Vec<UserError>)> {
    let (synonym, user_errors) = ask.settle(outcome)?;
    Ok((synonym.map(Into::into), user_errors))
}

/// Mutations of synonyms.
#[Object]
impl SynonymMutation {
    /// Adds a synonym, which search uses at once: for stewards. Where word and meaning are there already, in whichever
    /// spelling, but `bothWays` differs, that is changed.
    async fn add_synonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to add.")] input: AddSynonymInput,
    ) -> Result<AddSynonymPayload> {
        let ask = Ask::of(ctx);
        let AddSynonymInput { word, meaning, both_ways } = input;
        let added = synonyms::add(&ask.app, &ask.actor, synonym::Synonym { word, meaning, both_ways }).await;
        let (synonym, user_errors) = settled(ask, added)?;
        Ok(AddSynonymPayload { synonym, user_errors })
    }

    /// Removes a synonym, which search forgets at once: for stewards.
    async fn remove_synonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RemoveSynonymInput,
    ) -> Result<RemoveSynonymPayload> {
        let ask = Ask::of(ctx);
        let removed = synonyms::remove(&ask.app, &ask.actor, &input.word, &input.meaning).await;
        let (synonym, user_errors) = settled(ask, removed)?;
        Ok(RemoveSynonymPayload { synonym, user_errors })
    }
}
