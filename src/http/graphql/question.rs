//! A question as clients send it: the body of a POST, or the address of a GET. What is no question is refused with a
//! sentence that says what one looks like; nothing of it reaches the schema.
use super::Rejected;
use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{HeaderMap, StatusCode, header},
};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// A well-formed question. What it asks may still be nonsense.
#[derive(Debug, Default, Deserialize)]
#[serde(expecting = "one object")]
pub(in crate::http) struct Question {
    /// The document's text, unless it is named.
    #[serde(default)]
    pub query: Option<String>,
    /// The name of a document that the hub knows: `sha256:` and its hash.
    #[serde(default, rename = "documentId")]
    pub document_id: Option<String>,
    /// Which of the document's operations.
    #[serde(default, rename = "operationName")]
    pub operation: Option<String>,
    /// Values of its variables.
    #[serde(default, deserialize_with = "map")]
    pub variables: Map<String, Value>,
    /// What clients and the hub agree on beyond the specification.
    #[serde(default, deserialize_with = "map")]
    pub extensions: Map<String, Value>,
}

/// `null` is as good as nothing.
fn map<'de, D: Deserializer<'de>>(from: D) -> Result<Map<String, Value>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// The hash in `extensions.persistedQuery`, as Apollo's clients send it.
#[derive(Deserialize)]
struct Persisted {
    version: u64,
    #[serde(rename = "sha256Hash")]
    hash: String,
}

const SHAPE: &str =
    "A question is one object {query or documentId, operationName?, variables?, extensions?}; batches are refused.";

impl Question {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// 415 for any other type than JSON in UTF-8: a page of another site can send forms and plain text without asking.
    /// 413 above the limit, 400 for what is no question.
    pub(in crate::http) fn posted(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Rejected> {
        if !is_json(headers) {
            let told = "Send one JSON object with the header Content-Type: application/json (UTF-8).";
            return Err(Rejected::malformed(StatusCode::UNSUPPORTED_MEDIA_TYPE, "CONTENT_TYPE", told));
        }
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let told = "A question may have 1 MiB at most.";
                Rejected::malformed(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", told)
            }
            _ => Rejected::malformed(StatusCode::BAD_REQUEST, "BODY", "The body could not be read."),
        })?;
        let question: Self = serde_json::from_slice(&body).map_err(|error| {
            if error.is_data() {
                Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", SHAPE)
            } else {
                Rejected::malformed(StatusCode::BAD_REQUEST, "JSON", "The body is not JSON.")
            }
        })?;
        // Serde would read a list as the fields in their order.
        if body.trim_ascii_start().starts_with(b"[") {
            return Err(Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", SHAPE));
        }
        question.complete()
    }

