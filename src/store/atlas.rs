//! Territories, vocabularies and the weights of a match in memory: read by nearly every answer, changed by imports
//! alone.
//!
//! An [`Atlas`] is one immutable picture of them. [`Store::atlas`] gives the one that is kept, or reads a new one where
//! an import has come since; so a picture is at least as new as the version asked for before it.
use super::{
    Result, Store, match_weights, terms,
    territories::{self, Filter},
};
use crate::domain::{
    id::TerritoryId,
    matching::Weights,
    page::{Cursor, Key, Page, PageRequest},
    term::{Scheme, Term},
    territory::{Territory, TerritoryKind},
    text::folded,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::Mutex;
use uuid::Uuid;

/// The ways a territory is found.
#[derive(Clone, Debug)]
pub enum TerritoryKey {
    /// By its id.
    Id(TerritoryId),
    /// By the end of its address.
    Slug(String),
    /// A Comune, by today's or an earlier ISTAT code.
    IstatCode(String),
    /// By name, alias or code in any spelling. An Ambito goes before the Comune of the same name.
    Name(String),
}

/// All territories, terms and weights at one moment. Mailboxes are left out: staff change these, not imports.
#[derive(Debug, Default)]
pub struct Atlas {
    /// The number of the last event that had changed them, or an earlier one.
    version: i64,
    /// By slug: it sorts as staff expect and as the database compares bytes.
    all: Vec<Arc<Territory>>,
    by_id: HashMap<TerritoryId, usize>,
    by_name: HashMap<String, Vec<usize>>,
    comuni: HashMap<TerritoryId, Vec<usize>>,
    terms: HashMap<Scheme, Vec<Arc<Term>>>,
    by_code: HashMap<Scheme, HashMap<String, Vec<Arc<Term>>>>,
    weights: Weights,
}

impl Atlas {
    fn new(
        version: i64,
        territories: Vec<Territory>,
        names: Vec<territories::Name>,
        terms: Vec<Term>,
        weights: Weights,
    ) -> Self {
        let mut atlas = Self { version, weights, ..Self::default() };
        atlas.all = territories.into_iter().map(|t| Arc::new(Territory { mailbox: None, ..t })).collect();
        atlas.all.sort_by(|a, b| place(a).cmp(&place(b)));
        for (at, territory) in atlas.all.iter().enumerate() {
            atlas.by_id.insert(territory.id, at);
            if let Some(ambito) = territory.ambito {
                atlas.comuni.entry(ambito).or_default().push(at);
            }
        }
        for name in names {
            if let Some(at) = atlas.by_id.get(&name.territory) {
                atlas.by_name.entry(name.folded).or_default().push(*at);
            }
        }
        for term in terms {
            let term = Arc::new(term);
            let by_code = atlas.by_code.entry(term.scheme).or_default();
            by_code.entry(term.code.clone()).or_default().push(Arc::clone(&term));
            atlas.terms.entry(term.scheme).or_default().push(term);
        }
        atlas
    }

    /// The number of the last event that had changed them when they were read, or an earlier one.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// How much each part of a match counts.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// All territories, by slug.
    pub fn territories(&self) -> impl Iterator<Item = &Arc<Territory>> {
        self.all.iter()
    }

    /// The territory with this id.
    #[must_use]
    pub fn territory(&self, id: TerritoryId) -> Option<&Arc<Territory>> {
        self.by_id.get(&id).and_then(|at| self.all.get(*at))
    }

    /// The territory that is named so, if there is one.
    #[must_use]
    pub fn find(&self, key: &TerritoryKey) -> Option<&Arc<Territory>> {
        match key {
            TerritoryKey::Id(id) => self.territory(*id),
            TerritoryKey::Slug(slug) => {
                self.all.binary_search_by(|t| t.slug.as_str().cmp(slug)).ok().and_then(|at| self.all.get(at))
            }
            TerritoryKey::IstatCode(code) => {
                self.named(code).filter(|t| t.kind == TerritoryKind::Comune).min_by_key(|t| t.id.uuid())
            }
            // Staff speak for Ambiti.
            TerritoryKey::Name(name) => {
                self.named(name).min_by_key(|t| (t.kind != TerritoryKind::Ambito, t.slug.as_str()))
            }
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Arc<Territory>> {
        self.by_name.get(&folded(name)).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// The Comuni of this Ambito, by slug.
    pub fn comuni_of(&self, ambito: TerritoryId) -> impl Iterator<Item = &Arc<Territory>> {
        self.comuni.get(&ambito).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// How many territories there are.
    #[must_use]
    pub fn count(&self, filter: &Filter) -> usize {
        self.all.iter().filter(|territory| filter.holds(territory)).count()
    }

    /// One page of territories, by slug.
    #[must_use]
    pub fn list(&self, filter: &Filter, page: &PageRequest) -> Page<Arc<Territory>> {
        let from = page.after.as_ref().map_or(0, |after| self.all.partition_point(|t| place(t) <= cursor(after)));
        let to = page
            .before
            .as_ref()
            .map_or(self.all.len(), |before| self.all.partition_point(|t| place(t) < cursor(before)));
        let within = self.all.get(from..to).unwrap_or_default().iter().filter(|territory| filter.holds(territory));
        // One more than asked for tells whether more follow.
        let most = page.limit + 1;
        let found: Vec<&Arc<Territory>> =
            if page.backward { within.rev().take(most).collect() } else { within.take(most).collect() };
        let item = |t: &Arc<Territory>| (Cursor { key: Key::Text(t.slug.clone()), id: t.id.uuid() }, Arc::clone(t));
        Page::of(found.into_iter().map(item).collect(), page)
    }

    /// All terms of a vocabulary, past and present, in their order.
    #[must_use]
    pub fn terms(&self, scheme: Scheme) -> &[Arc<Term>] {
        self.terms.get(&scheme).map(Vec::as_slice).unwrap_or_default()
    }

    /// The terms with this code, past and present, in their order.
    #[must_use]
    pub fn with_code(&self, scheme: Scheme, code: &str) -> &[Arc<Term>] {
        self.by_code.get(&scheme).and_then(|of| of.get(code)).map(Vec::as_slice).unwrap_or_default()
    }
}

fn place(territory: &Territory) -> (Option<&str>, Uuid) {
    (Some(territory.slug.as_str()), territory.id.uuid())
}

/// Where a cursor stands; one of another list stands before everything.
fn cursor(cursor: &Cursor) -> (Option<&str>, Uuid) {
    match &cursor.key {
        Key::Text(slug) => (Some(slug), cursor.id),
        Key::Time(_) | Key::Number(_) => (None, cursor.id),
    }
}

/// The picture kept, and the right to read a new one: many that find it old read one.
#[derive(Default)]
pub(super) struct Shelf {
    kept: RwLock<Option<Arc<Atlas>>>,
    reading: Mutex<()>,
}

impl Shelf {
    fn at_least(&self, version: i64) -> Option<Arc<Atlas>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|atlas| atlas.version >= version).map(Arc::clone)
    }
}

impl Store {
    /// Territories and vocabularies as they are now. Costs no statement while this process hears of imports, one where
    /// it does not, and four more where there was one.
    ///
    /// # Errors
    /// A fault from the database.
    pub async fn atlas(&self) -> Result<Arc<Atlas>> {
        let version = match self.lists_version() {
            Some(version) => version,
            None => self.read_lists_version().await?,
        };
        if let Some(kept) = self.shelf.at_least(version) {
            return Ok(kept);
        }
        let _reading = self.shelf.reading.lock().await;
        if let Some(kept) = self.shelf.at_least(version) {
            return Ok(kept);
        }
        let (all, names) = (territories::all(self).await?, territories::all_names(self).await?);
        let (terms, weights) = (terms::all(self).await?, match_weights::all(self).await?);
        let atlas = Arc::new(Atlas::new(version, all, names, terms, weights));
        *self.shelf.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&atlas));
        Ok(atlas)
    }
}
