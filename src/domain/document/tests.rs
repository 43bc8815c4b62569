//! What is accepted and what is not, in pieces of every size.
use super::*;
use crate::domain::{text::Language, word::Word};

fn seen(name: &str, bytes: &[u8], piece: usize) -> Result<Seen, Refusal> {
    let mut sniffer = Sniffer::default();
    bytes.chunks(piece).for_each(|piece| sniffer.push(piece));
    sniffer.finish(name)
}

/// A zip archive with these parts, none compressed.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let (name_length, length) = (u16::try_from(name.len()).unwrap(), u32::try_from(text.len()).unwrap());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&name_length.to_le_bytes());
        directory.extend_from_slice(&[0; 16]);
        directory.extend_from_slice(name.as_bytes());
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&[0; 14]);
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(&name_length.to_le_bytes());
        file.extend_from_slice(&[0; 2]);
        file.extend_from_slice(name.as_bytes());
        file.extend_from_slice(text.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let (start, length) = (u32::try_from(file.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    file.extend_from_slice(&directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&count);
    file.extend_from_slice(&count);
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&start.to_le_bytes());
    file.extend_from_slice(&[0; 2]);
    file
}

/// An old Office file with these directory entries.
fn old(entries: &[&str]) -> Vec<u8> {
    let mut file = ole::BEGIN.to_vec();
    file.resize(512, 0);
    for name in entries {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend_from_slice(&u16::try_from(2 * name.len() + 2).unwrap().to_le_bytes());
        entry.resize(128, 0);
        file.extend_from_slice(&entry);
    }
    file
}

const TYPES: &str = "[Content_Types].xml";

#[test]
fn a_file_is_what_its_bytes_say_in_pieces_of_every_size() {
    let odt = archive(&[("mimetype", MediaType::Odt.as_str()), ("content.xml", "<x/>")]);
    let docx = archive(&[("_rels/.rels", "x"), (TYPES, "x"), ("docProps/app.xml", "x"), ("word/document.xml", "x")]);
    let xlsx = archive(&[(TYPES, "x"), ("xl/workbook.xml", "x")]);
    let large = [b"%PDF-1.7\n".to_vec(), vec![0; 600_000]].concat();
    for (name, bytes, media_type) in [
        ("a.pdf", b"%PDF-1.7 x".to_vec(), MediaType::Pdf),
        ("a.doc", large, MediaType::Pdf),
        ("a", b"\x89PNG\r\n\x1a\nx".to_vec(), MediaType::Png),
        ("a.exe", b"\xff\xd8\xff\xe0x".to_vec(), MediaType::Jpeg),
        ("a.zip", odt, MediaType::Odt),
        ("a.docx", docx, MediaType::Docx),
        ("a.docx", xlsx, MediaType::Xlsx),
        ("a.doc", old(&["Root Entry", "WordDocument"]), MediaType::Doc),
        ("a.xls", old(&["Root Entry", "Workbook"]), MediaType::Xls),
        ("a.xls", old(&["WordDocument", "Workbook"]), MediaType::Xls),
        ("a.csv", "città;n\r\nBari;1\r\n".into(), MediaType::Csv),
        ("nota", "perché no €".into(), MediaType::Text),
    ] {
        for piece in [1, 7, 128, 4096, 1 << 20] {
            let seen = seen(name, &bytes, if bytes.len() > 10_000 { piece.max(128) } else { piece }).unwrap();
            assert_eq!((seen.media_type, seen.size), (media_type, bytes.len() as u64), "{name} by {piece}");
        }
    }
    let hash = seen("a.txt", b"abc", 1).unwrap().sha256;
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn what_can_do_harm_or_is_no_document_is_refused_with_what_is_accepted() {
    let macros = archive(&[(TYPES, "x"), ("word/document.xml", "x"), ("word/vbaProject.bin", "x")]);
    let basic = archive(&[("mimetype", MediaType::Odt.as_str()), ("Basic/Standard/x.xml", "x")]);
    let cut = archive(&[(TYPES, "x"), ("word/document.xml", "x")]);
    for (name, bytes, told) in [
        ("a.zip", archive(&[("a.txt", "x")]), "accettano"),
        ("a.jar", archive(&[("META-INF/MANIFEST.MF", "x")]), "accettano"),
        ("a.docx", cut[..cut.len() - 30].to_vec(), "accettano"),
        ("a.docm", macros, "macro"),
        ("a.docx", archive(&[(TYPES, "x"), ("word/document.xml", "x"), ("word/VBAPROJECT.BIN", "x")]), "macro"),
        ("a.odt", basic, "macro"),
        ("a.doc", old(&["WordDocument", "_VBA_PROJECT"]), "macro"),
        ("a.msi", old(&["Root Entry"]), "accettano"),
        ("a.exe", b"MZ\x90\0".to_vec(), "accettano"),
        ("a.txt", b"\x7fELF\x02".to_vec(), "UTF-8"),
        ("a.html", b"ciao".to_vec(), "accettano"),
        ("a.txt", b"\xef\xbb\xbf  <!doctype html><script>".to_vec(), "accettano"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "accettano"),
        ("a.js", b"alert(1)".to_vec(), "accettano"),
        ("a.txt", b"#!/bin/sh\n".to_vec(), "accettano"),
        ("a.csv", b"citt\xe0;n".to_vec(), "UTF-8"),
        ("a.txt", "perché".as_bytes()[..6].to_vec(), "UTF-8"),
        ("a.pdf", Vec::new(), "vuoto"),
    ] {
        for piece in [1, 4096] {
            let refusal = seen(name, &bytes, piece).unwrap_err();
            let said = refusal.sentence(Language::It);
            assert!(said.contains(told), "{name}: {said}");
        }
    }
}
