//! Who works in a territory, and who is invited to.
mod invitation;
mod mutation;

pub use invitation::{InvitationById, InvitationObject};
pub use mutation::MemberMutation;

use super::{
    Ask,
    loaders::Source,
    page::{PageArgs, Paged, asks_for, connection},
    person::PersonObject,
    scalar::DateTime,
    territory::TerritoryObject,
};
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        permission::{self, Action, Actor, Subject},
        refusal::Fault,
    },
    service::{
        invitations,
        members::{self, Membership},
    },
};
use async_graphql::{Context, Enum, Object, Result};
use std::collections::HashMap;

/// What somebody is in a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "permission::Role")]
pub enum MemberRole {
    /// Works there.
    Member,
    /// Answers for it (Responsabile dell'Ufficio di Piano): invites and removes members.
    Coordinator,
}

/// What may be done with a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MembershipAction {
    /// `changeMemberRole`.
    ChangeRole,
    /// `removeMember`.
    Remove,
}

/// A person's place in a territory.
pub struct MembershipObject(pub Membership);

/// A person's place in a territory.
#[Object(name = "Membership")]
impl MembershipObject {
    /// Who; only the person and the territory's coordinators see the address.
    async fn person(&self, ctx: &Context<'_>) -> Result<PersonObject> {
        Ask::of(ctx).person(self.0.person).await
    }
    /// Where.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.territory).await
    }
    /// As what.
    async fn role(&self) -> MemberRole {
        self.0.role.into()
    }
    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
    /// What the viewer may do with it now; nothing with the only coordinator.
    async fn viewer_actions(&self, ctx: &Context<'_>) -> Result<Vec<MembershipAction>> {
        let ask = Ask::of(ctx);
        let territory = Subject::Territory(self.0.territory);
        if ask.actor.may(Action::ManageMembers, &territory).is_err() {
            return Ok(Vec::new());
        }
        let is_last = self.0.role == permission::Role::Coordinator
            && ask.load::<CoordinatorsOf>(self.0.territory).await?.is_none_or(|coordinators| coordinators < 2);
        Ok(if is_last { Vec::new() } else { vec![MembershipAction::ChangeRole, MembershipAction::Remove] })
    }
}

/// How many coordinators territories have.
struct CoordinatorsOf;

impl Source for CoordinatorsOf {
    type Key = TerritoryId;
    type Value = i64;

    async fn fetch(app: &App, _: &Actor, ids: &[TerritoryId]) -> std::result::Result<HashMap<TerritoryId, i64>, Fault> {
        members::coordinators(app, ids).await
    }
}

/// The members of a territory for the field of that name; null where the viewer may not see them.
pub(super) async fn members_of(
    ctx: &Context<'_>,
    territory: TerritoryId,
    page: PageArgs,
) -> Option<Result<Paged<MembershipObject>>> {
    let ask = Ask::of(ctx);
    let listed = async {
        let page = page.request(20)?;
        let listed = members::list(&ask.app, &ask.actor, territory, &page, asks_for(ctx, "totalCount")).await;
        let (page, total) = ask.read(listed)?;
        Ok(connection(page, total, MembershipObject))
    };
    if may(ask, Action::SeeMembers, territory) { Some(listed.await) } else { None }
}

/// The invitations of a territory for the field of that name; null where the viewer may not see them.
pub(super) async fn invitations_of(
    ctx: &Context<'_>,
    territory: TerritoryId,
    page: PageArgs,
) -> Option<Result<Paged<InvitationObject>>> {
    let ask = Ask::of(ctx);
    let listed = async {
        let page = page.request(20)?;
        let listed = invitations::list(&ask.app, &ask.actor, territory, &page, asks_for(ctx, "totalCount")).await;
        let (page, total) = ask.read(listed)?;
        Ok(connection(page, total, InvitationObject))
    };
    if may(ask, Action::SeeMembers, territory) { Some(listed.await) } else { None }
}

/// Whether the viewer may do this to the territory.
pub(super) fn may(ask: &Ask, action: Action, territory: TerritoryId) -> bool {
    ask.actor.may(action, &Subject::Territory(territory)).is_ok()
}
