//! A request as its letters tell it: as it stood after the step they tell of.
use super::{Written, gone};
use crate::{
    app::App,
    domain::{
        calendar::Patron,
        id::RequestId,
        practice::Practice,
        request::{self, Awaiting, Deadline, DeadlineKind, Moment, Request, Timing, deadline},
        territory::Territory,
        time::Date,
    },
    mail::Matter,
    store::{practices, requests},
};
use std::sync::Arc;

/// A request with all that its letters name.
pub(super) struct Case {
    pub request: Request,
    pub practice: Practice,
    pub requester: Arc<Territory>,
    pub owner: Arc<Territory>,
    timing: Timing,
}

impl Case {
    pub(super) async fn find(app: &App, id: RequestId) -> Written<Self> {
        let request = gone(requests::find(&app.store, id).await?, "the request is gone")?;
        let practice = gone(practices::find(&app.store, request.practice).await?, "the practice is gone")?;
        let atlas = app.store.atlas().await?;
        let requester = gone(atlas.territory(request.requester), "the requester is gone")?;
        let owner = gone(atlas.territory(request.owner), "the owner is gone")?;
        let (requester, owner, timing) = (Arc::clone(requester), Arc::clone(owner), app.config.timing.clone());
        Ok(Self { request, practice, requester, owner, timing })
    }

    pub(super) fn matter(&self, app: &App) -> Matter {
        Matter {
            number: self.request.number.clone(),
            practice: self.practice.title.clone(),
            requester: self.requester.full_name(),
            owner: self.owner.full_name(),
            request_url: self.link(app),
            illustrative: self.request.illustrative,
        }
    }

    pub(super) fn link(&self, app: &App) -> String {
        app.config.link(&format!("/requests/{}", self.request.number))
    }

    /// The request's deadlines as it stands.
    pub(super) fn deadlines(&self) -> Vec<Deadline> {
        deadline::of(&self.request, &self.timing, self.patron(self.request.awaiting))
    }

    /// The deadlines that the step brought.
    pub(super) fn deadlines_after(&self, step: &Moment) -> Vec<Deadline> {
        if step.from_state == Some(step.to_state) {
            return self.deadlines();
        }
        let mut then = self.request.clone();
        (then.state, then.state_since) = (step.to_state, step.at);
        (then.awaiting, then.awaiting_since) = (request::awaiting(step.to_state, false), step.at);
        then.confirmation = None;
        deadline::of(&then, &self.timing, self.patron(then.awaiting))
    }

    /// The last deadline of this kind that the step brought; the step itself where it brought none.
    pub(super) fn day_after(&self, step: &Moment, kind: DeadlineKind) -> Date {
        let all = self.deadlines_after(step).into_iter();
        let last = all.filter(|deadline| deadline.kind == kind).map(|deadline| deadline.due_at).max();
        last.unwrap_or(step.at).date_in_italy()
    }

    fn patron(&self, awaiting: Awaiting) -> Option<Patron> {
        let side = if awaiting == Awaiting::Owner { &self.owner } else { &self.requester };
        self.timing.patrons.get(&side.slug).copied()
    }
}
