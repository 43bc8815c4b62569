//! The subject line of a letter without the letter: what the notification centre says of a thing in one sentence, in the
//! same words as its mail.
use super::{address::one_line, words};
use crate::domain::{mail::LetterKind, word::Word};
use minijinja::{Environment, Error, Value, value::Serde};
use serde::Serialize;

/// All that the subjects of letters name. What a letter does not name is left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// The number of the request it is about.
    pub number: String,
    /// Title of the practice.
    pub practice: String,
    /// Name of the territory that asks.
    pub requester: String,
    /// Name of the territory that owns the practice.
    pub owner: String,
    /// Name of the territory that wrote.
    pub author_territory: String,
    /// Subject of the conversation.
    pub subject: String,
    /// Word of the owner's verdict on an outcome.
    pub verdict: Option<&'static str>,
}

impl Headline {
    /// What these words say of it.
    ///
    /// # Errors
    /// Minijinja's: the wording is wrong, or names more than a subject may.
    pub(super) fn said(&self, own: &Environment<'static>, kind: LetterKind) -> Result<String, Error> {
        let said = own.get_template(&format!("{}.subject", kind.as_str()))?.render(Value::from(Serde(self)))?;
        let said = one_line(&said);
        let bare = said.strip_prefix(&format!("[{}]", self.number)).unwrap_or(&said);
        Ok(words::sentence(bare.trim()))
    }
}
