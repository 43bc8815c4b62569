//! One point of a series.
use super::counts::{RequestCounts, Survival, WaitingTimes};
use crate::{
    domain::term::Scheme,
    graphql::{Ask, scalar::YearMonth, term::TermObject, territory::Province},
    service::{
        network::{By, Point},
        territories,
    },
};
use async_graphql::{Context, Object, Result};

/// What was asked for in one month, quarter, year or period.
pub struct StatisticsPoint {
    pub(super) point: Point,
    pub(super) by: Option<By>,
}

impl StatisticsPoint {
    fn code(&self, by: By) -> Option<&String> {
        self.point.of.as_ref().filter(|_| self.by == Some(by))
    }
}

/// What was asked for in one month, quarter, year or period.
#[Object]
impl StatisticsPoint {
    /// Its first month.
    async fn from(&self) -> YearMonth {
        YearMonth(self.point.from)
    }
    /// The field of the series; null where series were not asked for by field, and for practices without one.
    async fn field(&self, ctx: &Context<'_>) -> Result<Option<TermObject>> {
        let Some(code) = self.code(By::Field) else { return Ok(None) };
        let ask = Ask::of(ctx);
        let atlas = territories::atlas(&ask.app).await.map_err(|fault| ask.fault(&fault))?;
        Ok(atlas.with_code(Scheme::Field, code).last().cloned().map(TermObject))
    }
    /// The province of the series; null where series were not asked for by province.
    async fn province(&self) -> Option<Province> {
        self.code(By::Province).cloned().map(Province)
    }
    /// The requests first sent then, by where they stand today.
    async fn requests(&self) -> RequestCounts {
        (&self.point.told.counts).into()
    }
    /// Copies that came of them, and those confirmed then that no request brought.
    async fn replications(&self) -> i64 {
        self.point.told.counts.replications
    }
    /// Messages written about them.
    async fn messages(&self) -> i64 {
        self.point.told.counts.messages
    }
    /// Of the requests and copies, those that are made up to show how the hub works.
    async fn illustrative(&self) -> i64 {
        self.point.told.counts.illustrative
    }
    /// How long they waited for yes or no.
    async fn waiting(&self) -> WaitingTimes {
        (&self.point.told.waits).into()
    }
    /// Whether their copies still run, after 6 and after 12 months.
    async fn survival(&self) -> Vec<Survival> {
        Survival::of(&self.point.told.counts)
    }
}
