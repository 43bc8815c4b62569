//! How the domain's types stand in columns, the same on both engines.
use crate::domain::{id::Id, text::Language, time::Ts, word::Word};
use sqlx::{
    Column, ColumnIndex, Decode, Encode, FromRow, Postgres, Row, Sqlite, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{self, PgRow},
    sqlite::{self, SqliteRow},
};
use uuid::Uuid;

/// A row type for both engines; the macro `record!` gives it.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Reads a plain domain struct from a row, without the domain knowing of sqlx. After a colon: `word` for an enum kept
/// as TEXT, `json` for a document, `parse` for a date or month kept as TEXT; `maybe_…` where it may be NULL.
///
/// `record!(Territory { id, kind: word, aliases: json, legal_form: maybe_word })`
macro_rules! record {
    ($name:ty { $($field:ident $(: $how:ident)?),* $(,)? }) => {
        impl sqlx::FromRow<'_, sqlx::sqlite::SqliteRow> for $name {
            fn from_row(row: &sqlx::sqlite::SqliteRow) -> std::result::Result<Self, sqlx::Error> {
                let mut at = 0;
                Ok(Self { $($field: record!(@ row, at, $field $(, $how)?)),* })
            }
        }
        impl sqlx::FromRow<'_, sqlx::postgres::PgRow> for $name {
            fn from_row(row: &sqlx::postgres::PgRow) -> std::result::Result<Self, sqlx::Error> {
                let mut at = 0;
                Ok(Self { $($field: record!(@ row, at, $field $(, $how)?)),* })
            }
        }
    };
    (@@ $row:ident, $at:ident, $field:ident) => {
        $crate::store::columns::place($row, &mut $at, stringify!($field))?
    };
    (@ $row:ident, $at:ident, $field:ident) => {
        sqlx::Row::try_get($row, record!(@@ $row, $at, $field))?
    };
    (@ $row:ident, $at:ident, $field:ident, word) => {
        $crate::store::columns::word($row, record!(@@ $row, $at, $field))?
    };
    (@ $row:ident, $at:ident, $field:ident, maybe_word) => {
        $crate::store::columns::word_or_null($row, record!(@@ $row, $at, $field))?
    };
    (@ $row:ident, $at:ident, $field:ident, parse) => {
        $crate::store::columns::parsed($row, record!(@@ $row, $at, $field))?
    };
    (@ $row:ident, $at:ident, $field:ident, maybe_parse) => {
        $crate::store::columns::parsed_or_null($row, record!(@@ $row, $at, $field))?
    };
    (@ $row:ident, $at:ident, $field:ident, json) => {
        sqlx::Row::try_get::<sqlx::types::Json<_>, _>($row, record!(@@ $row, $at, $field))?.0
    };
    (@ $row:ident, $at:ident, $field:ident, maybe_json) => {
        sqlx::Row::try_get::<Option<sqlx::types::Json<_>>, _>($row, record!(@@ $row, $at, $field))?.map(|json| json.0)
    };
}

/// Where the column of this name stands: after the one before it, mostly. Looking each up by its name costs as much as
/// reading it.
pub(super) fn place<R: Row>(row: &R, at: &mut usize, name: &str) -> Result<usize, sqlx::Error>
where
    for<'c> &'c str: ColumnIndex<R>,
{
    let is_next = row.columns().get(*at).is_some_and(|column| column.name() == name);
    let found = if is_next { *at } else { name.index(row)? };
    *at = found + 1;
    Ok(found)
}

