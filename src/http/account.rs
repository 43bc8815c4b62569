//! The account of one request: what is counted, logged and traced of it. Opened when it begins, written once when it
//! ends, however it ends. It never holds who asked, nor what was asked with.
use super::answers;
use crate::{
    clock::Clock,
    domain::permission::{Actor, Member},
    graphql::guard::{Approved, OperationKind},
    meter,
    metrics::{Answered, Kind, Metrics, Outcome, Viewer},
};
use axum::http::StatusCode;
use std::{sync::Arc, time::Instant};
use tracing::{Span, field::Empty};

/// What is known of a request so far. Open it within [`meter::measured`].
pub(super) struct Account {
    metrics: Arc<Metrics>,
    stopwatch: Instant,
    span: Span,
    /// Its id, in errors and in the log.
    pub request_id: String,
    status: Option<u16>,
    outcome: Outcome,
    /// The operation's name, as the client wrote it.
    operation: Option<String>,
    /// What kind of operation it is.
    kind: Kind,
    /// Who asks.
    viewer: Viewer,
    /// What the guard reckons it costs.
    cost: u64,
}

impl Account {
    /// Begins it. Until somebody says otherwise the client has gone away.
    pub(super) fn open(metrics: &Arc<Metrics>, request_id: &str) -> Self {
        // Below what a log shows, so that without an exporter (`command::telemetry`) no span is made at all.
        let span = tracing::trace_span!(
            target: "innesto::request",
            "graphql",
            otel.kind = "server",
            otel.status_code = Empty,
            request_id,
            operation = Empty,
            kind = Empty,
            viewer = Empty,
            outcome = Empty,
            status = Empty,
            cost = Empty,
            statements = Empty,
            rows = Empty,
        );
        Self {
            metrics: Arc::clone(metrics),
            stopwatch: Clock::stopwatch(),
            span,
            request_id: request_id.to_owned(),
            status: None,
            outcome: Outcome::Abandoned,
            operation: None,
            kind: Kind::Unknown,
            viewer: Viewer::Unknown,
            cost: 0,
        }
    }

    /// The span in which the request runs.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Somebody is known to ask.
    pub(super) fn asked_by(&mut self, actor: &Actor) {
        self.viewer = match actor {
            Actor::Nobody | Actor::System => Viewer::Nobody,
            Actor::Person(Member { scopes: None, .. }) => Viewer::Person,
            Actor::Person(Member { scopes: Some(_), .. }) => Viewer::Token,
        };
    }

    /// The guard let it pass.
    pub(super) fn judged(&mut self, approved: &Approved) {
        self.operation.clone_from(&approved.operation);
        self.cost = approved.cost;
        self.kind = match approved.kind {
            OperationKind::Query => Kind::Query,
            OperationKind::Mutation => Kind::Mutation,
            OperationKind::Subscription => Kind::Subscription,
        };
    }

    /// The schema answered, or its answer was at hand.
    pub(super) fn ended(&mut self, how: answers::Outcome) {
        self.outcome = match how {
            answers::Outcome::Whole if meter::spent().refusals == 0 => Outcome::Ok,
            answers::Outcome::Whole | answers::Outcome::Partial => Outcome::UserError,
            answers::Outcome::Faulty => Outcome::Error,
            answers::Outcome::Refused => Outcome::Refused,
        };
    }

    /// The answer is ready, with this status.
    pub(super) fn close(mut self, status: StatusCode) {
        if status.is_server_error() {
            self.outcome = Outcome::Error;
        } else if self.outcome == Outcome::Abandoned {
            self.outcome = Outcome::Refused;
        }
        self.status = Some(status.as_u16());
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let spent = meter::spent();
        let answered = Answered {
            operation: self.operation.as_deref(),
            kind: self.kind,
            outcome: self.outcome,
            viewer: self.viewer,
            cost: self.cost,
            statements: spent.statements,
            rows: spent.rows,
            micros: u64::try_from(self.stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX),
        };
        self.metrics.answered(&answered);
        let (name, kind, viewer, outcome) =
            (answered.name(), self.kind.as_str(), self.viewer.as_str(), self.outcome.as_str());
        let Answered { cost, statements, rows, micros, .. } = answered;
        let (request_id, status) = (self.request_id.as_str(), self.status);
        tracing::info!(
            request_id,
            viewer,
            operation = name,
            kind,
            outcome,
            status,
            cost,
            statements,
            rows,
            micros,
            "graphql"
        );
        if !self.span.is_disabled() {
            self.span.record("operation", name).record("kind", kind).record("viewer", viewer);
            self.span.record("outcome", outcome).record("status", status);
            self.span.record("cost", cost).record("statements", statements).record("rows", rows);
            if self.outcome == Outcome::Error {
                self.span.record("otel.status_code", "ERROR");
            }
        }
    }
}
