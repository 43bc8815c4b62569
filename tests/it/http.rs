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
    let get = hub.client.get(format!("{}/graphql?query=%7B__typename%7D", hub.url)).send().await.unwrap();
    assert_eq!((get.status(), get.headers()["allow"].to_str().unwrap()), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
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
