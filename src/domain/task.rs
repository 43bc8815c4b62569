//! What waits for somebody: the first thing a person wants to see.
use super::{id::TerritoryId, time::Ts};
use uuid::Uuid;

words! {
    /// What is to be done.
    enum TaskKind {
        /// A request in which it is one's own side's turn; drafts too.
        RequestTurn = "REQUEST_TURN",
        /// A request that stands still and in which the facilitator is to step in.
        RequestStuck = "REQUEST_STUCK",
        /// A territory that nobody can reach by mail.
        TerritoryUnreachable = "TERRITORY_UNREACHABLE",
        /// A conversation with messages that one has not read.
        ConversationUnread = "CONVERSATION_UNREAD",
        /// A practice that came back from review with remarks.
        PracticeReturned = "PRACTICE_RETURNED",
        /// A practice that was handed in.
        PracticeToReview = "PRACTICE_TO_REVIEW",
    }
}

/// One thing that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: TaskKind,
    /// The request, territory, conversation or practice that it is about.
    pub subject: Uuid,
    /// Of one's own territories the one that is to act; for facilitator and steward, the owner.
    pub territory: TerritoryId,
    /// By when; none where nothing depends on a day.
    pub due_at: Option<Ts>,
    /// Since when it waits.
    pub since: Ts,
    /// What tasks are sorted by: those with a day first, then those that have waited longest.
    pub rank: Ts,
}
