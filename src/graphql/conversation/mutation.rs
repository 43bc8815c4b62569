//! What is done in conversations.
use super::{
    super::{Ask, error::UserError, id::expect},
    ConversationObject, MessageObject,
};
use crate::{
    domain::{conversation, id::kind},
    service::conversations::{self, Post, Start},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

/// A conversation to begin.
#[derive(InputObject)]
pub struct StartConversationInput {
    /// The viewer's territory, on whose behalf.
    from: ID,
    /// The other territory.
    to: ID,
    /// What it is about: one line, at most 150 characters.
    subject: String,
    /// The practice it is about, if any; a public one. A request has its conversation from the moment it is sent.
    practice: Option<ID>,
    /// The need it is about, if any: what one of the two territories looks for. Not together with a practice.
    need: Option<ID>,
    /// The first message: Markdown, at most 10,000 characters.
    body: String,
    /// Any text of at most 100 characters: a repeat with the same key and the same input changes nothing and gives
    /// back what came of it the first time.
    idempotency_key: Option<String>,
}

/// A message to write.
#[derive(InputObject)]
pub struct PostMessageInput {
    /// Where.
    conversation: ID,
    /// For which territory: one of the two parties that the viewer belongs to. May be left out where there is one.
    on_behalf_of: Option<ID>,
    /// Markdown, at most 10,000 characters.
    body: String,
    /// Any text of at most 100 characters: a repeat with the same key and the same input changes nothing and gives
    /// back what came of it the first time.
    idempotency_key: Option<String>,
}

/// A message to take back.
#[derive(InputObject)]
pub struct RetractMessageInput {
    /// Which.
    message: ID,
}

/// How far the viewer has read.
#[derive(InputObject)]
pub struct MarkConversationReadInput {
    /// Where.
    conversation: ID,
    /// Position of the last message read; one before what was noted already changes nothing.
    up_to: i64,
}

/// What came of a change to a conversation.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $object:ty }) => {
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            $(#[$field_doc])*
            $field: Option<$object>,
            /// What the viewer can mend; empty where it was done.
            user_errors: Vec<UserError>,
        }
    };
}
payload! {
    /// What came of beginning a conversation.
    StartConversationPayload {
        /// The conversation, with its first message.
        conversation: ConversationObject
    }
}
payload! {
    /// What came of writing a message.
    PostMessagePayload {
        /// The message.
        message: MessageObject
    }
}
payload! {
    /// What came of taking a message back.
    RetractMessagePayload {
        /// The message, without its body.
        message: MessageObject
    }
}
payload! {
    /// What came of noting how far one has read.
    MarkConversationReadPayload {
        /// The conversation.
        conversation: ConversationObject
    }
}

fn talk(conversation: conversation::Conversation) -> ConversationObject {
    ConversationObject(Arc::new(conversation))
}

fn message(message: conversation::Message) -> MessageObject {
    MessageObject(Arc::new(message))
}

/// Changes to conversations.
#[derive(Default)]
pub struct ConversationMutation;

/// Changes to conversations.
#[Object]
impl ConversationMutation {
    /// Begins a conversation between one of the viewer's territories and another.
    async fn start_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The conversation and its first message.")] input: StartConversationInput,
    ) -> Result<StartConversationPayload> {
        let ask = Ask::of(ctx);
        let start = Start {
            from: expect::<kind::Territory>(&input.from)?,
            to: expect::<kind::Territory>(&input.to)?,
            subject: input.subject,
            practice: input.practice.as_ref().map(expect::<kind::Practice>).transpose()?,
            need: input.need.as_ref().map(expect::<kind::Need>).transpose()?,
            body: input.body,
            key: input.idempotency_key,
        };
        let (done, user_errors) = ask.settle(conversations::start(&ask.app, &ask.actor, start).await)?;
        Ok(StartConversationPayload { conversation: done.map(talk), user_errors })
    }

    /// Writes a message in a conversation.
    async fn post_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message.")] input: PostMessageInput,
    ) -> Result<PostMessagePayload> {
        let ask = Ask::of(ctx);
        let post = Post {
            conversation: expect::<kind::Conversation>(&input.conversation)?,
            on_behalf_of: input.on_behalf_of.as_ref().map(expect::<kind::Territory>).transpose()?,
            body: input.body,
            key: input.idempotency_key,
        };
        let (done, user_errors) = ask.settle(conversations::post(&ask.app, &ask.actor, post).await)?;
        Ok(PostMessagePayload { message: done.map(message), user_errors })
    }

    /// Takes a message back, within 15 minutes and only by its author: its text is gone, a mark stays.
    async fn retract_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message.")] input: RetractMessageInput,
    ) -> Result<RetractMessagePayload> {
        let (ask, id) = (Ask::of(ctx), expect::<kind::Message>(&input.message)?);
        let (done, user_errors) = ask.settle(conversations::retract(&ask.app, &ask.actor, id).await)?;
        Ok(RetractMessagePayload { message: done.map(message), user_errors })
    }

    /// Notes how far the viewer has read a conversation.
    async fn mark_conversation_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The conversation and the position.")] input: MarkConversationReadInput,
    ) -> Result<MarkConversationReadPayload> {
        let (ask, id) = (Ask::of(ctx), expect::<kind::Conversation>(&input.conversation)?);
        let (done, user_errors) = ask.settle(conversations::mark_read(&ask.app, &ask.actor, id, input.up_to).await)?;
        Ok(MarkConversationReadPayload { conversation: done.map(talk), user_errors })
    }
}
