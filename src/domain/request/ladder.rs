//! What the hub does when a time has come and nobody has acted. The timers of a state are a ladder: reminders, then the
//! facilitator, then the end. While the hub runs, each rung is taken on its day. After it stood still, of several
//! notices to the same side only the last is worth sending, nobody is passed over who was not reminded, and who was
//! reminded late has time to act before the next rung.
use super::{Deadline, DeadlineKind};
use crate::domain::{calendar::Delay, time::Ts};

/// A deadline as the hub keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The deadline.
    pub deadline: Deadline,
    /// When the hub looks at it next; none once it is dealt with.
    pub wakes_at: Option<Ts>,
    /// When it was dealt with.
    pub told_at: Option<Ts>,
}

/// What to do with a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Its time has come: tell, or take the step.
    Take(Deadline),
    /// A later one says the same and more.
    Skip(Deadline),
    /// Whoever was told late has until then.
    Wait(Deadline, Ts),
}

/// A notice that is later than this was late.
const LATE: i64 = 24 * 3600;

/// What to do now with the deadlines of one request; at most one is taken on each ladder.
#[must_use]
pub fn decide(all: &[Kept], now: Ts, grace: Delay) -> Vec<Move> {
    let mut moves = Vec::new();
    for ladder in [DeadlineKind::Confirm, DeadlineKind::FollowUp, DeadlineKind::Remind] {
        let on = |kept: &&Kept| rail(kept.deadline.kind) == ladder;
        let passed = all.iter().filter(on).filter(|kept| kept.wakes_at.is_some() && kept.deadline.due_at <= now);
        let mut passed: Vec<&Deadline> = passed.map(|kept| &kept.deadline).collect();
        passed.sort_by_key(|deadline| (deadline.due_at, deadline.kind));
        let Some(party) = passed.first().map(|first| first.party) else { continue };
        let run = passed.iter().take_while(|deadline| deadline.party == party).count();
        let Some((taken, stale)) = passed[..run].split_last() else { continue };
        let opens = opens_at(all, taken, grace);
        if opens > now {
            moves.extend(passed.into_iter().map(|deadline| Move::Wait(deadline.clone(), opens)));
            continue;
        }
        moves.extend(stale.iter().map(|deadline| Move::Skip((*deadline).clone())));
        moves.push(Move::Take((*taken).clone()));
    }
    moves
}

/// The ladder on which a deadline is: what follows the completion stands each for itself.
const fn rail(kind: DeadlineKind) -> DeadlineKind {
    match kind {
        DeadlineKind::Confirm | DeadlineKind::FollowUp => kind,
        _ => DeadlineKind::Remind,
    }
}

