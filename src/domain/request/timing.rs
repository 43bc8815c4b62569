//! When each timer of the life cycle's table goes off in this hub: at the table's own times, unless a setting says
//! otherwise. A timer is known by the name of its setting.
use super::{
    DeadlineKind as K, Party, RequestState as S,
    lifecycle::{self, Timer},
};
use crate::domain::{
    calendar::{Delay, Patron},
    mail::LetterKind as L,
    text::Language,
    time::Date,
    word::Word,
};
use std::{collections::BTreeMap, sync::LazyLock};

/// From when a timer's time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From when the request came into its state.
    State,
    /// From when it became the turn of whoever's turn it is, in this state.
    Turn,
    /// From its last change.
    Change,
    /// Again and again from the start or the last check-in, or from the end of a pause.
    CheckIn,
    /// From the second check-in that nobody answered.
    TwoCheckIns,
}

/// One timer of the table.
#[derive(Clone, Debug)]
pub struct Rung {
    /// The name of its setting, and of the timer wherever it is noted.
    pub name: &'static str,
    /// In which state.
    pub state: S,
    /// Only while it waits for this side.
    pub awaiting: Option<Party>,
    /// What happens.
    pub kind: K,
    /// Who has to act, or is acted for.
    pub party: Party,
    /// From when it is counted.
    pub since: Since,
    /// When it goes off; in most timers once.
    pub times: Vec<Delay>,
    /// What the table says of it, in words.
    pub action: &'static str,
    /// The letter that tells of it, where one does.
    pub letter: Option<L>,
}

/// A timer's name, what it is in the table (of several alike, which), and its letter.
type Named = (&'static str, S, Option<Party>, K, usize, Option<L>);
const NAMES: [Named; 18] = [
    ("draft_nudges", S::Draft, None, K::Nudge, 0, Some(L::DraftNudge)),
    ("draft_notice", S::Draft, None, K::Warn, 0, Some(L::DraftDiscardNotice)),
    ("draft_discard", S::Draft, None, K::Discard, 0, None),
    ("sent_reminder", S::Sent, None, K::Remind, 0, Some(L::RequestReminder)),
    ("sent_second_reminder", S::Sent, None, K::Remind, 1, Some(L::RequestReminder)),
    ("sent_escalation", S::Sent, None, K::Escalate, 0, Some(L::RequestStuck)),
    ("sent_expiry", S::Sent, None, K::Expire, 0, None),
    ("decision_reminder", S::Acknowledged, Some(Party::Owner), K::Remind, 0, Some(L::DecisionReminder)),
    ("decision_escalation", S::Acknowledged, Some(Party::Owner), K::Escalate, 0, Some(L::RequestStuck)),
    ("answer_reminders", S::Acknowledged, Some(Party::Requester), K::Remind, 0, Some(L::AnswerReminder)),
    ("answer_warning", S::Acknowledged, Some(Party::Requester), K::Warn, 0, Some(L::NoAnswerNotice)),
    ("answer_withdrawal", S::Acknowledged, Some(Party::Requester), K::Withdraw, 0, None),
    ("start_reminders", S::Accepted, None, K::Remind, 0, Some(L::StartReminder)),
    ("start_escalation", S::Accepted, None, K::Escalate, 0, None),
    ("check_in_every", S::InProgress, None, K::CheckIn, 0, Some(L::CheckInDue)),
    ("check_in_escalation", S::InProgress, None, K::Escalate, 0, None),
    ("confirmation_reminder", S::Completed, None, K::Confirm, 0, Some(L::ConfirmationReminder)),
    ("follow_ups", S::Completed, None, K::FollowUp, 0, Some(L::FollowUpDue)),
];

/// All timers with their times, and whose holidays are what.
#[derive(Clone, Debug)]
pub struct Timing {
    rungs: Vec<Rung>,
    /// How much time everybody gets after a notice that went late, at most.
    pub grace: Delay,
    /// The patron's day of a territory, by its slug.
    pub patrons: BTreeMap<String, Patron>,
}

static TABLE: LazyLock<Vec<Rung>> = LazyLock::new(read);

impl Default for Timing {
    fn default() -> Self {
        Self { rungs: TABLE.clone(), grace: Delay::Days(7), patrons: BTreeMap::new() }
    }
}

/// The name of a timer, as the program holds it.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().map(|(known, ..)| *known).find(|known| *known == name)
}

