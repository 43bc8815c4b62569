//! What every handler is given: the hub's parts, and what stands between a question and the schema.
use super::{
    answers::Answers,
    graphql::{Documents, Points},
    live::{Limits, Places, Subscriptions},
    open::Kept,
    portal,
};
use crate::{
    app::App,
    graphql::{
        HubSchema,
        guard::{
            Guard,
            RefusedKind::{Syntax, TooLarge, Validation},
        },
    },
    metrics::Cache,
};
use serde_json::Map;
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler is given. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    pub(super) app: App,
    pub(super) schema: HubSchema,
    pub(super) guard: Arc<Guard>,
    pub(super) documents: Arc<Documents>,
    pub(super) points: Arc<Points>,
    pub(super) answers: Answers,
    pub(super) live: Subscriptions,
    pub(super) uploads: Places,
    pub(super) open: Kept,
    /// True once the process was told to stop.
    pub(super) stop: watch::Receiver<bool>,
}

impl Hub {
    /// Puts it together. The schema is the one that stands behind the guard.
    ///
    /// # Errors
    /// Says what is wrong with the file of trusted documents.
    pub fn new(app: App, schema: HubSchema, stop: watch::Receiver<bool>) -> Result<Self, String> {
        Self::with(app, schema, Limits::default(), stop)
    }

    /// As [`Hub::new`], where a connection may take other than the usual.
    ///
    /// # Errors
    /// As [`Hub::new`].
    pub fn with(app: App, schema: HubSchema, limits: Limits, stop: watch::Receiver<bool>) -> Result<Self, String> {
        let (guard, documents) =
            (Arc::new(Guard::new()), Arc::new(Documents::open(&app.config, &portal::documents())?));
        for text in documents.trusted() {
            fits(&guard, text)?;
        }
        // Answers depend on the program too: its next version may write them in another way.
        let edition = format!("{} {}", env!("CARGO_PKG_VERSION"), schema.sdl());
        let answers = Answers::new(app.config.answer_cache_mb << 20, &edition);
        let points = Arc::new(Points::new(&app.config));
        let live = Subscriptions::start(app.clone(), limits, stop.clone());
        let uploads = Places::new(Limits { connections: 32, connections_each: 4, ..Limits::default() });
        let open = Kept::new(&app.config);
        Ok(Self { app, schema, guard, documents, points, answers, live, uploads, open, stop })
    }

    /// Tells the metrics how the memories and the subscriptions do.
    pub(super) fn tell_memories(&self) {
        self.app.metrics.looked_up(Cache::Documents, self.guard.hits(), self.guard.misses());
        self.app.metrics.subscriptions(self.live.open(), self.live.lag());
        let answers = self.answers.counts();
        self.app.metrics.looked_up(Cache::Answers, answers.hits, answers.misses);
    }
}

/// Whether a trusted document fits the schema: better said at the start than to every visitor.
fn fits(guard: &Guard, text: &str) -> Result<(), String> {
    match guard.check(text, None, Map::new()) {
        Err(refused) if matches!(refused.kind, TooLarge | Syntax | Validation) => {
            let problem = refused.errors.first().map(|error| error.message.as_str()).unwrap_or_default();
            Err(format!("a document does not fit the schema: {problem}\n{text:.200}"))
        }
        _ => Ok(()),
    }
}
