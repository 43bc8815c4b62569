//! The place of an event in the log, as clients keep it.
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// The place of an event in the hub's log, opaque: keep that of the last event you got, and give it as `after` to go on
/// without loss or repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventCursor(pub i64);

impl EventCursor {
    /// As it is written.
    #[must_use]
    pub fn opaque(self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("event:{}", self.0))
    }

    /// What was written so; `None` for anything else.
    #[must_use]
    pub fn opened(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let number: i64 = std::str::from_utf8(&bytes).ok()?.strip_prefix("event:")?.parse().ok()?;
        // One way to write each, so that no two cursors look different and mean the same.
        Some(Self(number)).filter(|cursor| number >= 0 && cursor.opaque() == text)
    }
}

/// The place of an event in the hub's log, opaque: keep that of the last event you got, and give it as `after` to go on
/// without loss or repetition.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc4648#section-5")]
impl ScalarType for EventCursor {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        Self::opened(text).ok_or_else(|| {
            let told = "This is no cursor of an event: give one that came with an event, or leave it out to begin now.";
            InputValueError::custom(told).with_extension("code", "BAD_ARGUMENT")
        })
    }
    fn to_value(&self) -> Value {
        Value::String(self.opaque())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went_and_nothing_else_is_one() {
        for number in [0, 1, 99, i64::MAX] {
            assert_eq!(EventCursor::opened(&EventCursor(number).opaque()), Some(EventCursor(number)));
        }
        for wrong in ["", "1", "event:1", "💥", "ZXZlbnQ6", "ZXZlbnQ6LTE", "ZXZlbnQ6MDE", "ZXZlbnQ6KzE"] {
            assert_eq!(EventCursor::opened(wrong), None, "{wrong}");
        }
    }
}
