//! Which part of a document is asked for (RFC 9110, 13 and 14): all of it, what has not changed since, or one range.
//! Several ranges at once are answered with the whole, which the standard allows.
use crate::http::known::is_known;
use axum::http::{HeaderMap, header};
use std::ops::Range;

/// What is to be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it.
    Whole,
    /// From the first of these bytes up to but without the last.
    Part(Range<u64>),
    /// Who asks has it already.
    Nothing,
    /// There is no such part.
    Beyond,
}

/// Reads the headers for a document of `length` bytes, at least one.
pub(super) fn asked(headers: &HeaderMap, etag: &str, length: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if is_known(headers, etag, None) {
        return Asked::Nothing;
    }
    let whole_if_changed = text(header::IF_RANGE).is_none_or(|tag| tag.trim() == etag);
    match text(header::RANGE).filter(|_| whole_if_changed) {
        Some(range) => part(range, length).unwrap_or(Asked::Whole),
        None => Asked::Whole,
    }
}

/// One range; none where it cannot be read, or there are several.
fn part(range: &str, length: u64) -> Option<Asked> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    if first.is_empty() {
        let suffix = number(last).filter(|_| !last.is_empty())?;
        return Some(if suffix == 0 { Asked::Beyond } else { Asked::Part(length.saturating_sub(suffix)..length) });
    }
    let first = number(first)?;
    let last = if last.is_empty() { length - 1 } else { number(last)?.min(length - 1) };
    if first >= length {
        return Some(Asked::Beyond);
    }
    (first <= last).then_some(Asked::Part(first..last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(header::HeaderName, &str)]) -> Asked {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        asked(&headers, "\"abc\"", 10)
    }

    #[test]
    fn one_range_is_read_and_anything_else_is_the_whole() {
        for (range, wanted) in [
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=8-99999999999999999999999", Asked::Part(8..10)),
            ("bytes=10-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=3-1", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("pages=1-2", Asked::Whole),
        ] {
            assert_eq!(read(&[(header::RANGE, range)]), wanted, "{range}");
        }
        assert_eq!(read(&[(header::RANGE, "bytes=0-3"), (header::IF_RANGE, "\"abc\"")]), Asked::Part(0..4));
        assert_eq!(read(&[(header::RANGE, "bytes=0-3"), (header::IF_RANGE, "\"other\"")]), Asked::Whole);
    }

    #[test]
    fn who_has_it_already_gets_nothing() {
        assert_eq!(read(&[]), Asked::Whole);
        for (tags, wanted) in [
            ("\"abc\"", Asked::Nothing),
            ("\"x\", W/\"abc\"", Asked::Nothing),
            ("*", Asked::Nothing),
            ("\"x\"", Asked::Whole),
        ] {
            assert_eq!(read(&[(header::IF_NONE_MATCH, tags)]), wanted, "{tags}");
        }
    }
}
