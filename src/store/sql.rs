//! One SQL text, two engines: with `columns` the only files that know which database runs.
//!
//! `sql("SELECT … WHERE id = ").value(id).all::<Practice>(&store)` runs on the pool, `…(&mut tx)` in a transaction.
//! Text is `&'static str` only, so nothing that was typed by anybody can become SQL.
use super::{Conn, Engine, Pools, Result, Store, Tx, columns::Record};
use crate::{
    domain::{
        id::Id,
        page::{Cursor, Key, Page, PageRequest},
        time::Ts,
        word::Word,
    },
    meter,
};
use sqlx::{Arguments, AssertSqlSafe, Database, Encode, Postgres, Sqlite, Type, types::Json};
use std::fmt::Write;
use uuid::Uuid;

/// A value bound to a statement. An absent value keeps its type, which PostgreSQL asks for.
#[derive(Clone, Debug)]
pub enum Arg {
    /// An identifier.
    Id(Option<Uuid>),
    /// Text; words and dates too.
    Text(Option<String>),
    /// A whole number.
    Int(Option<i64>),
    /// A number with decimals.
    Real(Option<f64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// An instant.
    Time(Option<Ts>),
    /// A document.
    Json(Option<serde_json::Value>),
    /// A hash.
    Bytes(Option<Vec<u8>>),
    /// Identifiers for [`Sql::any`].
    Ids(Vec<Uuid>),
    /// Words for [`Sql::any`].
    Texts(Vec<String>),
}

macro_rules! arg_from { ($($ty:ty => $variant:ident),* $(,)?) => { $(
    impl From<$ty> for Arg { fn from(value: $ty) -> Self { Self::$variant(Some(value)) } }
    impl From<Option<$ty>> for Arg { fn from(value: Option<$ty>) -> Self { Self::$variant(value) } }
)* } }
arg_from!(Uuid => Id, String => Text, i64 => Int, f64 => Real, bool => Bool, Ts => Time, serde_json::Value => Json, Vec<u8> => Bytes);

impl<K> From<Id<K>> for Arg {
    fn from(id: Id<K>) -> Self {
        Self::Id(Some(id.uuid()))
    }
}
impl<K> From<Option<Id<K>>> for Arg {
    fn from(id: Option<Id<K>>) -> Self {
        Self::Id(id.map(Id::uuid))
    }
}
impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}
impl From<Option<&str>> for Arg {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}
impl<K> From<&[Id<K>]> for Arg {
    fn from(ids: &[Id<K>]) -> Self {
        Self::Ids(ids.iter().map(|id| id.uuid()).collect())
    }
}
impl From<&[String]> for Arg {
    fn from(texts: &[String]) -> Self {
        Self::Texts(texts.to_vec())
    }
}

/// An enum's word as an argument.
pub fn word<W: Word>(word: W) -> Arg {
    Arg::Text(Some(word.as_str().to_owned()))
}

/// Words as an argument for [`Sql::any`].
pub fn words<W: Word>(words: &[W]) -> Arg {
    Arg::Texts(words.iter().map(|w| w.as_str().to_owned()).collect())
}

/// A document as an argument. Our own types always serialize.
///
/// # Errors
/// A fault where they do not.
pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<Arg> {
    Ok(Arg::Json(Some(serde_json::to_value(value).map_err(super::fault)?)))
}

#[derive(Clone, Debug)]
enum Piece {
    Text(&'static str),
    Value(Arg),
    Any(Arg),
    Engine { sqlite: &'static str, postgres: &'static str },
}

/// How a list is sorted: by one column, then by id. Both ascend or both descend, as the index has them.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The column sorted by; never NULL in the rows of the list.
    pub column: &'static str,
    /// The column that breaks ties.
    pub id: &'static str,
    /// Greatest first.
    pub descending: bool,
}

/// A statement being put together.
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Sql(Vec<Piece>);

/// Begins a statement.
pub fn sql(text: &'static str) -> Sql {
    Sql(vec![Piece::Text(text)])
}

impl Sql {
    /// More text.
    pub fn text(mut self, text: &'static str) -> Self {
        self.0.push(Piece::Text(text));
        self
    }

