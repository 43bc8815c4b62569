//! Whole days, counted by how often each came: their middle and quarters.
use std::collections::BTreeMap;

/// How often each number of days came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread(BTreeMap<i64, i64>);

impl Spread {
    /// So many more of that number of days.
    pub fn add(&mut self, days: i64, n: i64) {
        *self.0.entry(days).or_default() += n;
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(days, n)| self.add(*days, *n));
    }

    /// How many in all.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// The value that a share `q` (0 to 1) lies below, between two neighbours where it falls between them (Hyndman and
    /// Fan's seventh definition, that of `numpy`, pandas and R); none of none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "days and counts are far below 2^52")]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.count().checked_sub(1).filter(|last| *last >= 0)?;
        let at = q.clamp(0.0, 1.0) * last as f64;
        let (lower, upper) = (self.nth(at.floor())?, self.nth(at.ceil())?);
        Some(lower + (upper - lower) * (at - at.floor()))
    }

    /// Half are at most this.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The value at this place, counted from 0, in ascending order.
    #[expect(clippy::cast_precision_loss, reason = "days and counts are far below 2^52")]
    fn nth(&self, place: f64) -> Option<f64> {
        let mut passed = 0;
        self.0.iter().find_map(|(days, n)| {
            passed += n;
            (place < passed as f64).then_some(*days as f64)
        })
    }
}

impl FromIterator<(i64, i64)> for Spread {
    fn from_iter<I: IntoIterator<Item = (i64, i64)>>(counted: I) -> Self {
        let mut spread = Self::default();
        counted.into_iter().for_each(|(days, n)| spread.add(days, n));
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_those_of_numpy() {
        // numpy.quantile([2, 3, 3, 7, 20, 21], [0, .25, .5, .75, 1])
        let spread: Spread = [(3, 2), (2, 1), (20, 1), (7, 1), (21, 1)].into_iter().collect();
        let quantiles = [0.0, 0.25, 0.5, 0.75, 1.0].map(|q| spread.quantile(q));
        assert_eq!(quantiles, [2.0, 3.0, 5.0, 16.75, 21.0].map(Some));
        assert_eq!(spread.count(), 6);
    }

    #[test]
    fn none_has_no_middle_and_one_is_its_own() {
        assert_eq!(Spread::default().median(), None);
        assert_eq!([(4, 1)].into_iter().collect::<Spread>().quantile(0.75), Some(4.0));
    }
}
