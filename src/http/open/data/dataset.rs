//! What a dataset is: its names, its columns, and the formats it is written in.
use super::edition::Edition;
use crate::http::open::kept::Pieces;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// Italian and English.
pub(in crate::http) type Both = (&'static str, &'static str);

/// A dataset of the hub. To add one, write its columns and rows in a file beside this, and add a line to
/// [`DATASETS`](super::DATASETS): addresses, CSVW, catalogue and documentation follow.
pub(in crate::http) struct Dataset {
    /// The first part of its files' names.
    pub(in crate::http) name: &'static str,
    pub(in crate::http) title: Both,
    pub(in crate::http) about: Both,
    /// Codes of the EU's list of data themes (`authority/data-theme`).
    pub(in crate::http) themes: &'static [&'static str],
    pub(in crate::http) keywords: &'static [&'static str],
    /// Code of the EU's list of frequencies (`authority/frequency`).
    pub(in crate::http) frequency: &'static str,
    /// The imported list that it is, by the name it was imported under; none for what grows in the hub.
    pub(in crate::http) list: Option<&'static str>,
    /// Points that one file costs.
    pub(in crate::http) points: i64,
    /// What a row of it holds.
    pub(in crate::http) columns: fn() -> Vec<Said>,
    pub(in crate::http) formats: &'static [Format],
}

/// One way to write a dataset.
pub(in crate::http) struct Format {
    /// The last part of the file's name.
    pub(in crate::http) extension: &'static str,
    pub(in crate::http) media_type: &'static str,
    /// Code of the EU's list of file types (`authority/file-type`).
    pub(in crate::http) file_type: &'static str,
    /// Makes the file, piece by piece.
    pub(in crate::http) written: fn(Edition) -> Pieces,
}

/// What kind of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Kind {
    /// Plain text.
    Text,
    /// Markdown of some length: left out of sheets.
    Long,
    /// One of a closed set of words, or a code of a vocabulary.
    Code,
    Url,
    Integer,
    Decimal,
    Boolean,
    /// `2024-02-29`.
    Day,
    /// `2024-02`.
    Month,
    /// `2024-02-29T10:00:00Z`.
    Instant,
    /// Several texts or codes.
    Texts,
    /// Several objects: left out of sheets.
    Objects(&'static [Said]),
}

impl Kind {
    /// Whether it fits in a cell of a sheet.
    pub(in crate::http) const fn is_cell(self) -> bool {
        !matches!(self, Self::Long | Self::Objects(_))
    }
}

/// What is said of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Said {
    pub(in crate::http) name: &'static str,
    pub(in crate::http) kind: Kind,
    pub(in crate::http) about: Both,
}

/// A column of rows of the type `R`.
pub(in crate::http) struct Column<R: 'static> {
    pub(in crate::http) said: Said,
    /// Its value in a row.
    pub(in crate::http) of: fn(&R) -> Cell,
}

/// Writes columns: `columns! { /// … COLUMNS of Row as r { slug: Kind::Text, "it", "en" => r.slug.as_str(); } }`.
macro_rules! columns {
    ($(#[$meta:meta])* $vis:vis $name:ident of $row:ty as $r:ident {
        $($column:ident: $kind:expr, $it:literal, $en:literal => $of:expr;)*
    }) => {
        $(#[$meta])*
        $vis const $name: &[$crate::http::open::data::dataset::Column<$row>] = &[$(
            $crate::http::open::data::dataset::Column {
                said: $crate::http::open::data::dataset::Said {
                    name: stringify!($column),
                    kind: $kind,
                    about: ($it, $en),
                },
                of: |$r| $crate::http::open::data::dataset::Cell::from($of),
            }
        ),*];
    };
}

/// What is said of these columns.
pub(super) fn said<R>(columns: &'static [Column<R>]) -> Vec<Said> {
    columns.iter().map(|column| column.said).collect()
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::http) enum Cell {
    /// Not known, or there is none.
    Empty,
    Text(String),
    Integer(i64),
    Decimal(f64),
    Boolean(bool),
    Texts(Vec<String>),
    Objects(Vec<Vec<Cell>>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}
impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}
impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}
impl From<&Vec<String>> for Cell {
    fn from(texts: &Vec<String>) -> Self {
        Self::Texts(texts.clone())
    }
}
impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A row as a JSON object, its members in the order of the columns.
pub(in crate::http) struct Record<'a>(pub(in crate::http) &'a [Said], pub(in crate::http) &'a [Cell]);

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (said, cell) in self.0.iter().zip(self.1) {
            match (said.kind, cell) {
                (_, Cell::Text(text)) => map.serialize_entry(said.name, text)?,
                (_, Cell::Integer(number)) => map.serialize_entry(said.name, number)?,
                (_, Cell::Decimal(number)) => map.serialize_entry(said.name, number)?,
                (_, Cell::Boolean(yes)) => map.serialize_entry(said.name, yes)?,
                (_, Cell::Texts(texts)) => map.serialize_entry(said.name, texts)?,
                (Kind::Objects(of), Cell::Objects(rows)) => {
                    let rows: Vec<Record<'_>> = rows.iter().map(|row| Record(of, row)).collect();
                    map.serialize_entry(said.name, &rows)?;
                }
                // What is not known; and objects always have a kind that says so.
                (_, Cell::Empty | Cell::Objects(_)) => map.serialize_entry(said.name, &())?,
            }
        }
        map.end()
    }
}
