//! Invitations: a coordinator asks somebody in; signing in with that address accepts.
use super::members::{address_and_name, known};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{InvitationId, TerritoryId},
        page::{Page, PageRequest},
        permission::{Action, Actor, Role, Subject},
        person::{INVITATION_DAYS, INVITATIONS_AT_MOST, Invitation},
        refusal::{Code, Fault, Outcome, Refusal},
    },
    store::{Tx, invitations, people},
};

/// Somebody who shall be invited.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// To which territory.
    pub territory: TerritoryId,
    /// Work address.
    pub email: String,
    /// Name and surname.
    pub name: String,
    /// As what.
    pub role: Role,
}

/// Invites somebody; the mail follows from the event.
///
/// # Errors
/// `INVALID`, `REQUIRED`, `TOO_LONG`; `DUPLICATE` on `email` for a member or a waiting invitation; `TOO_MANY`; those of
/// [`Actor::may`].
pub async fn invite(app: &App, actor: &Actor, new: &NewInvitation) -> Outcome<Invitation> {
    actor.may(Action::ManageMembers, &Subject::Territory(new.territory))?;
    let (email, name) = address_and_name(&new.email, &new.name)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    known(&mut tx, new.territory).await?;
    refuse_members(&mut tx, new.territory, &email).await?;
    if invitations::count_pending(&mut tx, new.territory, now).await? >= INVITATIONS_AT_MOST {
        return Err(too_many().into());
    }
    let invitation = Invitation {
        id: app.clock.id(),
        territory: new.territory,
        email,
        name,
        role: new.role,
        invited_by: actor.person(),
        created_at: now,
        expires_at: now.plus_days(INVITATION_DAYS),
        accepted_at: None,
        revoked_at: None,
    };
    if !invitations::insert(&mut tx, &invitation).await? {
        return Err(duplicate(
            "Un invito a questo indirizzo è già in attesa: revocatelo prima di mandarne un altro.",
            "An invitation to this address is waiting already: revoke it before you send another.",
        )
        .into());
    }
    let event = NewEvent::new(EventKind::MemberInvited, invitation.id).by(actor.person());
    tx.emit(event.id("territory", invitation.territory));
    tx.commit(now).await?;
    Ok(invitation)
}

async fn refuse_members(tx: &mut Tx, territory: TerritoryId, email: &str) -> Outcome<()> {
    let Some(person) = people::find_by_email(&mut *tx, email).await? else { return Ok(()) };
    if people::membership(tx, person.id, territory).await?.is_none() {
        return Ok(());
    }
    let refusal = duplicate("Fa già parte di questo territorio.", "This person is a member of the territory already.");
    Err(refusal.into())
}

fn duplicate(it: &str, en: &str) -> Refusal {
    Refusal::new(Code::Duplicate).on("email").say(it, en)
}

fn too_many() -> Refusal {
    Refusal::new(Code::TooMany).say(
        format!("Il territorio ha già {INVITATIONS_AT_MOST} inviti in attesa, il massimo: revocatene qualcuno."),
        format!("The territory has {INVITATIONS_AT_MOST} waiting invitations, which is the limit: revoke some."),
    )
}

/// Takes an invitation back.
///
/// # Errors
/// `NOT_FOUND` where the viewer sees no such invitation, `WRONG_STATE` where it no longer waits; those of
/// [`Actor::may`].
pub async fn revoke(app: &App, actor: &Actor, id: InvitationId) -> Outcome<Invitation> {
    let mut tx = app.store.begin().await?;
    let missing = || Refusal::not_found("invitation");
    actor.signed_in()?;
    let mut invitation = invitations::find_for_update(&mut tx, id).await?.ok_or_else(missing)?;
    let territory = Subject::Territory(invitation.territory);
    actor.may(Action::SeeMembers, &territory).map_err(|_| missing())?;
    actor.may(Action::ManageMembers, &territory)?;
    let now = app.clock.now();
    if !invitations::revoke(&mut tx, id, now).await? {
        return Err(Refusal::new(Code::WrongState)
            .on("invitation")
            .say("Questo invito non è più in attesa.", "This invitation is not waiting any more.")
            .into());
    }
    invitation.revoked_at = Some(now);
    tx.commit(now).await?;
    Ok(invitation)
}

/// The invitations with these ids that the actor may see.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[InvitationId]) -> Result<Vec<Invitation>, Fault> {
    let mut found = invitations::find_many(&app.store, ids).await?;
    found.retain(|invitation| actor.may(Action::SeeMembers, &Subject::Territory(invitation.territory)).is_ok());
    Ok(found)
}

/// One page of a territory's invitations, the newest first, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`], or a fault.
pub async fn list(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Invitation>, Option<i64>)> {
    actor.may(Action::SeeMembers, &Subject::Territory(territory))?;
    let total = if counted { Some(invitations::count(&app.store, territory).await?) } else { None };
    Ok((invitations::list(&app.store, territory, page).await?, total))
}
