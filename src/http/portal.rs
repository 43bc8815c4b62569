//! The portal as its build leaves it, and how files are sent that were built into the binary: packed where the browser
//! takes it, kept for ever where the name holds a hash, under a policy that lets nothing come from elsewhere.
use super::failure;
use axum::{
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::sync::LazyLock;

/// `portal/dist`; the binary works without.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/portal/dist"]
#[allow_missing = true]
struct Portal;

/// Scripts, styles, pictures and answers of this hub only; no inline script, no inline style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the portal asks: its questions by their SHA-256, as its build wrote them down; empty where it was not built.
pub(super) fn documents() -> Vec<u8> {
    Portal::get("documents.json").map_or_else(Vec::new, |file| file.data.into_owned())
}

/// A file of the portal, or one of its pages: the program in the browser knows by the address which. Whatever no route
/// of the hub answers comes here.
pub(super) async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return failure::no_such_page();
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = path.starts_with("assets/").then(|| Portal::get(path)).flatten() {
        return send(path, file, &headers);
    }
    let is_room = ROOMS.iter().any(|room| path.split('/').next() == Some(room));
    if path.starts_with("assets/") || !wants_page(&headers, is_room) {
        return failure::no_such_page();
    }
    let Some(index) = Portal::get("index.html") else { return not_built() };
    let mut answer = send("index.html", index, &headers);
    if !is_room && answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::NOT_FOUND;
    }
    answer
}

/// Whether the page is meant: browsers name it; who takes anything, as curl does, is given it where there is one.
fn wants_page(asked: &HeaderMap, or_anything: bool) -> bool {
    let mut lines = asked.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    lines.peek().is_none() && or_anything
        || lines.any(|line| line.contains("text/html") || or_anything && line.contains("*/*"))
}

/// The first parts of the addresses that the portal has pages for, as its build wrote them down; any other is told as not
/// found.
static ROOMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file = Portal::get("rooms.json");
    let rooms = file.and_then(|file| serde_json::from_slice(&file.data).ok());
    rooms.unwrap_or_else(|| vec![String::new()])
});

/// Sends a file of the portal, packed as the browser likes it best.
fn send(path: &str, plain: EmbeddedFile, asked: &HeaderMap) -> Response {
    let kind = plain.metadata.mimetype().to_owned();
    let packed = |(packing, suffix)| {
        let file = takes(asked, packing).then(|| Portal::get(&format!("{path}.{suffix}")))??;
        Some((Some(packing), file))
    };
    let (packing, file) = [("br", "br"), ("gzip", "gz")].into_iter().find_map(packed).unwrap_or((None, plain));
    // Each form has a tag of its own: they are different bytes.
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&file.metadata.sha256_hash()[..12]));
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let lasting = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, lasting.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
        (header::ETAG, tag),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    let packing = packing.map(|packing| [(header::CONTENT_ENCODING, packing)]);
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    match packing {
        Some(packing) => (headers, packing, file.data.into_owned()).into_response(),
        None => (headers, file.data.into_owned()).into_response(),
    }
}

/// Whether a browser takes a packing. It names those it takes; one that weighs nothing is refused.
fn takes(asked: &HeaderMap, packing: &str) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(packing))
            && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// What stands in for the portal where it was not built.
fn not_built() -> Response {
    let page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Innesto</title></head><body><main>\
        <h1>Innesto</h1><p>The portal is not built into this binary. Build it with <code>npm ci &amp;&amp; npm run build\
        </code> in <code>portal/</code>, then build the hub again; <code>make build</code> does both.</p>\
        <p>The API is at <a href=\"/graphql\">/graphql</a>, a page for trying it at <a href=\"/graphiql/\">/graphiql/</a>.</p>\
        </main></body></html>";
    Html(page).into_response()
}
