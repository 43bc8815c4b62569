//! The messages of `graphql-transport-ws`, judged as strictly as the reference implementation judges them.
use crate::http::graphql::Question;
use serde_json::{Map, Value, json};

/// The longest id of an operation, in bytes.
const LONGEST_ID: usize = 200;

/// What a client says.
#[derive(Debug)]
pub(super) enum Incoming {
    /// Begins; with what it proves who it is, if not by the request's headers.
    Init { authorization: Option<String> },
    /// Is somebody there?
    Ping(Option<Map<String, Value>>),
    /// Somebody is.
    Pong,
    /// Opens an operation.
    Subscribe { id: String, question: Question },
    /// Wants no more of an operation.
    Complete { id: String },
}

/// Reads a message.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(text: &str) -> Result<Incoming, String> {
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err("Invalid message received: a message is a JSON object".to_owned());
    };
    let Some(Value::String(kind)) = message.remove("type") else {
        return Err("Message is missing the 'type' property".to_owned());
    };
    match kind.as_str() {
        "connection_init" => {
            let payload = payload(&mut message)?.unwrap_or_default();
            let said = |(name, value): (&String, &Value)| {
                name.eq_ignore_ascii_case("authorization").then(|| value.as_str().unwrap_or_default().to_owned())
            };
            Ok(Incoming::Init { authorization: payload.iter().find_map(said) })
        }
        "ping" => Ok(Incoming::Ping(payload(&mut message)?)),
        "pong" => payload(&mut message).map(|_| Incoming::Pong),
        "complete" => Ok(Incoming::Complete { id: id(&mut message)? }),
        "subscribe" => {
            let id = id(&mut message)?;
            let payload = payload(&mut message)?.ok_or("A 'subscribe' message needs a 'payload'")?;
            Ok(Incoming::Subscribe { id, question: Question::said(payload).map_err(|rejected| rejected.told())? })
        }
        other => {
            let shown: String = other.chars().take(40).collect();
            Err(format!("Unexpected message of type {shown} received"))
        }
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, String> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err("A 'payload' is an object".to_owned()),
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, String> {
    match message.remove("id") {
        Some(Value::String(id)) if id.is_empty() => Err("An 'id' must not be empty".to_owned()),
        Some(Value::String(id)) if id.len() > LONGEST_ID => Err(format!("An 'id' has at most {LONGEST_ID} bytes")),
        Some(Value::String(id)) => Ok(id),
        _ => Err("The message needs an 'id' that is a string".to_owned()),
    }
}

/// A result that is written already, as a `next` message.
pub(super) fn next(id: &str, json: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{json}}}"#, Value::from(id))
}

/// The end of an operation.
pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

/// An operation that was not begun.
pub(super) fn error(id: &str, errors: &impl serde::Serialize) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_told_apart_from_what_is() {
        for good in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"ping","payload":{"a":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ x }","variables":null,"extensions":{}}}"#,
            r#"{"type":"complete","id":"1"}"#,
        ] {
            assert!(read(good).is_ok(), "{good}");
        }
        for wrong in [
            "",
            "[]",
            "7",
            r#"{"id":"1"}"#,
            r#"{"type":7}"#,
            r#"{"type":"next","id":"1","payload":{}}"#,
            r#"{"type":"ping","payload":[]}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{ x }"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ x }","variables":[]}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ x }","operationName":1}}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_written_as_json_whatever_it_holds() {
        let written: Value = serde_json::from_str(&next("a\"\n", r#"{"data":{}}"#)).unwrap();
        assert_eq!(written, json!({ "id": "a\"\n", "type": "next", "payload": { "data": {} } }));
    }
}
