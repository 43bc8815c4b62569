//! The order in which matches are shown: by score, but so that one owner does not fill the first places, and that who
//! copied a practice goes before who invented it, where that is nearer: second-generation mentors spread the load.
use crate::domain::id::{PracticeId, TerritoryId};
use std::collections::{HashMap, HashSet};

/// Places in which one owner has at most [`OF_ONE`].
const FIRST: usize = 5;
/// Practices of one owner among the first.
const OF_ONE: usize = 2;
/// A descendant with so many points less than its ancestor still goes before it.
const POINTS: f64 = 5.0;

/// A match as the order sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The practice.
    pub practice: PracticeId,
    /// Its owner.
    pub owner: TerritoryId,
    /// Its score.
    pub score: f64,
    /// How near its owner is in size, where known.
    pub size: Option<f64>,
}

impl Placed {
    /// Whether it goes before this ancestor of it.
    fn mentors_for(&self, ancestor: &Self) -> bool {
        let nearer = self.size.zip(ancestor.size).is_some_and(|(own, other)| own > other);
        nearer && self.score >= ancestor.score - POINTS
    }
}

/// Puts matches in order. `descent` holds confirmed pairs of an ancestor and one of its descendants, near or far; pairs
/// of other practices do not matter. Beside each match stands the ancestor that it goes before, the nearest in the order
/// where there are several.
///
/// Without anybody else, one owner has more than two of the first five: an empty place helps nobody.
#[must_use]
pub fn order(mut all: Vec<Placed>, descent: &[(PracticeId, PracticeId)]) -> Vec<(Placed, Option<PracticeId>)> {
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.practice.cmp(&b.practice)));
    let places: HashMap<PracticeId, usize> = all.iter().enumerate().map(|(at, one)| (one.practice, at)).collect();
    // By ancestor: the descendants that go before it, as places.
    let mut mentors: HashMap<usize, Vec<usize>> = HashMap::new();
    for (ancestor, descendant) in descent {
        if let (Some(above), Some(below)) = (places.get(ancestor), places.get(descendant))
            && all[*below].mentors_for(&all[*above])
        {
            mentors.entry(*above).or_default().push(*below);
        }
    }
    for below in mentors.values_mut() {
        below.sort_unstable();
        below.dedup();
    }
    let (mut queue, mut seen) = (Vec::with_capacity(all.len()), HashSet::new());
    for at in 0..all.len() {
        place(at, &mentors, &mut seen, &mut queue);
    }
    let queue = spread(queue.into_iter().map(|at| (at, all[at])).collect());
    let mut placed: HashMap<usize, usize> = HashMap::new();
    for (place, (at, _)) in queue.iter().enumerate() {
        placed.insert(*at, place);
    }
    let mut mentor_of: HashMap<usize, usize> = HashMap::new();
    for (above, below) in mentors.iter().flat_map(|(above, all)| all.iter().map(move |below| (*above, *below))) {
        if placed[&below] < placed[&above] {
            let nearest = mentor_of.entry(below).or_insert(above);
            if placed[&above] < placed[nearest] {
                *nearest = above;
            }
        }
    }
    queue.into_iter().map(|(at, one)| (one, mentor_of.get(&at).map(|above| all[*above].practice))).collect()
}

/// Puts a match into the queue after the descendants that go before it. Lineage has no cycles, and being nearer in size
/// would end one.
fn place(at: usize, mentors: &HashMap<usize, Vec<usize>>, seen: &mut HashSet<usize>, queue: &mut Vec<usize>) {
    if !seen.insert(at) {
        return;
    }
    for below in mentors.get(&at).into_iter().flatten() {
        place(*below, mentors, seen, queue);
    }
    queue.push(at);
}

/// Lets the others go first where an owner has two of the first five already; nobody else's order changes.
fn spread(queue: Vec<(usize, Placed)>) -> Vec<(usize, Placed)> {
    let (mut first, mut rest, mut of) = (Vec::with_capacity(FIRST), Vec::new(), HashMap::new());
    for one in queue {
        let count: &mut usize = of.entry(one.1.owner).or_default();
        if first.len() < FIRST && *count < OF_ONE {
            *count += 1;
            first.push(one);
        } else {
            rest.push(one);
        }
    }
    first.append(&mut rest);
    first
}
