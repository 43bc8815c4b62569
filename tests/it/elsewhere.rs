//! Pages of other sites: what a browser lets them ask, and what it lets them read.
use crate::support::server::{Place, Server};
use innesto::store::Engine;
use reqwest::{Method, Response, Url};
use serde_json::{Value, json};

const SITE: (&str, &str) = ("origin", "https://dashboard.example");
const QUERY: &str = "{ network { metrics { reach } } practices(first: 1) { nodes { id } } viewer { person { name } } }";

async fn asked(hub: &Server, method: Method, headers: &[(&str, &str)], query: &str) -> Response {
    let mut url = Url::parse(&format!("{}/graphql", hub.url)).unwrap();
    if method == Method::GET {
        url.query_pairs_mut().append_pair("query", query);
    }
    let mut asked = hub.client.request(method.clone(), url);
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    if method == Method::POST {
        asked = asked.json(&json!({ "query": query }));
    }
    asked.send().await.unwrap()
}

/// The header by which a browser lets a page read an answer.
fn readable(answer: &Response) -> Option<&str> {
    answer.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_browser_is_told_what_a_page_of_another_site_may_send_and_that_is_no_token() {
    let place = Place::new(Engine::Sqlite).await;
    let hub = place.serve(&[]);
    let wish = [SITE, ("access-control-request-method", "POST"), ("access-control-request-headers", "content-type")];
    let told = asked(&hub, Method::OPTIONS, &wish, "").await;
    assert_eq!((told.status().as_u16(), readable(&told)), (204, Some("*")));
    let header = |name: &str| told.headers().get(name).map(|value| value.to_str().unwrap().to_lowercase());
    assert_eq!(header("access-control-allow-methods").unwrap(), "get, post");
    let may_send = header("access-control-allow-headers").unwrap();
    assert!(may_send.contains("content-type") && !may_send.contains("authorization") && !may_send.contains('*'));
    assert_eq!(header("access-control-allow-credentials"), None);
    // Any other `OPTIONS` is a method that is not answered, and no other address is opened.
    assert_eq!(asked(&hub, Method::OPTIONS, &[], "").await.status(), 405);
    for path in ["/", "/healthz", "/metrics", "/documents", "/unsubscribe/x"] {
        let url = format!("{}{path}", hub.url);
        for method in [Method::OPTIONS, Method::GET, Method::POST] {
            let asked = hub.client.request(method, &url);
            let told =
                wish.iter().fold(asked, |asked, (name, value)| asked.header(*name, *value)).send().await.unwrap();
            assert_eq!(readable(&told), None, "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_reads_what_strangers_are_told_and_nothing_else() {
    let place = Place::new(Engine::Sqlite).await;
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token = place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own"]);
    let hub = place.serve(&[]);
    for method in [Method::GET, Method::POST] {
        let answer = asked(&hub, method.clone(), &[SITE, ("sec-fetch-site", "cross-site")], QUERY).await;
        assert_eq!((answer.status().as_u16(), readable(&answer)), (200, Some("*")), "{method}");
        assert_eq!(answer.headers().get("access-control-allow-credentials"), None);
        let exposed = answer.headers()["access-control-expose-headers"].to_str().unwrap().to_owned();
        assert!(exposed.contains("x-request-id") && !exposed.contains("set-cookie"), "{exposed}");
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["data"]["viewer"], json!(null));
        assert!(told["data"]["network"]["metrics"]["reach"].is_number(), "{told}");
        // What is wrong may be read too, or nobody could mend it.
        let wrong = asked(&hub, method.clone(), &[SITE], "{ nope }").await;
        assert_eq!(readable(&wrong), Some("*"));
        // A token is answered, to a program; a page that came by one may not read what it opens.
        let bearer = format!("Bearer {token}");
        let known = asked(&hub, method.clone(), &[SITE, ("authorization", &bearer)], QUERY).await;
        assert_eq!(readable(&known), None);
        let known: Value = known.json().await.unwrap();
        assert_eq!(known["data"]["viewer"]["person"]["name"], "Ada");
        // A session is refused as before, and any cookie at all closes the answer.
        let session = [SITE, ("cookie", "innesto-session=whatever")];
        let stolen = asked(&hub, method.clone(), &session, QUERY).await;
        assert_eq!((stolen.status().as_u16(), readable(&stolen)), (403, None));
        let other = asked(&hub, method, &[SITE, ("cookie", "of=another")], QUERY).await;
        assert_eq!((other.status().as_u16(), readable(&other)), (200, None));
    }
    let feed = hub.client.get(format!("{}/feeds/practices.atom", hub.url)).header(SITE.0, SITE.1).send().await.unwrap();
    assert_eq!((feed.status().as_u16(), readable(&feed)), (200, Some("*")));
    // An event stream is an answer like any other.
    let stream = [SITE, ("accept", "text/event-stream")];
    let told = asked(&hub, Method::GET, &stream, "subscription { networkEvents { cursor } }").await;
    assert_eq!((told.status().as_u16(), readable(&told)), (200, Some("*")));
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let place = Place::new(Engine::Sqlite).await;
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    let token =
        place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own,write:own"]);
    let hub = place.serve(&[]);
    let change = r#"mutation { requestSignInCode(input: { email: "ada@example.invalid" }) { userErrors { code } } }"#;
    for foreign in [SITE, ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "null")] {
        for accept in ["application/json", "text/event-stream"] {
            let answer = asked(&hub, Method::POST, &[foreign, ("accept", accept)], change).await;
            assert_eq!(answer.status(), 403, "{foreign:?} {accept}");
            let told: Value = answer.json().await.unwrap();
            assert_eq!(told["errors"][0]["extensions"]["code"], "CROSS_SITE");
        }
    }
    // Our own pages, and programs: with a token whatever they say of themselves.
    let own: Value =
        asked(&hub, Method::POST, &[("sec-fetch-site", "same-origin")], change).await.json().await.unwrap();
    assert_eq!(own["data"]["requestSignInCode"]["userErrors"], json!([]));
    let bearer = format!("Bearer {token}");
    let profile = "mutation { updateProfile(input: { language: EN }) { userErrors { code } } }";
    let program: Value =
        asked(&hub, Method::POST, &[SITE, ("authorization", &bearer)], profile).await.json().await.unwrap();
    assert_eq!(program["data"]["updateProfile"]["userErrors"], json!([]), "{program}");
}
