//! By when somebody has to act, as data: read off the timers for a state and a turn. Nothing fires from here; see
//! `ladder` for what does, and in which order.
use super::{
    Awaiting, FollowUp, Party, Request,
    timing::{Rung, Since, Timing},
};
use crate::domain::{
    calendar::{Delay, Patron, start_of},
    time::Ts,
};

words! {
    /// What happens when the time comes.
    enum DeadlineKind {
        /// The author is reminded of the draft.
        Nudge = "NUDGE",
        /// It is told that something will happen by itself soon.
        Warn = "WARN",
        /// The draft is thrown away.
        Discard = "DISCARD",
        /// Whoever's turn it is is reminded.
        Remind = "REMIND",
        /// The facilitator steps in.
        Escalate = "ESCALATE",
        /// The request expires.
        Expire = "EXPIRE",
        /// The request is withdrawn for want of an answer.
        Withdraw = "WITHDRAW",
        /// The requester is asked how it goes.
        CheckIn = "CHECK_IN",
        /// The owner is asked to confirm the outcome.
        Confirm = "CONFIRM",
        /// The requester is asked whether it still runs.
        FollowUp = "FOLLOW_UP",
    }
}

/// One deadline of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What happens then.
    pub kind: DeadlineKind,
    /// When.
    pub due_at: Ts,
    /// Who has to act, or is acted for.
    pub party: Party,
    /// The name of its timer; empty where it was noted before timers had names.
    pub timer: &'static str,
}

impl DeadlineKind {
    /// Whether the hub then takes a step by itself, which ends the waiting.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(self, Self::Discard | Self::Expire | Self::Withdraw)
    }
}

/// The moments a timer stands for, in the life of this request.
fn moments(rung: &Rung, request: &Request, timing: &Timing, patron: Option<Patron>) -> Vec<Ts> {
    let since = match rung.since {
        Since::State => request.state_since,
        // The turn may be the same side's as in the state before.
        Since::Turn => request.awaiting_since.max(request.state_since),
        Since::Change => request.updated_at,
        Since::CheckIn => return check_in(request, timing, patron).into_iter().collect(),
        Since::TwoCheckIns => {
            let second =
                check_in(request, timing, patron).zip(timing.rhythm()).map(|(at, every)| every.after(at, patron));
            return rung.times.iter().filter_map(|delay| Some(delay.after(second?, patron))).collect();
        }
    };
    let more = if rung.kind == DeadlineKind::Expire { request.extended_days } else { 0 };
    rung.times.iter().map(|delay| Delay::Days(more).after(delay.after(since, patron), patron)).collect()
}

/// When the first check-in is due: after the rhythm's length since the last one or since the start, or when the pause
/// ends.
fn check_in(request: &Request, timing: &Timing, patron: Option<Patron>) -> Option<Ts> {
    if let Some(resume) = request.paused_until {
        return Some(start_of(resume));
    }
    let since = request.checked_in_at.map_or(request.state_since, |at| at.max(request.state_since));
    Some(timing.rhythm()?.after(since, patron))
}

/// The check-in after the one that was due at `due` and that nobody has answered: the first that is still to come.
#[must_use]
pub fn next_check_in(due: Ts, now: Ts, timing: &Timing, patron: Option<Patron>) -> Option<Ts> {
    let every = timing.rhythm()?;
    let mut next = every.after(due, patron);
    while next <= now {
        next = every.after(next, patron);
    }
    Some(next)
}

fn side(party: Party) -> Option<Awaiting> {
    match party {
        Party::Owner => Some(Awaiting::Owner),
        Party::Requester => Some(Awaiting::Requester),
        _ => None,
    }
}

/// All deadlines of the request as it stands, the earliest first. `patron` is the holiday of whoever's turn it is.
#[must_use]
pub fn of(request: &Request, timing: &Timing, patron: Option<Patron>) -> Vec<Deadline> {
    let mut all = Vec::new();
    let rungs = timing.rungs().iter().filter(|rung| rung.state == request.state);
    for rung in rungs.filter(|rung| rung.awaiting.is_none_or(|party| side(party) == Some(request.awaiting))) {
        let Rung { kind, party, name: timer, .. } = *rung;
        if kind == DeadlineKind::Confirm && request.confirmation.is_some() {
            continue;
        }
        for (delay, due_at) in rung.times.iter().zip(moments(rung, request, timing, patron)) {
            let answered = |done: &FollowUp| *delay == Delay::Months(done.months);
            if kind == DeadlineKind::FollowUp && request.follow_ups.iter().any(answered) {
                continue;
            }
            all.push(Deadline { kind, due_at, party, timer });
        }
    }
    all.sort_by_key(|deadline| (deadline.due_at, deadline.kind));
    all
}

/// What is still to come after a step taken at `now`: of those due already, only what was waiting before (`old`), so
/// that a reminder that fired does not fire again, and what ends the waiting.
#[must_use]
pub fn renewed(request: &Request, old: &[Deadline], now: Ts, timing: &Timing, patron: Option<Patron>) -> Vec<Deadline> {
    let mut all = of(request, timing, patron);
    let waiting = |d: &Deadline| old.iter().any(|old| (old.kind, old.due_at) == (d.kind, d.due_at));
    all.retain(|deadline| deadline.due_at > now || deadline.kind.ends() || waiting(deadline));
    // While nobody has checked in, those after the first stay too.
    let asked = |d: &Deadline| d.kind == DeadlineKind::CheckIn;
    if let Some(first) = all.iter().find(|d| asked(d) && waiting(d)).map(|first| first.due_at) {
        all.extend(old.iter().filter(|old| asked(old) && old.due_at > first).cloned());
    }
    all.sort_by_key(|deadline| (deadline.due_at, deadline.kind));
    all
}

