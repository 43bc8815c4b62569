//! What was shown and what was opened, noted so that the weights can be refitted.
use super::{
    super::{
        Ask,
        error::UserError,
        id::{expect, expect_all},
    },
    NeedInput,
};
use crate::{
    domain::id::kind,
    service::matching::{self, Showing},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// Which matches were shown.
#[derive(InputObject)]
pub struct NoteMatchesShownInput {
    /// To which territory.
    territory: ID,
    /// For which need of that territory, as `Need.matches` gave them; then `wish` is left out.
    need: Option<ID>,
    /// What was looked for, as it was given to `match`; left out for what `suggestedPractices` gave
    /// and for a need.
    wish: Option<NeedInput>,
    /// The practices that were shown, in the order of the screen, at most 20.
    practices: Vec<ID>,
}

/// What came of noting what was shown.
#[derive(SimpleObject)]
pub struct NoteMatchesShownPayload {
    /// How many were noted: those that are indeed among the best 20, each once. Null where nothing was done.
    noted: Option<i64>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Which match was opened.
#[derive(InputObject)]
pub struct NoteMatchOpenedInput {
    /// To which territory it was shown.
    territory: ID,
    /// For which need; left out where it was shown for none.
    need: Option<ID>,
    /// The practice that was opened.
    practice: ID,
}

/// What came of noting what was opened.
#[derive(SimpleObject)]
pub struct NoteMatchOpenedPayload {
    /// Whether it is noted.
    noted: bool,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of the log of matches.
#[derive(Default)]
pub struct MatchingMutation;

/// Mutations of the log of matches.
#[Object]
impl MatchingMutation {
    /// Notes that a territory's people were shown some matches, for their members to call: ids and numbers, never words or
    /// persons. The values are worked out anew. A match that was shown before is noted anew until it is opened or a
    /// request for it is sent.
    async fn note_matches_shown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was shown to whom.")] input: NoteMatchesShownInput,
    ) -> Result<NoteMatchesShownPayload> {
        let ask = Ask::of(ctx);
        let showing = Showing {
            territory: expect::<kind::Territory>(&input.territory)?,
            need: input.need.as_ref().map(expect::<kind::Need>).transpose()?,
            wish: input.wish.map(NeedInput::read).transpose()?,
            practices: expect_all::<kind::Practice>(&input.practices)?,
        };
        let (noted, user_errors) = ask.settle(matching::shown(&ask.app, &ask.actor, showing).await)?;
        Ok(NoteMatchesShownPayload { noted: noted.map(|n| i64::try_from(n).unwrap_or(i64::MAX)), user_errors })
    }

    /// Notes that somebody opened a match that was shown. Doing it again changes nothing.
    async fn note_match_opened(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was opened, by whom.")] input: NoteMatchOpenedInput,
    ) -> Result<NoteMatchOpenedPayload> {
        let ask = Ask::of(ctx);
        let territory = expect::<kind::Territory>(&input.territory)?;
        let practice = expect::<kind::Practice>(&input.practice)?;
        let need = input.need.as_ref().map(expect::<kind::Need>).transpose()?;
        let done = matching::opened(&ask.app, &ask.actor, territory, need, practice).await;
        let (done, user_errors) = ask.settle(done)?;
        Ok(NoteMatchOpenedPayload { noted: done.is_some(), user_errors })
    }
}
