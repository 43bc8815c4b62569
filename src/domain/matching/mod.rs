//! Finding the right peer: how well a practice fits what somebody looks for, and why.
//!
//! `score = 100 · (Σwᵢsᵢ / Σwᵢ over the known i) · (0.75 + 0.25·coverage) · (1 − 0.3·load)`, where `coverage` is the share
//! of the weights that is known. A [`Wish`] is held against an [`Offer`] in thirteen [`Part`]s; what either side does not
//! say is unknown, never a guess. [`judge()`] works on codes of any kind, so that the index judges by the numbers of its
//! columns exactly as the database's rows are judged by their words.
mod judge;
mod near;
mod offer;
mod order;
mod sentences;
pub mod shown;
mod weights;
mod wish;

#[cfg(test)]
mod tests;

pub use judge::{Judged, Load, Values, judge};
pub use near::{Near, Site};
pub use offer::{Offer, Support};
pub use order::{Placed, order};
pub use sentences::{Case, Labels};
pub use weights::{Missing, Weights};
pub use wish::{LONGEST_TEXT, Wish, nothing_wished};

use super::word::Word;

words! {
    /// What a practice is judged by, in the order of the bar.
    enum Part {
        /// The field of practice.
        Field = "FIELD",
        /// Whom it is for.
        Target = "TARGET",
        /// What it works with.
        Tools = "TOOLS",
        /// The words it is described by.
        Text = "TEXT",
        /// What it costs.
        Cost = "COST",
        /// The staff it takes.
        Staff = "STAFF",
        /// The months it takes to begin.
        Time = "TIME",
        /// Who paid for it.
        Fund = "FUND",
        /// How many people live there.
        Size = "SIZE",
        /// How far the area is from services.
        Area = "AREA",
        /// How far away it is.
        Distance = "DISTANCE",
        /// How well its results are known.
        Evidence = "EVIDENCE",
        /// How complete its kit is.
        Kit = "KIT",
    }
}

/// How many parts there are.
pub const PARTS: usize = Part::ALL.len();
