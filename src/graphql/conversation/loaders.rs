//! What is read about many conversations at once.
use super::super::loaders::Source;
use crate::{
    app::App,
    domain::{
        conversation::{About, Conversation, Message},
        id::{ConversationId, MessageId, RequestId, TerritoryId},
        permission::Actor,
        refusal::Fault,
    },
    service::conversations,
};
use std::{collections::HashMap, sync::Arc};

type Read<S> = Result<HashMap<<S as Source>::Key, <S as Source>::Value>, Fault>;

/// Conversations by id, where the viewer may see them.
pub struct ConversationById;

impl Source for ConversationById {
    type Key = ConversationId;
    type Value = Arc<Conversation>;

    async fn fetch(app: &App, actor: &Actor, ids: &[ConversationId]) -> Read<Self> {
        Ok(conversations::find_many(app, actor, ids).await?.into_iter().map(|c| (c.id, Arc::new(c))).collect())
    }
}

/// The conversations of requests, where the viewer may see them.
pub struct ConversationOf;

impl Source for ConversationOf {
    type Key = RequestId;
    type Value = Arc<Conversation>;

    async fn fetch(app: &App, actor: &Actor, ids: &[RequestId]) -> Read<Self> {
        let found = conversations::find_by_request(app, actor, ids).await?;
        let keyed = found.into_iter().filter_map(|c| match c.about {
            About::Request(request) => Some((request, Arc::new(c))),
            About::Practice(_) | About::Need(_) | About::Nothing => None,
        });
        Ok(keyed.collect())
    }
}

/// Messages by id, where the viewer may see them.
pub struct MessageById;

impl Source for MessageById {
    type Key = MessageId;
    type Value = Arc<Message>;

    async fn fetch(app: &App, actor: &Actor, ids: &[MessageId]) -> Read<Self> {
        Ok(conversations::find_messages(app, actor, ids).await?.into_iter().map(|m| (m.id, Arc::new(m))).collect())
    }
}

/// The last messages of conversations that the viewer was given already.
pub struct LastMessageOf;

impl Source for LastMessageOf {
    type Key = ConversationId;
    type Value = Arc<Message>;

    async fn fetch(app: &App, _: &Actor, ids: &[ConversationId]) -> Read<Self> {
        let last = conversations::last_messages(app, ids).await?;
        Ok(last.into_iter().map(|m| (m.conversation, Arc::new(m))).collect())
    }
}

/// The beginnings or ends of conversations that the viewer was given already: an inbox shows the last messages of each.
pub struct MessagesOf;

/// Which messages of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Of which.
    pub conversation: ConversationId,
    /// At most so many.
    pub most: usize,
    /// The last, not the first.
    pub from_the_end: bool,
}

impl Source for MessagesOf {
    type Key = Stretch;
    type Value = Arc<Vec<Arc<Message>>>;

    async fn fetch(app: &App, _: &Actor, keys: &[Stretch]) -> Read<Self> {
        let mut read: HashMap<Stretch, Vec<Arc<Message>>> = HashMap::new();
        let mut alike: HashMap<(usize, bool), Vec<ConversationId>> = HashMap::new();
        for key in keys {
            alike.entry((key.most, key.from_the_end)).or_default().push(key.conversation);
        }
        // One document asks for as many everywhere, so this is one statement.
        for ((most, from_the_end), ids) in alike {
            for message in conversations::some_messages(app, &ids, most, from_the_end).await? {
                let key = Stretch { conversation: message.conversation, most, from_the_end };
                read.entry(key).or_default().push(Arc::new(message));
            }
        }
        Ok(read.into_iter().map(|(key, messages)| (key, Arc::new(messages))).collect())
    }
}

/// What the viewer has not read in conversations.
pub struct UnreadOf;

impl Source for UnreadOf {
    type Key = ConversationId;
    type Value = i64;

    async fn fetch(app: &App, actor: &Actor, ids: &[ConversationId]) -> Read<Self> {
        Ok(conversations::unread(app, actor, ids).await?.into_iter().collect())
    }
}

/// What the viewer has not read in the conversations of territories.
pub struct UnreadAt;

impl Source for UnreadAt {
    type Key = TerritoryId;
    type Value = i64;

    async fn fetch(app: &App, actor: &Actor, ids: &[TerritoryId]) -> Read<Self> {
        Ok(conversations::unread_at(app, actor, ids).await?.into_iter().collect())
    }
}
