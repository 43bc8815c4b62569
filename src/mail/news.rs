//! The letters that say no more than what happened, whose turn it is, by when, and what comes if nobody acts: one shape
//! for most steps of a request and for all its reminders.

use jiff::civil::Date;
use serde::Serialize;

use super::letter::Alternative;
use super::matter::{Matter, SupportLevel};
use crate::domain::mail::LetterKind;

/// For whom a reader reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Side {
    /// Who asks.
    Requester,
    /// Who is asked.
    Owner,
    /// ANCI Puglia.
    Facilitator,
}

/// What happened to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// Which letter.
    pub kind: LetterKind,
    /// The request.
    #[serde(flatten)]
    pub matter: Matter,
    /// Who reads it.
    pub reader: Side,
    /// Word of the party that took the step; `SYSTEM` for the hub.
    pub by: &'static str,
    /// Whether the request waits to be taken up, rather than decided.
    pub unanswered: bool,
    /// The help asked for or given.
    pub support_level: Option<SupportLevel>,
    /// Label of the reason in the reader's language.
    pub reason_label: Option<String>,
    /// What was said with the step.
    pub text: Option<String>,
    /// The day the news is about: of the agreement's act, of the start, of the first meeting.
    pub day: Option<Date>,
    /// Word of the owner's verdict on an outcome.
    pub verdict: Option<&'static str>,
    /// When the next reminder or question comes.
    pub due: Option<Date>,
    /// When the facilitator is called.
    pub escalates: Option<Date>,
    /// When the hub ends the waiting by itself, or until when something may still be done.
    pub ends: Option<Date>,
    /// Practices near this one.
    pub alternatives: Vec<Alternative>,
}
