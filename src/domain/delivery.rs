//! What became of a mail, as its sender and the stewards may know it: where it stands in a sentence, and never to which
//! address it went.
use super::{
    bounce::BounceCause,
    id::{Id, OutboxId, TerritoryId},
    mail::{LetterKind, MailState, NewMail},
    notification::said_instant,
    text::Language,
    time::Ts,
};
use serde_json::{Map, Value};
use uuid::Uuid;

words! {
    /// Why somebody who should read a mail was not written to.
    enum Withheld {
        /// Mails to the address come back.
        ComesBack = "COMES_BACK",
        /// The address is a certified one (PEC).
        Pec = "PEC",
    }
}

words! {
    /// What kind of reader a mail goes to.
    enum RecipientKind {
        /// Somebody with an account.
        Person = "PERSON",
        /// A contact person.
        Contact = "CONTACT",
        /// The role mailbox of a territory.
        Mailbox = "MAILBOX",
        /// An address that somebody gave: to sign in, or of who is invited.
        Address = "ADDRESS",
        /// Somebody who was erased.
        Erased = "ERASED",
    }
}

impl RecipientKind {
    /// Read from the recipient's key in the queue: `person:<id>`, `contact:<id>`, `territory:<id>`, `address:<e-mail>`.
    #[must_use]
    pub fn of(key: &str) -> Self {
        match key.split(':').next() {
            Some("person") => Self::Person,
            Some("contact") => Self::Contact,
            Some("territory") => Self::Mailbox,
            Some("address") => Self::Address,
            _ => Self::Erased,
        }
    }

    /// In a few words that name nobody.
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        let (it, en) = match self {
            Self::Person => ("una persona del territorio", "somebody of the territory"),
            Self::Contact => ("un referente della pratica", "a contact of the practice"),
            Self::Mailbox => ("la casella del territorio", "the territory's mailbox"),
            Self::Address => ("un indirizzo indicato da qualcuno", "an address that somebody gave"),
            Self::Erased => ("una persona cancellata", "somebody who was erased"),
        };
        match language {
            Language::It => it,
            Language::En => en,
        }
    }
}

/// A mail of the queue without what it says.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// Key.
    pub id: OutboxId,
    /// Word of a [`LetterKind`]; text, because a newer program may know more.
    pub letter: String,
    /// To whom, as a key.
    pub recipient: String,
    /// The address; empty once erased. Shown to nobody but by [`masked`].
    pub address: String,
    /// The ids it is written from.
    pub data: Map<String, Value>,
    /// Where it stands.
    pub state: MailState,
    /// How often somebody began to send it.
    pub attempts: i64,
    /// Not sent before.
    pub due_at: Ts,
    /// What the server said, or why it was not sent.
    pub reason: Option<String>,
    /// Why it came back.
    pub bounce: Option<BounceCause>,
    /// Why its reader was not written to.
    pub withheld: Option<Withheld>,
    /// Its Message-ID.
    pub message_id: String,
    /// When it was put into the queue.
    pub created_at: Ts,
    /// When a server took it.
    pub sent_at: Option<Ts>,
    /// The message or request it is about.
    pub about: Option<Uuid>,
    /// The version that the step gave the request.
    pub step: Option<i64>,
}

impl Dispatch {
    /// The territory it is read for; none for the hub's own staff.
    #[must_use]
    pub fn side(&self) -> Option<TerritoryId> {
        self.data.get("side")?.as_str()?.parse().ok().map(Id::of)
    }

    /// When it is tried, or tried again; none where it is not any more.
    #[must_use]
    pub fn next_attempt(&self) -> Option<Ts> {
        matches!(self.state, MailState::Queued | MailState::Unsure).then_some(self.due_at)
    }

