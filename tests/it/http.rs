//! GraphQL over HTTP against the real binary: statuses, media types, limits, who is let in.
use crate::support::server::Place;
use innesto::store::Engine;
use reqwest::StatusCode;
use serde_json::{Value, json};

const ASK: &str = r#"{"query":"{ __typename }"}"#;
const JSON: &str = "application/json";
const MODERN: &str = "application/graphql-response+json";

#[tokio::test]
async fn every_kind_of_question_gets_its_status_and_media_type() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let large = format!(r#"{{"query":"{}"}}"#, "a".repeat(1 << 20));
    for (content, accept, body, status, code) in [
        (JSON, "*/*", ASK, 200, ""),
        ("application/json; charset=utf-8", MODERN, ASK, 200, ""),
        (JSON, JSON, r#"{"query":"{ nope }"}"#, 200, ""),
        (JSON, MODERN, r#"{"query":"{ nope }"}"#, 400, ""),
        (JSON, MODERN, r#"{"query":"{"}"#, 400, ""),
        (JSON, "application/graphql-response+json, application/json;q=0.9", r#"{"query":"{ nope }"}"#, 400, ""),
        (JSON, "text/html", ASK, 406, "ACCEPT"),
        ("text/plain", "*/*", ASK, 415, "CONTENT_TYPE"),
        ("application/x-www-form-urlencoded", "*/*", "query=%7B__typename%7D", 415, "CONTENT_TYPE"),
        (JSON, "*/*", "[]", 400, "QUESTION"),
        (JSON, "*/*", r#"[{"query":"{ __typename }"}]"#, 400, "QUESTION"),
        (JSON, "*/*", r#"{"query":7}"#, 400, "QUESTION"),
        (JSON, "*/*", r#"{"query":"{ __typename }","variables":[]}"#, 400, "QUESTION"),
        (JSON, "*/*", "{", 400, "JSON"),
        (JSON, "*/*", "", 400, "JSON"),
        (JSON, "*/*", &large, 413, "TOO_LARGE"),
    ] {
        let answer = hub.post(content, accept, body.to_owned()).await;
        assert_eq!(answer.status().as_u16(), status, "{content} {accept} {body:.60}");
        let media = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(media.starts_with(if accept.starts_with(MODERN) { MODERN } else { JSON }), "{media}");
        let told: Value = answer.json().await.unwrap();
        if code.is_empty() {
            assert_eq!(told.get("data").is_some(), told.get("errors").is_none(), "{told}");
        } else {
            assert_eq!(told["errors"][0]["extensions"]["code"], code, "{told}");
        }
    }
    for (method, address, status, allow) in [
        ("GET", "?query=%7B__typename%7D", 200, None),
        ("HEAD", "?query=%7B__typename%7D", 200, None),
        ("GET", "", 400, None),
        ("GET", "?query=%7B__typename%7D&variables=7", 400, None),
        ("GET", "?query=mutation%7BsignOut%7B__typename%7D%7D", 405, Some("POST")),
        ("DELETE", "?query=%7B__typename%7D", 405, Some("GET, POST")),
    ] {
        let asked = hub.client.request(method.parse().unwrap(), format!("{}/graphql{address}", hub.url));
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{method} {address}");
        assert_eq!(answer.headers().get("allow").map(|allow| allow.to_str().unwrap()), allow, "{method} {address}");
        let told = answer.text().await.unwrap();
        assert_eq!(told.contains("requestId"), status != 200, "{told}");
    }
    for (path, status) in [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/", 200),
        ("/nope", 404),
        ("/dev/mailbox", 404),
        ("/graphiql/../etc", 404),
    ] {
        let page = hub.client.get(format!("{}{path}", hub.url)).send().await.unwrap();
        assert_eq!(page.status().as_u16(), status, "{path}");
        assert_eq!(page.headers()["x-content-type-options"], "nosniff", "{path}");
        assert!(page.headers().contains_key("content-security-policy"), "{path}");
    }
}

#[tokio::test]
async fn what_is_right_in_part_says_so_by_its_status() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let body = json!({ "query": "{ a: __typename b: territories(first: 101) { nodes { slug } } }" }).to_string();
    let nullable = json!({ "query": "{ a: __typename b: node(id: \"nonsense\") { id } }" }).to_string();
    for (accept, status) in [(MODERN, 294), (JSON, 200)] {
        let answer = hub.post(JSON, accept, nullable.clone()).await;
        assert_eq!(answer.status().as_u16(), status);
        let told: Value = answer.json().await.unwrap();
        assert_eq!((&told["data"]["a"], &told["data"]["b"]), (&json!("Query"), &Value::Null), "{told}");
        assert_eq!(told["errors"][0]["path"], json!(["b"]), "{told}");
        assert_eq!(hub.post(JSON, accept, body.clone()).await.status().as_u16(), status);
    }
}

#[tokio::test]
async fn points_are_taken_and_who_has_none_left_is_told_when_to_come_again() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_RATE_POINTS", "20");
    let hub = place.serve(&[]);
    let ask = json!({ "query": "{ rateLimit { limit cost remaining resetAt } }" }).to_string();
    let answer = hub.post(JSON, MODERN, ask.clone()).await;
    let (cost, left) = (answer.headers()["x-ratelimit-cost"].clone(), answer.headers()["ratelimit"].clone());
    let told: Value = answer.json().await.unwrap();
    let limit = &told["data"]["rateLimit"];
    assert_eq!(limit["limit"], 20);
    assert_eq!(limit["cost"].to_string(), cost.to_str().unwrap());
    assert_eq!(limit["remaining"], 20 - limit["cost"].as_i64().unwrap());
    assert!(left.to_str().unwrap().starts_with(&format!("\"points\";r={};t=", limit["remaining"])), "{left:?}");
    for _ in 0..20 {
        let answer = hub.post(JSON, MODERN, ask.clone()).await;
        if answer.status() == StatusCode::OK {
            continue;
        }
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds));
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["errors"][0]["extensions"]["code"], "RATE_LIMITED");
        assert!(told["errors"][0]["message"].as_str().unwrap().contains("20 al minuto"), "{told}");
        return;
    }
    panic!("twenty points never ran out");
}

#[tokio::test]
async fn only_trusted_documents_are_answered_without_signing_in_where_the_setting_says_so() {
    let place = Place::new(Engine::Sqlite).await;
    let file = place.folder().join("documents.json");
    let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    std::fs::write(&file, json!({ hash: "{__typename}" }).to_string()).unwrap();
    let place = place.set("INNESTO_TRUSTED_DOCUMENTS", file.to_str().unwrap()).set("INNESTO_TRUSTED_ONLY", "yes");
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token = place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own"]);
    let hub = place.serve(&[]);
    for (body, code) in [
        (json!({ "documentId": format!("sha256:{hash}") }), Value::Null),
        (json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } }), Value::Null),
        (json!({ "query": "{__typename}" }), Value::Null),
        (json!({ "query": "{ __typename }" }), json!("DOCUMENT_NOT_TRUSTED")),
        (json!({ "documentId": "0".repeat(64) }), json!("PERSISTED_QUERY_NOT_FOUND")),
        (json!({ "query": "{ __typename }", "documentId": hash }), json!("PERSISTED_QUERY_MISMATCH")),
    ] {
        let told: Value = hub.post(JSON, MODERN, body.to_string()).await.json().await.unwrap();
        assert_eq!(told["errors"][0]["extensions"]["code"], code, "{body} {told}");
        assert_eq!(told["data"]["__typename"] == "Query", code == Value::Null, "{told}");
    }
    let signed_in = hub.ask(&token, "{ viewer { person { name } } }", json!({})).await.unwrap();
    assert_eq!(signed_in["data"]["viewer"]["person"]["name"], "Ada");
    drop(hub);
    for (written, problem) in [
        (json!({ hash: "{ __typename }" }), "SHA-256"),
        (json!({ "x": 1 }), "not a JSON object"),
        (json!(null), "not a"),
    ] {
        std::fs::write(&file, written.to_string()).unwrap();
        let (well, told) = place.run(&["serve"]);
        assert!(!well && told.contains("INNESTO_TRUSTED_DOCUMENTS") && told.contains(problem), "{told}");
    }
}

