//! The network's sums, read: by pair of territories, or by month. How many rows there are depends on how many territories,
//! months and fields there are.
use super::{ALL_FIELDS, ALL_MONTHS};
use crate::{
    domain::{
        id::{NeedId, TerritoryId},
        network::Counts,
        time::Ts,
    },
    store::{Conn, Result, sql::*},
};

/// What is summed up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// From this month on, see [`Month::number`](crate::domain::time::Month::number).
    pub from: Option<i64>,
    /// To this month, itself included.
    pub to: Option<i64>,
    /// Of practices in this field.
    pub field: Option<String>,
    /// Of owners in this province; pairs are not narrowed by it.
    pub province: Option<String>,
}

impl Filter {
    const fn is_of_all_time(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    fn months(&self, mut sql: Sql) -> Sql {
        // Month 0, that is all months, is not one of them.
        sql = sql.text(" month >= ").value(self.from.unwrap_or(1));
        match self.to {
            Some(to) => sql.text(" AND month <= ").value(to),
            None => sql,
        }
    }

    fn narrow_pairs(&self, sql: Sql) -> Sql {
        let sql = sql.text(" WHERE field = ").value(self.field.as_deref().unwrap_or(ALL_FIELDS)).text(" AND");
        if self.is_of_all_time() { sql.text(" month = ").value(ALL_MONTHS) } else { self.months(sql) }
    }

    fn narrow_months(&self, sql: Sql) -> Sql {
        let mut sql = self.months(sql.text(" WHERE"));
        if let Some(field) = &self.field {
            sql = sql.text(" AND field = ").value(field);
        }
        match &self.province {
            Some(province) => sql.text(" AND province = ").value(province),
            None => sql,
        }
    }
}

struct Sums {
    sent: i64,
    acknowledged: i64,
    accepted: i64,
    in_progress: i64,
    completed: i64,
    declined: i64,
    withdrawn: i64,
    expired: i64,
    interrupted: i64,
    replications: i64,
    messages: i64,
    illustrative: i64,
    known_6: i64,
    running_6: i64,
    known_12: i64,
    running_12: i64,
}

impl From<Sums> for Counts {
    fn from(s: Sums) -> Self {
        Self {
            states: [
                s.sent,
                s.acknowledged,
                s.accepted,
                s.in_progress,
                s.completed,
                s.declined,
                s.withdrawn,
                s.expired,
                s.interrupted,
            ],
            replications: s.replications,
            messages: s.messages,
            illustrative: s.illustrative,
            known: [s.known_6, s.known_12],
            running: [s.running_6, s.running_12],
        }
    }
}

const SUMS: &str = "CAST(SUM(sent) AS BIGINT) AS sent, CAST(SUM(acknowledged) AS BIGINT) AS acknowledged, \
    CAST(SUM(accepted) AS BIGINT) AS accepted, CAST(SUM(in_progress) AS BIGINT) AS in_progress, \
    CAST(SUM(completed) AS BIGINT) AS completed, CAST(SUM(declined) AS BIGINT) AS declined, \
    CAST(SUM(withdrawn) AS BIGINT) AS withdrawn, CAST(SUM(expired) AS BIGINT) AS expired, \
    CAST(SUM(interrupted) AS BIGINT) AS interrupted, CAST(SUM(replications) AS BIGINT) AS replications, \
    CAST(SUM(messages) AS BIGINT) AS messages, CAST(SUM(illustrative) AS BIGINT) AS illustrative, \
    CAST(SUM(known_6) AS BIGINT) AS known_6, CAST(SUM(running_6) AS BIGINT) AS running_6, \
    CAST(SUM(known_12) AS BIGINT) AS known_12, CAST(SUM(running_12) AS BIGINT) AS running_12";

/// The same where one row is all there is.
const KEPT: &str = "sent, acknowledged, accepted, in_progress, completed, declined, withdrawn, expired, interrupted, \
    replications, messages, illustrative, known_6, running_6, known_12, running_12";

/// A row with sums, and what they are of.
macro_rules! summed {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident : $ty:ty),* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $ty,)*
            /// The sums.
            pub counts: Counts,
        }
        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            Sums: sqlx::FromRow<'r, R>,
            for<'c> &'c str: sqlx::ColumnIndex<R>,
            $($ty: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)*
        {
            fn from_row(row: &'r R) -> std::result::Result<Self, sqlx::Error> {
                Ok(Self {
                    $($field: sqlx::Row::try_get(row, stringify!($field))?,)*
                    counts: <Sums as sqlx::FromRow<'r, R>>::from_row(row)?.into(),
                })
            }
        }
    };
}

record!(Sums {
    sent,
    acknowledged,
    accepted,
    in_progress,
    completed,
    declined,
    withdrawn,
    expired,
    interrupted,
    replications,
    messages,
    illustrative,
    known_6,
    running_6,
    known_12,
    running_12
});

summed! {
    /// What passed between two territories.
    Pair {
        /// Who asked.
        requester: TerritoryId,
        /// Who was asked.
        owner: TerritoryId,
        /// When something last happened.
        last_at: Ts
    }
}

