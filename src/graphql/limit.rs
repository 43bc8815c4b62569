//! How much one may ask, as the schema tells it. Who counts is `http`.
use super::{Ask, scalar::DateTime};
use crate::domain::time::Ts;
use async_graphql::{Context, Object};

/// What one may spend, what this request took, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Points a minute; none where the hub does not limit.
    pub limit: Option<i64>,
    /// Points that this request took.
    pub cost: i64,
    /// Points left; none where the hub does not limit.
    pub remaining: Option<i64>,
    /// When all points are there again.
    pub reset_at: Ts,
}

/// How much one may ask: every request costs points by what it asks for. Counted for each signed-in person, and for
/// each network address of who is not signed in.
#[Object]
impl RateLimit {
    /// Points a minute; null where the hub does not limit.
    async fn limit(&self) -> Option<i64> {
        self.limit
    }
    /// Points that this request took.
    async fn cost(&self) -> i64 {
        self.cost
    }
    /// Points left after this request; null where the hub does not limit.
    async fn remaining(&self) -> Option<i64> {
        self.remaining
    }
    /// When all points are there again.
    async fn reset_at(&self) -> DateTime {
        DateTime(self.reset_at)
    }
}

/// Queries about limits.
#[derive(Default)]
pub struct LimitQuery;

/// Queries about limits.
#[Object]
impl LimitQuery {
    /// What this request cost, and what is left.
    #[graphql(cache_control(private))]
    async fn rate_limit(&self, ctx: &Context<'_>) -> RateLimit {
        Ask::of(ctx).rate_limit
    }
}
