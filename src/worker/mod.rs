//! What happens without anybody asking: events become mails in the queue (`plan`), mails leave (`deliver`), what is due
//! is told or done (`deadlines`), mails come in (`inbox`), what has served its time is forgotten (`tidy`), the search index keeps up (`index`), and
//! so does what answers each need (`stand`).
//! Several instances may do so at once.
mod compose;
mod deadlines;
mod deliver;
mod inbox;
mod index;
mod note;
mod plan;
mod stand;
mod tidy;

use crate::{
    app::App,
    domain::refusal::Fault,
    service::notifications,
    store::{Engine, inbound, outbox},
};
use std::{error::Error, time::Duration};
use tokio::sync::watch;

/// How often everything is looked at, whoever wakes us or not.
const POLL: Duration = Duration::from_secs(1);
/// How long to wait before listening again to other instances.
const AGAIN: Duration = Duration::from_secs(5);

/// Works until `stop` becomes true (or its sender is gone). What is being sent by then is finished first.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    if let Err(fault) = take_over(&app).await {
        log(&fault, "mails of a killed process wait for its lease to end");
    }
    tokio::join!(
        mails(&app, stop.clone()),
        index::all(&app, stop.clone()),
        stand::all(&app, stop.clone()),
        deadlines::all(&app, stop.clone()),
        inbox::all(&app, stop.clone()),
        hear(&app, stop.clone()),
        tidy::all(&app, stop)
    );
}

/// An embedded database has one process: at its start every lease is of one that was killed, and need not run out.
async fn take_over(app: &App) -> Result<(), Fault> {
    if app.store.engine() == Engine::Postgres {
        return Ok(());
    }
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    outbox::release_abandoned(&mut tx, now).await?;
    inbound::release_abandoned(&mut tx).await?;
    tx.commit(now).await
}

/// Follows the log whenever there is news, and now and then without: what could not be followed is tried again.
async fn keep_up<F: Future<Output = Result<(), Fault>>>(
    app: &App,
    mut stop: watch::Receiver<bool>,
    follow: impl Fn() -> F,
    failed: &'static str,
) {
    let mut news = app.store.wake_ups();
    loop {
        news.mark_unchanged();
        let done = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            done = follow() => done,
        };
        if let Err(fault) = done {
            log(&fault, failed);
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = news.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Two at once: what is slow to send keeps nothing from being planned.
async fn mails(app: &App, stop: watch::Receiver<bool>) {
    let (planned, heard) = watch::channel(());
    tokio::join!(plans(app, stop.clone(), planned), deliver::run(app, stop, heard));
}

async fn plans(app: &App, mut stop: watch::Receiver<bool>, planned: watch::Sender<()>) {
    let mut news = app.store.wake_ups();
    loop {
        news.mark_unchanged();
        if let Err(fault) = turn(app).await {
            log(&fault, "mails wait: they could not be planned");
        }
        planned.send_replace(());
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = news.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Passes on what other instances commit, so that nobody here waits for the next look.
async fn hear(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            heard = app.store.listen() => {
                if let Err(fault) = heard {
                    log(&fault, "cannot hear other instances");
                }
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

async fn turn(app: &App) -> Result<(), Fault> {
    plan::all(app).await?;
    // A digest that cannot be gathered keeps no mail waiting.
    if let Err(fault) = notifications::due(app).await {
        log(&fault, "digests wait: what is due could not be gathered");
    }
    Ok(())
}

/// Plans and sends all that is due now, once.
///
/// # Errors
/// A fault from the database; a mail that cannot be sent is none.
pub async fn deliver_due(app: &App) -> Result<(), Fault> {
    plan::all(app).await?;
    notifications::due(app).await?;
    deliver::all(app, || false).await
}

/// Deals with all mails that wait in the mailbox of answers, once; says in a word what came of each.
///
/// # Errors
/// A fault from the database or the mailbox.
pub async fn inbox_due(app: &App) -> Result<Vec<&'static str>, Fault> {
    inbox::once(app).await
}

/// Deals with all deadlines that have come by now; the letters about them are planned afterwards.
///
/// # Errors
/// A fault from the database.
pub async fn deadlines_due(app: &App) -> Result<(), Fault> {
    deadlines::due(app, || false).await
}

/// Plans the mails of all events so far, without sending any.
///
/// # Errors
/// A fault from the database.
pub async fn plan_due(app: &App) -> Result<(), Fault> {
    plan::all(app).await
}

/// Puts into the queue the digests that are due, without sending any mail.
///
/// # Errors
/// A fault from the database.
pub async fn digests_due(app: &App) -> Result<(), Fault> {
    notifications::due(app).await
}

fn log(fault: &Fault, what: &'static str) {
    tracing::error!(fault = chain(fault), "{what}");
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
