//! Dates, articles and line breaks as each language writes them.

use jiff::civil::Date;

use crate::domain::text::Language;

const WEEKDAYS: [(&str, &str); 7] = [
    ("lunedì", "Monday"),
    ("martedì", "Tuesday"),
    ("mercoledì", "Wednesday"),
    ("giovedì", "Thursday"),
    ("venerdì", "Friday"),
    ("sabato", "Saturday"),
    ("domenica", "Sunday"),
];
const MONTHS: [(&str, &str); 12] = [
    ("gennaio", "January"),
    ("febbraio", "February"),
    ("marzo", "March"),
    ("aprile", "April"),
    ("maggio", "May"),
    ("giugno", "June"),
    ("luglio", "July"),
    ("agosto", "August"),
    ("settembre", "September"),
    ("ottobre", "October"),
    ("novembre", "November"),
    ("dicembre", "December"),
];

/// The BCP 47 tag.
pub(super) fn language_tag(language: Language) -> &'static str {
    match language {
        Language::It => "it",
        Language::En => "en",
    }
}

/// "lunedì 24 novembre 2026", "Monday 24 November 2026"; in Italian the first of the month is an ordinal.
pub(super) fn long_date(date: Date, language: Language) -> String {
    let pick = |(it, en): (&'static str, &'static str)| match language {
        Language::It => it,
        Language::En => en,
    };
    let at = |position: i8| usize::try_from(position).unwrap_or_default();
    let weekday = WEEKDAYS.get(at(date.weekday().to_monday_zero_offset())).copied().map_or("", pick);
    let month = MONTHS.get(at(date.month() - 1)).copied().map_or("", pick);
    let ordinal = if date.day() == 1 && language == Language::It { "º" } else { "" };
    format!("{weekday} {}{ordinal} {month} {}", date.day(), date.year())
}

/// An Italian preposition before the name of a body, joined with its article: "dell'Ambito territoriale di Troia",
/// "dal Comune di Bitonto". A name whose first word we do not know takes none: "di Bitonto", "ad Andria".
pub(super) fn with_article(preposition: &str, name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let forms = match first.as_str() {
        "comune" | "consorzio" | "distretto" | "municipio" | "servizio" | "dipartimento" => {
            ["il ", "del ", "al ", "dal "]
        }
        "ambito" | "ufficio" | "unione" | "assessorato" | "azienda" | "asl" => ["l'", "dell'", "all'", "dall'"],
        "città" | "provincia" | "regione" | "cooperativa" => ["la ", "della ", "alla ", "dalla "],
        _ if first.starts_with('a') => ["", "di ", "ad ", "da "],
        _ => ["", "di ", "a ", "da "],
    };
    let [subject, of, to, from] = forms;
    let form = match preposition {
        "di" => of,
        "a" => to,
        "da" => from,
        _ => subject,
    };
    format!("{form}{name}")
}

/// The text with a capital first letter; the rest is left as it is.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// One paragraph in lines of at most 76 characters; a longer word (a link) keeps its line whole.
pub(super) fn wrap(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { continue };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= 76 {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

/// A person's own words, marked line by line so that they cannot pass for ours.
pub(super) fn quoted(text: &str) -> String {
    let lines = text.trim().lines().flat_map(|line| {
        wrap(line)
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .into_iter()
            .chain(line.trim().is_empty().then(String::new))
    });
    lines.map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}
