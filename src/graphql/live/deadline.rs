//! A time that has come for a request.
use super::{
    EventCursor,
    viewer::{Told, ViewerEventKind},
};
use crate::{
    domain::{
        request::{DeadlineKind, Party},
        time::Ts,
        word::Word,
    },
    graphql::{
        Ask,
        person::PersonObject,
        request::{RequestById, RequestDeadlineKind, RequestObject, RequestParty},
        scalar::DateTime,
    },
};
use async_graphql::{Context, Object, Result};

/// A time has come by which somebody was to act on a request that the viewer has to do with.
pub struct RequestDeadlineEvent(pub(super) Told);

impl RequestDeadlineEvent {
    fn word<W: Word>(&self, name: &str) -> Option<W> {
        W::parse(self.0.0.event.data.get(name)?.as_str()?)
    }
}

/// A time has come by which somebody was to act on a request that the viewer has to do with.
#[Object]
impl RequestDeadlineEvent {
    /// Give it as `after` to go on after this event.
    pub async fn cursor(&self) -> EventCursor {
        self.0.cursor()
    }
    /// When the hub told so.
    pub async fn at(&self) -> DateTime {
        self.0.at()
    }
    /// What happened.
    pub async fn kind(&self) -> ViewerEventKind {
        self.0.1
    }
    /// Null: the hub watches the time by itself.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonObject>> {
        self.0.actor(ctx).await
    }
    /// What was due.
    async fn deadline(&self) -> Option<RequestDeadlineKind> {
        self.word::<DeadlineKind>("deadline").map(Into::into)
    }
    /// Who was to act.
    async fn party(&self) -> Option<RequestParty> {
        self.word::<Party>("party").map(Into::into)
    }
    /// When it was due.
    async fn due_at(&self) -> Option<DateTime> {
        Ts::from_micros(self.0.0.event.data.get("due")?.as_i64()?).map(DateTime)
    }
    /// The request, as it stands now.
    async fn request(&self, ctx: &Context<'_>) -> Result<Option<RequestObject>> {
        Ok(Ask::of(ctx).load::<RequestById>(self.0.subject()).await?.map(RequestObject))
    }
}
