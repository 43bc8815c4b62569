//! How many practices each value of each filter would give. A filter's own choice does not lower its own numbers.
use super::super::{Ask, term::TermObject, territory::Province};
use crate::{
    domain::term::Scheme,
    service::search::{COSTS, EVIDENCE, Hits},
};
use async_graphql::{Context, Object, Result, SimpleObject};
use std::{collections::BTreeMap, sync::Arc};

/// The facets of a search.
pub struct SearchFacets(pub(super) Arc<Hits>);

/// A term, and how many practices it would give.
#[derive(SimpleObject)]
pub struct TermCount {
    /// The term.
    term: TermObject,
    /// How many practices.
    count: i64,
}

/// A province, and how many practices it would give.
#[derive(SimpleObject)]
pub struct ProvinceCount {
    /// The province.
    province: Province,
    /// How many practices.
    count: i64,
}

/// A level of evidence, and how many practices have at least this.
#[derive(SimpleObject)]
pub struct EvidenceCount {
    /// Value for the filter `evidenceAtLeast`.
    at_least: i64,
    /// How many practices.
    count: i64,
}

/// A sum, and how many practices are known to cost at most this.
#[derive(SimpleObject)]
pub struct CostCount {
    /// Euro; value for the filter `costAtMost`.
    at_most: i64,
    /// How many practices.
    count: i64,
}

/// How many practices yes and no would give.
#[derive(SimpleObject)]
pub struct YesNoCount {
    /// How many practices yes gives.
    yes: i64,
    /// How many practices no gives.
    no: i64,
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The most frequent first, then by code.
fn sorted(counts: &BTreeMap<String, u64>) -> Vec<(&String, i64)> {
    let mut sorted: Vec<_> = counts.iter().map(|(code, count)| (code, number(*count))).collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted
}

fn yes_no([no, yes]: [u64; 2]) -> YesNoCount {
    YesNoCount { yes: number(yes), no: number(no) }
}

impl SearchFacets {
    async fn terms(&self, ctx: &Context<'_>, scheme: Scheme, counts: &BTreeMap<String, u64>) -> Result<Vec<TermCount>> {
        let mut terms = Vec::with_capacity(counts.len());
        for (code, count) in sorted(counts) {
            terms.push(TermCount { term: Ask::of(ctx).term(scheme, code).await?, count });
        }
        Ok(terms)
    }
}

/// How many practices each value of each filter would give, with all other filters as they are. Values that would give
/// none are left out; the most frequent stand first.
#[Object]
impl SearchFacets {
    /// Fields, primary or other.
    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<TermCount>> {
        self.terms(ctx, Scheme::Field, &self.0.found.counts.terms[0]).await
    }
    /// Target groups.
    async fn targets(&self, ctx: &Context<'_>) -> Result<Vec<TermCount>> {
        self.terms(ctx, Scheme::Target, &self.0.found.counts.terms[1]).await
    }
    /// Tools.
    async fn tools(&self, ctx: &Context<'_>) -> Result<Vec<TermCount>> {
        self.terms(ctx, Scheme::Tool, &self.0.found.counts.terms[2]).await
    }
    /// Funds.
    async fn funds(&self, ctx: &Context<'_>) -> Result<Vec<TermCount>> {
        self.terms(ctx, Scheme::Fund, &self.0.found.counts.terms[3]).await
    }
    /// Provinces of the owners.
    async fn provinces(&self) -> Vec<ProvinceCount> {
        let counts = sorted(&self.0.found.counts.provinces).into_iter();
        counts.map(|(code, count)| ProvinceCount { province: Province(code.clone()), count }).collect()
    }
    /// Classes of area of the owners.
    async fn area_classes(&self, ctx: &Context<'_>) -> Result<Vec<TermCount>> {
        self.terms(ctx, Scheme::AreaClass, &self.0.found.counts.area_classes).await
    }
    /// Levels of evidence from 1 to 4: each counts all that have at least as much.
    async fn evidence(&self) -> Vec<EvidenceCount> {
        let counts = EVIDENCE.iter().zip(self.0.found.counts.evidence);
        counts.map(|(at_least, count)| EvidenceCount { at_least: *at_least, count: number(count) }).collect()
    }
    /// What practices cost: each sum counts all whose budget is known and at most so much.
    async fn costs(&self) -> Vec<CostCount> {
        let counts = COSTS.iter().zip(self.0.found.counts.costs);
        counts.map(|(at_most, count)| CostCount { at_most: *at_most, count: number(count) }).collect()
    }
    /// With and without a kit.
    async fn has_kit(&self) -> YesNoCount {
        yes_no(self.0.found.counts.kit)
    }
    /// Whose owner can take one more request now, and whose cannot.
    async fn open_to_requests(&self) -> YesNoCount {
        yes_no(self.0.found.counts.open)
    }
}