/// Text that the domain can read: dates, months.
pub trait Parsed: Sized {
    /// Reads it.
    fn parsed(text: &str) -> Option<Self>;
}
impl Parsed for crate::domain::time::Date {
    fn parsed(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
impl Parsed for crate::domain::time::Month {
    fn parsed(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

fn unreadable(column: &str, text: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: format!("unknown value {text:?}").into() }
}

pub(super) fn parsed_or_null<'r, R: Row, T: Parsed>(row: &'r R, column: usize) -> Result<Option<T>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    Option<&'r str>: Decode<'r, R::Database> + Type<R::Database>,
{
    let Some(text) = row.try_get::<Option<&'r str>, _>(column)? else { return Ok(None) };
    T::parsed(text).map(Some).ok_or_else(|| unreadable(row.column(column).name(), text))
}

pub(super) fn parsed<'r, R: Row, T: Parsed>(row: &'r R, column: usize) -> Result<T, sqlx::Error>
where
    usize: ColumnIndex<R>,
    Option<&'r str>: Decode<'r, R::Database> + Type<R::Database>,
{
    parsed_or_null(row, column)?.ok_or_else(|| unreadable(row.column(column).name(), "NULL"))
}

pub(super) fn word_or_null<'r, R: Row, W: Word>(row: &'r R, column: usize) -> Result<Option<W>, sqlx::Error>
where
    usize: ColumnIndex<R>,
    Option<&'r str>: Decode<'r, R::Database> + Type<R::Database>,
{
    let Some(text) = row.try_get::<Option<&'r str>, _>(column)? else { return Ok(None) };
    W::parse(text).map(Some).ok_or_else(|| unreadable(row.column(column).name(), text))
}

pub(super) fn word<'r, R: Row, W: Word>(row: &'r R, column: usize) -> Result<W, sqlx::Error>
where
    usize: ColumnIndex<R>,
    Option<&'r str>: Decode<'r, R::Database> + Type<R::Database>,
{
    word_or_null(row, column)?.ok_or_else(|| unreadable(row.column(column).name(), "NULL"))
}

/// The language column of a person or mail.
#[must_use]
pub fn language(word: &str) -> Language {
    Language::parse(word).unwrap_or_default()
}

impl<K> Type<Sqlite> for Id<K> {
    fn type_info() -> sqlite::SqliteTypeInfo {
        <Uuid as Type<Sqlite>>::type_info()
    }
    fn compatible(ty: &sqlite::SqliteTypeInfo) -> bool {
        <Uuid as Type<Sqlite>>::compatible(ty)
    }
}
impl<'r, K> Decode<'r, Sqlite> for Id<K> {
    fn decode(value: sqlite::SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        <Uuid as Decode<Sqlite>>::decode(value).map(Self::of)
    }
}
impl<K> Type<Postgres> for Id<K> {
    fn type_info() -> postgres::PgTypeInfo {
        <Uuid as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &postgres::PgTypeInfo) -> bool {
        <Uuid as Type<Postgres>>::compatible(ty)
    }
}
impl<'r, K> Decode<'r, Postgres> for Id<K> {
    fn decode(value: postgres::PgValueRef<'r>) -> Result<Self, BoxDynError> {
        <Uuid as Decode<Postgres>>::decode(value).map(Self::of)
    }
}

/// 2000-01-01T00:00Z in microseconds since 1970: where PostgreSQL begins to count.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl Type<Sqlite> for Ts {
    fn type_info() -> sqlite::SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }
    fn compatible(ty: &sqlite::SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(ty)
    }
}
impl Encode<'_, Sqlite> for Ts {
    fn encode_by_ref(&self, buffer: &mut sqlite::SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(self.micros(), buffer)
    }
}
impl<'r> Decode<'r, Sqlite> for Ts {
    fn decode(value: sqlite::SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Self::from_micros(<i64 as Decode<Sqlite>>::decode(value)?).ok_or_else(|| "instant out of range".into())
    }
}
impl Type<Postgres> for Ts {
    fn type_info() -> postgres::PgTypeInfo {
        postgres::PgTypeInfo::with_name("TIMESTAMPTZ")
    }
    fn compatible(ty: &postgres::PgTypeInfo) -> bool {
        use sqlx::TypeInfo;
        ty.name() == "TIMESTAMPTZ"
    }
}
impl Encode<'_, Postgres> for Ts {
    fn encode_by_ref(&self, buffer: &mut postgres::PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.micros().saturating_sub(POSTGRES_EPOCH), buffer)
    }
}
impl<'r> Decode<'r, Postgres> for Ts {
    fn decode(value: postgres::PgValueRef<'r>) -> Result<Self, BoxDynError> {
        // sqlx always asks prepared statements for binary results
        let micros = <i64 as Decode<Postgres>>::decode(value)?.saturating_add(POSTGRES_EPOCH);
        Self::from_micros(micros).ok_or_else(|| "instant out of range".into())
    }
}
