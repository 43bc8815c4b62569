//! What went wrong, as `application/problem+json` (RFC 9457), in the language that is wanted.
use crate::{
    domain::{refusal::Fault, text::Language, word::Word},
    http::graphql::{Rejected, Spent, too_many},
};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

/// The media type.
pub(in crate::http) const MEDIA_TYPE: &str = "application/problem+json";
/// What the kinds of problem are named by (RFC 4151), as feeds name their entries: nobody will ever own this host.
pub(in crate::http) const NAMED_BY: &str = "tag:innesto.invalid,2026:problem/";

/// What a request is named by, with the id that the log has it under.
const REQUEST: &str = "tag:innesto.invalid,2026:request/";

/// The kinds of problem: code, status, and title in both languages.
pub(in crate::http) const KINDS: [(&str, StatusCode, &str, &str); 6] = [
    ("invalid-parameter", StatusCode::BAD_REQUEST, "Parametro non valido", "Invalid parameter"),
    ("not-found", StatusCode::NOT_FOUND, "Non trovato", "Not found"),
    ("method", StatusCode::METHOD_NOT_ALLOWED, "Metodo non ammesso", "Method not allowed"),
    ("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "Troppe richieste", "Too many requests"),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Errore del server", "Server error"),
    ("busy", StatusCode::SERVICE_UNAVAILABLE, "Servizio occupato", "Service busy"),
];

/// What went wrong.
#[derive(Debug)]
pub(in crate::http) struct Problem {
    code: &'static str,
    it: String,
    en: String,
    /// The parameter it is about.
    parameter: Option<String>,
    /// Seconds to wait.
    retry: Option<i64>,
}

impl Problem {
    fn new(code: &'static str, it: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, it: it.into(), en: en.into(), parameter: None, retry: None }
    }

    /// A parameter has no value that fits.
    pub(in crate::http) fn parameter(name: &str, it: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new("invalid-parameter", it, en).about(name)
    }

    /// About this parameter.
    pub(in crate::http) fn about(self, name: &str) -> Self {
        Self { parameter: Some(name.chars().take(40).collect()), ..self }
    }

    /// There is no such thing.
    pub(in crate::http) fn not_found(it: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new("not-found", it, en)
    }

    /// Only reading is possible here.
    pub(in crate::http) fn method() -> Self {
        Self::new(
            "method",
            "Qui si può solo leggere, con GET o HEAD.",
            "Only reading is possible here, by GET or HEAD.",
        )
    }

    /// All points are spent.
    pub(super) fn too_many(spent: Spent) -> Self {
        let told = |language| too_many(language, spent);
        let problem = Self::new("too-many-requests", told(Language::It), told(Language::En));
        Self { retry: Some(spent.seconds), ..problem }
    }

    /// Too much is being made at once.
    pub(in crate::http) fn busy(seconds: i64) -> Self {
        let it = format!("Si preparano già troppi file insieme: riprovate tra {seconds} secondi.");
        let en = format!("Too many files are being made at once: try again in {seconds} seconds.");
        Self { retry: Some(seconds), ..Self::new("busy", it, en) }
    }

    /// Something of ours failed; what, is in the log.
    pub(in crate::http) fn ours(fault: &Fault, request_id: &str) -> Self {
        tracing::error!(request_id, %fault, "open data could not be given");
        Self::failed()
    }

    fn failed() -> Self {
        Self::new(
            "internal",
            "Qualcosa non ha funzionato da parte nostra. Riprovate; se continua, comunicateci il numero della richiesta.",
            "Something went wrong on our side. Please try again; if it stays so, tell us the request id.",
        )
    }

    /// The answer to send. `instance` names the request (RFC 9457, section 3.1.5).
    pub(super) fn answer(self, language: Language, request_id: &str) -> Response {
        let kind = KINDS.iter().find(|(code, ..)| *code == self.code);
        let (status, title) = kind
            .map_or((StatusCode::INTERNAL_SERVER_ERROR, ""), |(_, status, it, en)| (*status, language.pick(*it, *en)));
        let mut told = json!({
            "type": format!("{NAMED_BY}{}", self.code),
            "title": title,
            "status": status.as_u16(),
            "detail": language.pick(self.it, self.en),
            "instance": format!("{REQUEST}{request_id}"),
        });
        if let Some(parameter) = self.parameter {
            told["parameter"] = parameter.into();
        }
        let mut response = Response::new(Body::from(told.to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
        }
        if let Some(seconds) = self.retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What recognising a visitor can refuse nobody: only a fault of ours, which is in the log already.
impl From<Rejected> for Problem {
    fn from(_: Rejected) -> Self {
        Self::failed()
    }
}
