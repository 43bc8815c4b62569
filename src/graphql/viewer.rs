//! Who asks: oneself, with one's places, sessions and tokens.
use super::{
    Ask,
    id::opaque,
    member::MembershipObject,
    notification::{self, NotificationFilter, NotificationObject, NotificationPreferences},
    page::{PageArgs, Paged, asks_for, connection},
    person::{Language, PersonById, PersonObject},
    scalar::DateTime,
    token::{ApiTokenObject, TokenScope},
};
use crate::{
    domain::{
        id::SessionId,
        permission::{self, Action, Actor, Member, Subject},
        sign_in::Session,
    },
    service::{notifications, people, sessions, tokens},
};
use async_graphql::{Context, Enum, ID, Object, Result};

/// What somebody is for the whole hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "permission::StaffRole")]
pub enum StaffRole {
    /// Helps both sides and does the formal check (ANCI).
    Facilitator,
    /// Publishes and watches the network (Region).
    Steward,
}

/// How the viewer proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SignInMethod {
    /// By a browser's session.
    Session,
    /// By a token for programs.
    Token,
}

/// A signed-in browser.
pub struct SessionObject {
    session: Session,
    current: bool,
}

/// A signed-in browser.
#[Object(name = "Session")]
impl SessionObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.session.id)
    }
    /// What the browser calls itself.
    async fn browser(&self) -> &str {
        &self.session.browser
    }
    /// When it was signed in.
    async fn created_at(&self) -> DateTime {
        DateTime(self.session.created_at)
    }
    /// When it was last used, to the hour.
    async fn seen_at(&self) -> DateTime {
        DateTime(self.session.seen_at)
    }
    /// When it ends at the latest.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.session.expires_at)
    }
    /// Whether it is the one that asks.
    async fn is_current(&self) -> bool {
        self.current
    }
}

impl SessionObject {
    /// The session, told apart from the one that asks.
    pub(super) fn new(session: Session, current: Option<SessionId>) -> Self {
        let current = current == Some(session.id);
        Self { session, current }
    }
}

impl Ask {
    /// One of the viewer's own sessions.
    pub(super) async fn session(&self, id: SessionId) -> Result<Option<SessionObject>> {
        let found = sessions::find(&self.app, &self.actor, id).await.map_err(|fault| self.fault(&fault))?;
        Ok(found.map(|session| SessionObject::new(session, self.browser.session)))
    }
}

/// Who asks.
pub struct ViewerObject {
    member: Member,
    session: Option<SessionId>,
}

impl ViewerObject {
    /// The actor, if it is a person, in this session.
    pub(super) fn of(actor: Actor, session: Option<SessionId>) -> Option<Self> {
        match actor {
            Actor::Person(member) => Some(Self { member, session }),
            Actor::Nobody | Actor::System => None,
        }
    }

    fn actor(&self) -> Actor {
        Actor::Person(self.member.clone())
    }

    fn manages_account(&self) -> bool {
        self.actor().may(Action::ManageOwnAccount, &Subject::Person(self.member.person)).is_ok()
    }
}

