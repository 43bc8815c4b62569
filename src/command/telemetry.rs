//! Where the process tells what it does: the log on standard error, panics in it, and traces to a collector where one
//! is set.
use super::Failed;
use crate::{config::Config, meter};
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response, ResponseExt, hyper::HyperClient};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};
use tokio::runtime::Handle;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// How long the collector may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What must be ended before the process is.
pub(super) struct Telemetry(Option<SdkTracerProvider>);

/// Begins to log, and to trace where the settings say where to.
pub(super) fn begin(config: &Config) -> Result<Telemetry, Failed> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| {
        Failed(format!("setting log (environment INNESTO_LOG): {error}\n  example: INNESTO_LOG=info"))
    })?;
    let traces = config.otlp_endpoint.as_ref().map(exporter).transpose()?;
    let exported = traces.as_ref().map(|provider| {
        // Only the spans of `http::account`, so that nothing that a library notes of its own leaves the machine.
        let requests = Targets::new().with_target("innesto::request", LevelFilter::TRACE);
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("innesto"))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_filter(requests)
    });
    let log = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    let log = match config.log_json {
        true => log.json().boxed(),
        false => log.boxed(),
    };
    tracing_subscriber::registry().with(log.with_filter(filter)).with(exported).init();
    log_panics();
    Ok(Telemetry(traces))
}

impl Telemetry {
    /// Sends what was not sent yet.
    pub(super) async fn end(self) {
        let Some(traces) = self.0 else { return };
        // It waits for a thread of its own, which needs this runtime to send.
        let ended = tokio::task::spawn_blocking(move || traces.shutdown_with_timeout(PATIENCE)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!("the last traces could not be delivered");
        }
    }
}

fn exporter(endpoint: &url::Url) -> Result<SdkTracerProvider, Failed> {
    let sender = Sender {
        client: HyperClient::with_default_connector(PATIENCE, None),
        runtime: Handle::current(),
        failing: AtomicBool::new(false),
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(sender)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/')))
        .with_timeout(PATIENCE)
        .build()
        .map_err(|error| Failed(format!("setting otlp_endpoint (environment INNESTO_OTLP_ENDPOINT): {error}")))?;
    let resource = Resource::builder_empty()
        .with_service_name("innesto")
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build())
}

/// Sends from the runtime, because the exporter's own thread has none and hyper needs one.
#[derive(Debug)]
struct Sender {
    client: HyperClient,
    runtime: Handle,
    failing: AtomicBool,
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sent = self.runtime.spawn(async move { client.send_bytes(request).await?.error_for_status() }).await?;
        // Said when it begins to fail, not every few seconds.
        if self.failing.swap(sent.is_err(), Relaxed) != sent.is_err() {
            match &sent {
                Ok(_) => tracing::info!("traces are delivered again"),
                Err(error) => tracing::warn!(%error, "traces cannot be delivered"),
            }
        }
        sent
    }
}

/// A panic is one line of the log, with the request it happened in.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let said = panic.payload().downcast_ref::<&str>().copied();
        let said = said.or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
        let at = panic.location().map(ToString::to_string);
        tracing::error!(request_id = meter::request_id(), said, at, "a panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_one_line_of_the_log_with_its_words_and_the_request() {
        let lines = Lines::default();
        let written = lines.clone();
        let log = tracing_subscriber::fmt().json().with_writer(move || written.clone()).finish();
        let before = std::panic::take_hook();
        log_panics();
        tracing::subscriber::with_default(log, || {
            let request = std::panic::AssertUnwindSafe(meter::measured("r-17".into(), async {
                panic!("a bug in {}", "arithmetic");
            }));
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            assert!(std::panic::catch_unwind(move || runtime.block_on(request.0)).is_err());
        });
        std::panic::set_hook(before);
        let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(lines.lines().count(), 1, "{lines}");
        let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["fields"]["request_id"], "r-17");
        assert_eq!(line["fields"]["said"], "a bug in arithmetic");
        assert!(line["fields"]["at"].as_str().unwrap().contains("telemetry.rs"), "{line}");
    }
}
