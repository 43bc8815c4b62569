//! Who is asking: by session cookie or bearer token; from which network address; in which language.
use super::{Hub, graphql::Rejected};
use crate::{
    domain::{permission::Actor, refusal::Fault, text::Language},
    graphql::{context::Browser, cookie::Cookie},
    service::{sessions, tokens},
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use std::net::IpAddr;

/// What is known of whoever asks.
pub(super) struct Visitor {
    pub actor: Actor,
    pub language: Language,
    /// The neighbourhood asked from, as far as it can be believed.
    pub address: IpAddr,
    pub browser: Browser,
}

/// Reads the headers.
///
/// # Errors
/// 401 for a token that is none, 403 for another site's page using a session, 500.
pub(super) async fn of(hub: &Hub, headers: &HeaderMap, peer: IpAddr, request_id: &str) -> Result<Visitor, Rejected> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let asked = Language::from_accept_language(text(header::ACCEPT_LANGUAGE));
    let https = hub.app.config.is_https();
    let cookie = |cookie: Cookie| {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = lines.filter_map(|line| cookie.read(https, line)).filter(|value| value.len() <= 200);
        values.next().map(str::to_owned)
    };
    let mut browser = Browser {
        name: text(header::USER_AGENT).chars().filter(|c| !c.is_control()).take(200).collect(),
        sign_in_secret: cookie(Cookie::SignIn),
        session_secret: cookie(Cookie::Session),
        session: None,
    };
    let address = neighbourhood(network(headers, peer, hub.app.config.trusted_proxies));
    let internal = |fault: Fault| {
        tracing::error!(request_id, %fault, "a visitor could not be recognised");
        Rejected::ours()
    };
    if let Some(token) = bearer(headers) {
        // A program's token stands alone: a cookie beside it must not lend it rights.
        browser = Browser { name: browser.name, ..Browser::default() };
        let Some((actor, language, _)) = tokens::actor_for_token(&hub.app, token).await.map_err(internal)? else {
            let told = "This API token is unknown, revoked or expired: make a new one in your profile.";
            let rejected = Rejected::malformed(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", told);
            return Err(rejected.with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
        };
        return Ok(Visitor { actor, language, address, browser });
    }
    if (browser.session_secret.is_some() || browser.sign_in_secret.is_some()) && !from_here(headers) {
        let told = "A page of another site may not use your session.";
        return Err(Rejected::malformed(StatusCode::FORBIDDEN, "CROSS_SITE", told));
    }
    if let Some(secret) = &browser.session_secret
        && let Some((actor, language, session)) =
            sessions::actor_for_session(&hub.app, secret).await.map_err(internal)?
    {
        browser.session = Some(session);
        return Ok(Visitor { actor, language, address, browser });
    }
    Ok(Visitor { actor: Actor::Nobody, language: asked, address, browser })
}

/// The bearer token of a request.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A household or office gets one IPv4 address, or a /64 of IPv6 addresses to choose from: limits count it as one.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Whether the request comes from one of our own pages, or from no page at all.
pub(super) fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    // Older browsers say only where the page is from.
    match text("origin") {
        None => true,
        Some(origin) => origin.split_once("://").is_some_and(|(_, place)| Some(place) == text("host")),
    }
}

/// The address asked from: the peer, or behind `proxies` reverse proxies the address that the first of them saw.
fn network(headers: &HeaderMap, peer: IpAddr, proxies: usize) -> IpAddr {
    let Some(back) = proxies.checked_sub(1) else { return peer };
    let seen: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    seen.len()
        .checked_sub(1 + back)
        .and_then(|at| seen.get(at))
        .and_then(|address| address.trim().parse().ok())
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse::<header::HeaderName>().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn only_as_many_forwarded_addresses_are_believed_as_there_are_proxies() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let forwarded = headers(&[("x-forwarded-for", "6.6.6.6, 198.51.100.7, 10.0.0.2")]);
        let seen = |proxies| network(&forwarded, peer, proxies).to_string();
        assert_eq!((seen(0).as_str(), seen(1).as_str(), seen(2).as_str()), ("10.0.0.1", "10.0.0.2", "198.51.100.7"));
        assert_eq!(network(&headers(&[]), peer, 1), peer);
        assert_eq!(network(&headers(&[("x-forwarded-for", "nonsense")]), peer, 1), peer);
    }

    #[test]
    fn neighbours_count_as_one() {
        let seen = |address: &str| neighbourhood(address.parse().unwrap()).to_string();
        assert_eq!(seen("2001:db8::1"), seen("2001:db8::ffff"));
        assert_ne!(seen("2001:db8::1"), seen("2001:db8:0:1::1"));
        assert_eq!(seen("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(seen("192.0.2.1"), seen("192.0.2.2"));
    }

    #[test]
    fn a_token_is_read_however_its_scheme_is_spelled() {
        for (said, token) in
            [("Bearer inn_x", Some("inn_x")), ("bearer  inn_x ", Some("inn_x")), ("Basic x", None), ("Bearer", None)]
        {
            let headers: HeaderMap = [(header::AUTHORIZATION, said.parse().unwrap())].into_iter().collect();
            assert_eq!(bearer(&headers), token, "{said}");
        }
    }

    #[test]
    fn another_sites_page_is_not_from_here() {
        assert!(from_here(&headers(&[])));
        assert!(from_here(&headers(&[("sec-fetch-site", "same-origin"), ("origin", "null")])));
        assert!(from_here(&headers(&[("origin", "https://hub.example"), ("host", "hub.example")])));
        for wrong in [
            [("sec-fetch-site", "cross-site"), ("host", "hub.example")],
            [("sec-fetch-site", "same-site"), ("host", "hub.example")],
            [("origin", "https://evil.example"), ("host", "hub.example")],
            [("origin", "null"), ("host", "hub.example")],
        ] {
            assert!(!from_here(&headers(&wrong)), "{wrong:?}");
        }
    }
}
