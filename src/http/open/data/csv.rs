//! Sheets (RFC 4180, UTF-8, one header line). Each row ends with the licence and whom to name: a comment line before the
//! header would break every reader, and a file beside it is lost when the sheet is passed on; a row that is cut out still
//! carries both. What the columns hold is said by a file beside (CSVW), for programs.
use super::{
    dataset::{Cell, Column, Kind, Said},
    edition::Edition,
};
use crate::{
    domain::refusal::Fault,
    http::open::{LICENCE, kept::Pieces},
};
use axum::body::Bytes;
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};

pub(super) const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";
/// What stands between the values of a cell that holds several.
pub(super) const BETWEEN: &str = "|";
/// The columns that every sheet ends with.
pub(in crate::http) const LAST: [Said; 2] = [
    Said { name: "licence", kind: Kind::Url, about: ("Licenza del dato", "Licence of the data") },
    Said {
        name: "attribution",
        kind: Kind::Text,
        about: ("Chi citare dovunque il dato è mostrato", "Whom to name wherever the data is shown"),
    },
];

/// The columns of a sheet: those that fit in a cell, and the last two.
pub(in crate::http) fn columns(of: &[Said]) -> Vec<Said> {
    of.iter().copied().filter(|said| said.kind.is_cell()).chain(LAST).collect()
}

/// Writes rows as a sheet.
pub(super) fn written<R: Send + 'static>(
    edition: &Edition,
    columns: &'static [Column<R>],
    rows: BoxStream<'static, Result<Vec<R>, Fault>>,
) -> Pieces {
    let facts = edition.facts.clone();
    let cells = columns.iter().filter(|column| column.said.kind.is_cell());
    let names: Vec<&str> = cells.map(|column| column.said.name).chain(LAST.map(|said| said.name)).collect();
    let head = async move { piece(|sheet| sheet.write_record(names)) };
    let body = rows.and_then(move |rows| {
        let made = piece(|sheet| {
            rows.iter().try_for_each(|row| {
                let cells = columns.iter().filter(|column| column.said.kind.is_cell());
                let own = cells.map(|column| cell((column.of)(row)));
                sheet.write_record(own.chain([LICENCE.to_owned(), safe(&facts.attribution)]))
            })
        });
        async move { made }
    });
    stream::once(head).chain(body).boxed()
}

fn piece(write: impl FnOnce(&mut Writer<Vec<u8>>) -> csv::Result<()>) -> Result<Bytes, Fault> {
    let mut sheet = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    write(&mut sheet).map_err(Fault::new)?;
    Ok(sheet.into_inner().map_err(|error| Fault::new(error.to_string()))?.into())
}

fn cell(value: Cell) -> String {
    match value {
        Cell::Empty | Cell::Objects(_) => String::new(),
        Cell::Text(text) => safe(&text),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Boolean(yes) => yes.to_string(),
        Cell::Texts(texts) => {
            safe(&texts.iter().map(|text| text.replace(BETWEEN, "/")).collect::<Vec<_>>().join(BETWEEN))
        }
    }
}

/// A text that no spreadsheet takes for a formula: what begins with `=`, `+`, `-`, `@`, a tab or a line end gets an
/// apostrophe before it (OWASP, "CSV Injection"); their full-width forms too, which some programs read as the same.
/// JSON has the text as it is.
fn safe(text: &str) -> String {
    let begins = text.chars().next();
    match begins {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for wrong in ["=1+1", "+39", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(cell(wrong.into()), format!("'{wrong}"));
            assert!(cell(Cell::Texts(vec![wrong.into(), "x".into()])).starts_with('\''));
        }
        assert_eq!((cell(Cell::Integer(-5)), cell(Cell::Decimal(-0.5))), ("-5".into(), "-0.5".into()));
        assert_eq!(cell("a=b".into()), "a=b");
        assert_eq!(cell(Cell::Texts(vec!["a|b".into(), "c".into()])), "a/b|c");
    }
}
