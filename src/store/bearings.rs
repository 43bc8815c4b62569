//! Whose the things are that events speak of: no more of them than it takes to judge who may hear of an event.
use super::{Conn, Result, sql::*};
use crate::domain::{
    id::{ConversationId, PracticeId, TerritoryId},
    permission::PracticeStatus,
    time::Ts,
};

/// Whose a practice is, and where it stands.
#[derive(Clone, Debug)]
pub struct PracticeBearing {
    /// Which.
    pub id: PracticeId,
    /// Whose.
    pub owner: TerritoryId,
    /// Where it stands now.
    pub status: PracticeStatus,
    /// Since when it has been public, if it ever was.
    pub published_at: Option<Ts>,
}
record!(PracticeBearing { id, owner, status: word, published_at });

/// Of these practices, those that are still there.
///
/// # Errors
/// A fault from the database.
pub async fn of_practices(on: impl Into<Conn<'_>>, ids: &[PracticeId]) -> Result<Vec<PracticeBearing>> {
    sql("SELECT id, owner, status, published_at FROM practice WHERE id").any(ids).all(on).await
}

/// Between whom a conversation is.
#[derive(Clone, Debug)]
pub struct ConversationBearing {
    /// Which.
    pub id: ConversationId,
    /// Who began it.
    pub opened_by: TerritoryId,
    /// With whom.
    pub opened_to: TerritoryId,
}
record!(ConversationBearing { id, opened_by, opened_to });

/// Of these conversations, those that are still there.
///
/// # Errors
/// A fault from the database.
pub async fn of_conversations(on: impl Into<Conn<'_>>, ids: &[ConversationId]) -> Result<Vec<ConversationBearing>> {
    sql("SELECT id, opened_by, opened_to FROM conversation WHERE id").any(ids).all(on).await
}
