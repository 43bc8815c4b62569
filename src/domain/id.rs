//! Identifiers: a UUIDv7 that knows at compile time what it identifies.
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use std::{cmp::Ordering, fmt, hash, marker::PhantomData};
use uuid::Uuid;

/// A kind of thing that has identifiers of its own.
pub trait Kind: 'static {
    /// The word clients see inside an opaque id, e.g. `Practice`.
    const NAME: &'static str;
}

/// The identifier of one `K`. Ordered by time of creation, as UUIDv7 is.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K> Id<K> {
    /// Wraps a UUID that is known to identify a `K`.
    #[must_use]
    pub const fn of(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bare UUID.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: Kind> Id<K> {
    /// The text that stands for it outside the hub, in the API and in links: the kind and the UUID in URL-safe base64.
    #[must_use]
    pub fn opaque(self) -> String {
        let mut bytes = K::NAME.as_bytes().to_vec();
        bytes.push(b':');
        bytes.extend_from_slice(self.0.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl<K> Copy for Id<K> {}
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::of)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $alias:ident = $kind:ident),* $(,)?) => { $(
        $(#[$doc])*
        pub type $alias = Id<kind::$kind>;
    )*
    /// The kinds themselves: empty types, never built.
    pub mod kind {
        $(
            /// Marks the identifiers of this kind.
            pub enum $kind {}
            impl super::Kind for $kind { const NAME: &'static str = stringify!($kind); }
        )*
    } };
}
kinds! {
    /// An Ambito or a Comune.
    TerritoryId = Territory,
    /// A practice.
    PracticeId = Practice,
    /// A document of a practice's kit.
    KitItemId = KitItem,
    /// A file uploaded for a kit.
    DocumentId = Document,
    /// A contact person or a role mailbox.
    ContactId = ContactPerson,
    /// Somebody who can sign in.
    PersonId = Person,
    /// A replication request.
    RequestId = ReplicationRequest,
    /// A conversation.
    ConversationId = Conversation,
    /// A message.
    MessageId = Message,
    /// A signed-in browser.
    SessionId = Session,
    /// A token for programs.
    ApiTokenId = ApiToken,
    /// An invitation to join a territory.
    InvitationId = Invitation,
    /// A sign-in code that was asked for.
    ChallengeId = Challenge,
    /// One question to the API, for logs.
    HttpRequestId = Request,
    /// What a territory looks for.
    NeedId = Need,
    /// A need and a practice that answers it.
    MatchId = StandingMatch,
    /// Something that reached a person.
    NotificationId = Notification,
    /// A mail waiting in, or gone from, the outbox.
    OutboxId = OutboxMail,
    /// A mail that came in.
    InboundId = InboundMail,
    /// An address that is not written to.
    SuppressionId = SuppressedAddress,
}
