//! The reuse kit: documents that let others copy a practice, by phase of the way.
use crate::domain::{
    id::{DocumentId, KitItemId, PracticeId},
    refusal::{Code, Refusal},
    time::Ts,
};
use url::Url;

/// The most items of one kit.
pub const MOST: usize = 50;

/// A document of a kit: a link, a text or an uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitItem {
    /// Key.
    pub id: KitItemId,
    /// Whose kit.
    pub practice: PracticeId,
    /// Rises with every change.
    pub version: i64,
    /// Place in the kit: 0, 1, 2 …
    pub position: i64,
    /// Code of the vocabulary `KIT_KIND`.
    pub kind: String,
    /// Code of the vocabulary `KIT_PHASE`.
    pub phase: String,
    /// One line.
    pub title: String,
    /// Where it is on the web; then there is nothing else.
    pub link: Option<String>,
    /// What it says, in Markdown; then there is nothing else.
    pub text: Option<String>,
    /// The uploaded file that it is; then there is nothing else.
    pub document: Option<DocumentId>,
    /// When it was added.
    pub created_at: Ts,
}

/// What each phase is worth, of 100: to run the thing weighs most, to measure and to keep it least, since a copy can
/// begin without them.
const WEIGHTS: [(&str, i64); 7] = [
    ("DECIDE", 15),
    ("AUTHORISE", 15),
    ("CHOOSE_PARTNER", 15),
    ("AGREE", 15),
    ("RUN", 20),
    ("MEASURE", 10),
    ("KEEP", 10),
];

/// How much of a copy's way the kit covers, 0 to 100: the summed weight of the phases that have at least one item.
/// Further items of a phase add nothing; phases unknown here weigh nothing.
#[must_use]
pub fn completeness<'a>(phases: impl IntoIterator<Item = &'a str>) -> i64 {
    let phases: Vec<&str> = phases.into_iter().collect();
    WEIGHTS.iter().filter(|(phase, _)| phases.contains(phase)).map(|(_, weight)| weight).sum()
}

/// A link to a document: http or https, with a host, without user and password, at most 2000 characters.
///
/// # Errors
/// `INVALID` on `field`.
pub fn link(field: &str, text: &str) -> Result<String, Refusal> {
    let sound = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    };
    match Url::parse(text.trim()) {
        Ok(url) if sound(&url) && url.as_str().len() <= 2000 => Ok(url.into()),
        _ => Err(Refusal::new(Code::Invalid).on(field).say(
            "Il collegamento deve cominciare con https:// o http:// e avere al massimo 2000 caratteri.",
            "The link must begin with https:// or http:// and have at most 2000 characters.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kit_is_complete_when_every_phase_has_an_item() {
        assert_eq!(completeness([]), 0);
        assert_eq!(completeness(["RUN", "RUN", "RUN"]), 20);
        assert_eq!(completeness(["DECIDE", "KEEP", "UNHEARD_OF"]), 25);
        assert_eq!(completeness(WEIGHTS.iter().map(|(phase, _)| *phase)), 100);
    }

    #[test]
    fn only_links_to_the_web_are_links() {
        assert_eq!(link("link", " https://Esempio.invalid/a b ").unwrap(), "https://esempio.invalid/a%20b");
        for wrong in
            ["", "x", "javascript:alert(1)", "ftp://a.invalid", "https://", "https://u:p@a.invalid/", "//a.invalid"]
        {
            assert_eq!(link("link", wrong).unwrap_err().code, Code::Invalid, "{wrong}");
        }
    }
}
