//! Relay connections: `first`/`after` and `last`/`before`, at most 100, opaque cursors.
use super::error::bad_argument;
use crate::domain::page::{Cursor, MOST, Page, PageRequest};
use async_graphql::{
    Context, ObjectType, OutputType, Result, SimpleObject,
    connection::{Connection, CursorType, EmptyFields},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// A list's length, counted only when asked for.
#[derive(SimpleObject)]
pub struct Total {
    /// How many items the whole list has, on all pages.
    pub total_count: i64,
}

/// A connection whose edges say more than the cursor.
pub type PagedWith<T, E> = Connection<Place, T, Total, E>;

/// The connections of this schema.
pub type Paged<T> = PagedWith<T, EmptyFields>;

/// A cursor as clients see it.
#[derive(Clone)]
pub struct Place(Cursor);

impl CursorType for Place {
    type Error = &'static str;
    fn decode_cursor(text: &str) -> std::result::Result<Self, Self::Error> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| "not a cursor")?;
        let text = String::from_utf8(bytes).map_err(|_| "not a cursor")?;
        Cursor::parse(&text).map(Self).ok_or("not a cursor")
    }
    fn encode_cursor(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0.text())
    }
}

/// The four arguments of a connection, as they came.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PageArgs {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

impl PageArgs {
    /// Checks them; without `first` and `last`, the first `default` items are meant.
    ///
    /// # Errors
    /// Says which argument is wrong and what the limit is; nothing is cut in silence.
    pub fn request(&self, default: usize) -> Result<PageRequest> {
        let (name, asked, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_argument("Give either `first` or `last`, not both.")),
            (None, Some(last)) => ("last", Some(last), true),
            (first, None) => ("first", first, false),
        };
        let limit = asked.map_or(Ok(default), |n| usize::try_from(n).map_err(|_| n));
        let limit = match limit {
            Ok(n) if (1..=MOST).contains(&n) => n,
            _ => return Err(bad_argument(format!("`{name}` must be from 1 to {MOST}."))),
        };
        let place = |name: &str, text: &Option<String>| match text.as_deref().map(Place::decode_cursor) {
            None => Ok(None),
            Some(Ok(place)) => Ok(Some(place.0)),
            Some(Err(_)) => Err(bad_argument(format!("`{name}` is not a cursor of this list."))),
        };
        Ok(PageRequest { limit, backward, after: place("after", &self.after)?, before: place("before", &self.before)? })
    }
}

/// Whether the query asks for a field of the object being resolved, e.g. `totalCount`.
pub fn asks_for(ctx: &Context<'_>, field: &str) -> bool {
    ctx.look_ahead().field(field).exists()
}

/// A page as a connection; `total` is what was counted, if it was.
pub fn connection<S, T: OutputType>(page: Page<S>, total: Option<i64>, wrap: impl Fn(S) -> T) -> Paged<T> {
    connection_with(page, total, |item| (wrap(item), EmptyFields))
}

/// As [`connection`], where the edges say more.
pub fn connection_with<S, T: OutputType, E: ObjectType>(
    page: Page<S>,
    total: Option<i64>,
    mut wrap: impl FnMut(S) -> (T, E),
) -> PagedWith<T, E> {
    use async_graphql::connection::Edge;
    let total = Total { total_count: total.unwrap_or_default() };
    let mut connection = Connection::with_additional_fields(page.has_previous, page.has_next, total);
    connection.edges.extend(page.items.into_iter().map(|(cursor, item)| {
        let (node, more) = wrap(item);
        Edge::with_additional_fields(Place(cursor), node, more)
    }));
    connection
}
