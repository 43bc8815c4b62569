//! What the life cycle's table says must be mailed, read from the JSON by the test itself: a request as a few days and
//! words, with nothing of the program's own timers.
use innesto::domain::{
    calendar::{Delay, Patron, add_working_days},
    time::{Date, Ts},
};
use serde_json::Value;
use std::sync::LazyLock;

static TABLE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../src/domain/request/lifecycle.json")).unwrap());

fn all(what: &str) -> impl Iterator<Item = &'static Value> {
    TABLE[what].as_array().unwrap().iter()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A letter, to one of those the table names: `accepted`, `requester_coordinator`.
pub type Said = (String, String);

/// A request as far as the table's timers depend on it.
pub struct Model {
    pub state: String,
    state_since: Date,
    awaiting: &'static str,
    turn_since: Date,
    changed: Date,
    checked_in: Date,
    resumes: Option<Date>,
    extended: i64,
    confirmed: bool,
    full: bool,
    followed: Vec<String>,
}

fn after(delay: &str, since: Date) -> Date {
    match Delay::parse(delay).unwrap_or_else(|| panic!("{delay}")) {
        Delay::WorkingDays(n) => add_working_days(since, n, None::<Patron>),
        Delay::Days(n) => since.checked_add(jiff::Span::new().days(n)).unwrap(),
        Delay::Months(n) => since.checked_add(jiff::Span::new().months(n)).unwrap(),
    }
}

impl Model {
    pub fn drafted(today: Date) -> Self {
        Self {
            state: "DRAFT".into(),
            state_since: today,
            awaiting: "REQUESTER",
            turn_since: today,
            changed: today,
            checked_in: today,
            resumes: None,
            extended: 0,
            confirmed: false,
            full: false,
            followed: Vec::new(),
        }
    }

    /// A message of the owner's, or of the requester's, while the owner decides.
    pub fn message(&mut self, awaiting: &'static str, today: Date) {
        (self.awaiting, self.turn_since) = (awaiting, today);
    }

    /// Takes a step, `check_in if stuck`, and says what the table has mailed for it.
    pub fn step(&mut self, step: &str, today: Date) -> Vec<Said> {
        let (event, how) = step.split_once(' ').unwrap_or((step, ""));
        let line = all("transitions").find(|line| text(line, "event") == event && text(line, "from") == self.state);
        let line = line.unwrap_or_else(|| panic!("no {event} from {}", self.state));
        if text(line, "to") != self.state {
            (self.state, self.state_since) = (text(line, "to").to_owned(), today);
            (self.checked_in, self.resumes) = (today, None);
            self.awaiting = if matches!(&*self.state, "SENT" | "ACKNOWLEDGED") { "OWNER" } else { "REQUESTER" };
            self.turn_since = today;
        }
        self.changed = today;
        match (event, how) {
            ("accept", how) => self.full = how == "FULL",
            ("extend", _) => self.extended = 30,
            ("send_again", _) => self.extended = 0,
            ("check_in", how) => {
                self.checked_in = today;
                self.resumes = how.strip_prefix("until ").map(|day| day.parse().unwrap());
            }
            ("confirm_outcome", _) => self.confirmed = true,
            ("follow_up", months) => self.followed.push(months.to_owned()),
            _ => {}
        }
        let mails = line["mail"].as_array().unwrap().iter().map(|mail| mail.as_str().unwrap());
        mails.filter(|mail| !mail.contains('@')).flat_map(|mail| self.addressed(mail, how)).collect()
    }

    /// `letter>one,other if FULL`.
    fn addressed(&self, mail: &str, how: &str) -> Vec<Said> {
        let (mail, only) = mail.split_once(" if ").unwrap_or((mail, ""));
        let holds = match only {
            "" => true,
            "FULL" => self.full,
            "stuck" | "disputed" => how == only,
            other => panic!("{other}"),
        };
        let (letter, to) = mail.split_once('>').unwrap();
        to.split(',').filter(|_| holds).map(|to| (letter.to_owned(), to.to_owned())).collect()
    }

