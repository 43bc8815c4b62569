//! What finding needs beside the index: it changes by imports alone, and no document has to change with it.
use super::{narrow::Lands, places::Gazetteer, synonyms::Synonyms};
use std::sync::Arc;

/// Synonyms and territories of one version.
#[derive(Debug, Default)]
pub struct Lists {
    /// What means the same.
    pub synonyms: Synonyms,
    /// What practices are filtered by of their owners.
    pub lands: Arc<Lands>,
    /// The names of the territories.
    pub gazetteer: Gazetteer,
}
