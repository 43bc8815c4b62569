//! The words and the smaller objects of a territory.
use crate::domain::territory::{self, LegalForm, TerritoryKind};
use async_graphql::{Enum, Object, SimpleObject};

/// A point on the earth (WGS 84).
#[derive(SimpleObject)]
pub struct GeoPoint {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A province.
pub struct Province(pub(in crate::graphql) String);

/// A province.
#[Object(crate = "crate::graphql::engine")]
impl Province {
    /// Two letters, e.g. BA.
    fn code(&self) -> &str {
        &self.0
    }
    /// Its name, e.g. Bari; the two letters where this hub does not know it.
    fn name(&self) -> &str {
        territory::province_name(&self.0).unwrap_or(&self.0)
    }
}

/// The two kinds of territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "TerritoryKind", name = "TerritoryKind")]
pub enum KindObject {
    /// Comuni that plan social services together.
    Ambito,
    /// A municipality.
    Comune,
}

/// In which form the Comuni of an Ambito work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "LegalForm", name = "LegalForm")]
pub enum LegalFormObject {
    /// One Comune leads (capofila).
    Convention,
    /// A body of its own.
    Consortium,
}
