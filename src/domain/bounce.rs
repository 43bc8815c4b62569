//! Why a mail could not be delivered, sorted by what it says of the address: one that does not exist is not written to
//! again, one whose mailbox is full is given time.
use super::{
    id::{OutboxId, SuppressionId},
    inbound::Bounce,
    text::Language,
    time::Ts,
};

/// How many mails in a row an address may send back for now before it is not written to any more.
pub const MOST_SOFT: i64 = 5;

words! {
    /// Why a mail came back.
    enum BounceCause {
        /// There is no such mailbox.
        NoMailbox = "NO_MAILBOX",
        /// There is, but it is closed.
        Closed = "CLOSED",
        /// There is no such domain, or it takes no mail.
        NoDomain = "NO_DOMAIN",
        /// The mailbox is full.
        Full = "FULL",
        /// The server did not want this mail: its contents, its size, or who sent it.
        Refused = "REFUSED",
        /// The server could not be reached for days, or could not take it for now.
        Unreachable = "UNREACHABLE",
        /// Something else.
        Other = "OTHER",
    }
}

/// What servers say, in lower case, where their code says nothing or something else; the first that is found counts.
const SAID: &[(BounceCause, &[&str])] = &[
    (
        BounceCause::Full,
        &[
            "mailbox full",
            "mailbox is full",
            "over quota",
            "overquota",
            "quota exceeded",
            "casella piena",
            "insufficient storage",
        ],
    ),
    (
        BounceCause::Closed,
        &[
            "disabled",
            "inactive",
            "suspended",
            "disabilitat",
            "no longer in use",
            "deactivated",
            "account has been closed",
        ],
    ),
    (
        BounceCause::Refused,
        &[
            "spam",
            "blocked",
            "blacklist",
            "policy",
            "dmarc",
            "message size",
            "too large",
            "content rejected",
            "reputation",
        ],
    ),
    (
        BounceCause::NoMailbox,
        &[
            "user unknown",
            "unknown user",
            "no such user",
            "no such recipient",
            "no mailbox",
            "does not exist",
            "doesn't exist",
            "mailbox unavailable",
            "mailbox not found",
            "recipient rejected",
            "address rejected",
            "recipient not found",
            "recipientnotfound",
            "recipnotfound",
            "invalid recipient",
            "unknown recipient",
            "non esiste",
            "inesistente",
            "sconosciuto",
            "indirizzo non valido",
            "couldn't be found",
            "wasn't found",
            "isn't a valid",
            "impossibile trovare",
        ],
    ),
    (
        BounceCause::NoDomain,
        &[
            "host or domain name not found",
            "domain not found",
            "no mx",
            "null mx",
            "host unknown",
            "unrouteable address",
            "couldn't find any host",
        ],
    ),
];

impl BounceCause {
    /// What a bounce says: by its status code (RFC 3463), and where that says nothing by its words.
    #[must_use]
    pub fn of(bounce: &Bounce) -> Self {
        let status = bounce.status.as_deref().unwrap_or_default();
        let said = bounce.said.to_lowercase();
        let by_words =
            SAID.iter().find(|(_, words)| words.iter().any(|word| said.contains(word))).map(|(cause, _)| *cause);
        let (class, detail) = status.split_once('.').unwrap_or_default();
        let by_code = match (class, detail) {
            ("5", "1.1" | "1.3" | "1.6" | "1.10") => Some(Self::NoMailbox),
            ("5", "1.2" | "4.4" | "4.3") => Some(Self::NoDomain),
            ("5", "2.1") => Some(Self::Closed),
            (_, "2.2") => Some(Self::Full),
            ("5", "3.4" | "2.3" | "6.0" | "7.1") => Some(Self::Refused),
            (_, detail) if detail.starts_with("7.") => Some(Self::Refused),
            ("4", _) => Some(Self::Unreachable),
            _ => None,
        };
        // Many servers give one code for "not wanted" and "not there"; their words tell them apart.
        match (by_code, by_words) {
            (Some(Self::NoMailbox), Some(words @ (Self::Closed | Self::Full | Self::Refused)))
            | (None, Some(words)) => words,
            (Some(Self::Refused | Self::Unreachable), Some(Self::NoMailbox)) if class == "5" => Self::NoMailbox,
            (Some(code), _) => code,
            (None, None) => Self::Other,
        }
    }

    /// Whether the address itself is wrong, so that every other mail to it would come back too.
    #[must_use]
    pub const fn is_of_the_address(self) -> bool {
        matches!(self, Self::NoMailbox | Self::Closed | Self::NoDomain)
    }

    /// Whether it counts against the address: a mail that was not wanted says nothing of the next.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Refused)
    }

    /// In a few words, e.g. "casella inesistente".
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        let (it, en) = match self {
            Self::NoMailbox => ("casella inesistente", "no such mailbox"),
            Self::Closed => ("casella chiusa", "the mailbox is closed"),
            Self::NoDomain => ("dominio inesistente", "no such domain"),
            Self::Full => ("casella piena", "the mailbox is full"),
            Self::Refused => ("rifiutata dal server", "the server refused it"),
            Self::Unreachable => ("server irraggiungibile", "the server could not be reached"),
            Self::Other => ("mancato recapito", "it could not be delivered"),
        };
        match language {
            Language::It => it,
            Language::En => en,
        }
    }
}

/// An address that our mails come back from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Key.
    pub id: SuppressionId,
    /// The address, in lower case.
    pub address: String,
    /// Why the last mail came back.
    pub cause: BounceCause,
    /// In the server's words.
    pub said: String,
    /// The last mail that came back.
    pub mail: OutboxId,
    /// How many came back in a row.
    pub failures: i64,
    /// When the last came back.
    pub last_at: Ts,
    /// Since when the address is not written to; none while it still is.
    pub since: Option<Ts>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bounce_is_sorted_by_code_and_words() {
        use BounceCause as C;
        for (status, said, cause) in [
            ("5.1.1", "550 5.1.1 <x>: Recipient address rejected: User unknown", C::NoMailbox),
            ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", C::NoMailbox),
            ("5.1.1", "550 5.1.1 The account has been disabled", C::Closed),
            ("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive", C::Closed),
            ("5.1.2", "Host or domain name not found", C::NoDomain),
            ("5.4.4", "unable to look up host", C::NoDomain),
            ("5.2.2", "552 5.2.2 Over quota", C::Full),
            ("4.2.2", "452 4.2.2 Mailbox full", C::Full),
            ("5.7.1", "550 5.7.1 Message rejected as spam", C::Refused),
            ("5.7.26", "550-5.7.26 unauthenticated", C::Refused),
            ("5.3.4", "552 message size exceeds limit", C::Refused),
            ("4.4.1", "connection timed out", C::Unreachable),
            ("", "Sorry, no mailbox here by that name. (#5.1.1)", C::NoMailbox),
            ("5.5.0", "550 Requested action not taken: mailbox unavailable", C::NoMailbox),
            ("5.0.0", "undeliverable", C::Other),
        ] {
            let bounce = Bounce { status: Some(status.into()), said: said.into(), ..Bounce::default() };
            assert_eq!(C::of(&bounce), cause, "{status} {said}");
        }
    }
}
