//! A request as its letters tell it: as it stood after the step they tell of.
use super::{Written, gone};
use crate::{
    app::App,
    domain::{
        id::RequestId,
        practice::Practice,
        request::{self, DeadlineKind, Moment, Request, deadline},
        territory::Territory,
        time::{Date, Ts},
    },
    mail::Matter,
    store::{practices, requests, territories},
};

/// A request with all that its letters name.
pub(super) struct Case {
    pub request: Request,
    pub practice: Practice,
    pub requester: Territory,
    pub owner: Territory,
}

impl Case {
    pub(super) async fn find(app: &App, id: RequestId) -> Written<Self> {
        let request = gone(requests::find(&app.store, id).await?, "the request is gone")?;
        let practice = gone(practices::find(&app.store, request.practice).await?, "the practice is gone")?;
        let both = territories::find_many(&app.store, &[request.requester, request.owner]).await?;
        let territory = |id| both.iter().find(|territory| territory.id == id).cloned();
        let requester = gone(territory(request.requester), "the requester is gone")?;
        let owner = gone(territory(request.owner), "the owner is gone")?;
        Ok(Self { request, practice, requester, owner })
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

    /// The last deadline of this kind that the step brought, by the life cycle's table.
    pub(super) fn due_after(&self, step: &Moment, kind: DeadlineKind) -> Option<Ts> {
        let mut then = self.request.clone();
        (then.state, then.state_since) = (step.to_state, step.at);
        (then.awaiting, then.awaiting_since) = (request::awaiting(step.to_state, false), step.at);
        then.confirmation = None;
        let all = deadline::of(&then, None);
        all.into_iter().filter(|deadline| deadline.kind == kind).map(|deadline| deadline.due_at).max()
    }

    /// The day of [`Case::due_after`]; that of the step itself where the table has no such deadline.
    pub(super) fn day_after(&self, step: &Moment, kind: DeadlineKind) -> Date {
        self.due_after(step, kind).unwrap_or(step.at).date_in_italy()
    }
}
