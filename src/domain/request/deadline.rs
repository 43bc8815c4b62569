//! By when somebody has to act, as data: read off the timers of the life cycle's table for a state and a turn.
//! Nothing fires from here.
use super::{Awaiting, Party, Request, RequestState, lifecycle, lifecycle::Timer};
use crate::domain::{
    calendar::{Delay, Patron, start_of},
    time::Ts,
    word::Word,
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
}

/// The first word of a timer's action says what it does.
fn kind_of(action: &str) -> Option<DeadlineKind> {
    match action.split([' ', ':']).next()? {
        "nudge" => Some(DeadlineKind::Nudge),
        "discard" => Some(DeadlineKind::Discard),
        "remind" => Some(DeadlineKind::Remind),
        "task" => Some(DeadlineKind::Escalate),
        "expire" => Some(DeadlineKind::Expire),
        "withdraw" => Some(DeadlineKind::Withdraw),
        "one-click" => Some(DeadlineKind::CheckIn),
        "owner" => Some(DeadlineKind::Confirm),
        "still" => Some(DeadlineKind::FollowUp),
        _ => None,
    }
}

/// Whom a timer's action speaks of first; the hub where it speaks of nobody.
fn party_of(action: &str) -> Party {
    let named = action.split(|c: char| !c.is_ascii_alphabetic()).find_map(|word| match word {
        "author" | "requester" | "both" => Some(Party::Requester),
        "owner" => Some(Party::Owner),
        "facilitator" => Some(Party::Facilitator),
        _ => None,
    });
    named.unwrap_or(Party::System)
}

/// When the hub tells that it will soon act by itself: "…, warned at 25d" in the timer, or `letter>recipient@83d` in
/// the step it will take.
fn warning_of(timer: &Timer) -> Option<Delay> {
    if let Some((_, delay)) = timer.action.split_once("warned at ") {
        return Delay::parse(delay);
    }
    let lines = lifecycle::transitions().iter().filter(|line| line.from == Some(timer.state));
    let of_action = lines.filter(|line| line.event.as_str() == timer.action);
    of_action.flat_map(|line| &line.mail).find_map(|mail| Delay::parse(mail.split_once('@')?.1))
}

/// The moments a timer stands for, in the life of this request.
fn moments(timer: &Timer, at: &str, request: &Request, patron: Option<Patron>) -> Vec<Ts> {
    let since = if timer.awaiting.is_some() { request.awaiting_since } else { request.state_since };
    if let Some(delay) = at.strip_suffix(" idle") {
        return Delay::parse(delay).map(|delay| delay.after(request.updated_at, patron)).into_iter().collect();
    }
    if at.starts_with("every ") {
        return check_in(timer, request, patron).into_iter().collect();
    }
    if let Some((delay, _)) = at.split_once(" after two unanswered check-ins") {
        let rhythm = lifecycle::timers().iter().find(|other| rhythm_of(other).is_some());
        let second = rhythm.and_then(|timer| Some(rhythm_of(timer)?.after(check_in(timer, request, patron)?, patron)));
        return second.and_then(|second| Some(Delay::parse(delay)?.after(second, patron))).into_iter().collect();
    }
    let mut due = Delay::parse(at).map(|delay| delay.after(since, patron));
    if kind_of(&timer.action) == Some(DeadlineKind::Expire) {
        due = due.map(|due| Delay::Days(request.extended_days).after(due, patron));
    }
    due.into_iter().collect()
}

fn rhythm_of(timer: &Timer) -> Option<Delay> {
    let every = timer.at.iter().find_map(|at| at.strip_prefix("every "))?;
    Delay::parse(every.split([',', ' ']).next()?)
}

/// When the next check-in is due: after the rhythm's length since the last one or since the start, or when the pause
/// ends.
fn check_in(timer: &Timer, request: &Request, patron: Option<Patron>) -> Option<Ts> {
    if let Some(resume) = request.paused_until {
        return Some(start_of(resume));
    }
    let since = request.checked_in_at.map_or(request.state_since, |at| at.max(request.state_since));
    Some(rhythm_of(timer)?.after(since, patron))
}

fn side(party: Party) -> Option<Awaiting> {
    match party {
        Party::Owner => Some(Awaiting::Owner),
        Party::Requester => Some(Awaiting::Requester),
        _ => None,
    }
}

