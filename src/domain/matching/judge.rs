//! The score of one practice for one wish.
use super::{
    PARTS, Part,
    offer::{Offer, Support},
    weights::Weights,
    wish::Wish,
};

/// The value of each part, 0 to 1; none where one side does not say it.
pub type Values = [Option<f64>; PARTS];

/// What a field among the others is worth, beside the primary one.
const OTHER_FIELD: f64 = 0.6;
/// What is left where no fund is shared: money can come from elsewhere.
const OTHER_FUND: f64 = 0.2;
/// What is left of the score where nothing is known; the rest grows with what is.
const LEAST_KNOWN: f64 = 0.75;
/// What a full owner costs of the score.
const FULL: f64 = 0.3;
/// Where a wish names neither a field nor target groups, its words are all there is: what fits them less than so much as
/// the best is of something else, however good its kit is.
const LEAST_TEXT: f64 = 0.4;
/// The highest level of evidence.
const BEST_EVIDENCE: f64 = 4.0;

/// How well a practice fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// 0 to 100.
    pub score: f64,
    /// The share of the weights that is known, 0 to 1.
    pub coverage: f64,
    /// Each part.
    pub values: Values,
    /// What its owner carries.
    pub load: Load,
}

/// What the owner of a practice carries, and what that leaves of the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// What it carries and can carry.
    pub support: Support,
    /// 1 for an owner with nothing to do, 0.7 for one that is full or takes no requests.
    pub factor: f64,
}

impl Judged {
    /// The value of a part, 0 to 1; none where it is not known.
    #[must_use]
    pub const fn value(&self, part: Part) -> Option<f64> {
        self.values[part as usize]
    }

    /// The parts that speak for it most: the greatest w·s above 0, at most so many.
    #[must_use]
    pub fn reasons(&self, weights: &Weights, most: usize) -> Vec<Part> {
        self.heaviest(weights, most, |value| value)
    }

    /// The parts that speak against it most: the greatest w·(1−s) above 0, at most so many.
    #[must_use]
    pub fn cautions(&self, weights: &Weights, most: usize) -> Vec<Part> {
        self.heaviest(weights, most, |value| 1.0 - value)
    }

    /// The parts that nobody can judge and that count, in their order.
    #[must_use]
    pub fn unknown(&self, weights: &Weights) -> Vec<Part> {
        let unknown = weights.iter().filter(|(part, weight)| self.values[*part as usize].is_none() && *weight > 0.0);
        unknown.map(|(part, _)| part).collect()
    }

    fn heaviest(&self, weights: &Weights, most: usize, of: impl Fn(f64) -> f64) -> Vec<Part> {
        let known = weights.iter().filter_map(|(part, weight)| Some((part, weight * of(self.values[part as usize]?))));
        let mut known: Vec<(Part, f64)> = known.filter(|(_, weight)| *weight > 0.0).collect();
        // Stable: what weighs the same stands in the order of the parts.
        known.sort_by(|a, b| b.1.total_cmp(&a.1));
        known.into_iter().take(most).map(|(part, _)| part).collect()
    }
}

/// Judges a practice; none where a gate is closed: it is neither for these people nor in these fields, or, where the
/// wish names neither, fits its words too little.
#[must_use]
pub fn judge<C: PartialEq>(wish: &Wish<C>, offer: &Offer<'_, C>, weights: &Weights) -> Option<Judged> {
    let values = values(wish, offer);
    if !is_open(wish, &values) {
        return None;
    }
    let (mut gained, mut known, mut all) = (0.0, 0.0, 0.0);
    for (part, weight) in weights.iter() {
        all += weight;
        if let Some(value) = values[part as usize] {
            known += weight;
            gained += weight * value;
        }
    }
    let coverage = known / all;
    let fit = if known > 0.0 { gained / known } else { 0.0 };
    let load = load(offer.support);
    let score = 100.0 * fit * (LEAST_KNOWN + (1.0 - LEAST_KNOWN) * coverage) * load.factor;
    Some(Judged { score, coverage, values, load })
}

fn is_open<C>(wish: &Wish<C>, values: &Values) -> bool {
    if !wish.names_terms() {
        return values[Part::Text as usize].is_some_and(|text| text >= LEAST_TEXT);
    }
    let (field, target) = (values[Part::Field as usize], values[Part::Target as usize]);
    let fits = |value: Option<f64>| value.is_some_and(|value| value > 0.0);
    (field, target) == (None, None) || fits(field) || fits(target)
}

fn load(support: Support) -> Load {
    let full = if support.is_open && support.capacity > 0 {
        (number(support.requests.max(0)) / number(support.capacity)).min(1.0)
    } else {
        1.0
    };
    Load { support, factor: 1.0 - FULL * full }
}

fn values<C: PartialEq>(wish: &Wish<C>, offer: &Offer<'_, C>) -> Values {
    let mut values = [None; PARTS];
    for (part, value) in [
        (Part::Field, field(wish, offer)),
        (Part::Target, overlap(&wish.targets, offer.targets)),
        (Part::Tools, overlap(&wish.tools, offer.tools)),
        (Part::Text, offer.text),
        (Part::Cost, enough(wish.budget_eur.map(number), offer.cost_eur.map(number))),
        (Part::Staff, enough(wish.staff_fte, offer.staff_fte)),
        (Part::Time, enough(wish.months.map(number), offer.months.map(number))),
        (Part::Fund, overlap(&wish.funds, offer.funds).map(|shared| if shared > 0.0 { 1.0 } else { OTHER_FUND })),
        (Part::Size, offer.near.size),
        (Part::Area, offer.near.area),
        (Part::Distance, offer.near.distance),
        (Part::Evidence, Some(number(offer.evidence_level) / BEST_EVIDENCE)),
        (Part::Kit, Some(number(offer.kit_completeness) / 100.0)),
    ] {
        values[part as usize] = value.map(|value| value.clamp(0.0, 1.0));
    }
    values
}

fn field<C: PartialEq>(wish: &Wish<C>, offer: &Offer<'_, C>) -> Option<f64> {
    if wish.fields.is_empty() || (offer.field.is_none() && offer.other_fields.is_empty()) {
        return None;
    }
    let is_wanted = |code: &C| wish.fields.contains(code);
    Some(match offer.field {
        Some(field) if is_wanted(field) => 1.0,
        _ if offer.other_fields.iter().any(is_wanted) => OTHER_FIELD,
        _ => 0.0,
    })
}

/// The overlap coefficient |A∩B| / min(|A|, |B|): whoever names one target group is not held to have only that.
fn overlap<C: PartialEq>(mine: &[C], theirs: &[C]) -> Option<f64> {
    let least = mine.len().min(theirs.len());
    if least == 0 {
        return None;
    }
    let shared = mine.iter().filter(|code| theirs.contains(code)).count();
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    Some(shared as f64 / least as f64)
}

/// min(1, mine/needed): who has more than is needed has enough.
fn enough(mine: Option<f64>, needed: Option<f64>) -> Option<f64> {
    let (mine, needed) = mine.zip(needed)?;
    Some(if needed <= mine { 1.0 } else { mine / needed })
}

#[expect(clippy::cast_precision_loss, reason = "all are far below 2^52")]
const fn number(n: i64) -> f64 {
    n as f64
}
