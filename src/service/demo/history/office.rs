//! When people in Italian offices do things: on working days, mostly in the morning, and little in August and at Christmas.
use super::dice::Dice;
use crate::domain::{
    calendar::{add_working_days, days_after, is_working_day, start_of},
    time::{Date, Ts},
};

/// Of a hundred things that fall into a quiet time, so many wait until it is over.
const PUT_OFF: i64 = 85;

/// The last day of the quiet time in which that day lies, where it does.
fn quiet(day: Date) -> Option<Date> {
    match (day.month(), day.day()) {
        (8, 8..=25) => Date::new(day.year(), 8, 25).ok(),
        (12, 23..) => Date::new(day.year() + 1, 1, 6).ok(),
        (1, ..=6) => Date::new(day.year(), 1, 6).ok(),
        _ => None,
    }
}

/// A moment of a working day.
fn moment(day: Date, dice: &mut Dice) -> Ts {
    // Tuesday and Thursday are the long days of Italian offices.
    let long = matches!(day.weekday(), jiff::civil::Weekday::Tuesday | jiff::civil::Weekday::Thursday);
    let minute = if long && dice.yes(35) { dice.between((15 * 60, 17 * 60 + 30)) } else { dice.between((510, 810)) };
    start_of(day).plus_seconds(minute * 60 + dice.between((0, 59)))
}

/// The first moment at which somebody works, on that day or after.
pub fn opening(day: Date, dice: &mut Dice) -> Ts {
    let day = if is_working_day(day, None) { day } else { add_working_days(day, 1, None) };
    moment(busy(day, dice), dice)
}

/// That day, or mostly one after the quiet time in which it lies.
fn busy(day: Date, dice: &mut Dice) -> Date {
    match quiet(day) {
        Some(last) if dice.yes(PUT_OFF) => add_working_days(last, dice.between((1, 5)), None),
        _ => day,
    }
}

/// A moment so many working days later; with none of them, later on the same day, or the next where it has become late.
pub fn later(from: Ts, days: i64, dice: &mut Dice) -> Ts {
    let today = from.date_in_italy();
    let soon = from.plus_seconds(dice.between((900, 7200)));
    if days == 0 && soon < start_of(today).plus_seconds(18 * 3600) {
        return soon;
    }
    let day = add_working_days(today, days.max(1), None);
    moment(busy(day, dice), dice)
}

/// A moment some days after that instant, when somebody works.
pub fn after(from: Ts, days: i32, dice: &mut Dice) -> Ts {
    opening(days_after(from.date_in_italy(), days), dice)
}
