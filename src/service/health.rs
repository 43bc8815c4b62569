//! Whether the hub's parts answer.
use crate::{
    app::App,
    domain::{mail::MailState, refusal::Fault, time::Ts, word::Word},
    metrics::Backlog,
    service::search,
    store::{Engine, events, outbox},
};
use std::time::Duration;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the database says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Database {
    /// Which engine runs.
    pub engine: Engine,
    /// The number of the last event.
    pub head: i64,
    /// When that was.
    pub last_event_at: Option<Ts>,
    /// Migrations that this program has and the database has not seen.
    pub pending_migrations: usize,
}

/// Asks the database.
///
/// # Errors
/// A fault where it does not answer.
pub async fn database(app: &App) -> Result<Database, Fault> {
    let (engine, pending_migrations) = (app.store.engine(), app.store.pending_migrations().await?);
    if pending_migrations > 0 {
        return Ok(Database { engine, head: 0, last_event_at: None, pending_migrations });
    }
    let head = events::head(&app.store).await?;
    let last = events::after(&app.store, head - 1, 1).await?;
    Ok(Database { engine, head, last_event_at: last.first().map(|event| event.at), pending_migrations })
}

/// Whether the database answers in time and has the tables of this program.
///
/// # Errors
/// A fault where it does not answer.
pub async fn ready(app: &App) -> Result<bool, Fault> {
    let pending = tokio::time::timeout(PATIENCE, app.store.pending_migrations()).await;
    Ok(pending.map_err(Fault::new)?? == 0)
}

/// What waits in the database, for `/metrics`.
///
/// # Errors
/// A fault from the database.
pub async fn backlog(app: &App) -> Result<Backlog, Fault> {
    let unsent = outbox::unsent(&app.store).await?;
    let waiting = |state: &MailState| unsent.iter().find(|mails| mails.state == *state).map_or(0, |mails| mails.n);
    let mails = [MailState::Queued, MailState::Sending, MailState::Unsure];
    let (lags, head) = (events::lags(&app.store).await?, events::head(&app.store).await?);
    let mut lags: Vec<_> = lags.into_iter().map(|lag| (lag.name, lag.seq)).collect();
    // The index of this instance follows the log without a place in the database.
    lags.extend(search::lag(app, head).map(|lag| ("search".to_owned(), lag)));
    let now = app.clock.now();
    let due = outbox::oldest_due_awake(&app.store, now).await?;
    #[expect(clippy::cast_precision_loss, reason = "microseconds of an age: exact for 285 years")]
    let age = |at: Option<Ts>| at.map_or(0.0, |at| ((now.micros() - at.micros()) as f64 / 1e6).max(0.0));
    Ok(Backlog {
        head,
        lags,
        mails: mails.iter().map(|state| (state.as_str(), waiting(state))).collect(),
        oldest_unsent: age(unsent.iter().map(|mails| mails.oldest).min()),
        oldest_due: age(due),
    })
}
