//! GraphQL over WebSocket: `graphql-transport-ws`, with the semantics and the close codes of the reference
//! implementation. One task reads, one writes, and each operation is a task of its own.
use super::{
    Hub, Place,
    limits::Limits,
    message::{self, Incoming},
    operation::{Operation, Running, Unbegun, say},
    request_id, stopped, subscriber,
};
use crate::{
    graphql::live::Subscriber,
    http::{
        graphql::{Media, Question, Rejected},
        visitor,
    },
};
use axum::{
    body::Bytes,
    extract::{
        FromRequestParts, Request,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use serde_json::json;
use std::{net::SocketAddr, time::Duration};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval, sleep, timeout},
};

const PROTOCOL: &str = "graphql-transport-ws";
/// The most a frame may have before the connection breaks at once; up to here it is told why.
const LARGEST_FRAME: usize = 1 << 20;
/// How long the other side may take to close too.
const PARTING: Duration = Duration::from_secs(2);

/// A close code and its reason.
struct Close(u16, String);

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        // A control frame has room for no more.
        reason.truncate(reason.floor_char_boundary(123));
        Self(code, reason)
    }
}

/// Whether the request wants to become a WebSocket.
pub(super) fn is_meant(request: &Request) -> bool {
    let asked = request.headers().get(header::UPGRADE).and_then(|value| value.to_str().ok());
    asked.is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket"))
}

/// Answers the handshake. Who comes with a session or a token is judged here already, by the request's headers.
pub(super) async fn upgrade(hub: Hub, peer: SocketAddr, request: Request) -> Response {
    let id = request_id(&hub);
    let (mut parts, _) = request.into_parts();
    let Ok(socket) = WebSocketUpgrade::from_request_parts(&mut parts, &hub).await else {
        let rejected = Rejected::malformed(StatusCode::BAD_REQUEST, "UPGRADE", "This is no WebSocket handshake.");
        return rejected.answer(Media::Plain, &id);
    };
    let seated = async {
        // A page of another site needs no leave to open a socket, as it would for a question by POST.
        if !visitor::from_here(&parts.headers) {
            let told = "A page of another site may not open a socket here.";
            return Err(Rejected::malformed(StatusCode::FORBIDDEN, "CROSS_SITE", told));
        }
        let visitor = visitor::of(&hub, &parts.headers, peer.ip(), &id).await?;
        hub.live.place(&visitor).map(|place| (visitor, place))
    };
    let (visitor, place) = match seated.await {
        Ok(seated) => seated,
        Err(rejected) => return rejected.answer(Media::Plain, &id),
    };
    let limits = hub.live.limits;
    let subscriber = subscriber(visitor, &parts.headers, id);
    let socket = socket.protocols([PROTOCOL]).max_message_size(LARGEST_FRAME).max_frame_size(LARGEST_FRAME);
    socket.on_upgrade(move |socket| async move {
        let request_id = subscriber.request_id.clone();
        let connection = Connection {
            hub,
            peer,
            headers: parts.headers,
            limits,
            subscriber,
            init_received: false,
            acknowledged: false,
            running: Running::default(),
            operations: 0,
        };
        connection.serve(socket, place).await;
        tracing::debug!(request_id, "websocket ended");
    })
}

struct Connection {
    hub: Hub,
    peer: SocketAddr,
    headers: HeaderMap,
    limits: Limits,
    subscriber: Subscriber,
    init_received: bool,
    acknowledged: bool,
    running: Running,
    /// How many operations there were; their numbers.
    operations: u64,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.running.abort_all();
    }
}

impl Connection {
    async fn serve(mut self, socket: WebSocket, _place: Place) {
        let spoken = socket.protocol().and_then(|protocol| protocol.to_str().ok()) == Some(PROTOCOL);
        let (sink, mut stream) = socket.split();
        let (out, queue) = mpsc::channel(self.limits.outgoing);
        let writer = tokio::spawn(write(sink, queue, self.limits.stall));
        let close = match spoken {
            true => self.talk(&mut stream, &out).await,
            false => Some(Close::new(4406, "Subprotocol not acceptable")),
        };
        self.running.abort_all();
        if let Some(Close(code, reason)) = close {
            let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
            if timeout(self.limits.stall, out.send(frame)).await.is_ok_and(|sent| sent.is_ok()) {
                // Read on until the other side closes too: what is not read would reach it before our reason does.
                let _ = timeout(PARTING, async { while let Some(Ok(_)) = stream.next().await {} }).await;
            }
        }
        drop(out);
        let stopper = writer.abort_handle();
        if timeout(PARTING, writer).await.is_err() {
            stopper.abort();
        }
    }

