//! Lists of requests, and the queries that find one.
use super::{
    RequestObject,
    words::{ReplicationRequestState, RequestDirection, Turn},
};
use crate::{
    domain::{
        id::{PracticeId, TerritoryId, kind},
        refusal::Fault,
    },
    graphql::{
        Ask,
        error::bad_argument,
        id::expect,
        page::{PageArgs, Paged, asks_for, connection},
    },
    service::requests::{self, Filter, Sort},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, Result};

/// One way to name a request.
#[derive(OneofObject)]
pub enum ReplicationRequestKey {
    /// Its opaque id.
    Id(ID),
    /// Its number, `REQ-2026-0001`.
    Number(String),
}

/// What a list of requests is narrowed to; every given part must hold.
#[derive(Default, InputObject)]
pub struct ReplicationRequestFilter {
    /// Sent or received by this territory.
    territory: Option<ID>,
    /// Only those the territory sent, or only those it received.
    direction: Option<RequestDirection>,
    /// For this practice.
    practice: Option<ID>,
    /// In one of these states.
    states: Option<Vec<ReplicationRequestState>>,
    /// Waiting for this side.
    awaiting: Option<Turn>,
    /// Waiting for one of the viewer's territories, whichever side that is.
    #[graphql(default)]
    awaiting_viewer: bool,
    /// Waiting for somebody for more than so many days, 0 to 3,650.
    waiting_more_than_days: Option<i32>,
    /// Only those of which a deadline has passed, or only those of which none has.
    overdue: Option<bool>,
}

/// How a list of requests is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Sort")]
pub enum ReplicationRequestOrder {
    /// The latest change first.
    #[default]
    Updated,
    /// Only those that wait for somebody, the one that has waited longest first.
    Waiting,
}

fn days(days: i32) -> Result<i64> {
    match days {
        0..=3_650 => Ok(days.into()),
        _ => Err(bad_argument("`waitingMoreThanDays` must be from 0 to 3650.")),
    }
}

async fn paged(ctx: &Context<'_>, filter: Filter, args: PageArgs) -> Result<Paged<RequestObject>> {
    let ask = Ask::of(ctx);
    let page = args.request(20)?;
    let fault = |fault: Fault| ask.fault(&fault);
    let total = match asks_for(ctx, "totalCount") {
        true => Some(requests::count(&ask.app, &ask.actor, &filter).await.map_err(fault)?),
        false => None,
    };
    let page = requests::list(&ask.app, &ask.actor, &filter, &page).await.map_err(fault)?;
    Ok(connection(page, total, Into::into))
}

fn states(states: Option<Vec<ReplicationRequestState>>) -> Vec<crate::domain::request::RequestState> {
    states.unwrap_or_default().into_iter().map(Into::into).collect()
}

/// A territory's requests, as far as the viewer may see them; none at all where it may not see the list.
pub async fn of_territory(
    ctx: &Context<'_>,
    territory: TerritoryId,
    direction: Option<RequestDirection>,
    in_states: Option<Vec<ReplicationRequestState>>,
    page: PageArgs,
) -> Option<Result<Paged<RequestObject>>> {
    if !requests::sees(&Ask::of(ctx).actor, territory) {
        return None;
    }
    let direction = direction.map(Into::into);
    let filter = Filter { territory: Some(territory), direction, states: states(in_states), ..Filter::default() };
    Some(paged(ctx, filter, page).await)
}

/// The requests for a practice; none at all where the viewer is neither of its owner nor staff of the hub.
pub async fn requests_for(
    ctx: &Context<'_>,
    practice: PracticeId,
    owner: TerritoryId,
    in_states: Option<Vec<ReplicationRequestState>>,
    page: PageArgs,
) -> Option<Result<Paged<RequestObject>>> {
    if !requests::sees(&Ask::of(ctx).actor, owner) {
        return None;
    }
    let filter = Filter { practice: Some(practice), states: states(in_states), ..Filter::default() };
    Some(paged(ctx, filter, page).await)
}

async fn find(ask: &Ask, by: ReplicationRequestKey) -> Result<Option<RequestObject>> {
    let key = match by {
        ReplicationRequestKey::Id(id) => requests::RequestKey::Id(expect::<kind::ReplicationRequest>(&id)?),
        ReplicationRequestKey::Number(number) => requests::RequestKey::Number(number),
    };
    let found = requests::find(&ask.app, &ask.actor, &key).await.map_err(|fault| ask.fault(&fault))?;
    Ok(found.map(Into::into))
}

/// Queries about requests.
#[derive(Default)]
pub struct RequestQuery;

/// Queries about requests.
#[Object]
impl RequestQuery {
    /// One request, or null where none has that key or the viewer may not see it.
    async fn replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is named.")] by: ReplicationRequestKey,
    ) -> Option<Result<RequestObject>> {
        find(Ask::of(ctx), by).await.transpose()
    }

    /// The requests the viewer may see; 20 at a time unless asked otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, the filter and the order")]
    async fn replication_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<ReplicationRequestFilter>,
        #[graphql(desc = "How it is sorted.", default)] order_by: ReplicationRequestOrder,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<RequestObject>> {
        let filter = filter.unwrap_or_default();
        let filter = Filter {
            territory: filter.territory.as_ref().map(expect::<kind::Territory>).transpose()?,
            direction: filter.direction.map(Into::into),
            practice: filter.practice.as_ref().map(expect::<kind::Practice>).transpose()?,
            states: states(filter.states),
            awaiting: filter.awaiting.map(Into::into),
            awaiting_actor: filter.awaiting_viewer,
            waiting_days: filter.waiting_more_than_days.map(days).transpose()?,
            overdue: filter.overdue,
            sort: order_by.into(),
        };
        paged(ctx, filter, PageArgs { first, after, last, before }).await
    }
}
