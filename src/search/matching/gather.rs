//! Gathers what stands behind the gates and is not left out, with how well the words fit.
use super::columns::{Ids, owners};
use crate::{
    domain::id::{PracticeId, TerritoryId},
    search::fields::column,
};
use std::collections::HashSet;
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::StrColumn,
};

/// What is left out, and whether the words are scored.
pub(super) struct Gather<'a> {
    pub own: &'a [TerritoryId],
    pub without: &'a HashSet<PracticeId>,
    pub scored: bool,
}

/// What was gathered in one file of the index.
pub(super) struct Gathered {
    pub segment: SegmentOrdinal,
    pub docs: Vec<(DocId, Score)>,
}

/// The gathering in one file.
pub(super) struct Basket {
    owner: Option<StrColumn>,
    /// By the owner's number in this file: whether it is left out.
    own: Vec<bool>,
    without: HashSet<PracticeId>,
    ids: Ids,
    gathered: Gathered,
}

impl Collector for Gather<'_> {
    type Fruit = Vec<Gathered>;
    type Child = Basket;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Basket> {
        let owner = reader.fast_fields().str(column::OWNER)?;
        let owners = owner.as_ref().map(owners).transpose()?.unwrap_or_default();
        Ok(Basket {
            own: owners.iter().map(|owner| self.own.contains(owner)).collect(),
            owner,
            without: self.without.clone(),
            ids: Ids::open(reader)?,
            gathered: Gathered { segment, docs: Vec::new() },
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, parts: Vec<Gathered>) -> tantivy::Result<Vec<Gathered>> {
        Ok(parts)
    }
}

impl SegmentCollector for Basket {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let owner = self.owner.as_ref().and_then(|column| column.term_ords(doc).next());
        let owner = owner.and_then(|ord| usize::try_from(ord).ok()).unwrap_or(usize::MAX);
        let is_own = self.own.get(owner).copied().unwrap_or(true);
        if !is_own && (self.without.is_empty() || !self.without.contains(&self.ids.of(doc))) {
            self.gathered.docs.push((doc, score));
        }
    }

    fn harvest(self) -> Gathered {
        self.gathered
    }
}
