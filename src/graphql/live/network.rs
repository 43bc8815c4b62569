//! What everybody may know of an event.
use super::EventCursor;
use crate::{
    domain::{
        event::EventKind,
        id::{NeedId, PracticeId, TerritoryId},
    },
    graphql::{
        Ask,
        need::{NeedById, NeedObject},
        practice::PracticeObject,
        scalar::DateTime,
        territory::TerritoryObject,
    },
    service::live::News,
};
use async_graphql::{Context, Enum, Object, Result};
use std::sync::Arc;

/// What happened in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NetworkEventKind {
    /// A practice became public.
    PracticePublished,
    /// A public practice was changed.
    PracticeUpdated,
    /// A practice was put away.
    PracticeArchived,
    /// A territory declared that its practice comes from another's.
    LineageDeclared,
    /// The owner of the original confirmed it.
    LineageConfirmed,
    /// A territory asked another for its practice.
    RequestSent,
    /// The other will help.
    RequestAccepted,
    /// The work began.
    ReplicationStarted,
    /// The practice was copied.
    ReplicationCompleted,
    /// A territory said what it looks for.
    NeedPosted,
    /// It looks no longer.
    NeedClosed,
}

/// Something that happened in the network and that everybody may know.
pub struct NetworkEvent {
    news: Arc<News>,
    kind: NetworkEventKind,
    from: TerritoryId,
    to: Option<TerritoryId>,
    practice: Option<PracticeId>,
    need: Option<NeedId>,
}

impl NetworkEvent {
    /// What everybody may know of it, if anything.
    pub(super) fn of(news: Arc<News>) -> Option<Self> {
        use EventKind as K;
        use NetworkEventKind as N;
        let (from, to) = news.network()?;
        let kind = match news.event.kind {
            K::PracticePublished => N::PracticePublished,
            K::PracticeUpdated => N::PracticeUpdated,
            K::PracticeArchived => N::PracticeArchived,
            K::LineageDeclared => N::LineageDeclared,
            K::LineageConfirmed => N::LineageConfirmed,
            K::RequestSent => N::RequestSent,
            K::RequestAccepted => N::RequestAccepted,
            K::RequestStarted => N::ReplicationStarted,
            K::RequestCompleted => N::ReplicationCompleted,
            K::NeedPosted => N::NeedPosted,
            K::NeedClosed => N::NeedClosed,
            _ => return None,
        };
        Some(Self { kind, from, to, practice: news.practice(), need: news.need(), news })
    }
}

/// Something that happened in the network and that everybody may know.
#[Object]
impl NetworkEvent {
    /// Give it as `after` to go on after this event.
    async fn cursor(&self) -> EventCursor {
        EventCursor(self.news.event.seq)
    }
    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime(self.news.event.at)
    }
    /// What happened.
    async fn kind(&self) -> NetworkEventKind {
        self.kind
    }
    /// The territory it comes from: the practice's owner; of a request, who asks; of a lineage, the original's owner; of
    /// a need, who looks.
    async fn from(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.from).await
    }
    /// The territory it goes to: of a request, who is asked; of a lineage, the copy's owner.
    async fn to(&self, ctx: &Context<'_>) -> Result<Option<TerritoryObject>> {
        match self.to {
            Some(to) => Ask::of(ctx).territory(to).await.map(Some),
            None => Ok(None),
        }
    }
    /// The practice it is about; of a lineage, the copy; null where it is about a need.
    async fn practice(&self, ctx: &Context<'_>) -> Result<Option<PracticeObject>> {
        match self.practice {
            Some(practice) => Ask::of(ctx).practice(practice).await,
            None => Ok(None),
        }
    }
    /// The need it is about; null where it is about a practice.
    async fn need(&self, ctx: &Context<'_>) -> Result<Option<NeedObject>> {
        match self.need {
            Some(need) => Ok(Ask::of(ctx).load::<NeedById>(need).await?.map(NeedObject)),
            None => Ok(None),
        }
    }
}
