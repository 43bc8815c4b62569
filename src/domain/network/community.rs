//! Which territories work together more than with others: the communities of the Louvain method (Blondel and others
//! 2008), over how often each two turned to one another. No crate for graphs that is kept well has it. Nodes are taken in
//! their order and ties go to the lower number, so that the same network always gives the same answer.
use std::collections::BTreeMap;

/// Rounds of moving nodes at one level: each but the last makes it better, and few are needed.
const ROUNDS: usize = 50;
/// What counts as better.
const BETTER: f64 = 1e-9;

/// An undirected network with weights; what was joined has a weight of its own within.
struct Level {
    links: Vec<BTreeMap<usize, f64>>,
    within: Vec<f64>,
}

impl Level {
    fn of(n: usize, edges: &[(usize, usize, f64)]) -> Self {
        let mut level = Self { links: vec![BTreeMap::new(); n], within: vec![0.0; n] };
        for (a, b, weight) in edges {
            level.link(*a, *b, *weight);
        }
        level
    }

    fn link(&mut self, a: usize, b: usize, weight: f64) {
        if a == b {
            self.within[a] += weight;
        } else {
            *self.links[a].entry(b).or_default() += weight;
            *self.links[b].entry(a).or_default() += weight;
        }
    }

    /// What hangs on a node; what is within has both its ends there.
    fn strength(&self, node: usize) -> f64 {
        self.links[node].values().sum::<f64>() + 2.0 * self.within[node]
    }

    /// Moves each node to where it belongs most, until none wants to move. Whether any did.
    fn settle(&self, home: &mut [usize]) -> bool {
        let strengths: Vec<f64> = (0..home.len()).map(|node| self.strength(node)).collect();
        let all: f64 = strengths.iter().sum();
        let mut total = strengths.clone();
        let mut any = false;
        for _ in 0..ROUNDS {
            let mut moved = false;
            for node in 0..home.len() {
                let mut towards: BTreeMap<usize, f64> = BTreeMap::new();
                for (other, weight) in &self.links[node] {
                    *towards.entry(home[*other]).or_default() += weight;
                }
                let old = home[node];
                total[old] -= strengths[node];
                let gain = |to: usize, weight: f64| weight - total[to] * strengths[node] / all;
                let stays = gain(old, towards.get(&old).copied().unwrap_or_default());
                let (mut best, mut most) = (old, stays + BETTER);
                for (to, weight) in &towards {
                    if gain(*to, *weight) > most {
                        (best, most) = (*to, gain(*to, *weight));
                    }
                }
                total[best] += strengths[node];
                home[node] = best;
                moved |= best != old;
            }
            any |= moved;
            if !moved {
                break;
            }
        }
        any
    }

    /// The network of the communities.
    fn joined(&self, home: &[usize], n: usize) -> Self {
        let mut level = Self { links: vec![BTreeMap::new(); n], within: vec![0.0; n] };
        for (node, links) in self.links.iter().enumerate() {
            level.within[home[node]] += self.within[node];
            for (other, weight) in links.range(node..) {
                level.link(home[node], home[*other], *weight);
            }
        }
        level
    }
}

/// To which community each of `n` nodes belongs: 0 is the largest, then by the first of its nodes. Whoever has no edge is
/// a community of its own. Weights are positive.
#[must_use]
pub fn communities(n: usize, edges: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut of: Vec<usize> = (0..n).collect();
    let mut level = Level::of(n, edges);
    loop {
        let mut home: Vec<usize> = (0..level.links.len()).collect();
        if !level.settle(&mut home) {
            return renumbered(&of);
        }
        let count = compact(&mut home);
        for node in &mut of {
            *node = home[*node];
        }
        level = level.joined(&home, count);
    }
}

/// Numbers the homes from 0 as they come; how many there are.
fn compact(home: &mut [usize]) -> usize {
    let mut numbers = BTreeMap::new();
    for place in home {
        let next = numbers.len();
        *place = *numbers.entry(*place).or_insert(next);
    }
    numbers.len()
}

fn renumbered(of: &[usize]) -> Vec<usize> {
    let mut of = of.to_vec();
    let count = compact(&mut of);
    let mut sizes = vec![0_usize; count];
    for home in &of {
        sizes[*home] += 1;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|home| (usize::MAX - sizes[*home], *home));
    let mut place = vec![0; count];
    order.iter().enumerate().for_each(|(at, home)| place[*home] = at);
    of.into_iter().map(|home| place[home]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_circles_of_friends_with_one_acquaintance_are_two() {
        let friends = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (5, 6), (3, 6), (3, 5)];
        let mut edges: Vec<_> = friends.iter().map(|(a, b)| (*a, *b, 3.0)).collect();
        edges.push((2, 3, 1.0));
        assert_eq!(communities(8, &edges), [1, 1, 1, 0, 0, 0, 0, 2]);
    }

    #[test]
    fn who_knows_nobody_is_alone() {
        assert_eq!(communities(3, &[]), [0, 1, 2]);
        assert_eq!(communities(0, &[]), [0; 0]);
    }
}
