//! What came of it: the outcome and the copy, the owner's word, and whether it still runs.
use super::engine::{On, turn};
use crate::{
    app::App,
    domain::{
        lineage::LineageKind,
        permission::Actor,
        refusal::{Outcome, Refusal, Refusals},
        request::{
            self, Confirmation, FollowUp, OutcomeResult, Request, RequestState, Step, Verdict, Vitality, deadline,
            outcome::Form,
        },
        text,
        word::Word,
    },
    service::{
        lineage,
        practices::{Birth, draft_copy_in},
    },
    store::practices,
};
use serde::Serialize;

/// What came of a request.
#[derive(Clone, Debug, Serialize)]
pub struct Complete {
    /// Of which.
    pub on: On,
    /// What came of it; after documents only, result, lessons and satisfaction are enough.
    pub outcome: request::Outcome,
}

/// Completes a request. Unless it was given up, the requester gets a draft practice from the original, and the lineage
/// its edge.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn complete(app: &App, actor: &Actor, input: Complete) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Complete, &input.on, &input);
    let original = practices::find(&mut turn.tx, turn.request.practice).await?;
    let original = original.ok_or_else(|| Refusal::not_found("practice"))?;
    let form = if turn.request.state == RequestState::Accepted { Form::Short } else { Form::Full };
    let mut refusals = Refusals::default();
    let outcome = input.outcome.clone().checked(form, &original, turn.today(), &mut refusals);
    refusals.none()?;
    turn.note("result", input.outcome.result.as_str());
    turn.request.outcome = outcome;
    turn.request.paused_until = None;
    if input.outcome.result.leaves_a_copy() {
        let kind = if input.outcome.result == OutcomeResult::Full { LineageKind::Copied } else { LineageKind::Adapted };
        let Request { id: request, requester, illustrative, .. } = turn.request;
        let birth = Birth { request, requester, illustrative };
        let copy = draft_copy_in(&mut turn.tx, app, &original, birth, turn.actor, kind).await?;
        turn.note("copy", copy.to_string());
        turn.request.copy = Some(copy);
    }
    turn.finish().await
}

/// What the owner says of an outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Confirm {
    /// Of which request; its note is needed for a remark or a dispute.
    pub on: On,
    /// What it says.
    pub verdict: Verdict,
}

/// Confirms, annotates or disputes the outcome; once. Unless disputed, the lineage's edge is confirmed by it.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn confirm_outcome(app: &App, actor: &Actor, input: Confirm) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::ConfirmOutcome, &input.on, &input);
    let mut refusals = Refusals::default();
    let confirmation = Confirmation::checked(input.verdict, &input.on.note, turn.now, &mut refusals);
    refusals.none()?;
    turn.request.confirmation = confirmation;
    if let Some(copy) = turn.request.copy.filter(|_| input.verdict != Verdict::Dispute) {
        lineage::confirm_in(&mut turn.tx, app, copy, turn.request.practice, turn.actor).await?;
    }
    turn.note("verdict", input.verdict.as_str());
    turn.finish().await
}

/// Whether it still runs.
#[derive(Clone, Debug, Serialize)]
pub struct Follow {
    /// What came of which request.
    pub on: On,
    /// How it fares.
    pub vitality: Vitality,
}

/// Says whether it still runs, 6 and 12 months after the completion.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn follow_up(app: &App, actor: &Actor, input: Follow) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::FollowUp, &input.on, &input);
    let note = text::body("note", &input.on.note, 2000)?;
    // The guard has seen that one is due.
    let months = deadline::follow_up_due(&turn.request, turn.now, &app.config.timing).unwrap_or_default();
    turn.request.follow_ups.push(FollowUp { months, vitality: input.vitality, note, at: turn.now });
    turn.note("months", months);
    turn.note("vitality", input.vitality.as_str());
    turn.finish().await
}
