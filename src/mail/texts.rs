//! Whose words letters have: those built in, and those that a folder puts in their place without another program. A letter
//! that a folder's words cannot say is said in the built-in ones: no mail waits for its wording.
use super::{
    headline::Headline,
    letter::Letter,
    render::{self, RenderError, Rendered},
    wording,
};
use crate::domain::{mail::LetterKind, request::Timing, text::Language};
use minijinja::{Environment, Error};
use std::{
    collections::BTreeMap,
    error::Error as _,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Bytes of one file: the longest built-in wording has a twentieth of it.
const MOST: u64 = 64 * 1024;
const FOLDERS: [(&str, Language); 2] = [("it", Language::It), ("en", Language::En)];

/// Why a folder of wordings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file by whose name no letter is known.
    #[error("{0}: there is no wording of this name; `innesto mail texts FOLDER` writes those there are")]
    Unknown(String),
    /// A file too long to be a letter.
    #[error("{0}: the file is longer than 64 KiB")]
    Long(String),
    /// A letter cannot be written with it.
    #[error("the letter `{letter}` in the language `{language}`: {problem}")]
    Wrong {
        /// Name of the sample, see [`Letter::samples`].
        letter: &'static str,
        /// `it` or `en`.
        language: &'static str,
        /// What is wrong, with file and line where it is of one.
        problem: String,
    },
}

/// The words of all letters. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Texts(Option<Arc<[Environment<'static>; 2]>>);

impl Texts {
    /// The built-in words, and in the place of some of them the files of a folder: `it/accepted.j2`, `en/accepted.j2` and
    /// so on, and `layout.html`, `layout.txt`, `parts.html`, `parts.txt`. Other endings are left alone. Each letter is
    /// tried with sample values.
    ///
    /// # Errors
    /// [`TextsError`]: the first thing that is wrong.
    pub fn with_folder(folder: &Path) -> Result<Self, TextsError> {
        let shared = read(folder, |name| name.starts_with("layout.") || name.starts_with("parts."))?;
        let environment = |(name, language): (&str, Language)| {
            let mut own = shared.clone();
            let folder = folder.join(name);
            if folder.exists() {
                own.extend(read(&folder, |name| {
                    let known = |stem: &str| wording::source(&format!("{stem}.txt"), language).is_some();
                    name.strip_suffix(".j2").is_some_and(known)
                })?);
            }
            Ok(render::environment(language, own))
        };
        let [italian, english] = FOLDERS.map(environment);
        let texts = Self(Some(Arc::new([italian?, english?])));
        texts.check()?;
        Ok(texts)
    }

    /// Writes the letter in the language; `times` says how long each timer waits, by its name, in that language. With
    /// `unsubscribe`, a link at its end by which no more of its kind are asked for.
    ///
    /// # Errors
    /// [`RenderError`] of the built-in words: a link is not one.
    pub fn render(
        &self,
        letter: &Letter,
        times: &BTreeMap<&str, String>,
        language: Language,
        unsubscribe: Option<&str>,
    ) -> Result<Rendered, RenderError> {
        if let Some(own) = self.own(language) {
            match render::render(own, letter, times, language, unsubscribe) {
                Ok(mail) => return Ok(mail),
                Err(error) => {
                    tracing::warn!(
                        error = told(&error, language.pick("it", "en")),
                        "the folder's words cannot say a letter: the built-in ones do"
                    );
                }
            }
        }
        render::render(render::built_in(language), letter, times, language, unsubscribe)
    }

    /// What the subject of a letter of this kind says, without the number in front; empty for one that is no notification.
    #[must_use]
    pub fn headline(&self, kind: LetterKind, of: &Headline, language: Language) -> String {
        let own = self.own(language).and_then(|own| of.said(own, kind).ok());
        own.or_else(|| of.said(render::built_in(language), kind).ok()).unwrap_or_default()
    }