/// All deadlines of the request as it stands, the earliest first.
#[must_use]
pub fn of(request: &Request, patron: Option<Patron>) -> Vec<Deadline> {
    let mut all = Vec::new();
    let timers = lifecycle::timers().iter().filter(|timer| timer.state == request.state);
    for timer in timers.filter(|timer| timer.awaiting.is_none_or(|party| side(party) == Some(request.awaiting))) {
        let Some(kind) = kind_of(&timer.action) else { continue };
        let answered = kind == DeadlineKind::Confirm && request.confirmation.is_some();
        if answered {
            continue;
        }
        for at in &timer.at {
            if kind == DeadlineKind::FollowUp
                && request.follow_ups.iter().any(|done| at == &format!("{}m", done.months))
            {
                continue;
            }
            let party = party_of(&timer.action);
            all.extend(moments(timer, at, request, patron).into_iter().map(|due_at| Deadline { kind, due_at, party }));
        }
        if let Some(warning) = warning_of(timer) {
            let idle = timer.at.iter().any(|at| at.ends_with(" idle"));
            let since = match timer.awaiting {
                _ if idle => request.updated_at,
                Some(_) => request.awaiting_since,
                None => request.state_since,
            };
            all.push(Deadline {
                kind: DeadlineKind::Warn,
                due_at: warning.after(since, patron),
                party: Party::Requester,
            });
        }
    }
    all.sort_by_key(|deadline| (deadline.due_at, deadline.kind));
    all
}

/// What is still to come after a step taken at `now`: of those due already, only what was waiting before (`old`), so
/// that a reminder that fired does not fire again.
#[must_use]
pub fn renewed(request: &Request, old: &[Deadline], now: Ts, patron: Option<Patron>) -> Vec<Deadline> {
    let mut all = of(request, patron);
    all.retain(|deadline| deadline.due_at > now || old.contains(deadline));
    all
}

/// When the request expires, by the table; only for sent ones.
#[must_use]
pub fn expiry(request: &Request) -> Option<Ts> {
    of(request, None).into_iter().find(|deadline| deadline.kind == DeadlineKind::Expire).map(|deadline| deadline.due_at)
}

/// When the hub throws an idle draft away.
#[must_use]
pub fn discard(request: &Request) -> Option<Ts> {
    of(request, None)
        .into_iter()
        .find(|deadline| deadline.kind == DeadlineKind::Discard)
        .map(|deadline| deadline.due_at)
}

/// The months after the completion of the last "still running?" whose time has come, by the table.
#[must_use]
pub fn follow_up_due(request: &Request, now: Ts) -> Option<i64> {
    let timers = lifecycle::timers().iter();
    let asked =
        timers.filter(|t| t.state == RequestState::Completed && kind_of(&t.action) == Some(DeadlineKind::FollowUp));
    let delays = asked.flat_map(|timer| &timer.at).filter_map(|at| Delay::parse(at));
    let due = delays.filter(|delay| delay.after(request.state_since, None) <= now);
    due.filter_map(|delay| if let Delay::Months(months) = delay { Some(months) } else { None }).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::{FollowUp, Vitality, tests::sent};

    fn shown(request: &Request) -> Vec<String> {
        let line = |d: Deadline| format!("{} {} {}", d.due_at.date_in_italy(), d.kind.as_str(), d.party.as_str());
        of(request, None).into_iter().map(line).collect()
    }

    #[test]
    fn every_timer_of_the_table_is_understood() {
        for timer in lifecycle::timers() {
            assert!(kind_of(&timer.action).is_some(), "{}", timer.action);
            let mut request = sent();
            (request.state, request.awaiting) =
                (timer.state, timer.awaiting.and_then(side).unwrap_or(Awaiting::Nobody));
            for at in &timer.at {
                assert_eq!(moments(timer, at, &request, None).len(), 1, "{at}");
            }
        }
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
        assert_eq!(follow_up_due(&request, at.plus_days(100)), None);
        assert_eq!(follow_up_due(&request, at.plus_days(190)), Some(6));
        assert_eq!(follow_up_due(&request, at.plus_days(400)), Some(12));
        request.follow_ups.push(FollowUp { months: 6, vitality: Vitality::Active, note: String::new(), at });
        assert_eq!(shown(&request).len(), 2);
    }

    #[test]
    fn what_fired_does_not_come_back() {
        let request = sent();
        let all = of(&request, None);
        let later = request.state_since.plus_days(10);
        assert_eq!(renewed(&request, &[], later, None).len(), 3);
        assert_eq!(renewed(&request, &all, later, None), all);
    }
}
