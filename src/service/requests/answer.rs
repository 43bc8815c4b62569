//! What the owner answers: taken up, accepted, declined.
use super::{
    draft::{from_today, offered},
    engine::{On, turn},
};
use crate::{
    app::App,
    domain::{
        id::ContactId,
        permission::Actor,
        practice::SupportLevel,
        refusal::{Code, Outcome, Refusal, Refusals},
        request::{Request, Step, guard},
        time::Date,
        word::Word,
    },
    store::{contacts, practices},
};
use serde::Serialize;

/// Takes a request up: the owner has seen it and is deciding. A facilitator may do so in its place and says why.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn acknowledge(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Acknowledge, &on, &()).finish().await
}

/// Help that the owner promises.
#[derive(Clone, Debug, Serialize)]
pub struct Accept {
    /// For which request.
    pub on: On,
    /// What help; one that the practice offers.
    pub support_level: SupportLevel,
    /// Who helps: a contact person of the owner's.
    pub mentor: ContactId,
    /// When the two meet first: from today to a year ahead.
    pub first_date: Date,
}

/// Accepts a request, with a level of support, a named mentor and a first date.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn accept(app: &App, actor: &Actor, input: Accept) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Accept, &input.on, &input);
    let practice = practices::find(&mut turn.tx, turn.request.practice).await?;
    let practice = practice.ok_or_else(|| Refusal::not_found("practice"))?;
    let mut refusals = Refusals::default();
    let level = refusals.take(offered("supportLevel", &practice, input.support_level));
    let first_date = refusals.take(from_today("firstDate", Some(input.first_date), turn.today(), 366)).flatten();
    let mentor = contacts::find_for_update(&mut turn.tx, input.mentor).await?;
    if mentor.is_none_or(|mentor| mentor.territory != turn.request.owner) {
        refusals.push(Refusal::new(Code::NotFound).on("mentor").say(
            "Il referente indicato non è tra i contatti del vostro territorio: aggiungetelo o sceglietene un altro.",
            "The mentor is not one of your territory's contact people: add them or choose another.",
        ));
    }
    refusals.none()?;
    turn.request.support_level = level;
    turn.request.mentor = Some(input.mentor);
    turn.request.first_date = first_date;
    turn.note("supportLevel", input.support_level.as_str());
    turn.finish().await
}

/// Says no, with a reason. After having accepted, only lost capacity counts.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn decline(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    let turn = turn!(app, actor, Step::Decline, &on, &());
    guard::decline_reason(turn.request.state, turn.reason.as_deref().unwrap_or_default())?;
    turn.finish().await
}
