//! Italy's calendar as offices live it: which days are worked, and what "ten working days from now" means.
use super::time::{Date, Ts};
use jiff::{Span, ToSpan, Zoned, civil::Weekday, tz::TimeZone};

/// A municipality's own holiday (the patron saint's), as month and day.
pub type Patron = (i8, i8);

/// National holidays of a fixed day (law 260 of 1949 and its changes), with the first year in which each counts.
const FIXED: [(i16, i8, i8); 11] = [
    (0, 1, 1),
    (0, 1, 6),
    (0, 4, 25),
    (0, 5, 1),
    (0, 6, 2),
    (0, 8, 15),
    // Saint Francis, a holiday again by law 151 of 2025.
    (2026, 10, 4),
    (0, 11, 1),
    (0, 12, 8),
    (0, 12, 25),
    (0, 12, 26),
];

/// Easter Sunday of a year, by the anonymous Gregorian computation (Meeus, Astronomical Algorithms, chapter 8).
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Whether offices work on that day: no Saturday, no Sunday, no national holiday, not the patron's day.
#[must_use]
pub fn is_working_day(day: Date, patron: Option<Patron>) -> bool {
    let (month, date) = (day.month(), day.day());
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let fixed = FIXED.iter().any(|(since, m, d)| day.year() >= *since && (*m, *d) == (month, date));
    let easter_monday = easter(day.year()).and_then(|easter| easter.tomorrow().ok()) == Some(day);
    !weekend && !fixed && !easter_monday && patron != Some((month, date))
}

/// The `n`th working day after `from`, which itself does not count; `from` where `n` is 0 or less.
#[must_use]
pub fn add_working_days(from: Date, n: i64, patron: Option<Patron>) -> Date {
    let (mut day, mut left) = (from, n);
    while left > 0 {
        // The calendar ends in 9999.
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        left -= i64::from(is_working_day(day, patron));
    }
    day
}

/// A length of time as people agree on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// Working days in Italy.
    WorkingDays(i64),
    /// Calendar days.
    Days(i64),
    /// Months.
    Months(i64),
}

impl Delay {
    /// Reads `5wd`, `45d` or `6m`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.find(|c: char| !c.is_ascii_digit())?;
        let n = text.get(..unit)?.parse().ok()?;
        match text.get(unit..)? {
            "wd" => Some(Self::WorkingDays(n)),
            "d" => Some(Self::Days(n)),
            "m" => Some(Self::Months(n)),
            _ => None,
        }
    }

    /// The instant this much after `since`, at the same time of day on Italy's clocks.
    #[must_use]
    pub fn after(self, since: Ts, patron: Option<Patron>) -> Ts {
        let start = in_italy(since);
        let span = match self {
            Self::Days(n) => Span::new().try_days(n),
            Self::Months(n) => Span::new().try_months(n),
            Self::WorkingDays(n) => start.date().until(add_working_days(start.date(), n, patron)),
        };
        let moved = span.and_then(|span| start.checked_add(span));
        moved.map_or(since, |at| Ts::new(at.timestamp()))
    }
}

/// The fewest working days after which, counted from `since`, `at` has come: what was done within `n` working days took
/// at most `n`. 0 where `at` is not after `since`.
#[must_use]
pub fn working_days_between(since: Ts, at: Ts) -> i64 {
    if at <= since {
        return 0;
    }
    let (mut day, last, mut worked) = (in_italy(since).date(), in_italy(at).date(), 0);
    while day < last {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        worked += i64::from(is_working_day(day, None));
    }
    // On the last day it depends on the time of day.
    if Delay::WorkingDays(worked).after(since, None) >= at { worked } else { worked + 1 }
}

/// The first instant of that day in Italy.
#[must_use]
pub fn start_of(day: Date) -> Ts {
    let midnight = day.to_zoned(rome()).map(|midnight| midnight.timestamp());
    midnight.map_or_else(|_| Ts::new(jiff::Timestamp::MAX), Ts::new)
}

