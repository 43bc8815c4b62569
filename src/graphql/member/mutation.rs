//! What coordinators do: invite, change roles, remove.
use super::{InvitationObject, MemberRole, MembershipObject};
use crate::{
    domain::id::kind,
    graphql::{Ask, error::UserError, id::expect},
    service::{invitations, members},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// Somebody to invite.
#[derive(InputObject)]
pub struct InviteMemberInput {
    /// To which territory.
    territory: ID,
    /// Work address.
    email: String,
    /// Name and surname, at most 100 characters.
    name: String,
    /// As what.
    role: MemberRole,
}

/// What came of inviting somebody.
#[derive(SimpleObject)]
pub struct InviteMemberPayload {
    /// The invitation; a mail goes to its addressee.
    invitation: Option<InvitationObject>,
    /// What must be mended; nobody was invited then.
    user_errors: Vec<UserError>,
}

/// An invitation to take back.
#[derive(InputObject)]
pub struct RevokeInvitationInput {
    /// Which.
    invitation: ID,
}

/// What came of taking an invitation back.
#[derive(SimpleObject)]
pub struct RevokeInvitationPayload {
    /// The invitation, revoked.
    invitation: Option<InvitationObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// A member to remove.
#[derive(InputObject)]
pub struct RemoveMemberInput {
    /// From which territory.
    territory: ID,
    /// Whom.
    person: ID,
}

/// What came of removing a member.
#[derive(SimpleObject)]
pub struct RemoveMemberPayload {
    /// The membership that has ended.
    membership: Option<MembershipObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// A member's new role.
#[derive(InputObject)]
pub struct ChangeMemberRoleInput {
    /// In which territory.
    territory: ID,
    /// Whose.
    person: ID,
    /// The new role.
    role: MemberRole,
}

/// What came of changing a role.
#[derive(SimpleObject)]
pub struct ChangeMemberRolePayload {
    /// The membership, changed.
    membership: Option<MembershipObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// What coordinators do.
#[derive(Default)]
pub struct MemberMutation;

/// What coordinators do.
#[Object]
impl MemberMutation {
    /// Invites somebody to a territory by mail; the invitation can be accepted for 14 days by signing in with that
    /// address. Coordinators only; at most 50 wait at a time.
    async fn invite_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and as what.")] input: InviteMemberInput,
    ) -> Result<InviteMemberPayload> {
        let ask = Ask::of(ctx);
        let territory = expect::<kind::Territory>(&input.territory)?;
        let InviteMemberInput { email, name, role, .. } = input;
        let new = invitations::NewInvitation { territory, email, name, role: role.into() };
        let (invitation, user_errors) = ask.settle(invitations::invite(&ask.app, &ask.actor, &new).await)?;
        Ok(InviteMemberPayload { invitation: invitation.map(InvitationObject), user_errors })
    }

    /// Takes an invitation back that waits. Coordinators only.
    async fn revoke_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeInvitationInput,
    ) -> Result<RevokeInvitationPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Invitation>(&input.invitation)?;
        let (invitation, user_errors) = ask.settle(invitations::revoke(&ask.app, &ask.actor, id).await)?;
        Ok(RevokeInvitationPayload { invitation: invitation.map(InvitationObject), user_errors })
    }

    /// Removes somebody from a territory, at once. Coordinators only; the only coordinator stays.
    async fn remove_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and from where.")] input: RemoveMemberInput,
    ) -> Result<RemoveMemberPayload> {
        let ask = Ask::of(ctx);
        let (territory, person) =
            (expect::<kind::Territory>(&input.territory)?, expect::<kind::Person>(&input.person)?);
        let outcome = members::remove(&ask.app, &ask.actor, territory, person).await;
        let (membership, user_errors) = ask.settle(outcome)?;
        Ok(RemoveMemberPayload { membership: membership.map(MembershipObject), user_errors })
    }

    /// Gives a member another role, at once. Coordinators only; the only coordinator stays one.
    async fn change_member_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and which.")] input: ChangeMemberRoleInput,
    ) -> Result<ChangeMemberRolePayload> {
        let ask = Ask::of(ctx);
        let (territory, person) =
            (expect::<kind::Territory>(&input.territory)?, expect::<kind::Person>(&input.person)?);
        let outcome = members::change_role(&ask.app, &ask.actor, territory, person, input.role.into()).await;
        let (membership, user_errors) = ask.settle(outcome)?;
        Ok(ChangeMemberRolePayload { membership: membership.map(MembershipObject), user_errors })
    }
}