/// When a deadline may be taken: when it is due, but where the rung before was told late, not before as much time has
/// passed as lies between the two, or as the grace is long where that is less.
#[must_use]
pub fn opens_at(all: &[Kept], deadline: &Deadline, grace: Delay) -> Ts {
    let before = all.iter().filter(|kept| rail(kept.deadline.kind) == rail(deadline.kind));
    let before = before.filter(|kept| kept.told_at.is_some() && kept.deadline.due_at < deadline.due_at);
    let Some(before) = before.max_by_key(|kept| kept.deadline.due_at) else { return deadline.due_at };
    let due = before.deadline.due_at;
    let Some(told) = before.told_at.filter(|told| *told > due.plus_seconds(LATE)) else { return deadline.due_at };
    let gap = (deadline.due_at.micros() - due.micros()) / 1_000_000;
    told.plus_seconds(gap).min(grace.after(told, None)).max(deadline.due_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::{Awaiting, RequestState, Timing, deadline, tests::sent};
    use proptest::prelude::*;

    const GRACE: Delay = Delay::Days(7);

    fn kept(state: RequestState, awaiting: Awaiting) -> (Vec<Kept>, Ts) {
        let mut request = sent();
        (request.state, request.awaiting) = (state, awaiting);
        let all = deadline::of(&request, &Timing::default(), None);
        let kept = |d: Deadline| Kept { wakes_at: Some(d.due_at), told_at: None, deadline: d };
        (all.into_iter().map(kept).collect(), request.state_since)
    }

    /// Looks at all on the days given, and says what was taken on which.
    fn walk(all: &mut [Kept], start: Ts, days: impl Iterator<Item = i64>) -> Vec<(i64, &'static str)> {
        let mut taken = Vec::new();
        for day in days {
            let now = start.plus_days(day).plus_seconds(7200);
            while all.iter().any(|kept| kept.wakes_at.is_some_and(|at| at <= now)) {
                for step in decide(all, now, GRACE) {
                    let (deadline, wakes_at, told_at) = match step {
                        Move::Take(deadline) => {
                            taken.push((day, deadline.timer));
                            (deadline, None, Some(now))
                        }
                        Move::Skip(deadline) => (deadline, None, Some(now)),
                        Move::Wait(deadline, until) => (deadline, Some(until), None),
                    };
                    let row = all.iter_mut().find(|kept| kept.deadline == deadline).unwrap();
                    (row.wakes_at, row.told_at) = (wakes_at, told_at);
                }
            }
        }
        taken
    }

    #[test]
    fn every_rung_is_taken_on_its_day() {
        let (mut all, start) = kept(RequestState::Sent, Awaiting::Owner);
        let taken = walk(&mut all, start, 0..60);
        let names = ["sent_reminder", "sent_second_reminder", "sent_escalation", "sent_expiry"];
        assert_eq!(taken, [7, 14, 21, 45].into_iter().zip(names).collect::<Vec<_>>());
    }

    #[test]
    fn after_a_standstill_only_the_last_reminder_goes_and_everybody_still_has_time() {
        let (mut all, start) = kept(RequestState::Sent, Awaiting::Owner);
        let taken = walk(&mut all, start, 50..90);
        assert_eq!(taken, [(50, "sent_second_reminder"), (57, "sent_escalation"), (64, "sent_expiry")]);
        let (mut all, start) = kept(RequestState::Acknowledged, Awaiting::Requester);
        let taken = walk(&mut all, start, 40..90);
        assert_eq!(taken, [(40, "answer_warning"), (45, "answer_withdrawal")]);
        let (mut all, start) = kept(RequestState::Completed, Awaiting::Owner);
        assert_eq!(walk(&mut all, start, 400..500), [(400, "confirmation_reminder"), (400, "follow_ups")]);
    }

    #[test]
    fn a_week_of_standstill_delays_no_more_than_it_lasted() {
        let (mut all, start) = kept(RequestState::Sent, Awaiting::Owner);
        let taken = walk(&mut all, start, (0..6).chain(13..60));
        let names = ["sent_reminder", "sent_second_reminder", "sent_escalation", "sent_expiry"];
        assert_eq!(taken, [13, 20, 27, 45].into_iter().zip(names).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn whenever_the_hub_runs_the_order_is_kept_nothing_is_told_twice_and_the_end_comes(
            down in 0i64..90, long in 0i64..90, draft in any::<bool>(),
        ) {
            let state = if draft { RequestState::Draft } else { RequestState::Sent };
            let (mut all, start) = kept(state, if draft { Awaiting::Requester } else { Awaiting::Owner });
            let order: Vec<&str> = all.iter().map(|kept| kept.deadline.timer).collect();
            let taken = walk(&mut all, start, (0..down).chain(down + long..400));
            let places: Vec<usize> = taken.iter().map(|(_, timer)| order.iter().position(|o| o == timer).unwrap()).collect();
            prop_assert!(places.is_sorted());
            prop_assert!(all.iter().all(|kept| kept.told_at.is_some()));
            let end = taken.last().unwrap();
            let last = if draft { "draft_discard" } else { "sent_expiry" };
            prop_assert_eq!(end.1, last);
            // Nobody is passed over within a few days of being told so.
            prop_assert!(taken.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 7), "{:?}", taken);
        }
    }
}
