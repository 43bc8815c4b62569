//! Lists of requests, the latest change first, narrowed to what somebody may see.
use super::SELECT;
use crate::{
    domain::{
        id::{PracticeId, TerritoryId},
        page::{Cursor, Key, Page, PageRequest},
        request::{Awaiting, Request, RequestState},
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
        sql
    }
}

/// One page, the latest change first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, page: &PageRequest) -> Result<Page<Request>> {
    let order = Order { column: "r.updated_at", id: "r.id", descending: true };
    let key = |r: &Request| Cursor { key: Key::Time(r.updated_at), id: r.id.uuid() };
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
