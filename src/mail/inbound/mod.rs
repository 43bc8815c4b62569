//! Reads a mail that came: what it is, who it says it is from, which of our addresses it was sent to, and what its author
//! wrote. Pure: it asks neither clock nor database, and decides nothing.
//!
//! Read `kinds` (what a mail is), `bounce` (what a server says), `words` (what a person wrote), `quoted` and `html`.
mod automatic;
mod bounce;
mod html;
mod kinds;
mod own;
mod quoted;

use super::address::one_line;
use crate::domain::{
    inbound::{Kind, Received, fingerprint},
    reply_address::ReplyMailbox,
};
use mail_parser::{HeaderName, Message, MessageParser};

/// What must be known to read a mail.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The mailbox it came to.
    pub mailbox: &'a ReplyMailbox,
    /// The host of our own Message-IDs.
    pub host: &'a str,
    /// The name under which our own relay writes `Authentication-Results`.
    pub authserv: Option<&'a str>,
}

/// Where servers note to whom they deliver, and then where people write it.
const RECIPIENTS: [&str; 7] =
    ["Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To", "To", "Cc"];

/// Reads a whole mail.
#[must_use]
pub fn read(raw: &[u8], reading: Reading<'_>) -> Received {
    received(raw, reading, |mail| kinds::of(mail, reading))
}

/// Reads the header of a mail that is too large to be read whole. What a program sent is never answered, however large.
#[must_use]
pub fn read_header(raw: &[u8], reading: Reading<'_>) -> Received {
    received(raw, reading, |mail| if automatic::is(mail) { Kind::Automatic } else { Kind::TooLarge })
}

fn received(raw: &[u8], reading: Reading<'_>, kind: impl Fn(&Message<'_>) -> Kind) -> Received {
    let parsed = MessageParser::default().parse(raw);
    let Some(mail) = &parsed else { return unreadable(raw) };
    let id = mail.message_id().map(str::trim).filter(|id| !id.is_empty());
    Received {
        fingerprint: fingerprint(id.map_or(raw, str::as_bytes)),
        from: from(mail),
        subject: one_line(mail.subject().unwrap_or_default()).chars().take(200).collect(),
        tags: tags(mail, reading.mailbox),
        is_forged: reading.authserv.is_some_and(|name| is_forged(mail, name)),
        kind: kind(mail),
    }
}

/// What is no mail, or whose reading broke the program: noted, and left alone.
#[must_use]
pub fn unreadable(raw: &[u8]) -> Received {
    let (fingerprint, kind) = (fingerprint(raw), Kind::Unreadable);
    Received { fingerprint, from: None, subject: String::new(), tags: Vec::new(), is_forged: false, kind }
}

/// The one sender. A header with several, or several headers, is what forgers send.
fn from(mail: &Message<'_>) -> Option<String> {
    let headers = mail.headers().iter().filter(|header| header.name == HeaderName::From);
    let mut all = headers.filter_map(|header| header.value.as_address()).flat_map(|list| list.iter());
    let one = all.next()?.address()?.trim().to_lowercase();
    let is_one = one.len() <= 320 && one.contains('@') && !one.chars().any(char::is_control);
    (all.next().is_none() && is_one).then_some(one)
}

/// The text of each header with this name, from the top.
fn texts<'m>(mail: &'m Message<'_>, name: &'m str) -> impl Iterator<Item = &'m str> {
    mail.headers_raw().filter(move |(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, text)| text.trim())
}

/// Whether a header of this name has one of these words, in any case.
fn says(mail: &Message<'_>, name: &str, words: &[&str]) -> bool {
    texts(mail, name).any(|text| {
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    })
}

fn tags(mail: &Message<'_>, mailbox: &ReplyMailbox) -> Vec<String> {
    let part_of_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let mut tags = Vec::new();
    for text in RECIPIENTS.iter().flat_map(|name| texts(mail, name)) {
        for tag in text.split(|c| !part_of_address(c)).filter_map(|word| mailbox.tag_of(word)) {
            if !tags.contains(&tag) && tags.len() < 20 {
                tags.push(tag);
            }
        }
    }
    tags
}

/// What our own relay found out about the sender: the topmost header under its name. Those below, and those under other
/// names, anybody may have written.
fn is_forged(mail: &Message<'_>, authserv: &str) -> bool {
    let ours = |text: &&str| {
        text.split([';', ' ', '\t', '\r', '\n']).next().is_some_and(|name| name.eq_ignore_ascii_case(authserv))
    };
    let Some(said) = texts(mail, "Authentication-Results").find(ours) else { return false };
    let said = said.to_lowercase();
    let found = |method: &str| -> Vec<String> {
        let results = said.split(';').skip(1).filter_map(|part| part.trim().strip_prefix(method)?.strip_prefix('='));
        results.map(|result| result.chars().take_while(char::is_ascii_alphabetic).collect()).collect()
    };
    let is_bad = |result: &String| matches!(result.as_str(), "fail" | "permerror");
    match found("dmarc").first().map(String::as_str) {
        Some("pass") => false,
        Some("fail") => true,
        // Without a policy of the sender's domain: a signature that does not hold, and none that does.
        _ => {
            let dkim = found("dkim");
            dkim.iter().any(is_bad) && !dkim.iter().any(|result| result == "pass")
        }
    }
}