#[tokio::test]
async fn a_connection_that_sends_no_headers_or_too_many_is_no_burden() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let address = hub.url.trim_start_matches("http://");
    let silent = tokio::net::TcpStream::connect(address).await.unwrap();
    let mut talkative = tokio::net::TcpStream::connect(address).await.unwrap();
    let headers = (0..200).map(|n| format!("x-{n}: y\r\n")).collect::<Vec<_>>().concat();
    talkative.write_all(format!("GET / HTTP/1.1\r\nhost: x\r\n{headers}\r\n").as_bytes()).await.unwrap();
    let mut told = String::new();
    talkative.read_to_string(&mut told).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 431"), "{told}");
    assert_eq!(hub.post(JSON, JSON, ASK).await.status(), StatusCode::OK);
    drop(silent);
}

#[tokio::test]
async fn a_token_lets_in_what_it_allows_and_another_sites_page_cannot_use_a_session() {
    let place = Place::new(Engine::Sqlite).await;
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token = place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own"]);
    let hub = place.serve(&[]);
    let query = "{ viewer { person { name } } }";
    let known = hub.ask(&token, query, json!({})).await.unwrap();
    assert_eq!(known["data"]["viewer"]["person"]["name"], "Ada");
    let unknown = hub.ask("inn_nonsense", query, json!({})).await.unwrap();
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let nobody = hub.ask("", query, json!({})).await.unwrap();
    assert_eq!(nobody["data"]["viewer"], json!(null));
    let stolen = hub
        .client
        .post(format!("{}/graphql", hub.url))
        .header("cookie", "innesto-session=whatever")
        .header("origin", "https://evil.example")
        .header("content-type", JSON)
        .body(ASK)
        .send()
        .await
        .unwrap();
    assert_eq!(stolen.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_embedded_database_has_one_server() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let (well, told) = place.run(&["serve"]);
    assert!(!well && told.contains("serves") && told.contains("INNESTO_DATA_DIR"), "{told}");
    // However the first one ends, the next one may begin.
    hub.kill_now();
    drop(place.serve(&[]));
}

#[tokio::test]
async fn a_wrong_setting_is_refused_at_the_start_by_name_with_an_example() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_PUBLIC_URL", "innesto.example.org");
    let (well, told) = place.run(&["serve"]);
    assert!(!well && told.contains("INNESTO_PUBLIC_URL") && told.contains("example: "), "{told}");
    let file = place.folder().join("innesto.toml");
    std::fs::write(&file, "listn = \"127.0.0.1:1\"\n").unwrap();
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_CONFIG", file.to_str().unwrap());
    let (well, told) = place.run(&["migrate"]);
    assert!(!well && told.contains("listn") && told.contains("listen"), "{told}");
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong_and_says_how_to_mend_it() {
    let place = Place::new(Engine::Sqlite).await;
    let (well, told) = place.run(&["doctor"]);
    assert!(well && told.contains("tables up to date") && told.contains("INNESTO_SMTP_URL"), "{told}");
    let place = Place::empty(Engine::Sqlite).await;
    let (well, told) = place.run(&["doctor"]);
    assert!(well && told.contains("innesto migrate"), "{told}");
    let place =
        place.set("INNESTO_SMTP_URL", "smtp://127.0.0.1:1").set("INNESTO_PUBLIC_URL", "http://innesto.example.org");
    let (well, told) = place.run(&["doctor"]);
    assert!(!well && told.contains("WRONG mail") && told.contains("WRONG public_url"), "{told}");
    let place = place.set("INNESTO_DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/none");
    let (well, told) = place.run(&["doctor"]);
    assert!(!well && told.contains("WRONG database") && !told.contains("secret"), "{told}");
}
