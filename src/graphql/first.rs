//! The argument of a short list: so many, with a usual number where nothing is said.
use super::error::bad_argument;
use async_graphql::{InputType, InputValueError, InputValueResult, Result, Value, registry::Registry};
use std::borrow::Cow;

/// An `Int! = USUAL`. A variable that was left out counts as an argument that was left out, as the specification has it
/// (section 6.4.1); for an `i32` the engine would refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First<const USUAL: i32>(i32);

impl<const USUAL: i32> Default for First<USUAL> {
    fn default() -> Self {
        Self(USUAL)
    }
}

impl<const USUAL: i32> First<USUAL> {
    /// How many are asked for, from 1 to `most`.
    ///
    /// # Errors
    /// Says what the limit is; nothing is cut in silence.
    pub fn within(self, most: usize) -> Result<usize> {
        match usize::try_from(self.0) {
            Ok(n) if (1..=most).contains(&n) => Ok(n),
            _ => Err(bad_argument(format!("`first` must be from 1 to {most}."))),
        }
    }
}

impl<const USUAL: i32> InputType for First<USUAL> {
    type RawValueType = i32;

    fn type_name() -> Cow<'static, str> {
        i32::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        i32::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(value) = value else { return Ok(Self::default()) };
        i32::parse(Some(value)).map(Self).map_err(InputValueError::propagate)
    }

    fn to_value(&self) -> Value {
        InputType::to_value(&self.0)
    }

    fn as_raw_value(&self) -> Option<&i32> {
        Some(&self.0)
    }
}
