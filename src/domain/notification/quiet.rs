//! When a person wants no mail, and when a digest goes: hours and days on Italy's clocks, also on the two days a year on
//! which these jump.
use super::Frequency;
use crate::domain::{
    calendar::{days_after, start_of},
    text::Language,
    time::{Date, Ts},
};
use jiff::{
    civil::{Time, Weekday},
    tz::TimeZone,
};

/// When a person wants no mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quiet {
    /// From when until when each day, in minutes from midnight, over midnight where the first is the later; never the
    /// same twice.
    pub hours: Option<(i64, i64)>,
    /// Whether none comes on Saturdays and Sundays.
    pub weekends_off: bool,
}

impl Quiet {
    /// The first instant, from `at` on, at which the person may be written to.
    #[must_use]
    pub fn next_allowed(&self, at: Ts) -> Ts {
        let mut at = at;
        // A quiet Friday night runs into a quiet weekend, and that into a quiet night: a few steps at most.
        for _ in 0..10 {
            match self.ends_after(at) {
                Some(end) => at = end,
                None => return at,
            }
        }
        at
    }

    /// When the quiet ends that reigns at this instant, as far as one rule sees; none where there is none.
    fn ends_after(&self, at: Ts) -> Option<Ts> {
        let (day, minute) = on_the_wall(at);
        if self.weekends_off && matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Some(start_of(days_after(day, 1)));
        }
        let (from, until) = self.hours?;
        let over_midnight = from > until;
        let is_quiet = if over_midnight { minute >= from || minute < until } else { minute >= from && minute < until };
        let ends_on = if over_midnight && minute >= from { days_after(day, 1) } else { day };
        is_quiet.then(|| instant(ends_on, until))
    }
}

/// When digests go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestTimes {
    /// At which minute of the day.
    pub minute: i64,
    /// On which day of the week the weekly ones go.
    pub weekday: Weekday,
}

impl Default for DigestTimes {
    /// Half past seven, on Mondays.
    fn default() -> Self {
        Self { minute: 7 * 60 + 30, weekday: Weekday::Monday }
    }
}

impl DigestTimes {
    /// The next time after `now` at which a digest of this frequency goes; `now` for what waits for none.
    #[must_use]
    pub fn next(self, frequency: Frequency, now: Ts) -> Ts {
        let (today, _) = on_the_wall(now);
        let on = |day: Date| frequency == Frequency::Daily || day.weekday() == self.weekday;
        let mut days = (0..=8).map(|n| days_after(today, n)).filter(|day| on(*day));
        if !frequency.waits() {
            return now;
        }
        days.find_map(|day| Some(instant(day, self.minute)).filter(|at| *at > now)).unwrap_or(now)
    }
}

fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC)
}

/// The day and the minute of the day that the wall shows.
fn on_the_wall(at: Ts) -> (Date, i64) {
    let zoned = at.timestamp().to_zoned(rome());
    (zoned.date(), i64::from(zoned.hour()) * 60 + i64::from(zoned.minute()))
}

/// The instant at which the wall shows that minute: the later one where it shows it twice, and where it never does, the
/// hour after that. So it is always later than any instant of that day whose minute is smaller.
fn instant(day: Date, minute: i64) -> Ts {
    let part = |n: i64| i8::try_from(n).unwrap_or_default();
    let time = Time::new(part(minute / 60 % 24), part(minute % 60), 0, 0).unwrap_or(Time::midnight());
    let zoned = rome().to_ambiguous_zoned(day.to_datetime(time)).later();
    zoned.map_or_else(|_| start_of(day), |zoned| Ts::new(zoned.timestamp()))
}

/// Reads a time of day, `07:30`, as minutes from midnight.
#[must_use]
pub fn read_time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str, most: i64| {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i64>().ok().filter(|n| digits && *n <= most)
    };
    Some(two(hours, 23)? * 60 + two(minutes, 59)?)
}

/// Reads a day of the week by its English name.
///
/// # Errors
/// Says what it should be.
pub fn weekday(text: &str) -> Result<Weekday, String> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = days.iter().position(|day| text.eq_ignore_ascii_case(day)).and_then(|n| i8::try_from(n).ok());
    let day = found.and_then(|n| Weekday::from_monday_zero_offset(n).ok());
    day.ok_or_else(|| format!("{text:?} is none of {}", days.join(", ")))
}

