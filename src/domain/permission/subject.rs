//! What an action is done to, as far as the answer depends on it.
use super::{PracticeStatus, Visibility};
use crate::domain::{
    id::{PersonId, TerritoryId},
    request::RequestState,
};

/// On what: the facts of the object that the answer depends on.
#[derive(Clone, Debug)]
pub enum Subject<'a> {
    /// The hub as a whole.
    Hub,
    /// A territory.
    Territory(TerritoryId),
    /// A practice.
    Practice {
        /// Whose it is.
        owner: TerritoryId,
        /// Where it stands.
        status: PracticeStatus,
    },
    /// A contact person.
    Contact {
        /// Whose contact.
        territory: TerritoryId,
        /// Who may see the address.
        visibility: Visibility,
        /// Territories with an accepted request to this territory.
        partners: &'a [TerritoryId],
    },
    /// A replication request.
    Request {
        /// Who asks.
        requester: TerritoryId,
        /// Who is asked.
        owner: TerritoryId,
        /// Where it stands.
        state: RequestState,
    },
    /// A conversation between two territories.
    Conversation(&'a [TerritoryId]),
    /// A message.
    Message {
        /// Who wrote it, unless erased.
        author: Option<PersonId>,
    },
    /// A person's own affairs.
    Person(PersonId),
    /// A person as colleagues know them.
    Colleague {
        /// Who; none while only invited.
        person: Option<PersonId>,
        /// Where they work, or are invited to.
        territories: &'a [TerritoryId],
    },
}
