//! `innesto search`: the search index, which the server keeps by itself.
use super::Failed;
use crate::{app::App, service::search};
use clap::Subcommand;

/// What is done with it.
#[derive(Subcommand)]
pub(super) enum Search {
    /// Build it anew: here, or by the server that runs on this data folder.
    Rebuild,
}

impl Search {
    pub(super) async fn run(self, app: &App) -> Result<(), Failed> {
        let Self::Rebuild = self;
        if search::reset(app).await? {
            println!("A server has the index open: it builds it anew within seconds. See its log.");
        } else if let Some((practices, _)) = search::look(app).await? {
            println!("The index is built: {practices} practices.");
        }
        app.store.close().await;
        Ok(())
    }
}
