//! What the hub counts of itself, for Prometheus. A leaf: whoever does something counts it here; `http` writes it out.
//! No label holds what people wrote, and none can take more than a fixed number of values.
mod answered;
mod backlog;
mod operations;

pub use answered::{Answered, Kind, Outcome, Viewer};
pub use backlog::Backlog;

use backlog::Shown;
use operations::Operations;
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::{Registry, Unit},
};
use std::{
    fmt,
    sync::{Mutex, PoisonError, atomic::AtomicU64},
};

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A cache whose use is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// Parsed and validated documents.
    Documents,
    /// Whole answers.
    Answers,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CacheLabels {
    cache: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct MailLabels {
    outcome: &'static str,
}

/// All that is counted.
pub struct Metrics {
    registry: Registry,
    operations: Operations,
    subscriptions: Gauge,
    subscriptions_lag: Gauge,
    caches: Family<CacheLabels, Counter>,
    catching_up: Mutex<()>,
    mails: Family<MailLabels, Counter>,
    backlog: Shown,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// Everything at nought, in a process that began so many microseconds after 1970.
    #[must_use]
    pub fn new(started_micros: i64) -> Self {
        let mut registry = Registry::with_prefix("innesto");
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Which program this is", build);
        let since = Gauge::<f64, AtomicU64>::default();
        #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
        since.set(started_micros as f64 / 1e6);
        registry.register_with_unit("start_time", "When the process began, since 1970", Unit::Seconds, since);
        let operations = Operations::registered(&mut registry);
        let (subscriptions, subscriptions_lag) = (Gauge::default(), Gauge::default());
        let (caches, mails) = (Family::default(), Family::default());
        registry.register("subscriptions_open", "Subscriptions that are open", subscriptions.clone());
        let told = "Events in the log that the reader for subscriptions has still to pass on";
        registry.register("subscriptions_lag_events", told, subscriptions_lag.clone());
        registry.register("cache_lookups", "Look-ups in a cache, by what came of them", caches.clone());
        registry.register("mail_attempts", "Mails that this process tried to send, by what came of it", mails.clone());
        let backlog = Shown::registered(&mut registry);
        Self {
            registry,
            operations,
            subscriptions,
            subscriptions_lag,
            caches,
            catching_up: Mutex::default(),
            mails,
            backlog,
        }
    }

    /// Counts one request.
    pub fn answered(&self, answered: &Answered<'_>) {
        self.operations.count(answered);
    }

    /// Brings the counts of a cache's look-ups up to what the cache itself has counted so far.
    pub fn looked_up(&self, cache: Cache, hits: u64, misses: u64) {
        let cache = match cache {
            Cache::Documents => "documents",
            Cache::Answers => "answers",
        };
        let _one_at_a_time = self.catching_up.lock().unwrap_or_else(PoisonError::into_inner);
        for (result, total) in [("hit", hits), ("miss", misses)] {
            let counter = self.caches.get_or_create(&CacheLabels { cache, result });
            counter.inc_by(total.saturating_sub(counter.get()));
        }
    }

    /// Counts an attempt to send a mail, by the word for what came of it.
    pub fn mail(&self, outcome: &'static str) {
        self.mails.get_or_create(&MailLabels { outcome }).inc();
    }

    /// Notes how many subscriptions are open, and how many events their reader has still to pass on.
    pub fn subscriptions(&self, open: usize, lag: i64) {
        self.subscriptions.set(i64::try_from(open).unwrap_or(i64::MAX));
        self.subscriptions_lag.set(lag);
    }

    /// Reads the database's own numbers anew, at most every few seconds and never twice at once: whoever comes in
    /// between is shown what is known. Gives back why they could not be read.
    pub async fn refresh<E>(&self, read: impl Future<Output = Result<Backlog, E>>) -> Option<E> {
        self.backlog.refresh(read).await
    }

    /// All of it as Prometheus reads it.
    ///
    /// # Errors
    /// None in practice: writing to text does not fail.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_written_as_prometheus_reads_it() {
        let metrics = Metrics::new(1_763_800_000_500_000);
        metrics.looked_up(Cache::Answers, 1, 2);
        metrics.looked_up(Cache::Answers, 3, 2);
        metrics.mail("sent");
        metrics.subscriptions(1, 2);
        let text = metrics.text().unwrap();
        for line in [
            "innesto_build_info{version=\"0.1.0\"} 1",
            "innesto_start_time_seconds 1763800000.5",
            "innesto_cache_lookups_total{cache=\"answers\",result=\"hit\"} 3",
            "innesto_mail_attempts_total{outcome=\"sent\"} 1",
            "innesto_subscriptions_open 1",
            "innesto_subscriptions_lag_events 2",
        ] {
            assert!(text.lines().any(|written| written == line), "{line}\n{text}");
        }
        metrics.subscriptions(0, 0);
        assert!(metrics.text().unwrap().contains("innesto_subscriptions_open 0"));
    }
}
