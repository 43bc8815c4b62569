//! Where in a text the words stand that were looked for: sentences cut into pieces, each with whether it is what was
//! found. Never markup, so nothing that people wrote can become part of a page.
use super::{
    italian::{Word, says_nothing, stem, words},
    query::Stems,
};

/// Letters of one passage, about.
const LENGTH: usize = 240;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// It, from the beginning to the end.
    pub pieces: Vec<Piece>,
    /// How many different words of those looked for it has.
    pub words: usize,
}

/// Some letters that are, or are not, what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Plain text.
    pub text: String,
    /// Whether it was looked for.
    pub is_match: bool,
}

/// A word that was looked for: where it stands, and its stem.
struct Match {
    from: usize,
    to: usize,
    stem: String,
}

/// The passages of a text that have what was looked for, those with most of it first, at most `most`.
#[must_use]
pub fn passages(text: &str, stems: &Stems, most: usize) -> Vec<Passage> {
    let text = plain(text);
    let matches = matches(&text, stems);
    let mut found: Vec<(usize, usize, Passage)> = Vec::new();
    let mut covered = 0;
    for (i, first) in matches.iter().enumerate() {
        if first.from < covered {
            continue;
        }
        let (from, to) = window(&text, first.from);
        covered = to;
        let within: Vec<&Match> = matches.iter().skip(i).take_while(|one| one.to <= to).collect();
        let mut different: Vec<&str> = within.iter().map(|one| one.stem.as_str()).collect();
        different.sort_unstable();
        different.dedup();
        let words = different.len();
        found.push((words, i, Passage { pieces: pieces(&text, from, to, &within), words }));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().take(most).map(|(_, _, passage)| passage).collect()
}

fn matches(text: &str, stems: &Stems) -> Vec<Match> {
    let all = words(text);
    let parts: Vec<(&Word, String)> =
        all.iter().filter(|word| !says_nothing(&word.text)).map(|word| (word, stem(&word.text))).collect();
    let mut matches: Vec<Match> = Vec::new();
    let mut add = |word: &Word, stem: &str| {
        matches.push(Match { from: word.from, to: word.to, stem: stem.to_owned() });
    };
    for (i, (word, stemmed)) in parts.iter().enumerate() {
        if stems.single.contains(stemmed) {
            add(word, stemmed);
        }
        for phrase in &stems.phrases {
            let these = parts.get(i..i + phrase.len()).unwrap_or_default();
            if !these.is_empty() && these.iter().map(|(_, stem)| stem).eq(phrase.iter().map(|(_, stem)| stem)) {
                for (word, stem) in these {
                    add(word, stem);
                }
            }
        }
    }
    matches.sort_by_key(|one| (one.from, std::cmp::Reverse(one.to)));
    // A compound and its parts, or a word of two phrases, is shown once.
    let mut end = 0;
    matches.retain(|one| {
        let new = one.from >= end;
        end = end.max(one.to);
        new
    });
    matches
}

/// From where to where a passage around this place goes: the sentence, or as much of it as fits.
fn window(text: &str, at: usize) -> (usize, usize) {
    let back = |n: usize| text.floor_char_boundary(at.saturating_sub(n));
    let ahead = |n: usize| text.ceil_char_boundary((at + n).min(text.len()));
    let before = text.get(back(LENGTH / 2)..at).unwrap_or_default();
    let after = text.get(at..ahead(LENGTH)).unwrap_or_default();
    let from = match before.rfind(['\n', '.', '!', '?']) {
        Some(end) => at - before.len() + end + 1,
        None => {
            before.find(' ').filter(|_| before.len() < at).map_or(at - before.len(), |gap| at - before.len() + gap + 1)
        }
    };
    let ends = |i: &usize| after.get(i + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
    let sentence = after.match_indices(['.', '!', '?']).map(|(i, _)| i).find(ends).map(|i| i + 1);
    let line = after.find('\n');
    let whole = at + after.len() == text.len();
    let to = match (sentence, line) {
        (Some(a), Some(b)) => a.min(b),
        (Some(end), None) | (None, Some(end)) => end,
        (None, None) if whole => after.len(),
        (None, None) => after.rfind(' ').filter(|gap| *gap > 0).unwrap_or(after.len()),
    };
    (from, at + to)
}

fn pieces(text: &str, from: usize, to: usize, matches: &[&Match]) -> Vec<Piece> {
    let (mut pieces, mut at) = (Vec::new(), from);
    let mut push = |from: usize, to: usize, is_match: bool| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), is_match });
        }
    };
    for one in matches {
        push(at, one.from, false);
        push(one.from, one.to, true);
        at = one.to;
    }
    push(at, to, false);
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Markdown without its marks: what stands in lines, links and emphasis.
fn plain(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line.trim_start().trim_start_matches(['#', '>', '-', '*', '|']).trim_start();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("](") {
            plain.push_str(before);
            rest = after.split_once(')').map_or("", |(_, rest)| rest);
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain.retain(|c| !matches!(c, '*' | '`' | '[' | ']' | '_'));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stems(words: &[&str]) -> Stems {
        Stems {
            single: words.iter().map(|word| stem(word)).collect(),
            phrases: vec![vec![(0, "port".into()), (1, "unic".into())]],
        }
    }

    fn shown(text: &str, words: &[&str]) -> Vec<String> {
        let show = |piece: &Piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text.clone() };
        passages(text, &stems(words), 3).iter().map(|passage| passage.pieces.iter().map(show).collect()).collect()
    }

    #[test]
    fn the_sentence_that_has_most_of_it_comes_first() {
        let text =
            "Nulla qui. L'**anziano** resta a casa.\nGli anziani e i [caregiver](https://x.invalid) insieme. Fine.";
        assert_eq!(
            shown(text, &["anziani", "caregiver"]),
            ["Gli [anziani] e i [caregiver] insieme.", "L'[anziano] resta a casa."]
        );
        assert_eq!(shown("Una porta, unica di accesso. Una porta.", &[]), ["Una [porta], [unica] di accesso."]);
        assert_eq!(shown("<b>anziani</b>", &["anziani"]), ["<b>[anziani]</b>"], "nothing is markup");
    }

    proptest! {
        #[test]
        fn pieces_are_parts_of_the_text_in_its_order(text in "(anziani|caregiver|è|[a-zà'’.!?\n -]{0,30}| ){0,60}") {
            let plain = plain(&text);
            for passage in passages(&text, &stems(&["anziani", "caregiver"]), 10) {
                let whole: String = passage.pieces.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert!(plain.contains(&whole), "{whole:?}");
                prop_assert!(passage.pieces.iter().any(|piece| piece.is_match));
                prop_assert!(whole.len() <= 3 * LENGTH);
            }
        }
    }
}