impl Timing {
    /// The names of all timers.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// All timers.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// The timer of that name.
    #[must_use]
    pub fn rung(&self, name: &str) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.name == name)
    }

    /// After how long the requester is asked how it goes, again and again.
    #[must_use]
    pub fn rhythm(&self) -> Option<Delay> {
        self.rungs.iter().find(|rung| rung.since == Since::CheckIn)?.times.first().copied()
    }

    /// Sets the times of a timer, as `5wd 10wd`: as many as the table has, in a form it reads.
    ///
    /// # Errors
    /// What is wrong with them, in a sentence.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        let rung = self.rungs.iter_mut().find(|rung| rung.name == name).ok_or("there is no such timer")?;
        let times: Option<Vec<Delay>> = text.split([' ', ',']).filter(|t| !t.is_empty()).map(Delay::parse).collect();
        let times = times.ok_or_else(|| format!("{text:?} is not of the form 5wd (working days), 45d (days), 6m"))?;
        if times.len() != rung.times.len() {
            return Err(format!("{} must be given, as in the default", many(rung.times.len())));
        }
        if times.iter().any(|delay| !(1.0..=1100.0).contains(&rough(*delay))) {
            return Err("each must be at least a day and at most three years".to_owned());
        }
        if !times.is_sorted_by(|one, next| rough(*one) < rough(*next)) {
            return Err("the shorter must come first".to_owned());
        }
        if rung.kind == K::FollowUp && !times.iter().all(|delay| matches!(delay, Delay::Months(_))) {
            return Err("they must be months, as 6m".to_owned());
        }
        rung.times = times;
        Ok(())
    }

    /// Reads how much time everybody gets after a notice that went late.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn grace(text: &str) -> Result<Delay, String> {
        let delay = Delay::parse(text).filter(|delay| (0.0..=60.0).contains(&rough(*delay)));
        delay.ok_or_else(|| format!("{text:?} is not a time of at most 60 days, as 7d or 5wd"))
    }

    /// Reads patron's days, as `bari=12-06 troia=07-18`.
    ///
    /// # Errors
    /// What is wrong with them, in a sentence.
    pub fn patrons(text: &str) -> Result<BTreeMap<String, Patron>, String> {
        let day = |text: &str| {
            // Of a leap year, so that the 29th of February is a day.
            let day: Date = format!("2024-{text}").parse().ok()?;
            Some((day.month(), day.day()))
        };
        let pair = |pair: &str| {
            let (slug, at) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is not a slug, = and MM-DD"))?;
            Ok((slug.to_owned(), day(at).ok_or_else(|| format!("{at:?} is not a day as 12-06"))?))
        };
        text.split([' ', ',']).filter(|text| !text.is_empty()).map(pair).collect()
    }

    /// Whether whoever is to act is reminded first, then helped, and only then passed over. Otherwise the timer that
    /// comes too early.
    ///
    /// # Errors
    /// Its name and after which other it must come.
    pub fn in_order(&self) -> Result<(), (&'static str, &'static str)> {
        for rung in self.rungs.iter().filter(|rung| !matches!(rung.kind, K::Confirm | K::FollowUp | K::CheckIn)) {
            let before = NAMES.iter().take_while(|(name, ..)| *name != rung.name);
            for (name, ..) in before {
                let Some(other) = self.rung(name).filter(|other| follows(rung, other)) else { continue };
                if other.times.last().map(|d| rough(*d)) >= rung.times.first().map(|d| rough(*d)) {
                    return Err((rung.name, other.name));
                }
            }
        }
        Ok(())
    }

    /// Each timer's times as letters say them: `5 e 10 giorni lavorativi`.
    #[must_use]
    pub fn said(&self, language: Language) -> BTreeMap<&'static str, String> {
        self.rungs.iter().map(|rung| (rung.name, said(&rung.times, language))).collect()
    }
}

fn follows(rung: &Rung, other: &Rung) -> bool {
    rung.state == other.state && rung.awaiting == other.awaiting && rung.since != Since::TwoCheckIns
}

fn many(count: usize) -> String {
    if count == 1 { "one time".to_owned() } else { format!("{count} times") }
}

/// About how many days that is, to compare.
fn rough(delay: Delay) -> f64 {
    let (n, days) = match delay {
        Delay::WorkingDays(n) => (n, 1.4),
        Delay::Days(n) => (n, 1.0),
        Delay::Months(n) => (n, 30.4),
    };
    i32::try_from(n).map_or(f64::INFINITY, |n| f64::from(n) * days)
}

fn said(times: &[Delay], language: Language) -> String {
    let mut text = String::new();
    for (i, delay) in times.iter().enumerate() {
        if i > 0 {
            text.push_str(if i + 1 < times.len() { ", " } else { language.pick(" e ", " and ") });
        }
        let (n, one, more) = match delay {
            Delay::WorkingDays(n) => (n, ("giorno lavorativo", "working day"), ("giorni lavorativi", "working days")),
            Delay::Days(n) => (n, ("giorno", "day"), ("giorni", "days")),
            Delay::Months(n) => (n, ("mese", "month"), ("mesi", "months")),
        };
        text.push_str(&n.to_string());
        // Said once where the next is of the same sort.
        let same = times.get(i + 1).is_some_and(|next| std::mem::discriminant(next) == std::mem::discriminant(delay));
        if !same {
            let (it, en) = if *n == 1 { one } else { more };
            text.push(' ');
            text.push_str(language.pick(it, en));
        }
    }
    text
}

