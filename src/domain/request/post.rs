//! Who is written to, by the table: `letter>recipients`, and the words of a timer's action. Nothing here repeats it.
use super::{Moment, Progress, Request, Verdict, lifecycle::Transition, timing::Rung};
use crate::domain::{mail::LetterKind, practice::SupportLevel, word::Word};

words! {
    /// To whom a letter goes, as the table says it.
    enum Recipient {
        /// Who wrote the request.
        Author = "author",
        /// Who asks: the author, while a member of the territory; else who answers for it.
        Requester = "requester",
        /// The coordinators of the territory that asks.
        RequesterCoordinator = "requester_coordinator",
        /// The practice's contact people who take requests.
        OwnerContacts = "owner_contacts",
        /// The mailbox of the owner.
        OwnerMailbox = "owner_mailbox",
        /// The coordinators of the owner.
        OwnerCoordinator = "owner_coordinator",
        /// Requester and owner's contacts.
        Both = "both",
        /// ANCI's people.
        Facilitator = "facilitator",
    }
}

words! {
    /// When only a letter is written.
    enum Only {
        /// The help is full support.
        Full = "FULL",
        /// The requester needs help.
        Stuck = "stuck",
        /// The owner disputes the outcome.
        Disputed = "disputed",
    }
}

/// A letter that the table asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Which.
    pub letter: LetterKind,
    /// To whom.
    pub to: Vec<Recipient>,
    /// When only.
    pub only: Option<Only>,
}

impl Post {
    /// Reads `letter>one,other` or `letter>one if FULL`. None for what is not sent at the step but before (`@83d`).
    fn parse(text: &str) -> Option<Self> {
        let (letter, to) = text.split_once('>').filter(|_| !text.contains('@'))?;
        let (to, only) = to.split_once(" if ").map_or((to, None), |(to, only)| (to, Some(only)));
        let to = to.split(',').map(Recipient::parse).collect::<Option<Vec<_>>>()?;
        let only = match only {
            Some(word) => Some(Only::parse(word)?),
            None => None,
        };
        Some(Self { letter: LetterKind::parse(letter)?, to, only })
    }

    /// Whether it is written of this step.
    #[must_use]
    pub fn is_due(&self, request: &Request, step: &Moment) -> bool {
        let noted = |name: &str, word: &str| step.data.get(name).and_then(|value| value.as_str()) == Some(word);
        match self.only {
            None => true,
            Some(Only::Full) => request.support_level == Some(SupportLevel::Full),
            Some(Only::Stuck) => noted("progress", Progress::Stuck.as_str()),
            Some(Only::Disputed) => noted("verdict", Verdict::Dispute.as_str()),
        }
    }
}

/// The letters of a step.
#[must_use]
pub fn of_step(line: &Transition) -> Vec<Post> {
    line.mail.iter().filter_map(|text| Post::parse(text)).collect()
}

/// The letter of a timer, where it has one: a task alone is none.
#[must_use]
pub fn of_timer(rung: &Rung) -> Option<Post> {
    let says = |words: &str| rung.action.contains(words);
    let to = match rung.party {
        _ if says("nudge author") || (says("discard") && rung.letter.is_some()) => vec![Recipient::Author],
        _ if says("remind both") => vec![Recipient::Both],
        super::Party::Owner if says("copy to owner coordinator") => {
            vec![Recipient::OwnerContacts, Recipient::OwnerCoordinator]
        }
        super::Party::Owner => vec![Recipient::OwnerContacts],
        super::Party::Requester => vec![Recipient::Requester],
        super::Party::Facilitator if says("mail") => vec![Recipient::Facilitator],
        _ => return None,
    };
    Some(Post { letter: rung.letter?, to, only: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::{Timing, lifecycle};

    #[test]
    fn every_mail_of_the_table_is_understood() {
        for line in lifecycle::transitions() {
            let said = line.mail.iter().filter(|mail| !mail.contains('@')).count();
            assert_eq!(of_step(line).len(), said, "{:?}", line.mail);
        }
    }

    #[test]
    fn every_timer_that_speaks_of_somebody_writes_to_them() {
        for rung in Timing::default().rungs() {
            let silent = rung.kind.ends() || rung.action == "task to facilitator";
            assert_eq!(of_timer(rung).is_none(), silent, "{}", rung.name);
            assert_eq!(rung.letter.is_none(), silent, "{}", rung.name);
        }
    }
}
