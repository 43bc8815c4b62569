//! The numbers that only the database knows, read when somebody looks: waiting mails, followers that lag.
use crate::clock::Clock;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{MetricType, gauge::ConstGauge},
    registry::{Registry, Unit},
};
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long numbers are shown before they are read again, however often somebody looks.
const FRESH: Duration = Duration::from_secs(5);
/// How long reading them may take: shorter than a scraper waits.
const SLOWEST: Duration = Duration::from_secs(5);

/// What waits in the database.
#[derive(Clone, Debug, Default)]
pub struct Backlog {
    /// The number of the last event.
    pub head: i64,
    /// Each follower of the log, and how many events it has still to follow.
    pub lags: Vec<(String, i64)>,
    /// Mails that have not left, by the word of their state.
    pub mails: Vec<(&'static str, i64)>,
    /// How long ago the mail that waits longest was first to leave, in seconds; 0 where none waits.
    pub oldest_unsent: f64,
    /// For how long the mail that waits longest for its turn is due, in seconds, those to domains that rest apart; 0
    /// where none is.
    pub oldest_due: f64,
}

#[derive(Clone, Debug, Default)]
struct Known {
    asked: bool,
    backlog: Option<Backlog>,
}

pub(super) struct Shown {
    known: Arc<Mutex<Known>>,
    read: tokio::sync::Mutex<Option<Instant>>,
}

impl Shown {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let known: Arc<Mutex<Known>> = Arc::default();
        registry.register_collector(Box::new(Numbers(Arc::clone(&known))));
        Self { known, read: tokio::sync::Mutex::default() }
    }

    pub(super) async fn refresh<E>(&self, read: impl Future<Output = Result<Backlog, E>>) -> Option<E> {
        let mut last = self.read.try_lock().ok()?;
        if last.is_some_and(|at| at.elapsed() < FRESH) {
            return None;
        }
        let (backlog, error) = match tokio::time::timeout(SLOWEST, read).await {
            Ok(Ok(backlog)) => (Some(backlog), None),
            Ok(Err(error)) => (None, Some(error)),
            Err(_) => (None, None),
        };
        // Old numbers would look well: where they cannot be read there are none.
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Known { asked: true, backlog };
        *last = Some(Clock::stopwatch());
        error
    }
}

#[derive(Debug)]
struct Numbers(Arc<Mutex<Known>>);

impl Collector for Numbers {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Known { asked, backlog } = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut gauge = |name, help, unit: Option<&Unit>, values: &[(Option<(&str, &str)>, f64)]| {
            let mut family = encoder.encode_descriptor(name, help, unit, MetricType::Gauge)?;
            for (label, value) in values {
                match label {
                    Some(label) => ConstGauge::new(*value).encode(family.encode_family(&[*label])?)?,
                    None => ConstGauge::new(*value).encode(family.encode_family::<[(&str, &str); 0]>(&[])?)?,
                }
            }
            Ok(())
        };
        if asked {
            let up = if backlog.is_some() { 1.0 } else { 0.0 };
            gauge("database_up", "Whether the database answered when it was last asked", None, &[(None, up)])?;
        }
        let Some(backlog) = backlog else { return Ok(()) };
        let seconds = Some(&Unit::Seconds);
        gauge("event_head", "The number of the last event", None, &[(None, number(backlog.head))])?;
        let lags: Vec<_> =
            backlog.lags.iter().map(|(name, lag)| (Some(("follower", name.as_str())), number(*lag))).collect();
        gauge("event_lag", "Events that a follower of the log has still to follow", None, &lags)?;
        let mails: Vec<_> = backlog.mails.iter().map(|(state, n)| (Some(("state", *state)), number(*n))).collect();
        gauge("outbox_mails", "Mails that have not left, by state", None, &mails)?;
        let told = "How long ago the mail that waits longest was first to leave";
        gauge("outbox_oldest_unsent", told, seconds, &[(None, backlog.oldest_unsent)])?;
        let told = "How long a mail has been due that nobody has taken up";
        gauge("outbox_oldest_due", told, seconds, &[(None, backlog.oldest_due)])
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
fn number(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::super::Metrics;
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    #[tokio::test]
    async fn a_flood_of_scrapes_reads_the_database_once() {
        let (metrics, reads) = (Metrics::new(0), AtomicU32::new(0));
        assert!(!metrics.text().unwrap().contains("innesto_database_up"));
        for _ in 0..100 {
            let read = async {
                reads.fetch_add(1, Relaxed);
                Ok::<_, ()>(Backlog {
                    lags: vec![("letters".into(), 3)],
                    mails: vec![("QUEUED", 2)],
                    ..Backlog::default()
                })
            };
            assert_eq!(metrics.refresh(read).await, None);
        }
        assert_eq!(reads.load(Relaxed), 1);
        let text = metrics.text().unwrap();
        for line in [
            "innesto_database_up 1.0",
            "innesto_event_lag{follower=\"letters\"} 3.0",
            "innesto_outbox_mails{state=\"QUEUED\"} 2.0",
            "innesto_outbox_oldest_unsent_seconds 0.0",
        ] {
            assert!(text.lines().any(|written| written == line), "{line}\n{text}");
        }
    }

    #[tokio::test]
    async fn a_database_that_does_not_answer_leaves_no_old_numbers() {
        let metrics = Metrics::new(0);
        assert_eq!(metrics.refresh(async { Err("gone") }).await, Some("gone"));
        let text = metrics.text().unwrap();
        assert!(text.contains("innesto_database_up 0") && !text.contains("innesto_outbox"), "{text}");
    }

    #[tokio::test]
    async fn who_comes_while_the_database_is_being_read_does_not_wait() {
        let metrics = Metrics::new(0);
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let slow = metrics.refresh(async {
            wait.await.ok();
            Ok::<_, ()>(Backlog::default())
        });
        tokio::pin!(slow);
        assert!(futures_util::poll!(&mut slow).is_pending());
        assert_eq!(metrics.refresh(async { panic!("read twice") as Result<_, ()> }).await, None);
        go.send(()).unwrap();
        assert_eq!(slow.await, None);
    }
}
