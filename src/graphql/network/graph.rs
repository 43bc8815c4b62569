//! The picture of the network: nodes, edges, measures.
use super::counts::{RequestCounts, Survival, WaitingTimes};
use crate::{
    domain::{
        id::TerritoryId,
        network::{Exchange, Node, layout},
    },
    graphql::{
        Ask,
        engine::List,
        need::{NeedById, NeedObject},
        scalar::{DateTime, LocalDate},
        term::TermObject,
        territory::TerritoryObject,
    },
    service::network::Picture,
};
use async_graphql::{Context, Object, Result};
use std::{collections::HashMap, sync::Arc};

/// Territories, and what passed between them.
pub struct NetworkGraph {
    picture: Arc<Picture>,
    places: Arc<HashMap<TerritoryId, i64>>,
}

impl NetworkGraph {
    pub(super) fn of(picture: Picture) -> Self {
        let places = (0..).zip(&picture.network.nodes).map(|(place, node)| (node.territory, place)).collect();
        Self { picture: Arc::new(picture), places: Arc::new(places) }
    }
}

// The descriptions name these numbers.
const _: () = assert!(layout::SIZE > 999.5 && layout::SIZE < 1000.5);

/// Territories, and what passed between them. An edge goes from who asks to who is asked; there is one where a request
/// was sent, or where one practice is a copy of another by word of both owners.
#[Object]
impl NetworkGraph {
    /// The territories that take part: those with an exchange, and those with a published practice; at most 1,000.
    async fn nodes(&self) -> Vec<NetworkNode> {
        let node = |at| NetworkNode { picture: Arc::clone(&self.picture), at };
        (0..self.picture.network.nodes.len()).map(node).collect()
    }
    /// What passed between them, the most first; at most 10,000.
    async fn edges(&self) -> Vec<NetworkEdge> {
        let edge = |at| NetworkEdge { picture: Arc::clone(&self.picture), places: Arc::clone(&self.places), at };
        (0..self.picture.network.edges.len()).map(edge).collect()
    }
    /// The network as a whole.
    async fn metrics(&self) -> NetworkMetrics {
        NetworkMetrics(Arc::clone(&self.picture))
    }
    /// Whether there are more nodes or edges than fit; sums and measures are of all edges among the nodes shown.
    async fn is_cut(&self) -> bool {
        self.picture.is_cut
    }
    /// When it was read.
    async fn as_of(&self) -> DateTime {
        DateTime(self.picture.as_of)
    }
}

/// A territory in the network.
pub struct NetworkNode {
    picture: Arc<Picture>,
    at: usize,
}

impl NetworkNode {
    fn node(&self) -> &Node {
        &self.picture.network.nodes[self.at]
    }
}

/// A territory in the network. Each degree, rank and share is of the network as it was asked for.
#[Object(crate = "crate::graphql::engine")]
impl NetworkNode {
    /// Which; with Comuni rolled up, it stands for its Comuni too.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.node().territory).await
    }
    /// Its published practices, in the field asked for.
    fn practices_run(&self) -> i64 {
        self.node().practices
    }
    /// Requests it sent.
    fn requests_sent(&self) -> RequestCounts {
        (&self.node().sent).into()
    }
    /// Requests it received.
    fn requests_received(&self) -> RequestCounts {
        (&self.node().received).into()
    }
    /// Copies that others made of its practices.
    fn given(&self) -> i64 {
        self.node().received.replications
    }
    /// Copies that it made of others' practices.
    fn received(&self) -> i64 {
        self.node().sent.replications
    }
    /// Territories that turned to it.
    fn in_degree(&self) -> i64 {
        self.node().in_degree
    }
    /// Territories that it turned to.
    fn out_degree(&self) -> i64 {
        self.node().out_degree
    }
    /// How much the network turns to it, directly or by way of others (`PageRank`, damping 0.85, unweighted); the sum over
    /// all nodes is 1.
    fn page_rank(&self) -> f64 {
        self.node().page_rank
    }
    /// Share of the shortest ways between two others that lead through it, 0 to 1 (unweighted, along the edges).
    fn betweenness(&self) -> f64 {
        self.node().betweenness
    }
    /// Number of its community: who works together more than with others (Louvain method); the largest is 0.
    fn community(&self) -> i64 {
        i64::try_from(self.node().community).unwrap_or(i64::MAX)
    }
    /// Number of the part of the network it is joined to, whichever way edges point; the largest is 0.
    fn component(&self) -> i64 {
        i64::try_from(self.node().component).unwrap_or(i64::MAX)
    }
    /// Where to draw it, 0 to 1,000 from the left: near its place on the map, drawn towards those it works with.
    fn x(&self) -> f64 {
        (self.node().at.0 * 10.0).round() / 10.0
    }
    /// Where to draw it, 0 to 1,000 from the top.
    fn y(&self) -> f64 {
        (self.node().at.1 * 10.0).round() / 10.0
    }
}

/// What passed from one territory to another.
pub struct NetworkEdge {
    picture: Arc<Picture>,
    places: Arc<HashMap<TerritoryId, i64>>,
    at: usize,
}

impl NetworkEdge {
    fn edge(&self) -> &Exchange {
        &self.picture.network.edges[self.at]
    }
}

