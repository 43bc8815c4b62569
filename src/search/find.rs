//! Finding: by words, filters or both, a page at a time, with the facets' counts.
use super::{
    counts::Counts,
    fault,
    index::{Open, Search},
    lists::Lists,
    narrow::Narrow,
    query::{Stems, Understood, understand},
    tally::{Rank, Tallied, Tally},
};
use crate::domain::{
    id::PracticeId,
    page::{Cursor, Key, Page, PageRequest},
    refusal::Fault,
    time::Ts,
};
use std::sync::Arc;
use tantivy::{
    Searcher,
    query::{AllQuery, Query},
};
use uuid::Uuid;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What was typed; without a word that says something, everything is found.
    pub text: String,
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// Which page.
    pub page: PageRequest,
    /// Whether facets are to be counted.
    pub facets: bool,
}

/// What found practices are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By how well they fit the words.
    Score,
    /// The latest published first.
    Newest,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The page: which practices, and how well each fits; 0 where there are no words to fit.
    pub page: Page<(PracticeId, f64)>,
    /// How it is sorted.
    pub order: Order,
    /// How many there are on all pages.
    pub total: u64,
    /// What each facet's values would give.
    pub counts: Counts,
    /// What was looked for, with typing errors mended, where there were some.
    pub suggestion: Option<String>,
    /// By what they were found.
    pub stems: Arc<Stems>,
    /// The index is being built: nothing is found yet.
    pub is_building: bool,
}

impl Search {
    /// Finds practices. Takes milliseconds of processor time: not to be called on a thread that serves others.
    ///
    /// # Errors
    /// A fault where the index cannot be read: it is then built anew by whoever follows next.
    pub fn find(&self, question: &Question, lists: &Lists) -> Result<Found, Fault> {
        let Some(open) = self.opened().filter(|_| self.mark().is_some()) else { return Ok(building(&question.page)) };
        found(&open, question, lists).map_err(|error| {
            self.forget();
            fault(error)
        })
    }
}

fn found(open: &Open, question: &Question, lists: &Lists) -> tantivy::Result<Found> {
    let searcher = open.searcher();
    let understood = understand(open, &searcher, &question.text, &lists.synonyms)?;
    let page = &question.page;
    let tally = Tally {
        narrow: Arc::new(question.narrow.clone()),
        lands: Arc::clone(&lists.lands),
        scored: understood.is_some(),
        facets: question.facets,
        // One more than asked for tells whether more follow.
        limit: page.limit + 1,
        backward: page.backward,
        after: page.after.as_ref().map(rank),
        before: page.before.as_ref().map(rank),
    };
    let tallied = pass(&searcher, understood.as_ref(), &tally)?;
    let order = if understood.is_some() { Order::Score } else { Order::Newest };
    let items = tallied.best.into_iter().map(|rank| item(rank, order)).collect();
    let (stems, suggestion) = understood.map(|one| (one.stems, one.suggestion)).unwrap_or_default();
    let (total, counts) = (tallied.total, tallied.counts);
    let page = Page::of(items, page);
    Ok(Found { page, order, total, counts, suggestion, stems: Arc::new(stems), is_building: false })
}

fn pass(searcher: &Searcher, understood: Option<&Understood>, tally: &Tally) -> tantivy::Result<Tallied> {
    let Some(understood) = understood else { return searcher.search(&AllQuery as &dyn Query, tally) };
    let tallied = searcher.search(&*understood.query(false), tally)?;
    // Whether fewer words are enough must not depend on the filters, or a facet would promise what choosing it does
    // not give.
    if tallied.matched == 0 && understood.can_relax() {
        return searcher.search(&*understood.query(true), tally);
    }
    Ok(tallied)
}

fn rank(cursor: &Cursor) -> Rank {
    let key = match &cursor.key {
        Key::Number(score) => *score,
        Key::Time(at) => at.micros(),
        Key::Text(_) => i64::MAX,
    };
    (key, cursor.id.as_u128())
}

fn item((key, id): Rank, order: Order) -> (Cursor, (PracticeId, f64)) {
    let id = Uuid::from_u128(id);
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    let (key, score) = match order {
        Order::Score => (Key::Number(key), key as f64 / 1000.0),
        Order::Newest => (Ts::from_micros(key).map_or(Key::Number(key), Key::Time), 0.0),
    };
    (Cursor { key, id }, (PracticeId::of(id), score))
}

fn building(page: &PageRequest) -> Found {
    Found {
        page: Page::of(Vec::new(), page),
        order: Order::Newest,
        total: 0,
        counts: Counts::default(),
        suggestion: None,
        stems: Arc::default(),
        is_building: true,
    }
}
