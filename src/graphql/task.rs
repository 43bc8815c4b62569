//! What waits for the viewer: the first page after signing in.
use super::{
    Ask, node,
    node::Node,
    page::{PageArgs, Paged, asks_for, connection},
    scalar::DateTime,
    territory::TerritoryObject,
};
use crate::{
    domain::{
        id::{ConversationId, PracticeId, RequestId, TerritoryId},
        refusal::Fault,
        task::{self, Task},
    },
    service::tasks,
};
use async_graphql::{Context, Enum, ID, Object, Result};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "task::TaskKind")]
pub enum TaskKind {
    /// A request in which it is the turn of one of the viewer's territories; drafts too.
    RequestTurn,
    /// A request that stands still and in which the viewer is to step in, as facilitator.
    RequestStuck,
    /// A territory none of whose addresses takes mails: the viewer, as facilitator, is to telephone.
    TerritoryUnreachable,
    /// A conversation with messages that the viewer has not read.
    ConversationUnread,
    /// A practice of the viewer's that came back from review with remarks.
    PracticeReturned,
    /// A practice that was handed in and that the viewer may publish or send back.
    PracticeToReview,
}

/// One thing that waits for the viewer.
pub struct TaskObject(Task);

/// One thing that waits for the viewer.
#[Object(name = "Task")]
impl TaskObject {
    /// What is to be done.
    async fn kind(&self) -> TaskKind {
        self.0.kind.into()
    }
    /// By when: the nearest deadline; null where nothing depends on a day.
    async fn due_at(&self) -> Option<DateTime> {
        self.0.due_at.map(DateTime)
    }
    /// Whether that has passed.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        self.0.due_at.is_some_and(|due| due < Ask::of(ctx).app.clock.now())
    }
    /// Since when it waits.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
    /// Which of the viewer's territories is to act; what is the facilitator's or the reviewers', by the owner.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.territory).await
    }
    /// What it is about: a `ReplicationRequest`, a territory, a `Conversation` or a `Practice`; null where it has gone in the
    /// meantime.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        use task::TaskKind as K;
        let (id, ask) = (self.0.subject, Ask::of(ctx));
        let id = match self.0.kind {
            K::RequestTurn | K::RequestStuck => RequestId::of(id).opaque(),
            K::TerritoryUnreachable => TerritoryId::of(id).opaque(),
            K::ConversationUnread => ConversationId::of(id).opaque(),
            K::PracticeReturned | K::PracticeToReview => PracticeId::of(id).opaque(),
        };
        node::find(ask, &ID(id)).await.transpose()
    }
}

/// Queries about what waits.
#[derive(Default)]
pub struct TaskQuery;

/// Queries about what waits.
#[Object]
impl TaskQuery {
    /// What waits for the viewer in all its territories and roles: what has a deadline first, by that day, then what has
    /// waited longest; 20 at a time unless asked otherwise. Null, with an error, for who is not signed in.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the kinds")]
    async fn viewer_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these kinds.")] kinds: Option<Vec<TaskKind>>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<TaskObject>>> {
        let kinds = kinds.unwrap_or_default().into_iter().map(Into::into).collect();
        Some(listed(ctx, kinds, PageArgs { first, after, last, before }).await)
    }
}

async fn listed(ctx: &Context<'_>, kinds: Vec<task::TaskKind>, args: PageArgs) -> Result<Paged<TaskObject>> {
    let ask = Ask::of(ctx);
    let page = args.request(20)?;
    let whose = ask.read(tasks::own(&ask.actor, kinds).map_err(Into::into))?;
    let fault = |fault: Fault| ask.fault(&fault);
    let total = match asks_for(ctx, "totalCount") {
        true => Some(tasks::count(&ask.app, &whose).await.map_err(fault)?),
        false => None,
    };
    let page = tasks::list(&ask.app, &whose, &page).await.map_err(fault)?;
    Ok(connection(page, total, TaskObject))
}
