//! The notification centre: what reached the viewer, with what is read and what is not.
mod settings;

pub use settings::{NotificationPreferences, NotificationSettingsMutation};

use super::{
    Ask,
    error::UserError,
    id::{expect, expect_all, opaque},
    live::MailLetter,
    loaders::Source,
    node::{self, Node},
    scalar::DateTime,
};
use crate::{
    app::App,
    domain::{
        id::{ConversationId, NotificationId, PracticeId, RequestId, kind},
        mail::LetterKind,
        notification::{self, Notification},
        permission::Actor,
        refusal::Fault,
        word::Word,
    },
    service::notifications::{self, Facts, Filter},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// A kind of event about which one decides how to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "notification::Category")]
pub enum NotificationCategory {
    /// Somebody waits for the viewer: a request came, an outcome is to be confirmed, a replication is stuck.
    YourTurn,
    /// What one must know in time: a draft or a request is about to be lost, or was struck out. Always at once.
    Essential,
    /// A request took a step.
    Progress,
    /// A message was written in a conversation.
    Messages,
    /// It is still the viewer's turn, and time passes.
    Reminders,
    /// A practice answers what the viewer's territory looks for.
    Needs,
    /// What the facilitator accompanies: copies, and calls for help.
    Facilitation,
}

/// What a list of notifications is narrowed to; every given part must hold.
#[derive(Default, InputObject)]
pub struct NotificationFilter {
    /// True for what is not read yet, false for what is.
    unread: Option<bool>,
    /// Only of one of these categories.
    categories: Option<Vec<NotificationCategory>>,
    /// Only of one of these kinds.
    kinds: Option<Vec<MailLetter>>,
}

impl From<NotificationFilter> for Filter {
    fn from(filter: NotificationFilter) -> Self {
        Self {
            unread: filter.unread,
            categories: filter.categories.unwrap_or_default().into_iter().map(Into::into).collect(),
            letters: filter.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// Something that reached the viewer; a mail, a digest or nothing has said the same, as the viewer prefers.
#[derive(Clone)]
pub struct NotificationObject {
    item: Arc<Notification>,
    /// What it tells; none where that is gone, or no longer the viewer's.
    facts: Option<Arc<Facts>>,
}

/// Something that reached the viewer; a mail, a digest or nothing has said the same, as the viewer prefers.
#[Object(name = "Notification")]
impl NotificationObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.item.id)
    }
    /// Which letter says the same; null where this program does not know it yet.
    async fn kind(&self) -> Option<MailLetter> {
        LetterKind::parse(&self.item.letter).map(Into::into)
    }
    /// To which kind of event it belongs, for the viewer's preferences; null where this program does not know it yet.
    async fn category(&self) -> Option<NotificationCategory> {
        notification::Category::parse(&self.item.category).map(Into::into)
    }
    /// What happened, in one sentence in the viewer's language, without the request's number. Where it is about something
    /// that is gone, or that the viewer may no longer see, the sentence says only that.
    async fn sentence(&self, ctx: &Context<'_>) -> String {
        notifications::sentence(&Ask::of(ctx).app, self.facts.as_deref(), Ask::of(ctx).language)
    }
    /// The number of the request it is about, `REQ-2026-0001`; null where it is about none, or that is gone.
    async fn number(&self) -> Option<&str> {
        self.facts.as_ref()?.number.as_deref()
    }
    /// What it is about: a `ReplicationRequest`, a `Conversation`, or the `Practice` that answers a need; null where the
    /// viewer may see it no longer.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let id = match LetterKind::parse(&self.item.letter)? {
            LetterKind::NewMessage => self.item.id::<kind::Conversation>("subject").map(ConversationId::opaque),
            LetterKind::NeedMatched => self.item.id::<kind::Practice>("practice").map(PracticeId::opaque),
            _ => self.item.id::<kind::ReplicationRequest>("subject").map(RequestId::opaque),
        };
        node::find(Ask::of(ctx), &ID(id?)).await.transpose()
    }
    /// When it came.
    async fn at(&self) -> DateTime {
        DateTime(self.item.created_at)
    }
    /// When the viewer read it; null while it is unread.
    async fn read_at(&self) -> Option<DateTime> {
        self.item.read_at.map(DateTime)
    }
    /// Whether the viewer has read it.
    async fn is_read(&self) -> bool {
        self.item.read_at.is_some()
    }
}

impl NotificationObject {
    /// These items, with what they tell this actor.
    pub(super) fn of(facts: &HashMap<NotificationId, Arc<Facts>>, item: Notification) -> Self {
        Self { facts: facts.get(&item.id).cloned(), item: Arc::new(item) }
    }
}

/// What items tell an actor.
pub(super) async fn told(
    app: &App,
    actor: &Actor,
    items: &[Notification],
) -> std::result::Result<HashMap<NotificationId, Arc<Facts>>, Fault> {
    let facts = notifications::facts(app, actor, items).await?;
    Ok(facts.into_iter().map(|(id, facts)| (id, Arc::new(facts))).collect())
}

/// The viewer's own notifications by id.
pub struct NotificationById;

impl Source for NotificationById {
    type Key = NotificationId;
    type Value = NotificationObject;

    async fn fetch(
        app: &App,
        actor: &Actor,
        ids: &[NotificationId],
    ) -> std::result::Result<HashMap<NotificationId, Self::Value>, Fault> {
        let items = notifications::find_many(app, actor, ids).await?;
        let facts = told(app, actor, &items).await?;
        Ok(items.into_iter().map(|item| (item.id, NotificationObject::of(&facts, item))).collect())
    }
}

/// What was read: at least one of the two.
#[derive(InputObject)]
pub struct MarkNotificationsReadInput {
    /// These, at most 100.
    ids: Option<Vec<ID>>,
    /// All up to this one and with it, as the whole list has them.
    up_to: Option<ID>,
}

/// What came of marking notifications as read.
#[derive(SimpleObject)]
pub struct MarkNotificationsReadPayload {
    /// How many the viewer has not read now; null where nothing was done.
    unread_notifications: Option<i64>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of notifications.
#[derive(Default)]
pub struct NotificationMutation;

/// Mutations of notifications.
#[Object]
impl NotificationMutation {
    /// Notes that the viewer has read some of its notifications. Twice is as once.
    async fn mark_notifications_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was read.")] input: MarkNotificationsReadInput,
    ) -> Result<MarkNotificationsReadPayload> {
        let ask = Ask::of(ctx);
        let ids = expect_all::<kind::Notification>(&input.ids.unwrap_or_default())?;
        let up_to = input.up_to.as_ref().map(expect::<kind::Notification>).transpose()?;
        let outcome = notifications::mark_read(&ask.app, &ask.actor, &ids, up_to).await;
        let (unread_notifications, user_errors) = ask.settle(outcome)?;
        Ok(MarkNotificationsReadPayload { unread_notifications, user_errors })
    }
}
