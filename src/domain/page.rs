//! Pages of a long list: keyset cursors, both ways, at most [`MOST`] items.
use super::{
    refusal::{Code, Refusal},
    time::Ts,
};
use uuid::Uuid;

/// The most items one page may have.
pub const MOST: usize = 100;

/// The value a list is sorted by, at one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Sorted by time.
    Time(Ts),
    /// Sorted by text, as the database compares bytes.
    Text(String),
    /// Sorted by a number.
    Number(i64),
}

/// A place in a sorted list: the sorting value, and the id for equal values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The value sorted by.
    pub key: Key,
    /// Breaks ties.
    pub id: Uuid,
}

impl Cursor {
    /// One line of text, the inverse of [`Cursor::parse`].
    #[must_use]
    pub fn text(&self) -> String {
        let id = self.id.simple();
        match &self.key {
            Key::Time(at) => format!("t{id}{}", at.micros()),
            Key::Number(number) => format!("n{id}{number}"),
            Key::Text(text) => format!("x{id}{text}"),
        }
    }

    /// Reads what [`Cursor::text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id, key) = (text.get(..1)?, text.get(1..33)?, text.get(33..)?);
        let key = match kind {
            "t" => Key::Time(Ts::from_micros(key.parse().ok()?)?),
            "n" => Key::Number(key.parse().ok()?),
            "x" => Key::Text(key.to_owned()),
            _ => return None,
        };
        Some(Self { key, id: Uuid::try_parse(id).ok()? })
    }
}

/// Which page is asked for.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// How many items, 1 to [`MOST`].
    pub limit: usize,
    /// From the end (`last`) instead of from the start (`first`).
    pub backward: bool,
    /// Only what comes after this place.
    pub after: Option<Cursor>,
    /// Only what comes before this place.
    pub before: Option<Cursor>,
}

impl PageRequest {
    /// The first `limit` items.
    #[must_use]
    pub const fn first(limit: usize) -> Self {
        Self { limit, backward: false, after: None, before: None }
    }

    /// Refuses a cursor of a list that is sorted by another kind of value.
    ///
    /// # Errors
    /// `INVALID` on `after` or `before`.
    pub fn is_of(&self, fits: impl Fn(&Key) -> bool) -> Result<(), Refusal> {
        for (name, cursor) in [("after", &self.after), ("before", &self.before)] {
            if cursor.as_ref().is_some_and(|cursor| !fits(&cursor.key)) {
                return Err(Refusal::new(Code::Invalid).on(name).say(
                    "Il segnaposto viene da un altro elenco: ricominciate dalla prima pagina.",
                    "The cursor comes from another list: begin with the first page again.",
                ));
            }
        }
        Ok(())
    }
}

/// One page, in the list's order whichever way it was asked for.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Each item with its place.
    pub items: Vec<(Cursor, T)>,
    /// Whether more follow.
    pub has_next: bool,
    /// Whether some come before.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// The page made of what was found, counted from the end it was asked from: one item more than asked for tells
    /// that more lie beyond.
    #[must_use]
    pub fn of(mut items: Vec<(Cursor, T)>, request: &PageRequest) -> Self {
        let more = items.len() > request.limit;
        items.truncate(request.limit);
        if request.backward {
            items.reverse();
        }
        let (has_next, has_previous) =
            if request.backward { (request.before.is_some(), more) } else { (more, request.after.is_some()) };
        Self { items, has_next, has_previous }
    }

    /// One page of a list that is in memory as a whole, in any order; the greatest first, or the least.
    #[must_use]
    pub fn among(mut items: Vec<(Cursor, T)>, greatest_first: bool, request: &PageRequest) -> Self {
        let order = |a: &Cursor, b: &Cursor| if greatest_first { b.cmp(a) } else { a.cmp(b) };
        items.retain(|(at, _)| {
            request.after.as_ref().is_none_or(|after| order(at, after).is_gt())
                && request.before.as_ref().is_none_or(|before| order(at, before).is_lt())
        });
        items.sort_by(|(a, _), (b, _)| if request.backward { order(b, a) } else { order(a, b) });
        items.truncate(request.limit + 1);
        Self::of(items, request)
    }

    /// The same page of something else.
    #[must_use]
    pub fn map<U>(self, of: impl Fn(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(|(cursor, item)| (cursor, of(item))).collect();
        Page { items, has_next: self.has_next, has_previous: self.has_previous }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_trip_and_nonsense_does_not() {
        for key in
            [Key::Time(Ts::from_micros(1_700_000_000_000_001).unwrap()), Key::Text("à b".into()), Key::Number(-3)]
        {
            let cursor = Cursor { key, id: Uuid::from_u128(7) };
            assert_eq!(Cursor::parse(&cursor.text()), Some(cursor));
        }
        for wrong in [
            "",
            "t",
            "t0",
            "z00000000000000000000000000000007x",
            "n00000000000000000000000000000007x",
            "tàààààààààààààààààààààààààààààààà",
        ] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }
}
