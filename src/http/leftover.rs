//! What a request brings is taken off the line to its end, also where the answer does not depend on it: a connection
//! that is closed with bytes unread can lose the answer on its way.
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{Request, header},
};
use hyper::body::{Frame, Incoming, SizeHint};
use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// The most bytes that are taken off; who sends more is not waited for.
const MOST: usize = 1 << 20;
/// The longest that they are waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request's body, held by whoever answers and by the connection.
#[derive(Clone)]
pub(super) struct Leftover(Arc<Mutex<Incoming>>);

impl Leftover {
    /// Lends the body to whoever answers. Nothing is kept where there is none, and where the client waits to be told
    /// whether to send it (`Expect`).
    pub(super) fn of(request: Request<Incoming>) -> (Request<Body>, Option<Self>) {
        if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
            return (request.map(Body::new), None);
        }
        let (parts, body) = request.into_parts();
        let held = Self(Arc::new(Mutex::new(body)));
        (Request::from_parts(parts, Body::new(held.clone())), Some(held))
    }

    /// Reads what nobody has read.
    pub(super) async fn take_off(mut self) {
        let rest = async {
            let mut left = MOST;
            while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut self).poll_frame(cx)).await {
                left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
                if left == 0 {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(PATIENCE, rest).await;
    }

    fn held(&self) -> MutexGuard<'_, Incoming> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for Leftover {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        Pin::new(&mut *self.held()).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.held().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.held().size_hint()
    }
}
