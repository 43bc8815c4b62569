//! The event log as people read it: narrowed, the latest first.
use super::{Conn, Result, sql::*};
use crate::domain::{
    event::{Event, EventKind},
    id::PersonId,
    page::{Cursor, Key, Page, PageRequest},
    time::Ts,
};
use uuid::Uuid;

/// What the log is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Done by this person.
    pub actor: Option<PersonId>,
    /// About this object.
    pub subject: Option<Uuid>,
    /// Of one of these kinds; of any where empty.
    pub kinds: Vec<EventKind>,
    /// At this moment or later.
    pub since: Option<Ts>,
    /// Before this moment.
    pub until: Option<Ts>,
}

impl Filter {
    fn narrow(&self, mut sql: Sql) -> Sql {
        sql = sql.text(" FROM event e WHERE 1 = 1");
        if let Some(actor) = self.actor {
            sql = sql.text(" AND e.actor = ").value(actor);
        }
        if let Some(subject) = self.subject {
            sql = sql.text(" AND e.subject = ").value(subject);
        }
        if !self.kinds.is_empty() {
            sql = sql.text(" AND e.kind").any(words(&self.kinds));
        }
        if let Some(since) = self.since {
            sql = sql.text(" AND e.at >= ").value(since);
        }
        if let Some(until) = self.until {
            sql = sql.text(" AND e.at < ").value(until);
        }
        sql
    }
}

/// One page, the latest first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, filter: &Filter, page: &PageRequest) -> Result<Page<Event>> {
    let order = Order { column: "e.seq", id: "e.subject", descending: true };
    let key = |event: &Event| Cursor { key: Key::Number(event.seq), id: event.subject };
    let select = sql("SELECT e.seq, e.at, e.kind, e.subject, e.actor, e.data");
    filter.narrow(select).page(on, order, page, key).await
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
    Ok(filter.narrow(sql("SELECT COUNT(*) AS n")).one::<Count>(on).await?.n)
}
