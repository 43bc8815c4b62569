//! The words that occur in public practices: what a beginning may become, and what a mistyped word may have meant.
use super::italian::stem;
use tantivy::{
    DocSet, Searcher, TERMINATED, Term,
    schema::{Field, IndexRecordOption},
};

/// Words that a beginning is taken to mean, at most: the most frequent ones.
const COMPLETIONS: usize = 30;
/// Words that a mistyped word is taken to mean, at most.
const CORRECTIONS: usize = 4;

/// All words, in the order of their letters, each with how many practices have it (or lately had it).
pub(super) struct Lexicon {
    pub(super) generation: u64,
    words: Vec<(String, u32)>,
}

/// A word that was meant, by how many typing errors it is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub word: String,
    pub errors: usize,
}

impl Lexicon {
    pub(super) fn read(searcher: &Searcher, field: Field, generation: u64) -> tantivy::Result<Self> {
        let mut words: Vec<(String, u32)> = Vec::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while let Some((word, info)) = terms.next() {
                if let Ok(word) = std::str::from_utf8(word) {
                    words.push((word.to_owned(), info.doc_freq));
                }
            }
        }
        words.sort_unstable();
        words.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        Ok(Self { generation, words })
    }

    /// The words that begin so, the most frequent first.
    pub(super) fn completions(&self, beginning: &str) -> Vec<&str> {
        let from = self.words.partition_point(|(word, _)| word.as_str() < beginning);
        let words = self.words.iter().skip(from).take_while(|(word, _)| word.starts_with(beginning));
        let mut words: Vec<_> = words.collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.into_iter().take(COMPLETIONS).map(|(word, _)| word.as_str()).collect()
    }

    /// The words that were perhaps meant, the likeliest first: fewest errors, same first letter, most frequent.
    pub(super) fn corrections(&self, typed: &str) -> Vec<Meant> {
        let letters: Vec<char> = typed.chars().collect();
        let most = forgiven(letters.len());
        if most == 0 || typed.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let mut found: Vec<_> = (self.words.iter())
            .filter(|(word, _)| word.len() + most >= typed.len() && word.len() <= typed.len() + most)
            .filter_map(|(word, n)| {
                let errors = errors(&letters, word, most)?;
                (errors > 0).then_some((errors, !word.starts_with(letters[0]), std::cmp::Reverse(*n), word))
            })
            .collect();
        found.sort();
        let fewest = found.first().map_or(0, |first| first.0);
        let near = found.into_iter().take_while(|one| one.0 == fewest).take(CORRECTIONS);
        near.map(|(errors, _, _, word)| Meant { word: word.clone(), errors }).collect()
    }
}

/// How many typing errors a word of this length may have.
fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How many letters were left out, added, mistaken or swapped with their neighbour; none where more than `most`.
fn errors(typed: &[char], word: &str, most: usize) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=word.len()).collect());
    for (i, a) in typed.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in word.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == word[j - 1] && typed[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|errors| *errors <= most)
}

/// Whether any practice that is there now has this term. Terms outlive the practices that had them until files are
/// merged, and must not be told of.
pub(super) fn lives(searcher: &Searcher, term: &Term) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
        let alive = segment.alive_bitset();
        while postings.doc() != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(postings.doc())) {
                return Ok(true);
            }
            postings.advance();
        }
    }
    Ok(false)
}

/// The distinct stems of words, in their order.
pub(super) fn stems<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    for word in words {
        let stemmed = stem(word);
        if !stems.contains(&stemmed) {
            stems.push(stemmed);
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        let mut words: Vec<_> = words.iter().map(|word| ((*word).to_owned(), 1)).collect();
        words.sort();
        Lexicon { generation: 0, words }
    }

    #[test]
    fn one_or_two_errors_are_forgiven_by_length() {
        let lexicon = lexicon(&["affido", "housing", "supervisione", "trasporto", "sad", "patto"]);
        let meant = |typed| lexicon.corrections(typed).into_iter().map(|meant| meant.word).collect::<Vec<_>>();
        assert_eq!(meant("hausing"), ["housing"]);
        assert_eq!(meant("suprevisoine"), ["supervisione"]);
        assert_eq!(meant("transporto"), ["trasporto"]);
        assert_eq!(meant("pato"), ["patto"]);
        assert_eq!(meant("afido"), ["affido"]);
        assert_eq!(meant("sda"), [""; 0], "three letters may be anything");
        assert_eq!(meant("xyzxyzxyz"), [""; 0]);
    }

    #[test]
    fn a_beginning_becomes_the_words_that_begin_so() {
        let lexicon = lexicon(&["affido", "affidi", "affare", "zaino"]);
        assert_eq!(lexicon.completions("affid"), ["affidi", "affido"]);
        assert_eq!(lexicon.completions("zz"), [""; 0]);
    }
}
