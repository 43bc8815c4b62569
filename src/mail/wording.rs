//! The embedded templates: one wording per letter and language, rendered as `.html` and as `.txt`.

use crate::domain::text::Language;

macro_rules! wordings {
    ($($name:literal),* $(,)?) => {
        /// The names of all wordings, without their ending.
        pub(super) const NAMES: &[&str] = &[$($name),*];

        /// The wording `name`, without its ending.
        fn wording(name: &str, language: Language) -> Option<&'static str> {
            Some(match (name, language) {
                $(
                    ($name, Language::It) => include_str!(concat!("templates/it/", $name, ".j2")),
                    ($name, Language::En) => include_str!(concat!("templates/en/", $name, ".j2")),
                )*
                _ => return None,
            })
        }
    };
}

wordings![
    "frame",
    "sign_in_code",
    "invitation",
    "request_received",
    "request_copy",
    "acknowledged",
    "accepted",
    "declined_with_alternatives",
    "outcome_for_confirmation",
    "completed",
    "new_message",
    "reply_not_taken",
    "undelivered",
    "need_matched",
    "digest",
    "told",
    "draft_nudge",
    "draft_discard_notice",
    "request_reminder",
    "request_stuck",
    "decision_reminder",
    "answer_reminder",
    "no_answer_notice",
    "start_reminder",
    "check_in_due",
    "confirmation_reminder",
    "follow_up_due",
    "accepted_copy",
    "declined_copy",
    "extended",
    "expired_with_alternatives",
    "expired",
    "agreement_recorded",
    "started",
    "stuck",
    "interrupted",
    "reopened",
    "outcome_confirmed",
    "outcome_disputed",
    "withdrawn",
    "annulled",
];

/// What all letters share, by its name: how they look, and what they are put together from.
pub(super) const SHARED: [(&str, &str); 4] = [
    ("layout.html", include_str!("templates/layout.html")),
    ("layout.txt", include_str!("templates/layout.txt")),
    ("parts.html", include_str!("templates/parts.html")),
    ("parts.txt", include_str!("templates/parts.txt")),
];

/// The source of a template by its full name; layout and parts belong to the ending, wording to the language.
pub(super) fn source(name: &str, language: Language) -> Option<&'static str> {
    match (SHARED.iter().find(|(shared, _)| *shared == name), name.strip_suffix(".subject")) {
        (Some((_, text)), _) => Some(text),
        (None, Some(stem)) => subject(wording(stem, language)?),
        (None, None) => wording(name.strip_suffix(".html").or_else(|| name.strip_suffix(".txt"))?, language),
    }
}

/// The block of the subject alone, which each wording has on one line.
pub(super) fn subject(wording: &str) -> Option<&str> {
    let (_, rest) = wording.split_once("{% block subject %}")?;
    rest.split_once("{% endblock %}").map(|(subject, _)| subject)
}
