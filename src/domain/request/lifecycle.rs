//! The life cycle of a replication request: `lifecycle.json` beside this file is the table, read once; nothing here
//! repeats it. Docs, portal and mails read the same table.
use crate::domain::refusal::{Code, Refusal};
use serde::Deserialize;
use std::sync::LazyLock;

words! {
    /// Where a replication request stands.
    enum RequestState {
        /// Being written; only the requester sees it.
        Draft = "DRAFT",
        /// Sent; the owner has not answered yet.
        Sent = "SENT",
        /// The owner has taken it up and is deciding.
        Acknowledged = "ACKNOWLEDGED",
        /// The owner will help.
        Accepted = "ACCEPTED",
        /// The practice is being copied.
        InProgress = "IN_PROGRESS",
        /// Copied, with an outcome.
        Completed = "COMPLETED",
        /// The owner said no.
        Declined = "DECLINED",
        /// The requester took it back, or it was annulled.
        Withdrawn = "WITHDRAWN",
        /// Nobody answered in time; may be sent again.
        Expired = "EXPIRED",
        /// Stopped on the way; may be reopened.
        Interrupted = "INTERRUPTED",
    }
}

impl RequestState {
    /// Whether the request still asks something of somebody. One open request per practice and requester.
    #[must_use]
    pub fn is_open(self) -> bool {
        TABLE.open.contains(&self)
    }

    /// Whether an end that may be undone: sent again, or taken up again.
    #[must_use]
    pub fn is_reopenable(self) -> bool {
        TABLE.reopenable.contains(&self)
    }

    /// Whether an end for good.
    #[must_use]
    pub fn is_final(self) -> bool {
        TABLE.closed.contains(&self)
    }

    /// The open states.
    #[must_use]
    pub fn open() -> &'static [Self] {
        &TABLE.open
    }

    /// What it is called in sentences, in Italian (of "richiesta", feminine) and English.
    #[must_use]
    pub const fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("in bozza", "a draft"),
            Self::Sent => ("inviata, in attesa di presa in carico", "sent and not yet taken up"),
            Self::Acknowledged => ("presa in carico", "taken up"),
            Self::Accepted => ("accolta", "accepted"),
            Self::InProgress => ("in corso", "in progress"),
            Self::Completed => ("conclusa", "completed"),
            Self::Declined => ("non accolta", "declined"),
            Self::Withdrawn => ("ritirata", "withdrawn"),
            Self::Expired => ("scaduta", "expired"),
            Self::Interrupted => ("interrotta", "interrupted"),
        }
    }
}

words! {
    /// A step of the life cycle.
    enum Step {
        /// A draft is made.
        Create = "create",
        /// The draft is changed.
        Edit = "edit",
        /// The draft is thrown away.
        Discard = "discard",
        /// The draft goes to the owner.
        Send = "send",
        /// The owner takes it up.
        Acknowledge = "acknowledge",
        /// The owner will help.
        Accept = "accept",
        /// The owner will not help.
        Decline = "decline",
        /// The facilitator gives the owner more time.
        Extend = "extend",
        /// Nobody answered in time.
        Expire = "expire",
        /// An expired request goes to the owner again.
        SendAgain = "send_again",
        /// The act that the two territories agreed on is noted.
        RecordAgreement = "record_agreement",
        /// The work begins.
        Start = "start",
        /// The requester says how it goes.
        CheckIn = "check_in",
        /// The requester tells the outcome.
        Complete = "complete",
        /// It is stopped on the way.
        Interrupt = "interrupt",
        /// It is taken up again.
        Reopen = "reopen",
        /// The owner confirms, annotates or disputes the outcome.
        ConfirmOutcome = "confirm_outcome",
        /// Still running, months later?
        FollowUp = "follow_up",
        /// The requester takes it back.
        Withdraw = "withdraw",
        /// The steward strikes it out.
        Annul = "annul",
    }
}

words! {
    /// In which quality somebody takes a step.
    enum Party {
        /// A member of the requesting territory.
        Requester = "REQUESTER",
        /// A member of the territory that owns the practice.
        Owner = "OWNER",
        /// The facilitator (ANCI).
        Facilitator = "FACILITATOR",
        /// The steward (Region).
        Steward = "STEWARD",
        /// The hub itself, when a time has run out.
        System = "SYSTEM",
    }
}

/// One line of the table.
#[derive(Debug, Deserialize)]
pub struct Transition {
    /// The step.
    pub event: Step,
    /// From which state; none for the first.
    pub from: Option<RequestState>,
    /// Into which state.
    pub to: RequestState,
    /// Who may take it.
    pub actors: Vec<Party>,
    /// What must hold, in words.
    pub guard: String,
    /// Which mails go to whom: `letter>recipients`.
    pub mail: Vec<String>,
    /// The vocabulary of reasons, where a reason is due.
    pub reason: Option<String>,
}

