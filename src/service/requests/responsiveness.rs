//! How territories answer, which everybody may know: counts and times only.
use crate::{
    app::App,
    domain::{
        id::TerritoryId,
        refusal::Fault,
        request::responsiveness::{self, Received, Responsiveness, WINDOW_DAYS},
        time::Ts,
    },
    store::requests,
};
use std::collections::HashMap;

/// Since when requests are counted.
#[must_use]
pub fn counted_since(app: &App) -> Ts {
    app.clock.now().plus_days(-WINDOW_DAYS)
}

/// How these territories answer; those that received nothing are left out.
///
/// # Errors
/// A fault from the database.
pub async fn responsiveness(app: &App, ids: &[TerritoryId]) -> Result<HashMap<TerritoryId, Responsiveness>, Fault> {
    let mut by_owner: HashMap<TerritoryId, Vec<Received>> = HashMap::new();
    for request in requests::received(&app.store, ids, counted_since(app)).await? {
        by_owner.entry(request.owner).or_default().push(request);
    }
    let now = app.clock.now();
    Ok(by_owner.into_iter().map(|(owner, requests)| (owner, responsiveness::of(&requests, now))).collect())
}
