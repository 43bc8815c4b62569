//! Pages of other sites (the Fetch standard's CORS): they may ask what everybody may, and read the answer. Whatever comes
//! with a cookie or a token is answered as ever, but no page of another site may read it; and none may change anything.
use super::{graphql::Rejected, visitor};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// What a page may send beside what it always may. Never `Authorization`: a token in another site's page is lost.
const MAY_SEND: &str = "content-type, if-none-match, last-event-id";
/// What a page may read beside what it always may.
const MAY_READ: &str = "etag, ratelimit, ratelimit-policy, retry-after, x-ratelimit-cost, x-request-id";
/// Seconds for which a browser need not ask again whether it may ask. Browsers remember it for two hours at most.
const REMEMBERED: &str = "7200";

/// Lets every page read what strangers are told. It stands before all else: it answers the question whether one may ask
/// by itself. `tower-http`'s layer takes every `OPTIONS` for that question, and does not look at cookies.
pub(super) async fn everybodys(request: Request, next: Next) -> Response {
    if is_preflight(&request) {
        let told = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, MAY_SEND),
            (header::ACCESS_CONTROL_MAX_AGE, REMEMBERED),
        ];
        return (StatusCode::NO_CONTENT, told).into_response();
    }
    let stranger = is_stranger(request.headers());
    let mut response = next.run(request).await;
    if stranger {
        // Not the page's own address: so caches need not tell one page from another.
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(MAY_READ));
    }
    response
}

fn is_preflight(request: &Request) -> bool {
    let asks = |name| request.headers().contains_key(name);
    request.method() == Method::OPTIONS && asks(header::ORIGIN) && asks(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Whether nothing in the request could say who asks, so that the answer is what everybody gets.
fn is_stranger(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::COOKIE) && !headers.contains_key(header::AUTHORIZATION)
}

/// Whether the request may change anything: a program's with its token, or one of our own pages'.
pub(super) fn may_change(headers: &HeaderMap) -> bool {
    visitor::bearer(headers).is_some() || visitor::from_here(headers)
}

/// The refusal of a change.
pub(super) fn refused() -> Rejected {
    let told = "A page of another site may ask, but not change anything.";
    Rejected::malformed(StatusCode::FORBIDDEN, "CROSS_SITE", told)
}
