//! What becomes of a mail that could not be delivered.
use super::{
    EventCursor,
    viewer::{Told, ViewerEventKind},
};
use crate::{
    domain::{
        id::{ConversationId, InvitationId, RequestId},
        mail::LetterKind,
        word::Word,
    },
    graphql::{
        Ask,
        conversation::{ConversationById, ConversationObject},
        member::{InvitationById, InvitationObject},
        person::PersonObject,
        request::{RequestById, RequestObject},
        scalar::DateTime,
    },
};
use async_graphql::{Context, Enum, Object, Result};

/// A letter that the hub writes, and what the same thing is called in the notification centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "LetterKind")]
pub enum MailLetter {
    /// A code to sign in with.
    SignInCode,
    /// An invitation to join a territory.
    Invitation,
    /// To the owner of a practice: somebody asks for it.
    RequestReceived,
    /// To the requester: what was sent.
    RequestCopy,
    /// To the requester: the owner took it up.
    Acknowledged,
    /// To the requester: yes.
    Accepted,
    /// To the requester: no, and who else might help.
    Declined,
    /// To the owner: an outcome waits to be confirmed.
    OutcomeForConfirmation,
    /// To the facilitator: a replication has ended.
    Completed,
    /// To the author: a draft waits.
    DraftNudge,
    /// To the author: a draft is soon thrown away.
    DraftDiscardNotice,
    /// To the owner: a request still waits for it.
    RequestReminder,
    /// To the facilitator: a request stands still.
    RequestStuck,
    /// To the owner: the decision is due.
    DecisionReminder,
    /// To the requester: a question waits.
    AnswerReminder,
    /// To the requester: without an answer the request is soon withdrawn.
    NoAnswerNotice,
    /// To both: nothing has begun yet.
    StartReminder,
    /// To the requester: how does it go?
    CheckInDue,
    /// To the owner: the outcome is not confirmed yet.
    ConfirmationReminder,
    /// To the requester: does it still run?
    FollowUpDue,
    /// To the facilitator: full support was promised.
    AcceptedCopy,
    /// To the facilitator: a request was declined.
    DeclinedCopy,
    /// To the requester: the owner got more time.
    Extended,
    /// To the requester: nobody answered, and who else might help.
    ExpiredWithAlternatives,
    /// To the owner's coordinators and the facilitator: nobody answered.
    Expired,
    /// To both: the agreement was recorded.
    AgreementRecorded,
    /// To both: the work has begun.
    Started,
    /// To the owner and the facilitator: the requester needs help.
    Stuck,
    /// To all: the work was stopped.
    Interrupted,
    /// To both: it goes on.
    Reopened,
    /// To the requester: what the owner says of the outcome.
    OutcomeConfirmed,
    /// To the facilitator: the owner disputes the outcome.
    OutcomeDisputed,
    /// To the owner: the request was taken back.
    Withdrawn,
    /// To all: the request was struck out.
    Annulled,
    /// To who watches a need: a practice answers it.
    NeedMatched,
    /// To the other side of a conversation.
    NewMessage,
    /// To a person: what has come since the last digest.
    Digest,
    /// To who answered by mail: why the answer, or what came with it, was not taken.
    ReplyNotTaken,
    /// To the facilitator: nobody of a territory can be reached by mail.
    Undelivered,
}

/// A mail that the hub wrote for a territory of the viewer's could not be delivered, for good: reach them otherwise.
pub struct MailProblemEvent(pub(super) Told);

impl MailProblemEvent {
    fn kind_of_letter(&self) -> Option<LetterKind> {
        LetterKind::parse(self.0.0.event.data.get("letter")?.as_str()?)
    }
}

/// A mail that the hub wrote for a territory of the viewer's could not be delivered, for good: reach them otherwise.
#[Object]
impl MailProblemEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When the hub gave up.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// Null: the hub writes mails by itself.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// Which mail.
    async fn letter(&self) -> Option<MailLetter> {
        self.kind_of_letter().map(Into::into)
    }
    /// The request it was about, if about one.
    async fn request(&self, ctx: &Context<'_>) -> Result<Option<RequestObject>> {
        use LetterKind as L;
        let id: RequestId = match self.kind_of_letter() {
            None | Some(L::SignInCode | L::Invitation | L::NeedMatched | L::NewMessage | L::Digest) => return Ok(None),
            Some(_) => self.0.subject(),
        };
        Ok(Ask::of(ctx).load::<RequestById>(id).await?.map(RequestObject))
    }
    /// The conversation it was about, if about one.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<ConversationObject>> {
        let id: ConversationId = match self.kind_of_letter() {
            Some(LetterKind::NewMessage) => self.0.subject(),
            _ => return Ok(None),
        };
        Ok(Ask::of(ctx).load::<ConversationById>(id).await?.map(ConversationObject))
    }
    /// The invitation it carried, if it carried one.
    async fn invitation(&self, ctx: &Context<'_>) -> Result<Option<InvitationObject>> {
        let id: InvitationId = match self.kind_of_letter() {
            Some(LetterKind::Invitation) => self.0.subject(),
            _ => return Ok(None),
        };
        Ask::of(ctx).load::<InvitationById>(id).await
    }
}
