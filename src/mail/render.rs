//! Letters become mails: one template per letter and language holds the wording, and is rendered twice,
//! as HTML and as plain text, so the two cannot say different things.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value, context};

use crate::domain::text::Language;

use super::address::one_line;
use super::letter::Letter;
use super::{wording, words};

/// A letter in a language: what [`super::Outgoing`] needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line, at most 200 characters; starts with the request's number in brackets where there is one.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// A whole HTML page without remote content.
    pub html: String,
}

/// The wording does not fit the letter: a defect of the program, never of what a person wrote.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template is wrong or lacks a value.
    #[error("the letter `{letter}` cannot be written")]
    Template {
        /// [`Letter::name`].
        letter: &'static str,
        /// What minijinja found, with the line.
        #[source]
        source: Error,
    },
    /// A link is not `http` or `https`, so it will not be put before a reader.
    #[error("the letter `{letter}` has a link that is not one: `{link}`")]
    Link {
        /// [`Letter::name`].
        letter: &'static str,
        /// The text found.
        link: String,
    },
}

/// Longer subjects are cut by mail programs anyway; 200 keeps the header well below its 998 octets.
const SUBJECT: usize = 200;

/// Writes the letter in these words, as [`super::Texts::render`] says.
///
/// # Errors
/// [`RenderError`]: a template lacks a value, or a link is not one.
pub(super) fn render(
    words: &Environment<'static>,
    letter: &Letter,
    times: &BTreeMap<&str, String>,
    language: Language,
    unsubscribe: Option<&str>,
) -> Result<Rendered, RenderError> {
    let name = letter.name();
    let failed = |source| RenderError::Template { letter: name, source };
    let link = letter.link();
    let portal = portal_of(letter).ok_or_else(|| RenderError::Link { letter: name, link: one_line(link) })?;
    let page = |kind: &str| {
        let frame = context! {
            frame => format!("frame.{kind}"), layout => format!("layout.{kind}"), parts => format!("parts.{kind}"),
            told => format!("told.{kind}"), times => times, lang => words::language_tag(language), portal => portal.as_str(),
            unsubscribe => unsubscribe, stop_label => language.pick("Disattivatele", "Switch them off"),
        };
        let values = context! { ..Value::from(Serde(letter)), ..frame };
        words.get_template(&format!("{name}.{kind}"))?.render_captured(values)
    };
    let mut text = page("txt").map_err(failed)?;
    let subject = text.with_state_mut(|state| state.render_block("subject")).map_err(failed)?;
    let html = page("html").map_err(failed)?;
    Ok(Rendered { subject: short(&one_line(&subject)), text: tidy(text.output(), 1), html: tidy(html.output(), 0) })
}

/// The words that are built in.
pub(super) fn built_in(language: Language) -> &'static Environment<'static> {
    language.pick(&*ITALIAN, &*ENGLISH)
}

/// The portal's address: the letter's own for a sign-in code, else where its link lives.
fn portal_of(letter: &Letter) -> Option<String> {
    let link = letter.link();
    if let Letter::SignInCode { .. } = letter {
        return is_link(link).then(|| link.to_owned());
    }
    let (scheme, rest) = link.split_once("://").filter(|_| is_link(link))?;
    rest.split(['/', '?', '#']).next().map(|host| format!("{scheme}://{host}/"))
}

fn is_link(link: &str) -> bool {
    let safe = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\'' | '\\');
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(safe))
}

fn short(subject: &str) -> String {
    if subject.chars().count() <= SUBJECT {
        return subject.to_owned();
    }
    subject.chars().take(SUBJECT - 1).chain(['…']).collect()
}

/// No control characters, no blanks at line ends, at most `blank` empty lines in a row.
fn tidy(page: &str, blank: usize) -> String {
    let mut tidy = String::with_capacity(page.len());
    let mut empty = blank; // none at the top
    for line in page.trim_end().lines() {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= blank {
            tidy.push_str(line.trim_end());
            tidy.push('\n');
        }
    }
    tidy
}

static ITALIAN: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::It, BTreeMap::new()));
static ENGLISH: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::En, BTreeMap::new()));

/// The templates of one language; `own` goes before those built in, by the name of the file. A template that does not
/// parse is left to `get_template` to report.
pub(super) fn environment(language: Language, own: BTreeMap<String, String>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_loader(move |name| {
        let file = |ending| own.get(&format!("{}.j2", name.strip_suffix(ending)?));
        let found = own.get(name).or_else(|| file(".html")).or_else(|| file(".txt")).map(String::as_str);
        let found = found.or_else(|| wording::subject(file(".subject")?));
        Ok(found.or_else(|| wording::source(name, language)).map(str::to_owned))
    });
    environment.add_filter("date", move |date: &str| {
        let date = date.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, "not a date"))?;
        Ok::<_, Error>(words::long_date(date, language))
    });
    for preposition in ["il", "di", "a", "da"] {
        environment.add_filter(preposition, move |name: &str| words::with_article(preposition, name));
    }
    environment.add_filter("sentence", words::sentence);
    environment.add_filter("wrap", words::wrap);
    environment.add_filter("quoted", words::quoted);
    environment.add_filter("one_line", one_line);
    environment.add_filter("lines", |text: &str| Value::from_safe_string(escape(text.trim()).replace('\n', "<br>")));
    environment.add_filter("href", |link: &str| {
        let refusal = || Error::new(ErrorKind::InvalidOperation, format!("`{}` is not a link", one_line(link)));
        is_link(link).then(|| Value::from_safe_string(escape(link))).ok_or_else(refusal)
    });
    environment
}

/// As minijinja does, but `/` stays: mail scanners that rewrite links read the source.
fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}
