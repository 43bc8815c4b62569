//! The three ways a mail can leave, and what can go wrong on the way.

use serde::{Deserialize, Serialize};

use super::{Folder, Memory, Outgoing, Smtp, Turn};

/// Where mail goes: to a relay, to a folder (development), to memory (tests). Clones share the same place.
#[derive(Clone, Debug)]
pub enum Transport {
    /// A real mail server.
    Smtp(Smtp),
    /// A folder of `.eml` files.
    Folder(Folder),
    /// A list in this process.
    Memory(Memory),
}

/// What the transport answered when it took the mail over.
#[derive(Debug)]
pub struct Receipt {
    /// The server's last reply (`250 2.0.0 Ok: queued as 4F1`), the file's name, or `memory`.
    pub reference: String,
    /// Kept until it is written down that the mail left: no other is handed over meanwhile.
    pub turn: Turn,
}

/// Why a mail did not leave, sorted by what the sender should do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Trying again is useless: the recipient or the mail itself was refused.
    #[error("refused for good: {reason}")]
    Permanent {
        /// The SMTP reply code, when a server said it.
        code: Option<u16>,
        /// In the words of the server, or ours.
        reason: String,
    },
    /// Nothing was handed over; try again later.
    #[error("not now: {reason}")]
    Transient {
        /// The SMTP reply code, when a server said it.
        code: Option<u16>,
        /// In the words of the server, or ours.
        reason: String,
        /// It was said, or nothing was, after the recipient had been named: the same may happen to other mails to
        /// that domain, and need not happen to any other.
        of_recipient: bool,
    },
    /// The connection was lost after the final dot: the server may or may not have the mail.
    #[error("nobody knows whether it left: {reason}")]
    Unsure {
        /// What happened to the connection.
        reason: String,
    },
}

impl SendError {
    pub(super) fn transient(reason: impl std::fmt::Display) -> Self {
        Self::Transient { code: None, reason: format!("{reason}"), of_recipient: false }
    }
}

/// A mail as the development mailbox shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMail {
    /// As given in [`Outgoing::message_id`].
    pub message_id: String,
    /// When it was written.
    pub date: jiff::Timestamp,
    /// The recipient, `Name <address>`.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The plain-text alternative.
    pub text: String,
    /// The HTML alternative: show it in a sandboxed frame only.
    pub html: String,
}

impl From<&Outgoing> for KeptMail {
    fn from(mail: &Outgoing) -> Self {
        Self {
            message_id: mail.message_id.clone(),
            date: mail.date,
            to: mail.to.to_string(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            html: mail.html.clone(),
        }
    }
}

impl Transport {
    /// Hands one mail over.
    ///
    /// # Errors
    /// [`SendError`]: only `Permanent` is final; `Unsure` should wait for a person or a bounce.
    pub async fn send(&self, mail: &Outgoing) -> Result<Receipt, SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail).await,
            Self::Folder(folder) => folder.send(mail).await,
            Self::Memory(memory) => memory.send(mail),
        }
    }

    /// There is no mail for now: nothing is kept open for the next one.
    pub fn rest(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.rest();
        }
    }

    /// Tries the way without sending: connect, greet, sign in and leave; or write and remove a file.
    ///
    /// # Errors
    /// [`SendError`], whose text is fit for an administrator.
    pub async fn check(&self) -> Result<String, SendError> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::Folder(folder) => folder.check().await,
            Self::Memory(_) => Ok("mail is kept in memory and never leaves".to_owned()),
        }
    }

    /// The last `limit` mails kept here, newest last; `None` for SMTP, which keeps nothing.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn list(&self, limit: usize) -> std::io::Result<Option<Vec<KeptMail>>> {
        match self {
            Self::Smtp(_) => Ok(None),
            Self::Folder(folder) => folder.list(limit).await.map(Some),
            Self::Memory(memory) => Ok(Some(memory.list(limit))),
        }
    }
}
