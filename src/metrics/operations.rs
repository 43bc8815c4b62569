//! Requests by operation. Clients choose the names, so only so many get series of their own; the rest is `other`.
use super::answered::{Answered, OTHER, Outcome};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

/// How many names get series of their own.
const MOST_NAMES: usize = 200;
/// Upper bounds of the durations, in seconds.
const DURATIONS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ByOutcome {
    operation: String,
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ByViewer {
    viewer: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ByName {
    operation: String,
}

/// The series of one name, taken from their families once.
#[derive(Clone)]
struct Series {
    duration: Histogram,
    statements: Counter,
    rows: Counter,
    cost: Counter,
}

pub(super) struct Operations {
    requests: Family<ByOutcome, Counter>,
    viewers: Family<ByViewer, Counter>,
    durations: Family<ByName, Histogram, fn() -> Histogram>,
    statements: Family<ByName, Counter>,
    rows: Family<ByName, Counter>,
    costs: Family<ByName, Counter>,
    names: RwLock<HashMap<String, Series>>,
}

impl Operations {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let made = Self {
            requests: Family::default(),
            viewers: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATIONS)),
            statements: Family::default(),
            rows: Family::default(),
            costs: Family::default(),
            names: RwLock::default(),
        };
        registry.register("requests", "Requests, by operation and what came of them", made.requests.clone());
        registry.register("viewer_requests", "Requests, by who asked", made.viewers.clone());
        let told = "From the first header to the last byte of the answer being ready";
        registry.register_with_unit("request_duration", told, Unit::Seconds, made.durations.clone());
        registry.register("sql_statements", "SQL statements, by operation", made.statements.clone());
        registry.register("sql_rows", "Rows read or changed, by operation", made.rows.clone());
        registry.register("cost", "Points of cost, by operation", made.costs.clone());
        made
    }

    pub(super) fn count(&self, answered: &Answered<'_>) {
        let (name, series) = self.named(answered);
        self.requests
            .get_or_create(&ByOutcome {
                operation: name.to_owned(),
                kind: answered.kind.as_str(),
                outcome: answered.outcome.as_str(),
            })
            .inc();
        self.viewers.get_or_create(&ByViewer { viewer: answered.viewer.as_str() }).inc();
        #[expect(clippy::cast_precision_loss, reason = "a duration of 2^52 microseconds is 142 years")]
        series.duration.observe(answered.micros as f64 / 1e6);
        series.statements.inc_by(answered.statements);
        series.rows.inc_by(answered.rows);
        series.cost.inc_by(answered.cost);
    }

    /// The name it counts under. A new one gets a place only by a request that was executed: else anybody could fill
    /// the places with nonsense that costs nothing to send.
    fn named<'a>(&self, answered: &Answered<'a>) -> (&'a str, Series) {
        let name = answered.name();
        let known = |name| self.names.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        if let Some(series) = known(name) {
            return (name, series);
        }
        let executed = matches!(answered.outcome, Outcome::Ok | Outcome::UserError | Outcome::Error);
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        let ours = matches!(name, OTHER | "unnamed");
        let name = if ours || (executed && names.len() < MOST_NAMES) { name } else { OTHER };
        let series = names.entry(name.to_owned()).or_insert_with(|| self.series(name));
        (name, series.clone())
    }

    fn series(&self, name: &str) -> Series {
        let label = ByName { operation: name.to_owned() };
        Series {
            duration: self.durations.get_or_create_owned(&label),
            statements: self.statements.get_or_create_owned(&label),
            rows: self.rows.get_or_create_owned(&label),
            cost: self.costs.get_or_create_owned(&label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Metrics, Viewer};
    use super::*;

    fn answered(operation: Option<&str>, outcome: Outcome) -> Answered<'_> {
        let (kind, viewer) = (Kind::Query, Viewer::Nobody);
        Answered { operation, kind, outcome, viewer, cost: 7, statements: 2, rows: 30, micros: 1_500 }
    }

    fn written(metrics: &Metrics, line: &str) -> bool {
        metrics.text().unwrap().lines().any(|written| written == line)
    }

    #[test]
    fn a_request_counts_under_its_name_with_all_it_spent() {
        let metrics = Metrics::new(0);
        metrics.answered(&answered(Some("Home"), Outcome::Ok));
        metrics.answered(&answered(Some("Home"), Outcome::UserError));
        metrics.answered(&answered(None, Outcome::Ok));
        for line in [
            "innesto_requests_total{operation=\"Home\",kind=\"query\",outcome=\"ok\"} 1",
            "innesto_requests_total{operation=\"Home\",kind=\"query\",outcome=\"user_error\"} 1",
            "innesto_requests_total{operation=\"unnamed\",kind=\"query\",outcome=\"ok\"} 1",
            "innesto_viewer_requests_total{viewer=\"nobody\"} 3",
            "innesto_request_duration_seconds_count{operation=\"Home\"} 2",
            "innesto_request_duration_seconds_bucket{operation=\"Home\",le=\"0.001\"} 0",
            "innesto_request_duration_seconds_bucket{operation=\"Home\",le=\"0.0025\"} 2",
            "innesto_sql_statements_total{operation=\"Home\"} 4",
            "innesto_sql_rows_total{operation=\"Home\"} 60",
            "innesto_cost_total{operation=\"Home\"} 14",
        ] {
            assert!(written(&metrics, line), "{line}\n{}", metrics.text().unwrap());
        }
    }

    #[test]
    fn names_that_clients_invent_do_not_make_series_without_end() {
        let metrics = Metrics::new(0);
        for n in 0..1_000 {
            metrics.answered(&answered(Some(&format!("Refused{n}")), Outcome::Refused));
        }
        assert!(!metrics.text().unwrap().contains("Refused"));
        for n in 0..1_000 {
            metrics.answered(&answered(Some(&format!("Op{n}")), Outcome::Ok));
        }
        let text = metrics.text().unwrap();
        let named = text.lines().filter(|line| line.starts_with("innesto_cost_total{")).count();
        assert!(named <= MOST_NAMES + 2, "{named}");
        assert!(text.contains("operation=\"Op0\"") && !text.contains("operation=\"Op999\""));
        for wrong in ["a\"b\n", "", "è", &"x".repeat(65)] {
            metrics.answered(&answered(Some(wrong), Outcome::Ok));
        }
        assert_eq!(
            metrics.text().unwrap().lines().filter(|line| line.starts_with("innesto_cost_total{")).count(),
            named
        );
    }
}
