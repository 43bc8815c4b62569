//! While it is copied: agreement, start, check-ins, stopping and taking up again.
use super::{
    draft::from_today,
    engine::{On, turn},
};
use crate::{
    app::App,
    domain::{
        calendar::days_after,
        permission::Actor,
        refusal::{Code, Outcome, Refusal, Refusals},
        request::{Agreement, MOST_PAUSE, Progress, Request, Step},
        time::Date,
        word::Word,
    },
};
use serde::Serialize;

/// The act that the two territories agreed on.
#[derive(Clone, Debug, Serialize)]
pub struct RecordAgreement {
    /// For which request.
    pub on: On,
    /// The act.
    pub agreement: Agreement,
}

/// Records the agreement, or corrects it.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn record_agreement(app: &App, actor: &Actor, input: RecordAgreement) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::RecordAgreement, &input.on, &input);
    let mut refusals = Refusals::default();
    let agreement = input.agreement.clone().checked(turn.today(), &mut refusals);
    refusals.none()?;
    turn.request.agreement = agreement;
    turn.finish().await
}

/// The beginning of the work.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// Of which request.
    pub on: On,
    /// When: within a year before today and a month after.
    pub started_on: Date,
}

/// Begins the work of copying; with full support only after the agreement.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn start(app: &App, actor: &Actor, input: Start) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Start, &input.on, &input);
    let (first, last) = (days_after(turn.today(), -366), days_after(turn.today(), 31));
    if input.started_on < first || input.started_on > last {
        return Err(Refusal::new(Code::Invalid)
            .on("startedOn")
            .say(
                format!("Indicate un giorno dal {} al {}.", first.strftime("%d/%m/%Y"), last.strftime("%d/%m/%Y")),
                format!("Give a day from {first} to {last}."),
            )
            .into());
    }
    turn.request.started_on = Some(input.started_on);
    turn.finish().await
}

/// How it goes.
#[derive(Clone, Debug, Serialize)]
pub struct CheckIn {
    /// With which request; its note says more, and must where help is needed.
    pub on: On,
    /// As planned, or not.
    pub progress: Progress,
    /// Pauses until this day, at most 180 days ahead; without it a pause ends.
    pub pause_until: Option<Date>,
}

/// Says how it goes, and may pause the work.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn check_in(app: &App, actor: &Actor, input: CheckIn) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::CheckIn, &input.on, &input);
    let mut refusals = Refusals::default();
    if input.progress == Progress::Stuck && input.on.note.trim().is_empty() {
        refusals.push(Refusal::required("note"));
    }
    let pause = refusals.take(from_today("pauseUntil", input.pause_until, turn.today(), MOST_PAUSE)).flatten();
    refusals.none()?;
    turn.request.checked_in_at = Some(turn.now);
    turn.request.paused_until = pause;
    turn.note("progress", input.progress.as_str());
    if let Some(pause) = pause {
        turn.note("pauseUntil", pause.to_string());
    }
    turn.finish().await
}

/// Stops the work, with a reason and what was learned: the note holds the lessons.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn interrupt(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Interrupt, &on, &());
    turn.request.paused_until = None;
    turn.finish().await
}

/// Takes the work up again, within twelve months.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn reopen(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Reopen, &on, &()).finish().await
}
