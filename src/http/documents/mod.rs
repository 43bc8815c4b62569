//! The bytes of documents, beside the schema: `POST /documents` takes one in, `GET /documents/{id}/{name}` gives it out.
//! Both are streamed. A document is never shown as a page of the hub's: whatever it holds, a browser saves it.
mod download;
mod range;
mod upload;

use super::{
    Hub,
    graphql::{Media, Rejected},
};
use crate::{
    clock::Clock,
    domain::{
        id::{Id, kind},
        refusal::{Code, Failure, Fault},
        text::Language,
        word::Word,
    },
    meter,
};
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};

/// The two routes. They have time limits of their own, since a document takes longer than a question.
pub(super) fn routes() -> Router<Hub> {
    let posted =
        post(upload::post).fallback(async || Rejected::method("POST", "Upload by POST.").answer(Media::Plain, ""));
    Router::new().route("/documents", posted).route("/documents/{id}/{name}", get(download::get))
}

/// Does the work under an id of its own, and writes one line about it.
async fn accounted(
    hub: &Hub,
    what: &'static str,
    work: impl AsyncFnOnce(&str) -> Result<Response, Rejected>,
) -> Response {
    let id: Id<kind::Request> = hub.app.clock.id();
    let request_id = id.uuid().simple().to_string();
    let stopwatch = Clock::stopwatch();
    // Boxed, since it is large and axum moves it on its way.
    let work = Box::pin(async {
        work(&request_id).await.unwrap_or_else(|rejected| rejected.answer(Media::Plain, &request_id))
    });
    let (mut response, spent) = meter::measured(request_id.clone(), work).await;
    let micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX);
    let (status, statements) = (response.status().as_u16(), spent.statements);
    tracing::info!(request_id, what, status, statements, micros, "document");
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Language, Authorization, Cookie"));
    response
}

/// What a use case refused, with the status that fits, in the person's language.
fn rejected(failure: Failure, language: Language, request_id: &str) -> Rejected {
    match failure {
        Failure::Fault(fault) => broken(&fault, request_id),
        Failure::Refused(refusals) => {
            let code = refusals.first().map_or(Code::Invalid, |refusal| refusal.code);
            let told: Vec<&str> = refusals.iter().map(|refusal| refusal.sentence(language)).collect();
            Rejected::malformed(status(code), code.as_str(), told.join(" "))
        }
    }
}

fn broken(fault: &Fault, request_id: &str) -> Rejected {
    tracing::error!(request_id, %fault, "a document could not be handled");
    Rejected::ours()
}

const fn status(code: Code) -> StatusCode {
    match code {
        Code::SignInNeeded => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::TooLate => StatusCode::REQUEST_TIMEOUT,
        Code::WrongState | Code::Conflict => StatusCode::CONFLICT,
        Code::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
