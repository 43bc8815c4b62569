//! Mails as the world's programs write them, in `tests/inbound`: each with what must be read out of it beside.
//! `{reply}`, `{bounce}` and `{id}` stand for the addresses and the Message-ID of one mail of ours.
use innesto::{
    domain::{
        bounce::BounceCause,
        id::{Id, OutboxId},
        inbound::{Kind, Received},
        mail::message_id,
        reply_address::{Purpose, ReplyMailbox, opened},
        word::Word,
    },
    mail::inbound::{Reading, read, read_header},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};
use uuid::Uuid;

const KEY: &[u8] = b"the corpus has a key of its own.";
const HOST: &str = "innesto.example";

fn mailbox() -> ReplyMailbox {
    ReplyMailbox::parse("risposte@innesto.example").unwrap()
}

fn ours() -> OutboxId {
    Id::of(Uuid::from_u128(0x0193_5a7c_1234_7abc_8def_0123_4567_89ab))
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbound");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
    files.sort();
    files
}

fn raw(file: &Path) -> Vec<u8> {
    let (reply, bounce) =
        (mailbox().address(KEY, Purpose::Reply, ours()), mailbox().address(KEY, Purpose::Bounce, ours()));
    let id = message_id(ours(), HOST);
    let mut bytes = fs::read(file).unwrap();
    for (name, value) in [
        ("{reply}", reply.as_str()),
        ("{REPLY}", &reply.to_uppercase()),
        ("{bounce}", &bounce),
        ("{plain}", "risposte@innesto.example"),
        ("{id}", id.trim_matches(['<', '>'])),
    ] {
        let mut at = 0;
        while let Some(found) = bytes[at..].windows(name.len()).position(|part| part == name.as_bytes()) {
            bytes.splice(at + found..at + found + name.len(), value.bytes());
            at += found + value.len();
        }
    }
    bytes
}

fn reading(mailbox: &ReplyMailbox) -> Reading<'_> {
    Reading { mailbox, host: HOST, authserv: Some("mx.innesto.example") }
}

/// What was read, in the form of the files beside the mails; only what is not as usual is named.
fn told(mail: &Received) -> String {
    let tags: Vec<&str> = mail
        .tags
        .iter()
        .map(|tag| match opened(KEY, tag) {
            Some((Purpose::Reply, id)) if id == ours() => "reply",
            Some((Purpose::Bounce, id)) if id == ours() => "bounce",
            _ => "plain",
        })
        .collect();
    let mut out = format!("kind: {}\n", mail.kind.word());
    let _ = writeln!(out, "tags: {}", if tags.is_empty() { "none".to_owned() } else { tags.join(" ") });
    if mail.from.is_none() {
        out.push_str("from: none\n");
    }
    if mail.is_forged {
        out.push_str("forged: yes\n");
    }
    match &mail.kind {
        Kind::Answer(answer) => {
            if answer.attachments > 0 {
                let _ = writeln!(out, "attachments: {}", answer.attachments);
            }
            let _ = write!(out, "---\n{}", answer.text);
        }
        Kind::Bounce(bounce) => {
            let _ = writeln!(out, "cause: {}", BounceCause::of(bounce).as_str());
            let _ = writeln!(out, "recipient: {}", bounce.recipient.as_deref().unwrap_or("none"));
            let _ = write!(out, "ids: {}", bounce.message_ids.len());
        }
        _ => {}
    }
    out.trim_end().to_owned()
}