/// Minutes from midnight as a time of day.
#[must_use]
pub fn said_time(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// An instant as Italy's clocks show it: "alle 11:03 del 02/03/2026", "at 11:03 on 2026-03-02".
#[must_use]
pub fn said_instant(at: Ts, language: Language) -> String {
    let (day, minute) = on_the_wall(at);
    let time = said_time(minute);
    match language {
        Language::It => format!("alle {time} del {:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Language::En => format!("at {time} on {day}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Ts {
        Ts::new(text.parse().unwrap())
    }
    const NIGHT: Quiet = Quiet { hours: Some((20 * 60, 7 * 60)), weekends_off: false };

    #[test]
    fn a_quiet_night_goes_over_midnight() {
        // Winter: Italy is an hour ahead.
        for (asked, told) in [
            ("2026-03-02T18:59:59Z", "2026-03-02T18:59:59Z"),
            ("2026-03-02T19:00:00Z", "2026-03-03T06:00:00Z"),
            ("2026-03-02T23:30:00Z", "2026-03-03T06:00:00Z"),
            ("2026-03-03T05:59:59Z", "2026-03-03T06:00:00Z"),
            ("2026-03-03T06:00:00Z", "2026-03-03T06:00:00Z"),
        ] {
            assert_eq!(NIGHT.next_allowed(at(asked)), at(told), "{asked}");
        }
        let noon = Quiet { hours: Some((12 * 60, 14 * 60)), weekends_off: false };
        assert_eq!(noon.next_allowed(at("2026-03-02T11:30:00Z")), at("2026-03-02T13:00:00Z"));
        assert_eq!(noon.next_allowed(at("2026-03-02T14:30:00Z")), at("2026-03-02T14:30:00Z"));
    }

    #[test]
    fn a_quiet_weekend_ends_with_its_last_quiet_night() {
        let quiet = Quiet { weekends_off: true, ..NIGHT };
        let monday = at("2026-03-09T06:00:00Z");
        for asked in ["2026-03-06T19:30:00Z", "2026-03-07T11:00:00Z", "2026-03-08T22:30:00Z", "2026-03-08T23:30:00Z"] {
            assert_eq!(quiet.next_allowed(at(asked)), monday, "{asked}");
        }
        let weekends = Quiet { hours: None, weekends_off: true };
        assert_eq!(weekends.next_allowed(at("2026-03-07T11:00:00Z")), at("2026-03-08T23:00:00Z"));
    }

    #[test]
    fn the_night_of_the_clocks_ends_at_the_time_on_the_wall() {
        // 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
        assert_eq!(NIGHT.next_allowed(at("2026-03-28T20:00:00Z")), at("2026-03-29T05:00:00Z"));
        assert_eq!(NIGHT.next_allowed(at("2026-10-24T20:00:00Z")), at("2026-10-25T06:00:00Z"));
        // It never shows half past two in March, and twice in October.
        let until = Quiet { hours: Some((22 * 60, 2 * 60 + 30)), weekends_off: false };
        assert_eq!(until.next_allowed(at("2026-03-29T00:30:00Z")), at("2026-03-29T01:30:00Z"));
        assert_eq!(until.next_allowed(at("2026-10-25T00:15:00Z")), at("2026-10-25T01:30:00Z"));
        assert_eq!(until.next_allowed(at("2026-10-25T01:15:00Z")), at("2026-10-25T01:30:00Z"));
    }

    #[test]
    fn digests_go_in_the_morning_and_weekly_ones_on_mondays() {
        let (times, monday) = (DigestTimes::default(), at("2026-03-02T09:00:00Z"));
        assert_eq!(times.next(Frequency::Daily, monday), at("2026-03-03T06:30:00Z"));
        assert_eq!(times.next(Frequency::Weekly, monday), at("2026-03-09T06:30:00Z"));
        assert_eq!(times.next(Frequency::Daily, at("2026-03-02T06:29:59Z")), at("2026-03-02T06:30:00Z"));
        assert_eq!(times.next(Frequency::Weekly, at("2026-03-02T06:30:00Z")), at("2026-03-09T06:30:00Z"));
        // The week in which the clocks jump.
        assert_eq!(times.next(Frequency::Daily, at("2026-03-28T09:00:00Z")), at("2026-03-29T05:30:00Z"));
    }

    #[test]
    fn times_of_day_are_read_only_in_their_one_form() {
        assert_eq!(read_time("07:05").map(said_time).as_deref(), Some("07:05"));
        for wrong in ["", "7:00", "24:00", "12:60", "07:5", "07:00:00", "+7:00", "à7:00"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_mail_waits_until_the_first_moment_that_is_not_quiet(
            minutes in 0i64..1_200_000, from in 0i64..1440, until in 0i64..1440, hours: bool, weekends_off: bool
        ) {
            prop_assume!(from != until);
            let quiet = Quiet { hours: hours.then_some((from, until)), weekends_off };
            let asked = at("2026-01-01T00:00:00Z").plus_seconds(minutes * 60);
            let told = quiet.next_allowed(asked);
            prop_assert!(told >= asked);
            prop_assert_eq!(quiet.next_allowed(told), told);
            prop_assert!(told <= asked.plus_days(4));
            // Of the minutes before, none was allowed, but those which the wall shows twice.
            let mut before = told.plus_seconds(-60);
            while before >= asked {
                let (day, _) = on_the_wall(before);
                prop_assert!(quiet.ends_after(before).is_some() || (day.month() == 10 && day.day() >= 25));
                before = before.plus_seconds(-60);
            }
        }
    }
}
