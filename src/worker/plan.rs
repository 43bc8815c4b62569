//! Follows the log: what each event tells people goes into their notification centres, and its letters into the queue or
//! the next digest. Place in the log, items and mails are written in one transaction, and the place is locked: each event is planned exactly once, however many instances plan.
use crate::{
    app::App,
    domain::refusal::Fault,
    service::{letters, notifications},
    store::events,
};

/// How many events one transaction plans.
const LOT: i64 = 100;

/// Plans all events so far.
pub(super) async fn all(app: &App) -> Result<(), Fault> {
    // Looked at without a lock first: mostly there is nothing to do, and then nobody is to wait for us.
    while events::lag(&app.store, letters::FOLLOWER).await? > 0 {
        lot(app).await?;
    }
    Ok(())
}

async fn lot(app: &App) -> Result<(), Fault> {
    let mut tx = app.store.begin().await?;
    let mut seq = events::position(&mut tx, letters::FOLLOWER).await?;
    for event in events::after(&mut tx, seq, LOT).await? {
        let letters = letters::due(&mut tx, app, &event).await?;
        notifications::tell(&mut tx, app, &event, letters).await?;
        seq = event.seq;
    }
    events::advance(&mut tx, letters::FOLLOWER, seq).await?;
    tx.commit(app.clock.now()).await
}
