//! Instants as both engines keep them, and the calendar's plain dates and months.
use serde::{Deserialize, Serialize};

pub use jiff::civil::Date;

/// A UTC instant of whole microseconds: `TIMESTAMPTZ` in PostgreSQL, `INTEGER` in SQLite, so that both engines
/// store, compare and return exactly the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ts(jiff::Timestamp);

impl Ts {
    /// The instant, cut to whole microseconds.
    #[must_use]
    pub fn new(at: jiff::Timestamp) -> Self {
        Self(jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(jiff::Timestamp::MAX))
    }

    /// The instant `micros` microseconds after 1970-01-01T00:00Z, if jiff can name it (years -9999 to 9999).
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        jiff::Timestamp::from_microsecond(micros).ok().map(Self)
    }

    /// Microseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The instant as jiff's type.
    #[must_use]
    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }

    /// This instant and `seconds` more (less, where negative); stays within jiff's range.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.0.checked_add(jiff::SignedDuration::from_secs(seconds)).map_or(self, Self)
    }

    /// This instant and `days` times 24 hours more.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// The day it is in Italy at this instant: the day staff see on the wall.
    #[must_use]
    pub fn date_in_italy(self) -> Date {
        let rome = jiff::tz::TimeZone::get("Europe/Rome").unwrap_or(jiff::tz::TimeZone::UTC);
        self.0.to_zoned(rome).date()
    }
}

impl std::fmt::Display for Ts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A calendar month, written `2024-02`: as precise as people remember when a practice began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Reads `YYYY-MM`, years 1900 to 2100.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1900..=2100).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Years times twelve plus months from 0: months counted through, so that the next is one more.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.month) - 1
    }

    /// The month with this [`Self::number`], where that is one from 1900 to 2100.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let (year, month) = (i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12)).ok()? + 1);
        (1900..=2100).contains(&year).then_some(Self { year, month })
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}
impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a month is written YYYY-MM, e.g. 2024-02"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_only_in_its_one_form() {
        assert_eq!(Month::parse("2024-02").map(|m| m.to_string()).as_deref(), Some("2024-02"));
        for wrong in ["2024-13", "2024-0", "24-02", "2024", "2024-02-01", "+024-02", "2024-+2", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_are_counted_through_and_back() {
        let month = Month::parse("2026-01").unwrap();
        assert_eq!(Month::from_number(month.number() - 1).map(|m| m.to_string()).as_deref(), Some("2025-12"));
        assert_eq!(Month::of("2026-01-31".parse().unwrap()), month);
        assert_eq!(Month::from_number(0), None);
    }

    #[test]
    fn midnight_in_italy_comes_before_midnight_utc() {
        let late = Ts::new("2026-11-22T23:30:00Z".parse().unwrap());
        assert_eq!(late.date_in_italy().to_string(), "2026-11-23");
    }
}
