//! Who answers for a practice: people of a territory, and mailboxes that stay when people leave.
use super::{
    id::{ContactId, PersonId, TerritoryId},
    permission::{Subject, Visibility},
    refusal::{Code, Refusal},
    time::Ts,
};

/// The most contacts of one practice.
pub const MOST_OF_A_PRACTICE: usize = 5;
/// The most contacts of one territory.
pub const MOST_OF_A_TERRITORY: i64 = 200;

/// Somebody, or a mailbox, to turn to in a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPerson {
    /// Key.
    pub id: ContactId,
    /// Whose contact.
    pub territory: TerritoryId,
    /// The same person among those who can sign in, where known.
    pub person: Option<PersonId>,
    /// Name of the person or office.
    pub name: String,
    /// What it does there.
    pub role: String,
    /// Address; none once removed.
    pub email: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
    /// Who sees address and telephone.
    pub visibility: Visibility,
    /// Whether requests and messages are sent here too.
    pub accepts_requests: bool,
    /// Whether it is a mailbox that stays when people leave, not a person.
    pub is_role_mailbox: bool,
    /// Rises with every change.
    pub version: i64,
    /// When it was added.
    pub created_at: Ts,
    /// When it was removed; then address and telephone are gone.
    pub removed_at: Option<Ts>,
}

impl ContactPerson {
    /// What [`Actor::may`](super::permission::Actor::may) needs to know of it. `partners`: the territories with a
    /// request to or from this territory that was accepted.
    #[must_use]
    pub const fn subject<'a>(&self, partners: &'a [TerritoryId]) -> Subject<'a> {
        Subject::Contact { territory: self.territory, visibility: self.visibility, partners }
    }
}

/// A telephone number as people write it: digits, at least 5, with spaces and `+ - . / ( )` between, at most 30 signs.
///
/// # Errors
/// `INVALID` on `field`.
pub fn phone(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let sound = text.len() <= 30 && digits >= 5 && text.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    if sound {
        return Ok(text.to_owned());
    }
    Err(Refusal::new(Code::Invalid).on(field).say(
        "Il numero di telefono non è valido. Esempio: 080 1234567",
        "The telephone number is not valid. Example: +39 080 1234567",
    ))
}
