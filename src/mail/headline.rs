//! The subject line of a letter without the letter: what the notification centre says of a thing in one sentence, in the
//! same words as its mail.
use super::{address::one_line, render, words};
use crate::domain::{mail::LetterKind, text::Language, word::Word};
use minijinja::{Value, value::Serde};
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

/// The subject of a letter of this kind, without the number in front; empty for a kind that is no notification.
#[must_use]
pub fn headline(kind: LetterKind, of: &Headline, language: Language) -> String {
    let said = render::subject_alone(kind.as_str(), Value::from(Serde(of)), language).unwrap_or_default();
    let said = one_line(&said);
    let bare = said.strip_prefix(&format!("[{}]", of.number)).unwrap_or(&said);
    words::sentence(bare.trim())
}
