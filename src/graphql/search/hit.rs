//! A practice that was found, and where in it the words stand.
use super::super::{
    Ask,
    first::First,
    practice::{PracticeObject, WholePractice},
};
use crate::{
    domain::practice::Practice,
    service::search::{Passage, Stems, passages},
};
use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use std::sync::Arc;

/// Passages of one practice at most.
const MOST: usize = 10;

/// A practice that was found.
pub struct SearchHit {
    pub(super) practice: Arc<Practice>,
    pub(super) score: f64,
    pub(super) stems: Arc<Stems>,
}

/// A part of a practice's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PracticePart {
    /// Its abstract.
    Abstract,
    /// What came of it.
    Results,
    /// How it was done.
    Method,
    /// Where and why it began.
    Context,
    /// What it wanted to reach.
    Objectives,
    /// What stood in the way.
    Obstacles,
    /// What its people would change.
    Improvements,
    /// Why and how others can copy it.
    Replicability,
}

/// A part of a text, cut where the words stand that were looked for.
#[derive(SimpleObject)]
pub struct SearchPassage {
    /// Which text it is from.
    part: PracticePart,
    /// All of it, piece by piece.
    pieces: Vec<PassagePiece>,
}

/// Some letters of a passage: plain text, never markup.
#[derive(SimpleObject)]
pub struct PassagePiece {
    /// The letters.
    text: String,
    /// Whether they are what was looked for: show them so.
    is_match: bool,
}

/// A practice that was found.
#[Object]
impl SearchHit {
    /// The practice.
    async fn practice(&self) -> PracticeObject {
        PracticeObject::brief(Arc::clone(&self.practice))
    }
    /// How well it fits the words; to be compared within one answer only. 0 where there were no words.
    async fn score(&self) -> f64 {
        self.score
    }
    /// Where in its texts the words stand, those with most of them first.
    async fn passages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many, at most 10.", default)] first: First<3>,
    ) -> Result<Vec<SearchPassage>> {
        let first = first.within(MOST)?;
        if *self.stems == Stems::default() {
            return Ok(Vec::new());
        }
        let whole = Ask::of(ctx).load::<WholePractice>(self.practice.id).await?;
        Ok(whole.map(|practice| found_in(&practice, &self.stems, first)).unwrap_or_default())
    }
}

fn found_in(p: &Practice, stems: &Stems, most: usize) -> Vec<SearchPassage> {
    use PracticePart as Part;
    let parts = [
        (Part::Abstract, &p.summary),
        (Part::Results, &p.results),
        (Part::Method, &p.method),
        (Part::Context, &p.context),
        (Part::Objectives, &p.objectives),
        (Part::Obstacles, &p.obstacles),
        (Part::Improvements, &p.improvements),
        (Part::Replicability, &p.replicability),
    ];
    let found = |(part, text): (Part, &String)| passages(text, stems, most).into_iter().map(move |one| (part, one));
    let mut all: Vec<(Part, Passage)> = parts.into_iter().flat_map(found).collect();
    // Stable: of those with equally many words, the parts that say most come first.
    all.sort_by_key(|(_, passage)| std::cmp::Reverse(passage.words));
    let piece = |piece: crate::service::search::Piece| PassagePiece { text: piece.text, is_match: piece.is_match };
    let passage =
        |(part, one): (Part, Passage)| SearchPassage { part, pieces: one.pieces.into_iter().map(piece).collect() };
    all.into_iter().take(most).map(passage).collect()
}
