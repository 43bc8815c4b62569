//! What whoever looks after a hub relies on: numbers, log lines and traces, readiness, a stop that finishes what runs,
//! and bugs that stay where they happen.
use crate::support::{
    Hub,
    collector::Collector,
    server::{Place, Server},
};
use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Request, Schema};
use axum::{body::Body, http};
use innesto::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        mail::{LetterKind, NewMail},
        permission::Actor,
        refusal::Fault,
        text::Language,
    },
    graphql::{self, Ask, loaders::Source},
    meter,
    service::health,
    store::{Engine, events, outbox, sql::sql},
    worker,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};
use tokio::sync::watch;
use tower::ServiceExt;

/// A source with a bug that one key meets.
struct Broken;

impl Source for Broken {
    type Key = i32;
    type Value = i32;
    async fn fetch(_: &App, _: &Actor, keys: &[i32]) -> Result<HashMap<i32, i32>, Fault> {
        assert!(!keys.contains(&13), "thirteen");
        Ok(keys.iter().map(|key| (*key, key * 2)).collect())
    }
}

fn bug(what: &str) -> Option<i32> {
    panic!("{what}")
}

struct Query;

#[Object]
impl Query {
    async fn fine(&self) -> i32 {
        1
    }
    async fn bug(&self) -> Option<i32> {
        bug("a bug")
    }
    async fn loaded(&self, ctx: &Context<'_>, key: i32) -> async_graphql::Result<Option<i32>> {
        ctx.data_unchecked::<Ask>().loaders.get::<Broken>(key, "r-1").await
    }
    async fn bug_in_a_transaction(&self, ctx: &Context<'_>) -> Option<i32> {
        let app = &ctx.data_unchecked::<Ask>().app;
        let mut tx = app.store.begin().await.unwrap();
        tx.emit(NewEvent::new(EventKind::TerritoriesImported, app.clock.id::<()>()));
        sql("UPDATE log_head SET seq = seq + 1").run(&mut tx).await.unwrap();
        bug("half way")
    }
}

async fn broken(hub: &Hub, query: &str) -> Value {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let ask = Ask::new(&hub.app, Actor::Nobody, Language::En, "r-1".into());
    serde_json::to_value(graphql::execute(&schema, Request::new(query).data(ask), "r-1").await).unwrap()
}

