//! Lists of requests, the latest change or the longest wait first, narrowed to what somebody may see.
use super::SELECT;
use crate::{
    domain::{
        id::{PracticeId, TerritoryId},
        page::{Cursor, Key, Page, PageRequest},
        request::{Awaiting, Request, RequestState},
        time::Ts,
    },
    store::{Conn, Result, sql::*},
};

/// Which requests somebody may see.
#[derive(Clone, Debug, Default)]
pub struct Sees {
    /// All that were ever sent: facilitator, steward, the hub itself.
    pub all: bool,
    /// Those sent or received by these territories, and their drafts.
    pub own: Vec<TerritoryId>,
}

/// What a list is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Who looks.
    pub sees: Sees,
    /// Asked by this territory.
    pub requester: Option<TerritoryId>,
    /// Asked of this territory.
    pub owner: Option<TerritoryId>,
    /// Asked by or of this territory.
    pub territory: Option<TerritoryId>,
    /// For this practice.
    pub practice: Option<PracticeId>,
    /// In one of these states; in any where empty.
    pub states: Vec<RequestState>,
    /// Waiting for this side.
    pub awaiting: Option<Awaiting>,
    /// Waiting for one of these territories.
    pub turn_of: Option<Vec<TerritoryId>>,
    /// Waiting for somebody since before this moment.
    pub waiting_before: Option<Ts>,
    /// One of its deadlines has passed at this moment, or none has.
    pub overdue: Option<(bool, Ts)>,
    /// How it is sorted.
    pub sort: Sort,
}

/// How a list of requests is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The latest change first.
    #[default]
    Updated,
    /// Only those that wait for somebody, the one that has waited longest first.
    Waiting,
}

impl Filter {
    fn narrow(&self, mut sql: Sql) -> Sql {
        sql = sql.text(" WHERE (r.requester").any(&self.sees.own[..]).text(" OR (r.sent_at IS NOT NULL");
        if !self.sees.all {
            sql = sql.text(" AND r.owner").any(&self.sees.own[..]);
        }
        sql = sql.text("))");
        if let Some(requester) = self.requester {
            sql = sql.text(" AND r.requester = ").value(requester);
        }
        if let Some(owner) = self.owner {
            sql = sql.text(" AND r.owner = ").value(owner);
        }
        if let Some(territory) = self.territory {
            sql = sql.text(" AND (r.requester = ").value(territory).text(" OR r.owner = ").value(territory).text(")");
        }
        if let Some(practice) = self.practice {
            sql = sql.text(" AND r.practice = ").value(practice);
        }
        if !self.states.is_empty() {
            sql = sql.text(" AND r.state").any(words(&self.states));
        }
        if let Some(awaiting) = self.awaiting {
            sql = sql.text(" AND r.awaiting = ").value(word(awaiting));
        }
        if let Some(own) = &self.turn_of {
            sql = sql.text(" AND ((r.awaiting = 'OWNER' AND r.owner").any(&own[..]);
            sql = sql.text(") OR (r.awaiting = 'REQUESTER' AND r.requester").any(&own[..]).text("))");
        }
        if self.sort == Sort::Waiting || self.waiting_before.is_some() {
            sql = sql.text(" AND r.awaiting <> 'NOBODY'");
        }
        if let Some(before) = self.waiting_before {
            sql = sql.text(" AND r.awaiting_since < ").value(before);
        }
        if let Some((overdue, now)) = self.overdue {
            sql = sql.text(if overdue { " AND EXISTS (" } else { " AND NOT EXISTS (" });
            sql = sql
                .text("SELECT 1 FROM request_deadline d WHERE d.request = r.id AND d.due_at < ")
                .value(now)
                .text(")");
        }
        sql
    }
}

/// One page, in the order of the filter.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, page: &PageRequest) -> Result<Page<Request>> {
    let (column, descending) = match filter.sort {
        Sort::Updated => ("r.updated_at", true),
        Sort::Waiting => ("r.awaiting_since", false),
    };
    let order = Order { column, id: "r.id", descending };
    let sorted_by = |r: &Request| if descending { r.updated_at } else { r.awaiting_since };
    let key = |r: &Request| Cursor { key: Key::Time(sorted_by(r)), id: r.id.uuid() };
    filter.narrow(sql(SELECT)).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<i64> {
    Ok(filter.narrow(sql("SELECT COUNT(*) AS n FROM replication_request r")).one::<Count>(on).await?.n)
}
