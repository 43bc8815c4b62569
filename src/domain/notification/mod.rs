//! What reaches a person: one item for each thing a letter would be written of. The centre lists them; a mail, a digest
//! or nothing says the same, as the person prefers for that kind of event.
mod quiet;
mod unsubscribe;

pub use quiet::{DigestTimes, Quiet, read_time, said_instant, said_time, weekday};
pub use unsubscribe::{Reached, Topic, Unsubscribe};

use super::{
    id::{Id, NotificationId, PersonId},
    mail::LetterKind,
    time::Ts,
};
use serde_json::{Map, Value};

/// Days for which an item is kept.
pub const KEPT_DAYS: i64 = 365;
/// The most items that a digest shows; of the others it says how many.
pub const MOST_IN_A_DIGEST: usize = 10;

words! {
    /// A kind of event that a person decides about: every letter that somebody may go without belongs to one.
    enum Category {
        /// Somebody waits for the reader: a request came, an outcome is to be confirmed, a replication is stuck.
        YourTurn = "YOUR_TURN",
        /// What one must know in time: a draft or a request is about to be lost, or was struck out. Always at once.
        Essential = "ESSENTIAL",
        /// A request took a step.
        Progress = "PROGRESS",
        /// A message was written in a conversation.
        Messages = "MESSAGES",
        /// It is still the reader's turn, and time passes.
        Reminders = "REMINDERS",
        /// A practice answers what the reader's territory looks for.
        Needs = "NEEDS",
        /// What the facilitator accompanies: copies, and calls for help.
        Facilitation = "FACILITATION",
    }
}

words! {
    /// When a person is told by mail.
    enum Frequency {
        /// By a mail of its own, as it happens.
        AtOnce = "AT_ONCE",
        /// In a digest each morning.
        Daily = "DAILY",
        /// In a digest each week.
        Weekly = "WEEKLY",
        /// By no mail: only in the notification centre.
        Off = "OFF",
    }
}

impl Category {
    /// The category of a letter; none of one that is no notification: a code, an invitation, a digest, what an answer or
    /// a mail that came back brought about.
    #[must_use]
    pub const fn of(letter: LetterKind) -> Option<Self> {
        use LetterKind as L;
        Some(match letter {
            L::SignInCode | L::Invitation | L::Digest | L::ReplyNotTaken | L::Undelivered => return None,
            L::RequestReceived | L::OutcomeForConfirmation | L::Stuck => Self::YourTurn,
            L::DraftDiscardNotice | L::NoAnswerNotice | L::Annulled => Self::Essential,
            L::NewMessage => Self::Messages,
            L::NeedMatched => Self::Needs,
            L::DraftNudge
            | L::RequestReminder
            | L::DecisionReminder
            | L::AnswerReminder
            | L::StartReminder
            | L::CheckInDue
            | L::ConfirmationReminder
            | L::FollowUpDue => Self::Reminders,
            L::RequestStuck | L::AcceptedCopy | L::DeclinedCopy | L::OutcomeDisputed | L::Completed => {
                Self::Facilitation
            }
            L::RequestCopy
            | L::Acknowledged
            | L::Accepted
            | L::Declined
            | L::Extended
            | L::ExpiredWithAlternatives
            | L::Expired
            | L::AgreementRecorded
            | L::Started
            | L::Interrupted
            | L::Reopened
            | L::OutcomeConfirmed
            | L::Withdrawn => Self::Progress,
        })
    }

    /// Whether it can be had later, or not at all. What somebody must know in time cannot.
    #[must_use]
    pub const fn is_free(self) -> bool {
        !matches!(self, Self::Essential)
    }

    /// How somebody is told who has not said otherwise: at once. Nothing is hidden in a digest that nobody asked for.
    #[must_use]
    pub const fn usual(self) -> Frequency {
        Frequency::AtOnce
    }

    /// Whether somebody waits for the reader to act: such a letter reaches somebody of the territory, whoever wants none.
    #[must_use]
    pub const fn calls_for_action(self) -> bool {
        matches!(self, Self::YourTurn | Self::Reminders)
    }
}

impl Frequency {
    /// Whether what happens waits for a digest.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Daily | Self::Weekly)
    }
}

/// Something that reached a person.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Key.
    pub id: NotificationId,
    /// Whom it reached.
    pub person: PersonId,
    /// Why, as a mail's cause: `event:<seq>` or `match:<seq>:<territory>`. One for each cause and person.
    pub cause: String,
    /// The number of the event.
    pub event: i64,
    /// Word of the [`LetterKind`] that says the same; text, so that a letter of a newer program hides no other item.
    pub letter: String,
    /// Word of its [`Category`].
    pub category: String,
    /// As whom the person reads it, as a key of the queue of mails: `person:<id>` or `contact:<id>`.
    pub reader: String,
    /// The ids it is told from, as a mail's.
    pub data: Map<String, Value>,
    /// When it came.
    pub created_at: Ts,
    /// When the person read it.
    pub read_at: Option<Ts>,
}

impl Notification {
    /// One of the ids it is told from.
    #[must_use]
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        self.data.get(name)?.as_str()?.parse().ok().map(Id::of)
    }
}

/// What a person has said of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// Whose.
    pub person: PersonId,
    /// Of what.
    pub category: Category,
    /// When to be told; none as usual.
    pub frequency: Option<Frequency>,
    /// When, before a link in a mail switched it off.
    pub was: Option<Frequency>,
    /// The number of the last event that a digest has told.
    pub told_through: i64,
    /// When what came later is told; none where nothing waits.
    pub due_at: Option<Ts>,
}

impl Preference {
    /// How the person is told.
    #[must_use]
    pub fn frequency(&self) -> Frequency {
        effective(self.category, self.frequency)
    }
}

/// How somebody is told of a category who has said this, or nothing, about it.
#[must_use]
pub fn effective(category: Category, said: Option<Frequency>) -> Frequency {
    said.filter(|_| category.is_free()).unwrap_or(category.usual())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::word::Word;

    #[test]
    fn every_category_has_letters_and_only_what_is_no_notification_has_none() {
        let of = |category| LetterKind::ALL.iter().filter(|kind| Category::of(**kind) == category).count();
        assert!(Category::ALL.iter().all(|category| of(Some(*category)) > 0));
        assert_eq!(of(None), 5);
    }

    #[test]
    fn what_one_must_know_is_told_at_once_whatever_was_said() {
        for said in Frequency::ALL {
            assert_eq!(effective(Category::Essential, Some(*said)), Frequency::AtOnce);
            assert_eq!(effective(Category::Messages, Some(*said)), *said);
        }
    }
}
