//! Requests by where they stand, and days of waiting, as objects.
use crate::domain::network::{Counts, Spread};
use async_graphql::SimpleObject;

/// How many requests stand where. Drafts are counted nowhere.
#[derive(SimpleObject)]
pub struct RequestCounts {
    /// In whatever state.
    total: i64,
    /// Not taken up yet.
    sent: i64,
    /// The owner is deciding.
    acknowledged: i64,
    /// The owner will help.
    accepted: i64,
    /// The practice is being copied.
    in_progress: i64,
    /// Copied, with an outcome.
    completed: i64,
    /// The owner said no.
    declined: i64,
    /// Taken back, or annulled.
    withdrawn: i64,
    /// Nobody answered in time.
    expired: i64,
    /// Stopped on the way.
    interrupted: i64,
}

impl From<&Counts> for RequestCounts {
    fn from(counts: &Counts) -> Self {
        let [sent, acknowledged, accepted, in_progress, completed, declined, withdrawn, expired, interrupted] =
            counts.states;
        let total = counts.requests();
        Self { total, sent, acknowledged, accepted, in_progress, completed, declined, withdrawn, expired, interrupted }
    }
}

/// How long requests waited for yes or no, in days of the calendar.
#[derive(SimpleObject)]
pub struct WaitingTimes {
    /// Requests that were answered.
    answered: i64,
    /// A quarter waited at most so long, between two values where it falls between them; null where none was answered.
    lower_quartile_days: Option<f64>,
    /// Half waited at most so long.
    median_days: Option<f64>,
    /// Three quarters waited at most so long.
    upper_quartile_days: Option<f64>,
}

impl From<&Spread> for WaitingTimes {
    fn from(waits: &Spread) -> Self {
        Self {
            answered: waits.count(),
            lower_quartile_days: waits.quantile(0.25),
            median_days: waits.median(),
            upper_quartile_days: waits.quantile(0.75),
        }
    }
}

/// Whether copies still run.
#[derive(SimpleObject)]
pub struct Survival {
    /// So many months after the completion.
    months: i64,
    /// Copies of which that is known.
    known: i64,
    /// Of these, those that run, as they were or in another form.
    running: i64,
    /// Their share, 0 to 1; null where none is known.
    share: Option<f64>,
}

impl Survival {
    /// After 6 and after 12 months.
    #[expect(clippy::cast_precision_loss, reason = "counts of copies are far below 2^52")]
    pub(super) fn of(counts: &Counts) -> Vec<Self> {
        let told = |(months, (known, running)): (i64, (i64, i64))| Self {
            months,
            known,
            running,
            share: (known > 0).then(|| running as f64 / known as f64),
        };
        [6, 12].into_iter().zip(counts.known.into_iter().zip(counts.running)).map(told).collect()
    }
}