    /// Listens until the connection ends; gives the reason to tell the other side, where it is still there.
    async fn talk(&mut self, stream: &mut SplitStream<WebSocket>, out: &mpsc::Sender<Message>) -> Option<Close> {
        let mut init = std::pin::pin!(sleep(self.limits.init));
        let mut ping = interval(self.limits.ping);
        ping.reset();
        // After a pause of the whole machine nobody is to be given up at once for the pings that fell into it.
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut stop = self.hub.live.stop.clone();
        let mut silent = 0;
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return Some(Close::new(1001, "Going away: come again and resume")),
                () = out.closed() => return None,
                () = &mut init, if !self.init_received => {
                    return Some(Close::new(4408, "Connection initialisation timeout"));
                }
                _ = ping.tick() => {
                    if silent == 2 {
                        return None;
                    }
                    silent += 1;
                    // No room means that the writer waits, and it has a patience of its own.
                    let _ = out.try_send(Message::Ping(Bytes::new()));
                }
                heard = stream.next() => {
                    silent = 0;
                    let text = match heard {
                        None | Some(Ok(Message::Close(_))) => return None,
                        Some(Err(error)) => return too_large(&error),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(said)) => said.into_text(),
                    };
                    let Ok(text) = text else { return Some(Close::new(4400, "Invalid message received")) };
                    if text.len() > self.limits.message {
                        return Some(Close::new(1009, format!("A message has at most {} bytes", self.limits.message)));
                    }
                    if let Err(close) = self.heard(text.as_str(), out).await {
                        return Some(close);
                    }
                }
            }
        }
    }

    async fn heard(&mut self, text: &str, out: &mpsc::Sender<Message>) -> Result<(), Close> {
        match message::read(text).map_err(|told| Close::new(4400, told))? {
            Incoming::Init { authorization } => self.init(authorization, out).await?,
            Incoming::Ping(payload) => {
                let pong = match payload {
                    Some(payload) => json!({ "type": "pong", "payload": payload }),
                    None => json!({ "type": "pong" }),
                };
                say(out, pong.to_string()).await;
            }
            Incoming::Pong => {}
            Incoming::Subscribe { id, question } => self.subscribe(id, question, out).await?,
            Incoming::Complete { id } => self.running.abort(&id),
        }
        Ok(())
    }

    async fn init(&mut self, authorization: Option<String>, out: &mpsc::Sender<Message>) -> Result<(), Close> {
        if self.init_received {
            return Err(Close::new(4429, "Too many initialisation requests"));
        }
        self.init_received = true;
        if let Some(authorization) = authorization {
            self.subscriber = self.proven(&authorization).await?;
        }
        self.acknowledged = true;
        say(out, json!({ "type": "connection_ack" }).to_string()).await;
        Ok(())
    }

    /// Who it is by the token in `connection_init`, which stands alone as a token in a header does.
    async fn proven(&self, authorization: &str) -> Result<Subscriber, Close> {
        let forbidden = || Close::new(4403, "Forbidden");
        let mut headers = self.headers.clone();
        headers.remove(header::COOKIE);
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(authorization).map_err(|_| forbidden())?);
        if visitor::bearer(&headers).is_none() {
            return Err(forbidden());
        }
        let id = self.subscriber.request_id.clone();
        match visitor::of(&self.hub, &headers, self.peer.ip(), &id).await {
            Ok(visitor) => Ok(subscriber(visitor, &headers, id)),
            Err(refused) if refused.is_ours() => Err(Close::new(4500, "Internal server error")),
            Err(_) => Err(forbidden()),
        }
    }

    async fn subscribe(&mut self, id: String, question: Question, out: &mpsc::Sender<Message>) -> Result<(), Close> {
        if !self.acknowledged {
            return Err(Close::new(4401, "Unauthorized"));
        }
        self.operations += 1;
        let operation = Operation {
            hub: self.hub.clone(),
            subscriber: self.subscriber.clone(),
            id: id.clone(),
            number: self.operations,
            out: out.clone(),
            running: self.running.clone(),
        };
        match self.running.begin(operation, question, self.limits.operations) {
            Ok(()) => {}
            Err(Unbegun::Taken) => return Err(Close::new(4409, format!("Subscriber for {id} already exists"))),
            Err(Unbegun::Full) => {
                let most = self.limits.operations;
                let told = format!("At most {most} operations run at once on a connection: end one first.");
                let errors = [
                    json!({ "message": told, "extensions": { "code": "TOO_MANY", "requestId": self.subscriber.request_id } }),
                ];
                say(out, message::error(&id, &errors)).await;
            }
        }
        Ok(())
    }
}

/// Writes what the queue holds, until it is closed or the other side takes too long. At the end the answer to the other
/// side's close still has to leave.
async fn write(mut sink: SplitSink<WebSocket, Message>, mut queue: mpsc::Receiver<Message>, stall: Duration) {
    while let Some(message) = queue.recv().await {
        if !matches!(timeout(stall, sink.send(message)).await, Ok(Ok(()))) {
            return;
        }
    }
    let _ = timeout(PARTING, sink.close()).await;
}

/// Whether reading failed because the other side sent too much.
fn too_large(error: &axum::Error) -> Option<Close> {
    error.to_string().contains("too long").then(|| Close::new(1009, "The message is too large"))
}
