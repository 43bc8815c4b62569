//! Coercing Variable Values (section 6.1.2 of the specification): each given value is fitted to its variable's type
//! before anything runs, and an error names the variable and the place in its value.
use super::{
    limits,
    places::Places,
    refused::{Refused, RefusedKind},
};
use crate::graphql::scalar;
use apollo_compiler::{
    Schema,
    ast::Type,
    executable::Operation,
    schema::{ExtendedType, InputObjectType},
    validation::Valid,
};
use serde_json::{Map, Number, Value};
use std::fmt::Write;

struct Coercion<'a> {
    schema: &'a Valid<Schema>,
    /// The variable's name and the path into its value, e.g. `input.partners[2].kind`.
    path: String,
    faults: Vec<String>,
}

/// The values for the variables that the operation defines; those given beside are left out.
///
/// # Errors
/// Tells each variable that lacks a value or has one that does not fit.
pub(super) fn coerce(
    schema: &Valid<Schema>,
    operation: &Operation,
    mut given: Map<String, Value>,
    places: &Places,
) -> Result<Map<String, Value>, Refused> {
    let (mut values, mut faults) = (Map::new(), Vec::new());
    for variable in &operation.variables {
        let (name, ty) = (variable.name.as_str(), &*variable.ty);
        let place = places.of(variable.location());
        match given.remove(name) {
            None if variable.default_value.is_some() || !ty.is_non_null() => {}
            None => faults.push((format!("Variable \"${name}\" of required type \"{ty}\" was not provided."), place)),
            Some(Value::Null) if ty.is_non_null() => {
                faults.push((format!("Variable \"${name}\" of non-null type \"{ty}\" must not be null."), place));
            }
            Some(value) => {
                let mut coercion = Coercion { schema, path: name.to_owned(), faults: Vec::new() };
                let coerced = coercion.value(ty, value);
                faults
                    .extend(coercion.faults.into_iter().map(|fault| (format!("Variable \"${name}\" {fault}"), place)));
                values.insert(name.to_owned(), coerced);
            }
        }
        if faults.len() >= limits::ERRORS {
            break;
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(Refused::for_all(RefusedKind::Variables, faults)) }
}

impl Coercion<'_> {
    fn value(&mut self, ty: &Type, value: Value) -> Value {
        if self.faults.len() >= limits::ERRORS {
            return Value::Null;
        }
        match (ty, value) {
            (_, Value::Null) if ty.is_non_null() => {
                self.fault(&Value::Null, &format!("Expected non-nullable type \"{ty}\" not to be null."))
            }
            (_, Value::Null) => Value::Null,
            (Type::List(item) | Type::NonNullList(item), Value::Array(items)) => {
                let items = items.into_iter().enumerate();
                Value::Array(items.map(|(at, value)| self.within(&format!("[{at}]"), item, value)).collect())
            }
            (Type::List(item) | Type::NonNullList(item), value) => Value::Array(vec![self.value(item, value)]),
            (Type::Named(name) | Type::NonNullNamed(name), value) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => self.object(object, value),
                Some(ExtendedType::Enum(definition)) => match &value {
                    Value::String(text) if definition.values.contains_key(text.as_str()) => value,
                    Value::String(text) => {
                        let told = format!("Value \"{}\" does not exist in \"{name}\" enum.", shown(text));
                        self.fault(&value, &told)
                    }
                    _ => self.fault(&value, &format!("Enum \"{name}\" cannot represent non-string value.")),
                },
                _ => self.scalar(name, value),
            },
        }
    }

    /// A value inside another.
    fn within(&mut self, step: &str, ty: &Type, value: Value) -> Value {
        let length = self.path.len();
        self.path.push_str(step);
        let coerced = self.value(ty, value);
        self.path.truncate(length);
        coerced
    }

    fn object(&mut self, object: &InputObjectType, value: Value) -> Value {
        let name = &object.name;
        let Value::Object(mut given) = value else {
            return self.fault(&value, &format!("Expected type \"{name}\" to be an object."));
        };
        if object.directives.has("oneOf") {
            if given.len() != 1 {
                let told = format!("Exactly one key must be specified for OneOf type \"{name}\".");
                return self.fault(&Value::Object(given), &told);
            }
            if let Some((key, Value::Null)) = given.iter().next() {
                let told = format!("Field \"{}\" must be non-null.", shown(key));
                return self.fault(&Value::Object(given), &told);
            }
        }
        if let Some(unknown) = given.keys().find(|key| !object.fields.contains_key(key.as_str())) {
            let told = format!("Field \"{}\" is not defined by type \"{name}\".", shown(unknown));
            return self.fault(&Value::Object(given), &told);
        }
        let mut coerced = Map::new();
        for (field, definition) in &object.fields {
            if let Some(value) = given.remove(field.as_str()) {
                let value = self.within(&format!(".{field}"), &definition.ty, value);
                coerced.insert(field.to_string(), value);
            } else if definition.ty.is_non_null() && definition.default_value.is_none() {
                let told = format!("Field \"{field}\" of required type \"{}\" was not provided.", definition.ty);
                self.fault(&Value::Object(Map::new()), &told);
            }
        }
        Value::Object(coerced)
    }

    fn scalar(&mut self, name: &str, value: Value) -> Value {
        let fits = match (name, &value) {
            ("Int", Value::Number(number)) => match whole(number) {
                Some(whole) if i32::try_from(whole).is_ok() => return Value::from(whole),
                Some(_) => return self.fault(&value, "Int cannot represent non 32-bit signed integer value."),
                None => false,
            },
            ("ID", Value::Number(number)) => match whole(number) {
                Some(whole) => return Value::String(whole.to_string()),
                None if number.is_u64() => return Value::String(number.to_string()),
                None => false,
            },
            ("Float", Value::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
            ("Boolean", Value::Bool(_)) | ("String" | "ID", Value::String(_)) => true,
            ("Int" | "Float" | "Boolean" | "String" | "ID", _) => false,
            _ => match scalar::judged(name, &value) {
                Ok(()) => true,
                Err(told) => return self.fault(&value, &told),
            },
        };
        if fits { value } else { self.fault(&value, &format!("{name} cannot represent this value.")) }
    }

    /// Notes what is wrong at this place; the value counts no further.
    fn fault(&mut self, value: &Value, told: &str) -> Value {
        let mut fault = String::from("got invalid value ");
        let _ = match value {
            Value::Object(_) => fault.write_str("{…}"),
            Value::Array(_) => fault.write_str("[…]"),
            Value::String(text) => write!(fault, "\"{}\"", shown(text)),
            other => write!(fault, "{other}"),
        };
        if self.path.contains(['.', '[']) {
            let _ = write!(fault, " at \"{}\"", self.path);
        }
        fault.push_str("; ");
        fault.push_str(told);
        self.faults.push(fault);
        Value::Null
    }
}

/// A number without a fraction; `1.0` is one.
fn whole(number: &Number) -> Option<i64> {
    /// Beyond this, a floating-point number is no longer exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
        format!("{float:.0}").parse().ok()
    })
}

/// The beginning of a text that a client sent.
fn shown(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
