//! People who can sign in, and those who are invited to. Their personal data lives here and in `person`, nowhere else.
use super::{
    id::{InvitationId, PersonId, TerritoryId},
    permission::Role,
    text::Language,
    time::Ts,
};

/// The longest a person's name may be.
pub const NAME_AT_MOST: usize = 100;
/// The name of somebody who was erased.
pub const ERASED: &str = "Persona cancellata";
/// Days in which an invitation can be accepted.
pub const INVITATION_DAYS: i64 = 14;
/// How many invitations of one territory may wait at a time.
pub const INVITATIONS_AT_MOST: i64 = 50;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Key; all that the event log knows of a person.
    pub id: PersonId,
    /// Work address, folded; none once erased.
    pub email: Option<String>,
    /// Name and surname as the person gave it; [`ERASED`] once erased.
    pub name: String,
    /// The language of mails and answers.
    pub language: Language,
    /// When they joined the hub.
    pub created_at: Ts,
}

/// Somebody is asked to join a territory. Accepted by signing in with that address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Key.
    pub id: InvitationId,
    /// Which territory.
    pub territory: TerritoryId,
    /// Whom: the address.
    pub email: String,
    /// Whom: the name, until the person changes it.
    pub name: String,
    /// As what.
    pub role: Role,
    /// By whom; none where the hub's staff did it on the command line.
    pub invited_by: Option<PersonId>,
    /// When.
    pub created_at: Ts,
    /// Until when it can be accepted.
    pub expires_at: Ts,
    /// When it was accepted.
    pub accepted_at: Option<Ts>,
    /// When it was taken back.
    pub revoked_at: Option<Ts>,
}

words! {
    /// What became of an invitation.
    enum InvitationState {
        /// It waits for its addressee.
        Pending = "PENDING",
        /// The addressee joined.
        Accepted = "ACCEPTED",
        /// It was taken back.
        Revoked = "REVOKED",
        /// Nobody came in time.
        Expired = "EXPIRED",
    }
}

impl Invitation {
    /// What has become of it by `now`.
    #[must_use]
    pub fn state(&self, now: Ts) -> InvitationState {
        match (self.accepted_at, self.revoked_at) {
            (Some(_), _) => InvitationState::Accepted,
            (None, Some(at)) if at < self.expires_at => InvitationState::Revoked,
            (None, _) if self.expires_at <= now => InvitationState::Expired,
            (None, _) => InvitationState::Pending,
        }
    }
}
