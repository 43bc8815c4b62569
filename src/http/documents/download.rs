//! `GET /documents/{id}/{name}`: the bytes, to whoever may see a practice in whose kit the document stands. To all
//! others it is not there.
use super::{accounted, broken, range, range::Asked};
use crate::{
    domain::{
        document::Document,
        id::{DocumentId, Kind, kind},
        text::Language,
        word::Word,
    },
    graphql::opened,
    http::{
        Hub,
        graphql::{Rejected, too_many},
        visitor,
    },
    service::documents,
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use std::{fmt::Write, net::SocketAddr};

/// Points of one download.
const COST: i64 = 50;

/// Gives a document out. The name in the address is for people; the id says which.
pub(super) async fn get(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path((id, _)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    accounted(&hub, "download", async |request_id| given(&hub, peer, &id, &method, headers, request_id).await).await
}

async fn given(
    hub: &Hub,
    peer: SocketAddr,
    id: &str,
    method: &Method,
    mut headers: HeaderMap,
    request_id: &str,
) -> Result<Response, Rejected> {
    // A link on another site's page, or in a mail read in a browser, may lead here, but not with the reader's rights.
    if !visitor::from_here(&headers) {
        headers.remove(header::COOKIE);
    }
    let visitor = visitor::of(hub, &headers, peer.ip(), request_id).await?;
    let spent = hub.points.spend(&visitor.actor, visitor.address, COST, hub.app.clock.now());
    spent.map_err(|spent| Rejected::too_many(spent, too_many(visitor.language, spent)))?;
    let id: DocumentId = match opened(id) {
        Some((of, uuid)) if of == kind::Document::NAME => DocumentId::of(uuid),
        _ => return Err(missing(visitor.language)),
    };
    let found = documents::find_many(&hub.app, &visitor.actor, &[id]).await;
    let found = found.map_err(|fault| broken(&fault, request_id))?.pop();
    let (document, public) = found.ok_or_else(|| missing(visitor.language))?;
    let length = u64::try_from(document.size).unwrap_or_default();
    let etag = format!("\"{}\"", document.sha256);
    let mut response = Response::new(Body::empty());
    let asked = range::asked(&headers, &etag, length);
    describe(response.headers_mut(), &document, public, &etag);
    let bytes = match asked {
        Asked::Nothing => {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        Asked::Beyond => {
            let told = visitor.language.pick("Il documento è più corto.", "The document is shorter.");
            let rejected = Rejected::malformed(StatusCode::RANGE_NOT_SATISFIABLE, "RANGE", told);
            return Err(rejected.with(header::CONTENT_RANGE, text(format!("bytes */{length}"))));
        }
        Asked::Part(bytes) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let part = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            response.headers_mut().insert(header::CONTENT_RANGE, text(part));
            bytes
        }
        Asked::Whole => 0..length,
    };
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.end - bytes.start));
    if method != Method::HEAD {
        let stream = hub.app.files.read(document.id, Some(bytes)).await.map_err(|fault| broken(&fault, request_id))?;
        *response.body_mut() = Body::from_stream(stream);
    }
    Ok(response)
}

fn missing(language: Language) -> Rejected {
    let told = language.pick(
        "Documento non trovato: non esiste o non è visibile per voi. Se è vostro, accedete e riprovate.",
        "No such document: it does not exist or is not visible to you. If it is yours, sign in and try again.",
    );
    Rejected::malformed(StatusCode::NOT_FOUND, "NOT_FOUND", told)
}

fn describe(headers: &mut HeaderMap, document: &Document, public: bool, etag: &str) {
    let kept = if public { "public, no-cache" } else { "private, no-cache" };
    for (name, value) in [
        (header::CONTENT_TYPE, content_type(document)),
        (header::CONTENT_DISPOSITION, saved_as(&document.name)),
        (header::ETAG, etag.to_owned()),
        (header::CACHE_CONTROL, kept.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ] {
        headers.insert(name, text(value));
    }
}

fn content_type(document: &Document) -> String {
    let media_type = document.media_type.as_str();
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// To be saved, under this name (RFC 6266, RFC 8187).
fn saved_as(name: &str) -> String {
    let mut value = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}

fn text(value: String) -> HeaderValue {
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_so_that_no_header_breaks() {
        let saved = saved_as("perché \"no\"; a=b.pdf");
        assert_eq!(saved, "attachment; filename*=UTF-8''perch%C3%A9%20%22no%22%3B%20a%3Db.pdf");
    }
}
