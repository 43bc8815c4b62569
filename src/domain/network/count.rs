//! As what a request, or a copy that no request brought, counts in the network; and what a step takes from the sums and
//! adds to them.
use crate::domain::{
    id::{RequestId, TerritoryId},
    request::{Request, RequestState, Vitality},
    time::{Month, Ts},
};
use std::collections::BTreeMap;

/// The states that count, in the order of [`Counts::states`]: nobody but the requester knows of a draft.
pub const STATES: [RequestState; 9] = [
    RequestState::Sent,
    RequestState::Acknowledged,
    RequestState::Accepted,
    RequestState::InProgress,
    RequestState::Completed,
    RequestState::Declined,
    RequestState::Withdrawn,
    RequestState::Expired,
    RequestState::Interrupted,
];

/// The field of a practice that had none when it was asked for.
pub const NO_FIELD: &str = "-";

/// Sums over requests, or how these change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests by the state they stand in, in the order of [`STATES`].
    pub states: [i64; 9],
    /// Copies: completed requests that left one, and those that no request brought.
    pub replications: i64,
    /// Messages in the requests' conversations.
    pub messages: i64,
    /// Requests and copies that are made up.
    pub illustrative: i64,
    /// Copies of which it is known whether they ran after 6 and after 12 months.
    pub known: [i64; 2],
    /// Of these, those that ran.
    pub running: [i64; 2],
}

impl Counts {
    /// Requests in whatever state.
    #[must_use]
    pub fn requests(&self) -> i64 {
        self.states.iter().sum()
    }

    /// Whether anything passed: a request or a copy.
    #[must_use]
    pub fn is_an_exchange(&self) -> bool {
        self.requests() > 0 || self.replications > 0
    }

    /// Requests that stand in this state.
    #[must_use]
    pub fn of(&self, state: RequestState) -> i64 {
        STATES.iter().zip(self.states).filter(|(one, _)| **one == state).map(|(_, n)| n).sum()
    }

    /// Adds `other`, `times` times.
    pub fn add(&mut self, other: &Self, times: i64) {
        let into = self.states.iter_mut().chain(&mut self.known).chain(&mut self.running);
        let from = other.states.iter().chain(&other.known).chain(&other.running);
        into.zip(from).for_each(|(sum, n)| *sum += times * n);
        self.replications += times * other.replications;
        self.messages += times * other.messages;
        self.illustrative += times * other.illustrative;
    }
}

/// Between whom, in which month and field: the finest cell that is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Who asked.
    pub requester: TerritoryId,
    /// Who was asked.
    pub owner: TerritoryId,
    /// Province of who was asked.
    pub province: String,
    /// Month of the first sending, see [`Month::number`].
    pub month: i64,
    /// Code of the practice's primary field then, or [`NO_FIELD`].
    pub field: String,
}

/// As what a request is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Which.
    pub request: RequestId,
    /// Who asked.
    pub requester: TerritoryId,
    /// Who was asked.
    pub owner: TerritoryId,
    /// Month of the first sending.
    pub month: i64,
    /// Field of the practice then.
    pub field: String,
    /// Where it stands.
    pub state: RequestState,
    /// Days of the calendar from the first sending to yes or no, once that was said.
    pub answered_days: Option<i64>,
    /// Messages in its conversation.
    pub messages: i64,
    /// Whether it left a copy.
    pub replicated: bool,
    /// Whether it is made up.
    pub illustrative: bool,
    /// How the copy fared after 6 months.
    pub vitality_6: Option<Vitality>,
    /// How it fared after 12.
    pub vitality_12: Option<Vitality>,
}

impl Counted {
    /// A request that was just sent for the first time, as it is counted from now on.
    #[must_use]
    pub fn sent(request: &Request, sent_at: Ts, field: Option<String>, messages: i64) -> Self {
        Self {
            request: request.id,
            requester: request.requester,
            owner: request.owner,
            month: Month::of(sent_at.date_in_italy()).number(),
            field: field.unwrap_or_else(|| NO_FIELD.to_owned()),
            state: request.state,
            answered_days: None,
            messages,
            replicated: false,
            illustrative: request.illustrative,
            vitality_6: None,
            vitality_12: None,
        }
    }

    /// As what it counts where it stands now; `answered_at` is when its owner first said yes or no.
    #[must_use]
    pub fn now(&self, request: &Request, answered_at: Option<Ts>) -> Self {
        let after = |months| request.follow_ups.iter().find(|f| f.months == months).map(|f| f.vitality);
        let days = |at: Ts| {
            let sent = request.sent_at.unwrap_or(at).date_in_italy();
            sent.until(at.date_in_italy()).map_or(0, |span| i64::from(span.get_days())).max(0)
        };
        let left_a_copy = request.outcome.as_ref().is_some_and(|outcome| outcome.result.leaves_a_copy());
        Self {
            state: request.state,
            answered_days: self.answered_days.or_else(|| answered_at.map(days)),
            replicated: request.state == RequestState::Completed && left_a_copy,
            vitality_6: after(6),
            vitality_12: after(12),
            ..self.clone()
        }
    }