/// Who asks.
#[Object(name = "Viewer")]
impl ViewerObject {
    /// Oneself.
    async fn person(&self, ctx: &Context<'_>) -> Result<PersonObject> {
        let person = Ask::of(ctx).load_known::<PersonById>(self.member.person).await?;
        Ok(PersonObject::seen_by(person, self.actor()))
    }
    /// The language of one's answers and mails.
    async fn language(&self, ctx: &Context<'_>) -> Result<Language> {
        Ok(Ask::of(ctx).load_known::<PersonById>(self.member.person).await?.language.into())
    }
    /// Where one works, and as what.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<MembershipObject>> {
        let ask = Ask::of(ctx);
        let mut memberships =
            people::memberships_of(&ask.app, &[self.member.person]).await.map_err(|fault| ask.fault(&fault))?;
        memberships.sort_by_key(|membership| (membership.since, membership.territory));
        Ok(memberships.into_iter().map(MembershipObject).collect())
    }
    /// What one is for the whole hub.
    async fn staff_roles(&self) -> Vec<StaffRole> {
        self.member.staff.iter().map(|role| (*role).into()).collect()
    }
    /// How one proved who one is.
    async fn signed_in_with(&self) -> SignInMethod {
        if self.member.scopes.is_some() { SignInMethod::Token } else { SignInMethod::Session }
    }
    /// What the token in use is limited to; null in a session.
    async fn scopes(&self) -> Option<Vec<TokenScope>> {
        let scopes = self.member.scopes.as_ref()?;
        Some(scopes.iter().map(|scope| (*scope).into()).collect())
    }
    /// Whether one may see and change one's own account: with a token, only with the scope `write:own`.
    async fn can_manage_account(&self) -> bool {
        self.manages_account()
    }
    /// What reached one, the latest first; null where one may not read it: with a token, without the scope `read:own`.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what passes this.")] filter: Option<NotificationFilter>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<NotificationObject>>> {
        let listed = async {
            let (ask, actor) = (Ask::of(ctx), self.actor());
            let page = PageArgs { first, after, last, before }.request(20)?;
            let filter = filter.unwrap_or_default().into();
            let listed = notifications::list(&ask.app, &actor, &filter, &page, asks_for(ctx, "totalCount")).await;
            let (page, total) = ask.read(listed)?;
            let items: Vec<_> = page.items.iter().map(|(_, item)| item.clone()).collect();
            let facts = notification::told(&ask.app, &actor, &items).await.map_err(|fault| ask.fault(&fault))?;
            Ok(connection(page, total, |item| NotificationObject::of(&facts, item)))
        };
        if notifications::may_read(&self.actor()) { Some(listed.await) } else { None }
    }
    /// How much of it one has not read; null where one may not read it.
    async fn unread_notifications(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        let ask = Ask::of(ctx);
        if !notifications::may_read(&self.actor()) {
            return None;
        }
        Some(ask.read(notifications::unread(&ask.app, &self.actor()).await))
    }
    /// How one wants to be told of what happens; null where one may not read it.
    async fn notification_preferences(&self, ctx: &Context<'_>) -> Option<Result<NotificationPreferences>> {
        let ask = Ask::of(ctx);
        if !notifications::may_read(&self.actor()) {
            return None;
        }
        Some(ask.read(notifications::settings(&ask.app, &self.actor()).await).map(Into::into))
    }
    /// The browsers one is signed in with, the newest first; null where one may not manage one's account.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<SessionObject>>> {
        let listed = async {
            let ask = Ask::of(ctx);
            let page = PageArgs { first, after, last, before }.request(20)?;
            let listed = sessions::list(&ask.app, &self.actor(), &page, asks_for(ctx, "totalCount")).await;
            let (page, total) = ask.read(listed)?;
            Ok(connection(page, total, |session| SessionObject::new(session, self.session)))
        };
        if self.manages_account() { Some(listed.await) } else { None }
    }
    /// One's tokens for programs, the newest first, those that no longer work too; null where one may not manage one's
    /// account.
    async fn api_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<ApiTokenObject>>> {
        let listed = async {
            let ask = Ask::of(ctx);
            let page = PageArgs { first, after, last, before }.request(20)?;
            let listed = tokens::list(&ask.app, &self.actor(), &page, asks_for(ctx, "totalCount")).await;
            let (page, total) = ask.read(listed)?;
            Ok(connection(page, total, ApiTokenObject))
        };
        if self.manages_account() { Some(listed.await) } else { None }
    }
}

/// Queries about who asks.
#[derive(Default)]
pub struct ViewerQuery;

/// Queries about who asks.
#[Object]
impl ViewerQuery {
    /// Who asks; null for who is not signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<ViewerObject> {
        let ask = Ask::of(ctx);
        ViewerObject::of(ask.actor.clone(), ask.browser.session)
    }
}