#[test]
fn every_mail_of_the_corpus_is_read_as_is_written_beside_it() {
    let (mailbox, mut wrong, mut kinds) = (mailbox(), String::new(), BTreeMap::new());
    for file in files() {
        let expected = fs::read_to_string(file.with_extension("txt")).unwrap();
        let raw = raw(&file);
        let crlf = String::from_utf8_lossy(&raw)
            .contains("charset=utf-8")
            .then(|| String::from_utf8_lossy(&raw).replace("\r\n", "\n").replace('\n', "\r\n").into_bytes());
        // As mail comes from a server, and as files are written.
        for raw in std::iter::once(&raw).chain(&crlf) {
            let mail = read(raw, reading(&mailbox));
            *kinds.entry(mail.kind.word()).or_insert(0) += 1;
            if told(&mail) != expected.trim_end() {
                let name = file.file_stem().unwrap().to_string_lossy();
                let _ = writeln!(
                    wrong,
                    "=== {name}: expected\n{}\n--- read\n{}\n    {:?}",
                    expected.trim_end(),
                    told(&mail),
                    mail.kind
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(files().len() >= 40 && kinds.len() == 6, "{kinds:?}");
}

#[test]
fn each_has_a_fingerprint_of_its_own_that_is_the_same_at_every_delivery() {
    let mailbox = mailbox();
    let mut seen = BTreeSet::new();
    for file in files() {
        let raw = raw(&file);
        let mail = read(&raw, reading(&mailbox));
        assert!(seen.insert(mail.fingerprint.clone()), "{}", file.display());
        let again = [b"Received: from elsewhere\n".as_slice(), &raw].concat();
        let text = String::from_utf8_lossy(&raw).to_lowercase();
        let has_id = text.split("\n\n").next().unwrap().contains("\nmessage-id:");
        assert_eq!(read(&again, reading(&mailbox)).fingerprint == mail.fingerprint, has_id, "{}", file.display());
    }
}

#[test]
fn a_header_alone_tells_programs_from_people() {
    let mailbox = mailbox();
    for file in files() {
        let raw = raw(&file);
        let end = raw.windows(2).position(|two| two == b"\n\n").unwrap();
        let (whole, header) = (read(&raw, reading(&mailbox)), read_header(&raw[..=end], reading(&mailbox)));
        assert!(matches!(header.kind, Kind::TooLarge | Kind::Automatic), "{}", file.display());
        assert!(!matches!(whole.kind, Kind::Automatic) || header.kind == Kind::Automatic, "{}", file.display());
        assert_eq!((whole.from, whole.tags), (header.from, header.tags), "{}", file.display());
    }
}

/// Whatever is cut out of or put into mails, they are read without a panic, and in a text is nothing a message may not have.
#[test]
fn broken_mails_are_read_too() {
    let (mailbox, mut state) = (mailbox(), 0x2545_f491_4f6c_dd1d_u64);
    let mut random = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(most.max(1)).unwrap()).unwrap()
    };
    for file in files() {
        let raw = raw(&file);
        for _ in 0..20 {
            let mut broken = raw.clone();
            for _ in 0..=random(4) {
                let at = random(broken.len());
                match random(4) {
                    0 => broken.truncate(at.max(1)),
                    1 => broken[at] = u8::try_from(random(256)).unwrap(),
                    2 => drop(broken.drain(at..(at + random(40)).min(broken.len()))),
                    _ => drop(broken.splice(
                        at..at,
                        b"\r\n--dsn\r\nContent-Type: message/rfc822\r\n\r\n<blockquote>\0".iter().copied(),
                    )),
                }
                if broken.is_empty() {
                    break;
                }
            }
            if let Kind::Answer(answer) = read(&broken, reading(&mailbox)).kind {
                assert!(!answer.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{}", file.display());
            }
        }
    }
    for deep in ["<blockquote>", "<div>", "<", "<!--", "<style>", "&#"] {
        let page = format!("Content-Type: text/html\n\n{}", deep.repeat(50_000));
        assert_eq!(read(page.as_bytes(), reading(&mailbox)).kind.word(), "ANSWER");
    }
    // What takes longer with each line than with the one before ends long after the test does.
    for (kind, long) in [
        ("plain", "\n"),
        ("plain", "\n\n----------\n"),
        ("plain", "> a\n\n"),
        ("html", "<style></style>"),
        ("html", "<br><p>"),
    ] {
        let mail = format!("Content-Type: text/{kind}\n\n{}", long.repeat((4 << 20) / long.len()));
        assert_eq!(read(mail.as_bytes(), reading(&mailbox)).kind.word(), "ANSWER");
    }
}