    /// Another statement's text and values, for a statement within.
    pub fn append(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// A value.
    pub fn value(mut self, value: impl Into<Arg>) -> Self {
        self.0.push(Piece::Value(value.into()));
        self
    }

    /// Several values with commas between, for `VALUES (…)`.
    pub fn values(mut self, values: impl IntoIterator<Item = Arg>) -> Self {
        for (i, value) in values.into_iter().enumerate() {
            if i > 0 {
                self.0.push(Piece::Text(", "));
            }
            self.0.push(Piece::Value(value));
        }
        self
    }

    /// ` = any of these`, one statement text whatever their number.
    pub fn any(mut self, values: impl Into<Arg>) -> Self {
        self.0.push(Piece::Any(values.into()));
        self
    }

    /// The rare place where the engines need different words.
    pub fn engine(mut self, sqlite: &'static str, postgres: &'static str) -> Self {
        self.0.push(Piece::Engine { sqlite, postgres });
        self
    }

    /// Locks the rows read until the transaction ends, so that they can be changed by what was read. SQLite has one
    /// writer and needs no word for it.
    pub fn for_update(self) -> Self {
        self.engine("", " FOR UPDATE")
    }

    fn written(self, engine: Engine) -> (String, Vec<Arg>) {
        let (mut text, mut args) = (String::new(), Vec::new());
        for piece in self.0 {
            match (piece, engine) {
                (Piece::Text(part), _)
                | (Piece::Engine { sqlite: part, .. }, Engine::Sqlite)
                | (Piece::Engine { postgres: part, .. }, Engine::Postgres) => text.push_str(part),
                (Piece::Value(arg), _) => {
                    args.push(arg);
                    let _ = write!(text, "${}", args.len());
                }
                (Piece::Any(arg), Engine::Postgres) => {
                    args.push(arg);
                    let _ = write!(text, " = ANY(${})", args.len());
                }
                (Piece::Any(arg), Engine::Sqlite) => {
                    let inner = if matches!(arg, Arg::Ids(_)) { "unhex(value)" } else { "value" };
                    args.push(arg);
                    let _ = write!(text, " IN (SELECT {inner} FROM json_each(${}))", args.len());
                }
            }
        }
        (text, args)
    }

    /// All rows.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn all<'a, T: Record>(self, on: impl Into<Conn<'a>>) -> Result<Vec<T>> {
        let on = on.into();
        let (text, args) = self.written(on.engine());
        let text = AssertSqlSafe(text);
        let rows: Vec<T> = match on {
            Conn::Sqlite(pool) => sqlx::query_as_with(text, sqlite(args)?).fetch_all(pool).await,
            Conn::Postgres(pool) => sqlx::query_as_with(text, postgres(args)?).fetch_all(pool).await,
            Conn::Tx(Tx::Sqlite { tx, .. }) => sqlx::query_as_with(text, sqlite(args)?).fetch_all(&mut **tx).await,
            Conn::Tx(Tx::Postgres { tx, .. }) => sqlx::query_as_with(text, postgres(args)?).fetch_all(&mut **tx).await,
        }
        .map_err(super::fault)?;
        meter::rows(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        Ok(rows)
    }

    /// The one row, if there is one.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn optional<'a, T: Record>(self, on: impl Into<Conn<'a>>) -> Result<Option<T>> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// The one row that is surely there.
    ///
    /// # Errors
    /// A fault where it is not.
    pub async fn one<'a, T: Record>(self, on: impl Into<Conn<'a>>) -> Result<T> {
        self.optional(on).await?.ok_or_else(|| super::fault(sqlx::Error::RowNotFound))
    }

