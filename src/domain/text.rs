//! Text that people type: its language, its limits, and how two spellings are held to be the same.
use super::refusal::{Code, Refusal};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The languages the hub speaks. Italian is the default everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

impl Language {
    /// Picks from an `Accept-Language` header: English only where it is preferred to Italian.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::It, 0.0_f32);
        for part in header.split(',').take(16) {
            let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            let language = match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("it") => Self::It,
                Some("en") => Self::En,
                _ => continue,
            };
            let quality = quality.trim().parse().unwrap_or(0.0);
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }

    /// The sentence of the two that is in this language.
    #[must_use]
    pub fn pick<T>(self, it: T, en: T) -> T {
        match self {
            Self::It => it,
            Self::En => en,
        }
    }
}

words! {
    /// As kept in the database and read from settings.
    Language { It = "it", En = "en" }
}

/// Lower case, accents removed, everything but letters and digits made one space: "Nardò" and "nardo" are the same.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A name for addresses: `In.Con.Tra – Piano` becomes `in-con-tra-piano`, at most 80 bytes, never empty.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug: String = folded(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    slug = slug.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    slug.truncate(80);
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "x".into() } else { slug }
}

/// One line of at most `most` characters: trimmed, not empty, without control characters.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG` or `INVALID` on `field`.
pub fn line(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::required(field));
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::new(Code::Invalid).on(field).say(
            "Il testo deve stare su una riga, senza caratteri di controllo.",
            "The text must be one line without control characters.",
        ));
    }
    within(field, text, most)
}

/// Text of several lines, at most `most` characters: trimmed, may be empty; line ends become `\n`, other control
/// characters are refused.
///
/// # Errors
/// `TOO_LONG` or `INVALID` on `field`.
pub fn body(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Refusal::new(Code::Invalid).on(field).say(
            "Il testo contiene caratteri di controllo: toglieteli e riprovate.",
            "The text has control characters: remove them and try again.",
        ));
    }
    within(field, text, most)
}

fn within(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let length = text.chars().count();
    if length > most {
        return Err(Refusal::new(Code::TooLong).on(field).say(
            format!("Il testo ha {length} caratteri, il massimo è {most}."),
            format!("The text has {length} characters, the limit is {most}."),
        ));
    }
    Ok(text.to_owned())
}

/// An e-mail address as people type it: trimmed, in lower case, one `@`, a dot in the domain, at most 254 characters.
///
/// # Errors
/// `INVALID` on `field`.
pub fn email(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_lowercase();
    let sound = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && local.len() <= 64
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains('@')
    });
    if !sound
        || text.len() > 254
        || text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c))
    {
        return Err(Refusal::new(Code::Invalid).on(field).say(
            "L'indirizzo di posta non è valido. Esempio: nome.cognome@comune.esempio.it",
            "The e-mail address is not valid. Example: name.surname@town.example.org",
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_with_and_without_accents_are_the_same() {
        assert_eq!(folded("Nardò"), "nardo");
        assert_eq!(folded(" Appennino Dauno / Monti—Dauni "), "appennino dauno monti dauni");
        assert_eq!(slug("In.Con.Tra – Piano di sviluppo"), "in-con-tra-piano-di-sviluppo");
        assert_eq!(slug("???"), "x");
    }

    #[test]
    fn italian_unless_english_is_preferred() {
        assert_eq!(Language::from_accept_language(""), Language::It);
        assert_eq!(Language::from_accept_language("en-GB,en;q=0.9,it;q=0.8"), Language::En);
        assert_eq!(Language::from_accept_language("it;q=0.9,en;q=0.9"), Language::It);
        assert_eq!(Language::from_accept_language("de,fr;q=0.3"), Language::It);
    }

    #[test]
    fn bad_lines_are_refused_by_name() {
        assert_eq!(line("title", "  ", 10).unwrap_err().code, Code::Required);
        assert_eq!(line("title", "a\nb", 10).unwrap_err().code, Code::Invalid);
        assert_eq!(line("title", "àààà", 3).unwrap_err().code, Code::TooLong);
        assert_eq!(line("title", " àà ", 3).unwrap(), "àà");
        assert_eq!(body("need", "a\r\nb\u{0}", 10).unwrap_err().code, Code::Invalid);
        for wrong in ["a", "a@b", "a@.b", "a b@c.d", "a@b@c.d", "a@b.c\nBcc: x"] {
            assert!(email("email", wrong).is_err(), "{wrong}");
        }
        assert_eq!(email("email", " Ada@Comune.Invalid ").unwrap(), "ada@comune.invalid");
    }
}
