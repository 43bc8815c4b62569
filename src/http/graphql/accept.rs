//! Which media type an answer is written in, by the `Accept` header (RFC 9110, 12.5.1), and with which status: the rules
//! of GraphQL over HTTP (edition of September 2026), as its audit suite reads them.
use crate::http::answers::Outcome;
use axum::http::{HeaderMap, StatusCode, header};

/// The two ways to write an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::http) enum Media {
    /// `application/graphql-response+json`: the status tells how it went.
    Modern,
    /// `application/json`, for older clients: whatever was well asked is answered with 200.
    Plain,
}

impl Media {
    /// The type's name.
    pub(in crate::http) const fn name(self) -> &'static str {
        match self {
            Self::Modern => "application/graphql-response+json",
            Self::Plain => "application/json",
        }
    }

    /// The value of `Content-Type`.
    pub(in crate::http) const fn content_type(self) -> &'static str {
        match self {
            Self::Modern => "application/graphql-response+json; charset=utf-8",
            Self::Plain => "application/json; charset=utf-8",
        }
    }

    /// The status of an answer by how it went.
    pub(in crate::http) fn executed(self, outcome: Outcome) -> StatusCode {
        match (self, outcome) {
            (Self::Plain, _) | (Self::Modern, Outcome::Whole) => StatusCode::OK,
            // "Partial Success" is the specification's own code, for the modern type only.
            (Self::Modern, Outcome::Partial | Outcome::Faulty) => StatusCode::from_u16(294).unwrap_or(StatusCode::OK),
            (Self::Modern, Outcome::Refused) => StatusCode::BAD_REQUEST,
        }
    }

    /// The status of an answer without data to a question that was well formed.
    pub(in crate::http) const fn refused(self, status: StatusCode) -> StatusCode {
        match self {
            Self::Modern => status,
            Self::Plain => StatusCode::OK,
        }
    }
}

/// How much a media type is wanted, in thousandths, and how precisely it was named: 2 by its name, 1 as
/// `application/*`, 0 as `*/*`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    quality: u16,
    precision: u8,
}

/// The most media ranges read.
const MOST_RANGES: usize = 32;

/// The media type to answer in; none where the client takes neither. Without a wish the plain one.
pub(in crate::http) fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let lines = || headers.get_all(header::ACCEPT).iter().map(|value| value.to_str().unwrap_or_default());
    if lines().all(|line| line.trim().is_empty()) {
        return Some(Media::Plain);
    }
    let wanted = |media: Media| {
        let ranges = lines().flat_map(|line| line.split(',')).take(MOST_RANGES);
        // The most precise range counts, not the kindest: `application/json;q=0, */*` does not want JSON.
        ranges.filter_map(|range| matched(range, media)).max_by_key(|wanted| wanted.precision)
    };
    let (modern, plain) = (wanted(Media::Modern), wanted(Media::Plain));
    let chosen = match (modern, plain) {
        (Some(modern), Some(plain)) if modern > plain || (modern == plain && modern.precision == 2) => {
            (Media::Modern, modern)
        }
        (_, Some(plain)) => (Media::Plain, plain),
        (Some(modern), None) => (Media::Modern, modern),
        (None, None) => return None,
    };
    (chosen.1.quality > 0).then_some(chosen.0)
}

fn matched(range: &str, media: Media) -> Option<Wanted> {
    let mut pieces = range.split(';').map(str::trim);
    let name = pieces.next()?;
    let precision = match name {
        "*/*" => 0,
        _ if name.eq_ignore_ascii_case("application/*") => 1,
        _ if name.eq_ignore_ascii_case(media.name()) => 2,
        _ => return None,
    };
    let quality = pieces.find_map(|piece| piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q=")));
    let quality = quality.map_or(Some(1.0), |quality| quality.parse::<f32>().ok()).filter(|q| (0.0..=1.0).contains(q));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
    Some(Wanted { quality: (quality.unwrap_or(0.0) * 1000.0) as u16, precision })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_type_is_chosen_and_the_plain_one_where_nothing_is_said() {
        use Media::{Modern, Plain};
        for (accept, media) in [
            (vec![], Some(Plain)),
            (vec![""], Some(Plain)),
            (vec!["*/*"], Some(Plain)),
            (vec!["application/*"], Some(Plain)),
            (vec!["application/json"], Some(Plain)),
            (vec!["application/graphql-response+json"], Some(Modern)),
            (vec!["APPLICATION/GraphQL-Response+JSON; charset=utf-8"], Some(Modern)),
            (vec!["application/graphql-response+json, application/json;q=0.9"], Some(Modern)),
            (vec!["application/json, application/graphql-response+json"], Some(Modern)),
            (vec!["application/json", "application/graphql-response+json"], Some(Modern)),
            (vec!["application/graphql-response+json;q=0.5, application/json"], Some(Plain)),
            (vec!["application/graphql-response+json, */*"], Some(Modern)),
            (vec!["application/json, */*"], Some(Plain)),
            (vec!["text/html, */*;q=0.1"], Some(Plain)),
            (vec!["application/json;q=0, */*"], Some(Modern)),
            (vec!["application/json;q=0"], None),
            (vec!["application/json;q=nonsense"], None),
            (vec!["text/html"], None),
            (vec!["text/event-stream"], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in &accept {
                headers.append(header::ACCEPT, line.parse().unwrap());
            }
            assert_eq!(negotiate(&headers), media, "{accept:?}");
        }
    }
}