    /// Reads an object that has been read as JSON already.
    ///
    /// # Errors
    /// 400 for what is no question.
    pub(in crate::http) fn said(object: Map<String, Value>) -> Result<Self, Rejected> {
        let question: Result<Self, _> = serde_json::from_value(Value::Object(object));
        question.map_err(|_| Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", SHAPE))?.complete()
    }

    /// Reads the query part of a GET's address.
    ///
    /// # Errors
    /// 400 for what is no question.
    pub(in crate::http) fn addressed(address: &str) -> Result<Self, Rejected> {
        let mut question = Self::default();
        let object = |name: &str, text: &str| {
            let value: Result<Option<Map<String, Value>>, _> = serde_json::from_str(text);
            let told = format!("`{name}` must be a JSON object.");
            let wrong = |_| Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", told);
            value.map(Option::unwrap_or_default).map_err(wrong)
        };
        for (name, value) in url::form_urlencoded::parse(address.as_bytes()) {
            match &*name {
                "query" => question.query = Some(value.into_owned()),
                "documentId" => question.document_id = Some(value.into_owned()),
                // An empty name is no name, so that a form may leave the field empty.
                "operationName" => question.operation = Some(value.into_owned()).filter(|name| !name.is_empty()),
                "variables" => question.variables = object("variables", &value)?,
                "extensions" => question.extensions = object("extensions", &value)?,
                _ => {}
            }
        }
        question.complete()
    }

    fn complete(self) -> Result<Self, Rejected> {
        if self.query.is_some() || self.document_id.is_some() || self.extensions.contains_key("persistedQuery") {
            return Ok(self);
        }
        Err(Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", format!("{SHAPE} To look around: /graphiql/")))
    }

    /// The SHA-256 of the document that is meant, in lower-case hexadecimal digits, where the client names it.
    ///
    /// # Errors
    /// 400 for a name that is none, for two that differ, and for another version of the agreement than 1.
    pub(super) fn hash(&self) -> Result<Option<String>, Rejected> {
        let wrong = |told: &str| Rejected::malformed(StatusCode::BAD_REQUEST, "QUESTION", told);
        let told = "`documentId` is `sha256:` and 64 lower-case hexadecimal digits.";
        let by_id = self.document_id.as_deref().map(|id| id.strip_prefix("sha256:").unwrap_or(id));
        let persisted = self.extensions.get("persistedQuery").map(Persisted::deserialize).transpose();
        let persisted = persisted.map_err(|_| wrong("`extensions.persistedQuery` is {version: 1, sha256Hash}."))?;
        if persisted.as_ref().is_some_and(|persisted| persisted.version != 1) {
            let status = StatusCode::BAD_REQUEST;
            return Err(Rejected::well_formed(status, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"));
        }
        let by_extension = persisted.map(|persisted| persisted.hash);
        match (by_id, by_extension) {
            (Some(id), Some(hash)) if id != hash => Err(wrong("`documentId` and `sha256Hash` name two documents.")),
            (Some(hash), _) if !is_hash(hash) => Err(wrong(told)),
            (None, Some(hash)) if !is_hash(&hash) => Err(wrong("`sha256Hash` is 64 lower-case hexadecimal digits.")),
            (Some(hash), _) => Ok(Some(hash.to_owned())),
            (None, hash) => Ok(hash),
        }
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(Ok(value)), None) = (types.next().map(|value| value.to_str()), types.next()) else { return false };
    let mut pieces = value.split(';').map(str::trim);
    let utf8 = |piece: &str| match piece.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            matches!(value.trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "utf8")
        }
        _ => true,
    };
    pieces.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"))
        && pieces.all(utf8)
        && !headers.contains_key(header::CONTENT_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_json_type_in_utf8_is_read() {
        for (lines, well) in [
            (vec!["application/json"], true),
            (vec!["Application/JSON ; charset=\"UTF-8\""], true),
            (vec!["application/json; charset=latin1"], false),
            (vec!["application/json", "text/plain"], false),
            (vec!["application/jsonp"], false),
            (vec!["text/plain; application/json"], false),
            (vec!["multipart/form-data; boundary=x"], false),
            (vec![], false),
        ] {
            let mut headers = HeaderMap::new();
            for line in &lines {
                headers.append(header::CONTENT_TYPE, line.parse().unwrap());
            }
            assert_eq!(is_json(&headers), well, "{lines:?}");
        }
    }

    #[test]
    fn a_document_is_named_in_one_way_or_in_two_that_agree() {
        let hash = "a".repeat(64);
        let asked = |id: &str, extension: &str| {
            let text = format!(r#"{{"documentId":{id},"extensions":{extension}}}"#);
            serde_json::from_str::<Question>(&text).unwrap().hash()
        };
        let persisted =
            |version: u64, hash: &str| format!(r#"{{"persistedQuery":{{"version":{version},"sha256Hash":"{hash}"}}}}"#);
        for (id, extension) in [
            (format!("\"sha256:{hash}\""), "null".to_owned()),
            (format!("\"{hash}\""), "{}".to_owned()),
            ("null".to_owned(), persisted(1, &hash)),
            (format!("\"sha256:{hash}\""), persisted(1, &hash)),
        ] {
            assert_eq!(asked(&id, &extension).unwrap(), Some(hash.clone()), "{id} {extension}");
        }
        for (id, extension) in [
            ("\"md5:abc\"".to_owned(), "null".to_owned()),
            ("null".to_owned(), persisted(2, &hash)),
            ("null".to_owned(), persisted(1, "ABC")),
            (format!("\"{hash}\""), persisted(1, &"b".repeat(64))),
            ("null".to_owned(), r#"{"persistedQuery":7}"#.to_owned()),
        ] {
            assert!(asked(&id, &extension).is_err(), "{id} {extension}");
        }
    }

    #[test]
    fn an_address_holds_a_question_too() {
        let asked = "query=%7B__typename%7D&operationName=&variables=%7B%22a%22%3A1%7D&utm_source=x";
        let question = Question::addressed(asked).unwrap();
        assert_eq!((question.query.as_deref(), question.operation), (Some("{__typename}"), None));
        assert_eq!(question.variables["a"], 1);
        for wrong in ["", "variables=%7B%7D", "query=x&variables=[1]", "query=x&extensions=nonsense"] {
            assert!(Question::addressed(wrong).is_err(), "{wrong}");
        }
    }
}
