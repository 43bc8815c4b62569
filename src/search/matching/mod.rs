//! Matching: of all public practices, those that answer a wish best, judged by the columns of the index.
//!
//! In two steps, because how well the words fit is told as a share of the best: first all that the gates let through is
//! gathered with its words' score, then each is judged by [`crate::domain::matching::judge()`], the same function that
//! judges a row of the database.
mod columns;
mod gather;

use super::{
    fault,
    fields::column,
    index::{Open, Search},
    lists::Lists,
    query::told,
};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    matching::{Placed, Weights, Wish},
    refusal::Fault,
};
use columns::Columns;
use gather::Gather;
use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, HashSet},
};
use tantivy::{
    query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};

/// What is looked for, and what is left out.
#[derive(Clone, Debug)]
pub struct Sought {
    /// What is looked for.
    pub wish: Wish,
    /// How much each part counts.
    pub weights: Weights,
    /// Owners whose practices are left out: nobody looks for its own.
    pub own: Vec<TerritoryId>,
    /// Practices that are left out.
    pub without: HashSet<PracticeId>,
    /// So many of the best.
    pub most: usize,
}

/// A practice that answers a wish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Which practice, whose, how well it fits.
    pub placed: Placed,
    /// How well it fits the words: 1 for the one that fits best; none where there were none.
    pub text: Option<f64>,
}

impl Search {
    /// The practices that answer a wish best, in no order; `None` while the index is being built. Takes milliseconds of
    /// processor time: not to be called on a thread that serves others.
    ///
    /// # Errors
    /// A fault where the index cannot be read: it is then built anew by whoever follows next.
    pub fn matching(&self, sought: &Sought, lists: &Lists) -> Result<Option<Vec<Candidate>>, Fault> {
        let Some(open) = self.opened().filter(|_| self.mark().is_some()) else { return Ok(None) };
        matching(&open, sought, lists).map(Some).map_err(|error| {
            self.forget();
            fault(error)
        })
    }
}

fn matching(open: &Open, sought: &Sought, lists: &Lists) -> tantivy::Result<Vec<Candidate>> {
    let searcher = open.searcher();
    let text = match &sought.wish.text {
        Some(text) => told(open, &searcher, text, &lists.synonyms)?.map(|told| told.query(true)),
        None => None,
    };
    let scored = text.is_some();
    let Some(query) = query(open, &sought.wish, text) else { return Ok(Vec::new()) };
    let gathered = searcher.search(&*query, &Gather { own: &sought.own, without: &sought.without, scored })?;
    let best = gathered.iter().flat_map(|part| part.docs.iter().map(|(_, score)| *score)).fold(0.0, f32::max);
    let mut kept = BinaryHeap::with_capacity(sought.most + 1);
    // What is worse than the worst kept need not be looked at any further.
    let mut least = 0.0;
    for part in gathered {
        let mut columns = Columns::open(searcher.segment_reader(part.segment), sought, lists)?;
        for (doc, score) in part.docs {
            let text = scored.then(|| if best > 0.0 { f64::from(score) / f64::from(best) } else { 0.0 });
            let Some(placed) = columns.judge(doc, text, least) else { continue };
            kept.push(Reverse(Ranked(Candidate { placed, text })));
            if kept.len() > sought.most {
                kept.pop();
                least = kept.peek().map_or(least, |Reverse(Ranked(worst))| worst.placed.score);
            }
        }
    }
    Ok(kept.into_iter().map(|Reverse(Ranked(candidate))| candidate).collect())
}

/// What the gates let through, scored by the words. None where a wish names no terms and has no word that says anything.
fn query(open: &Open, wish: &Wish, text: Option<Box<dyn Query>>) -> Option<Box<dyn Query>> {
    if !wish.names_terms() {
        return text;
    }
    let has = |column: &str, code: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(open.fields.code(column, code), IndexRecordOption::Basic))
    };
    let (mut any, mut silent) = (Vec::new(), Vec::new());
    for (column, codes) in [(column::FIELD, &wish.fields), (column::TARGET, &wish.targets)] {
        if !codes.is_empty() {
            any.extend(codes.iter().map(|code| (Occur::Should, has(column, code))));
            silent.push((Occur::Must, has(column, "")));
        }
    }
    // What says nothing of what is asked is unknown, not unfit.
    any.push((Occur::Should, Box::new(BooleanQuery::new(silent))));
    let gate = ConstScoreQuery::new(Box::new(BooleanQuery::new(any)), 0.0);
    let mut all: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(gate))];
    all.extend(text.map(|text| (Occur::Should, text)));
    Some(Box::new(BooleanQuery::new(all)))
}

/// Ranked by score; of equal ones the lower id goes first.
struct Ranked(Candidate);

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, other) = (&self.0.placed, &other.0.placed);
        one.score.total_cmp(&other.score).then(other.practice.cmp(&one.practice))
    }
}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Ranked {}
