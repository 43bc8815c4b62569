//! Watches the mailbox of answers. One instance at a time does, as long as it says so every minute; a mail is dealt with
//! in the database first and moved away afterwards, so that one that is seen twice is found there.
use super::chain;
use crate::{
    app::App,
    domain::{inbound::MOST_BYTES, refusal::Fault},
    mail::{
        ImapError, ImapUrl, Inbox, Waiting,
        inbound::{Reading, read, read_header, unreadable},
    },
    service::inbound,
};
use std::time::Duration;
use tokio::sync::watch;

/// How many mails are looked at together.
const LOT: usize = 50;
/// For how many seconds the watch is ours without another word, and how often we say it.
const WATCH: i64 = 180;
const SAY: Duration = Duration::from_mins(1);
/// How long to wait after a failure: doubled each time, at most this.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Why the mailbox is left for now.
#[derive(Debug, thiserror::Error)]
enum Left {
    #[error(transparent)]
    Imap(#[from] ImapError),
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("another instance watches it")]
    Another,
}

/// Until told to stop; at once where there is no mailbox.
pub(super) async fn all(app: &App, mut stop: watch::Receiver<bool>) {
    let Some(url) = &app.inbox else { return };
    let holder = app.clock.id::<()>().to_string();
    let mut pause = PAUSE;
    loop {
        let left = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            left = stay(app, url, &holder, &mut pause) => left,
        };
        let wait = if let Left::Another = left {
            SAY
        } else {
            tracing::warn!(fault = chain(&left), mailbox = %url, "the mailbox of answers is left for now");
            pause = (pause * 2).min(LONGEST_PAUSE);
            pause
        };
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            () = tokio::time::sleep(wait) => {}
        }
    }
    if let Err(fault) = inbound::unwatch(app, &holder).await {
        super::log(&fault, "the watch over the mailbox ends by itself");
    }
}

async fn stay(app: &App, url: &ImapUrl, holder: &str, pause: &mut Duration) -> Left {
    match stay_until_it_fails(app, url, holder, pause).await {
        Ok(never) => match never {},
        Err(left) => left,
    }
}

async fn stay_until_it_fails(
    app: &App,
    url: &ImapUrl,
    holder: &str,
    pause: &mut Duration,
) -> Result<std::convert::Infallible, Left> {
    keep(app, holder).await?;
    let mut inbox = Inbox::open(url).await?;
    loop {
        turn(app, &mut inbox).await?;
        *pause = PAUSE;
        let mut listening = std::pin::pin!(inbox.listen());
        inbox = loop {
            tokio::select! {
                heard = &mut listening => break heard?,
                () = tokio::time::sleep(SAY) => keep(app, holder).await?,
            }
        };
        keep(app, holder).await?;
    }
}

async fn keep(app: &App, holder: &str) -> Result<(), Left> {
    if inbound::watch(app, holder, WATCH).await? { Ok(()) } else { Err(Left::Another) }
}

/// Deals with all that waits in the mailbox now, once; says what came of each mail.
pub(super) async fn once(app: &App) -> Result<Vec<&'static str>, Fault> {
    let Some(url) = &app.inbox else { return Ok(Vec::new()) };
    let done = async {
        let mut inbox = Inbox::open(url).await?;
        let done = turn(app, &mut inbox).await?;
        inbox.close().await;
        Ok::<_, Left>(done)
    };
    done.await.map_err(|left| match left {
        Left::Fault(fault) => fault,
        other => Fault::new(other),
    })
}

/// Deals with what waits until nothing is left that can be dealt with.
async fn turn(app: &App, inbox: &mut Inbox) -> Result<Vec<&'static str>, Left> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let waiting = inbox.waiting(after, LOT).await?;
        // Those that could not be dealt with, or not be moved, stay for the next time, and keep no later one from its turn.
        let Some(last) = waiting.last() else { return Ok(all) };
        after = last.uid;
        let places: Vec<String> = waiting.iter().map(|mail| inbox.place(mail.uid)).collect();
        let known = inbound::known(app, &places).await?;
        for mail in &waiting {
            let place = inbox.place(mail.uid);
            if known.contains(&place) {
                inbox.put_away(mail.uid).await?;
                continue;
            }
            match one(app, inbox, *mail, &place).await? {
                Ok(Some(outcome)) => {
                    inbox.put_away(mail.uid).await?;
                    all.push(outcome);
                }
                // The server did not give it out this time: it stays where it is.
                Ok(None) => {}
                Err(fault) => super::log(&fault, "a mail waits: it could not be dealt with"),
            }
        }
    }
}

/// Reads one mail and deals with it. A mail that breaks the reader breaks nothing else.
async fn one(
    app: &App,
    inbox: &mut Inbox,
    mail: Waiting,
    place: &str,
) -> Result<Result<Option<&'static str>, Fault>, Left> {
    let whole = mail.size <= MOST_BYTES;
    let Some(raw) = inbox.fetch(mail.uid, whole).await? else { return Ok(Ok(None)) };
    let (config, own) = (std::sync::Arc::clone(&app.config), raw.clone());
    let read = tokio::task::spawn_blocking(move || {
        let host = config.public_url.host_str().unwrap_or("localhost");
        let mailbox = config.replies()?;
        let reading = Reading { mailbox, host, authserv: config.inbound_authserv.as_deref() };
        Some(if whole { read(&raw, reading) } else { read_header(&raw, reading) })
    });
    let received = match read.await {
        Ok(Some(received)) => received,
        Ok(None) => return Ok(Ok(None)),
        Err(broken) => {
            tracing::error!(%broken, place, "a mail broke the program that reads it");
            unreadable(&own)
        }
    };
    let outcome = inbound::take(app, place, &received).await;
    if let Ok(outcome) = &outcome {
        tracing::info!(place, kind = received.kind.word(), outcome, "mail came in");
    }
    Ok(outcome.map(Some))
}
