//! The practices that answer needs: found now, and kept.
use super::{NeedById, NeedObject};
use crate::{
    domain::{
        id::{NeedId, PracticeId, TerritoryId},
        need::{Need, StandingMatch},
        permission::{Action, Subject},
    },
    graphql::{
        Ask,
        first::First,
        matching::{self, PracticeMatch},
        page::{PageArgs, Paged, asks_for, connection},
        practice::{PracticeById, PracticeObject},
        scalar::DateTime,
    },
    service::{matching::MOST, needs},
};
use async_graphql::{Context, Object, Result};

/// A need and a public practice that answers it, kept as long as it does.
pub struct StandingMatchObject(StandingMatch);

/// A need and a public practice that answers it, kept as long as it does.
#[Object(name = "StandingMatch")]
impl StandingMatchObject {
    /// What is looked for.
    async fn need(&self, ctx: &Context<'_>) -> Result<NeedObject> {
        Ok(NeedObject(Ask::of(ctx).load_known::<NeedById>(self.0.need).await?))
    }
    /// The practice that answers it.
    async fn practice(&self, ctx: &Context<'_>) -> Result<PracticeObject> {
        Ok(PracticeObject::brief(Ask::of(ctx).load_known::<PracticeById>(self.0.practice).await?))
    }
    /// How well it fits, 0 to 100, when the need or the practice last changed.
    async fn score(&self) -> f64 {
        self.0.score
    }
    /// When it was found.
    async fn found_at(&self) -> DateTime {
        DateTime(self.0.found_at)
    }
}

/// The public practices that answer a need best now.
pub(super) async fn matches(ctx: &Context<'_>, need: &Need, first: First<5>) -> Result<Vec<PracticeMatch>> {
    let (ask, first) = (Ask::of(ctx), first.within(MOST)?);
    let found = needs::matches(&ask.app, need, first).await;
    let (wish, found) = found.map_err(|fault| ask.fault(&fault))?;
    matching::answered(ctx, &wish, found)
}

/// The practices that are kept for a need; none at all where the viewer is no member of the territory that looks.
pub(super) async fn standing(
    ctx: &Context<'_>,
    need: &Need,
    args: PageArgs,
) -> Option<Result<Paged<StandingMatchObject>>> {
    let ask = Ask::of(ctx);
    if ask.actor.may(Action::SeeNeedMatches, &need.subject()).is_err() {
        return None;
    }
    let listed = async {
        let page = args.request(20)?;
        let total = match asks_for(ctx, "totalCount") {
            true => Some(ask.read(needs::count_of(&ask.app, &ask.actor, need).await)?),
            false => None,
        };
        let page = ask.read(needs::matches_of(&ask.app, &ask.actor, need, &page).await)?;
        Ok(connection(page, total, StandingMatchObject))
    };
    Some(listed.await)
}

/// The open needs of others that a territory's practices answer; none at all where the viewer is no member of it.
pub async fn to_help(
    ctx: &Context<'_>,
    territory: TerritoryId,
    args: PageArgs,
) -> Option<Result<Paged<StandingMatchObject>>> {
    let ask = Ask::of(ctx);
    if ask.actor.may(Action::SeeNeedsToHelp, &Subject::Territory(territory)).is_err() {
        return None;
    }
    let listed = async {
        let page = args.request(20)?;
        let total = match asks_for(ctx, "totalCount") {
            true => Some(ask.read(needs::count_to_help(&ask.app, &ask.actor, territory).await)?),
            false => None,
        };
        let page = ask.read(needs::matches_to_help(&ask.app, &ask.actor, territory, &page).await)?;
        Ok(connection(page, total, StandingMatchObject))
    };
    Some(listed.await)
}

/// The kept match of a need and a practice, where they still fit. For who was told of it.
pub async fn standing_match(ask: &Ask, need: NeedId, practice: PracticeId) -> Result<Option<StandingMatchObject>> {
    let found = needs::standing_match(&ask.app, need, practice).await.map_err(|fault| ask.fault(&fault))?;
    Ok(found.map(StandingMatchObject))
}
