//! Loaders: reads asked for by many resolvers of one request become one statement for each level and type.
//!
//! The crate batches by yielding to the executor. Its one trap: the first waiter runs the batch inside its own future,
//! so a failed sibling that is dropped takes the batch with it; [`Loaders::get`] therefore tries again.
use super::error;
use crate::{
    app::App,
    domain::{permission::Actor, refusal::Fault},
    service::territories::{self, Atlas},
};
use ::dataloader::{BatchFn, cached};
use async_graphql::Result;
use futures_util::FutureExt;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    hash::Hash,
    marker::PhantomData,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// One kind of read.
pub trait Source: Send + Sync + 'static {
    /// What is asked by.
    type Key: Hash + Eq + Clone + Debug + Send + Sync + 'static;
    /// What is given back; cheap to clone (an `Arc` where it is not).
    type Value: Clone + Send + Sync + 'static;

    /// The values of these keys in one statement; keys without one are left out.
    fn fetch(
        app: &App,
        actor: &Actor,
        keys: &[Self::Key],
    ) -> impl Future<Output = std::result::Result<HashMap<Self::Key, Self::Value>, Fault>> + Send;
}

type Loaded<S> = std::result::Result<Option<<S as Source>::Value>, Arc<Fault>>;

struct Batch<S>(App, Actor, PhantomData<fn() -> S>);

impl<S: Source> BatchFn<S::Key, Loaded<S>> for Batch<S> {
    async fn load(&mut self, keys: &[S::Key]) -> HashMap<S::Key, Loaded<S>> {
        // Caught here, a bug is the error of the fields that wait for it, and the loader stays whole.
        let fetched = AssertUnwindSafe(S::fetch(&self.0, &self.1, keys)).catch_unwind().await;
        let panicked = |_| Err(Fault::new(format!("a panic in {}", std::any::type_name::<S>())));
        let fetched = fetched.unwrap_or_else(panicked).map_err(Arc::new);
        let value = |key| match &fetched {
            Ok(values) => Ok(values.get(key).cloned()),
            Err(fault) => Err(Arc::clone(fault)),
        };
        keys.iter().map(|key| (key.clone(), value(key))).collect()
    }
}

type Loader<S> = cached::Loader<<S as Source>::Key, Loaded<S>, Batch<S>>;

/// The most keys of one statement.
const BATCH: usize = 500;

/// One request's loaders, made when first asked.
pub struct Loaders {
    app: App,
    actor: Actor,
    made: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
    atlas: Mutex<Arc<OnceCell<Arc<Atlas>>>>,
}

impl Loaders {
    pub(super) fn new(app: App, actor: Actor) -> Self {
        Self { app, actor, made: Mutex::default(), atlas: Mutex::default() }
    }

    fn of<S: Source>(&self) -> Option<Loader<S>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = made.entry(TypeId::of::<S>()).or_insert_with(|| {
            let batch = Batch::<S>(self.app.clone(), self.actor.clone(), PhantomData);
            Box::new(Loader::<S>::new(batch).with_yield_count(2).with_max_batch_size(BATCH))
        });
        entry.downcast_ref::<Loader<S>>().cloned()
    }

    /// The value of `key`, read together with what the siblings ask.
    ///
    /// # Errors
    /// An internal error where the database failed.
    pub async fn get<S: Source>(&self, key: S::Key, request_id: &str) -> Result<Option<S::Value>> {
        for _ in 0..3 {
            let Some(loader) = self.of::<S>() else { break };
            if let Ok(loaded) = loader.try_load(key.clone()).await {
                return loaded.map_err(|fault| error::internal(&fault, request_id));
            }
        }
        Err(error::internal(&Fault::new("a loader's batch was dropped three times"), request_id))
    }

    /// Territories and vocabularies, the same picture for the whole request.
    async fn atlas(&self) -> std::result::Result<Arc<Atlas>, Fault> {
        let cell = Arc::clone(&self.atlas.lock().unwrap_or_else(PoisonError::into_inner));
        cell.get_or_try_init(|| territories::atlas(&self.app)).await.map(Arc::clone)
    }

    /// Forgets everything read.
    pub(super) fn clear(&self) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.atlas.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }
}

impl super::Ask {
    /// The value of `key`, read together with what the siblings ask.
    ///
    /// # Errors
    /// An internal error where the database failed.
    pub(super) async fn load<S: Source>(&self, key: S::Key) -> Result<Option<S::Value>> {
        self.loaders.get::<S>(key, &self.request_id).await
    }

    /// Territories and vocabularies, the same picture for the whole request.
    ///
    /// # Errors
    /// An internal error where the database failed.
    pub(super) async fn atlas(&self) -> Result<Arc<Atlas>> {
        self.loaders.atlas().await.map_err(|fault| self.fault(&fault))
    }

    /// As [`Ask::load`](super::Ask::load) for what is surely there, because a foreign key says so.
    ///
    /// # Errors
    /// An internal error where it is not.
    pub(super) async fn load_known<S: Source>(&self, key: S::Key) -> Result<S::Value> {
        let missing = || Fault::new(format!("{} has no {key:?}", std::any::type_name::<S>()));
        let fault = || self.fault(&missing());
        self.load::<S>(key.clone()).await?.ok_or_else(fault)
    }
}
