//! The guard before execution, from outside: what it lets through is answered, what it refuses is told well.
mod answers;
mod corpus;
mod cost;
mod hostile;
mod variables;

use innesto::graphql::guard::{Approved, Guard, Refused};
use serde_json::{Map, Value};

/// Asks with variables given as a JSON object.
fn check(guard: &Guard, text: &str, variables: Value) -> Result<Approved, Refused> {
    let Value::Object(variables) = variables else { panic!("{variables} is no object") };
    guard.check(text, None, variables)
}

/// The messages of a refusal.
fn messages(refused: &Refused) -> Vec<&str> {
    refused.errors.iter().map(|error| error.message.as_str()).collect()
}

/// Asks without variables.
fn plain(guard: &Guard, text: &str) -> Result<Approved, Refused> {
    guard.check(text, None, Map::new())
}
