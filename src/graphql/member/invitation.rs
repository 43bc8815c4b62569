//! Invitations to join a territory.
use super::MemberRole;
use crate::{
    app::App,
    domain::{
        id::InvitationId,
        permission::{Action, Actor, Subject},
        person::{self, Invitation},
        refusal::Fault,
    },
    graphql::{Ask, id::opaque, loaders::Source, person::PersonObject, scalar::DateTime, territory::TerritoryObject},
    service::invitations,
};
use async_graphql::{Context, Enum, ID, Object, Result};
use std::collections::HashMap;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "person::InvitationState")]
pub enum InvitationState {
    /// It waits for its addressee.
    Pending,
    /// The addressee joined.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Nobody came in time.
    Expired,
}

/// What may be done with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InvitationAction {
    /// `revokeInvitation`.
    Revoke,
}

/// Somebody is asked to join a territory; signing in with that address accepts.
#[derive(Clone)]
pub struct InvitationObject(pub Invitation);

impl InvitationObject {
    fn may_see_email(&self, ask: &Ask) -> bool {
        let subject = Subject::Colleague { person: None, territories: &[self.0.territory] };
        ask.actor.may(Action::SeePersonEmail, &subject).is_ok()
    }

    fn state_now(&self, ask: &Ask) -> person::InvitationState {
        self.0.state(ask.app.clock.now())
    }
}

/// Somebody is asked to join a territory; signing in with that address accepts.
#[Object(name = "Invitation")]
impl InvitationObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// To which territory.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.territory).await
    }
    /// The name of who is invited.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// The address of who is invited; only the territory's coordinators see it.
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        self.may_see_email(Ask::of(ctx)).then_some(&self.0.email)
    }
    /// Whether the viewer may see the address.
    async fn viewer_can_see_email(&self, ctx: &Context<'_>) -> bool {
        self.may_see_email(Ask::of(ctx))
    }
    /// As what.
    async fn role(&self) -> MemberRole {
        self.0.role.into()
    }
    /// By whom; null where the hub's operators did it.
    async fn invited_by(&self, ctx: &Context<'_>) -> Option<Result<PersonObject>> {
        Some(Ask::of(ctx).person(self.0.invited_by?).await)
    }
    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// Until when it can be accepted.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }
    /// What became of it.
    async fn state(&self, ctx: &Context<'_>) -> InvitationState {
        self.state_now(Ask::of(ctx)).into()
    }
    /// What the viewer may do with it now.
    async fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<InvitationAction> {
        let ask = Ask::of(ctx);
        let pending = self.state_now(ask) == person::InvitationState::Pending;
        if pending && super::may(ask, Action::ManageMembers, self.0.territory) {
            vec![InvitationAction::Revoke]
        } else {
            Vec::new()
        }
    }
}

/// Invitations by id, those the viewer may see.
pub struct InvitationById;

impl Source for InvitationById {
    type Key = InvitationId;
    type Value = InvitationObject;

    async fn fetch(
        app: &App,
        actor: &Actor,
        ids: &[InvitationId],
    ) -> std::result::Result<HashMap<InvitationId, InvitationObject>, Fault> {
        let found = invitations::find_many(app, actor, ids).await?;
        Ok(found.into_iter().map(|invitation| (invitation.id, InvitationObject(invitation))).collect())
    }
}