/// What passed between two territories: the first asked, the second was asked.
#[Object(crate = "crate::graphql::engine")]
impl NetworkEdge {
    /// Who asked.
    async fn from(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.edge().requester).await
    }
    /// Who was asked.
    async fn to(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.edge().owner).await
    }
    /// Place of who asked in `nodes`, from 0.
    fn source(&self) -> i64 {
        self.places.get(&self.edge().requester).copied().unwrap_or_default()
    }
    /// Place of who was asked in `nodes`, from 0.
    fn target(&self) -> i64 {
        self.places.get(&self.edge().owner).copied().unwrap_or_default()
    }
    /// The requests, by where they stand.
    fn requests(&self) -> RequestCounts {
        (&self.edge().counts).into()
    }
    /// Copies that came of it: of the requests, and those that no request brought.
    fn replications(&self) -> i64 {
        self.edge().counts.replications
    }
    /// Messages written about the requests.
    fn messages(&self) -> i64 {
        self.edge().counts.messages
    }
    /// Of the requests and copies, those that are made up to show how the hub works.
    fn illustrative(&self) -> i64 {
        self.edge().counts.illustrative
    }
    /// The day, in Italy, on which something last happened.
    fn last_activity(&self) -> LocalDate {
        LocalDate(self.edge().last_at.date_in_italy())
    }
    /// Half of the requests were answered by yes or no within so many days of the calendar; null where none was.
    fn median_days_to_answer(&self) -> Option<f64> {
        self.edge().waits.median()
    }
}

/// The network as a whole.
pub struct NetworkMetrics(Arc<Picture>);

/// The network as a whole.
#[Object]
impl NetworkMetrics {
    /// Requests, by where they stand.
    async fn requests(&self) -> RequestCounts {
        (&self.0.network.total).into()
    }
    /// Copies.
    async fn replications(&self) -> i64 {
        self.0.network.total.replications
    }
    /// Of the requests and copies, those that are made up to show how the hub works: where they are all, so is this
    /// network.
    async fn illustrative(&self) -> i64 {
        self.0.network.total.illustrative
    }
    /// Ambiti that take part in an exchange, themselves or one of their Comuni.
    async fn reach(&self) -> i64 {
        i64::try_from(self.0.reached).unwrap_or(i64::MAX)
    }
    /// Ambiti that could: 45 in Puglia.
    async fn ambiti(&self) -> i64 {
        i64::try_from(self.0.ambiti).unwrap_or(i64::MAX)
    }
    /// Edges out of all that could be, 0 to 1; null with fewer than two nodes.
    async fn density(&self) -> Option<f64> {
        self.0.network.density
    }
    /// Share of the edges that have one back, 0 to 1; null without edges.
    async fn reciprocity(&self) -> Option<f64> {
        self.0.network.reciprocity
    }
    /// In how many parts it falls, whichever way edges point; who has no edge is a part of its own.
    async fn components(&self) -> i64 {
        i64::try_from(self.0.network.components.len()).unwrap_or(i64::MAX)
    }
    /// Nodes of the largest part.
    async fn largest_component(&self) -> i64 {
        i64::try_from(self.0.network.components.first().copied().unwrap_or_default()).unwrap_or(i64::MAX)
    }
    /// Who is asked most; null where nobody is.
    async fn busiest(&self, ctx: &Context<'_>) -> Result<Option<TerritoryObject>> {
        match self.0.busiest {
            Some((busiest, _)) => Ask::of(ctx).territory(busiest).await.map(Some),
            None => Ok(None),
        }
    }
    /// Its share of all requests, 0 to 1.
    async fn busiest_share(&self) -> Option<f64> {
        self.0.busiest.map(|(_, share)| share)
    }
    /// How long requests waited for yes or no.
    async fn waiting(&self) -> WaitingTimes {
        (&self.0.network.waits).into()
    }
    /// Whether copies still run, after 6 and after 12 months.
    async fn survival(&self) -> Vec<Survival> {
        Survival::of(&self.0.network.total)
    }
    /// People whom the published practices reached, where they say so; null where these are fewer than five, so that
    /// nobody is told from another.
    async fn people_reached(&self) -> Option<i64> {
        self.0.people_reached
    }
    /// What is missing.
    async fn gaps(&self) -> NetworkGaps {
        NetworkGaps(Arc::clone(&self.0))
    }
}

/// What is missing in the network.
pub struct NetworkGaps(Arc<Picture>);

/// What is missing in the network.
#[Object]
impl NetworkGaps {
    /// Fields in which nobody has published a practice.
    async fn fields(&self) -> List<TermObject> {
        List(self.0.gaps.fields.iter().cloned().map(TermObject).collect())
    }
    /// Open needs that no published practice fits, the oldest first, at most 50. Matches are found a moment after what
    /// they are of was published, so an answer with them is never one that was kept.
    #[graphql(cache_control(private))]
    async fn unanswered_needs(&self, ctx: &Context<'_>) -> Result<Vec<NeedObject>> {
        let ask = Ask::of(ctx);
        let needs = self.0.gaps.needs.iter().map(|gap| ask.load::<NeedById>(gap.id));
        let needs = futures_util::future::try_join_all(needs).await?;
        Ok(needs.into_iter().flatten().map(NeedObject).collect())
    }
}