/// The first word of a timer's action says what it does.
fn kind_of(action: &str) -> Option<K> {
    match action.split([' ', ':']).next()? {
        "nudge" => Some(K::Nudge),
        "discard" => Some(K::Discard),
        "remind" => Some(K::Remind),
        "task" => Some(K::Escalate),
        "expire" => Some(K::Expire),
        "withdraw" => Some(K::Withdraw),
        "one-click" => Some(K::CheckIn),
        "owner" => Some(K::Confirm),
        "still" => Some(K::FollowUp),
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

/// A time as the table writes it, and from when it counts.
fn time_of(timer: &Timer, at: &str) -> Option<(Since, Delay)> {
    let plain = if timer.awaiting.is_some() { Since::Turn } else { Since::State };
    if let Some(delay) = at.strip_suffix(" idle") {
        return Some((Since::Change, Delay::parse(delay)?));
    }
    if let Some(every) = at.strip_prefix("every ") {
        return Some((Since::CheckIn, Delay::parse(every.split([',', ' ']).next()?)?));
    }
    if let Some(delay) = at.strip_suffix(" after two unanswered check-ins") {
        return Some((Since::TwoCheckIns, Delay::parse(delay)?));
    }
    Some((plain, Delay::parse(at)?))
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

/// The table's timers, and the warnings that two of them speak of.
fn read() -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for timer in lifecycle::timers() {
        let times: Vec<(Since, Delay)> = timer.at.iter().filter_map(|at| time_of(timer, at)).collect();
        let (Some(kind), Some((since, _))) = (kind_of(&timer.action), times.first().copied()) else { continue };
        let times = times.into_iter().map(|(_, delay)| delay).collect();
        let timers = [(kind, party_of(&timer.action), times)];
        let warning = warning_of(timer).map(|delay| (K::Warn, Party::Requester, vec![delay]));
        for (kind, party, times) in warning.into_iter().chain(timers) {
            let alike = |r: &&Rung| (r.state, r.awaiting, r.kind) == (timer.state, timer.awaiting, kind);
            let nth = rungs.iter().filter(alike).count();
            let named = NAMES.iter().find(|(_, state, awaiting, what, n, _)| {
                (*state, *awaiting, *what, *n) == (timer.state, timer.awaiting, kind, nth)
            });
            let Some((name, .., letter)) = named else { continue };
            let (state, awaiting, action, letter) = (timer.state, timer.awaiting, timer.action.as_str(), *letter);
            rungs.push(Rung { name, state, awaiting, kind, party, since, times, action, letter });
        }
    }
    rungs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_timer_of_the_table_has_a_name_and_every_name_a_timer() {
        let timing = Timing::default();
        let mut named: Vec<_> = timing.rungs().iter().map(|rung| rung.name).collect();
        named.sort_unstable();
        let mut names: Vec<_> = Timing::names().collect();
        names.sort_unstable();
        assert_eq!(named, names);
        let times = |of: &Timer| of.at.len() + usize::from(warning_of(of).is_some());
        let all: usize = lifecycle::timers().iter().map(times).sum();
        assert_eq!(timing.rungs().iter().map(|rung| rung.times.len()).sum::<usize>(), all);
        timing.in_order().unwrap();
    }

    #[test]
    fn times_are_set_in_their_one_form_and_order() {
        let mut timing = Timing::default();
        timing.set("answer_reminders", "3wd, 8d").unwrap();
        assert_eq!(timing.rung("answer_reminders").unwrap().times, [Delay::WorkingDays(3), Delay::Days(8)]);
        for (name, wrong) in [
            ("answer_reminders", "3wd"),
            ("answer_reminders", "8d 3wd"),
            ("sent_expiry", "soon"),
            ("sent_expiry", "0d"),
            ("sent_expiry", "9999d"),
            ("follow_ups", "180d 365d"),
            ("lunch", "1d"),
        ] {
            assert!(timing.set(name, wrong).is_err(), "{name}={wrong}");
        }
        timing.set("sent_expiry", "15d").unwrap();
        assert_eq!(timing.in_order(), Err(("sent_expiry", "sent_escalation")));
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let mut timing = Timing::default();
        let (it, en) = (timing.said(Language::It), timing.said(Language::En));
        assert_eq!(
            (&*it["answer_reminders"], &*en["answer_reminders"]),
            ("5 e 10 giorni lavorativi", "5 and 10 working days")
        );
        assert_eq!((&*it["follow_ups"], &*it["sent_expiry"]), ("6 e 12 mesi", "45 giorni"));
        timing.set("answer_reminders", "1wd 8d").unwrap();
        assert_eq!(timing.said(Language::It)["answer_reminders"], "1 giorno lavorativo e 8 giorni");
    }
}
