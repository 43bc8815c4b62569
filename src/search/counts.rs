//! How often each value of each facet would be found.
use std::collections::BTreeMap;

/// Upper ends of what practices cost, in euro, that are counted.
pub const COSTS: [i64; 7] = [10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000];
/// Levels of evidence that are counted: at least so much.
pub const EVIDENCE: [i64; 4] = [1, 2, 3, 4];

/// How often each value of each facet would be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Codes of fields, target groups, tools and funds.
    pub terms: [BTreeMap<String, u64>; 4],
    /// Provinces.
    pub provinces: BTreeMap<String, u64>,
    /// Classes of area.
    pub area_classes: BTreeMap<String, u64>,
    /// With at least each level of [`EVIDENCE`].
    pub evidence: [u64; 4],
    /// At most each sum of [`COSTS`].
    pub costs: [u64; 7],
    /// Without and with a kit.
    pub kit: [u64; 2],
    /// Closed and open to requests.
    pub open: [u64; 2],
}

impl Counts {
    /// Adds what was counted in another file of the index.
    pub(super) fn add(&mut self, other: Self) {
        fn named(into: &mut BTreeMap<String, u64>, from: BTreeMap<String, u64>) {
            for (name, count) in from {
                *into.entry(name).or_default() += count;
            }
        }
        fn numbered(into: &mut [u64], from: &[u64]) {
            for (into, from) in into.iter_mut().zip(from) {
                *into += from;
            }
        }
        for (into, from) in self.terms.iter_mut().zip(other.terms) {
            named(into, from);
        }
        named(&mut self.provinces, other.provinces);
        named(&mut self.area_classes, other.area_classes);
        numbered(&mut self.evidence, &other.evidence);
        numbered(&mut self.costs, &other.costs);
        numbered(&mut self.kit, &other.kit);
        numbered(&mut self.open, &other.open);
    }
}