summed! {
    /// What was asked for in a month.
    Series {
        /// Which month.
        month: i64,
        /// In which field.
        field: String,
        /// Of owners in which province.
        province: String
    }
}

/// So often an answer came after so many days.
#[derive(Clone, Debug)]
pub struct Answers<K> {
    /// Of what.
    pub of: K,
    /// Days of the calendar.
    pub days: i64,
    /// How often.
    pub n: i64,
}

struct PairAnswers {
    requester: TerritoryId,
    owner: TerritoryId,
    days: i64,
    n: i64,
}
record!(PairAnswers { requester, owner, days, n });

struct SeriesAnswers {
    month: i64,
    field: String,
    province: String,
    days: i64,
    n: i64,
}
record!(SeriesAnswers { month, field, province, days, n });

/// What passed, by pair of territories.
///
/// # Errors
/// A fault from the database.
pub async fn exchanges(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<Vec<Pair>> {
    // Of all time there is one row for each pair: with tens of thousands of them, summing up takes most of the time.
    if filter.is_of_all_time() {
        let kept = sql("SELECT ").text(KEPT).text(", requester, owner, last_at FROM network_exchange");
        return filter.narrow_pairs(kept).text(" ORDER BY requester, owner").all(on).await;
    }
    let sums = sql("SELECT ").text(SUMS).text(", requester, owner, MAX(last_at) AS last_at FROM network_exchange");
    filter.narrow_pairs(sums).text(" GROUP BY requester, owner ORDER BY requester, owner").all(on).await
}

/// After how many days owners answered, by pair of who asked and who was asked.
///
/// # Errors
/// A fault from the database.
pub async fn answers(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<Vec<Answers<(TerritoryId, TerritoryId)>>> {
    let sums = sql("SELECT requester, owner, days, CAST(SUM(n) AS BIGINT) AS n FROM network_answer");
    let rows: Vec<PairAnswers> = filter.narrow_pairs(sums).text(" GROUP BY requester, owner, days").all(on).await?;
    Ok(rows.into_iter().map(|row| Answers { of: (row.requester, row.owner), days: row.days, n: row.n }).collect())
}

/// What was asked for, by month, field and the owner's province.
///
/// # Errors
/// A fault from the database.
pub async fn series(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<Vec<Series>> {
    let sums = sql("SELECT ").text(SUMS).text(", month, field, province FROM network_month");
    let order = " GROUP BY month, field, province ORDER BY month, field, province";
    filter.narrow_months(sums).text(order).all(on).await
}

/// After how many days owners answered, by month of the request, field and the owner's province.
///
/// # Errors
/// A fault from the database.
pub async fn series_answers(on: impl Into<Conn<'_>>, filter: &Filter) -> Result<Vec<Answers<(i64, String, String)>>> {
    let sums = sql("SELECT month, field, province, days, n FROM network_month_answer");
    let rows: Vec<SeriesAnswers> = filter.narrow_months(sums).all(on).await?;
    let of = |row: SeriesAnswers| Answers { of: (row.month, row.field, row.province), days: row.days, n: row.n };
    Ok(rows.into_iter().map(of).collect())
}

/// The published practices of a territory in a field.
#[derive(Clone, Debug)]
pub struct Practices {
    /// Whose.
    pub owner: TerritoryId,
    /// Their primary field.
    pub field: Option<String>,
    /// How many.
    pub n: i64,
    /// People they reached, where they say so.
    pub reached: i64,
}
record!(Practices { owner, field, n, reached });

/// The published practices, counted by owner and primary field.
///
/// # Errors
/// A fault from the database.
pub async fn practices(on: impl Into<Conn<'_>>) -> Result<Vec<Practices>> {
    sql(
        "SELECT owner, field, COUNT(*) AS n, CAST(SUM(COALESCE(people_reached, 0)) AS BIGINT) AS reached FROM practice \
         WHERE status = 'PUBLISHED' GROUP BY owner, field ORDER BY owner, field",
    )
    .all(on)
    .await
}

/// An open need that nothing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Which.
    pub id: NeedId,
    /// Whose.
    pub territory: TerritoryId,
}
record!(Gap { id, territory });

/// The open needs that no public practice fits, the oldest first, at most `limit`.
///
/// # Errors
/// A fault from the database.
pub async fn gaps(on: impl Into<Conn<'_>>, field: Option<&str>, limit: i64) -> Result<Vec<Gap>> {
    let mut open = sql("SELECT n.id, n.territory FROM need n WHERE n.state = 'OPEN' AND NOT EXISTS \
         (SELECT 1 FROM need_match m WHERE m.need = n.id AND m.fits = ")
    .value(true)
    .text(")");
    if let Some(field) = field {
        open = open.text(" AND n.id IN (SELECT need FROM need_term WHERE scheme = 'FIELD' AND code = ");
        open = open.value(field).text(")");
    }
    open.text(" ORDER BY n.created_at, n.id LIMIT ").value(limit).all(on).await
}
