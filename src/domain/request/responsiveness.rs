//! How a territory answers what it is asked, told from the requests it received. Only counts and times: who asked and
//! why stays private.
use crate::domain::{calendar::Delay, id::TerritoryId, time::Ts};

/// Working days within which an owner should say that a request has arrived.
pub const ACKNOWLEDGE_WORKING_DAYS: i64 = 10;
/// Fewer answers than this say little: one request more or less would change the picture.
pub const SMALL: i64 = 5;
/// Days over which requests are counted: how an office answers today, not ten years ago.
pub const WINDOW_DAYS: i64 = 730;

/// When a request was sent, and what its owner did about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Who was asked.
    pub owner: TerritoryId,
    /// When it was first sent.
    pub sent_at: Ts,
    /// When its owner first took note of it; a refusal counts too.
    pub acknowledged_at: Option<Ts>,
    /// When its owner first said yes or no.
    pub answered_at: Option<Ts>,
    /// When it was taken back before its owner took note of it.
    pub withdrawn_at: Option<Ts>,
}

/// How a territory answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Responsiveness {
    /// Requests received.
    pub received: i64,
    /// Of these, those that can be judged: acknowledged, or left so long that the time is over.
    pub judged: i64,
    /// Of these, those acknowledged in time.
    pub in_time: i64,
    /// Requests answered by yes or no.
    pub answered: i64,
    /// Half of these were answered within so many days.
    pub median_days: Option<f64>,
}

impl Responsiveness {
    /// The share of those acknowledged in time, 0 to 1, where any can be judged.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
    pub fn share(&self) -> Option<f64> {
        (self.judged > 0).then(|| self.in_time as f64 / self.judged as f64)
    }

    /// Whether the share rests on so few requests that it says little.
    #[must_use]
    pub const fn is_small(&self) -> bool {
        self.judged < SMALL
    }
}

/// Counts the requests of one territory. Whoever has time left is not late, and what was taken back in time is nobody's
/// fault.
#[must_use]
pub fn of(requests: &[Received], now: Ts) -> Responsiveness {
    let mut told = Responsiveness { received: i64::try_from(requests.len()).unwrap_or(i64::MAX), ..Default::default() };
    let mut waits = Vec::new();
    for request in requests {
        let due = Delay::WorkingDays(ACKNOWLEDGE_WORKING_DAYS).after(request.sent_at, None);
        match (request.acknowledged_at, request.withdrawn_at) {
            (Some(at), _) => (told.judged, told.in_time) = (told.judged + 1, told.in_time + i64::from(at <= due)),
            (None, Some(at)) if at <= due => {}
            (None, _) => told.judged += i64::from(now > due),
        }
        waits.extend(request.answered_at.map(|at| at.micros() - request.sent_at.micros()));
    }
    told.answered = i64::try_from(waits.len()).unwrap_or(i64::MAX);
    told.median_days = median(waits).map(days);
    told
}

/// The middle of these numbers, or between the two middles, without what is behind the point; none of none.
#[must_use]
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    values.get(middle.checked_sub(1)?).map(|lower| i64::midpoint(*lower, upper))
}

/// Microseconds as days, to the tenth.
#[expect(clippy::cast_precision_loss, reason = "a tenth of a day is far coarser than what is lost")]
fn days(micros: i64) -> f64 {
    (micros as f64 / 8_640_000_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(text: &str) -> Ts {
        Ts::new(text.parse().unwrap())
    }

    /// Sent on Thursday 2 April 2026: Easter Monday is no working day, so the tenth is Friday 17.
    fn sent() -> Received {
        let owner = TerritoryId::of(Uuid::from_u128(1));
        let sent_at = at("2026-04-02T08:00:00Z");
        Received { owner, sent_at, acknowledged_at: None, answered_at: None, withdrawn_at: None }
    }

    #[test]
    fn nobody_who_was_never_asked_is_judged() {
        let told = of(&[], at("2026-05-01T08:00:00Z"));
        assert_eq!((told.received, told.share(), told.median_days, told.is_small()), (0, None, None, true));
    }

    #[test]
    fn ten_working_days_are_counted_by_the_italian_calendar() {
        let acknowledged =
            |text| of(&[Received { acknowledged_at: Some(at(text)), ..sent() }], at("2026-06-01T08:00:00Z"));
        assert_eq!(acknowledged("2026-04-17T08:00:00Z").share(), Some(1.0));
        assert_eq!(acknowledged("2026-04-17T08:00:01Z").share(), Some(0.0));
    }

    #[test]
    fn who_still_has_time_is_not_late_and_what_was_taken_back_in_time_does_not_count() {
        let judged = |request, now| of(&[request], at(now)).judged;
        assert_eq!(judged(sent(), "2026-04-17T08:00:00Z"), 0);
        assert_eq!(judged(sent(), "2026-04-17T08:00:01Z"), 1);
        let withdrawn = |text| Received { withdrawn_at: Some(at(text)), ..sent() };
        assert_eq!(judged(withdrawn("2026-04-10T08:00:00Z"), "2026-06-01T08:00:00Z"), 0);
        assert_eq!(judged(withdrawn("2026-05-10T08:00:00Z"), "2026-06-01T08:00:00Z"), 1);
    }

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        let answered = |day: &str| {
            let at = at(&format!("2026-04-{day}T20:00:00Z"));
            Received { acknowledged_at: Some(at), answered_at: Some(at), ..sent() }
        };
        let now = at("2026-06-01T08:00:00Z");
        let median = |days: &[&str]| of(&days.iter().map(|day| answered(day)).collect::<Vec<_>>(), now).median_days;
        assert_eq!(median(&["04"]), Some(2.5));
        assert_eq!(median(&["12", "04", "06"]), Some(4.5));
        assert_eq!(median(&["12", "04", "06", "08"]), Some(5.5));
        let told = of(&["04", "06", "08", "12", "30"].map(answered), now);
        assert_eq!((told.judged, told.in_time, told.answered, told.is_small()), (5, 4, 5, false));
    }
}
