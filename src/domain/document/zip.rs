//! What a zip archive says of itself: the names in its directory, which stands at its end. Nothing is unpacked.
use super::MediaType;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
/// How an archive begins.
pub const BEGIN: &[u8] = b"PK\x03\x04";

/// The parts by which the types of Office are known.
const OFFICE: [(&[u8], MediaType); 3] = [
    (b"word/document.xml", MediaType::Docx),
    (b"xl/workbook.xml", MediaType::Xlsx),
    (b"ppt/presentation.xml", MediaType::Pptx),
];

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// A document of this type.
    Document(MediaType),
    /// A document that holds programs.
    Macros,
    /// Anything else.
    Other,
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + N)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// The names of the directory, where it lies within `tail`, the end of the archive.
fn names(tail: &[u8]) -> Option<Vec<&[u8]>> {
    let end = tail.windows(END.len()).rposition(|window| window == END)?;
    let (count, length) = (number::<2>(tail, end + 10)?, number::<4>(tail, end + 12)?);
    let mut rest = tail.get(end.checked_sub(length)?..end)?;
    let mut names = Vec::with_capacity(count.min(1024));
    for _ in 0..count {
        rest = rest.strip_prefix(ENTRY)?;
        let (name, extra, comment) = (number::<2>(rest, 24)?, number::<2>(rest, 26)?, number::<2>(rest, 28)?);
        names.push(rest.get(42..42 + name)?);
        rest = rest.get(42 + name + extra + comment..)?;
    }
    Some(names)
}

/// The type that an OpenDocument names in its first part, which is not compressed.
fn open_document(head: &[u8]) -> Option<MediaType> {
    let stored = number::<2>(head, 8)? == 0 && head.get(30..38)? == b"mimetype";
    let (extra, length) = (number::<2>(head, 28)?, number::<4>(head, 18)?);
    let named = head.get(38 + extra..)?.get(..length).filter(|_| stored)?;
    match named {
        b"application/vnd.oasis.opendocument.text" => Some(MediaType::Odt),
        b"application/vnd.oasis.opendocument.spreadsheet" => Some(MediaType::Ods),
        b"application/vnd.oasis.opendocument.presentation" => Some(MediaType::Odp),
        _ => None,
    }
}

/// What the archive with this beginning and end is.
pub fn archive(head: &[u8], tail: &[u8]) -> Archive {
    let Some(names) = names(tail) else { return Archive::Other };
    let has = |wanted: &[u8]| names.contains(&wanted);
    // Office finds its parts by name in any case.
    let programs = |name: &&[u8]| {
        let name = name.to_ascii_lowercase();
        name.ends_with(b"vbaproject.bin") || name.starts_with(b"basic/") || name.starts_with(b"scripts/")
    };
    let of_office = || {
        let office = OFFICE.iter().find(|(part, _)| has(part)).map(|(_, media_type)| *media_type);
        office.filter(|_| has(b"[Content_Types].xml"))
    };
    match open_document(head).or_else(of_office) {
        Some(_) if names.iter().any(programs) => Archive::Macros,
        Some(media_type) => Archive::Document(media_type),
        None => Archive::Other,
    }
}
