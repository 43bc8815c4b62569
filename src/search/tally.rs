//! One pass over what the words match: what passes every filter is a hit; what fails one facet's filter alone is
//! counted in that facet and nowhere else. So each facet's numbers are those that choosing its value would give, under
//! any combination of the others.
use super::{
    counts::{COSTS, Counts, EVIDENCE},
    fields::{column, traits},
    narrow::{Lands, Narrow},
};
use crate::domain::id::TerritoryId;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::Arc,
};
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Column, StrColumn},
};
use uuid::Uuid;

/// A place in the order: what it is sorted by, then the id; both from great to small.
pub(super) type Rank = (i64, u128);

/// What is looked for in the pass.
pub(super) struct Tally {
    pub narrow: Arc<Narrow>,
    pub lands: Arc<Lands>,
    /// By score; else by publication.
    pub scored: bool,
    pub facets: bool,
    pub limit: usize,
    /// From the small end.
    pub backward: bool,
    pub after: Option<Rank>,
    pub before: Option<Rank>,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Tallied {
    /// How many matched the words, whatever the filters.
    pub matched: u64,
    /// How many are hits.
    pub total: u64,
    pub counts: Counts,
    /// The best, in the order asked for.
    pub best: Vec<Rank>,
}

/// The facets, by their place in a set of bits: terms have 0 to 3.
mod facet {
    pub const PROVINCE: u16 = 1 << 4;
    pub const AREA: u16 = 1 << 5;
    pub const EVIDENCE: u16 = 1 << 6;
    pub const COST: u16 = 1 << 7;
    pub const KIT: u16 = 1 << 8;
    pub const OPEN: u16 = 1 << 9;
}

/// A column of codes: which are wanted, and how often each is counted, by their numbers in this file.
struct Codes {
    column: Option<StrColumn>,
    wanted: Option<Vec<bool>>,
    counts: Vec<u64>,
}

impl Codes {
    fn open(reader: &SegmentReader, name: &str, wanted: &[String]) -> tantivy::Result<Self> {
        let column = reader.fast_fields().str(name)?;
        let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
        let mut chosen = (!wanted.is_empty()).then(|| vec![false; counts.len()]);
        if let (Some(chosen), Some(column)) = (&mut chosen, &column) {
            for code in wanted {
                let place = column.dictionary().term_ord(code)?.and_then(|ord| usize::try_from(ord).ok());
                if let Some(place) = place.and_then(|place| chosen.get_mut(place)) {
                    *place = true;
                }
            }
        }
        Ok(Self { column, wanted: chosen, counts })
    }

    fn ords(&self, doc: DocId) -> impl Iterator<Item = usize> + '_ {
        let ords = self.column.iter().flat_map(move |column| column.term_ords(doc));
        ords.filter_map(|ord| usize::try_from(ord).ok())
    }

    fn passes(&self, doc: DocId) -> bool {
        let Some(wanted) = &self.wanted else { return true };
        self.ords(doc).any(|ord| wanted.get(ord).copied().unwrap_or_default())
    }

    fn count(&mut self, doc: DocId) {
        let Some(column) = &self.column else { return };
        for ord in column.term_ords(doc) {
            if let Some(count) = usize::try_from(ord).ok().and_then(|ord| self.counts.get_mut(ord)) {
                *count += 1;
            }
        }
    }

    fn named(&self) -> BTreeMap<String, u64> {
        let Some(column) = &self.column else { return BTreeMap::new() };
        let mut named = BTreeMap::new();
        for (ord, count) in (0..).zip(&self.counts).filter(|(_, count)| **count > 0) {
            let mut code = String::new();
            if column.ord_to_str(ord, &mut code).unwrap_or(false) {
                named.insert(code, *count);
            }
        }
        named
    }
}

/// An owner as this file numbers it: whether it is out, the facets it fails, and whose counts are its own.
#[derive(Default)]
struct Owner {
    out: bool,
    fails: u16,
    province: Option<String>,
    area_class: Option<String>,
    provinces: u64,
    area_classes: u64,
}

/// The pass over one file of the index.
pub(super) struct Part {
    tally: Settings,
    owner: Option<StrColumn>,
    owners: Vec<Owner>,
    terms: [Codes; 4],
    traits: Column<u64>,
    budget: Option<Column<i64>>,
    published: Column<i64>,
    id: (Column<u64>, Column<u64>),
    found: Tallied,
    best: BinaryHeap<Reverse<Rank>>,
}

