//! Whether whoever asks has the same already (RFC 9110, section 13.1.2). Nothing is told by the day it last changed.
use axum::http::{HeaderMap, header};

/// Whether the headers name this entity tag, or any.
pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let same = |tag: &str| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*";
    let mut known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.any(|tags| tags.split(',').any(same))
}
