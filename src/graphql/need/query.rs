//! Lists of needs: of the whole hub and of one territory.
use super::{NeedObject, input::NeedFilter, words::NeedState};
use crate::{
    domain::id::TerritoryId,
    graphql::{
        Ask,
        page::{PageArgs, Paged, asks_for, connection},
    },
    service::needs::{self, Filter},
};
use async_graphql::{Context, Object, Result};
use std::sync::Arc;

async fn page(ctx: &Context<'_>, filter: Filter, args: PageArgs) -> Result<Paged<NeedObject>> {
    let ask = Ask::of(ctx);
    let page = args.request(20)?;
    let total = match asks_for(ctx, "totalCount") {
        true => Some(needs::count(&ask.app, &filter).await.map_err(|fault| ask.fault(&fault))?),
        false => None,
    };
    let page = ask.read(needs::list(&ask.app, &filter, &page).await)?;
    Ok(connection(page, total, |need| NeedObject(Arc::new(need))))
}

/// The needs of one territory, the newest first.
pub async fn needs_of(
    ctx: &Context<'_>,
    territory: TerritoryId,
    states: Option<Vec<NeedState>>,
    args: PageArgs,
) -> Result<Paged<NeedObject>> {
    let states = states.unwrap_or_default().into_iter().map(Into::into).collect();
    page(ctx, Filter { territory: Some(territory), states, ..Filter::default() }, args).await
}

/// Queries about needs.
#[derive(Default)]
pub struct NeedQuery;

/// Queries about needs.
#[Object]
impl NeedQuery {
    /// What territories look for, the newest first: open needs unless asked otherwise; 20 at a time unless asked
    /// otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
    async fn needs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<NeedFilter>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<NeedObject>> {
        let args = PageArgs { first, after, last, before };
        page(ctx, filter.unwrap_or_default().read()?, args).await
    }
}