    /// Runs it and says how many rows it changed.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        self.run_unless_taken(tx).await?.ok_or_else(|| super::fault("a value that must be unique is taken"))
    }

    /// Runs a single write that needs no unit of work and stirs no event: it commits itself, in one trip to the database
    /// instead of three. What it gives back (`RETURNING`) is there once it is committed.
    ///
    /// # Errors
    /// A fault from the database; then nothing was changed.
    pub async fn alone<T: Record>(self, store: &Store) -> Result<Vec<T>> {
        // SQLite's readers cannot write.
        match &store.pools {
            Pools::Sqlite { write, .. } => {
                store.counted();
                self.all(Conn::Sqlite(write)).await
            }
            Pools::Postgres(_) => self.all(store).await,
        }
    }

    /// Runs it; `None` where a unique value is taken already. On PostgreSQL the transaction is then lost: refuse.
    ///
    /// # Errors
    /// Any other fault from the database.
    pub async fn run_unless_taken(self, tx: &mut Tx) -> Result<Option<u64>> {
        let on = Conn::from(&mut *tx);
        let (text, args) = self.written(on.engine());
        let text = AssertSqlSafe(text);
        let done = match tx {
            Tx::Sqlite { tx, .. } => {
                sqlx::query_with(text, sqlite(args)?).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Tx::Postgres { tx, .. } => {
                sqlx::query_with(text, postgres(args)?).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        };
        match done {
            Ok(rows) => {
                meter::rows(rows);
                Ok(Some(rows))
            }
            Err(error) if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) => {
                Ok(None)
            }
            Err(error) => Err(super::fault(error)),
        }
    }

    /// One page of a sorted list. The statement so far must end inside its `WHERE`; `key` reads the sorting value.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn page<'a, T: Record>(
        mut self,
        on: impl Into<Conn<'a>>,
        order: Order,
        request: &PageRequest,
        key: impl Fn(&T) -> Cursor,
    ) -> Result<Page<T>> {
        let beyond = if order.descending { ("<", ">") } else { (">", "<") };
        for (cursor, sign) in [(&request.after, beyond.0), (&request.before, beyond.1)] {
            if let Some(cursor) = cursor {
                self =
                    self.text(" AND (").text(order.column).text(", ").text(order.id).text(") ").text(sign).text(" (");
                self = self.value(Arg::from(&cursor.key)).text(", ").value(cursor.id).text(")");
            }
        }
        let way = if order.descending == request.backward { " ASC" } else { " DESC" };
        self = self.text(" ORDER BY ").text(order.column).text(way).text(", ").text(order.id).text(way);
        // One more than asked for tells whether more follow.
        let most = i64::try_from(request.limit).unwrap_or(i64::MAX - 1);
        let rows = self.text(" LIMIT ").value(most + 1).all::<T>(on).await?;
        Ok(Page::of(rows.into_iter().map(|row| (key(&row), row)).collect(), request))
    }
}

impl From<&Key> for Arg {
    fn from(key: &Key) -> Self {
        match key {
            Key::Time(at) => Self::Time(Some(*at)),
            Key::Text(text) => Self::Text(Some(text.clone())),
            Key::Number(number) => Self::Int(Some(*number)),
        }
    }
}

fn sqlite(args: Vec<Arg>) -> Result<sqlx::sqlite::SqliteArguments> {
    let mut out = sqlx::sqlite::SqliteArguments::default();
    for arg in args {
        match arg {
            Arg::Ids(ids) => {
                let hex: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
                out.add(Json(hex)).map_err(super::fault)?;
            }
            Arg::Texts(texts) => out.add(Json(plain_all(texts))).map_err(super::fault)?,
            other => add::<Sqlite>(&mut out, other)?,
        }
    }
    Ok(out)
}

fn postgres(args: Vec<Arg>) -> Result<sqlx::postgres::PgArguments> {
    let mut out = sqlx::postgres::PgArguments::default();
    for arg in args {
        match arg {
            Arg::Ids(ids) => out.add(ids).map_err(super::fault)?,
            Arg::Texts(texts) => out.add(plain_all(texts)).map_err(super::fault)?,
            other => add::<Postgres>(&mut out, other)?,
        }
    }
    Ok(out)
}

/// PostgreSQL's text cannot hold the character NUL. Nothing that is kept has it, so what is looked for with it is looked
/// for in vain, on both engines.
fn plain(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

fn plain_all(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(plain).collect()
}

fn add<'q, DB: Database>(out: &mut DB::Arguments, arg: Arg) -> Result<()>
where
    Option<Uuid>: Encode<'q, DB> + Type<DB>,
    Option<String>: Encode<'q, DB> + Type<DB>,
    Option<i64>: Encode<'q, DB> + Type<DB>,
    Option<f64>: Encode<'q, DB> + Type<DB>,
    Option<bool>: Encode<'q, DB> + Type<DB>,
    Option<Ts>: Encode<'q, DB> + Type<DB>,
    Option<Json<serde_json::Value>>: Encode<'q, DB> + Type<DB>,
    Option<Vec<u8>>: Encode<'q, DB> + Type<DB>,
{
    match arg {
        Arg::Id(v) => out.add(v),
        Arg::Text(v) => out.add(v.map(plain)),
        Arg::Int(v) => out.add(v),
        Arg::Real(v) => out.add(v),
        Arg::Bool(v) => out.add(v),
        Arg::Time(v) => out.add(v),
        Arg::Json(v) => out.add(v.map(Json)),
        Arg::Bytes(v) => out.add(v),
        Arg::Ids(_) | Arg::Texts(_) => Err("lists are bound by each engine in its own way".into()),
    }
    .map_err(super::fault)
}
