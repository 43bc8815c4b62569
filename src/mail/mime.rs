//! The bytes of a mail (RFC 5322 and MIME), the same at every retry.
//!
//! Quoted-printable always: it is ASCII, so no relay needs 8BITMIME, and it cannot contain `=_`,
//! so no text a person writes can forge the boundary.

use std::time::SystemTime;

use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{MultiPart, SinglePart};

use super::SendError;
use super::address::one_line;
use super::outgoing::Outgoing;
use super::words::language_tag;

/// Builds the whole message; a mail that cannot be built will never be sent, hence `Permanent`.
pub(super) fn message(mail: &Outgoing) -> Result<Message, SendError> {
    let mut builder = Message::builder()
        .message_id(Some(message_id(&mail.message_id)?))
        .date(SystemTime::from(mail.date))
        .from(mail.from.mailbox().map_err(unwritable)?)
        .to(mail.to.mailbox().map_err(unwritable)?)
        .subject(one_line(&mail.subject));
    if let Some(bounces_to) = &mail.bounces_to {
        let to = vec![mail.to.mailbox().map_err(unwritable)?.email];
        let envelope = Envelope::new(Some(bounces_to.mailbox().map_err(unwritable)?.email), to);
        builder = builder.envelope(envelope.map_err(unwritable)?);
    }
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(reply_to.mailbox().map_err(unwritable)?);
    }
    if let Some(parent) = &mail.in_reply_to {
        builder = builder.in_reply_to(message_id(parent)?);
    }
    if !mail.references.is_empty() {
        let thread: Result<Vec<_>, _> = mail.references.iter().map(|id| message_id(id)).collect();
        builder = builder.references(thread?.join(" "));
    }
    // The two together keep holiday replies away from the hub: RFC 3834, and Exchange which ignores it.
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", language_tag(mail.language)),
    ] {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(unwritable)?;
        builder = builder.raw_header(HeaderValue::new(name, value.to_owned()));
    }
    if let Some(link) = &mail.unsubscribe {
        // What was signed as a link is one word of ASCII, which is neither folded nor encoded.
        if !link.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>') || link.len() > 900 {
            return Err(unwritable(format!("`{}` is not a link", one_line(link))));
        }
        let mut headers = vec![("List-Unsubscribe", format!("<{link}>"))];
        // One click is for links over TLS alone (RFC 8058, section 3.1).
        if link.starts_with("https://") {
            headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        for (name, value) in headers {
            let name = HeaderName::new_from_ascii(name.to_owned()).map_err(unwritable)?;
            builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
        }
    }
    let alternative = MultiPart::alternative()
        .boundary(format!("=_innesto_{:016x}", fingerprint(&mail.message_id)))
        .singlepart(part(ContentType::TEXT_PLAIN, &mail.text))
        .singlepart(part(ContentType::TEXT_HTML, &mail.html));
    builder.multipart(alternative).map_err(unwritable)
}

fn part(kind: ContentType, body: &str) -> SinglePart {
    // lettre mends a lone LF by shifting all that follows: on a long text that takes minutes.
    let body = body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    SinglePart::builder().header(kind).header(ContentTransferEncoding::QuotedPrintable).body(body)
}

/// `<id>` with its angle brackets; refuses anything that could end the header line.
fn message_id(id: &str) -> Result<String, SendError> {
    let bare = id.trim().trim_start_matches('<').trim_end_matches('>');
    let sound = bare.contains('@') && bare.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
    if sound { Ok(format!("<{bare}>")) } else { Err(unwritable(format!("`{}` is not a Message-ID", one_line(id)))) }
}

fn unwritable(reason: impl std::fmt::Display) -> SendError {
    SendError::Permanent { code: None, reason: format!("the mail cannot be written: {reason}") }
}

/// FNV-1a, 64 bits: a name for a message that stays the same in every version of the program.
pub(super) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
