//! Connections that go wrong while the server in this process serves them: clients that do not read, that are there no
//! more without a word, that go away; a bug in the middle of an answer; the moments before the end.
use crate::{
    requests::practice,
    support::{Hub, server::client},
};
use async_graphql::{
    ServerResult, Value as Answer,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo},
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use innesto::{
    domain::event::{EventKind, NewEvent},
    graphql::{HubSchema, build_behind_guard, schema::builder_behind_guard},
    http::{self, Limits},
};
use serde_json::{Value, json};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
};
use tower::ServiceExt;

/// So little room on both sides that an answer left unread is soon noticed.
const ROOM: u32 = 4096;
const SUBSCRIPTION: &str = "subscription { networkEvents(after: \"ZXZlbnQ6MA\") { kind practice { title slug } } }";

struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
    _stop: watch::Sender<bool>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Served {
    fn start(hub: &Hub, schema: HubSchema, limits: Limits) -> Self {
        let (stop, stopped) = watch::channel(false);
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(ROOM).unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let listener = socket.listen(16).unwrap();
        let address = listener.local_addr().unwrap();
        let served = http::Hub::with(hub.app.clone(), schema, limits, stopped).unwrap();
        Self { address, task: tokio::spawn(http::serve(served, listener)), _stop: stop }
    }

    async fn connect(&self) -> BufReader<TcpStream> {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(ROOM).unwrap();
        BufReader::new(socket.connect(self.address).await.unwrap())
    }

    /// Waits until the metrics have this line.
    async fn shows(&self, line: &str) {
        let address = format!("http://{}/metrics", self.address);
        let client = client();
        while !client.get(&address).send().await.unwrap().text().await.unwrap().lines().any(|shown| shown == line) {}
    }
}

fn post(query: &str, accept: &str) -> Vec<u8> {
    let body = json!({ "query": query }).to_string();
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nhost: hub\r\naccept: {accept}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The head of the next answer.
async fn head(line: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(line.read_line(&mut head).await.unwrap() > 0, "{head}");
    }
    head
}

/// The next answer: its head and its body.
async fn answer(line: &mut BufReader<TcpStream>) -> (String, Value) {
    let head = head(line).await;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    line.read_exact(&mut body).await.unwrap();
    (head, serde_json::from_slice(&body).unwrap())
}

/// So many events that their answers do not fit into the room there is.
async fn many_events(hub: &Hub) {
    let practice = practice(hub).await;
    let mut tx = hub.app.store.begin().await.unwrap();
    for _ in 0..1_000 {
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, practice.id));
    }
    tx.commit(hub.app.clock.now()).await.unwrap();
}

/// A text frame of a WebSocket, masked with nothing.
fn frame(text: &Value) -> Vec<u8> {
    let text = text.to_string();
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    [&[0x81, 0xfe, length[0], length[1], 0, 0, 0, 0], text.as_bytes()].concat()
}

/// A WebSocket with a subscription of which one answer has arrived.
async fn subscribed(served: &Served) -> BufReader<TcpStream> {
    let mut line = served.connect().await;
    let handshake = "GET /graphql HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    line.write_all(handshake.as_bytes()).await.unwrap();
    assert!(head(&mut line).await.starts_with("HTTP/1.1 101"));
    line.write_all(&frame(&json!({ "type": "connection_init" }))).await.unwrap();
    let begin = json!({ "type": "subscribe", "id": "1", "payload": { "query": SUBSCRIPTION } });
    line.write_all(&frame(&begin)).await.unwrap();
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("PRACTICE_UPDATED") {
        let part = line.fill_buf().await.unwrap().to_vec();
        assert!(!part.is_empty(), "{}", String::from_utf8_lossy(&heard));
        line.consume(part.len());
        heard.extend(part);
        // Until then it is there: a pong, masked with nothing.
        line.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await.unwrap();
    }
    line
}

/// What a bug does to whoever asks for `serverInfo`.
#[derive(Clone)]
enum Trick {
    Panics,
    /// It says that it was asked, and never answers.
    Hangs(Arc<Notify>),
}

impl Trick {
    fn schema(&self) -> HubSchema {
        builder_behind_guard().extension(self.clone()).finish()
    }
}

