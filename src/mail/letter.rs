//! The letters the hub writes, as typed values: what each must know before it can be written.
//!
//! Names follow the mails of the request lifecycle. Free text is in the writer's words; labels
//! (roles, reasons) are given in the reader's language. Dates are civil dates in Italy.

use jiff::civil::Date;
use serde::Serialize;

use super::matter::{Matter, ReplicationResult, SupportLevel};
use super::news::News;
use crate::domain::{mail::NotTaken, word::Word};

/// One mail to write, before language and layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// To a person who is signing in.
    SignInCode {
        /// What to type.
        code: String,
        /// How long it is good for.
        minutes: u32,
        /// The portal.
        public_url: String,
    },
    /// To a person who is asked to join a territory.
    Invitation {
        /// Name of the territory.
        territory: String,
        /// Label of the inviter's role, e.g. "Responsabile dell'Ufficio di Piano".
        inviter_role: String,
        /// Label of the role offered.
        role: String,
        /// Where to accept.
        sign_in_url: String,
        /// After how many days the invitation lapses.
        days: u32,
    },
    /// To the owner's contacts and role mailbox: somebody needs the practice.
    RequestReceived {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// The help asked for.
        support_level: SupportLevel,
        /// The need in the requester's words.
        need: String,
        /// When they would like to start.
        wished_start: Option<Date>,
        /// By when to answer.
        due: Date,
        /// When the request lapses without an answer.
        expires: Date,
    },
    /// To the requester: what was sent, and what happens now.
    RequestCopy {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// The help asked for.
        support_level: SupportLevel,
        /// The need in the requester's words.
        need: String,
        /// When they would like to start.
        wished_start: Option<Date>,
        /// By when the owner is asked to answer.
        due: Date,
        /// When the request lapses without an answer.
        expires: Date,
    },
    /// To the requester: the owner has taken the request in hand.
    Acknowledged {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// The facilitator did it on the owner's behalf.
        by_facilitator: bool,
        /// By when the owner is asked to decide.
        due: Date,
    },
    /// To the requester and their coordinator: yes.
    Accepted {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// The help granted.
        support_level: SupportLevel,
        /// Who will help, as they wish to be named.
        mentor: String,
        /// Of the first meeting or call.
        first_date: Date,
        /// The owner's words.
        note: Option<String>,
    },
    /// To the requester: no, and who else might help.
    #[serde(rename = "declined_with_alternatives")]
    Declined {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// Label of the reason in the reader's language.
        reason_label: String,
        /// The owner's words.
        text: Option<String>,
        /// Practices near this one; may be empty.
        alternatives: Vec<Alternative>,
    },
    /// To the owner's contacts: an outcome waits for their confirmation.
    #[serde(rename = "outcome_for_confirmation")]
    Completed {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// How it ended, as the requester says.
        result: ReplicationResult,
        /// Where the outcome is read and confirmed.
        outcome_url: String,
        /// Days the owner has.
        days: u32,
        /// The last of them.
        due: Date,
    },
    /// To the facilitator: a replication has ended.
    #[serde(rename = "completed")]
    CompletedCopy {
        /// The request.
        #[serde(flatten)]
        matter: Matter,
        /// How it ended, as the requester says.
        result: ReplicationResult,
        /// Where the outcome is read.
        outcome_url: String,
        /// Days the owner has to confirm.
        days: u32,
        /// The last of them.
        due: Date,
    },
    /// To who watches needs: a practice was found that answers them.
    NeedMatched {
        /// Title of the practice.
        practice: String,
        /// Name of its owner.
        owner: String,
        /// Name of the territory that looks.
        territory: String,
        /// What it looks for, each in one line; at least one.
        needs: Vec<String>,
        /// The practice's page.
        url: String,
        /// The practice is an invented example; the letter says so.
        illustrative: bool,
    },
    /// To a person: what has come since the last digest.
    Digest {
        /// How many things.
        total: usize,
        /// The most important of them, at most ten; at least one.
        items: Vec<Told>,
        /// How many more.
        more: usize,
        /// The notification centre.
        url: String,
    },
    /// To whom the life cycle's table says: a step was taken, or a time has come.
    News(News),
    /// To who answered by mail: why the answer, or what came with it, was not taken.
    ReplyNotTaken {
        /// Why. To the templates `reason`: their layout has a `why` of its own.
        #[serde(rename = "reason")]
        why: NotTaken,
        /// The subject of their mail.
        their_subject: String,
        /// What the portal would have said.
        said: Option<String>,
        /// Where to write instead.
        url: String,
    },
    /// To the facilitator: nobody of a territory can be reached by mail.
    Undelivered {
        /// Name of the territory.
        territory: String,
        /// Number of the request that the mail was about, if any.
        number: Option<String>,
        /// Why the last mail came back, in the reader's language.
        cause: String,
        /// The request, or the territory.
        url: String,
    },
    /// To the other side of a conversation.
    NewMessage {
        /// Subject of the conversation.
        subject: String,
        /// Number of the request it is about, if any.
        number: Option<String>,
        /// Territory of the author.
        author_territory: String,
        /// Label of the author's role.
        author_role: String,
        /// The author's name, when their visibility allows it.
        author_name: Option<String>,
        /// The message.
        body_text: String,
        /// Where to answer.
        url: String,
        /// Whether an answer to the letter itself lands in the conversation.
        by_mail: bool,
        /// Set when an acknowledged request now waits for the reader, who is the requester: by when to answer.
        reply_by: Option<Date>,
    },
}

/// One thing that a digest tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The subject of the letter that would say the same.
    pub title: String,
    /// When it happened.
    pub day: Date,
    /// Where to go.
    pub url: String,
}

/// A practice to try instead of one that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// Title of the practice.
    pub title: String,
    /// Name of its owner.
    pub territory: String,
    /// Its page.
    pub url: String,
}

impl Letter {
    /// The name of the mail in the lifecycle table, and of its template.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::SignInCode { .. } => "sign_in_code",
            Self::Invitation { .. } => "invitation",
            Self::RequestReceived { .. } => "request_received",
            Self::RequestCopy { .. } => "request_copy",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined_with_alternatives",
            Self::Completed { .. } => "outcome_for_confirmation",
            Self::CompletedCopy { .. } => "completed",
            Self::NeedMatched { .. } => "need_matched",
            Self::Digest { .. } => "digest",
            Self::News(news) => news.kind.as_str(),
            Self::NewMessage { .. } => "new_message",
            Self::ReplyNotTaken { .. } => "reply_not_taken",
            Self::Undelivered { .. } => "undelivered",
        }
    }

    /// The page the reader is sent to.
    #[must_use]
    pub fn link(&self) -> &str {
        match self {
            Self::SignInCode { public_url: link, .. }
            | Self::Invitation { sign_in_url: link, .. }
            | Self::Completed { outcome_url: link, .. }
            | Self::CompletedCopy { outcome_url: link, .. }
            | Self::NeedMatched { url: link, .. }
            | Self::Digest { url: link, .. }
            | Self::NewMessage { url: link, .. }
            | Self::ReplyNotTaken { url: link, .. }
            | Self::Undelivered { url: link, .. } => link,
            Self::RequestReceived { matter, .. }
            | Self::RequestCopy { matter, .. }
            | Self::Acknowledged { matter, .. }
            | Self::Accepted { matter, .. }
            | Self::Declined { matter, .. }
            | Self::News(News { matter, .. }) => &matter.request_url,
        }
    }
}
