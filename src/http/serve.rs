//! The life of the server: connections are taken up to a limit, each has a time in which its headers must arrive, and
//! at the end what runs is finished.
use super::{Hub, leftover::Leftover, router};
use axum::{
    Router,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1::Builder, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// The most connections at once; more wait until one ends.
const MOST_CONNECTIONS: u32 = 10_000;
/// How long a connection may take to send its headers, or stay silent between two requests.
const SILENCE: Duration = Duration::from_secs(30);
/// The bytes that the headers of one request may have, and how many headers.
const MOST_HEADER_BYTES: usize = 64 << 10;
const MOST_HEADERS: usize = 100;
/// How long what runs may take at the end.
const LAST: Duration = Duration::from_secs(25);
/// How long to wait before accepting again where the system has no socket left.
const AGAIN: Duration = Duration::from_millis(100);

/// Serves until the process is told to stop (or whoever could tell is gone); then goes on for as long as the settings
/// say, so that a balancer that asks `/readyz` hears that it should send no more; takes no more, and finishes what
/// runs, for at most twenty-five seconds.
pub async fn serve(hub: Hub, listener: TcpListener) {
    let (last, stop) = watch::channel(false);
    let (told, drain) = (hub.stop.clone(), Duration::from_secs(hub.app.config.drain_seconds));
    tokio::join!(take(router(hub.clone()), hub.live.stall(), listener, stop), async {
        let _ = told.clone().wait_for(|stop| *stop).await;
        tokio::time::sleep(drain).await;
        last.send_replace(true);
    });
    hub.live.drained().await;
}

/// `stall` is how long a client may leave unread what is sent to it.
async fn take(router: Router, stall: Duration, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let (http, places) = (http(), Arc::new(Semaphore::new(MOST_CONNECTIONS as usize)));
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (stream, peer, place) = tokio::select! {
            biased;
            () = told(&mut stop) => break,
            (accepted, place) = accepted => match accepted {
                Ok((stream, peer)) => (stream, peer, place),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(AGAIN).await;
                    continue;
                }
            },
        };
        // Answers are small: each goes at once, not when the client has confirmed the one before.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(stall));
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let (mut request, leftover) = Leftover::of(request);
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = router.clone().oneshot(request);
            async move {
                let answer = answer.await;
                if let Some(leftover) = leftover {
                    leftover.take_off().await;
                }
                answer
            }
        });
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service).with_upgrades();
        let mut stop = stop.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            // Whatever a client does to its connection is its own affair.
            let over = tokio::select! {
                _ = connection.as_mut() => true,
                () = told(&mut stop) => false,
            };
            if !over {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
            drop(place);
        });
    }
    // Whoever comes now is sent away at once, instead of waiting for a program that is about to end.
    drop(listener);
    // Every connection has given its place back when all places can be had.
    if tokio::time::timeout(LAST, places.acquire_many(MOST_CONNECTIONS)).await.is_err() {
        tracing::warn!("what did not end in time was cut off");
    }
}

/// Waits until it is said, and lets go of what was said.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// HTTP/1.1 only: what stands before the hub and ends TLS speaks it too, and HTTP/2 would have to be fenced for itself.
fn http() -> Builder {
    let mut http = Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .max_buf_size(MOST_HEADER_BYTES)
        .max_headers(MOST_HEADERS);
    http
}
