//! The queue of mails: where each stands, which letter it is, and the names by which mail programs know it.
use super::{
    id::{Id, Kind, OutboxId},
    text::Language,
    time::Ts,
};
use serde_json::{Map, Value};

words! {
    /// Where a mail stands on its way out.
    enum MailState {
        /// Waits for its turn.
        Queued = "QUEUED",
        /// Somebody is sending it, until the lease ends.
        Sending = "SENDING",
        /// A server took it.
        Sent = "SENT",
        /// The connection was lost after the final dot: it may have left. Tried again under the same Message-ID.
        Unsure = "UNSURE",
        /// Refused for good, or tried too often.
        Failed = "FAILED",
        /// Not sent on purpose: what it speaks of is gone, or is no longer the reader's business.
        Suppressed = "SUPPRESSED",
    }
}

words! {
    /// Which letter a mail is; the words are those of the mails in the life cycle's table.
    enum LetterKind {
        /// A code to sign in with.
        SignInCode = "sign_in_code",
        /// An invitation to join a territory.
        Invitation = "invitation",
        /// To the owner: somebody asks for its practice.
        RequestReceived = "request_received",
        /// To the requester: what was sent.
        RequestCopy = "request_copy",
        /// To the requester: the owner took it up.
        Acknowledged = "acknowledged",
        /// To the requester: yes.
        Accepted = "accepted",
        /// To the requester: no, and who else might help.
        Declined = "declined_with_alternatives",
        /// To the owner: an outcome waits to be confirmed.
        OutcomeForConfirmation = "outcome_for_confirmation",
        /// To the facilitator: a replication has ended.
        Completed = "completed",
        /// To the author: a draft waits.
        DraftNudge = "draft_nudge",
        /// To the author: a draft is soon thrown away.
        DraftDiscardNotice = "draft_discard_notice",
        /// To the owner: a request still waits for it.
        RequestReminder = "request_reminder",
        /// To the facilitator: a request stands still.
        RequestStuck = "request_stuck",
        /// To the owner: the decision is due.
        DecisionReminder = "decision_reminder",
        /// To the requester: a question waits.
        AnswerReminder = "answer_reminder",
        /// To the requester: without an answer the request is soon withdrawn.
        NoAnswerNotice = "no_answer_notice",
        /// To both: nothing has begun yet.
        StartReminder = "start_reminder",
        /// To the requester: how does it go?
        CheckInDue = "check_in_due",
        /// To the owner: the outcome is not confirmed yet.
        ConfirmationReminder = "confirmation_reminder",
        /// To the requester: does it still run?
        FollowUpDue = "follow_up_due",
        /// To the facilitator: full support was promised.
        AcceptedCopy = "accepted_copy",
        /// To the facilitator: a request was declined.
        DeclinedCopy = "declined_copy",
        /// To the requester: the owner got more time.
        Extended = "extended",
        /// To the requester: nobody answered, and who else might help.
        ExpiredWithAlternatives = "expired_with_alternatives",
        /// To the owner's coordinators and the facilitator: nobody answered.
        Expired = "expired",
        /// To both: the agreement was recorded.
        AgreementRecorded = "agreement_recorded",
        /// To both: the work has begun.
        Started = "started",
        /// To the owner and the facilitator: the requester needs help.
        Stuck = "stuck",
        /// To all: the work was stopped.
        Interrupted = "interrupted",
        /// To both: it goes on.
        Reopened = "reopened",
        /// To the requester: what the owner says of the outcome.
        OutcomeConfirmed = "outcome_confirmed",
        /// To the facilitator: the owner disputes the outcome.
        OutcomeDisputed = "outcome_disputed",
        /// To the owner: the request was taken back.
        Withdrawn = "withdrawn",
        /// To all: the request was struck out.
        Annulled = "annulled",
        /// To who watches a need: a practice answers it.
        NeedMatched = "need_matched",
        /// To the other side of a conversation.
        NewMessage = "new_message",
        /// To a person: what has come since the last one.
        Digest = "digest",
        /// To who answered by mail: why the answer, or what came with it, was not taken.
        ReplyNotTaken = "reply_not_taken",
        /// To the facilitator: nobody of a territory can be reached by mail.
        Undelivered = "undelivered",
    }
}

words! {
    /// Why an answer by mail, or what came with it, was not taken.
    enum NotTaken {
        /// The text was taken, the files were not.
        Attachments = "ATTACHMENTS",
        /// There were only files.
        OnlyAttachments = "ONLY_ATTACHMENTS",
        /// There were no words of one's own.
        Empty = "EMPTY",
        /// It is too large to be read.
        TooLarge = "TOO_LARGE",
        /// It was sent to no address that takes answers.
        UnknownAddress = "UNKNOWN_ADDRESS",
        /// The mail that it answers was sent to somebody else.
        Stranger = "STRANGER",
        /// Whoever answers has never signed in.
        SignIn = "SIGN_IN",
        /// The conversation is no longer theirs.
        NotYours = "NOT_YOURS",
        /// The sender's own mail server says that it is not from there.
        Forged = "FORGED",
        /// It holds a fiscal code or an IBAN.
        CaseData = "CASE_DATA",
        /// The portal would not have taken it either, and says why.
        Refused = "REFUSED",
    }
}

