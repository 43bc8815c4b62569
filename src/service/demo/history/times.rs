//! When the steps of one request are taken, so that nothing the hub does by itself comes in between.
use super::{
    dice::Dice,
    file::{Arc, Deed, Planned, Wait},
    office,
};
use crate::domain::{
    calendar::Delay,
    request::Step,
    time::{Date, Ts},
};

/// Days before the end of a waiting that the hub would put an end to.
const CLOSE: i64 = 1;

/// Whether the owner carries the request no longer after it.
pub const fn frees(deed: Deed) -> bool {
    use Step as S;
    matches!(
        deed,
        Deed::Step(S::Discard | S::Decline | S::Withdraw | S::Annul | S::Expire | S::Interrupt | S::Complete)
    )
}

/// Times for all steps of an arc. None where what was drawn does not fit: draw again.
pub fn draw(arc: &Arc, (first, until): (Ts, Ts), dice: &mut Dice) -> Option<Vec<Ts>> {
    let today = until.date_in_italy();
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let mut start = first.date_in_italy();
    let mut end = *walk(arc, office::opening(start, dice), dice)?.last()?;
    // The first walk tells how long it takes; then it is moved to where it shall end.
    let room = days(end.date_in_italy(), today);
    if room < 2 {
        return None;
    }
    let Some((least, most)) = arc.since else {
        let most = i64::from(room) - 2;
        // A little more in the second year than in the first: word gets about.
        let by = dice.between((0, most)).max(dice.between((-most, most)));
        start = crate::domain::calendar::days_after(start, i32::try_from(by).ok()?);
        let times = walk(arc, office::opening(start, dice), dice)?;
        return times.last().is_some_and(|last| last.date_in_italy() < today).then_some(times);
    };
    let wanted = i32::try_from(dice.between((i64::from(least), i64::from(most)))).ok()?;
    for _ in 0..6 {
        let ago = days(end.date_in_italy(), today);
        start = crate::domain::calendar::days_after(start, ago - wanted);
        let times = walk(arc, office::opening(start, dice), dice)?;
        end = *times.last()?;
        let ago = days(end.date_in_italy(), today);
        if (least..=most).contains(&ago) && ago > 0 {
            return Some(times);
        }
    }
    None
}

/// The times from a start on. None where the hub would have put an end to the waiting before.
fn walk(arc: &Arc, start: Ts, dice: &mut Dice) -> Option<Vec<Ts>> {
    let mut times = vec![start];
    // From when the hub counts, and how many days it waits.
    let (mut since, mut patience) = (start, Some(90));
    let mut completed = start;
    for Planned { deed, wait, .. } in arc.steps.iter().skip(1) {
        let before = *times.last()?;
        let at = match *wait {
            Wait::Days(least, most) => office::later(before, dice.between((least, most)), dice),
            Wait::Hub(days) => Delay::Days(days).after(since, None),
            Wait::Months(months) => {
                let due = Delay::Months(months).after(completed, None);
                office::after(due.max(before), i32::try_from(dice.between((1, 12))).ok()?, dice)
            }
        };
        let lost = |days| at > Delay::Days(days - CLOSE).after(since, None);
        if !matches!(wait, Wait::Hub(_)) && patience.is_some_and(lost) {
            return None;
        }
        (since, patience) = match deed {
            Deed::Step(Step::Send | Step::SendAgain) => (at, Some(45)),
            Deed::Step(Step::Extend) => (since, Some(65)),
            Deed::Asks => (at, Some(30)),
            Deed::Step(Step::Complete) => {
                completed = at;
                (at, None)
            }
            _ => (at, None),
        };
        times.push(at);
    }
    Some(times)
}
