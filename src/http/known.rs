//! Whether whoever asks has the same already (RFC 9110, section 13).
use crate::domain::time::Ts;
use axum::http::{HeaderMap, header};

/// Whether the headers name this entity tag; where they name none, whether nothing has changed since the day they give.
pub(super) fn is_known(headers: &HeaderMap, etag: &str, changed: Option<Ts>) -> bool {
    let same = |tag: &str| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*";
    if headers.contains_key(header::IF_NONE_MATCH) {
        let mut known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        return known.any(|tags| tags.split(',').any(same));
    }
    let since = headers.get(header::IF_MODIFIED_SINCE).and_then(|value| Ts::from_http_date(value.to_str().ok()?));
    // The header has whole seconds.
    changed
        .zip(since)
        .is_some_and(|(changed, since)| changed.micros().div_euclid(1_000_000) * 1_000_000 <= since.micros())
}
