//! Follows the log and puts the letters of each event into the queue. Place in the log and mails are written in one
//! transaction, and the place is locked: each event is planned exactly once, however many instances plan.
use crate::{
    app::App,
    domain::refusal::Fault,
    service::letters,
    store::{events, outbox},
};

/// The follower's name.
const NAME: &str = "letters";
/// How many events one transaction plans.
const LOT: i64 = 100;

/// Plans all events so far.
pub(super) async fn all(app: &App) -> Result<(), Fault> {
    // Looked at without a lock first: mostly there is nothing to do, and then nobody is to wait for us.
    while events::lag(&app.store, NAME).await? > 0 {
        lot(app).await?;
    }
    Ok(())
}

async fn lot(app: &App) -> Result<(), Fault> {
    let mut tx = app.store.begin().await?;
    let mut seq = events::position(&mut tx, NAME).await?;
    for event in events::after(&mut tx, seq, LOT).await? {
        for mail in letters::due(&mut tx, app, &event).await? {
            outbox::enqueue(&mut tx, &mail).await?;
        }
        seq = event.seq;
    }
    events::advance(&mut tx, NAME, seq).await?;
    tx.commit(app.clock.now()).await
}
