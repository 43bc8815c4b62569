//! What somebody typed, understood: each word by its stem, with synonyms, with what its beginning may become, and with
//! what it may have meant where nobody wrote it so.
use super::{
    fields::Fields,
    index::Open,
    italian::{Word, says_nothing, stem, words},
    lexicon::{lives, stems},
    synonyms::{Phrase, Synonyms, key, units},
};
use std::collections::HashSet;
use tantivy::{
    Searcher, Term,
    query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery},
    schema::IndexRecordOption,
};

/// More words than anybody types; what follows is not looked at.
const WORDS: usize = 20;
/// How much a part of a practice counts that has a word besides the part that counts most.
const BESIDES: f32 = 0.25;
/// What is meant by another word counts less than the word itself.
const SYNONYM: f32 = 0.8;
/// So does what a beginning may become.
const COMPLETED: f32 = 0.7;
/// And what was perhaps meant.
const CORRECTED: f32 = 0.8;
/// Two words that stand together as they were typed are worth so much more.
const TOGETHER: f32 = 0.6;

/// Of so many words, how many a practice must have: typing one more word should narrow, not empty.
const fn least(words: usize) -> usize {
    match words {
        0..=2 => words,
        3 => 2,
        4 => 3,
        more => (more * 3).div_ceil(5),
    }
}

/// The stems by which something was found, to be shown where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stems {
    pub(super) single: HashSet<String>,
    pub(super) phrases: Vec<Phrase>,
}

/// What somebody looks for.
pub(super) struct Understood {
    clauses: Vec<Box<dyn Query>>,
    together: Vec<Box<dyn Query>>,
    /// What is shown as found.
    pub stems: Stems,
    /// The same with typing errors mended, where there are some.
    pub suggestion: Option<String>,
}

impl Understood {
    /// The query: most of the words, or with `any` at least one.
    pub fn query(&self, any: bool) -> Box<dyn Query> {
        let clauses: Vec<_> = self.clauses.iter().map(|clause| clause.box_clone()).collect();
        let least = if any { 1 } else { least(clauses.len()) };
        let words = BooleanQuery::union_with_minimum_required_clauses(clauses, least);
        let mut all: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(words))];
        all.extend(self.together.iter().map(|pair| (Occur::Should, pair.box_clone())));
        Box::new(BooleanQuery::new(all))
    }

    /// Whether asking for fewer of the words is asking for something else.
    pub fn can_relax(&self) -> bool {
        least(self.clauses.len()) > 1
    }
}

struct Reader<'a> {
    open: &'a Open,
    searcher: &'a Searcher,
    synonyms: &'a Synonyms,
    stems: Stems,
    mended: Vec<(usize, usize, String)>,
}

/// Understands what was typed; none where it has no word that says something.
pub(super) fn understand(
    open: &Open,
    searcher: &Searcher,
    text: &str,
    synonyms: &Synonyms,
) -> tantivy::Result<Option<Understood>> {
    let all = words(text);
    let typed: Vec<&Word> = units(&all).into_iter().filter(|word| !says_nothing(&word.text)).take(WORDS).collect();
    // While no space follows it, the last word may be the beginning of one.
    let unfinished = text.ends_with(char::is_alphanumeric);
    let mut reader = Reader { open, searcher, synonyms, stems: Stems::default(), mended: Vec::new() };
    let understood = reader.understand(&all, &typed, unfinished)?;
    let suggestion = mended(text, &reader.mended);
    let stems = reader.stems;
    Ok(understood.map(|(clauses, together)| Understood { clauses, together, stems, suggestion }))
}

/// Understands a description in plain words, of one line or many: by the words that fewest practices have, each once.
pub(super) fn told(
    open: &Open,
    searcher: &Searcher,
    text: &str,
    synonyms: &Synonyms,
) -> tantivy::Result<Option<Understood>> {
    let all = words(text);
    let mut reader = Reader { open, searcher, synonyms, stems: Stems::default(), mended: Vec::new() };
    let mut seen = HashSet::new();
    let mut typed = units(&all);
    typed.retain(|word| !says_nothing(&word.text) && !counts(&word.text) && seen.insert(stem(&word.text)));
    if typed.len() > WORDS {
        typed = reader.rarest(typed)?;
    }
    let understood = reader.understand(&all, &typed, false)?;
    let stems = reader.stems;
    Ok(understood.map(|(clauses, together)| Understood { clauses, together, stems, suggestion: None }))
}

