//! Reading a CSV file with a header: every mistake is kept with its line and column.
use super::{ImportError, Mistake, Problem};
use std::collections::HashMap;

/// The most bytes a list may have: all Italy's Comuni are under a megabyte.
const LARGEST: usize = 64 << 20;

/// The rows of a file, and the mistakes found so far.
pub struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
    mistakes: Vec<Mistake>,
}

/// One row of it.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    line: u64,
    record: &'a csv::StringRecord,
}

impl Table {
    /// Reads UTF-8 text with commas; `needed` columns must be there, others than these and `known` must not.
    ///
    /// # Errors
    /// What makes the file unreadable as a whole.
    pub fn read(text: &[u8], needed: &[&str], known: &[&str]) -> Result<Self, ImportError> {
        let whole = |problem: Problem| ImportError::Wrong(vec![Mistake { place: "line 1".into(), problem }]);
        if text.len() > LARGEST {
            let most = LARGEST >> 20;
            let (it, en) = (format!("il file supera {most} MiB"), format!("the file is larger than {most} MiB"));
            return Err(whole(Problem::say(it, en)));
        }
        // A byte order mark is what spreadsheets put in front.
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
        let header = reader.headers().map_err(|error| whole(explain(&error)))?.clone();
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(i, name)| (name.to_lowercase(), i)).collect();
        let mut mistakes = Vec::new();
        let mut missing: Vec<_> = needed.iter().filter(|name| !columns.contains_key(**name)).copied().collect();
        missing.sort_unstable();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            return Err(whole(Problem::say(
                format!("mancano le colonne {missing}: l'intestazione deve nominarle"),
                format!("columns missing: {missing}; the header must name them"),
            )));
        }
        let mut strange: Vec<_> =
            columns.keys().filter(|name| !needed.contains(&name.as_str()) && !known.contains(&name.as_str())).collect();
        strange.sort_unstable();
        for name in strange {
            let known = [needed, known].concat().join(", ");
            let problem = Problem::say(
                format!("la colonna {name:?} non è prevista; quelle previste sono {known}"),
                format!("unknown column {name:?}; known are {known}"),
            );
            mistakes.push(Mistake { place: "line 1".into(), problem });
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push((record.position().map_or(0, csv::Position::line), record)),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    mistakes.push(Mistake { place: format!("line {line}"), problem: explain(&error) });
                }
            }
        }
        Ok(Self { columns, rows, mistakes })
    }

    /// The rows, in the file's order.
    #[must_use]
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { columns: &self.columns, line: *line, record }).collect()
    }

    /// Fails where any mistake was found, here or by whoever read the rows.
    ///
    /// # Errors
    /// All mistakes, in the order of lines.
    pub fn verdict(&self, more: Vec<(u64, Mistake)>) -> Result<(), ImportError> {
        let mut mistakes = self.mistakes.clone();
        let mut more = more;
        more.sort_by_key(|(line, _)| *line);
        mistakes.extend(more.into_iter().map(|(_, mistake)| mistake));
        if mistakes.is_empty() { Ok(()) } else { Err(ImportError::Wrong(mistakes)) }
    }
}

fn explain(error: &csv::Error) -> Problem {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => Problem::say(
            "il testo non è in UTF-8: salvate il file come CSV UTF-8",
            "the text is not UTF-8: save the file as CSV UTF-8",
        ),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Problem::say(
            format!("{len} valori dove l'intestazione ne ha {expected_len}: manca una virgola o una virgoletta?"),
            format!("{len} values where the header has {expected_len}: is a comma or a quote missing?"),
        ),
        _ => Problem::say(format!("la riga non si legge: {error}"), error.to_string()),
    }
}

impl<'a> Row<'a> {
    /// Its line in the file, the header being 1.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.line
    }

    /// The text of a column; `None` where it is empty or the column is not there.
    #[must_use]
    pub fn text(self, column: &str) -> Option<&'a str> {
        self.record.get(*self.columns.get(column)?).filter(|text| !text.is_empty())
    }

    /// A mistake in a column of this row.
    pub fn mistake(self, column: &str, problem: impl Into<Problem>) -> (u64, Mistake) {
        (self.line, Mistake { place: format!("line {}, column {column}", self.line), problem: problem.into() })
    }

    /// The column's text read as something, if it is there; a mistake is noted.
    pub fn read<T>(
        self,
        column: &str,
        mistakes: &mut Vec<(u64, Mistake)>,
        read: impl FnOnce(&'a str) -> Result<T, Problem>,
    ) -> Option<T> {
        match read(self.text(column)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                mistakes.push(self.mistake(column, problem));
                None
            }
        }
    }

    /// As [`Row::read`] for a value that must be there.
    pub fn need<T>(
        self,
        column: &str,
        mistakes: &mut Vec<(u64, Mistake)>,
        read: impl FnOnce(&'a str) -> Result<T, Problem>,
    ) -> Option<T> {
        if self.text(column).is_none() {
            mistakes.push(self.mistake(column, Problem::say("qui serve un valore", "a value is needed here")));
            return None;
        }
        self.read(column, mistakes, read)
    }
}

/// A number from `least` to `most`.
///
/// # Errors
/// Says what was read instead.
pub fn number<T: std::str::FromStr + PartialOrd + Copy + std::fmt::Display>(
    text: &str,
    least: T,
    most: T,
) -> Result<T, Problem> {
    let wrong = || {
        Problem::say(
            format!("{text:?} non è un numero da {least} a {most}"),
            format!("{text:?} is not a number from {least} to {most}"),
        )
    };
    text.parse().ok().filter(|n| *n >= least && *n <= most).ok_or_else(wrong)
}

/// So many ASCII letters and digits.
///
/// # Errors
/// Says what was read instead.
pub fn code(text: &str, what: (&str, &str), length: usize, digits: bool) -> Result<String, Problem> {
    let sound = |c: char| if digits { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() };
    if text.len() == length && text.chars().all(sound) {
        return Ok(text.to_uppercase());
    }
    let (it, en) = if digits {
        ("cifre (contano anche gli zeri davanti)", "digits (zeros in front count)")
    } else {
        ("lettere e cifre", "letters and digits")
    };
    Err(Problem::say(
        format!("{text:?} non è {}: {length} {it}", what.0),
        format!("{text:?} is not {}: {length} {en}", what.1),
    ))
}

/// A day, `YYYY-MM-DD`.
///
/// # Errors
/// Says what was read instead.
pub fn day(text: &str) -> Result<crate::domain::time::Date, Problem> {
    let wrong = |_| {
        Problem::say(
            format!("{text:?} non è un giorno come 2026-11-22"),
            format!("{text:?} is not a day like 2026-11-22"),
        )
    };
    text.parse().map_err(wrong)
}
