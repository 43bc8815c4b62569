//! A mail ready to leave: everything a transport needs, and nothing it must ask for.

use crate::domain::text::Language;

use super::Address;

/// One mail to one recipient. The same values always give the same bytes, so a retry is the same mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// With or without angle brackets; derived from the delivery row, the same at every attempt.
    pub message_id: String,
    /// Who writes; also the envelope's sender, where `bounces_to` names no other.
    pub from: Address,
    /// The envelope's sender: where servers send back what they cannot deliver.
    pub bounces_to: Option<Address>,
    /// The one recipient.
    pub to: Address,
    /// Where answers go when not to `from`.
    pub reply_to: Option<Address>,
    /// Message-ID of the mail this one follows, so that mail programs thread the two.
    pub in_reply_to: Option<String>,
    /// Message-IDs of the whole thread, oldest first.
    pub references: Vec<String>,
    /// Where no more mails of its kind are asked for (RFC 8058); none of a mail that nobody may go without.
    pub unsubscribe: Option<String>,
    /// One line.
    pub subject: String,
    /// The plain-text alternative.
    pub text: String,
    /// The HTML alternative.
    pub html: String,
    /// When the mail was written: its `Date` header.
    pub date: jiff::Timestamp,
    /// Language of the text: its `Content-Language` header.
    pub language: Language,
}