    /// Where it stands, in one sentence without a subject, with times as Italy's clocks show them. In no server's words:
    /// those name addresses.
    #[must_use]
    pub fn sentence(&self, language: Language, now: Ts) -> String {
        let at = |ts: Ts| said_instant(ts, language);
        let (it, en) = match self.state {
            MailState::Queued if self.attempts > 0 => (
                format!("in attesa: nuovo tentativo {}", at(self.due_at)),
                format!("waiting: next attempt {}", at(self.due_at)),
            ),
            MailState::Queued if self.due_at > now => {
                (format!("in attesa: parte {}", at(self.due_at)), format!("waiting: leaves {}", at(self.due_at)))
            }
            MailState::Queued => ("in attesa di partire".to_owned(), "waiting to leave".to_owned()),
            MailState::Sending => ("in corso di invio".to_owned(), "being sent".to_owned()),
            MailState::Unsure => (
                format!("forse consegnata, la linea è caduta: nuovo tentativo {}", at(self.due_at)),
                format!("perhaps delivered, the line broke: next attempt {}", at(self.due_at)),
            ),
            MailState::Sent => {
                let at = at(self.sent_at.unwrap_or(self.due_at));
                (format!("consegnata al server {at}"), format!("handed to the server {at}"))
            }
            MailState::Failed => match self.bounce {
                Some(cause) => (
                    format!("respinta: {}", cause.words(Language::It)),
                    format!("sent back: {}", cause.words(Language::En)),
                ),
                None => ("non recapitata: tentativi esauriti".to_owned(), "not delivered: given up".to_owned()),
            },
            MailState::Suppressed => self.not_sent(),
        };
        language.pick(it, en)
    }

    fn not_sent(&self) -> (String, String) {
        let (it, en) = match self.withheld {
            Some(Withheld::ComesBack) => {
                ("la posta per questa casella torna indietro", "mails to this mailbox come back")
            }
            Some(Withheld::Pec) => {
                ("la casella è una PEC, che non riceve notifiche", "the mailbox is a PEC, which takes no notifications")
            }
            None => (
                "nel frattempo non serviva più, o non riguardava più chi doveva leggerla",
                "meanwhile it was no longer needed, or no longer its reader's business",
            ),
        };
        (format!("non inviata: {it}"), format!("not sent: {en}"))
    }
}

/// What a mail is about, so that its sender finds it: a message, or a request and the version its step gave it. A
/// reminder is nobody's letter, and neither is a digest.
#[must_use]
pub fn about(mail: &NewMail) -> (Option<Uuid>, Option<i64>) {
    let id = |name: &str| mail.id::<()>(name).map(Id::uuid);
    if mail.letter == LetterKind::NewMessage {
        return (id("message"), None);
    }
    match mail.data.get("version").and_then(Value::as_i64) {
        Some(version) if !mail.data.contains_key("timer") => (id("subject"), Some(version)),
        _ => (None, None),
    }
}

/// The domain of an address, in lower case; empty where it has none.
#[must_use]
pub fn domain_of(address: &str) -> String {
    address.rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase()).unwrap_or_default()
}

/// For how many seconds a domain rests after so many refusals for now in a row: half a minute, doubled each time, at most
/// a quarter of an hour. Servers that take no first mail from a stranger (greylisting) mostly want five minutes.
#[must_use]
pub fn rest(failures: i64) -> i64 {
    let doubled = u32::try_from(failures.clamp(1, 10) - 1).unwrap_or(0);
    (30_i64 << doubled).min(15 * 60)
}

/// A text in which each address keeps its first letter and its domain: `ada@troia.it` becomes `a…@troia.it`. That is
/// enough to see a mistyped domain or a server that refuses all, and no address of a contact who asked not to be shown
/// is told to anybody.
#[must_use]
pub fn masked(text: &str) -> String {
    let is_local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let mut parts = text.split('@').peekable();
    let mut masked = String::new();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            masked.push_str(part);
            break;
        }
        let kept = part.trim_end_matches(is_local);
        masked.push_str(kept);
        masked.extend(part[kept.len()..].chars().next());
        masked.push_str("…@");
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_first_letter_and_its_domain() {
        for (text, shown) in [
            ("ada.rossi@troia.it", "a…@troia.it"),
            ("550 5.1.1 <ada@troia.it>: unknown (risposte+b12@hub.it)", "550 5.1.1 <a…@troia.it>: unknown (r…@hub.it)"),
            ("nothing to hide", "nothing to hide"),
            ("è@x.it e @y", "è…@x.it e …@y"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn a_domain_is_what_follows_the_last_at() {
        assert_eq!((domain_of("A@Troia.IT").as_str(), domain_of("nobody").as_str()), ("troia.it", ""));
    }

    #[test]
    fn every_recipient_key_has_a_kind() {
        use RecipientKind as R;
        for (key, kind) in [
            ("person:1", R::Person),
            ("contact:1", R::Contact),
            ("territory:1", R::Mailbox),
            ("address:a@b.it", R::Address),
            ("erased:1", R::Erased),
        ] {
            assert_eq!(RecipientKind::of(key), kind);
        }
    }
}
