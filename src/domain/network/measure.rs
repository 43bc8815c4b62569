//! Who stands where in a directed network without loops and double edges. Each measure is the textbook's, unweighted: how
//! many territories turn to one another, not how often. The same numbers come from networkx, which the tests compare.
use petgraph::{graph::DiGraph, unionfind::UnionFind};
use rustworkx_core::centrality::betweenness_centrality;

/// Share of the walks that go on along an edge (Brin and Page 1998).
const DAMPING: f64 = 0.85;
/// Good enough: the ranks of one round and the next differ by so little in all.
const TOLERANCE: f64 = 1e-12;
/// By then they do: each round comes nearer by the damping.
const ROUNDS: usize = 500;

/// The measures of the nodes, in their order, and of the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Edges that come in.
    pub in_degree: Vec<i64>,
    /// Edges that go out.
    pub out_degree: Vec<i64>,
    /// `PageRank`; the sum is 1.
    pub page_rank: Vec<f64>,
    /// Share of the shortest ways between two others that lead through it, 0 to 1 (Freeman 1977).
    pub betweenness: Vec<f64>,
    /// Number of the part it belongs to, whichever way edges point: the largest is 0.
    pub component: Vec<usize>,
    /// So many nodes in each part, the largest first.
    pub components: Vec<usize>,
    /// Edges out of all that could be; none with fewer than two nodes.
    pub density: Option<f64>,
    /// Share of the edges that have one back; none without edges.
    pub reciprocity: Option<f64>,
}

/// Measures a network of `n` nodes. Edges name nodes below `n`, none twice and none from a node to itself.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of territories are far below 2^52")]
pub fn measures(n: usize, edges: &[(usize, usize)]) -> Measures {
    let (mut in_degree, mut out_degree) = (vec![0; n], vec![0; n]);
    for (from, to) in edges {
        out_degree[*from] += 1;
        in_degree[*to] += 1;
    }
    let (component, components) = parts(n, edges);
    let mut sorted = edges.to_vec();
    sorted.sort_unstable();
    let back = edges.iter().filter(|(from, to)| sorted.binary_search(&(*to, *from)).is_ok()).count();
    Measures {
        in_degree,
        page_rank: page_rank(n, edges, &out_degree),
        out_degree,
        betweenness: betweenness(n, edges),
        component,
        components,
        density: (n > 1).then(|| edges.len() as f64 / (n as f64 * (n as f64 - 1.0))),
        reciprocity: (!edges.is_empty()).then(|| back as f64 / edges.len() as f64),
    }
}

/// By power iteration; whoever asks nobody passes its rank on to all alike. Our own, because `petgraph` has one that
/// leaves out random jumps along edges, so that its ranks are others than everybody else's, and takes the square of the
/// nodes for each edge.
#[expect(clippy::cast_precision_loss, reason = "counts of territories are far below 2^52")]
fn page_rank(n: usize, edges: &[(usize, usize)], out_degree: &[i64]) -> Vec<f64> {
    let each = 1.0 / n as f64;
    let mut ranks = vec![each; n];
    for _ in 0..ROUNDS {
        let dangling: f64 = ranks.iter().zip(out_degree).filter(|(_, out)| **out == 0).map(|(rank, _)| rank).sum();
        let mut next = vec![each.mul_add(1.0 - DAMPING, DAMPING * dangling * each); n];
        for (from, to) in edges {
            next[*to] += DAMPING * ranks[*from] / out_degree[*from] as f64;
        }
        let moved: f64 = ranks.iter().zip(&next).map(|(before, after)| (before - after).abs()).sum();
        ranks = next;
        if moved < TOLERANCE {
            break;
        }
    }
    ranks
}

fn betweenness(n: usize, edges: &[(usize, usize)]) -> Vec<f64> {
    let mut graph = DiGraph::<(), (), usize>::with_capacity(n, edges.len());
    for _ in 0..n {
        graph.add_node(());
    }
    graph.extend_with_edges(edges);
    // In this thread alone: whoever asks has given us one.
    let through = betweenness_centrality(&graph, false, true, usize::MAX);
    // With two nodes nothing lies between: the share is that of none.
    through.into_iter().map(|share| share.filter(|share| share.is_finite()).unwrap_or_default()).collect()
}

/// To which part each node belongs, and how large the parts are.
fn parts(n: usize, edges: &[(usize, usize)]) -> (Vec<usize>, Vec<usize>) {
    let mut joined = UnionFind::<usize>::new(n);
    for (from, to) in edges {
        joined.union(*from, *to);
    }
    let roots = joined.into_labeling();
    let mut sizes = vec![0; n];
    for root in &roots {
        sizes[*root] += 1;
    }
    let mut order: Vec<usize> = (0..n).filter(|root| sizes[*root] > 0).collect();
    order.sort_by_key(|root| (usize::MAX - sizes[*root], roots.iter().position(|of| of == root)));
    let mut place = vec![0; n];
    order.iter().enumerate().for_each(|(at, root)| place[*root] = at);
    (roots.into_iter().map(|root| place[root]).collect(), order.into_iter().map(|root| sizes[root]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_those_of_networkx() {
        // networkx 3: G = nx.DiGraph([(0,1),(1,2),(2,0),(3,0),(0,3),(4,5)]); G.add_node(6)
        let told = measures(7, &[(0, 1), (1, 2), (2, 0), (3, 0), (0, 3), (4, 5)]);
        assert_eq!((told.in_degree, told.out_degree), (vec![2, 1, 1, 1, 0, 1, 0], vec![2, 1, 1, 1, 1, 0, 0]));
        let near = |given: &[f64], wanted: &[f64]| {
            given.len() == wanted.len() && given.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-6)
        };
        let between = [0.166_666_667, 0.066_666_667, 0.066_666_667, 0.0, 0.0, 0.0, 0.0];
        assert!(near(&told.betweenness, &between), "{:?}", told.betweenness);
        let ranks =
            [0.338_124_981, 0.176_472_096, 0.182_770_260, 0.176_472_096, 0.032_768_979, 0.060_622_610, 0.032_768_979];
        assert!(near(&told.page_rank, &ranks), "{:?}", told.page_rank);
        assert_eq!((told.component, told.components), (vec![0, 0, 0, 0, 1, 1, 2], vec![4, 2, 1]));
        assert!(near(&[told.density.unwrap(), told.reciprocity.unwrap()], &[6.0 / 42.0, 2.0 / 6.0]));
    }

    #[test]
    fn nobody_and_one_alone_have_measures_too() {
        let nobody = measures(0, &[]);
        assert_eq!((nobody.page_rank.len(), nobody.density, nobody.reciprocity), (0, None, None));
        let alone = measures(1, &[]);
        assert_eq!((alone.page_rank, alone.betweenness, alone.components), (vec![1.0], vec![0.0], vec![1]));
        assert_eq!(measures(2, &[(0, 1)]).betweenness, vec![0.0, 0.0]);
    }
}
