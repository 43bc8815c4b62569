//! Conversations: the object, and beside it its messages, its lists and its mutations.
mod list;
mod loaders;
mod message;
mod mutation;

pub use list::{ConversationQuery, unread_at};
pub use loaders::{ConversationById, ConversationOf, MessageById};
pub use message::MessageObject;
pub use mutation::ConversationMutation;

use super::{
    Ask,
    id::opaque,
    need::{NeedById, NeedObject},
    page::{PageArgs, Paged, connection},
    practice::PracticeObject,
    request::{RequestById, RequestObject},
    scalar::DateTime,
    territory::TerritoryObject,
};
use crate::{
    domain::{
        conversation::{About, Conversation, Message},
        page::{Cursor, Key, Page},
        permission::{Action, Actor},
    },
    service::conversations,
};
use async_graphql::{Context, Enum, ID, Object, Result, Union};
use loaders::{LastMessageOf, MessagesOf, Stretch, UnreadOf};
use std::sync::Arc;

/// What a conversation can be about.
#[derive(Union)]
pub enum ConversationAbout {
    /// A practice.
    Practice(PracticeObject),
    /// What one of the two looks for.
    Need(NeedObject),
    /// A replication request.
    ReplicationRequest(RequestObject),
}

/// What a viewer may do in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ConversationAction {
    /// Write a message: `postMessage`.
    PostMessage,
    /// Note how far one has read: `markConversationRead`.
    MarkConversationRead,
}

/// The talk between two territories, about a request, a practice, a need or nothing in particular. Only the two see it.
pub struct ConversationObject(pub Arc<Conversation>);

/// The talk between two territories, about a request, a practice, a need or nothing in particular. Only the two see it.
#[Object(crate = "crate::graphql::engine", name = "Conversation")]
impl ConversationObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// What it is about, in one line.
    fn subject(&self) -> &str {
        &self.0.subject
    }
    /// The two territories: first the one that began it.
    async fn parties(&self, ctx: &Context<'_>) -> Result<Vec<TerritoryObject>> {
        let ask = Ask::of(ctx);
        futures_util::future::try_join_all(self.0.parties.map(|party| ask.territory(party))).await
    }
    /// What it is about; null for nothing in particular, or where the viewer may no longer see it.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<ConversationAbout>> {
        let ask = Ask::of(ctx);
        match self.0.about {
            About::Nothing => None,
            About::Practice(id) => Some(ask.practice(id).await.transpose()?.map(ConversationAbout::Practice)),
            About::Need(id) => {
                let need = ask.load::<NeedById>(id).await.transpose()?;
                Some(need.map(|need| ConversationAbout::Need(NeedObject(need))))
            }
            About::Request(id) => {
                let request = ask.load::<RequestById>(id).await.transpose()?;
                Some(request.map(|request| ConversationAbout::ReplicationRequest(RequestObject(request))))
            }
        }
    }
    /// Its messages in order; 50 at a time unless asked otherwise. The latest are had with `last`.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<MessageObject>> {
        let ask = Ask::of(ctx);
        let page = PageArgs { first, after, last, before }.request(50)?;
        let total = Some(self.0.messages_count);
        if page.after.is_some() || page.before.is_some() {
            let page = conversations::messages(&ask.app, self.0.id, &page).await.map_err(|fault| ask.fault(&fault))?;
            return Ok(connection(page, total, |message| MessageObject(Arc::new(message))));
        }
        let stretch = Stretch { conversation: self.0.id, most: page.limit, from_the_end: page.backward };
        let messages = ask.load::<MessagesOf>(stretch).await?.unwrap_or_default();
        // Positions begin with 1 and have no gaps, so they tell whether there are more.
        let has_previous = page.backward && messages.first().is_some_and(|first| first.position > 1);
        let has_next = !page.backward && messages.last().is_some_and(|last| last.position < self.0.messages_count);
        let item = |m: &Arc<Message>| (Cursor { key: Key::Number(m.position), id: m.id.uuid() }, Arc::clone(m));
        let items = messages.iter().map(item).collect();
        Ok(connection(Page { items, has_next, has_previous }, total, MessageObject))
    }
    /// How many messages it has, those taken back included.
    fn messages_count(&self) -> i64 {
        self.0.messages_count
    }
    /// The last message, if there is any.
    async fn last_message(&self, ctx: &Context<'_>) -> Option<Result<MessageObject>> {
        let last = Ask::of(ctx).load::<LastMessageOf>(self.0.id).await.transpose()?;
        Some(last.map(MessageObject))
    }
    /// How many messages by others the viewer has not read.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(Ask::of(ctx).load::<UnreadOf>(self.0.id).await?.unwrap_or(0))
    }
    /// When the last message was written; before the first, when it began.
    fn last_message_at(&self) -> DateTime {
        DateTime(self.0.last_message_at)
    }
    /// When it began.
    fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// What the viewer may do now.
    fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<ConversationAction> {
        if may_write(&Ask::of(ctx).actor, &self.0) {
            vec![ConversationAction::PostMessage, ConversationAction::MarkConversationRead]
        } else {
            Vec::new()
        }
    }
}

fn may_write(actor: &Actor, conversation: &Conversation) -> bool {
    actor.may(Action::PostMessage, &conversation.subject()).is_ok()
}