impl ExtensionFactory for Trick {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Extension for Trick {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Answer>> {
        match self {
            _ if info.name != "serverInfo" => next.run(ctx, info).await,
            Self::Panics => panic!("on purpose"),
            Self::Hangs(asked) => {
                asked.notify_one();
                std::future::pending().await
            }
        }
    }
}

fn impatient() -> Limits {
    Limits { stall: Duration::from_millis(100), ..Limits::default() }
}

on_both! {
    async fn a_client_that_reads_no_answer_is_given_up(hub: Hub) {
        let served = Served::start(&hub, build_behind_guard(), impatient());
        let mut line = served.connect().await;
        let question = post("{ __schema { types { name description fields { name description } } } }", "*/*");
        // Once its answers pile up the server reads no further question; once it has given up, none can be sent.
        while line.write_all(&question).await.is_ok() {}
        served.shows("innesto_subscriptions_open 0").await;
    }

    async fn a_client_that_does_not_read_its_event_stream_is_given_up(hub: Hub) {
        many_events(&hub).await;
        let served = Served::start(&hub, build_behind_guard(), impatient());
        let mut line = served.connect().await;
        line.write_all(&post(SUBSCRIPTION, "text/event-stream")).await.unwrap();
        let told = head(&mut line).await;
        assert!(told.starts_with("HTTP/1.1 200") && told.contains("x-ratelimit-cost: "), "{told}");
        assert!(told.contains("ratelimit: \"points\";r="), "{told}");
        served.shows("innesto_subscriptions_open 0").await;
    }

    async fn a_client_that_does_not_read_its_web_socket_is_given_up(hub: Hub) {
        many_events(&hub).await;
        let served = Served::start(&hub, build_behind_guard(), impatient());
        let _line = subscribed(&served).await;
        served.shows("innesto_subscriptions_open 0").await;
    }

    async fn a_web_socket_whose_other_side_answers_no_ping_is_closed(hub: Hub) {
        let practice = practice(&hub).await;
        let mut tx = hub.app.store.begin().await.unwrap();
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, practice.id));
        tx.commit(hub.app.clock.now()).await.unwrap();
        let limits = Limits { ping: Duration::from_millis(50), ..Limits::default() };
        let served = Served::start(&hub, build_behind_guard(), limits);
        let mut line = subscribed(&served).await;
        let mut rest = Vec::new();
        line.read_to_end(&mut rest).await.unwrap();
        let ping = [0x89, 0];
        assert!(rest.windows(2).filter(|two| *two == ping).count() >= 2, "{rest:?}");
        served.shows("innesto_subscriptions_open 0").await;
    }

    async fn a_bug_in_a_resolver_is_one_internal_error_and_the_connection_goes_on(hub: Hub) {
        let served = Served::start(&hub, Trick::Panics.schema(), Limits::default());
        let mut line = served.connect().await;
        for _ in 0..3 {
            line.write_all(&post("{ __typename serverInfo { name } }", "application/json")).await.unwrap();
            let (head, told) = answer(&mut line).await;
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            let error = &told["errors"][0]["extensions"];
            assert_eq!((&told["data"], &error["code"]), (&Value::Null, &json!("INTERNAL")), "{told}");
            let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();
            assert_eq!((error["requestId"].as_str(), id.len()), (Some(id), 32), "{told}");
            assert!(!told.to_string().contains("on purpose"), "{told}");
            line.write_all(&post("{ __typename }", "application/json")).await.unwrap();
            assert_eq!(answer(&mut line).await.1, json!({ "data": { "__typename": "Query" } }));
        }
        served.shows("innesto_requests_total{operation=\"unnamed\",kind=\"query\",outcome=\"error\"} 3").await;
    }

    async fn an_answer_that_needs_no_body_comes_when_the_body_has_and_the_connection_goes_on(hub: Hub) {
        let served = Served::start(&hub, build_behind_guard(), Limits::default());
        let mut line = served.connect().await;
        let half = vec![b'x'; 300_000];
        for (asked, status) in [("OPTIONS /graphql", "405"), ("POST /nowhere", "404"), ("POST /documents?practice=x&name=a.txt", "400")] {
            let head = format!(
                "{asked} HTTP/1.1\r\nhost: hub\r\ncontent-type: application/octet-stream\r\ncontent-length: {}\r\n\r\n",
                2 * half.len()
            );
            line.write_all(head.as_bytes()).await.unwrap();
            line.write_all(&half).await.unwrap();
            tokio::task::yield_now().await;
            line.write_all(&half).await.unwrap();
            let (head, told) = answer(&mut line).await;
            assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{asked}: {head}");
            assert!(told["errors"][0]["message"].is_string(), "{told}");
            line.write_all(&post("{ __typename }", "application/json")).await.unwrap();
            assert_eq!(answer(&mut line).await.1, json!({ "data": { "__typename": "Query" } }), "{asked}");
        }
    }

    async fn a_client_that_goes_away_in_between_is_counted_as_such(hub: Hub) {
        let asked = Arc::new(Notify::new());
        let served = Served::start(&hub, Trick::Hangs(Arc::clone(&asked)).schema(), Limits::default());
        let mut line = served.connect().await;
        line.write_all(&post("query Hang { serverInfo { name } }", "*/*")).await.unwrap();
        asked.notified().await;
        drop(line);
        served.shows("innesto_requests_total{operation=\"other\",kind=\"query\",outcome=\"abandoned\"} 1").await;
    }

    async fn while_it_drains_a_hub_opens_no_stream_and_says_when_to_come_again(hub: Hub) {
        let (stop, stopped) = watch::channel(false);
        let routes = http::router(http::Hub::new(hub.app.clone(), build_behind_guard(), stopped).unwrap());
        let asked = |header: &str, value: &str| {
            let asked = Request::get("/graphql?query=%7B__typename%7D").header(header, value);
            let asked = asked.extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)))).body(Body::empty());
            routes.clone().oneshot(asked.unwrap())
        };
        assert_eq!(asked("accept", "text/event-stream").await.unwrap().status(), StatusCode::OK);
        stop.send_replace(true);
        for (header, value) in [("accept", "text/event-stream"), ("upgrade", "websocket")] {
            let refused = asked(header, value).await.unwrap();
            assert_eq!((refused.status(), &refused.headers()["retry-after"]), (StatusCode::SERVICE_UNAVAILABLE, &"5".parse().unwrap()));
            let told = axum::body::to_bytes(refused.into_body(), ROOM as usize).await.unwrap();
            assert!(String::from_utf8_lossy(&told).contains("STOPPING"), "{told:?}");
        }
        assert_eq!(asked("accept", "application/json").await.unwrap().status(), StatusCode::OK);
    }
}
