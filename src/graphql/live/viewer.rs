//! What happened to a viewer's own affairs.
use super::{EventCursor, deadline::RequestDeadlineEvent, mail::MailProblemEvent};
use crate::{
    domain::{
        event::EventKind,
        id::Id,
        request::{Party, Step},
        word::Word,
    },
    graphql::{
        Ask,
        conversation::{ConversationById, ConversationObject, MessageById, MessageObject},
        member::{InvitationById, InvitationObject},
        need::{NeedById, NeedObject, StandingMatchObject, standing_match},
        person::PersonObject,
        practice::PracticeObject,
        request::{ReplicationRequestStep, RequestById, RequestObject, RequestParty},
        scalar::DateTime,
        territory::TerritoryObject,
    },
    service::live::News,
};
use async_graphql::{Context, Enum, Interface, Object, Result};
use std::sync::Arc;

/// What happened to the viewer's own affairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ViewerEventKind {
    /// A message was written (`MessageEvent`).
    MessagePosted,
    /// A message was taken back (`MessageEvent`).
    MessageRetracted,
    /// A request took a step (`RequestStepEvent`).
    RequestStep,
    /// A time has come by which somebody was to act on a request (`RequestDeadlineEvent`).
    DeadlineReached,
    /// A draft of a practice was made (`PracticeEvent`).
    PracticeCreated,
    /// A practice was changed (`PracticeEvent`).
    PracticeUpdated,
    /// A practice was handed in for review (`PracticeEvent`).
    PracticeSubmitted,
    /// A practice came back from review with remarks (`PracticeEvent`).
    PracticeReturned,
    /// A practice became public (`PracticeEvent`).
    PracticePublished,
    /// A practice was put away (`PracticeEvent`).
    PracticeArchived,
    /// Somebody was invited to a territory (`MembershipEvent`).
    MemberInvited,
    /// Somebody joined a territory, or got another role there (`MembershipEvent`).
    MemberJoined,
    /// Somebody left a territory (`MembershipEvent`).
    MemberRemoved,
    /// A practice was found that answers a need the viewer watches (`NeedMatchEvent`).
    NeedMatched,
    /// A mail could not be delivered, for good (`MailProblemEvent`).
    MailFailed,
}

/// Something that happened to the viewer's own affairs.
#[derive(Interface)]
#[graphql(
    field(name = "cursor", ty = "EventCursor", desc = "Give it as `after` to go on after this event."),
    field(name = "at", ty = "DateTime", desc = "When it happened."),
    field(name = "kind", ty = "ViewerEventKind", desc = "What happened; it tells which object this is."),
    field(name = "actor", ty = "Option<PersonObject>", desc = "By whom; null where the hub did, or nobody is known.")
)]
pub enum ViewerEvent {
    /// Of a conversation.
    Message(MessageEvent),
    /// Of a request.
    Request(RequestStepEvent),
    /// Of a deadline of a request.
    Deadline(RequestDeadlineEvent),
    /// Of a practice.
    Practice(PracticeEvent),
    /// Of a territory's members.
    Membership(MembershipEvent),
    /// Of a need.
    Need(NeedMatchEvent),
    /// Of a mail.
    Mail(MailProblemEvent),
}

/// An event of a kind that viewers are told of.
#[derive(Clone)]
pub(super) struct Told(pub(super) Arc<News>, pub(super) ViewerEventKind);

impl ViewerEvent {
    /// The event for viewers, if it is told to any.
    pub(super) fn of(news: Arc<News>) -> Option<Self> {
        use EventKind as K;
        use ViewerEventKind as V;
        let practice = |kind| Some(Self::Practice(PracticeEvent(Told(Arc::clone(&news), kind))));
        let member = |kind| Some(Self::Membership(MembershipEvent(Told(Arc::clone(&news), kind))));
        match news.event.kind {
            K::MessagePosted => Some(Self::Message(MessageEvent(Told(news, V::MessagePosted)))),
            K::MessageRetracted => Some(Self::Message(MessageEvent(Told(news, V::MessageRetracted)))),
            K::PracticeCreated => practice(V::PracticeCreated),
            K::PracticeUpdated => practice(V::PracticeUpdated),
            K::PracticeSubmitted => practice(V::PracticeSubmitted),
            K::PracticeReturned => practice(V::PracticeReturned),
            K::PracticePublished => practice(V::PracticePublished),
            K::PracticeArchived => practice(V::PracticeArchived),
            K::MemberInvited => member(V::MemberInvited),
            K::MemberJoined => member(V::MemberJoined),
            K::MemberRemoved => member(V::MemberRemoved),
            K::NeedMatched => Some(Self::Need(NeedMatchEvent(Told(news, V::NeedMatched)))),
            K::DeadlineReached => Some(Self::Deadline(RequestDeadlineEvent(Told(news, V::DeadlineReached)))),
            K::MailFailed => Some(Self::Mail(MailProblemEvent(Told(news, V::MailFailed)))),
            K::SuppressionLifted => None,
            _ => news.step().map(|step| Self::Request(RequestStepEvent(Told(news, V::RequestStep), step))),
        }
    }
}

