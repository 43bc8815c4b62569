//! Replication requests. Each step of `lifecycle.json` is one function, all on the same engine: `draft` until it is
//! sent, `ask` what the requester and the facilitator do about an answer, `answer` what the owner says, `work` while it
//! is copied, `finish` what came of it, `timers` what the hub does when nobody acts.
mod answer;
mod ask;
mod draft;
mod engine;
mod finish;
mod read;
mod responsiveness;
mod timers;
mod work;

pub use answer::{Accept, accept, acknowledge, decline};
pub use ask::{Extend, annul, expire, extend, send, send_again, withdraw};
pub use draft::{Draft, Edit, Wish, create, discard, edit};
pub use engine::{On, patron};
pub use finish::{Complete, Confirm, Follow, complete, confirm_outcome, follow_up};
pub use read::{
    Direction, Filter, Open, RequestKey, Sort, alternatives, count, deadlines_of, find, find_many, list, open_for,
    sees, steps, stories_of,
};
pub use responsiveness::{counted_since, responsiveness};
pub use timers::{put_off, take, waking};
pub use work::{CheckIn, RecordAgreement, Start, check_in, interrupt, record_agreement, reopen, start};

use crate::{
    app::App,
    domain::{
        id::{RequestId, TerritoryId},
        refusal::Fault,
        request::after_message,
    },
    store::{Tx, requests},
};

/// A message was posted in the request's conversation: while the owner decides, it may be the other side's turn now.
///
/// # Errors
/// A fault from the database.
pub async fn message_posted_in(
    tx: &mut Tx,
    app: &App,
    request: RequestId,
    by_territory: TerritoryId,
) -> Result<(), Fault> {
    let Some(mut request) = requests::find_for_update(tx, request).await? else { return Ok(()) };
    let Some(side) = after_message(&request, by_territory) else { return Ok(()) };
    let now = app.clock.now();
    request.turn_to(side, now);
    // The version stays: nobody who read the request before decides on something else because of a message.
    requests::update(tx, &request, request.version).await?;
    engine::renew_deadlines(tx, app, &request, false).await
}