/// What of [`Tally`] each document is held against.
struct Settings {
    narrow: Arc<Narrow>,
    scored: bool,
    facets: bool,
    limit: usize,
    backward: bool,
    after: Option<Rank>,
    before: Option<Rank>,
}

impl Collector for Tally {
    type Fruit = Tallied;
    type Child = Part;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Part> {
        let (columns, narrow) = (reader.fast_fields(), &self.narrow);
        let owner = columns.str(column::OWNER)?;
        let owners = owner.as_ref().map(|column| self.owners(column)).transpose()?.unwrap_or_default();
        let tally = Settings {
            narrow: Arc::clone(narrow),
            scored: self.scored,
            facets: self.facets,
            limit: self.limit,
            backward: self.backward,
            after: self.after,
            before: self.before,
        };
        Ok(Part {
            tally,
            owner,
            owners,
            terms: [
                Codes::open(reader, column::FIELD, &narrow.fields)?,
                Codes::open(reader, column::TARGET, &narrow.targets)?,
                Codes::open(reader, column::TOOL, &narrow.tools)?,
                Codes::open(reader, column::FUND, &narrow.funds)?,
            ],
            traits: columns.u64(column::TRAITS)?,
            budget: columns.column_opt(column::BUDGET)?,
            published: columns.i64(column::PUBLISHED)?,
            id: (columns.u64(column::ID_HIGH)?, columns.u64(column::ID_LOW)?),
            found: Tallied::default(),
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, parts: Vec<Tallied>) -> tantivy::Result<Tallied> {
        let mut all = Tallied::default();
        for part in parts {
            all.matched += part.matched;
            all.total += part.total;
            all.counts.add(part.counts);
            all.best.extend(part.best);
        }
        all.best.sort_unstable_by(|a, b| if self.backward { a.cmp(b) } else { b.cmp(a) });
        all.best.truncate(self.limit);
        Ok(all)
    }
}

impl Tally {
    fn owners(&self, column: &StrColumn) -> tantivy::Result<Vec<Owner>> {
        let mut owners = Vec::new();
        for ord in 0..column.num_terms() as u64 {
            let mut text = String::new();
            column.ord_to_str(ord, &mut text)?;
            let id = TerritoryId::of(Uuid::try_parse(&text).unwrap_or_default());
            owners.push(self.owner(id));
        }
        Ok(owners)
    }

    fn owner(&self, id: TerritoryId) -> Owner {
        let land = self.lands.get(&id);
        let (province, area_class) =
            (land.map(|land| land.province.clone()), land.and_then(|land| land.site.area_class.clone()));
        let differs = |wanted: &Option<String>, own: &Option<String>| wanted.is_some() && wanted != own;
        let mut fails = 0;
        fails |= if differs(&self.narrow.province, &province) { facet::PROVINCE } else { 0 };
        fails |= if differs(&self.narrow.area_class, &area_class) { facet::AREA } else { 0 };
        Owner { out: self.narrow.excludes(id, land), fails, province, area_class, ..Owner::default() }
    }
}

impl SegmentCollector for Part {
    type Fruit = Tallied;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.found.matched += 1;
        let owner = self.owner.as_ref().and_then(|column| column.term_ords(doc).next());
        let owner = owner.and_then(|ord| usize::try_from(ord).ok()).unwrap_or(usize::MAX);
        let Some((out, mut fails)) = self.owners.get(owner).map(|owner| (owner.out, owner.fails)) else { return };
        let (traits, cost) = (self.traits.first(doc).unwrap_or_default(), self.cost(doc));
        if out || self.tally.is_out(traits) {
            return;
        }
        for (i, codes) in self.terms.iter().enumerate() {
            fails |= if codes.passes(doc) { 0 } else { 1 << i };
        }
        fails |= self.tally.fails(traits, cost);
        if fails == 0 {
            self.found.total += 1;
            self.rank(doc, score);
        }
        if self.tally.facets && fails.count_ones() <= 1 {
            self.count(doc, fails, owner, traits, cost);
        }
    }

    fn harvest(mut self) -> Tallied {
        for owner in &mut self.owners {
            let counts = &mut self.found.counts;
            for (name, count, of) in [
                (owner.province.take(), owner.provinces, &mut counts.provinces),
                (owner.area_class.take(), owner.area_classes, &mut counts.area_classes),
            ] {
                if let Some(name) = name.filter(|_| count > 0) {
                    *of.entry(name).or_default() += count;
                }
            }
        }
        self.found.counts.terms = self.terms.each_ref().map(Codes::named);
        let backward = self.tally.backward;
        self.found.best = self.best.into_iter().map(|Reverse(rank)| turned(rank, backward)).collect();
        self.found
    }
}

/// The same place seen from the other end.
fn turned((key, id): Rank, backward: bool) -> Rank {
    if backward { (!key, !id) } else { (key, id) }
}

impl Part {
    fn cost(&self, doc: DocId) -> Option<i64> {
        self.budget.as_ref().and_then(|column| column.first(doc))
    }

