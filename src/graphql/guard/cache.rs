//! The documents that were found valid before, by their text: bounded by weight. What clients use again and again stays,
//! a flood of others passes by; what was refused is never kept.
use super::{document::Document, limits};
use moka::sync::Cache;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Valid documents and how often they were found.
pub(super) struct Documents {
    kept: Cache<Arc<str>, Arc<Document>>,
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Documents {
    pub(super) fn new() -> Self {
        let weight = |text: &Arc<str>, _: &Arc<Document>| {
            u32::try_from(text.len()).unwrap_or(u32::MAX).saturating_mul(limits::KEPT_PER_BYTE).saturating_add(1024)
        };
        let kept = Cache::builder().weigher(weight).max_capacity(limits::KEPT_BYTES).build();
        Self { kept, hits: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }

    /// The document of this text, counted as found or not.
    pub(super) fn find(&self, text: &str) -> Option<Arc<Document>> {
        let found = self.kept.get(text);
        let counter = if found.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        found
    }

    pub(super) fn keep(&self, text: &str, document: &Arc<Document>) {
        self.kept.insert(text.into(), Arc::clone(document));
    }

    pub(super) fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    pub(super) fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    /// How many are kept, and their weight.
    pub(super) fn size(&self) -> (u64, u64) {
        self.kept.run_pending_tasks();
        (self.kept.entry_count(), self.kept.weighted_size())
    }
}
