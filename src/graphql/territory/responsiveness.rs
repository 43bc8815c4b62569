//! How a territory answers the requests it receives.
use super::super::{Ask, loaders::Source, scalar::DateTime};
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        permission::Actor,
        refusal::Fault,
        request::responsiveness::{self, ACKNOWLEDGE_WORKING_DAYS, SMALL},
    },
    service::requests,
};
use async_graphql::{Result, SimpleObject};
use std::collections::HashMap;

/// How a territory answers the requests it receives. Counts stand beside the share and the median, because of few
/// requests both say little.
#[derive(SimpleObject)]
pub struct Responsiveness {
    /// Requests sent after this instant are counted: those of the last two years.
    counted_since: DateTime,
    /// Requests received, those that are made up left out.
    requests_received: i64,
    /// Of these, those that can be judged: acknowledged, or unacknowledged for more than ten working days. One that was
    /// taken back in that time is not among them.
    requests_judged: i64,
    /// Of those judged, how many were acknowledged, or refused at once, within ten working days of the Italian calendar.
    acknowledged_in_time: i64,
    /// Their share of those judged, 0 to 1; null where none can be judged yet.
    acknowledged_in_time_share: Option<f64>,
    /// Requests answered by yes or no.
    requests_answered: i64,
    /// Days from sending to yes or no, half of the answers took less; null where none was answered.
    median_days_to_answer: Option<f64>,
    /// Whether fewer than five can be judged: then show the counts, not the share.
    is_small_sample: bool,
}

// The descriptions name these numbers.
const _: () = assert!(ACKNOWLEDGE_WORKING_DAYS == 10 && SMALL == 5 && responsiveness::WINDOW_DAYS == 2 * 365);

/// How a territory answers; none where it received nothing.
pub(super) async fn responsiveness_of(ask: &Ask, territory: TerritoryId) -> Option<Result<Responsiveness>> {
    let counted_since = DateTime(requests::counted_since(&ask.app));
    let told = ask.load::<ResponsivenessOf>(territory).await.transpose()?;
    Some(told.map(|told| Responsiveness {
        counted_since,
        requests_received: told.received,
        requests_judged: told.judged,
        acknowledged_in_time: told.in_time,
        acknowledged_in_time_share: told.share(),
        requests_answered: told.answered,
        median_days_to_answer: told.median_days,
        is_small_sample: told.is_small(),
    }))
}

/// How territories answer.
struct ResponsivenessOf;

impl Source for ResponsivenessOf {
    type Key = TerritoryId;
    type Value = responsiveness::Responsiveness;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[TerritoryId],
    ) -> std::result::Result<HashMap<TerritoryId, Self::Value>, Fault> {
        requests::responsiveness(app, ids).await
    }
}
