//! The parts of a match, and the sentences that tell of them.
use super::{super::Ask, PracticeMatch};
use crate::{
    domain::{
        matching::{Case, Load, Part, Site, Weights},
        text::Language,
    },
    service::matching::Match,
};
use async_graphql::{Context, Enum, Result, SimpleObject};

/// What a practice is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Part")]
pub enum MatchPartCode {
    /// The field of practice: 1 where it is the practice's primary field, 0.6 where it is another of its fields, else 0.
    Field,
    /// Target groups: how many are shared, of those of the side that names fewer.
    Target,
    /// Tools: how many are shared, of those of the side that names fewer.
    Tools,
    /// The words: 1 for the practice that fits them best of all, 0 for one that has none of them.
    Text,
    /// What one has of what it costs.
    Cost,
    /// What one has of the staff it takes.
    Staff,
    /// What one has of the months it takes to start.
    Time,
    /// The money: 1 where a fund is shared, else 0.2.
    Fund,
    /// Inhabitants: 1 where there are as many, less by how many times there are more.
    Size,
    /// The class of area: 1 where it is the same, a fifth less for each step between.
    Area,
    /// The way: 1 next door, 0.37 at 80 km.
    Distance,
    /// Evidence level, by 4.
    Evidence,
    /// Completeness of the kit.
    Kit,
}

/// One part of a match.
#[derive(SimpleObject)]
pub struct MatchPart {
    /// Which.
    code: MatchPartCode,
    /// How much it counts; all 13 together are 1 unless they were changed.
    weight: f64,
    /// 0 to 1; null where it is not known.
    value: Option<f64>,
}

/// One part of a match, told.
#[derive(SimpleObject)]
pub struct MatchReason {
    /// Which part.
    code: MatchPartCode,
    /// How much it counts.
    weight: f64,
    /// 0 to 1; null where it is not known.
    value: Option<f64>,
    /// What is behind it, with the numbers, in the viewer's language; without a full stop.
    sentence: String,
}

/// What the owner of a practice carries.
#[derive(SimpleObject)]
pub struct MatchLoad {
    /// Requests it carries now.
    open_requests: i64,
    /// Requests it can carry at once.
    capacity: i64,
    /// Whether it takes requests at all.
    is_open: bool,
    /// What the load leaves of the score: from 1 down to 0.7 for an owner that is full or takes none.
    factor: f64,
    /// The same in words, in the viewer's language.
    sentence: String,
}

impl MatchLoad {
    pub(super) fn of(load: &Load, language: Language) -> Self {
        Self {
            open_requests: load.support.requests,
            capacity: load.support.capacity,
            is_open: load.support.is_open,
            factor: load.factor,
            sentence: load.sentence(language),
        }
    }
}

/// All parts of a match, in their order.
pub(super) fn parts(found: &Match, weights: &Weights) -> Vec<MatchPart> {
    let part = |(part, weight)| MatchPart { code: MatchPartCode::from(part), weight, value: found.judged.value(part) };
    weights.iter().map(part).collect()
}

impl PracticeMatch {
    /// Some of its parts, told in the viewer's language.
    pub(super) async fn told(
        &self,
        ctx: &Context<'_>,
        chosen: impl FnOnce(&Match, &Weights) -> Vec<Part>,
    ) -> Result<Vec<MatchReason>> {
        let ask = Ask::of(ctx);
        let atlas = ask.atlas().await?;
        let owner = atlas.territory(self.found.practice.owner).map(|owner| Site::of(owner)).unwrap_or_default();
        let (offer, labels) = (self.found.offer(), ask.labels(&atlas));
        let case = Case { wish: &self.wish, offer: &offer, owner: &owner, language: ask.language, labels: &labels };
        let weights = atlas.weights();
        let told = |part| {
            let value = self.found.judged.value(part);
            let sentence = case.sentence(part, value);
            MatchReason { code: MatchPartCode::from(part), weight: weights.of_part(part), value, sentence }
        };
        Ok(chosen(&self.found, weights).into_iter().map(told).collect())
    }
}