/// What happens when nobody acts.
#[derive(Debug, Deserialize)]
pub struct Timer {
    /// In which state.
    pub state: RequestState,
    /// Only while it waits for this side.
    pub awaiting: Option<Party>,
    /// When, counted from entering the state: `5wd`, `45d`, `6m`.
    pub at: Vec<String>,
    /// What, in words.
    #[serde(rename = "do")]
    pub action: String,
}

#[derive(Debug, Deserialize)]
struct Table {
    open: Vec<RequestState>,
    #[serde(rename = "final")]
    closed: Vec<RequestState>,
    reopenable: Vec<RequestState>,
    transitions: Vec<Transition>,
    timers: Vec<Timer>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    serde_json::from_str(include_str!("lifecycle.json")).expect("lifecycle.json is built in and read by a test")
});

/// All lines of the table.
#[must_use]
pub fn transitions() -> &'static [Transition] {
    &TABLE.transitions
}

/// All timers of the table.
#[must_use]
pub fn timers() -> &'static [Timer] {
    &TABLE.timers
}

/// The line for `step` out of `from`, if the table has one.
#[must_use]
pub fn transition(step: Step, from: Option<RequestState>) -> Option<&'static Transition> {
    TABLE.transitions.iter().find(|t| t.event == step && t.from == from)
}

/// The line of the table by which somebody in these qualities takes `step` out of `state`, and in which quality.
///
/// # Errors
/// `WRONG_STATE` where no line leads out of the state, `FORBIDDEN` where none of the qualities is named in it.
pub fn next(step: Step, state: RequestState, parties: &[Party]) -> Result<(&'static Transition, Party), Refusal> {
    let Some(line) = transition(step, Some(state)) else {
        let (it, en) = state.labels();
        return Err(Refusal::new(Code::WrongState).say(
            format!(
                "La richiesta è {it}: questo passo non è possibile. Ricaricate la pagina per vedere che cosa lo è."
            ),
            format!("The request is {en}: this step is not possible. Reload the page to see which are."),
        ));
    };
    let party = parties.iter().find(|party| line.actors.contains(party));
    let forbidden = || {
        Refusal::new(Code::Forbidden).say(
            "A questo punto il passo spetta ad altri: vedete chi nella scheda della richiesta.",
            "At this point the step is somebody else's: the request's page says whose.",
        )
    };
    party.map(|party| (line, *party)).ok_or_else(forbidden)
}

/// Whether the table lets `party` take `step` out of any state at all: the part of the rule that is a permission.
#[must_use]
pub fn lets(step: Step, party: Party) -> bool {
    TABLE.transitions.iter().any(|t| t.event == step && t.actors.contains(&party))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::word::Word;

    #[test]
    fn every_state_is_open_final_or_reopenable_and_only_one_of_them() {
        for state in RequestState::ALL {
            let groups = [&TABLE.open, &TABLE.closed, &TABLE.reopenable];
            assert_eq!(groups.iter().filter(|group| group.contains(state)).count(), 1, "{state:?}");
        }
    }

    #[test]
    fn every_step_is_in_the_table_and_every_state_but_draft_is_reached() {
        for step in Step::ALL {
            assert!(TABLE.transitions.iter().any(|t| t.event == *step), "{step:?}");
        }
        for state in RequestState::ALL {
            assert!(TABLE.transitions.iter().any(|t| t.to == *state), "{state:?}");
        }
    }

    #[test]
    fn no_two_lines_say_different_things_about_the_same_step() {
        for (i, one) in transitions().iter().enumerate() {
            for other in &transitions()[i + 1..] {
                assert!((one.event, one.from) != (other.event, other.from), "{:?} from {:?}", one.event, one.from);
            }
        }
    }

    #[test]
    fn every_step_out_of_every_state_by_everybody_is_allowed_exactly_where_the_table_says_so() {
        let lines: serde_json::Value = serde_json::from_str(include_str!("lifecycle.json")).unwrap();
        let lines = lines["transitions"].as_array().unwrap();
        for step in Step::ALL {
            for state in RequestState::ALL {
                for party in Party::ALL {
                    let line =
                        lines.iter().find(|line| line["event"] == step.as_str() && line["from"] == state.as_str());
                    let named = line.map(|line| line["actors"].as_array().unwrap().iter().any(|a| a == party.as_str()));
                    let taken = next(*step, *state, &[*party]);
                    match named {
                        Some(true) => {
                            let (to, by) = taken.map(|(line, by)| (line.to, by)).unwrap();
                            assert_eq!((to.as_str(), by), (line.unwrap()["to"].as_str().unwrap(), *party));
                        }
                        Some(false) => {
                            assert_eq!(taken.unwrap_err().code, Code::Forbidden, "{step:?} {state:?} {party:?}");
                        }
                        None => assert_eq!(taken.unwrap_err().code, Code::WrongState, "{step:?} {state:?} {party:?}"),
                    }
                }
            }
        }
    }
}
