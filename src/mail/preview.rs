//! A page with every letter in both languages, to be looked at before anybody gets one.
use super::{Letter, RenderError, Texts};
use crate::domain::text::Language;
use minijinja::{Environment, context};
use std::collections::BTreeMap;

/// Writes the page: each sample with its subject, as HTML and as plain text. `times` says how long each timer waits. It
/// needs no other file and asks nothing of any host.
///
/// # Errors
/// [`RenderError`]: a letter cannot be written.
pub fn page(texts: &Texts, times: impl Fn(Language) -> BTreeMap<&'static str, String>) -> Result<String, RenderError> {
    let mut letters = Vec::new();
    for (tag, language) in [("it", Language::It), ("en", Language::En)] {
        let times = times(language);
        for (case, letter) in Letter::samples(language) {
            let stop = "https://innesto.invalid/unsubscribe/sample";
            let mail = texts.render(&letter, &times, language, Some(stop))?;
            letters.push(context! {
                case, tag, name => letter.name(), subject => mail.subject, text => mail.text, html => mail.html,
            });
        }
    }
    let mut environment = Environment::new();
    let page = environment
        .add_template("preview.html", include_str!("templates/preview.html"))
        .and_then(|()| environment.get_template("preview.html")?.render(context! { letters }));
    page.map_err(|source| RenderError::Template { letter: "preview", source })
}