    /// Keeps it where it is among the best of the page asked for.
    fn rank(&mut self, doc: DocId, score: Score) {
        let key = if self.tally.scored { rounded(score) } else { self.published.first(doc).unwrap_or_default() };
        let full = self.best.len() >= self.tally.limit;
        // The id is read only of what may be kept.
        if full && self.best.peek().is_some_and(|Reverse(worst)| turned((key, 0), self.tally.backward).0 < worst.0) {
            return;
        }
        let (high, low) = (self.id.0.first(doc).unwrap_or_default(), self.id.1.first(doc).unwrap_or_default());
        let rank = (key, (u128::from(high) << 64) | u128::from(low));
        if self.tally.after.is_some_and(|after| rank >= after) || self.tally.before.is_some_and(|before| rank <= before)
        {
            return;
        }
        self.best.push(Reverse(turned(rank, self.tally.backward)));
        if full {
            self.best.pop();
        }
    }

    fn count(&mut self, doc: DocId, fails: u16, owner: usize, traits: u64, cost: Option<i64>) {
        // Whether nothing but this facet's own filter fails.
        let counts_in = |facet: u16| fails & !facet == 0;
        for (i, codes) in self.terms.iter_mut().enumerate() {
            if counts_in(1 << i) {
                codes.count(doc);
            }
        }
        if let Some(owner) = self.owners.get_mut(owner) {
            owner.provinces += u64::from(counts_in(facet::PROVINCE));
            owner.area_classes += u64::from(counts_in(facet::AREA));
        }
        let counts = &mut self.found.counts;
        for (least, count) in EVIDENCE.iter().zip(&mut counts.evidence) {
            *count += u64::from(counts_in(facet::EVIDENCE) && evidence(traits) >= *least);
        }
        for (most, count) in COSTS.iter().zip(&mut counts.costs) {
            *count += u64::from(counts_in(facet::COST) && cost.is_some_and(|cost| cost <= *most));
        }
        counts.kit[usize::from(traits & traits::KIT != 0)] += u64::from(counts_in(facet::KIT));
        counts.open[usize::from(traits & traits::OPEN != 0)] += u64::from(counts_in(facet::OPEN));
    }
}

impl Settings {
    fn is_out(&self, bits: u64) -> bool {
        use crate::domain::practice::Provenance;
        self.narrow.provenance.is_some_and(|only| (only == Provenance::Real) != (bits & traits::REAL != 0))
    }

    fn fails(&self, bits: u64, cost: Option<i64>) -> u16 {
        let narrow = &self.narrow;
        let is = |bit: u64| bits & bit != 0;
        let mut fails = 0;
        for (fails_it, facet) in [
            (narrow.evidence_at_least.is_some_and(|least| evidence(bits) < least), facet::EVIDENCE),
            (narrow.cost_at_most.is_some_and(|most| cost.is_none_or(|cost| cost > most)), facet::COST),
            (narrow.has_kit.is_some_and(|wanted| wanted != is(traits::KIT)), facet::KIT),
            (narrow.open_to_requests.is_some_and(|wanted| wanted != is(traits::OPEN)), facet::OPEN),
        ] {
            fails |= if fails_it { facet } else { 0 };
        }
        fails
    }
}

pub(super) fn evidence(bits: u64) -> i64 {
    i64::try_from(bits & traits::EVIDENCE).unwrap_or_default()
}

/// Scores are compared as whole thousandths, so that what hardly differs is sorted by age and not by chance.
#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn rounded(score: Score) -> i64 {
    (f64::from(score) * 1000.0).round() as i64
}
