//! `innesto search`: the search index, which the server keeps by itself.
use super::{Failed, bar::Bar};
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
        let bar = Bar::new();
        let is_left_to_server = search::reset(app, &|done, all| bar.show(done, all)).await?;
        drop(bar);
        if is_left_to_server {
            println!("A server has the index open: it builds it anew within seconds. See its log.");
        } else if let Some((practices, _)) = search::look(app).await? {
            println!("The index is built: {practices} practices.");
        }
        app.store.close().await;
        Ok(())
    }
}
