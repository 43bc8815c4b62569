//! Scalars of the schema, each with the specification of its form.
use crate::domain::time::{Date, Month, Ts};
use async_graphql::{InputValueError, InputValueResult, Pos, Scalar, ScalarType, Value};

/// An instant, RFC 3339 in UTC with up to microseconds: `2026-11-22T09:30:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Ts);

/// An instant, RFC 3339 in UTC with up to microseconds: `2026-11-22T09:30:00Z`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text
                .parse()
                .map(|at| Self(Ts::new(at)))
                .map_err(|_| InputValueError::custom("A DateTime is written like 2026-11-22T09:30:00Z.")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A calendar day: `2026-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalDate(pub Date);

/// A calendar day: `2026-11-22`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for LocalDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            // jiff would also read the day of a whole instant; a day is only a day here.
            Value::String(text) if text.len() == 10 => {
                text.parse().map(Self).map_err(|_| InputValueError::custom("A LocalDate is written like 2026-11-22."))
            }
            Value::String(_) => Err(InputValueError::custom("A LocalDate is written like 2026-11-22.")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A calendar month: `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMonth(pub Month);

/// A calendar month: `2026-11`.
#[Scalar(specified_by_url = "https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#valid-month-string")]
impl ScalarType for YearMonth {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Month::parse(text)
                .map(Self)
                .ok_or_else(|| InputValueError::custom("A YearMonth is written like 2026-11, from 1900 to 2100.")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Whether a scalar of the schema's own can be read from the value of a variable; one that is not of this file judges
/// its values where it is used.
///
/// # Errors
/// Says how it is written.
pub(super) fn judged(name: &str, value: &serde_json::Value) -> Result<(), String> {
    fn read<T: ScalarType + async_graphql::InputType>(value: Value) -> Result<(), String> {
        <T as ScalarType>::parse(value).map(drop).map_err(|wrong| wrong.into_server_error(Pos::default()).message)
    }
    let read = match name {
        "DateTime" => read::<DateTime>,
        "LocalDate" => read::<LocalDate>,
        "YearMonth" => read::<YearMonth>,
        _ => return Ok(()),
    };
    Value::from_json(value.clone()).map_err(|error| error.to_string()).and_then(read)
}