/// The day `n` days after.
#[must_use]
pub fn days_after(day: Date, n: i32) -> Date {
    day.checked_add(n.days()).unwrap_or(Date::MAX)
}

fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC)
}

fn in_italy(at: Ts) -> Zoned {
    at.timestamp().to_zoned(rome())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }
    fn at(text: &str) -> Ts {
        Ts::new(text.parse().unwrap())
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for sunday in ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2026-04-05", "2038-04-25"]
        {
            assert_eq!(easter(day(sunday).year()), Some(day(sunday)));
        }
    }

    #[test]
    fn holidays_are_not_worked() {
        let holidays =
            ["2026-01-01", "2026-01-06", "2026-04-06", "2026-05-01", "2026-06-02", "2026-12-08", "2026-12-25"];
        for holiday in holidays.into_iter().chain(["2027-10-04", "2026-11-21", "2026-11-22"]) {
            assert!(!is_working_day(day(holiday), None), "{holiday}");
        }
        // A Friday before Saint Francis was a holiday again, an ordinary Monday, and Bari's patron.
        for worked in ["2024-10-04", "2026-11-23", "2026-12-07"] {
            assert!(is_working_day(day(worked), None), "{worked}");
        }
        assert!(!is_working_day(day("2027-12-06"), Some((12, 6))));
    }

    #[test]
    fn working_days_skip_easter_and_weekends() {
        assert_eq!(add_working_days(day("2026-04-02"), 1, None), day("2026-04-03"));
        assert_eq!(add_working_days(day("2026-04-02"), 2, None), day("2026-04-07"));
        assert_eq!(add_working_days(day("2026-04-04"), 1, None), day("2026-04-07"));
        assert_eq!(add_working_days(day("2026-12-23"), 6, None), day("2027-01-04"));
        assert_eq!(add_working_days(day("2026-04-02"), 0, None), day("2026-04-02"));
    }

    #[test]
    fn the_time_of_day_stays_when_the_clocks_change() {
        // Ten in the morning in winter, ten in the morning in summer.
        let winter = at("2026-03-02T09:00:00Z");
        assert_eq!(Delay::Days(45).after(winter, None), at("2026-04-16T08:00:00Z"));
        assert_eq!(Delay::WorkingDays(5).after(winter, None), at("2026-03-09T09:00:00Z"));
        assert_eq!(Delay::Months(12).after(winter, None), at("2027-03-02T09:00:00Z"));
        assert_eq!(start_of(day("2026-07-01")), at("2026-06-30T22:00:00Z"));
    }

    #[test]
    fn lengths_are_read_only_in_their_one_form() {
        assert_eq!(Delay::parse("15wd"), Some(Delay::WorkingDays(15)));
        assert_eq!(Delay::parse("90d"), Some(Delay::Days(90)));
        assert_eq!(Delay::parse("6m"), Some(Delay::Months(6)));
        for wrong in ["", "d", "5", "5y", "-5d", "5 d", "wd5"] {
            assert_eq!(Delay::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn exactly_n_days_are_worked_on_the_way_and_the_last_is_one(start in 0i32..20_000, n in 1i64..120) {
            let from = days_after(day("1990-01-01"), start);
            let to = add_working_days(from, n, None);
            let worked = (1..).map(|d| days_after(from, d)).take_while(|d| *d <= to).filter(|d| is_working_day(*d, None));
            prop_assert_eq!(i64::try_from(worked.count()).unwrap(), n);
            prop_assert!(is_working_day(to, None));
        }

        #[test]
        fn what_was_done_within_n_working_days_took_at_most_n(start in 0i64..400_000, hours in 0i64..4_000, n in 0i64..60) {
            let since = at("1990-01-01T00:30:00Z").plus_seconds(start * 3_600);
            let done = since.plus_seconds(hours * 3_600);
            let in_time = done <= Delay::WorkingDays(n).after(since, None);
            prop_assert_eq!(working_days_between(since, done) <= n, in_time);
        }
    }
}
