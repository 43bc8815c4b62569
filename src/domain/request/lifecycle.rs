//! The life cycle of a replication request: `lifecycle.json` beside this file is the table, read once; nothing here
//! repeats it. Docs, portal and mails read the same table.
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
}
