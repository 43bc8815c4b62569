//! What found practices are narrowed to, beside the words: the same conditions as in the store's lists, read from
//! columns.
use crate::domain::{id::TerritoryId, matching::Site, practice::Provenance};
use std::collections::HashMap;

/// What of a territory its practices are filtered and matched by.
#[derive(Clone, Debug, PartialEq)]
pub struct Land {
    /// Two letters.
    pub province: String,
    /// Its size, class of area and place, where known.
    pub site: Site,
    /// The Ambito around a Comune.
    pub ambito: Option<TerritoryId>,
}

/// All territories. Kept beside the index, so that a new list of territories changes no document.
pub type Lands = HashMap<TerritoryId, Land>;

/// What found practices are narrowed to; every given part must hold, and within a list of codes one is enough.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    /// Of this owner.
    pub owner: Option<TerritoryId>,
    /// Of this Ambito or one of its Comuni.
    pub ambito: Option<TerritoryId>,
    /// Only real, or only illustrative ones.
    pub provenance: Option<Provenance>,
    /// Codes of fields.
    pub fields: Vec<String>,
    /// Codes of target groups.
    pub targets: Vec<String>,
    /// Codes of tools.
    pub tools: Vec<String>,
    /// Codes of funds.
    pub funds: Vec<String>,
    /// The owner's province.
    pub province: Option<String>,
    /// The owner's class of area.
    pub area_class: Option<String>,
    /// With or without a kit.
    pub has_kit: Option<bool>,
    /// Whether its owner can take one more request.
    pub open_to_requests: Option<bool>,
    /// Its budget is known and at most this, in euro.
    pub cost_at_most: Option<i64>,
    /// Its evidence level is at least this.
    pub evidence_at_least: Option<i64>,
}

impl Narrow {
    /// Whether a practice of this owner is out, whatever else holds: parts that have no facet.
    pub(super) fn excludes(&self, owner: TerritoryId, land: Option<&Land>) -> bool {
        let within = |ambito| owner == ambito || land.is_some_and(|land| land.ambito == Some(ambito));
        self.owner.is_some_and(|only| only != owner) || self.ambito.is_some_and(|ambito| !within(ambito))
    }
}
