//! A refusal and its errors: bounded in number and length, in the words of the reference implementation where it has
//! some.
use super::{limits, places::Place};

/// At which step a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedKind {
    /// The document is beyond a limit of size, depth or number.
    TooLarge,
    /// It is no GraphQL.
    Syntax,
    /// It does not fit the schema.
    Validation,
    /// The operation asked for is not in it.
    Operation,
    /// The variables' values do not fit their types.
    Variables,
    /// It would cost more points than one request may.
    Cost,
}

impl RefusedKind {
    /// The code that errors carry in `extensions`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "DOCUMENT_TOO_LARGE",
            Self::Syntax => "SYNTAX",
            Self::Validation => "VALIDATION",
            Self::Operation => "OPERATION",
            Self::Variables => "VARIABLES",
            Self::Cost => "COST_LIMIT",
        }
    }
}

/// One error, as it goes into the answer's `errors`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardError {
    /// What is wrong; at most [`limits::MESSAGE`] characters.
    pub message: String,
    /// Where, in the document's text; empty where no place can be told.
    pub locations: Vec<Place>,
    /// For `extensions.code`.
    pub code: &'static str,
}

/// A request that is not executed.
#[derive(Clone, Debug)]
pub struct Refused {
    /// At which step.
    pub kind: RefusedKind,
    /// Why; at least one, at most [`limits::ERRORS`].
    pub errors: Vec<GuardError>,
    /// How many nodes were visited before it was refused.
    pub steps: u64,
}

impl Refused {
    /// A refusal for one reason.
    pub(super) fn because(kind: RefusedKind, message: impl Into<String>, place: Option<Place>) -> Self {
        Self::for_all(kind, [(message.into(), place)])
    }

    /// A refusal for the first of many reasons.
    pub(super) fn for_all(kind: RefusedKind, reasons: impl IntoIterator<Item = (String, Option<Place>)>) -> Self {
        let errors = reasons.into_iter().take(limits::ERRORS).map(|(message, place)| GuardError {
            message: cut(message),
            locations: place.into_iter().collect(),
            code: kind.code(),
        });
        Self { kind, errors: errors.collect(), steps: 0 }
    }

    /// The same after so many steps more.
    pub(super) fn after(self, steps: u64) -> Self {
        Self { steps: self.steps.saturating_add(steps), ..self }
    }
}

/// Cuts a message that repeats what a client sent.
fn cut(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(limits::MESSAGE) {
        let end = message[..end].char_indices().next_back().map_or(0, |(last, _)| last);
        message.truncate(end);
        message.push('…');
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_few_and_short_errors() {
        let refused = Refused::for_all(RefusedKind::Syntax, (0..1000).map(|_| ("è".repeat(1000), None)));
        assert_eq!(refused.errors.len(), limits::ERRORS);
        assert!(refused.errors.iter().all(|error| error.message.chars().count() == limits::MESSAGE));
    }
}
