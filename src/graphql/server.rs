//! What a client may want to know of the hub before it asks anything else.
use super::Ask;
use crate::domain::page::MOST;
use async_graphql::{Context, Object, SimpleObject};

/// The hub that answers.
#[derive(SimpleObject)]
pub struct ServerInfo {
    /// The program: `innesto`.
    name: &'static str,
    /// Its version, `1.2.3`.
    version: &'static str,
    /// How this hub is reached from outside; links in mails begin with it.
    public_url: String,
    /// Where the program's source is, as its licence wants it said.
    source_url: &'static str,
    /// The program's licence, by its SPDX name.
    licence: &'static str,
    /// Whether it is a demonstration: invented people, mails shown to everybody, data that may be thrown away.
    is_demo: bool,
    /// What it accepts at most.
    limits: ServerLimits,
}

/// What the hub accepts at most. More is refused with the limit in the message, never cut in silence.
#[derive(SimpleObject)]
pub struct ServerLimits {
    /// Items of a page: `first` and `last`.
    page_size: usize,
    /// Ids of one `nodes`.
    nodes: usize,
}

/// Queries about the hub itself.
#[derive(Default)]
pub struct ServerQuery;

/// Queries about the hub itself.
#[Object]
impl ServerQuery {
    /// The hub that answers: what it is, and what it accepts at most.
    async fn server_info(&self, ctx: &Context<'_>) -> ServerInfo {
        let config = &Ask::of(ctx).app.config;
        ServerInfo {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            public_url: config.public_url.to_string(),
            source_url: env!("CARGO_PKG_REPOSITORY"),
            licence: env!("CARGO_PKG_LICENSE"),
            is_demo: config.demo,
            limits: ServerLimits { page_size: MOST, nodes: MOST },
        }
    }
}
