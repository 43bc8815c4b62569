//! The practices that answer needs: now, and those that were kept.
use super::sorted_by_time;
use crate::{
    app::App,
    domain::{
        id::{NeedId, PracticeId, TerritoryId},
        matching::{Site, Wish},
        need::{Need, StandingMatch},
        page::{Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::{Fault, Outcome},
    },
    service::matching::{self, Except, Matches},
    store::{atlas::Atlas, needs},
};
use std::sync::Arc;

/// A need as practices are held against it, with what is known of its territory.
pub(super) fn wish(atlas: &Atlas, need: &Need) -> Arc<Wish> {
    Arc::new(need.wish(atlas.territory(need.territory).map(|territory| Site::of(territory))))
}

/// The public practices of others that answer a need best now, at most `first`, and what they were held against.
///
/// # Errors
/// A fault from the database or the index.
pub async fn matches(app: &App, need: &Need, first: usize) -> Result<(Arc<Wish>, Matches), Fault> {
    let wish = wish(app.store.atlas().await?.as_ref(), need);
    let except = Except { own: vec![need.territory], ..Except::default() };
    let found = matching::find(app, &wish, except, first).await?;
    Ok((wish, found))
}

/// One page of the practices that are kept for a need, the latest found first.
///
/// # Errors
/// `INVALID` where a cursor belongs to another list; those of [`Actor::may`].
pub async fn matches_of(app: &App, actor: &Actor, need: &Need, page: &PageRequest) -> Outcome<Page<StandingMatch>> {
    actor.may(Action::SeeNeedMatches, &need.subject())?;
    sorted_by_time(page)?;
    Ok(needs::matches_of(&app.store, need.id, page).await?)
}

/// How many practices are kept for a need.
///
/// # Errors
/// Those of [`Actor::may`].
pub async fn count_of(app: &App, actor: &Actor, need: &Need) -> Outcome<i64> {
    actor.may(Action::SeeNeedMatches, &need.subject())?;
    Ok(needs::count_of(&app.store, need.id).await?)
}

/// One page of the open needs of others that a territory's practices answer, the latest found first.
///
/// # Errors
/// `INVALID` where a cursor belongs to another list; those of [`Actor::may`].
pub async fn matches_to_help(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    page: &PageRequest,
) -> Outcome<Page<StandingMatch>> {
    actor.may(Action::SeeNeedsToHelp, &Subject::Territory(territory))?;
    sorted_by_time(page)?;
    Ok(needs::matches_to_help(&app.store, territory, page).await?)
}

/// How many there are.
///
/// # Errors
/// Those of [`Actor::may`].
pub async fn count_to_help(app: &App, actor: &Actor, territory: TerritoryId) -> Outcome<i64> {
    actor.may(Action::SeeNeedsToHelp, &Subject::Territory(territory))?;
    Ok(needs::count_to_help(&app.store, territory).await?)
}

/// The kept match of a need and a practice, if they still fit. For who was told of it.
///
/// # Errors
/// A fault from the database.
pub async fn standing_match(app: &App, need: NeedId, practice: PracticeId) -> Result<Option<StandingMatch>, Fault> {
    needs::find_match(&app.store, need, practice).await
}
