//! Finding the right peer: the practices that answer a wish best. The index says which come into question, the database
//! what they are now, and the domain how well each fits and in which order they are shown.
mod best;
mod note;
mod report;
mod suggest;
mod wish;

pub(super) use best::best;
pub use note::{Showing, opened, shown};
pub use report::{Mean, Report, Way, report};
pub use suggest::suggested;
pub use wish::{check, wish_for};

use crate::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        matching::{Judged, Near, Offer, Part, Placed, Site, Wish, judge, order},
        permission::{Actor, PracticeStatus},
        practice::Practice,
        refusal::Fault,
    },
    search::{Candidate, Sought},
    service::search::{caught_up, lists_of},
    store::{atlas::Atlas, lineage, practices},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tokio::task::spawn_blocking;

/// Matches of one wish that are given at most.
pub const MOST: usize = 20;
/// How many of the best are put in order. A descendant goes before its ancestor with some points less, and among many
/// practices some points are many places.
const IN_ORDER: usize = 1_000;
/// How many more are read than are wanted: some may have been put away since.
const SPARE: usize = 10;

/// A practice that answers a wish.
#[derive(Clone, Debug)]
pub struct Match {
    /// The practice, in brief.
    pub practice: Arc<Practice>,
    /// How well it fits.
    pub judged: Judged,
    /// How near its owner is.
    pub near: Near,
    /// How well it fits the words, where there were some.
    pub text: Option<f64>,
    /// The practice it comes from and goes before, because it is nearer in size.
    pub mentor_of: Option<PracticeId>,
}

/// The practices that answer a wish.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// In the order to show them.
    pub matches: Vec<Match>,
    /// Whether all that was known when it was asked is in it.
    pub is_current: bool,
    /// The index is being built: nobody knows yet.
    pub is_building: bool,
}

/// What is left out of the answer.
#[derive(Clone, Debug, Default)]
pub struct Except {
    /// The practices of these owners: nobody looks for its own.
    pub own: Vec<TerritoryId>,
    /// These practices.
    pub practices: HashSet<PracticeId>,
}

impl Except {
    /// What is nobody's to look for: the practices of where one works, and of the territory it is for.
    #[must_use]
    pub fn own(actor: &Actor, territory: Option<TerritoryId>) -> Self {
        Self { own: actor.territories().into_iter().chain(territory).collect(), ..Self::default() }
    }
}

/// The practices that answer a wish best, at most `first`. Costs two statements.
///
/// # Errors
/// A fault from the database or the index.
pub async fn find(app: &App, wish: &Arc<Wish>, except: Except, first: usize) -> Result<Matches, Fault> {
    let is_current = caught_up(app).await?;
    let atlas = app.store.atlas().await?;
    let lists = lists_of(app, &atlas).await?;
    let sought = Sought {
        wish: Wish::clone(wish),
        weights: atlas.weights().clone(),
        own: except.own,
        without: except.practices,
        most: IN_ORDER,
    };
    let search = app.search.clone();
    let found = spawn_blocking(move || search.matching(&sought, &lists)).await.map_err(Fault::new)??;
    let is_building = found.is_none();
    let found = found.unwrap_or_default();
    if found.is_empty() {
        return Ok(Matches { matches: Vec::new(), is_current, is_building });
    }
    let some = first.min(MOST) + SPARE;
    let by_score = order(found.iter().map(|one| one.placed).collect(), &[]);
    let best: Vec<PracticeId> = by_score.iter().take(some).map(|(one, _)| one.practice).collect();
    let copies = lineage::copies(&app.store, &practices::Sees::default(), &best).await?;
    let ordered = order(by_score.into_iter().map(|(one, _)| one).collect(), &copies);
    let chosen: Vec<PracticeId> = ordered.iter().take(some).map(|(one, _)| one.practice).collect();
    let mut matches = read(app, &atlas, wish, &found, &chosen).await?;
    // What is shown is what the database says: where the index is behind it, the order may be another.
    let placed = matches.iter().map(Match::placed).collect();
    let matches = order(placed, &copies).into_iter().take(first.min(MOST)).filter_map(|(one, mentor_of)| {
        let at = matches.iter().position(|found| found.practice.id == one.practice)?;
        Some(Match { mentor_of, ..matches.swap_remove(at) })
    });
    Ok(Matches { matches: matches.collect(), is_current, is_building })
}

/// The chosen practices as they are now; those that are no longer public are left out.
async fn read(
    app: &App,
    atlas: &Atlas,
    wish: &Wish,
    found: &[Candidate],
    chosen: &[PracticeId],
) -> Result<Vec<Match>, Fault> {
    let text: HashMap<PracticeId, Option<f64>> = found.iter().map(|one| (one.placed.practice, one.text)).collect();
    let read = practices::find_many_brief(&app.store, chosen).await?;
    let public = read.into_iter().filter(|practice| practice.status == PracticeStatus::Published);
    let judged = public.filter_map(|practice| {
        let text = text.get(&practice.id).copied().flatten();
        let near = near(atlas, wish, practice.owner);
        let judged = judge(wish, &Offer::of(&practice, near, text), atlas.weights())?;
        Some(Match { practice: Arc::new(practice), judged, near, text, mentor_of: None })
    });
    Ok(judged.collect())
}

/// How near a territory is to where the wish is to be done.
pub(super) fn near(atlas: &Atlas, wish: &Wish, owner: TerritoryId) -> Near {
    let sites = wish.site.as_ref().zip(atlas.territory(owner));
    sites.map(|(mine, owner)| mine.near(&Site::of(owner))).unwrap_or_default()
}

impl Match {
    fn placed(&self) -> Placed {
        let size = self.judged.values[Part::Size as usize];
        Placed { practice: self.practice.id, owner: self.practice.owner, score: self.judged.score, size }
    }

    /// What the score read of it.
    #[must_use]
    pub fn offer(&self) -> Offer<'_> {
        Offer::of(&self.practice, self.near, self.text)
    }
}
