//! The role mailbox of a territory, for those whom it concerns.
use super::super::{Ask, loaders::Source, member};
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        permission::{Action, Actor},
        refusal::Fault,
    },
    service::contacts,
};
use async_graphql::Result;
use std::collections::HashMap;

/// Whether the viewer may see it.
pub(super) fn sees_mailbox(ask: &Ask, territory: TerritoryId) -> bool {
    member::may(ask, Action::SeeMailbox, territory)
}

/// The mailbox; none where there is none or the viewer may not see it.
pub(super) async fn mailbox_of(ask: &Ask, territory: TerritoryId) -> Option<Result<String>> {
    if !sees_mailbox(ask, territory) {
        return None;
    }
    ask.load::<MailboxOf>(territory).await.transpose()
}

/// The mailboxes of territories: they are staff's to change, so they are not among what is kept in memory.
struct MailboxOf;

impl Source for MailboxOf {
    type Key = TerritoryId;
    type Value = String;

    async fn fetch(
        app: &App,
        actor: &Actor,
        ids: &[TerritoryId],
    ) -> std::result::Result<HashMap<TerritoryId, Self::Value>, Fault> {
        contacts::mailboxes(app, actor, ids).await
    }
}
