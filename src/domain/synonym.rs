//! Words of the field that mean the same, and acronyms with what they stand for.
use super::{
    refusal::{Code, Refusal},
    text::{self, folded},
};

/// The most characters of a word and of its meaning.
pub const LONGEST: usize = 100;
/// The most synonyms there may be: all are kept in memory and looked at when a page of them is read.
pub const MOST: usize = 2_000;

/// Whoever looks for `word` looks for `meaning` too; where it holds both ways, also the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// A word, an acronym or several words. One with several senses stands in several synonyms.
    pub word: String,
    /// The same in other words.
    pub meaning: String,
    /// Whether `meaning` means `word` as well.
    pub both_ways: bool,
}

impl Synonym {
    /// Word and meaning without accents, capitals and signs: two with the same key are one in two spellings.
    #[must_use]
    pub fn key(&self) -> (String, String) {
        (folded(&self.word), folded(&self.meaning))
    }
}

/// A word or a meaning as it is typed: one line of at most [`LONGEST`] characters.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG` or `INVALID` on `field`.
pub fn word(field: &str, typed: &str) -> Result<String, Refusal> {
    text::line(field, typed, LONGEST)
}

/// What is said where there would be more than [`MOST`].
#[must_use]
pub fn too_many() -> Refusal {
    Refusal::new(Code::TooLong).say(
        format!("I sinonimi sono già {MOST}, il massimo: toglietene qualcuno prima di aggiungerne."),
        format!("There are {MOST} synonyms already, the limit: remove some before you add others."),
    )
}
