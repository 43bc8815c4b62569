//! Whether a program answered: by its headers (RFC 3834 and what came before it), and by the subjects that mail programs
//! of offices write when nobody is there.
use super::{says, texts};
use mail_parser::Message;

/// What an absent person's mail program writes at the beginning of a subject, in lower case.
const ABSENT: &[&str] = &[
    "risposta automatica",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "out of office",
    "out-of-office",
    "fuori sede",
    "fuori ufficio",
    "assente dall",
    "assenza dall",
    "assenza:",
    "messaggio di assenza",
    "sono in ferie",
    "risponditore automatico",
    "abwesenheit",
    "réponse automatique",
    "vacation",
];

/// Whether nobody wrote it.
pub(super) fn is(mail: &Message<'_>) -> bool {
    let submitted = texts(mail, "Auto-Submitted").any(|text| !text.to_lowercase().starts_with("no"));
    let marked = ["X-Autoreply", "X-Autorespond", "X-Auto-Response", "X-AutoReply-From", "X-Mail-Autoreply", "List-Id"];
    submitted
        || marked.iter().any(|name| texts(mail, name).next().is_some())
        || says(mail, "Precedence", &["bulk", "junk", "auto_reply", "list"])
        || has_no_sender(mail)
        || is_a_daemons(mail)
        || is_absent(mail.subject().unwrap_or_default())
}

/// The envelope had no sender, which only reports and automatic answers have.
pub(super) fn has_no_sender(mail: &Message<'_>) -> bool {
    texts(mail, "Return-Path").any(|text| text == "<>")
}

/// It says that a mail server or another program wrote it.
pub(super) fn is_a_daemons(mail: &Message<'_>) -> bool {
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let name = from.split('@').next().unwrap_or_default().to_lowercase();
    let daemons = ["mailer-daemon", "postmaster", "maildaemon", "mdaemon", "microsoftexchange", "noreply", "no-reply"];
    daemons.iter().any(|daemon| name.starts_with(daemon)) || name.contains("mailer-daemon")
}

fn is_absent(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    // Not "Re: …": then a person answers to such a mail.
    ABSENT.iter().any(|words| subject.starts_with(words))
}
