//! Notes what was shown and what was opened, and nothing that was typed: the values are worked out here, the client only
//! says which practices it showed, in which order.
use super::{Except, MOST, Matches, find, suggested, wish_for};
use crate::{
    app::App,
    domain::{
        id::{NeedId, PracticeId, TerritoryId},
        matching::{Wish, shown::Shown},
        permission::{Action, Actor, Subject},
        refusal::{Code, Outcome, Refusal},
    },
    service::needs,
    store::match_log,
};
use std::sync::Arc;

/// What was shown to a territory.
#[derive(Clone, Debug)]
pub struct Showing {
    /// To whom.
    pub territory: TerritoryId,
    /// The need of that territory that it was shown for, if for one; then there is no wish.
    pub need: Option<NeedId>,
    /// What was looked for, and for which territory; none where practices were suggested without being asked
    /// for, or shown for a need.
    pub wish: Option<(Wish, Option<TerritoryId>)>,
    /// Which practices, in the order of the screen.
    pub practices: Vec<PracticeId>,
}

/// Notes that these practices were shown: those that are indeed among the best, each once. Gives back how many.
///
/// # Errors
/// `TOO_LONG` on `practices`; what is wrong with the wish or the need; those of [`Actor::may`].
pub async fn shown(app: &App, actor: &Actor, showing: Showing) -> Outcome<usize> {
    actor.may(Action::NoteMatches, &Subject::Territory(showing.territory))?;
    if showing.practices.len() > MOST {
        return Err(Refusal::new(Code::TooLong)
            .on("practices")
            .say(
                format!("L'elenco ha {} voci, il massimo è {MOST}.", showing.practices.len()),
                format!("The list has {} items, the limit is {MOST}.", showing.practices.len()),
            )
            .into());
    }
    let found = again(app, actor, &showing).await?;
    let (territory, need, at) = (showing.territory, showing.need.map(NeedId::uuid), app.clock.now());
    let mut noted: Vec<Shown> = Vec::new();
    for (position, practice) in (1..).zip(showing.practices) {
        let judged = found.matches.iter().find(|one| one.practice.id == practice).map(|one| one.judged);
        if let Some(judged) = judged
            && !noted.iter().any(|one| one.practice == practice)
        {
            noted.push(Shown { territory, need, practice, position, score: judged.score, values: judged.values, at });
        }
    }
    // Two who note at once must not wait for each other crosswise.
    noted.sort_by_key(|one| one.practice);
    let mut tx = app.store.begin().await?;
    match_log::show(&mut tx, &noted).await?;
    tx.commit(at).await?;
    Ok(noted.len())
}

/// The same matches once more, with their values.
async fn again(app: &App, actor: &Actor, showing: &Showing) -> Outcome<Matches> {
    let atlas = app.store.atlas().await?;
    if let Some(id) = showing.need {
        let need = needs::find_many(app, &[id]).await?.pop().ok_or_else(|| Refusal::not_found("need"))?;
        if need.territory != showing.territory || showing.wish.is_some() {
            return Err(Refusal::new(Code::Invalid)
                .on("need")
                .say(
                    "Il «cerco» deve essere di quel territorio, e non serve dire altro di ciò che si cerca.",
                    "The need must be of that territory, and nothing else is to be said of what is looked for.",
                )
                .into());
        }
        return Ok(needs::matches(app, &need, MOST).await?.1);
    }
    let Some((wish, place)) = &showing.wish else {
        let territory = atlas.territory(showing.territory).ok_or_else(|| Refusal::not_found("territory"))?;
        return Ok(suggested(app, actor, territory, MOST).await?.1);
    };
    let wish = Arc::new(wish_for(&atlas, wish.clone(), *place, "wish")?);
    Ok(find(app, &wish, Except::own(actor, *place), MOST).await?)
}

/// Notes that a match was opened. Doing it again changes nothing.
///
/// # Errors
/// `NOT_FOUND` on `practice` where it was not shown; those of [`Actor::may`].
pub async fn opened(
    app: &App,
    actor: &Actor,
    territory: TerritoryId,
    need: Option<NeedId>,
    practice: PracticeId,
) -> Outcome<()> {
    actor.may(Action::NoteMatches, &Subject::Territory(territory))?;
    let (mut tx, now) = (app.store.begin().await?, app.clock.now());
    if !match_log::open(&mut tx, territory, need.map(NeedId::uuid), practice, now).await? {
        return Err(Refusal::not_found("practice").into());
    }
    tx.commit(now).await?;
    Ok(())
}