    /// What the timers have mailed today, and the hub's own steps.
    pub fn today(&mut self, today: Date) -> Vec<Said> {
        let mut said = Vec::new();
        let here = |line: &&Value, own: &str, state: &str| {
            text(line, "state") == state && (line["awaiting"].is_null() || text(line, "awaiting") == own)
        };
        let timers: Vec<&Value> = all("timers").filter(|line| here(line, self.awaiting, &self.state)).collect();
        let mut end = None;
        for timer in timers {
            let action = text(timer, "do");
            let since = if timer["awaiting"].is_null() { self.state_since } else { self.turn_since };
            let due = timer["at"].as_array().unwrap().iter().any(|at| self.is_due(at.as_str().unwrap(), since, today));
            if let Some((_, warned)) = action.split_once(", warned at ")
                && after(warned, since) == today
            {
                said.push(("no_answer_notice".into(), "requester".into()));
            }
            if action == "discard" && after(&notice(), self.changed) == today {
                said.push(("draft_discard_notice".into(), "author".into()));
            }
            match action {
                _ if !due => {}
                "expire" | "discard" => end = Some(action),
                _ if action.starts_with("withdraw as ") => end = Some("withdraw"),
                _ => said.extend(told(action)),
            }
        }
        if let Some(end) = end {
            said.extend(self.step(end, today));
        }
        said
    }

    fn is_due(&self, at: &str, since: Date, today: Date) -> bool {
        if let Some(delay) = at.strip_suffix(" idle") {
            return after(delay, self.changed) == today;
        }
        if let Some(every) = at.strip_prefix("every ").and_then(|rest| rest.strip_suffix(", or the resume date")) {
            let mut due = self.resumes.unwrap_or_else(|| after(every, self.checked_in));
            while due < today {
                due = after(every, due);
            }
            return due == today;
        }
        if at.ends_with(" after two unanswered check-ins") {
            return false; // A task, not a mail.
        }
        if self.state == "COMPLETED" && at.ends_with('m') && self.followed.iter().any(|months| months == at) {
            return false;
        }
        if self.state == "COMPLETED" && at.ends_with('d') && self.confirmed {
            return false;
        }
        let more = if self.state == "SENT" && at == "45d" { self.extended } else { 0 };
        after(&format!("{more}d"), after(at, since)) == today
    }
}

/// `…@83d` in the step that throws a draft away.
fn notice() -> String {
    let discard = all("transitions").find(|line| text(line, "event") == "discard").unwrap();
    discard["mail"][0].as_str().unwrap().split_once('@').unwrap().1.to_owned()
}

/// The letter for what a timer does in the table's words: what is not here fails the test.
fn told(action: &str) -> Vec<Said> {
    let (letter, to): (&str, &[&str]) = match action {
        "nudge author" => ("draft_nudge", &["author"]),
        "remind owner contacts" => ("request_reminder", &["owner_contacts"]),
        "remind owner contacts, copy to owner coordinator" => {
            ("request_reminder", &["owner_contacts", "owner_coordinator"])
        }
        "task and mail to facilitator" => ("request_stuck", &["facilitator"]),
        "remind owner: decision due" => ("decision_reminder", &["owner_contacts"]),
        "remind requester: a question waits" => ("answer_reminder", &["requester"]),
        "remind both to fix the first date" => ("start_reminder", &["both"]),
        "task to facilitator" => ("", &[]),
        "one-click check-in to requester" => ("check_in_due", &["requester"]),
        "owner asked to confirm; silent stays unconfirmed" => ("confirmation_reminder", &["owner_contacts"]),
        "still running? to requester" => ("follow_up_due", &["requester"]),
        other => panic!("the table has a timer that this test does not know: {other}"),
    };
    to.iter().map(|to| (letter.to_owned(), (*to).to_owned())).collect()
}

/// The day it is in Italy.
pub fn day(at: Ts) -> Date {
    at.date_in_italy()
}
