//! Words of the field that mean the same, and acronyms with what they stand for.

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