/// Whether a word only says how many: who looks for something "in tre frazioni" does not look for three.
fn counts(word: &str) -> bool {
    const WORDS: [&str; 11] =
        ["due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "venti", "cento"];
    WORDS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
}

/// A query for each word, and one for each two that stand together.
type Clauses = (Vec<Box<dyn Query>>, Vec<Box<dyn Query>>);

impl Reader<'_> {
    /// Understands some of all words, in their order; none where there are none.
    fn understand(&mut self, all: &[Word], typed: &[&Word], unfinished: bool) -> tantivy::Result<Option<Clauses>> {
        if typed.is_empty() {
            return Ok(None);
        }
        let (mut clauses, mut at) = (Vec::new(), 0);
        while at < typed.len() {
            let (length, meanings) = self.meanings(all, &typed[at..]);
            let mut within: Vec<Box<dyn Query>> = Vec::new();
            for (i, word) in typed.iter().enumerate().skip(at).take(length) {
                within.push(self.word(word, unfinished && i + 1 == typed.len())?);
            }
            clauses.push(if length == 1 && meanings.is_empty() {
                within.remove(0)
            } else {
                let inner = BooleanQuery::union_with_minimum_required_clauses(within, least(length));
                let mut ways: Vec<Box<dyn Query>> = vec![Box::new(inner)];
                for meaning in meanings {
                    ways.push(self.phrase(&meaning, SYNONYM));
                    self.stems.phrases.push(meaning);
                }
                Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.0))
            });
            at += length;
        }
        let together = typed.windows(2).map(|pair| {
            let phrase = pair.iter().map(|word| (word.position, stem(&word.text))).collect::<Phrase>();
            self.phrase(&phrase, TOGETHER)
        });
        Ok(Some((clauses, together.collect())))
    }

    /// The rarest of many words, in their order. A word that nobody wrote is none of them, unless it stands for others.
    fn rarest<'w>(&self, typed: Vec<&'w Word>) -> tantivy::Result<Vec<&'w Word>> {
        let mut rare = Vec::with_capacity(typed.len());
        for (place, word) in typed.into_iter().enumerate() {
            let stemmed = stem(&word.text);
            let known = self.frequency(&stemmed)?;
            if known > 0 || !self.synonyms.meanings(&stemmed).is_empty() {
                rare.push((known, place, word));
            }
        }
        rare.sort_by_key(|(known, place, _)| (*known, *place));
        rare.truncate(WORDS);
        rare.sort_by_key(|(_, place, _)| *place);
        Ok(rare.into_iter().map(|(_, _, word)| word).collect())
    }

    /// How many practices have this stem, in the part where most have it.
    fn frequency(&self, stemmed: &str) -> tantivy::Result<u64> {
        let mut most = 0;
        for (field, _) in &self.open.fields.texts {
            most = most.max(self.searcher.doc_freq(&Term::from_field_text(*field, stemmed))?);
        }
        Ok(most)
    }

    /// How many of the next words are one thing together, and what that means in other words.
    fn meanings(&self, all: &[Word], next: &[&Word]) -> (usize, Vec<Phrase>) {
        for length in (1..=next.len().min(self.synonyms.longest().max(2))).rev() {
            let these = next.get(..length).unwrap_or_default();
            let stemmed: Vec<String> = these.iter().map(|word| stem(&word.text)).collect();
            let mut meanings = self.synonyms.meanings(&key(stemmed.iter().map(String::as_str))).to_vec();
            // What was typed with a hyphen others write as one word.
            let (from, to) = (these.first().map(|word| word.from), these.last().map(|word| word.to));
            let whole = all.iter().find(|word| word.parts > 1 && Some(word.from) == from && Some(word.to) == to);
            meanings.extend(whole.filter(|_| length > 1).map(|whole| vec![(0, stem(&whole.text))]));
            if !meanings.is_empty() {
                return (length, meanings);
            }
        }
        (1, Vec::new())
    }

    /// One word in all its parts; where nobody has it, what it may become or may have meant.
    fn word(&mut self, word: &Word, unfinished: bool) -> tantivy::Result<Box<dyn Query>> {
        let own = stem(&word.text);
        if self.is_known(&own)? || !self.synonyms.meanings(&own).is_empty() {
            self.stems.single.insert(own.clone());
            return Ok(self.stemmed(&own, 1.0));
        }
        let lexicon = self.open.lexicon(self.searcher).map_err(|fault| std::io::Error::other(fault.to_string()))?;
        let letters = word.text.chars().count();
        let completed = if unfinished && letters >= 2 { lexicon.completions(&word.text) } else { Vec::new() };
        if !completed.is_empty() {
            return Ok(self.any(&stems(completed), COMPLETED));
        }
        let (mut meant, field) = (lexicon.corrections(&word.text), self.open.fields.words);
        meant.retain(|one| lives(self.searcher, &Term::from_field_text(field, &one.word)).unwrap_or(false));
        if let Some(best) = meant.first() {
            self.mended.push((word.from, word.to, best.word.clone()));
        }
        Ok(self.any(&stems(meant.iter().map(|one| one.word.as_str())), CORRECTED))
    }

    fn is_known(&self, stemmed: &str) -> tantivy::Result<bool> {
        for (field, _) in &self.open.fields.texts {
            if lives(self.searcher, &Term::from_field_text(*field, stemmed))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Any of these stems, the first ones rather than the last.
    fn any(&mut self, stems: &[String], weight: f32) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        let mut weight = weight;
        for stemmed in stems {
            self.stems.single.insert(stemmed.clone());
            ways.push(self.stemmed(stemmed, weight));
            weight *= 0.95;
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.0))
    }

    /// A stem in any part of a practice, by the part's weight.
    fn stemmed(&self, stemmed: &str, weight: f32) -> Box<dyn Query> {
        self.parts(weight, |fields, i| {
            let term = Term::from_field_text(fields.texts[i].0, stemmed);
            let there = self.searcher.doc_freq(&term).unwrap_or(1) > 0;
            there.then(|| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        })
    }

    /// Words that stand together in one part.
    fn phrase(&self, phrase: &Phrase, weight: f32) -> Box<dyn Query> {
        if let [(_, only)] = phrase.as_slice() {
            return self.stemmed(only, weight);
        }
        self.parts(weight, |fields, i| {
            let term = |(at, stem): &(usize, String)| (*at, Term::from_field_text(fields.texts[i].0, stem));
            let terms: Vec<_> = phrase.iter().map(term).collect();
            let there = terms.iter().all(|(_, term)| self.searcher.doc_freq(term).unwrap_or(1) > 0);
            there.then(|| Box::new(PhraseQuery::new_with_offset_and_slop(terms, 1)) as Box<dyn Query>)
        })
    }

    fn parts(&self, weight: f32, of: impl Fn(&Fields, usize) -> Option<Box<dyn Query>>) -> Box<dyn Query> {
        let fields = &self.open.fields;
        let part = |(i, (_, part)): (usize, &(_, f32))| {
            Some(Box::new(BoostQuery::new(of(fields, i)?, part * weight)) as Box<dyn Query>)
        };
        let mut ways: Vec<_> = fields.texts.iter().enumerate().filter_map(part).collect();
        match ways.len() {
            0 => Box::new(EmptyQuery),
            1 => ways.remove(0),
            _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, BESIDES)),
        }
    }
}

/// The text with some of its words replaced.
fn mended(text: &str, words: &[(usize, usize, String)]) -> Option<String> {
    let (mut mended, mut at) = (String::new(), 0);
    for (from, to, word) in words {
        mended.push_str(text.get(at..*from)?);
        mended.push_str(word);
        at = *to;
    }
    mended.push_str(text.get(at..)?);
    (!words.is_empty()).then_some(mended)
}
