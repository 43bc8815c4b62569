//! Relay's `node` and `nodes`: any object by its opaque id.
use super::{
    Ask,
    contact::{ContactById, ContactObject},
    conversation::{ConversationById, ConversationObject, MessageById, MessageObject},
    document::{DocumentById, DocumentObject},
    error::bad_argument,
    id::opened,
    kit::{KitItemById, KitItemObject},
    member::{InvitationById, InvitationObject},
    need::{NeedById, NeedObject},
    notification::{NotificationById, NotificationObject},
    person::PersonObject,
    practice::PracticeObject,
    request::{RequestById, RequestObject},
    suppression::SuppressedAddress,
    territory::{Ambito, Comune, TerritoryObject},
    token::ApiTokenObject,
    viewer::SessionObject,
};
use crate::domain::id::{Id, Kind, kind};
use async_graphql::{Context, ID, Interface, Object, Result};

/// Everything that has an id of its own.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id."))]
pub enum Node {
    /// An Ambito.
    Ambito(Ambito),
    /// A Comune.
    Comune(Comune),
    /// A practice.
    Practice(PracticeObject),
    /// A contact person or role mailbox.
    ContactPerson(ContactObject),
    /// A document of a kit.
    KitItem(KitItemObject),
    /// A document.
    Document(DocumentObject),
    /// A conversation.
    Conversation(ConversationObject),
    /// A message.
    Message(MessageObject),
    /// A person.
    Person(PersonObject),
    /// An invitation.
    Invitation(InvitationObject),
    /// A session.
    Session(SessionObject),
    /// A token.
    ApiToken(ApiTokenObject),
    /// What a territory looks for.
    Need(NeedObject),
    /// Something that reached the viewer.
    Notification(NotificationObject),
    /// An address that is not written to.
    SuppressedAddress(SuppressedAddress),
    /// A replication request.
    ReplicationRequest(RequestObject),
}

/// The object with this id, where the viewer may see one.
pub(super) async fn find(ask: &Ask, id: &ID) -> Result<Option<Node>> {
    let Some((name, uuid)) = opened(id) else { return Err(bad_argument("This is not an id of this hub.")) };
    Ok(match name.as_str() {
        kind::Territory::NAME => {
            ask.find_territory(Id::of(uuid)).await?.map(|territory| match TerritoryObject::from(territory) {
                TerritoryObject::Ambito(ambito) => Node::Ambito(ambito),
                TerritoryObject::Comune(comune) => Node::Comune(comune),
            })
        }
        kind::Practice::NAME => ask.practice(Id::of(uuid)).await?.map(Node::Practice),
        kind::ContactPerson::NAME => {
            ask.load::<ContactById>(Id::of(uuid)).await?.map(|found| Node::ContactPerson(ContactObject(found)))
        }
        kind::KitItem::NAME => {
            ask.load::<KitItemById>(Id::of(uuid)).await?.map(|found| Node::KitItem(KitItemObject(found)))
        }
        kind::Document::NAME => {
            ask.load::<DocumentById>(Id::of(uuid)).await?.map(|found| Node::Document(DocumentObject(found)))
        }
        kind::Conversation::NAME => {
            let found = ask.load::<ConversationById>(Id::of(uuid)).await?;
            found.map(|found| Node::Conversation(ConversationObject(found)))
        }
        kind::Message::NAME => {
            ask.load::<MessageById>(Id::of(uuid)).await?.map(|found| Node::Message(MessageObject(found)))
        }
        kind::Person::NAME => ask.visible_person(Id::of(uuid)).await?.map(Node::Person),
        kind::Invitation::NAME => ask.load::<InvitationById>(Id::of(uuid)).await?.map(Node::Invitation),
        kind::Session::NAME => ask.session(Id::of(uuid)).await?.map(Node::Session),
        kind::ApiToken::NAME => ask.api_token(Id::of(uuid)).await?.map(Node::ApiToken),
        kind::Need::NAME => ask.load::<NeedById>(Id::of(uuid)).await?.map(|found| Node::Need(NeedObject(found))),
        kind::Notification::NAME => ask.load::<NotificationById>(Id::of(uuid)).await?.map(Node::Notification),
        kind::SuppressedAddress::NAME => ask.suppressed_address(Id::of(uuid)).await?.map(Node::SuppressedAddress),
        kind::ReplicationRequest::NAME => {
            let request = ask.load::<RequestById>(Id::of(uuid)).await?;
            request.map(|request| Node::ReplicationRequest(RequestObject(request)))
        }
        _ => None,
    })
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQuery;

/// Queries by id.
#[Object]
impl NodeQuery {
    /// The object with this id, or null where the viewer may see none.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Opaque id.")] id: ID) -> Option<Result<Node>> {
        find(Ask::of(ctx), &id).await.transpose()
    }

    /// The objects with these ids, in the same order; null where the viewer may see none, and with an error of its own
    /// where one is no id of this hub.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Opaque ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > crate::domain::page::MOST {
            return Err(bad_argument("At most 100 ids at once."));
        }
        let found = ids.iter().map(|id| async move { find(Ask::of(ctx), id).await.transpose() });
        Ok(futures_util::future::join_all(found).await)
    }
}
