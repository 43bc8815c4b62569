//! A message of a conversation.
use super::{
    super::{
        Ask,
        id::opaque,
        mail::{LetterDelivery, letters},
        markdown::{Markdown, written},
        person::PersonObject,
        scalar::DateTime,
        territory::TerritoryObject,
    },
    ConversationObject,
    loaders::ConversationById,
};
use crate::domain::{
    conversation::Message,
    permission::{Action, Subject},
};
use async_graphql::{Context, Enum, ID, Object, Result};
use std::sync::Arc;

/// What a viewer may do to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MessageAction {
    /// Take it back: `retractMessage`.
    RetractMessage,
}

/// A message of a conversation. One that was taken back has no body any more, but keeps its place.
pub struct MessageObject(pub Arc<Message>);

/// A message of a conversation. One that was taken back has no body any more, but keeps its place.
#[Object(crate = "crate::graphql::engine", name = "Message")]
impl MessageObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// The conversation it stands in.
    async fn conversation(&self, ctx: &Context<'_>) -> Result<ConversationObject> {
        Ask::of(ctx).load_known::<ConversationById>(self.0.conversation).await.map(ConversationObject)
    }
    /// Its place in the conversation: 1, 2, 3 … without gaps.
    fn position(&self) -> i64 {
        self.0.position
    }
    /// Who wrote it; null where a program did.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<PersonObject>> {
        Some(Ask::of(ctx).person(self.0.author?).await)
    }
    /// For which territory it was written.
    async fn on_behalf_of(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.on_behalf_of).await
    }
    /// What it says; null once taken back.
    fn body(&self) -> Option<Markdown> {
        written(&self.0.body)
    }
    /// When it was written.
    fn sent_at(&self) -> DateTime {
        DateTime(self.0.sent_at)
    }
    /// When its author took it back; null while it stands.
    fn retracted_at(&self) -> Option<DateTime> {
        self.0.retracted_at.map(DateTime)
    }
    /// The letters that told the other side of it, and what became of each, the oldest first: at most 50, those that
    /// stand in for one that failed too. Empty until the hub has planned them, and where its readers want such things
    /// in a digest or by no mail. Null for all who do not belong to the territory that wrote it.
    async fn letters(&self, ctx: &Context<'_>) -> Option<Result<Vec<LetterDelivery>>> {
        letters(ctx, self.0.id.uuid(), None, Some(self.0.on_behalf_of)).await
    }
    /// Whether it came by e-mail.
    fn via_email(&self) -> bool {
        self.0.via_email
    }
    /// What the viewer may do now.
    fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<MessageAction> {
        let ask = Ask::of(ctx);
        let may = ask.actor.may(Action::RetractMessage, &Subject::Message { author: self.0.author }).is_ok();
        let can = may && self.0.can_be_retracted(ask.app.clock.now()).is_ok();
        if can { vec![MessageAction::RetractMessage] } else { Vec::new() }
    }
}