    /// What it adds to the sums.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let known = [self.vitality_6, self.vitality_12];
        Counts {
            states: STATES.map(|state| i64::from(state == self.state)),
            replications: self.replicated.into(),
            messages: self.messages,
            illustrative: self.illustrative.into(),
            known: known.map(|vitality| vitality.is_some().into()),
            running: known.map(|vitality| vitality.is_some_and(|v| v != Vitality::Ceased).into()),
        }
    }
}

/// What changes in the sums by one transaction. Cells come in one order for everybody, so that two who change the same
/// wait for each other and never for ever.
#[derive(Debug, Default)]
pub struct Delta {
    /// By cell: what is added, and when something last happened there.
    pub cells: BTreeMap<Cell, (Counts, Ts)>,
    /// By cell and days of waiting: so many answers more.
    pub answers: BTreeMap<(Cell, i64), i64>,
}

impl Delta {
    /// Puts what counts as `new` in the place of what counted as `old`.
    pub fn replace(&mut self, cell: &Cell, old: Option<&Counted>, new: Option<&Counted>, at: Ts) {
        let mut change = Counts::default();
        old.map(Counted::counts).iter().for_each(|counts| change.add(counts, -1));
        new.map(Counted::counts).iter().for_each(|counts| change.add(counts, 1));
        self.add(cell, &change, at);
        let (before, after) = (old.and_then(|old| old.answered_days), new.and_then(|new| new.answered_days));
        if before != after {
            for (days, n) in [(before, -1), (after, 1)] {
                if let Some(days) = days {
                    *self.answers.entry((cell.clone(), days)).or_default() += n;
                }
            }
        }
    }

    /// Adds to a cell.
    pub fn add(&mut self, cell: &Cell, change: &Counts, at: Ts) {
        let (sum, last) = self.cells.entry(cell.clone()).or_insert((Counts::default(), at));
        sum.add(change, 1);
        *last = at.max(*last);
    }

    /// Whether nothing has changed, not even when something last happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.answers.is_empty()
    }

    /// The sums by coarser keys.
    #[must_use]
    pub fn grouped<K: Ord>(&self, keys: impl Fn(&Cell) -> Vec<K>) -> BTreeMap<K, (Counts, Ts)> {
        let mut groups: BTreeMap<K, (Counts, Ts)> = BTreeMap::new();
        for (cell, (counts, at)) in &self.cells {
            for key in keys(cell) {
                let (sum, last) = groups.entry(key).or_insert((Counts::default(), *at));
                sum.add(counts, 1);
                *last = (*last).max(*at);
            }
        }
        groups
    }

    /// The answers by coarser keys and days, without those that came to nothing.
    #[must_use]
    pub fn answers_grouped<K: Ord>(&self, keys: impl Fn(&Cell) -> Vec<K>) -> BTreeMap<(K, i64), i64> {
        let mut groups: BTreeMap<(K, i64), i64> = BTreeMap::new();
        for ((cell, days), n) in &self.answers {
            for key in keys(cell) {
                *groups.entry((key, *days)).or_default() += n;
            }
        }
        groups.retain(|_, n| *n != 0);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn cell() -> Cell {
        let id = |n| TerritoryId::of(Uuid::from_u128(n));
        Cell { requester: id(1), owner: id(2), province: "BA".into(), month: 24_312, field: "SOCIO_EDU".into() }
    }

    fn counted(state: RequestState) -> Counted {
        Counted {
            request: RequestId::of(Uuid::from_u128(3)),
            requester: cell().requester,
            owner: cell().owner,
            month: cell().month,
            field: cell().field,
            state,
            answered_days: None,
            messages: 2,
            replicated: false,
            illustrative: false,
            vitality_6: None,
            vitality_12: None,
        }
    }

    #[test]
    fn a_step_takes_a_request_from_one_state_and_puts_it_into_another() {
        let (sent, mut accepted) = (counted(RequestState::Sent), counted(RequestState::Accepted));
        accepted.answered_days = Some(6);
        let (at, mut delta) = (Ts::from_micros(7).unwrap(), Delta::default());
        delta.replace(&cell(), Some(&sent), Some(&accepted), at);
        let (counts, last) = delta.cells[&cell()];
        assert_eq!((counts.states[0], counts.states[2], counts.messages, last), (-1, 1, 0, at));
        assert_eq!(counts.requests(), 0);
        assert_eq!(delta.answers_grouped(|cell| vec![cell.month]), BTreeMap::from([((24_312, 6), 1)]));
        // The same again changes no sum.
        let mut again = Delta::default();
        again.replace(&cell(), Some(&accepted), Some(&accepted), at);
        assert!(again.cells[&cell()].0 == Counts::default() && again.answers.is_empty());
    }

    #[test]
    fn what_ran_in_another_form_still_runs() {
        let of = |vitality| Counted { vitality_6: Some(vitality), ..counted(RequestState::Completed) }.counts();
        let (changed, ceased) = (of(Vitality::Changed), of(Vitality::Ceased));
        assert_eq!((changed.known, changed.running), ([1, 0], [1, 0]));
        assert_eq!((ceased.known, ceased.running), ([1, 0], [0, 0]));
    }
}
