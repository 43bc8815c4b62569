//! Words of the field that mean the same, and acronyms with what they stand for. They are data, kept in the database;
//! here is only how they are looked up.
use super::italian::{Word, says_nothing, stem, words};
use crate::domain::synonym::Synonym;
use std::collections::HashMap;

/// Stems at their places: `porta unica di accesso` has them at 0, 1 and 3.
pub(super) type Phrase = Vec<(usize, String)>;

/// All synonyms, by the stems of what is looked for.
#[derive(Debug, Default)]
pub struct Synonyms {
    by_stems: HashMap<String, Vec<Phrase>>,
    longest: usize,
}

/// The stems of some words that say something, compounds as their parts.
pub(super) fn phrase(text: &str) -> Phrase {
    let words = words(text);
    let kept = units(&words).into_iter().filter(|word| !says_nothing(&word.text));
    kept.map(|word| (word.position, stem(&word.text))).collect()
}

/// Words with each compound either whole or as its parts: an acronym with full stops is one word, what a hyphen joins
/// are words of their own.
pub(super) fn units(words: &[Word]) -> Vec<&Word> {
    let mut dropped = vec![false; words.len()];
    for (i, word) in words.iter().enumerate().filter(|(_, word)| word.parts > 0) {
        let from = i - word.parts;
        let short = words.get(from..i).unwrap_or_default().iter().all(|part| part.text.len() <= 3);
        for (at, drop) in dropped.iter_mut().enumerate().take(i + 1).skip(from) {
            *drop = short == (at < i);
        }
    }
    words.iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(word, _)| word).collect()
}

pub(super) fn key<'a>(stems: impl Iterator<Item = &'a str>) -> String {
    stems.collect::<Vec<_>>().join(" ")
}

/// Whether a word that could be looked for is in these.
#[must_use]
pub fn says_something(text: &str) -> bool {
    !phrase(text).is_empty()
}

/// Whether search takes the two for the same words by itself: `anziano` and `anziani`, `Nardò` and `nardo`.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    let stems = |text: &str| phrase(text).into_iter().map(|(_, stem)| stem).collect::<Vec<_>>();
    stems(one) == stems(other)
}

impl Synonyms {
    /// Made ready to be looked up.
    #[must_use]
    pub fn of(all: &[Synonym]) -> Self {
        let mut synonyms = Self::default();
        for synonym in all {
            let (word, meaning) = (phrase(&synonym.word), phrase(&synonym.meaning));
            if synonym.both_ways {
                synonyms.add(&meaning, &word);
            }
            synonyms.add(&word, &meaning);
        }
        synonyms
    }

    fn add(&mut self, from: &Phrase, to: &Phrase) {
        if from.is_empty() || to.is_empty() {
            return;
        }
        self.longest = self.longest.max(from.len());
        let meanings = self.by_stems.entry(key(from.iter().map(|(_, stem)| stem.as_str()))).or_default();
        if !meanings.contains(to) {
            meanings.push(to.clone());
        }
    }

    /// How many words the longest has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// What these stems mean besides themselves.
    pub(super) fn meanings(&self, key: &str) -> &[Phrase] {
        self.by_stems.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_has_all_its_senses_and_spellings() {
        let synonym =
            |word: &str, meaning: &str| Synonym { word: word.into(), meaning: meaning.into(), both_ways: true };
        let synonyms = Synonyms::of(&[
            synonym("ADI", "assistenza domiciliare integrata"),
            synonym("ADI", "assegno di inclusione"),
        ]);
        assert_eq!(synonyms.meanings("adi").len(), 2);
        assert_eq!(phrase("P.I.P.P.I."), [(4, "pipp".to_owned())]);
        assert_eq!(phrase("A.D.I.")[0].1, "adi");
        assert_eq!(key(phrase("assegni d'inclusione").iter().map(|(_, stem)| stem.as_str())), "assegn inclusion");
        assert_eq!(synonyms.meanings("assegn inclusion").len(), 1);
        assert_eq!(phrase("co-progettazione").len(), 2);
    }
}
