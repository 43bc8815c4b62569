//! What happened, in the past tense: the numbered log that mail, subscriptions, search and deadlines follow.
//! Events hold ids and codes, never names or texts.
use super::{id::Id, id::PersonId, time::Ts};
use serde_json::{Map, Value};
use uuid::Uuid;

words! {
    /// What happened. The first half of the word is what it happened to.
    enum EventKind {
        /// Territories were imported or changed.
        TerritoriesImported = "territory.imported",
        /// Vocabularies were imported or changed.
        VocabularyImported = "vocabulary.imported",
        /// A draft was made.
        PracticeCreated = "practice.created",
        /// Its text changed.
        PracticeUpdated = "practice.updated",
        /// It was handed in for review.
        PracticeSubmitted = "practice.submitted",
        /// It came back from review with remarks.
        PracticeReturned = "practice.returned",
        /// It became public.
        PracticePublished = "practice.published",
        /// It was put away.
        PracticeArchived = "practice.archived",
        /// A draft that was never public was thrown away.
        PracticeDeleted = "practice.deleted",
        /// A document of the kit was added, changed or removed.
        KitChanged = "practice.kit_changed",
        /// A file was uploaded for a kit.
        DocumentUploaded = "document.uploaded",
        /// Contact people of a territory or practice changed.
        ContactsChanged = "contact.changed",
        /// What a contact person answered for passed to another.
        DutiesHandedOver = "contact.duties_handed_over",
        /// Somebody declared that one practice comes from another.
        LineageDeclared = "lineage.declared",
        /// The parent's owner confirmed it.
        LineageConfirmed = "lineage.confirmed",
        /// A draft request was made.
        RequestCreated = "request.created",
        /// A draft request was changed.
        RequestEdited = "request.edited",
        /// A draft request was thrown away.
        RequestDiscarded = "request.discarded",
        /// A request reached its owner.
        RequestSent = "request.sent",
        /// The owner took it up.
        RequestAcknowledged = "request.acknowledged",
        /// The owner will help.
        RequestAccepted = "request.accepted",
        /// The owner will not help.
        RequestDeclined = "request.declined",
        /// The owner got more time.
        RequestExtended = "request.extended",
        /// Nobody answered.
        RequestExpired = "request.expired",
        /// It reached its owner a second time.
        RequestSentAgain = "request.sent_again",
        /// The agreement was noted.
        AgreementRecorded = "request.agreement_recorded",
        /// The work began.
        RequestStarted = "request.started",
        /// The requester said how it goes.
        RequestCheckedIn = "request.checked_in",
        /// The practice was copied.
        RequestCompleted = "request.completed",
        /// It was stopped on the way.
        RequestInterrupted = "request.interrupted",
        /// It was taken up again.
        RequestReopened = "request.reopened",
        /// The owner said what it thinks of the outcome.
        OutcomeConfirmed = "request.outcome_confirmed",
        /// The requester said whether it still runs.
        RequestFollowedUp = "request.followed_up",
        /// The requester took it back.
        RequestWithdrawn = "request.withdrawn",
        /// The steward struck it out.
        RequestAnnulled = "request.annulled",
        /// A time has come by which somebody was to act, and nobody has: a reminder, a call for help, a question.
        DeadlineReached = "request.deadline_reached",
        /// A conversation began.
        ConversationStarted = "conversation.started",
        /// A message was written.
        MessagePosted = "conversation.message_posted",
        /// A message was taken back.
        MessageRetracted = "conversation.message_retracted",
        /// A territory said what it looks for.
        NeedPosted = "need.posted",
        /// It changed what it looks for.
        NeedChanged = "need.changed",
        /// It looks no longer.
        NeedClosed = "need.closed",
        /// A public practice was found that answers it, since it was posted.
        NeedMatched = "need.matched",
        /// Somebody was invited to a territory.
        MemberInvited = "member.invited",
        /// Somebody joined a territory, or got another role there.
        MemberJoined = "member.joined",
        /// Somebody left a territory.
        MemberRemoved = "member.removed",
        /// Somebody signed in.
        SignedIn = "person.signed_in",
        /// Somebody signed out, or a session was revoked.
        SignedOut = "person.signed_out",
        /// Somebody's name and address were taken away for good, and the contacts that were this person.
        PersonErased = "person.erased",
        /// A token for programs was made.
        TokenCreated = "person.token_created",
        /// A token was revoked.
        TokenRevoked = "person.token_revoked",
        /// A mail about this request, conversation or invitation could not be delivered, for good.
        MailFailed = "mail.failed",
        /// An address that mails came back from is written to again.
        SuppressionLifted = "mail.suppression_lifted",
    }
}

impl EventKind {
    /// Whether something that everybody may read has changed by it, so that public answers kept before are stale.
    #[must_use]
    pub fn changes_public_data(self) -> bool {
        use EventKind as K;
        !matches!(
            self,
            K::PracticeSubmitted
                | K::PracticeReturned
                | K::PracticeDeleted
                | K::DocumentUploaded
                | K::RequestCreated
                | K::RequestEdited
                | K::RequestDiscarded
                | K::RequestCheckedIn
                | K::DeadlineReached
                | K::ConversationStarted
                | K::MessagePosted
                | K::MessageRetracted
                | K::NeedMatched
                | K::MemberInvited
                | K::MemberJoined
                | K::MemberRemoved
                | K::SignedIn
                | K::SignedOut
                | K::TokenCreated
                | K::TokenRevoked
                | K::MailFailed
                | K::SuppressionLifted
        )
    }
}

impl EventKind {
    /// Whether territories or vocabularies have changed by it, so that the copies in memory are stale.
    #[must_use]
    pub const fn changes_lists(self) -> bool {
        matches!(self, Self::TerritoriesImported | Self::VocabularyImported)
    }
}

/// Something that happened in a transaction that is not yet committed.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// To what: the id of the practice, request, conversation, need, person or territory.
    pub subject: Uuid,
    /// By whom, if by a person.
    pub actor: Option<PersonId>,
    /// Further ids and codes.
    pub data: Map<String, Value>,
}

impl NewEvent {
    /// Something happened to `subject`.
    #[must_use]
    pub fn new<K>(kind: EventKind, subject: Id<K>) -> Self {
        Self { kind, subject: subject.uuid(), actor: None, data: Map::new() }
    }

    /// By this person.
    #[must_use]
    pub const fn by(mut self, actor: Option<PersonId>) -> Self {
        self.actor = actor;
        self
    }

    /// Notes one more id.
    #[must_use]
    pub fn id<K>(mut self, name: &str, id: Id<K>) -> Self {
        self.data.insert(name.to_owned(), Value::String(id.to_string()));
        self
    }

    /// Notes one more code or number.
    #[must_use]
    pub fn note(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

/// An event of the log.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its number: 1, 2, 3 … without gaps, in the order of commits.
    pub seq: i64,
    /// When it was committed.
    pub at: Ts,
    /// What happened.
    pub kind: EventKind,
    /// To what.
    pub subject: Uuid,
    /// By whom.
    pub actor: Option<PersonId>,
    /// Further ids and codes.
    pub data: Map<String, Value>,
}

impl Event {
    /// One of the further ids.
    #[must_use]
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        self.data.get(name)?.as_str()?.parse().ok().map(Id::of)
    }
}
