//! Where an error happened. The library's lists write the path of their item over the deeper one of the field that
//! failed, and its interfaces give none; so the field notes its path among the extensions, and it is put back in its place
//! before the answer leaves.
use async_graphql::{ErrorExtensionValues, PathSegment, ServerError, Value};

/// Not to be seen by anybody: [`restore`] takes it away.
const NOTE: &str = "__path";

/// Notes the path of an error, unless a field further down has done so; `located` gives it one where it has none.
pub(super) fn note(error: ServerError, located: impl FnOnce(ServerError) -> ServerError) -> ServerError {
    let is_noted = |values: &ErrorExtensionValues| values.get(NOTE).is_some();
    if error.extensions.as_ref().is_some_and(is_noted) {
        return error;
    }
    let mut error = if error.path.is_empty() { located(error) } else { error };
    let path = error.path.iter().map(|segment| match segment {
        PathSegment::Field(name) => Value::from(name.as_str()),
        PathSegment::Index(at) => Value::from(*at),
    });
    let path = Value::List(path.collect());
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(NOTE, path);
    error
}

/// Puts the path that was noted in its place.
pub fn restore(error: &mut ServerError) {
    let Some(extensions) = &mut error.extensions else { return };
    let Some(Value::List(path)) = extensions.get(NOTE).cloned() else { return };
    extensions.unset(NOTE);
    let segment = |value| match value {
        Value::String(name) => Some(PathSegment::Field(name)),
        Value::Number(at) => at.as_u64().and_then(|at| usize::try_from(at).ok()).map(PathSegment::Index),
        _ => None,
    };
    error.path = path.into_iter().filter_map(segment).collect();
}
