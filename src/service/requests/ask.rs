//! Sent, sent again, given more time, taken back, struck out, expired.
use super::engine::{On, turn};
use crate::{
    app::App,
    domain::{
        conversation::About,
        permission::Actor,
        refusal::{Code, Outcome, Refusal, Refusals},
        request::{MOST_EXTENSION, Request, Step},
    },
    service::conversations,
};
use serde::Serialize;

/// Sends a draft to the owner, if it is open and not full: the practice's row is locked while that is decided. The two
/// get a conversation about it.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn send(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Send, &on, &());
    let title = turn.practice.as_ref().map_or("", |practice| practice.title.as_str());
    let subject = format!("{}: {title}", turn.request.number);
    let (about, sides) = (About::Request(turn.request.id), (turn.request.requester, turn.request.owner));
    conversations::open_in(&mut turn.tx, app, about, sides, &subject).await?;
    turn.finish().await
}

/// Sends an expired request once more.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn send_again(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::SendAgain, &on, &());
    // A new wait begins, with its own extension.
    turn.request.extended_days = 0;
    turn.finish().await
}

/// More time for the owner.
#[derive(Clone, Debug, Serialize)]
pub struct Extend {
    /// Of which request.
    pub on: On,
    /// How many days more, 1 to 30.
    pub days: i64,
}

/// Gives the owner more time before the request expires; once.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn extend(app: &App, actor: &Actor, input: Extend) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Extend, &input.on, &input);
    let mut refusals = Refusals::default();
    if !(1..=MOST_EXTENSION).contains(&input.days) {
        refusals.push(
            Refusal::new(Code::Invalid)
                .on("days")
                .say(format!("Da 1 a {MOST_EXTENSION} giorni."), format!("From 1 to {MOST_EXTENSION} days.")),
        );
    }
    refusals.none()?;
    turn.request.extended_days = input.days;
    turn.note("days", input.days);
    turn.finish().await
}

/// Nobody took it up in time: a step of the hub itself.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn expire(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Expire, &on, &()).finish().await
}

/// Takes a request back.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn withdraw(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Withdraw, &on, &()).finish().await
}

/// Strikes a request out: duplicate, error or abuse.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn annul(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Annul, &on, &()).finish().await
}
