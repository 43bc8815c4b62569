//! The two addresses of documents against the real binary: who may, what is said, and what a cut connection leaves.
use crate::support::server::{Place, Server};
use innesto::store::Engine;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration};
use tokio::io::AsyncWriteExt;

const OCTETS: &str = "application/octet-stream";

async fn place(engine: Engine) -> (Place, String) {
    let place = Place::new(engine).await;
    let add = [
        "member",
        "add",
        "ada@bitonto.invalid",
        "--name",
        "Ada",
        "--territory",
        "Comune di Bitonto",
        "--role",
        "coordinator",
    ];
    place.print(&add);
    let token =
        place.print(&["token", "create", "ada@bitonto.invalid", "--name", "x", "--scopes", "read:own,write:own"]);
    (place, token)
}

async fn draft(hub: &Server, token: &str) -> String {
    let territory = hub.ask(token, "{ territory(by: { slug: \"bitonto\" }) { id } }", json!({})).await.unwrap();
    let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } userErrors { message } } }";
    let input = json!({ "owner": territory["data"]["territory"]["id"], "title": "Prova" });
    let made = hub.ask(token, create, json!({ "input": input })).await.unwrap();
    made["data"]["createPractice"]["practice"]["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
}

async fn upload(hub: &Server, token: &str, practice: &str, name: &str, body: &str) -> Response {
    let pairs = [("practice", practice), ("name", name)];
    let address = url::Url::parse_with_params(&format!("{}/documents", hub.url), pairs).unwrap();
    let asked = hub.client.post(address);
    let asked = if token.is_empty() { asked } else { asked.bearer_auth(token) };
    asked.header(header::CONTENT_TYPE, OCTETS).body(body.to_owned()).send().await.unwrap()
}

