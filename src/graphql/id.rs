//! Opaque ids: the kind and the UUID in URL-safe base64. An id of the wrong kind is refused by name.
use super::error::bad_argument;
use crate::domain::id::{Id, Kind};
use async_graphql::{ID, Result};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The id a client sees.
pub fn opaque<K: Kind>(id: Id<K>) -> ID {
    ID(id.opaque())
}

/// The kind's name and the UUID inside an opaque id.
#[must_use]
pub fn opened(id: &str) -> Option<(String, Uuid)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(id).ok()?;
    let (name, uuid) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
    let name = std::str::from_utf8(name.strip_suffix(b":")?).ok()?;
    Some((name.to_owned(), Uuid::from_slice(uuid).ok()?))
}

/// The id of a `K`.
///
/// # Errors
/// Says which kind was given instead, or that it is no id at all.
pub fn expect<K: Kind>(id: &ID) -> Result<Id<K>> {
    match opened(id) {
        Some((name, uuid)) if name == K::NAME => Ok(Id::of(uuid)),
        Some((name, _)) => Err(bad_argument(format!("This is the id of a {name}; the id of a {} is needed.", K::NAME))),
        None => Err(bad_argument("This is not an id of this hub.")),
    }
}

/// The ids of several `K`s, in the same order.
///
/// # Errors
/// As [`expect`], for the first that is wrong.
pub fn expect_all<K: Kind>(ids: &[ID]) -> Result<Vec<Id<K>>> {
    ids.iter().map(expect).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PracticeId, TerritoryId};

    #[test]
    fn an_id_of_the_wrong_kind_is_refused_by_name() {
        let practice = PracticeId::of(Uuid::from_u128(9));
        assert_eq!(expect::<crate::domain::id::kind::Practice>(&opaque(practice)).unwrap(), practice);
        let told = expect::<crate::domain::id::kind::Practice>(&opaque(TerritoryId::of(Uuid::nil()))).unwrap_err();
        assert_eq!(told.message, "This is the id of a Territory; the id of a Practice is needed.");
        for wrong in ["", "x", "UHJhY3RpY2U6", "💥", "Practice:1"] {
            assert!(expect::<crate::domain::id::kind::Practice>(&ID::from(wrong)).is_err(), "{wrong}");
        }
    }
}
