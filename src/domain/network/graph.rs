//! The picture of the network: who takes part, what passed between whom, and where everybody stands in it.
use super::{Counts, Spread, community::communities, layout, measure::measures};
use crate::domain::{id::TerritoryId, time::Ts};
use std::collections::{BTreeMap, HashMap};

/// What passed between two territories.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Who asked.
    pub requester: TerritoryId,
    /// Who was asked.
    pub owner: TerritoryId,
    /// Sums.
    pub counts: Counts,
    /// Days from a request to yes or no.
    pub waits: Spread,
    /// When something last happened.
    pub last_at: Ts,
}

/// A territory that may stand in the picture.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which.
    pub territory: TerritoryId,
    /// Its published practices.
    pub practices: i64,
    /// Whether it is shown without an exchange too, for its practices.
    pub alone: bool,
    /// Its place on the map, as a place in the drawing.
    pub anchor: layout::Point,
}

/// A territory in the picture.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which.
    pub territory: TerritoryId,
    /// Its published practices.
    pub practices: i64,
    /// Sums of what it asked for.
    pub sent: Counts,
    /// Sums of what it was asked for.
    pub received: Counts,
    /// Territories that asked it.
    pub in_degree: i64,
    /// Territories it asked.
    pub out_degree: i64,
    /// See [`super::measure::Measures`].
    pub page_rank: f64,
    /// See [`super::measure::Measures`].
    pub betweenness: f64,
    /// Number of its community, the largest is 0.
    pub community: usize,
    /// Number of its part of the network, the largest is 0.
    pub component: usize,
    /// Where to draw it, 0 to [`layout::SIZE`] from the left and from the top.
    pub at: layout::Point,
}

/// The picture.
#[derive(Clone, Debug)]
pub struct Network {
    /// The territories that take part, in the order they were given.
    pub nodes: Vec<Node>,
    /// What passed between them, the most first.
    pub edges: Vec<Exchange>,
    /// Sums over all edges.
    pub total: Counts,
    /// Days from a request to yes or no, over all edges.
    pub waits: Spread,
    /// So many territories in each part, the largest first.
    pub components: Vec<usize>,
    /// Edges out of all that could be.
    pub density: Option<f64>,
    /// Share of the edges that have one back.
    pub reciprocity: Option<f64>,
}

impl Network {
    /// Draws it: of the members those with an exchange, or a practice where they are shown for that alone. An exchange with somebody who is no member, or of
    /// somebody with itself, is left out, and so is one without a request or a copy: that two only talked is their
    /// affair.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of exchanges are far below 2^52")]
    pub fn of(members: Vec<Member>, exchanges: Vec<Exchange>) -> Self {
        let known: HashMap<TerritoryId, usize> = members.iter().enumerate().map(|(at, m)| (m.territory, at)).collect();
        let mut edges: Vec<Exchange> = exchanges
            .into_iter()
            .filter(|e| e.requester != e.owner && known.contains_key(&e.requester) && known.contains_key(&e.owner))
            .filter(|e| e.counts.is_an_exchange())
            .collect();
        let mut busy = vec![false; members.len()];
        edges.iter().flat_map(|e| [known[&e.requester], known[&e.owner]]).for_each(|at| busy[at] = true);
        let members: Vec<Member> = members
            .into_iter()
            .zip(busy)
            .filter(|(m, busy)| *busy || (m.alone && m.practices > 0))
            .map(|(m, _)| m)
            .collect();
        let place: HashMap<TerritoryId, usize> = members.iter().enumerate().map(|(at, m)| (m.territory, at)).collect();
        let ends = |e: &Exchange| (place[&e.requester], place[&e.owner]);
        edges.sort_by_key(|e| (-weight(&e.counts), ends(e)));
        let plain: Vec<(usize, usize)> = edges.iter().map(ends).collect();
        let weighted: Vec<_> = edges.iter().map(|e| (ends(e).0, ends(e).1, weight(&e.counts) as f64)).collect();
        let told = measures(members.len(), &plain);
        let community = communities(members.len(), &weighted);
        let anchors: Vec<layout::Point> = members.iter().map(|m| m.anchor).collect();
        let at = layout::placed(&anchors, &weighted);
        let (mut sent, mut received) = (BTreeMap::<usize, Counts>::new(), BTreeMap::<usize, Counts>::new());
        let (mut total, mut waits) = (Counts::default(), Spread::default());
        for (edge, (from, to)) in edges.iter().zip(&plain) {
            sent.entry(*from).or_default().add(&edge.counts, 1);
            received.entry(*to).or_default().add(&edge.counts, 1);
            total.add(&edge.counts, 1);
            waits.merge(&edge.waits);
        }
        let node = |(n, member): (usize, Member)| Node {
            territory: member.territory,
            practices: member.practices,
            sent: sent.remove(&n).unwrap_or_default(),
            received: received.remove(&n).unwrap_or_default(),
            in_degree: told.in_degree[n],
            out_degree: told.out_degree[n],
            page_rank: told.page_rank[n],
            betweenness: told.betweenness[n],
            community: community[n],
            component: told.component[n],
            at: at[n],
        };
        let nodes = members.into_iter().enumerate().map(node).collect();
        let (components, density, reciprocity) = (told.components, told.density, told.reciprocity);
        Self { nodes, edges, total, waits, components, density, reciprocity }
    }
}

/// How much passed: requests and copies that no request brought. A request that left a copy is one exchange, not two.
fn weight(counts: &Counts) -> i64 {
    counts.requests().max(counts.replications)
}