impl Told {
    pub(super) fn cursor(&self) -> EventCursor {
        EventCursor(self.0.event.seq)
    }

    pub(super) fn at(&self) -> DateTime {
        DateTime(self.0.event.at)
    }

    pub(super) async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        match self.0.event.actor {
            Some(person) => Ask::of(ctx).visible_person(person).await,
            None => Ok(None),
        }
    }

    /// What it happened to, as an id of the kind that the event is about.
    pub(super) fn subject<K>(&self) -> Id<K> {
        Id::of(self.0.event.subject)
    }
}

/// A message was written or taken back in a conversation of the viewer's.
pub struct MessageEvent(Told);

/// A message was written or taken back in a conversation of the viewer's.
#[Object]
impl MessageEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When it happened.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// By whom; null where nobody is known.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// The message, as it stands now.
    async fn message(&self, ctx: &Context<'_>) -> Result<Option<MessageObject>> {
        let Some(id) = self.0.0.event.id("message") else { return Ok(None) };
        Ok(Ask::of(ctx).load::<MessageById>(id).await?.map(MessageObject))
    }
    /// The conversation it belongs to, as it stands now.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<Option<ConversationObject>> {
        Ok(Ask::of(ctx).load::<ConversationById>(self.0.subject()).await?.map(ConversationObject))
    }
}

/// A request that the viewer has to do with took a step.
pub struct RequestStepEvent(Told, Step);

/// A request that the viewer has to do with took a step.
#[Object]
impl RequestStepEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When it happened.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// By whom; null where the hub did, or nobody is known.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// The step.
    async fn step(&self) -> ReplicationRequestStep {
        self.1.into()
    }
    /// In which quality it was taken.
    async fn party(&self) -> Option<RequestParty> {
        let party = self.0.0.event.data.get("party")?.as_str()?;
        Party::parse(party).map(Into::into)
    }
    /// The request, as it stands now; null where it was thrown away.
    async fn request(&self, ctx: &Context<'_>) -> Result<Option<RequestObject>> {
        Ok(Ask::of(ctx).load::<RequestById>(self.0.subject()).await?.map(RequestObject))
    }
}

/// Something happened to a practice of the viewer's territories, or to one in review.
pub struct PracticeEvent(Told);

/// Something happened to a practice of the viewer's territories, or to one in review.
#[Object]
impl PracticeEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When it happened.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// By whom; null where the hub did, or nobody is known.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// The practice, as it stands now.
    async fn practice(&self, ctx: &Context<'_>) -> Result<Option<PracticeObject>> {
        Ask::of(ctx).practice(self.0.subject()).await
    }
}

/// Somebody was invited to a territory of the viewer's, joined it or left it.
pub struct MembershipEvent(Told);

/// Somebody was invited to a territory of the viewer's, joined it or left it.
#[Object]
impl MembershipEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When it happened.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// By whom; null where nobody is known.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// The territory.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Option<TerritoryObject>> {
        match self.0.0.event.id("territory") {
            Some(territory) => Ask::of(ctx).territory(territory).await.map(Some),
            None => Ok(None),
        }
    }
    /// Who joined or left; null for an invitation.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        match self.0.1 {
            ViewerEventKind::MemberInvited => Ok(None),
            _ => Ask::of(ctx).visible_person(self.0.subject()).await,
        }
    }
    /// The invitation, where it is about one that still stands.
    async fn invitation(&self, ctx: &Context<'_>) -> Result<Option<InvitationObject>> {
        match self.0.1 {
            ViewerEventKind::MemberInvited => Ask::of(ctx).load::<InvitationById>(self.0.subject()).await,
            _ => Ok(None),
        }
    }
}

/// A practice was found that answers a need the viewer watches.
pub struct NeedMatchEvent(Told);

/// A practice was found that answers a need the viewer watches.
#[Object]
impl NeedMatchEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When it was found.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// Null: the hub finds by itself.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// The need, as it stands now.
    async fn need(&self, ctx: &Context<'_>) -> Result<Option<NeedObject>> {
        Ok(Ask::of(ctx).load::<NeedById>(self.0.subject()).await?.map(NeedObject))
    }
    /// The practice, as it stands now.
    async fn practice(&self, ctx: &Context<'_>) -> Result<Option<PracticeObject>> {
        match self.0.0.event.id("practice") {
            Some(practice) => Ask::of(ctx).practice(practice).await,
            None => Ok(None),
        }
    }
    /// How well they fit; null where they do so no longer.
    #[graphql(name = "match")]
    async fn found(&self, ctx: &Context<'_>) -> Result<Option<StandingMatchObject>> {
        match self.0.0.event.id("practice") {
            Some(practice) => standing_match(Ask::of(ctx), self.0.subject(), practice).await,
            None => Ok(None),
        }
    }
}
