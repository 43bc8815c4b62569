//! Runs a request so that a bug in a resolver is that request's error, and nobody else notices.
use super::error;
use async_graphql::{ObjectType, Request, Response, Schema, SubscriptionType};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;

/// Runs it. A panic becomes one internal error that names the request; the panic's own words are in the log, by the
/// hook of `command`. What it leaves behind goes with the request: its loaders are its own, its transaction rolls back.
pub async fn execute<Q, M, S>(schema: &Schema<Q, M, S>, request: Request, request_id: &str) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    // Boxed, since the engine's future is large and is moved several times on its way.
    let execution = AssertUnwindSafe(Box::pin(schema.execute(request))).catch_unwind();
    execution.await.unwrap_or_else(|_| {
        let mut error = error::unexplained(request_id).into_server_error(async_graphql::Pos::default());
        error.locations.clear();
        Response::from_errors(vec![error])
    })
}