on_both! {
    async fn a_request_is_charged_for_its_own_statements_and_rows(hub: Hub) {
        let store = &hub.app.store;
        let one = meter::measured("one".into(), async { events::head(store).await.unwrap() });
        let two = meter::measured("two".into(), async {
            events::head(store).await.unwrap();
            events::after(store, 1_000_000, 10).await.unwrap();
            let mut tx = store.begin().await.unwrap();
            sql("UPDATE log_head SET seq = seq").run(&mut tx).await.unwrap();
            tx.commit(hub.app.clock.now()).await.unwrap();
        });
        let before = store.statements();
        let ((_, one), ((), two)) = tokio::join!(one, two);
        assert_eq!((one.statements, one.rows), (1, 1));
        assert_eq!((two.statements, two.rows), (3, 2));
        assert_eq!(store.statements() - before, 4);
    }

    async fn a_panic_in_a_resolver_is_one_internal_error_and_the_next_request_is_answered(hub: Hub) {
        let answer = broken(&hub, "{ fine bug }").await;
        assert_eq!(answer["data"], Value::Null);
        assert_eq!(answer["errors"].as_array().unwrap().len(), 1);
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "INTERNAL", "requestId": "r-1" }));
        assert!(!answer.to_string().contains("a bug"), "{answer}");
        assert_eq!(broken(&hub, "{ fine }").await, json!({ "data": { "fine": 1 } }));
    }

    async fn a_panic_in_a_loader_is_the_error_of_the_fields_that_waited_for_it(hub: Hub) {
        let answer = broken(&hub, "{ fine loaded(key: 13) }").await;
        assert_eq!(answer["errors"][0]["path"], json!(["loaded"]));
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "INTERNAL", "requestId": "r-1" }));
        assert!(!answer.to_string().contains("thirteen"), "{answer}");
        assert_eq!(broken(&hub, "{ loaded(key: 21) }").await, json!({ "data": { "loaded": 42 } }));
        // Nor is the loader that met it spoiled for the rest of its own request.
        let ask = Ask::new(&hub.app, Actor::Nobody, Language::En, "r-1".into());
        assert!(ask.loaders.get::<Broken>(13, "r-1").await.is_err());
        assert_eq!(ask.loaders.get::<Broken>(21, "r-1").await.unwrap(), Some(42));
    }

    async fn a_panic_in_a_transaction_leaves_nothing_behind_and_the_writer_free(hub: Hub) {
        let before = events::head(&hub.app.store).await.unwrap();
        for _ in 0..30 {
            let answer = broken(&hub, "{ bugInATransaction }").await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL");
        }
        hub.app.store.begin().await.unwrap().commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before);
    }

    async fn what_waits_in_the_database_is_told_by_age_and_number(hub: Hub) {
        let (store, clock) = (&hub.app.store, &hub.app.clock);
        let bitonto = hub.territory("bitonto").await;
        for _ in 0..3 {
            let mut tx = store.begin().await.unwrap();
            tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto));
            tx.commit(clock.now()).await.unwrap();
            worker::plan_due(&hub.app).await.unwrap();
        }
        let mut tx = store.begin().await.unwrap();
        tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto));
        let mail = NewMail {
            id: clock.id(),
            cause: "challenge:1".into(),
            recipient: "address:ada@example.invalid".into(),
            letter: LetterKind::SignInCode,
            address: "ada@example.invalid".into(),
            name: None,
            language: Language::It,
            data: serde_json::Map::new(),
            secret: None,
            thread: None,
            due_at: clock.now().plus_seconds(60),
            host: "hub.example".into(),
            created_at: clock.now(),
        };
        outbox::enqueue(&mut tx, &mail).await.unwrap();
        tx.commit(clock.now()).await.unwrap();
        clock.advance_seconds(90);
        let backlog = health::backlog(&hub.app).await.unwrap();
        assert_eq!(backlog.lags, [("letters".to_owned(), 1)]);
        assert_eq!(backlog.head, events::head(store).await.unwrap());
        assert_eq!(backlog.mails, [("QUEUED", 1), ("SENDING", 0), ("UNSURE", 0)]);
        assert_eq!((backlog.oldest_unsent.round(), backlog.oldest_due.round()), (30.0, 30.0));
    }

    async fn readiness_says_why_not(hub: Hub) {
        let (stop, stopped) = watch::channel(false);
        let routes = innesto::http::router(innesto::http::Hub::new(hub.app.clone(), graphql::build(), stopped).unwrap());
        let ready = || async {
            let asked = http::Request::get("/readyz").body(Body::empty()).unwrap();
            let answer = routes.clone().oneshot(asked).await.unwrap();
            let status = answer.status().as_u16();
            let told = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
            (status, String::from_utf8(told.to_vec()).unwrap())
        };
        assert_eq!(ready().await, (200, "ready\n".into()));
        stop.send_replace(true);
        assert_eq!(ready().await, (503, "stopping\n".into()));
        stop.send_replace(false);
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("DELETE FROM _sqlx_migrations WHERE version = 1").run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let (status, told) = ready().await;
        assert!(status == 503 && told.contains("innesto migrate"), "{told}");
        hub.app.store.close().await;
        assert_eq!(ready().await, (503, "the database does not answer\n".into()));
    }
}

