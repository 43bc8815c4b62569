//! E-mail addresses that are safe to put in a header: one line, no control characters, ASCII mailbox.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A mailbox with the name shown beside it, e.g. `Innesto <hub@example.invalid>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Name shown to readers, on one line.
    pub name: Option<String>,
    /// The bare address, `local@domain`.
    pub email: String,
}

/// Why a text is not an address we can write to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text does not have the form `local@domain`.
    #[error("`{0}` is not an e-mail address: the form is `name@domain.it` or `Name <name@domain.it>`")]
    Malformed(String),
    /// Many relays of public bodies lack SMTPUTF8, so we refuse early instead of bouncing late.
    #[error("`{0}` has letters outside ASCII, which many mail servers refuse")]
    NotAscii(String),
}

impl Address {
    /// An address from its two parts; the name is cleaned, an empty name is no name.
    ///
    /// # Errors
    /// [`AddressError`] when `email` is not `local@domain` in ASCII.
    pub fn new(name: Option<&str>, email: &str) -> Result<Self, AddressError> {
        let email = email.trim();
        if !email.is_ascii() {
            return Err(AddressError::NotAscii(one_line(email)));
        }
        if email.parse::<lettre::Address>().is_err() {
            return Err(AddressError::Malformed(one_line(email)));
        }
        let name = name.map(one_line).filter(|name| !name.is_empty());
        Ok(Self { name, email: email.to_owned() })
    }

    /// Reads `name@domain.it` or `Name <name@domain.it>`; a line break inside is a forgery, not a name.
    ///
    /// # Errors
    /// [`AddressError`], naming the text.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if text.trim().chars().any(char::is_control) {
            return Err(AddressError::Malformed(one_line(text)));
        }
        // Split by hand: the RFC 5322 grammar wants quotes round "Ufficio di Piano, Troia", people do not.
        match text.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, email)) => Self::new(Some(name.trim().trim_matches('"')), email),
            None => Self::new(None, text),
        }
    }

    /// The lettre form. The public fields may have been set by hand, so both are cleaned once more:
    /// a name with CR, LF or NUL makes lettre panic.
    pub(super) fn mailbox(&self) -> Result<lettre::message::Mailbox, AddressError> {
        let clean = Self::new(self.name.as_deref(), &self.email)?;
        let email = clean.email.parse().map_err(|_| AddressError::Malformed(clean.email.clone()))?;
        Ok(lettre::message::Mailbox::new(clean.name, email))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.email),
            None => f.write_str(&self.email),
        }
    }
}

/// The text on one line: control and invisible direction-changing characters become blanks, blanks are joined.
pub(super) fn one_line(text: &str) -> String {
    let blank = |c: char| if is_unprintable(c) { ' ' } else { c };
    text.chars().map(blank).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that break a header line or show the reader another order than the one sent.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
