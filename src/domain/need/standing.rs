//! Standing matches: the practices that answer a need, kept as long as they do.
use crate::domain::{
    id::{MatchId, NeedId, PracticeId},
    time::Ts,
};

/// The most practices that are kept for one need: its best.
pub const MOST_MATCHES: usize = 50;

/// A need and a public practice that answers it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandingMatch {
    /// Key.
    pub id: MatchId,
    /// Which need.
    pub need: NeedId,
    /// Which practice.
    pub practice: PracticeId,
    /// How well it fits, 0 to 100, when either last changed.
    pub score: f64,
    /// When it was found.
    pub found_at: Ts,
}