async fn scrape(server: &Server) -> String {
    server.client.get(format!("{}/metrics", server.url)).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn each_request_is_one_log_line_and_counts_in_the_metrics_without_saying_who_asked() {
    let place = Place::new(Engine::Sqlite).await;
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token = place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own"]);
    let hub = place.serve(&[]);
    let query = "query Chi { viewer { person { name } } }";
    hub.ask(&token, query, json!({})).await.unwrap();
    let line = hub.logged("graphql");
    let fields = &line["fields"];
    assert_eq!((fields["viewer"].as_str(), fields["operation"].as_str()), (Some("token"), Some("Chi")));
    assert_eq!((fields["outcome"].as_str(), fields["status"].as_u64()), (Some("ok"), Some(200)));
    assert!(fields["statements"].as_u64().unwrap() > 0 && fields["rows"].as_u64().unwrap() > 0, "{line}");
    assert!(fields["request_id"].as_str().unwrap().len() == 32 && fields["micros"].is_u64(), "{line}");
    for private in ["Ada", "ada@", "prova", token.as_str(), "127.0.0.1"] {
        assert!(!line.to_string().contains(private), "{line}");
    }
    hub.post("application/json", "*/*", r#"{"query":"{"}"#).await;
    assert_eq!(hub.logged("graphql")["fields"]["outcome"], "refused");
    hub.post("text/plain", "*/*", "x").await;
    assert_eq!(hub.logged("graphql")["fields"]["viewer"], "unknown");
    let text = scrape(&hub).await;
    for line in [
        "innesto_requests_total{operation=\"Chi\",kind=\"query\",outcome=\"ok\"} 1",
        "innesto_viewer_requests_total{viewer=\"token\"} 1",
        "innesto_request_duration_seconds_count{operation=\"Chi\"} 1",
        "innesto_database_up 1.0",
        "innesto_outbox_oldest_unsent_seconds 0.0",
        "innesto_subscriptions_open 0",
    ] {
        assert!(text.lines().any(|written| written == line), "{line}\n{text}");
    }
    let spent = fields["statements"].as_u64().unwrap();
    assert!(text.contains(&format!("innesto_sql_statements_total{{operation=\"Chi\"}} {spent}\n")), "{text}");
}

#[tokio::test]
async fn metrics_are_not_public_by_accident() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let asked = hub.client.get(format!("{}/metrics", hub.url)).header("x-forwarded-for", "192.0.2.7");
    assert_eq!(asked.send().await.unwrap().status(), 403);
    drop(hub);
    let place = place.set("INNESTO_METRICS_TOKEN", "a-token-for-the-scraper");
    let hub = place.serve(&[]);
    let asked = || hub.client.get(format!("{}/metrics", hub.url));
    assert_eq!(asked().send().await.unwrap().status(), 401);
    let shown = asked().bearer_auth("a-token-for-the-scraper").send().await.unwrap();
    assert_eq!(shown.status(), 200);
    assert!(shown.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
}

#[tokio::test]
async fn a_request_that_runs_when_the_process_is_told_to_stop_is_answered_and_the_process_ends_well() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let address = hub.url.trim_start_matches("http://").to_owned();
    let body = r#"{"query":"{ __typename }"}"#;
    let mut line = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).unwrap();
    let mut answer = BufReader::new(line.try_clone().unwrap());
    let mut told = String::new();
    answer.read_line(&mut told).unwrap();
    // Said only when the request is being read: it runs.
    assert_eq!(told, "HTTP/1.1 100 Continue\r\n");
    line.write_all(&body.as_bytes()[..10]).unwrap();
    hub.terminate();
    while TcpStream::connect(&address).is_ok() {
        tokio::task::yield_now().await;
    }
    line.write_all(&body.as_bytes()[10..]).unwrap();
    let mut told = String::new();
    answer.read_to_string(&mut told).unwrap();
    assert!(told.contains("HTTP/1.1 200 OK") && told.contains(r#""__typename":"Query""#), "{told}");
    assert_eq!(hub.ended().code(), Some(0));
}

#[tokio::test]
async fn while_it_drains_a_hub_answers_but_says_that_it_is_not_ready() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_DRAIN_SECONDS", "60");
    let hub = place.serve(&[]);
    hub.terminate();
    loop {
        let ready = hub.client.get(format!("{}/readyz", hub.url)).send().await.unwrap();
        if ready.status() == 503 {
            assert_eq!(ready.text().await.unwrap(), "stopping\n");
            break;
        }
    }
    assert_eq!(hub.ask("", "{ __typename }", json!({})).await.unwrap(), json!({ "data": { "__typename": "Query" } }));
}

// The collector answers while this test waits for the process.
#[tokio::test(flavor = "multi_thread")]
async fn the_trace_of_a_request_reaches_the_collector_before_the_process_ends() {
    let collector = Collector::start().await;
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_OTLP_ENDPOINT", &collector.url);
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token = place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own"]);
    let (well, told) = place.run(&["doctor"]);
    assert!(well && told.contains("traces: "), "{told}");
    let hub = place.serve(&[]);
    hub.ask(&token, "query Chi { viewer { person { name } } }", json!({})).await.unwrap();
    let id = hub.logged("graphql")["fields"]["request_id"].as_str().unwrap().to_owned();
    hub.terminate();
    assert_eq!(hub.ended().code(), Some(0));
    let sent = collector.bodies().concat();
    let holds = |text: &str| sent.windows(text.len()).any(|part| part == text.as_bytes());
    for known in ["innesto", "graphql", "Chi", "request_id", &id, "statements", "outcome", "token"] {
        assert!(holds(known), "{known}: {}", String::from_utf8_lossy(&sent));
    }
    for private in ["Ada", "ada@", "prova", token.as_str(), "127.0.0.1"] {
        assert!(!holds(private), "{private}: {}", String::from_utf8_lossy(&sent));
    }
}

#[tokio::test]
async fn a_collector_that_is_not_there_costs_no_answer() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_OTLP_ENDPOINT", "http://127.0.0.1:1");
    let (well, told) = place.run(&["doctor"]);
    assert!(!well && told.contains("WRONG traces"), "{told}");
    let hub = place.serve(&[]);
    assert_eq!(hub.ask("", "{ __typename }", json!({})).await.unwrap(), json!({ "data": { "__typename": "Query" } }));
    hub.terminate();
    assert_eq!(hub.ended().code(), Some(0));
}
