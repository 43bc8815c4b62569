//! How failures reach a client: `userErrors` for what a person can mend, top-level errors for the rest.
use super::engine::restore;
use crate::domain::{
    refusal::{Code, Fault, Refusal},
    text::Language,
    word::Word,
};
use async_graphql::{Enum, Error, ErrorExtensionValues, ErrorExtensions, Response, ServerError, SimpleObject, Value};
use std::error::Error as _;

/// Why something was refused. Programs branch on it; people read the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code")]
pub enum UserErrorCode {
    /// A needed value is missing or empty.
    Required,
    /// A value is not of the right form.
    Invalid,
    /// A text or list is longer than its limit.
    TooLong,
    /// Nothing that the viewer may see has that id.
    NotFound,
    /// One must sign in first.
    SignInNeeded,
    /// The viewer's role, or the token's scope, does not allow it.
    Forbidden,
    /// Somebody changed it in the meantime: read it again.
    Conflict,
    /// It exists already, or is open already.
    Duplicate,
    /// The object's state does not allow this step.
    WrongState,
    /// The owner takes no requests for this practice.
    OwnerClosed,
    /// The owner carries as many requests as it can.
    OwnerFull,
    /// Nobody asks for its own practice.
    OwnPractice,
    /// The lineage would have a cycle.
    Cycle,
    /// The text seems to hold data of a person: fiscal code, IBAN or telephone number.
    CaseData,
    /// A sign-in code is wrong, used up or too old.
    WrongCode,
    /// Asked for too often: wait and try again.
    TooMany,
    /// The time in which it could be done has passed.
    TooLate,
    /// The idempotency key was used for something else.
    KeyReused,
}

/// Something a person can mend: which field, and what to do. Nothing was changed.
#[derive(Debug, SimpleObject)]
pub struct UserError {
    /// Why, for programs.
    pub code: UserErrorCode,
    /// Path of the input field it is about, without `input`; empty when it is about the whole.
    pub field: Vec<String>,
    /// What is wrong and what to do, in the viewer's language.
    pub message: String,
}

impl UserError {
    /// The refusal in a language.
    pub(super) fn of(refusal: &Refusal, language: Language) -> Self {
        let message = refusal.sentence(language).to_owned();
        Self { code: refusal.code.into(), field: refusal.field.clone(), message }
    }
}

/// An error that hides the fault and names the request; the fault goes to the log.
pub(super) fn internal(fault: &Fault, request_id: &str) -> Error {
    let mut chain = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        cause = error.source();
    }
    tracing::error!(request_id, fault = chain, "a request failed");
    unexplained(request_id)
}

/// The same, where what happened is in the log already.
pub(super) fn unexplained(request_id: &str) -> Error {
    Error::new("Something went wrong on our side. Please try again; if it stays so, tell us the request id.")
        .extend_with(|_, extensions| {
            extensions.set("code", "INTERNAL");
            extensions.set("requestId", request_id);
        })
}

/// Whether an error is a fault or a bug of ours.
#[must_use]
pub fn is_fault(error: &ServerError) -> bool {
    error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&Value::from("INTERNAL"))
}

/// Sees to it that every error of an answer says where it happened, its code and the request's id.
pub fn complete(answer: &mut Response, request_id: &str) {
    for error in &mut answer.errors {
        restore(error);
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "EXECUTION");
        }
        extensions.set("requestId", request_id);
    }
}

/// A read that was refused.
pub(super) fn refused(refusals: &[Refusal], language: Language, request_id: &str) -> Error {
    let message = refusals.iter().map(|refusal| refusal.sentence(language)).collect::<Vec<_>>().join(" ");
    let code = refusals.first().map_or(Code::Invalid, |refusal| refusal.code);
    Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", code.as_str());
        extensions.set("requestId", request_id);
    })
}

/// An argument that cannot be used: a client's mistake, said in English.
pub(super) fn bad_argument(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", "BAD_ARGUMENT"))
}

/// The index is being built, and nobody knows yet what it will find.
pub(super) fn building(language: Language) -> Error {
    let message = language.pick(
        "L'indice della ricerca è in costruzione: riprovate tra un minuto.",
        "The search index is being built: try again in a minute.",
    );
    Error::new(message).extend_with(|_, extensions| extensions.set("code", "SEARCH_BUILDING"))
}
