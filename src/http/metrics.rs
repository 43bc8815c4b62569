//! `/metrics` for Prometheus: with the token of the settings, or, where there is none, from this machine only.
use super::{Hub, visitor::bearer};
use crate::{config::Config, metrics::MEDIA_TYPE, service::health};
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::net::{IpAddr, SocketAddr};
use subtle::ConstantTimeEq;

/// The numbers, or why they are not shown.
pub(super) async fn page(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if let Err(refused) = allowed(&hub.app.config, peer.ip(), &headers) {
        return refused.into_response();
    }
    if let Some(fault) = hub.app.metrics.refresh(health::backlog(&hub.app)).await {
        tracing::error!(%fault, "the database does not answer");
    }
    hub.tell_memories();
    match hub.app.metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

type Refused = (StatusCode, [(header::HeaderName, &'static str); 1], &'static str);

/// Headers by which a proxy says that the request is somebody else's.
const PASSED_ON: [&str; 4] = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

fn allowed(config: &Config, peer: IpAddr, headers: &HeaderMap) -> Result<(), Refused> {
    if let Some(token) = &config.metrics_token {
        let given = bearer(headers).unwrap_or_default();
        if given.as_bytes().ct_eq(token.expose().as_bytes()).into() {
            return Ok(());
        }
        let told = "Send Authorization: Bearer and the setting metrics_token.\n";
        return Err((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], told));
    }
    if peer.to_canonical().is_loopback() && PASSED_ON.iter().all(|name| !headers.contains_key(*name)) {
        return Ok(());
    }
    let told = "Metrics are shown to this machine only. For others, set metrics_token.\n";
    Err((StatusCode::FORBIDDEN, [(header::CACHE_CONTROL, "no-store")], told))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(config: &[(&str, &str)], peer: &str, headers: &[(&'static str, &'static str)]) -> u16 {
        let config = Config::of(config.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()).unwrap();
        let headers = headers.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect();
        allowed(&config, peer.parse().unwrap(), &headers).map_or_else(|refused| refused.0.as_u16(), |()| 200)
    }

    #[test]
    fn without_a_token_only_this_machine_itself_sees_them() {
        assert_eq!(status(&[], "127.0.0.1", &[]), 200);
        assert_eq!(status(&[], "::1", &[]), 200);
        assert_eq!(status(&[], "::ffff:127.0.0.1", &[]), 200);
        assert_eq!(status(&[], "192.0.2.7", &[]), 403);
        // A proxy on this machine passes on what comes from outside.
        for header in PASSED_ON {
            assert_eq!(status(&[], "127.0.0.1", &[(header, "192.0.2.7")]), 403, "{header}");
        }
    }

    #[test]
    fn with_a_token_nobody_sees_them_without_it() {
        let config = [("metrics_token", "0123456789abcdef")];
        assert_eq!(status(&config, "127.0.0.1", &[]), 401);
        assert_eq!(status(&config, "127.0.0.1", &[("authorization", "Bearer 0123456789abcdeX")]), 401);
        assert_eq!(status(&config, "127.0.0.1", &[("authorization", "Basic 0123456789abcdef")]), 401);
        assert_eq!(status(&config, "192.0.2.7", &[("authorization", "Bearer 0123456789abcdef")]), 200);
    }
}
