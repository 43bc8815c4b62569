//! Writes down what came of a mail that was to be sent, while its lease holds. That one left is noted in a single trip to
//! the database, while it still has its [`Turn`]; all else that is to do about it comes afterwards.
use super::log;
use crate::{
    app::App,
    domain::{delivery::domain_of, mail::Mail, refusal::Fault},
    mail::Turn,
    service::{bounces, undelivered},
    store::{
        mail_domains,
        outbox::{self, Attempt},
    },
};
use std::{sync::Arc, time::Duration};

/// So often what came of a mail is written, where the database is away for a moment: unwritten, it is sent again.
const NOTED: usize = 10;
const NOTE_AGAIN: Duration = Duration::from_secs(1);

/// A mail under our lease.
pub(super) struct Taken {
    pub claim: Arc<str>,
    pub mail: Mail,
}

/// What came of a mail.
pub(super) struct Came {
    pub attempt: Attempt,
    /// Whether the domain is to rest.
    pub rests: bool,
    /// Until it is written down that the mail left.
    pub turn: Turn,
}

impl From<Attempt> for Came {
    fn from(attempt: Attempt) -> Self {
        Self { attempt, rests: false, turn: Turn::default() }
    }
}

/// What became of a note.
struct Noted {
    /// Whether the lease still held; else nothing was written.
    ours: bool,
    /// Whether the domain is still to be told that it rests no more.
    wakes: bool,
}

/// Writes what came of a mail.
pub(super) async fn note(app: &App, taken: &Taken, came: Came) {
    let Came { attempt, rests, turn } = came;
    for last in (0..NOTED).map(|nth| nth + 1 == NOTED) {
        match settle(app, taken, &attempt, rests).await {
            Ok(noted) => {
                drop(turn);
                tell(app, &taken.mail, &attempt, &noted);
                if noted.wakes
                    && let Err(fault) = awake(app, &taken.mail).await
                {
                    log(&fault, "a domain rests longer than it should");
                }
                return;
            }
            // The lease ends by itself, and somebody tries again.
            Err(fault) if last => log(&fault, "what came of a mail could not be written"),
            Err(_) => tokio::time::sleep(NOTE_AGAIN).await,
        }
    }
}

async fn settle(app: &App, Taken { claim, mail }: &Taken, came: &Attempt, rests: bool) -> Result<Noted, Fault> {
    let now = app.clock.now();
    if let Attempt::Sent(said) = came {
        let left = outbox::left(&app.store, mail.id, claim, said, now).await?;
        return Ok(Noted { ours: left.is_some(), wakes: left.is_some_and(|left| left.rested) });
    }
    let (id, domain, mut tx) = (mail.id, domain_of(&mail.address), app.store.begin().await?);
    let ours = outbox::settle(&mut tx, id, claim, came, now).await?;
    if ours {
        match came {
            Attempt::Refused(reason) => bounces::refused(&mut tx, app, id, reason).await?,
            Attempt::Failed(_) | Attempt::Withheld(..) => undelivered::tell(&mut tx, app, id).await?,
            _ => {}
        }
        match came {
            _ if rests => drop(mail_domains::let_rest(&mut tx, &domain, now).await?),
            Attempt::Refused(_) => mail_domains::awake(&mut tx, &domain).await?,
            _ => {}
        }
    }
    tx.commit(now).await?;
    Ok(Noted { ours, wakes: false })
}

async fn awake(app: &App, mail: &Mail) -> Result<(), Fault> {
    let mut tx = app.store.begin().await?;
    mail_domains::awake(&mut tx, &domain_of(&mail.address)).await?;
    tx.commit(app.clock.now()).await
}

fn tell(app: &App, mail: &Mail, came: &Attempt, noted: &Noted) {
    let id = mail.id;
    if !noted.ours {
        tracing::warn!(mail = %id, "the lease on a mail was lost while it was sent");
        return;
    }
    app.metrics.mail(match came {
        Attempt::Sent(_) => "sent",
        Attempt::Later(..) => "later",
        Attempt::Unsure(..) => "unsure",
        Attempt::Failed(_) | Attempt::Refused(_) => "failed",
        Attempt::Suppressed(_) | Attempt::Withheld(..) => "suppressed",
    });
    match came {
        Attempt::Sent(_) => tracing::info!(mail = %id, "mail sent"),
        Attempt::Later(_, reason) | Attempt::Unsure(_, reason) => tracing::warn!(mail = %id, reason, "mail waits"),
        Attempt::Failed(reason) | Attempt::Refused(reason) => tracing::error!(mail = %id, reason, "mail failed"),
        Attempt::Suppressed(reason) | Attempt::Withheld(_, reason) => {
            tracing::info!(mail = %id, reason, "mail suppressed");
        }
    }
}
