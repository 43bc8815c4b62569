//! The network as data: who works with whom, and what was asked for month after month. Public, without persons.
mod counts;
mod graph;
mod series;

use super::{Ask, scalar::YearMonth};
use crate::service::network::{self, Bucket, By, Level, Wanted};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use graph::NetworkGraph;
use series::StatisticsPoint;

/// Who stands in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Level")]
pub enum NetworkLevel {
    /// Ambiti and Comuni, each for itself.
    All,
    /// Ambiti, for themselves alone.
    Ambito,
    /// Comuni.
    Comune,
    /// Ambiti, with all that their Comuni do.
    RolledUp,
}

/// Which part of the network; every given part must hold. Requests belong to the month in which they were first sent,
/// whatever happened to them since.
#[derive(InputObject)]
pub struct NetworkFilter {
    /// Requests of this month or later.
    from: Option<YearMonth>,
    /// Requests of this month or earlier.
    to: Option<YearMonth>,
    /// Code of the primary field, when it was asked for, of the practice.
    field: Option<String>,
    /// Two letters: what passed to or from this province; in `statistics`, what was asked of it.
    province: Option<String>,
    /// Who stands in the network; without meaning in `statistics`.
    #[graphql(default_with = "NetworkLevel::All")]
    level: NetworkLevel,
}

impl NetworkFilter {
    fn wanted(filter: Option<Self>) -> Wanted {
        let Some(filter) = filter else { return Wanted::default() };
        Wanted {
            from: filter.from.map(|month| month.0),
            to: filter.to.map(|month| month.0),
            field: filter.field,
            province: filter.province.map(|province| province.to_uppercase()),
            level: filter.level.into(),
        }
    }
}

/// How much is summed up in one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Bucket")]
pub enum StatisticsBucket {
    /// A month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A year.
    Year,
    /// The whole period.
    Whole,
}

/// For what there is a series each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "By")]
pub enum StatisticsGroup {
    /// The field of the practice asked for.
    Field,
    /// The province of who is asked.
    Province,
}

/// Queries about the network.
#[derive(Default)]
pub struct NetworkQuery;

/// Queries about the network.
#[Object]
impl NetworkQuery {
    /// The network: territories, what passed between them, and where each stands in it. Told from sums that are kept
    /// while things happen, so that it costs no more with many requests. Null, with an error that says why, where the
    /// filter names what is not there.
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of it; all of it where left out.")] filter: Option<NetworkFilter>,
    ) -> Option<Result<NetworkGraph>> {
        let (ask, wanted) = (Ask::of(ctx), NetworkFilter::wanted(filter));
        let picture = network::picture(&ask.app, &wanted).await;
        Some(ask.read(picture).map(NetworkGraph::of))
    }
    /// What was asked for, from the first month wanted (or with a request) to the last wanted (or this one), in order,
    /// those without a request too; at most 120 months. Null, with an error that says why, where the filter names what is
    /// not there.
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of it; all of it where left out.")] filter: Option<NetworkFilter>,
        #[graphql(desc = "How much is summed up in one point.", default_with = "StatisticsBucket::Month")]
        bucket: StatisticsBucket,
        #[graphql(desc = "One series for each field or each province that was asked; one for all where left out.")]
        by: Option<StatisticsGroup>,
    ) -> Option<Result<Vec<StatisticsPoint>>> {
        let (ask, wanted) = (Ask::of(ctx), NetworkFilter::wanted(filter));
        let by = by.map(By::from);
        let points = network::series(&ask.app, &wanted, bucket.into(), by).await;
        let point = |point| StatisticsPoint { point, by };
        Some(ask.read(points).map(|points| points.into_iter().map(point).collect()))
    }
}