async fn code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let told: Value = answer.json().await.unwrap();
    assert!(told["errors"][0]["message"].is_string(), "{told}");
    (status, told["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned())
}

fn kept(place: &Path) -> Vec<String> {
    let Ok(folder) = fs::read_dir(place.join("documents")) else { return Vec::new() };
    folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn a_document_goes_in_and_comes_out_as_a_file_to_be_saved() {
    let (place, token) = place(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let practice = draft(&hub, &token).await;
    let answer = upload(&hub, &token, &practice, "perché no.txt", "0123456789").await;
    assert_eq!(
        (answer.status(), &answer.headers()["cache-control"]),
        (StatusCode::CREATED, &"no-store".parse().unwrap())
    );
    let told: Value = answer.json().await.unwrap();
    let hash = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
    let id = told["document"]["id"].as_str().unwrap();
    let whole = json!({ "id": id, "name": "perché no.txt", "mediaType": "text/plain", "size": 10, "sha256": hash });
    assert_eq!(told["document"], whole);
    let add = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) { item { document { url } } userErrors { message } } }";
    let input = json!({ "practice": practice, "kind": "FORM", "phase": "RUN", "title": "Modulo", "document": id });
    let added = hub.ask(&token, add, json!({ "input": input })).await.unwrap();
    let url = added["data"]["addKitItem"]["item"]["document"]["url"].as_str().unwrap().to_owned();
    let get = |token: &str, headers: &[(header::HeaderName, &str)]| {
        let mut asked = hub.client.get(&url);
        if !token.is_empty() {
            asked = asked.bearer_auth(token);
        }
        for (name, value) in headers {
            asked = asked.header(name, *value);
        }
        async { asked.send().await.unwrap() }
    };
    let answer = get(&token, &[]).await;
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-disposition", "attachment; filename*=UTF-8''perch%C3%A9%20no.txt"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, no-cache"),
        ("etag", &format!("\"{hash}\"")),
        ("content-length", "10"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
    assert_eq!(answer.text().await.unwrap(), "0123456789");
    let etag = format!("\"{hash}\"");
    assert_eq!(get(&token, &[(header::IF_NONE_MATCH, &etag)]).await.status(), StatusCode::NOT_MODIFIED);
    let part = get(&token, &[(header::RANGE, "bytes=-3")]).await;
    assert_eq!(
        (part.status(), &part.headers()["content-range"]),
        (StatusCode::PARTIAL_CONTENT, &"bytes 7-9/10".parse().unwrap())
    );
    assert_eq!(part.text().await.unwrap(), "789");
    let beyond = get(&token, &[(header::RANGE, "bytes=10-")]).await;
    assert_eq!(
        (beyond.status(), &beyond.headers()["content-range"]),
        (StatusCode::RANGE_NOT_SATISFIABLE, &"bytes */10".parse().unwrap())
    );
    let head = hub.client.head(&url).bearer_auth(&token).send().await.unwrap();
    assert_eq!((head.status(), &head.headers()["content-length"]), (StatusCode::OK, &"10".parse().unwrap()));
    // A draft's document is not there for anybody else.
    assert_eq!(code(get("", &[]).await).await, (404, "NOT_FOUND".into()));
    assert_eq!(code(get("inn_nonsense", &[]).await).await, (401, "UNAUTHENTICATED".into()));
    let nowhere = hub.client.get(format!("{}/documents/nonsense/x", hub.url)).send().await.unwrap();
    assert_eq!(code(nowhere).await, (404, "NOT_FOUND".into()));
    assert!(hub.alarms.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_its_reason() {
    let (place, token) = place(Engine::Sqlite).await;
    let place = place.set("INNESTO_DOCUMENT_MB", "1");
    let hub = place.serve(&[]);
    let practice = draft(&hub, &token).await;
    let reader = place.print(&["token", "create", "ada@bitonto.invalid", "--name", "y", "--scopes", "read:own"]);
    for (token, practice, name, body, status, wanted) in [
        ("", &practice, "a.txt", "a", 404, "NOT_FOUND"),
        (&reader, &practice, "a.txt", "a", 403, "FORBIDDEN"),
        (&token, &practice, "a.svg", "<svg/>", 422, "INVALID"),
        (&token, &practice, "a.txt", &"a".repeat((1 << 20) + 1), 413, "TOO_LONG"),
        (&token, &"nonsense".to_owned(), "a.txt", "a", 400, "ADDRESS"),
    ] {
        assert_eq!(
            code(upload(&hub, token, practice, name, body).await).await,
            (status, wanted.into()),
            "{name} {status}"
        );
    }
    let address = format!("{}/documents?practice={practice}&name=a.txt", hub.url);
    let post = || hub.client.post(&address).bearer_auth(&token);
    for content_type in ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"] {
        let answer = post().header(header::CONTENT_TYPE, content_type).body("a").send().await.unwrap();
        assert_eq!(code(answer).await, (415, "CONTENT_TYPE".into()), "{content_type}");
    }
    // Another site's page has the reader's cookie, but may not use it.
    let foreign = hub.client.post(&address).header(header::CONTENT_TYPE, OCTETS).header("cookie", "innesto-session=x");
    let answer = foreign.header("sec-fetch-site", "cross-site").body("a").send().await.unwrap();
    assert_eq!(code(answer).await, (403, "CROSS_SITE".into()));
    let answer = hub.client.get(&address).send().await.unwrap();
    assert_eq!(
        (answer.status(), &answer.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().unwrap())
    );
    assert_eq!(kept(place.folder()), Vec::<String>::new());
}

#[tokio::test]
async fn an_upload_that_is_cut_in_the_middle_leaves_nothing() {
    let (place, token) = place(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let practice = draft(&hub, &token).await;
    let begin = async |others: usize| {
        let mut stream = tokio::net::TcpStream::connect(hub.url.trim_start_matches("http://")).await.unwrap();
        let head = format!(
            "POST /documents?practice={practice}&name=a.txt HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: {OCTETS}\r\nContent-Length: 1000000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b'a'; 500_000]).await.unwrap();
        for _ in 0..200 {
            if kept(place.folder()).len() > others {
                return stream;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the upload does not begin");
    };
    drop(begin(0).await);
    for _ in 0..200 {
        if kept(place.folder()).is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(kept(place.folder()), Vec::<String>::new());
    // Only as many at once as one person needs.
    let mut held = Vec::new();
    for others in 0..4 {
        held.push(begin(others).await);
    }
    let answer = upload(&hub, &token, &practice, "a.txt", "a").await;
    assert_eq!(code(answer).await, (429, "TOO_MANY".into()));
}
