//! Practices like another: what they are about by their codes, and the rare words of title and abstract.
use super::{
    fault,
    fields::codes,
    index::{Open, Search},
    italian::{says_nothing, stem, words},
    narrow::Narrow,
    tally::Tally,
};
use crate::domain::{id::PracticeId, practice::Practice, refusal::Fault};
use std::{collections::BTreeSet, sync::Arc};
use tantivy::{
    Term,
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};
use uuid::Uuid;

/// What one code in common is worth, by its vocabulary: two practices for the same people with the same tool are alike,
/// two that the same fund paid for hardly.
const CODES: [f32; 4] = [2.0, 3.0, 4.0, 0.5];
/// Of the words, so many of the rarest are looked for.
const WORDS: usize = 12;

impl Search {
    /// The practices most like this one, the likest first, without itself.
    ///
    /// # Errors
    /// A fault where the index cannot be read: it is then built anew by whoever follows next.
    pub fn alike(&self, practice: &Practice, first: usize) -> Result<Vec<PracticeId>, Fault> {
        let Some(open) = self.opened().filter(|_| self.mark().is_some()) else { return Ok(Vec::new()) };
        alike(&open, practice, first).map_err(|error| {
            self.forget();
            fault(error)
        })
    }
}

fn alike(open: &Open, practice: &Practice, first: usize) -> tantivy::Result<Vec<PracticeId>> {
    let searcher = open.searcher();
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for ((column, codes), weight) in codes(practice).into_iter().zip(CODES) {
        for code in codes {
            let has = TermQuery::new(open.fields.code(column, code), IndexRecordOption::Basic);
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(has), weight))));
        }
    }
    let said = format!("{}\n{}", practice.title, practice.summary);
    let stems: BTreeSet<String> =
        words(&said).iter().filter(|word| !says_nothing(&word.text)).map(|word| stem(&word.text)).collect();
    let [(title, _), (summary, _), ..] = open.fields.texts;
    let mut rare = Vec::new();
    for stemmed in stems {
        let known = searcher.doc_freq(&Term::from_field_text(summary, &stemmed))?;
        // A word of its own finds nothing but itself.
        if known > 1 {
            rare.push((known, stemmed));
        }
    }
    rare.sort();
    for (_, stemmed) in rare.into_iter().take(WORDS) {
        for (field, weight) in [(title, 1.0), (summary, 0.6)] {
            let term = TermQuery::new(Term::from_field_text(field, &stemmed), IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term), weight))));
        }
    }
    let tally = Tally {
        narrow: Arc::new(Narrow::default()),
        lands: Arc::default(),
        scored: true,
        facets: false,
        limit: first + 1,
        backward: false,
        after: None,
        before: None,
    };
    let best = searcher.search(&BooleanQuery::new(clauses), &tally)?.best;
    let ids = best.into_iter().map(|(_, id)| PracticeId::of(Uuid::from_u128(id)));
    Ok(ids.filter(|id| *id != practice.id).take(first).collect())
}
