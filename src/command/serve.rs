//! `innesto serve`: the server and its workers, until SIGINT or SIGTERM.
use super::{Failed, demo, telemetry};
use crate::{app::App, clock::Clock, config::Config, graphql, http, service::network, worker};
use clap::Args;
use std::fs::{File, TryLockError};
use tokio::{net::TcpListener, signal::unix, sync::watch};

/// How to serve.
#[derive(Args)]
pub(super) struct Serve {
    /// Demonstration: real territories and practices, invented people, mails kept in the hub and shown at /dev/mailbox.
    #[arg(long)]
    pub(super) demo: bool,
    /// With --demo: start over, without what was done before.
    #[arg(long, requires = "demo")]
    fresh: bool,
    /// With --demo, at its first start: no requests of the past two years, only territories, practices and needs.
    #[arg(long, requires = "demo")]
    without_history: bool,
}

impl Serve {
    pub(super) async fn run(self, mut config: Config) -> Result<(), Failed> {
        let telemetry = telemetry::begin(&config)?;
        if self.demo {
            demo::settle(&mut config, self.fresh).await?;
        }
        std::fs::create_dir_all(&config.data_dir)?;
        let listener = TcpListener::bind(config.listen).await.map_err(|error| {
            Failed(format!(
                "cannot serve on {}: {error}\n  set INNESTO_LISTEN to a free address, e.g. 127.0.0.1:8081",
                config.listen
            ))
        })?;
        // Port 0 means any free one: links then need the one that was given.
        if config.listen.port() == 0 && config.public_url.port() == Some(0) {
            let _ = config.public_url.set_port(Some(listener.local_addr()?.port()));
        }
        let _alone = alone(&config)?;
        let app = App::start(config, Clock::default()).await?;
        network::recount(&app, false).await?;
        if self.demo {
            demo::fill(&app, !self.without_history).await?;
        }
        let (stop, stopped) = watch::channel(false);
        let hub = http::Hub::new(app.clone(), graphql::build_behind_guard(), stopped.clone()).map_err(|problem| {
            let example = "example: INNESTO_TRUSTED_DOCUMENTS=/etc/innesto/documents.json";
            Failed(format!("setting trusted_documents (environment INNESTO_TRUSTED_DOCUMENTS): {problem}\n  {example}"))
        })?;
        let mut term = unix::signal(unix::SignalKind::terminate())?;
        tokio::spawn(async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            tracing::info!("stopping: what runs is finished first");
            stop.send_replace(true);
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            tracing::warn!("told to stop a second time: what runs is cut off");
            std::process::exit(130);
        });
        let workers = tokio::spawn(worker::run(app.clone(), stopped.clone()));
        tracing::info!(listen = %listener.local_addr()?, engine = ?app.store.engine(), "serving");
        http::serve(hub, listener).await;
        let _ = workers.await;
        app.store.close().await;
        telemetry.end().await;
        Ok(())
    }
}

/// An embedded database has one server: two would send the same mails. The lock goes with the process, however it ends.
fn alone(config: &Config) -> Result<Option<File>, Failed> {
    if !config.database_url.expose().starts_with("sqlite:") {
        return Ok(None);
    }
    let path = config.data_dir.join("serving.lock");
    let file = File::create(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Failed(format!(
            "another innesto serves from {} already\n  stop it first, or set INNESTO_DATA_DIR to another folder",
            config.data_dir.display()
        ))),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
