//! Names of uploaded files: as they come they may hold a path, control characters, or characters that turn the writing
//! direction round so that `exe.fdp` reads as a PDF.
use super::MediaType;
use crate::domain::word::Word;
use unicode_normalization::UnicodeNormalization;

/// The most characters of a name.
pub const NAME_AT_MOST: usize = 120;

/// The longest ending that is kept where a name is cut; longer ones are part of the name.
const EXTENSION_AT_MOST: usize = 10;

/// A name without path, control characters and characters that cannot be seen, cut before its ending; `documento` where
/// nothing is left.
#[must_use]
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.nfc().filter(|c| !is_unseen(*c)).map(|c| match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let words: String = seen.collect();
    let name = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let name = cut(name.trim_matches(['.', ' ']));
    if name.is_empty() { "documento".into() } else { name }
}

/// At most [`NAME_AT_MOST`] characters, the ending among them: it says what a text without a mark of its own is.
fn cut(name: &str) -> String {
    let ending = extension(name).map_or(0, |ending| ending.chars().count() + 1);
    let ending = if ending > EXTENSION_AT_MOST + 1 { 0 } else { ending };
    let length = name.chars().count();
    if length <= NAME_AT_MOST {
        return name.to_owned();
    }
    let stem: String = name.chars().take(NAME_AT_MOST - ending).collect();
    stem.trim_end_matches(['.', ' ']).chars().chain(name.chars().skip(length - ending)).collect()
}

/// Control characters, those that steer the writing direction, and those that show nothing: what Unicode calls
/// `Default_Ignorable_Code_Point` (fillers, joiners, selectors, tags), annotations, and the empty pattern of Braille.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
}

/// The ending of a name, in lower case, without the dot.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// A clean name with the ending of its type. An ending of another type that is accepted is replaced; anything else
/// stays in the name, before the right one.
#[must_use]
pub fn with_extension(name: &str, media_type: MediaType) -> String {
    let right = media_type.extension();
    let stem = match extension(name) {
        Some(given) if given == "jpeg" || MediaType::ALL.iter().any(|known| known.extension() == given) => {
            &name[..name.len() - given.len() - 1]
        }
        _ => name,
    };
    let stem: String = stem.chars().take(NAME_AT_MOST - right.len() - 1).collect();
    format!("{}.{right}", stem.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cleaned() {
        for (given, cleaned) in [
            ("relazione.pdf", "relazione.pdf"),
            ("C:\\Documenti\\piano di zona.odt", "piano di zona.odt"),
            ("../../etc/passwd", "passwd"),
            ("a\u{0}b\r\nc.txt", "ab c.txt"),
            ("fattura\u{202e}fdp.exe", "fatturafdp.exe"),
            ("perche\u{301}.pdf", "perché.pdf"),
            ("..", "documento"),
            ("", "documento"),
            ("\u{200b}\u{feff}", "documento"),
            ("\u{3164}\u{115f}\u{ffa0}\u{2800}\u{fe0f}\u{e0100}\u{3000}", "documento"),
            ("\u{3164}.csv", "csv"),
            ("a\"b<c>.pdf", "a_b_c_.pdf"),
        ] {
            assert_eq!(clean(given), cleaned, "{given:?}");
        }
        assert_eq!(clean(&"è".repeat(500)).chars().count(), NAME_AT_MOST);
        for stem in ["è".repeat(500), "è ".repeat(500), format!("{}. x", "è".repeat(114))] {
            let named = clean(&format!("{stem}.CSV"));
            assert!(named.ends_with("è.CSV") && named.chars().count() <= NAME_AT_MOST, "{named}");
        }
        assert_eq!(clean(&format!("a.{}", "b".repeat(500))).chars().count(), NAME_AT_MOST);
    }

    #[test]
    fn the_ending_agrees_with_the_type() {
        for (given, named) in [
            ("relazione.pdf", "relazione.pdf"),
            ("relazione.PDF", "relazione.pdf"),
            ("relazione.docx", "relazione.pdf"),
            ("relazione v1.2", "relazione v1.2.pdf"),
            ("relazione", "relazione.pdf"),
            ("virus.exe", "virus.exe.pdf"),
        ] {
            assert_eq!(with_extension(given, MediaType::Pdf), named);
        }
        assert_eq!(with_extension("foto.jpeg", MediaType::Jpeg), "foto.jpg");
        let long = with_extension(&"è".repeat(NAME_AT_MOST), MediaType::Docx);
        assert_eq!(long.chars().count(), NAME_AT_MOST);
    }
}
