//! What a file is, told by its bytes while they pass: nothing but its beginning and its end is kept.
use super::{ACCEPTED, MediaType, empty, name::extension, ole, ole::Ole, zip, zip::Archive};
use crate::domain::refusal::{Code, Refusal};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Bytes of the beginning that are kept.
const HEAD: usize = 4 << 10;
/// Bytes of the end that are kept: an archive's directory must lie within.
const TAIL: usize = 256 << 10;

/// Looks at a file as it passes.
#[derive(Debug)]
pub struct Sniffer {
    size: u64,
    hash: Sha256,
    head: Vec<u8>,
    tail: Vec<u8>,
    /// The end of a character that has not passed whole; none where it is no text.
    text: Option<Vec<u8>>,
    ole: Ole,
}

/// What was seen of a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it is.
    pub media_type: MediaType,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

impl Default for Sniffer {
    fn default() -> Self {
        let (head, tail) = (Vec::new(), Vec::new());
        Self { size: 0, hash: Sha256::new(), head, tail, text: Some(Vec::new()), ole: Ole::default() }
    }
}

impl Sniffer {
    /// Looks at the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.size = self.size.saturating_add(bytes.len() as u64);
        self.hash.update(bytes);
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        if self.head.starts_with(zip::BEGIN) {
            self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
            // Cut now and then, not at each piece.
            if self.tail.len() > 2 * TAIL {
                self.tail.drain(..self.tail.len() - TAIL);
            }
        }
        // Its entries are counted from the beginning, which may come in pieces too.
        if ole::BEGIN.starts_with(&self.head[..self.head.len().min(ole::BEGIN.len())]) {
            self.ole.push(bytes);
        }
        self.text = self.text.take().and_then(|rest| text_goes_on(rest, bytes));
    }

    /// How many bytes have passed.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// What it is, now that all has passed. The name tells only which text it is.
    ///
    /// # Errors
    /// `REQUIRED` where there was nothing, `INVALID` for what is not accepted.
    pub fn finish(self, name: &str) -> Result<Seen, Refusal> {
        if self.size == 0 {
            return Err(empty());
        }
        let media_type = self.media_type(name)?;
        let sha256 = self.hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(Seen { media_type, size: self.size, sha256 })
    }

    fn media_type(&self, name: &str) -> Result<MediaType, Refusal> {
        let extension = extension(name);
        let extension = extension.as_deref();
        for (begin, media_type) in [
            (&b"%PDF-"[..], MediaType::Pdf),
            (b"\x89PNG\r\n\x1a\n", MediaType::Png),
            (b"\xff\xd8\xff", MediaType::Jpeg),
        ] {
            if self.head.starts_with(begin) {
                return Ok(media_type);
            }
        }
        if self.head.starts_with(zip::BEGIN) {
            return match zip::archive(&self.head, &self.tail) {
                Archive::Document(media_type) => Ok(media_type),
                Archive::Macros => Err(macros()),
                Archive::Other => Err(not_accepted()),
            };
        }
        if self.head.starts_with(ole::BEGIN) {
            return match (self.ole.word, self.ole.excel) {
                _ if self.ole.macros => Err(macros()),
                // A text may hold sheets, and a sheet may hold texts.
                (true, true) if extension == Some("xls") => Ok(MediaType::Xls),
                (true, _) => Ok(MediaType::Doc),
                (false, true) => Ok(MediaType::Xls),
                (false, false) => Err(not_accepted()),
            };
        }
        let Some(media_type) = (match extension {
            Some("csv") => Some(MediaType::Csv),
            Some("txt") | None => Some(MediaType::Text),
            Some(_) => None,
        }) else {
            return Err(not_accepted());
        };
        match &self.text {
            Some(rest) if rest.is_empty() && !is_marked_up(&self.head) => Ok(media_type),
            Some(rest) if rest.is_empty() => Err(not_accepted()),
            _ if extension.is_some() => Err(not_utf8()),
            _ => Err(not_accepted()),
        }
    }
}

/// Whether all so far is text in UTF-8 without control characters: the bytes of a character that is not whole yet.
fn text_goes_on(mut rest: Vec<u8>, bytes: &[u8]) -> Option<Vec<u8>> {
    rest.extend_from_slice(bytes);
    let whole = match std::str::from_utf8(&rest) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&rest[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    if whole.chars().any(strange) {
        return None;
    }
    let length = whole.len();
    rest.drain(..length);
    Some(rest)
}

/// Whether a text is a page, a drawing or a program, whatever its name says.
fn is_marked_up(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    [&b"<"[..], b"#!", b"%!", b"{\\rtf"].iter().any(|begin| head.starts_with(begin))
}

fn not_accepted() -> Refusal {
    Refusal::new(Code::Invalid).on("document").say(
        format!(
            "Questo tipo di file non è accettato. Si accettano: {ACCEPTED}. Un archivio zip va caricato file per file."
        ),
        format!("This kind of file is not accepted. Accepted are: {ACCEPTED}. Upload a zip archive file by file."),
    )
}

fn macros() -> Refusal {
    Refusal::new(Code::Invalid).on("document").say(
        "Il file contiene delle macro, cioè dei programmi: salvatelo senza macro (ad esempio in PDF o DOCX) e riprovate.",
        "The file has macros, which are programs: save it without them (e.g. as PDF or DOCX) and try again.",
    )
}

fn not_utf8() -> Refusal {
    Refusal::new(Code::Invalid).on("document").say(
        "Il testo non è in UTF-8: salvatelo con la codifica UTF-8 e riprovate.",
        "The text is not in UTF-8: save it with the encoding UTF-8 and try again.",
    )
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
