//! Documents: files that people upload for the kits of practices. What is accepted is told by the bytes ([`Sniffer`]),
//! never by the name.
mod name;
mod ole;
mod sniff;
mod zip;

pub use name::{NAME_AT_MOST, clean, with_extension};
pub use sniff::{Seen, Sniffer};

use super::{
    id::{DocumentId, PersonId, PracticeId, TerritoryId},
    refusal::{Code, Refusal},
    time::Ts,
};

words! {
    /// What a document may be: its media type.
    enum MediaType {
        /// Portable document.
        Pdf = "application/pdf",
        /// OpenDocument text.
        Odt = "application/vnd.oasis.opendocument.text",
        /// OpenDocument sheet.
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        /// OpenDocument slides.
        Odp = "application/vnd.oasis.opendocument.presentation",
        /// Word's text.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// Excel's sheet.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// PowerPoint's slides.
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// Word's text before 2007.
        Doc = "application/msword",
        /// Excel's sheet before 2007.
        Xls = "application/vnd.ms-excel",
        /// Picture.
        Png = "image/png",
        /// Photograph.
        Jpeg = "image/jpeg",
        /// Table in UTF-8.
        Csv = "text/csv",
        /// Text in UTF-8.
        Text = "text/plain",
    }
}

impl MediaType {
    /// The ending that a name of this type gets.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Doc => "doc",
            Self::Xls => "xls",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Csv => "csv",
            Self::Text => "txt",
        }
    }
}

/// A document that is whole and clean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Key; its bytes stand in the document store under it.
    pub id: DocumentId,
    /// The practice it was uploaded for; none where that practice is gone.
    pub practice: Option<PracticeId>,
    /// Whose room it takes.
    pub territory: TerritoryId,
    /// A clean name with the ending of its type, at most [`NAME_AT_MOST`] characters.
    pub name: String,
    /// What it is, by its bytes.
    pub media_type: MediaType,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Who uploaded it, unless it was the hub itself.
    pub uploaded_by: Option<PersonId>,
    /// When.
    pub created_at: Ts,
}

/// Seconds for which a client may send nothing.
pub const SILENCE: u64 = 30;
/// How slow a client may be: bytes a second, beyond a start of [`SILENCE`].
pub const SLOWEST: u64 = 16 << 10;

/// Seconds within which so many bytes arrive, or are given up.
#[must_use]
pub const fn arrives_within(size: u64) -> u64 {
    SILENCE + size / SLOWEST
}

/// Seconds after which an upload of at most so many bytes is no longer on its way: it has arrived, been written and been
/// looked at by the scanner, which has two minutes; or its process has died.
#[must_use]
pub const fn settled_within(most: u64) -> u64 {
    arrives_within(most) + 5 * 60
}

/// How many documents a territory may have that no kit uses yet.
pub const UNUSED_AT_MOST: i64 = 100;
/// Days after which what no kit uses is taken away.
pub const UNUSED_DAYS: i64 = 1;

/// What is accepted, for the sentence of a refusal.
pub const ACCEPTED: &str = "PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, DOC, XLS, PNG, JPEG, CSV, TXT";

/// The file is larger than `most` bytes.
#[must_use]
pub fn too_large(most: u64) -> Refusal {
    let most = most >> 20;
    Refusal::new(Code::TooLong).on("document").say(
        format!("Il file è troppo grande: il massimo è {most} MiB. Riducetelo, o indicate un collegamento."),
        format!("The file is too large: the limit is {most} MiB. Make it smaller, or give a link."),
    )
}

/// The file has no bytes.
#[must_use]
pub fn empty() -> Refusal {
    Refusal::new(Code::Required).on("document").say("Il file è vuoto.", "The file is empty.")
}

/// The territory has no room left.
#[must_use]
pub fn no_room(most: u64) -> Refusal {
    let most = most >> 20;
    Refusal::new(Code::TooMany).on("document").say(
        format!("I documenti del territorio occupano già quasi {most} MiB, il massimo: toglietene qualcuno."),
        format!("The territory's documents take almost {most} MiB already, which is the limit: remove some."),
    )
}

/// Too many that no kit uses.
#[must_use]
pub fn too_many_unused() -> Refusal {
    Refusal::new(Code::TooMany).on("document").say(
        format!("Ci sono già {UNUSED_AT_MOST} documenti caricati e non ancora aggiunti a un kit: aggiungeteli, o riprovate domani."),
        format!("{UNUSED_AT_MOST} documents were uploaded and not added to a kit yet: add them, or try again tomorrow."),
    )
}

/// It did not arrive whole.
#[must_use]
pub fn interrupted() -> Refusal {
    Refusal::new(Code::TooLate).on("document").say(
        "Il caricamento si è interrotto o è stato troppo lento: riprovate.",
        "The upload was interrupted or too slow: try again.",
    )
}

/// The scanner found something.
#[must_use]
pub fn infected() -> Refusal {
    Refusal::new(Code::Invalid).on("document").say(
        "L'antivirus ha trovato una minaccia in questo file: non è stato conservato. Controllate il vostro computer.",
        "The virus scanner found a threat in this file: it was not kept. Check your computer.",
    )
}