/// When the hub takes this step by itself, by its timers; none where the request's state or turn has no such timer.
#[must_use]
pub fn end(request: &Request, kind: DeadlineKind, timing: &Timing) -> Option<Ts> {
    of(request, timing, None).into_iter().find(|deadline| deadline.kind == kind).map(|deadline| deadline.due_at)
}

/// The months after the completion of the last "still running?" whose time has come.
#[must_use]
pub fn follow_up_due(request: &Request, now: Ts, timing: &Timing) -> Option<i64> {
    let rungs = timing.rungs().iter().filter(|rung| rung.kind == DeadlineKind::FollowUp && rung.state == request.state);
    let due = rungs.flat_map(|rung| &rung.times).filter(|delay| delay.after(request.state_since, None) <= now);
    due.filter_map(|delay| if let Delay::Months(months) = delay { Some(*months) } else { None }).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        request::{RequestState, Vitality, tests::sent},
        word::Word,
    };

    fn of(request: &Request, patron: Option<Patron>) -> Vec<Deadline> {
        super::of(request, &Timing::default(), patron)
    }

    fn shown(request: &Request) -> Vec<String> {
        let line = |d: Deadline| format!("{} {} {}", d.due_at.date_in_italy(), d.kind.as_str(), d.party.as_str());
        of(request, None).into_iter().map(line).collect()
    }

    #[test]
    fn a_sent_request_is_reminded_of_three_times_and_expires() {
        let mut request = sent();
        let expected = [
            "2026-03-09 REMIND OWNER",
            "2026-03-16 REMIND OWNER",
            "2026-03-23 ESCALATE FACILITATOR",
            "2026-04-16 EXPIRE SYSTEM",
        ];
        assert_eq!(shown(&request), expected);
        request.extended_days = 30;
        assert_eq!(shown(&request)[3], "2026-05-16 EXPIRE SYSTEM");
    }

    #[test]
    fn the_turn_decides_what_is_due_while_the_owner_decides() {
        let mut request = sent();
        (request.state, request.awaiting) = (RequestState::Acknowledged, Awaiting::Owner);
        assert_eq!(shown(&request), ["2026-03-16 REMIND OWNER", "2026-03-30 ESCALATE FACILITATOR"]);
        request.turn_to(Awaiting::Requester, request.updated_at.plus_days(1));
        let expected = [
            "2026-03-10 REMIND REQUESTER",
            "2026-03-17 REMIND REQUESTER",
            "2026-03-28 WARN REQUESTER",
            "2026-04-02 WITHDRAW SYSTEM",
        ];
        assert_eq!(shown(&request), expected);
    }

    #[test]
    fn an_edited_draft_lives_longer_and_its_end_is_announced() {
        let mut request = sent();
        (request.state, request.awaiting) = (RequestState::Draft, Awaiting::Requester);
        request.updated_at = request.updated_at.plus_days(2);
        let expected = [
            "2026-03-09 NUDGE REQUESTER",
            "2026-03-23 NUDGE REQUESTER",
            "2026-05-26 WARN REQUESTER",
            "2026-06-02 DISCARD SYSTEM",
        ];
        assert_eq!(shown(&request), expected);
    }

    #[test]
    fn a_check_in_is_due_every_sixty_days_or_when_the_pause_ends() {
        let mut request = sent();
        request.state = RequestState::InProgress;
        assert_eq!(shown(&request), ["2026-05-01 CHECK_IN REQUESTER", "2026-07-30 ESCALATE FACILITATOR"]);
        request.checked_in_at = Some(request.state_since.plus_days(10));
        assert_eq!(shown(&request)[0], "2026-05-11 CHECK_IN REQUESTER");
        request.paused_until = Some("2026-08-01".parse().unwrap());
        assert_eq!(shown(&request), ["2026-08-01 CHECK_IN REQUESTER", "2026-10-30 ESCALATE FACILITATOR"]);
    }

    #[test]
    fn what_was_answered_is_no_longer_due() {
        let mut request = sent();
        request.state = RequestState::Completed;
        let six = "2026-09-02 FOLLOW_UP REQUESTER";
        assert_eq!(shown(&request), ["2026-04-01 CONFIRM OWNER", six, "2027-03-02 FOLLOW_UP REQUESTER"]);
        let at = request.state_since;
        assert_eq!(follow_up_due(&request, at.plus_days(100), &Timing::default()), None);
        assert_eq!(follow_up_due(&request, at.plus_days(190), &Timing::default()), Some(6));
        assert_eq!(follow_up_due(&request, at.plus_days(400), &Timing::default()), Some(12));
        request.follow_ups.push(FollowUp { months: 6, vitality: Vitality::Active, note: String::new(), at });
        assert_eq!(shown(&request).len(), 2);
    }

    #[test]
    fn what_fired_does_not_come_back() {
        let request = sent();
        let all = of(&request, None);
        let later = request.state_since.plus_days(10);
        let timing = Timing::default();
        assert_eq!(renewed(&request, &[], later, &timing, None).len(), 3);
        assert_eq!(renewed(&request, &all, later, &timing, None), all);
        // What ends the waiting is never lost, however late it is.
        let ends: Vec<_> =
            renewed(&request, &[], later.plus_days(100), &timing, None).into_iter().map(|d| d.kind).collect();
        assert_eq!(ends, [DeadlineKind::Expire]);
    }
}
