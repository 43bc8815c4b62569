//! The case-data guard: finds in free text what would name a user of the services: fiscal codes, IBANs, telephone
//! numbers. It warns; a person decides.
mod numbers;
mod telephone;

use super::refusal::{Code, Refusal};

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An Italian fiscal code of a person, with a right check letter.
    FiscalCode,
    /// An IBAN with right check digits.
    Iban,
    /// An Italian telephone number. Free numbers (800) are nobody's own and are let through.
    Telephone,
}

impl Kind {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::FiscalCode => ("un codice fiscale", "a fiscal code"),
            Self::Iban => ("un IBAN", "an IBAN"),
            Self::Telephone => ("un numero di telefono", "a telephone number"),
        }
    }
}

/// The first thing in `text` that looks like personal data, as it was written.
#[must_use]
pub fn seen(text: &str) -> Option<(Kind, String)> {
    // Addresses on the web hold long numbers that are no telephone's.
    let mut rest = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let address = word.find("http://").or_else(|| word.find("https://"));
        rest.push_str(address.map_or(word, |at| &word[..at]));
        if address.is_some() {
            rest.push_str(" \u{0} ");
        }
    }
    let chars: Vec<char> = rest.chars().collect();
    let found = |kind, range: Option<std::ops::Range<usize>>| range.map(|range| (kind, chars[range].iter().collect()));
    found(Kind::FiscalCode, numbers::fiscal_code(&chars))
        .or_else(|| found(Kind::Iban, numbers::iban(&chars)))
        .or_else(|| found(Kind::Telephone, telephone::number(&chars)))
}

/// Refuses a text that seems to hold personal data.
///
/// # Errors
/// `CASE_DATA` on `field`, naming what was seen.
pub fn check(field: &str, text: &str) -> Result<(), Refusal> {
    let Some((kind, seen)) = seen(text) else { return Ok(()) };
    let (it, en) = kind.words();
    Err(Refusal::new(Code::CaseData).on(field).say(
        format!(
            "Il testo sembra contenere {it} («{seen}»). Toglietelo, oppure confermate che non è un dato di una persona."
        ),
        format!("The text seems to contain {en} (\"{seen}\"). Remove it, or confirm that it is no person's data."),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_person_is_seen() {
        for (text, kind, what) in [
            ("utente RSSMRA85T10A562S seguito", Kind::FiscalCode, "RSSMRA85T10A562S"),
            ("(rssmra85t10a562s)", Kind::FiscalCode, "rssmra85t10a562s"),
            ("RSS MRA 85T10 A562S", Kind::FiscalCode, "RSS MRA 85T10 A562S"),
            ("su IT60X0542811101000000123456.", Kind::Iban, "IT60X0542811101000000123456"),
            ("IBAN: IT60 X054 2811 1010 0000 0123 456 intestato", Kind::Iban, "IT60 X054 2811 1010 0000 0123 456"),
            ("de89370400440532013000", Kind::Iban, "de89370400440532013000"),
            ("chiamare il 333 1234567", Kind::Telephone, "333 1234567"),
            ("tel.3331234567", Kind::Telephone, "3331234567"),
            ("+39 333.123.4567", Kind::Telephone, "+39 333.123.4567"),
            ("0039-080-1234567", Kind::Telephone, "0039-080-1234567"),
            ("080/1234567 ore ufficio", Kind::Telephone, "080/1234567"),
            ("tel. 06 12 34 56 78", Kind::Telephone, "06 12 34 56 78"),
            ("(0881) 977611", Kind::Telephone, "0881) 977611"),
            ("080 1234567 - 333 1234567", Kind::Telephone, "080 1234567"),
            ("vedi https://a.invalid/1 o 3331234567", Kind::Telephone, "3331234567"),
        ] {
            assert_eq!(seen(text), Some((kind, what.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_let_through() {
        for text in [
            "RSSMRA85T10A562T",
            "IT60X0542811101000000123457",
            "dal 01/02/2023 al 03-04-2024, 05.06.2025",
            "spesa di 320.000.000 euro, poi 333.000 e 100.000",
            "ISTAT 072011, CAP 70032, P.IVA 04912340722",
            "CIG 0564678912, CUP B39I22001234567",
            "orario 08.30-12.30 e 15.00-18.00",
            "D.D. 634 del 30/5/2023, BURP n. 51 del 15/6/2023",
            "numero verde 800 123456, 1522, 114",
            "https://comune.invalid/atti/0801234567?id=3331234567",
            "prot. n. 0012345/2023; 2022-2023; 3 anni; 10 000 000",
            "",
        ] {
            assert_eq!(seen(text), None, "{text}");
        }
    }
}