    fn own(&self, language: Language) -> Option<&Environment<'static>> {
        let [italian, english] = self.0.as_deref()?;
        Some(language.pick(italian, english))
    }

    /// Tries every letter: each has a subject that begins with the request's number where the built-in one does, and leads
    /// to the same place.
    fn check(&self) -> Result<(), TextsError> {
        for (name, language) in FOLDERS {
            let times = Timing::default().said(language);
            for (case, letter) in Letter::samples(language) {
                let wrong = |problem: String| TextsError::Wrong { letter: case, language: name, problem };
                let with = |words| {
                    render::render(words, &letter, &times, language, None).map_err(|error| wrong(told(&error, name)))
                };
                let own = with(self.own(language).unwrap_or_else(|| render::built_in(language)))?;
                let number = with(render::built_in(language))?.subject;
                let number =
                    number.strip_prefix('[').and_then(|subject| Some(format!("[{}]", subject.split_once(']')?.0)));
                if number.as_ref().is_some_and(|number| !own.subject.starts_with(number)) || own.subject.is_empty() {
                    let begins = number.map_or_else(String::new, |number| format!(" that begins with {number}"));
                    return Err(wrong(format!("it needs a subject{begins}")));
                }
                if !own.text.contains(letter.link()) || !own.html.contains(letter.link()) {
                    return Err(wrong("it does not lead to what it speaks of: its link is missing".to_owned()));
                }
            }
        }
        Ok(())
    }
}

/// Writes the built-in words into a folder, to be changed there. What is there already stays.
///
/// # Errors
/// [`TextsError::File`].
pub fn write_out(folder: &Path) -> Result<Vec<PathBuf>, TextsError> {
    let mut files: Vec<(PathBuf, &str)> =
        wording::SHARED.iter().map(|(name, text)| (folder.join(name), *text)).collect();
    for (place, language) in FOLDERS {
        let texts =
            wording::NAMES.iter().filter_map(|name| Some((name, wording::source(&format!("{name}.txt"), language)?)));
        files.extend(texts.map(|(name, text)| (folder.join(place).join(format!("{name}.j2")), text)));
    }
    files.retain(|(path, _)| !path.exists());
    for (path, text) in &files {
        let failed = |source| TextsError::File { path: path.display().to_string(), source };
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
        fs::write(path, text).map_err(failed)?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The templates of a folder by their names. Files that are no templates are left alone, one that nobody knows is refused.
fn read(folder: &Path, known: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>, TextsError> {
    let at = |path: &Path| path.display().to_string();
    let failed = |path: &Path| {
        let path = at(path);
        move |source| TextsError::File { path, source }
    };
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if !entry.file_type().map_err(failed(&path))?.is_file() || !is_template(&path) {
            continue;
        }
        if !known(&name) {
            return Err(TextsError::Unknown(at(&path)));
        }
        if entry.metadata().map_err(failed(&path))?.len() > MOST {
            return Err(TextsError::Long(at(&path)));
        }
        found.insert(name, fs::read_to_string(&path).map_err(failed(&path))?);
    }
    Ok(found)
}

fn is_template(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "j2" || ending == "html" || ending == "txt")
}

/// What is wrong, in which file and line: minijinja's innermost error says so, by the name of the template.
fn told(error: &RenderError, language: &str) -> String {
    let RenderError::Template { source, .. } = error else { return error.to_string() };
    let mut innermost = source;
    while let Some(inner) = innermost.source().and_then(|inner| inner.downcast_ref::<Error>()) {
        innermost = inner;
    }
    let what = innermost.detail().map_or_else(|| innermost.kind().to_string(), str::to_owned);
    let Some((name, line)) = innermost.name().zip(innermost.line()) else { return what };
    let shared = wording::SHARED.iter().any(|(shared, _)| *shared == name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let file = if shared { name.to_owned() } else { format!("{language}/{stem}.j2") };
    format!("{file}, line {line}: {what}")
}
