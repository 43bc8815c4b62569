//! The viewer's conversations, and what is unread in them.
use super::{
    super::{
        Ask,
        id::expect,
        page::{PageArgs, Paged, asks_for, connection},
    },
    ConversationObject,
    loaders::UnreadAt,
};
use crate::{
    domain::{
        id::{TerritoryId, kind},
        refusal::Fault,
    },
    service::conversations,
};
use async_graphql::{Context, ID, Object, Result};
use std::sync::Arc;

/// How many messages by others the viewer has not read in the conversations of a territory; `None` where these are
/// not the viewer's.
pub async fn unread_at(ctx: &Context<'_>, territory: TerritoryId) -> Option<Result<i64>> {
    let ask = Ask::of(ctx);
    conversations::inbox(&ask.actor, Some(territory)).ok()?;
    Some(ask.load::<UnreadAt>(territory).await.map(|unread| unread.unwrap_or(0)))
}

/// Queries about conversations.
#[derive(Default)]
pub struct ConversationQuery;

/// Queries about conversations.
#[Object]
impl ConversationQuery {
    /// The conversations of the viewer's territories, the one written in last first; 20 at a time unless asked
    /// otherwise. Null, with an error that says why, for who is not signed in or does not belong to the territory.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the territory")]
    async fn viewer_conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this territory, one of the viewer's.")] territory: Option<ID>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<ConversationObject>>> {
        Some(inbox(ctx, territory.as_ref(), PageArgs { first, after, last, before }).await)
    }
}

async fn inbox(ctx: &Context<'_>, territory: Option<&ID>, args: PageArgs) -> Result<Paged<ConversationObject>> {
    let ask = Ask::of(ctx);
    let territory = territory.map(expect::<kind::Territory>).transpose()?;
    let page = args.request(20)?;
    let inbox = ask.read(conversations::inbox(&ask.actor, territory))?;
    let fault = |fault: Fault| ask.fault(&fault);
    let total = if asks_for(ctx, "totalCount") {
        Some(conversations::count(&ask.app, &inbox).await.map_err(fault)?)
    } else {
        None
    };
    let page = conversations::list(&ask.app, &inbox, &page).await.map_err(fault)?;
    Ok(connection(page, total, |conversation| ConversationObject(Arc::new(conversation))))
}
