//! One making of a file: what it is read from, and what it says of itself.
use super::dataset::Dataset;
use crate::{
    app::App,
    domain::{refusal::Fault, text::Language, time::Ts},
    http::open::{LICENCE_NAME, Tag},
    service::territories::{self, Atlas},
};
use std::sync::Arc;

/// What a file is made from. Cheap to clone.
#[derive(Clone)]
pub(in crate::http) struct Edition {
    pub(in crate::http) app: App,
    /// Territories and terms as they were when it was begun.
    pub(in crate::http) atlas: Arc<Atlas>,
    pub(in crate::http) facts: Arc<Facts>,
}

/// What a file says of itself.
#[derive(Debug)]
pub(in crate::http) struct Facts {
    pub(in crate::http) dataset: &'static str,
    pub(in crate::http) title: super::dataset::Both,
    /// The file's own address.
    pub(in crate::http) address: String,
    /// Whom to name wherever the data is shown (CC BY 4.0, section 3(a)).
    pub(in crate::http) attribution: String,
    /// When it was begun.
    pub(in crate::http) as_of: Ts,
    /// The number of the last public event in it.
    pub(in crate::http) version: i64,
}

impl Edition {
    /// Begins a file of this name.
    ///
    /// # Errors
    /// A fault from the database.
    pub(in crate::http) async fn begin(app: &App, dataset: &Dataset, path: &str, tag: &Tag) -> Result<Self, Fault> {
        let facts = Facts {
            dataset: dataset.name,
            title: dataset.title,
            address: app.config.link(path),
            attribution: attribution(app, dataset.list).await?,
            as_of: app.clock.now(),
            version: tag.version,
        };
        Ok(Self { app: app.clone(), atlas: territories::atlas(app).await?, facts: Arc::new(facts) })
    }

    /// The address of a page of the portal: what practices and territories are named by.
    pub(in crate::http) fn link(&self, path: &str) -> String {
        self.app.config.link(path)
    }
}

/// Whom to name: the body that publishes, and of an imported list where it came from, as its import said.
///
/// # Errors
/// A fault from the database.
pub(in crate::http) async fn attribution(app: &App, list: Option<&str>) -> Result<String, Fault> {
    let hub = format!("{}, Innesto, {}, {LICENCE_NAME}", app.config.publisher.called(), app.config.link("/"));
    let hub = hub.strip_prefix("Innesto, ").map_or(hub.clone(), str::to_owned);
    let Some(list) = list else { return Ok(hub) };
    let from = territories::datasets(app).await?.into_iter().find(|dataset| dataset.name == list);
    let from = from.map(|from| format!("{} ({})", from.source, from.as_of));
    Ok(from.map_or(hub.clone(), |from| format!("{hub}; {}: {from}", Language::It.pick("fonte", "source"))))
}
