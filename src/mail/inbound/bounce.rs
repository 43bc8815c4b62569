//! What servers say of our mails: in the form made for it (RFC 3464), or in their own words.
use super::{Reading, automatic, texts};
use crate::{
    domain::inbound::{Bounce, Kind},
    mail::address::one_line,
};
use mail_parser::{Message, MimeHeaders, PartType};

/// What a server writes, in lower case, whose mail says that another waits.
const WAITS: &[&str] = &[
    "will be retried",
    "will keep trying",
    "will continue to try",
    "still trying",
    "delivery delayed",
    "delayed mail",
    "(delay)",
    "delivery is delayed",
    "has been delayed",
    "warning message only",
    "do not need to resend",
    "not yet been delivered",
    "non è necessario inviare di nuovo",
    "recapito ritardato",
    "in ritardo",
    "ritardo nel recapito",
];

/// What stands before the mail that comes back, or in it: servers' lines, headers, and the first line of our letters.
const BELOW: &[&str] = &[
    "below this line is a copy of the message",
    "this is a copy of the message",
    "this is a copy of your message",
    "\nmessage-id:",
    "\nreceived:",
    "\nreturn-path:",
    super::quoted::MARKERS[0],
    super::quoted::MARKERS[1],
];

/// The same of a mail that did not arrive.
const FAILED: &[&str] = &[
    "undeliver",
    "returned mail",
    "failure notice",
    "delivery status notification (failure)",
    "delivery failure",
    "delivery fail",
    "delivery has failed",
    "mail delivery failed",
    "could not be delivered",
    "couldn't be delivered",
    "wasn't able to deliver",
    "unable to deliver",
    "permanent fatal errors",
    "permanent error",
    "user unknown",
    "address rejected",
    "no such user",
    "mancato recapito",
    "mancata consegna",
    "non recapitabile",
    "impossibile recapitare",
    "non è stato possibile recapitare",
    "non è stato recapitato",
    "recapito non riuscito",
    "impossibile consegnare",
    "message not delivered",
    "address not found",
    "indirizzo non trovato",
];

/// A report in the standard's form, in whatever multipart it stands.
pub(super) fn report(mail: &Message<'_>, reading: Reading<'_>) -> Option<Kind> {
    let part = mail.parts.iter().find(|part| {
        let named = part
            .content_type()
            .map(|kind| (kind.c_type.to_lowercase(), kind.c_subtype.as_deref().unwrap_or_default().to_lowercase()));
        named.is_some_and(|(kind, sub)| {
            kind == "message" && matches!(sub.as_str(), "delivery-status" | "global-delivery-status")
        })
    })?;
    let text = match &part.body {
        PartType::Message(inner) => String::from_utf8_lossy(inner.raw_message()).into_owned(),
        _ => String::from_utf8_lossy(part.contents()).into_owned(),
    };
    // One block for the mail, then one for each recipient; ours have one.
    let fields = fields(&text);
    let of = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let action = of("action").unwrap_or_default().to_lowercase();
    let status = of("status").and_then(status_in);
    let waits =
        action == "delayed" || (action.is_empty() && status.as_deref().is_some_and(|code| code.starts_with('4')));
    match action.as_str() {
        _ if waits => return Some(Kind::Delayed),
        "delivered" | "relayed" | "expanded" => return Some(Kind::Receipt),
        _ => {}
    }
    let bare = |value: &str| {
        value.split_once(';').map_or(value, |(_, rest)| rest).trim().trim_matches(['<', '>']).to_lowercase()
    };
    let said =
        of("diagnostic-code").map(|value| value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned());
    let written = quoted(mail, reading);
    Some(Kind::Bounce(Bounce {
        recipient: of("original-recipient").or_else(|| of("final-recipient")).map(bare),
        status: said.as_deref().and_then(status_in).filter(|code| !code.ends_with(".0.0")).or(status),
        said: said.map_or(written.said, |said| short(&said)),
        message_ids: written.message_ids,
    }))
}

