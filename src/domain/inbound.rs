//! Mails that come in, as far as they have been understood: answers, bounces, and what is to be left alone.
use sha2::{Digest, Sha256};

/// The largest mail that is read whole, in bytes. Answers are text: what is larger is refused politely.
pub const MOST_BYTES: u32 = 5 << 20;
/// How many mails that one sender wrote within an hour are taken: more is a loop, whatever its headers say.
pub const MOST_AN_HOUR: i64 = 30;
/// How often within an hour one sender is told why a mail of its was not taken.
pub const TOLD_AN_HOUR: i64 = 5;
/// Seconds over which mails of a sender are counted.
pub const WINDOW_SECONDS: i64 = 3_600;
/// Days for which it is remembered that a mail was dealt with: longer than any mailbox keeps what it has moved away.
pub const KEPT_DAYS: i64 = 400;

/// A mail that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// SHA-256 of its Message-ID, or of the whole mail where it has none: the same however often it is delivered.
    pub fingerprint: Vec<u8>,
    /// The one address it says it is from, in lower case; none where there is none, or more than one.
    pub from: Option<String>,
    /// Its subject on one line.
    pub subject: String,
    /// The tags of our addresses among its recipients, without repeats; those the servers noted first.
    pub tags: Vec<String>,
    /// Our own relay found that the sender is not who it says.
    pub is_forged: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a mail is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wrote it.
    Answer(Answer),
    /// One of ours could not be delivered, for good or for now.
    Bounce(Bounce),
    /// One of ours waits somewhere: no failure yet.
    Delayed,
    /// A program answered: out of office, a ticket number, a mailing list.
    Automatic,
    /// It says that something arrived or was read; those of certified mail too.
    Receipt,
    /// One of our own came back to us.
    Loop,
    /// It is larger than [`MOST_BYTES`]: only its header was read.
    TooLarge,
    /// It is no mail.
    Unreadable,
}

impl Kind {
    /// The word under which it is kept.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Answer(_) => "ANSWER",
            Self::Bounce(_) => "BOUNCE",
            Self::Delayed => "DELAYED",
            Self::Automatic => "AUTOMATIC",
            Self::Receipt => "RECEIPT",
            Self::Loop => "LOOP",
            Self::TooLarge => "TOO_LARGE",
            Self::Unreadable => "UNREADABLE",
        }
    }
}

/// What somebody wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Their own words: without what they quote and without their signature. May be empty.
    pub text: String,
    /// How many files came with it.
    pub attachments: usize,
}

/// What a server says of a mail of ours that it could not deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounce {
    /// To whom, where it says.
    pub recipient: Option<String>,
    /// The enhanced status code (RFC 3463), e.g. `5.1.1`.
    pub status: Option<String>,
    /// In the server's words, on one line.
    pub said: String,
    /// The Message-IDs of ours that it quotes, with angle brackets.
    pub message_ids: Vec<String>,
}

/// What is kept of an address or a Message-ID: enough to count and to recognise.
#[must_use]
pub fn fingerprint(of: &[u8]) -> Vec<u8> {
    Sha256::digest(of).to_vec()
}
