//! People who can sign in. Their personal data lives here and in `person`, nowhere else.
use super::{id::PersonId, text::Language, time::Ts};

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Key; all that the event log knows of a person.
    pub id: PersonId,
    /// Work address, folded; none once erased.
    pub email: Option<String>,
    /// Name and surname as the person gave it; "Persona cancellata" once erased.
    pub name: String,
    /// The language of mails and answers.
    pub language: Language,
    /// When they joined the hub.
    pub created_at: Ts,
}