/// A report in a server's own words: from a server, without a sender in its envelope, or to an address that only servers
/// write to. A person may use the same words, so one of these must hold.
pub(super) fn told(mail: &Message<'_>, reading: Reading<'_>) -> Option<Kind> {
    let from_a_server = automatic::is_a_daemons(mail) || automatic::has_no_sender(mail);
    let failed_header = texts(mail, "X-Failed-Recipients").next().is_some();
    if !from_a_server && !failed_header {
        return None;
    }
    let body = body(mail).to_lowercase();
    // The mail that comes back stands below: what it says is not the server's.
    let end = BELOW.iter().filter_map(|words| body.find(words)).min().unwrap_or(body.len());
    let text = format!("{}\n{}", mail.subject().unwrap_or_default().to_lowercase(), &body[..end]);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(WAITS) {
        return Some(Kind::Delayed);
    }
    (failed_header || has(FAILED)).then(|| Kind::Bounce(quoted(mail, reading)))
}

/// What can be read out of a report in words.
pub(super) fn quoted(mail: &Message<'_>, reading: Reading<'_>) -> Bounce {
    let text = body(mail);
    let raw = String::from_utf8_lossy(mail.raw_message());
    let mut message_ids = ids_in(&raw, reading.host);
    message_ids.extend(ids_in(&text, reading.host));
    message_ids.dedup();
    let line = text.lines().map(str::trim).find(|line| code_in(line).is_some() || status_in(line).is_some());
    let failed = texts(mail, "X-Failed-Recipients").next().map(str::to_lowercase);
    Bounce {
        recipient: failed.or_else(|| recipient_in(&text, reading)),
        status: line.and_then(|line| status_in(line).or_else(|| code_in(line))).or_else(|| status_in(&text)),
        said: short(line.unwrap_or(&text)),
        message_ids,
    }
}

/// All that a reader would see of it.
fn body(mail: &Message<'_>) -> String {
    let parts = (0..mail.text_body_count().min(5)).filter_map(|n| mail.body_text(n));
    parts.collect::<Vec<_>>().join("\n").chars().take(20_000).collect()
}

fn short(text: &str) -> String {
    one_line(text).chars().take(300).collect()
}

/// Header fields, with folded lines joined.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().take(500) {
        match (line.starts_with([' ', '\t']), line.split_once(':'), fields.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (false, Some((name, value)), _) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

/// An enhanced status code: `5.1.1`.
fn status_in(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| {
        let word = word.trim_matches('.');
        let parts: Vec<&str> = word.split('.').collect();
        let [class, subject, detail] = parts[..] else { return None };
        let short = |part: &str| (1..=3).contains(&part.len());
        (matches!(class, "4" | "5") && short(subject) && short(detail)).then(|| word.to_owned())
    })
}

/// The class of a reply of SMTP, as a status code: `550` is `5.0.0`.
fn code_in(line: &str) -> Option<String> {
    line.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
        let code: u16 = word.parse().ok().filter(|_| word.len() == 3)?;
        match code {
            421..=459 => Some("4.0.0".to_owned()),
            500..=559 => Some("5.0.0".to_owned()),
            _ => None,
        }
    })
}

fn recipient_in(text: &str, reading: Reading<'_>) -> Option<String> {
    let part_of_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@' | '\'');
    let addresses = text.split(|c| !part_of_address(c)).map(|word| word.trim_matches('.').to_lowercase());
    addresses.take(2_000).find(|word| {
        let parts = word.split_once('@');
        parts.is_some_and(|(local, domain)| {
            let a_server = ["mailer-daemon", "postmaster"].contains(&local);
            !local.is_empty()
                && domain.contains('.')
                && !a_server
                && reading.mailbox.tag_of(word).is_none()
                && ids_in(word, reading.host).is_empty()
        })
    })
}

/// The Message-IDs of our own mails in a text, with angle brackets: 32 hexadecimal digits at our host.
pub(super) fn ids_in(text: &str, host: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for (at, _) in text.match_indices('@') {
        let Some(local) = at.checked_sub(32).and_then(|from| text.get(from..at)) else { continue };
        let hex = local.bytes().all(|b| b.is_ascii_hexdigit());
        let before = text[..at - 32].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
        let domain = text.get(at + 1..at + 1 + host.len()).is_some_and(|domain| domain.eq_ignore_ascii_case(host));
        if hex && !before && domain {
            let id = format!("<{}@{host}>", local.to_lowercase());
            if !ids.contains(&id) && ids.len() < 10 {
                ids.push(id);
            }
        }
    }
    ids
}