/// A mail to put into the queue.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Its key; the Message-ID comes from it.
    pub id: OutboxId,
    /// Why: `event:<seq>`, `challenge:<id>`, `match:<seq>:<territory>` or `digest:<seq>`. One mail for each cause and recipient, whoever plans it.
    pub cause: String,
    /// To whom, as a key: `person:<id>`, `contact:<id>`, `territory:<id>`, `address:<e-mail>`.
    pub recipient: String,
    /// What it says; written only when it is sent.
    pub letter: LetterKind,
    /// The address.
    pub address: String,
    /// The name beside the address.
    pub name: Option<String>,
    /// In which language.
    pub language: Language,
    /// The ids it is written from.
    pub data: Map<String, Value>,
    /// What must not be kept, e.g. a sign-in code: wiped when the mail leaves the queue.
    pub secret: Option<String>,
    /// The name of its thread, from [`thread`]; none for a mail that stands alone.
    pub thread: Option<String>,
    /// Not sent before.
    pub due_at: Ts,
    /// The host of the hub's public address, for the Message-ID.
    pub host: String,
    /// When it was put into the queue.
    pub created_at: Ts,
}

impl NewMail {
    /// One of the ids it is written from.
    #[must_use]
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        id_of(&self.data, name)
    }
}

/// A mail of the queue.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its key.
    pub id: OutboxId,
    /// Why.
    pub cause: String,
    /// To whom, as a key.
    pub recipient: String,
    /// Word of a [`LetterKind`]; text, so that a letter of a newer program stops no other mail.
    pub letter: String,
    /// The address.
    pub address: String,
    /// The name beside the address.
    pub name: Option<String>,
    /// In which language.
    pub language: Language,
    /// The ids it is written from.
    pub data: Map<String, Value>,
    /// What is wiped when it leaves the queue.
    pub secret: Option<String>,
    /// Its Message-ID, the same at every attempt.
    pub message_id: String,
    /// The name of its thread.
    pub thread: Option<String>,
    /// Where it stands.
    pub state: MailState,
    /// How often somebody began to send it.
    pub attempts: i64,
    /// Not sent before.
    pub due_at: Ts,
    /// Whose lease it is.
    pub claimed_by: Option<String>,
    /// Until when.
    pub claimed_until: Option<Ts>,
    /// Why it was not sent, or what the server said.
    pub reason: Option<String>,
    /// When it was put into the queue.
    pub created_at: Ts,
    /// When a server took it.
    pub sent_at: Option<Ts>,
}

impl Mail {
    /// One of the ids it is written from.
    #[must_use]
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        id_of(&self.data, name)
    }
}

fn id_of<K>(data: &Map<String, Value>, name: &str) -> Option<Id<K>> {
    data.get(name)?.as_str()?.parse().ok().map(Id::of)
}

/// The Message-ID of a mail: from its row, so the same whoever sends it and however often.
#[must_use]
pub fn message_id(id: OutboxId, host: &str) -> String {
    format!("<{}@{host}>", id.uuid().simple())
}

/// The Message-ID that all mails about one thing refer to, so that mail programs show them as one thread. No mail
/// has it: a thread holds together even for a reader who joins late.
#[must_use]
pub fn thread<K: Kind>(about: Id<K>, host: &str) -> String {
    format!("<{}.{}@{host}>", K::NAME.to_lowercase(), about.uuid().simple())
}

/// How many attempts a mail gets: with [`pause`] the last comes five days after the first, so that a mail server that is
/// down over a long weekend loses nothing.
pub const MOST_ATTEMPTS: i64 = 25;

/// How many seconds to wait after the attempt with this number (1, 2, 3 …): half a minute, doubled each time, at most
/// eight hours.
#[must_use]
pub fn pause(attempts: i64) -> i64 {
    let doubled = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    (30_i64 << doubled).min(8 * 3600)
}

impl LetterKind {
    /// Whether it tells that a time has come: then it says nothing any more once somebody has acted.
    #[must_use]
    pub const fn is_of_a_timer(self) -> bool {
        matches!(
            self,
            Self::DraftNudge
                | Self::DraftDiscardNotice
                | Self::RequestReminder
                | Self::RequestStuck
                | Self::DecisionReminder
                | Self::AnswerReminder
                | Self::NoAnswerNotice
                | Self::StartReminder
                | Self::CheckInDue
                | Self::ConfirmationReminder
                | Self::FollowUpDue
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RequestId;
    use uuid::Uuid;

    #[test]
    fn pauses_grow_to_a_cap_and_all_attempts_span_five_days() {
        assert_eq!([pause(0), pause(1), pause(2), pause(3)], [30, 30, 60, 120]);
        assert!((1..40).all(|n| pause(n) <= pause(n + 1) && pause(n) <= 8 * 3600));
        let hours = (1..MOST_ATTEMPTS).map(pause).sum::<i64>() / 3600;
        assert_eq!(hours, 5 * 24);
    }

    #[test]
    fn names_for_mail_programs_come_from_ids_alone() {
        let id = Uuid::from_u128(7);
        assert_eq!(message_id(OutboxId::of(id), "h.example"), "<00000000000000000000000000000007@h.example>");
        assert_eq!(
            thread(RequestId::of(id), "h.example"),
            "<replicationrequest.00000000000000000000000000000007@h.example>"
        );
    }
}
