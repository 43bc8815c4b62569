//! How the portal is served: packed, kept, under a strict policy; what is no page of it; what it may ask.
use crate::support::server::Place;
use innesto::store::Engine;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

async fn get(hub: &crate::support::server::Server, path: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let asked = headers
        .iter()
        .fold(hub.client.get(format!("{}{path}", hub.url)), |asked, (name, value)| asked.header(name, *value));
    asked.send().await.unwrap()
}

fn told<'a>(answer: &'a Response, name: &header::HeaderName) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn pages_are_sent_as_the_browser_takes_them_and_kept_while_they_are_the_same() {
    let hub = Place::new(Engine::Sqlite).await.serve(&[]);
    let mut forms = Vec::new();
    for (takes, packing) in
        [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", "")]
    {
        let asked = [(header::ACCEPT, PAGE), (header::ACCEPT_ENCODING, takes)];
        let answer = get(&hub, "/practices", &asked).await;
        assert_eq!((answer.status(), told(&answer, &header::CONTENT_ENCODING)), (StatusCode::OK, packing), "{takes}");
        assert_eq!(told(&answer, &header::CONTENT_TYPE), "text/html");
        assert_eq!(told(&answer, &header::VARY), "accept-encoding");
        assert_eq!(told(&answer, &header::CACHE_CONTROL), "no-cache");
        let policy = told(&answer, &header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let tag = told(&answer, &header::ETAG).to_owned();
        let again =
            get(&hub, "/practices", &[asked[0].clone(), asked[1].clone(), (header::IF_NONE_MATCH, tag.as_str())]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{takes}");
        forms.push(tag);
    }
    forms.sort();
    forms.dedup();
    assert_eq!(forms.len(), 3, "each form of the page has a tag of its own");

    let page = get(&hub, "/", &[(header::ACCEPT, PAGE)]).await.text().await.unwrap();
    let (_, script) = page.split_once("src=\"").unwrap();
    let script = get(&hub, script.split('"').next().unwrap(), &[]).await;
    assert_eq!(script.status(), StatusCode::OK);
    assert_eq!(told(&script, &header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(told(&script, &header::CONTENT_TYPE), "text/javascript");
}

#[tokio::test]
async fn what_is_no_page_is_not_found_for_browsers_and_programs() {
    let hub = Place::new(Engine::Sqlite).await.serve(&[]);
    for (path, accept, status, media) in [
        ("/practices/incontra-bitonto", PAGE, 200, "text/html"),
        ("/no-such-room", PAGE, 404, "text/html"),
        ("/practices", "application/json", 404, "application/json"),
        ("/practices", "*/*", 200, "text/html"),
        ("/no-such-room", "*/*", 404, "application/json"),
        ("/assets/none.js", PAGE, 404, "application/json"),
        ("/assets/../index.html", "*/*", 404, "application/json"),
        ("/assets/%2e%2e/documents.json", "*/*", 404, "application/json"),
        ("/documents.json", "*/*", 404, "application/json"),
    ] {
        let answer = get(&hub, path, &[(header::ACCEPT, accept)]).await;
        let kind = told(&answer, &header::CONTENT_TYPE);
        assert!(answer.status().as_u16() == status && kind.starts_with(media), "{path}: {} {kind}", answer.status());
    }
    let answer = hub.client.post(format!("{}/practices", hub.url)).header(header::ACCEPT, PAGE).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_only_trusted_documents_are_answered_the_portal_still_works() {
    let hub = Place::new(Engine::Sqlite).await.set("INNESTO_TRUSTED_ONLY", "yes").serve(&[]);
    let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/portal/dist/documents.json")).unwrap();
    let documents: Value = serde_json::from_str(&file).unwrap();
    let mine =
        documents.as_object().unwrap().values().filter_map(Value::as_str).find(|text| text.starts_with("query Me"));
    for (query, code) in [(mine.unwrap(), Value::Null), ("{ __typename }", json!("DOCUMENT_NOT_TRUSTED"))] {
        let answer = hub.post("application/json", "*/*", json!({ "query": query }).to_string()).await;
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["errors"][0]["extensions"]["code"], code, "{told}");
    }
}
