//! Italian as it is written in this field, made into words and stems: accents folded, elided articles dropped
//! (`dell'anziano`), compounds kept whole beside their parts (`co-progettazione`, `P.I.P.P.I.`), endings cut lightly.
//!
//! Snowball's stemmer is no use here: it tells `anziani` from `anziano`, and takes `comunità` for `comune`.
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer runs of letters are no words that anybody looks for.
const LONGEST: usize = 60;

const ELIDED: &[&str] =
    &["l", "d", "un", "dell", "all", "dall", "nell", "sull", "coll", "quell", "c", "s", "m", "t", "v", "n", "gl"];

/// In the order of the alphabet: looked up by halves.
const STOP: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "anche", "art", "casi", "caso", "che", "chi", "ci", "come",
    "con", "cosa", "cui", "da", "dagli", "dai", "dal", "dalla", "dalle", "dallo", "degli", "dei", "del", "della",
    "delle", "dello", "di", "dove", "e", "ed", "essere", "fa", "fare", "fra", "gli", "ha", "hanno", "i", "il", "in",
    "io", "la", "le", "lo", "loro", "ma", "ne", "negli", "nei", "nel", "nella", "nelle", "nello", "noi", "non", "o",
    "od", "ogni", "per", "piu", "quando", "quella", "quelle", "quelli", "quello", "questa", "queste", "questi",
    "questo", "se", "si", "sia", "sono", "sta", "su", "sua", "sui", "sul", "sulla", "sulle", "sullo", "suo", "suoi",
    "the", "tra", "un", "una", "uno", "vi", "voi",
];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Its number among the words; a compound has that of its last part.
    pub position: usize,
    /// In small letters without accents.
    pub text: String,
    /// For a compound, how many of the words before it are its parts.
    pub parts: usize,
}

/// The words of a text, without elided articles, words that say nothing included. A compound follows its parts.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let (mut words, mut position): (Vec<Word>, usize) = (Vec::new(), 0);
    // Where the run of parts that are held together by hyphens or full stops began.
    let (mut run, mut last_end) = (0, None);
    let mut at = 0;
    while let Some(skip) = text.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)) {
        let from = at + skip;
        let rest = text.get(from..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).unwrap_or(rest.len());
        let to = from + length;
        if !last_end.is_some_and(|end| holds_together(text.get(end..from).unwrap_or_default())) {
            compound(&mut words, run);
            run = words.len();
        }
        at = to;
        let folded = fold(rest.get(..length).unwrap_or_default());
        let elided = text.get(to..).is_some_and(|after| after.starts_with(['\'', '’', '`']));
        if (elided && ELIDED.contains(&folded.as_str())) || folded.is_empty() || folded.len() > LONGEST {
            last_end = None;
        } else {
            words.push(Word { from, to, position, text: folded, parts: 0 });
            last_end = Some(to);
        }
        position += 1;
    }
    compound(&mut words, run);
    words
}

fn holds_together(between: &str) -> bool {
    matches!(between, "-" | "." | "‑" | "‐")
}

/// Adds the whole of the parts from `run` on, where they are several and not mere numbers.
fn compound(words: &mut Vec<Word>, run: usize) {
    let parts = words.get(run..).unwrap_or_default();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    if parts.len() < 2 || text.len() > LONGEST || text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let whole = Word { from: first.from, to: last.to, position: last.position, text, parts: parts.len() };
    words.push(whole);
}

fn fold(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether a word says nothing of what somebody looks for.
#[must_use]
pub fn says_nothing(word: &str) -> bool {
    STOP.binary_search(&word).is_ok()
}

/// A light stem: `anziani`, `anziano`, `anziana`, `anziane` all give `anzian`; `comunità` gives `comunit`, `comuni`
/// gives `comun`; `disabili` and `disabilità` give `disabil`; `operatrici` and `operatori` give `operator`.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    for (ending, instead) in [("abilita", "abil"), ("ibilita", "ibil"), ("trice", "tor"), ("trici", "tor")] {
        if let Some(begin) = word.strip_suffix(ending).filter(|begin| !begin.is_empty()) {
            return format!("{begin}{instead}");
        }
    }
    for (ending, cut) in [("ie", 2), ("ia", 2), ("io", 2), ("ii", 2), ("che", 2), ("chi", 2), ("ghe", 2), ("ghi", 2)] {
        if word.len() > cut + 3 && word.ends_with(ending) {
            return word.get(..word.len() - cut).unwrap_or(word).to_owned();
        }
    }
    word.strip_suffix(['a', 'e', 'i', 'o', 'u']).unwrap_or(word).to_owned()
}

/// The tokens of indexed texts: stems, or whole words for what is completed and corrected.
#[derive(Clone)]
pub(super) struct Italian {
    pub(super) stems: bool,
}

/// The tokens of one text.
pub(super) struct Tokens {
    words: std::vec::IntoIter<Word>,
    stems: bool,
    token: Token,
}

impl Tokenizer for Italian {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        Tokens { words: words(text).into_iter(), stems: self.stems, token: Token::default() }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.find(|word| !says_nothing(&word.text)) else { return false };
        let text = if self.stems { stem(&word.text) } else { word.text };
        let (offset_from, offset_to, position) = (word.from, word.to, word.position);
        self.token = Token { offset_from, offset_to, position, text, position_length: 1 };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn forms_of_a_word_have_one_stem_and_other_words_another() {
        for (forms, stemmed) in [
            ("anziani anziano anziana anziane", "anzian"),
            ("comunita", "comunit"),
            ("comune comuni", "comun"),
            ("famiglia famiglie", "famigl"),
            ("servizio servizi", "serviz"),
            ("pratica pratiche", "pratic"),
            ("disabile disabili disabilita", "disabil"),
            ("operatore operatori operatrice operatrici", "operator"),
            ("casa case", "cas"),
            ("rete reti", "ret"),
            ("sad", "sad"),
            ("h24", "h24"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(stem(form), stemmed, "{form}");
            }
        }
    }

    #[test]
    fn articles_are_dropped_accents_folded_and_compounds_kept_beside_their_parts() {
        assert_eq!(texts("l'accesso dell’Anziano, più città"), ["accesso", "anziano", "piu", "citta"]);
        assert_eq!(texts("co-progettazione"), ["co", "progettazione", "coprogettazione"]);
        assert_eq!(texts("P.I.P.P.I. e SAD/ADI"), ["p", "i", "p", "p", "i", "pippi", "e", "sad", "adi"]);
        assert_eq!(texts("11-14 anni, D.Lgs. 36/2023"), ["11", "14", "anni", "d", "lgs", "dlgs", "36", "2023"]);
        assert_eq!(texts("  '’.-  "), [""; 0]);
        assert_eq!(texts("e\u{300} citta\u{300}"), ["e", "citta"]);
    }

    #[test]
    fn places_of_words_are_those_of_the_text() {
        let text = "Vorrei dell’équipe co-progettata";
        for word in words(text) {
            assert_eq!(fold(&text[word.from..word.to].replace('-', "")), word.text);
        }
        assert!(STOP.is_sorted());
    }
}
