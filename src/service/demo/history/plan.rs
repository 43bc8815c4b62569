//! Who asks whom for what, and when each step is taken: decided before anything is done, from the file, the cast and the
//! day up to which the history goes. No two plans for one day differ.
use super::{
    cast::Cast,
    dice::Dice,
    file::{Arc, Deed, File},
    times,
};
use crate::domain::{refusal::Fault, request::Step, time::Ts};
use std::collections::{BTreeMap, BTreeSet};

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// A practice of the file, by its key.
    Listed(String),
    /// The copy that came of another request of the plan.
    Copy(usize),
}

/// One request from its first step to its last.
#[derive(Clone, Debug)]
pub struct Story {
    /// Which of the file's arcs.
    pub arc: usize,
    /// The full name of who asks.
    pub requester: String,
    /// What for.
    pub wanted: Wanted,
    /// When each of the arc's steps is taken.
    pub times: Vec<Ts>,
}

/// A place in the plan: when, which story, which of its steps.
pub type Moment = (Ts, usize, usize);

/// The whole history.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The requests.
    pub stories: Vec<Story>,
    /// All their steps in order of time.
    pub moments: Vec<Moment>,
}

/// How often a place is looked for before the plan is given up.
const TRIES: usize = 4_000;
/// Days after its publication before a copy is asked for.
const SETTLED: i64 = 30;

/// While a request counts against the owner's capacity, and whether it still does at the end.
#[derive(Clone, Copy)]
struct Load {
    from: Ts,
    to: Ts,
    open: bool,
}

struct Planner<'a> {
    file: &'a File,
    cast: &'a Cast,
    /// The first and the last moment.
    within: (Ts, Ts),
    dice: Dice,
    stories: Vec<Story>,
    loads: BTreeMap<Wanted, Vec<Load>>,
    /// Who has asked for what: once is enough.
    asked: BTreeSet<(String, Wanted)>,
}

/// Plans the history between two moments.
///
/// # Errors
/// A fault where the file asks for more than the practices can carry.
pub fn plan(file: &File, cast: &Cast, within: (Ts, Ts), seed: u64) -> Result<Plan, Fault> {
    let (stories, loads, asked) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut planner = Planner { file, cast, within, dice: Dice::new(seed), stories, loads, asked };
    let mut all: Vec<(usize, usize)> =
        file.arcs.iter().enumerate().flat_map(|(arc, one)| (0..one.count).map(move |nth| (arc, nth))).collect();
    planner.dice.shuffle(&mut all);
    // Those that have the least choice go first: named ones, full support, what is still open, what takes long.
    all.sort_by_key(|(arc, nth)| {
        let one = &file.arcs[*arc];
        let pinned = one.pinned.len() > *nth;
        (one.from_copy, !pinned, one.level.is_none(), one.since.is_none(), usize::MAX - one.steps.len())
    });
    for (arc, nth) in all {
        planner.place(arc, file.arcs[arc].pinned.get(nth))?;
    }
    Ok(planner.done())
}

impl Planner<'_> {
    /// Finds a time and a pair for one request.
    fn place(&mut self, index: usize, pinned: Option<&(String, String)>) -> Result<(), Fault> {
        let file = self.file;
        let arc = &file.arcs[index];
        for _ in 0..TRIES {
            let Some(times) = times::draw(arc, self.within, &mut self.dice) else { continue };
            let load = load(arc, &times, self.within.1);
            let pair = match pinned {
                Some((requester, key)) => Some((requester.clone(), Wanted::Listed(key.clone()))),
                None => self.pair(arc, load),
            };
            let Some((requester, wanted)) = pair.filter(|(_, wanted)| self.has_room(wanted, load)) else { continue };
            self.loads.entry(wanted.clone()).or_default().push(load);
            self.asked.insert((requester.clone(), wanted.clone()));
            self.stories.push(Story { arc: index, requester, wanted, times });
            return Ok(());
        }
        Err(Fault::new(format!("the demo's history has no room for its arc {index}")))
    }

    /// Somebody who asks, and something to be asked for by them.
    fn pair(&mut self, arc: &Arc, load: Load) -> Option<(String, Wanted)> {
        let quiet = |name: &String| arc.since.is_some() && self.file.quiet.contains(name);
        let requesters = self.file.requesters.iter().filter(|(name, _)| !quiet(name));
        let requesters = requesters.map(|(name, weight)| (*weight, name.clone())).collect();
        let requester = self.dice.weighted(requesters)?;
        let stories = || self.stories.iter().enumerate();
        let wanted: Vec<(u64, Wanted)> = if arc.from_copy {
            let copies = stories().filter(|(_, story)| {
                let steps = &self.file.arcs[story.arc].steps;
                let published = steps.iter().position(|step| step.deed == Deed::Publish);
                let since = published.and_then(|place| story.times.get(place));
                !matches!(story.wanted, Wanted::Copy(_)) && since.is_some_and(|at| at.plus_days(SETTLED) < load.from)
            });
            copies.map(|(nth, _)| (1, Wanted::Copy(nth))).collect()
        } else {
            let listed = self.file.practices.iter().filter(|(key, _)| {
                self.cast.offers.get(*key).is_some_and(|offer| offer.level(arc.level).is_some() && !quiet(&offer.owner))
            });
            listed.map(|(key, listed)| (listed.weight, Wanted::Listed(key.clone()))).collect()
        };
        let may = |wanted: &Wanted| {
            !self.asked.contains(&(requester.clone(), wanted.clone()))
                && self.owners(wanted).iter().all(|owner| !self.neighbours(owner, &requester))
        };
        let wanted = wanted.into_iter().filter(|(_, wanted)| may(wanted)).collect();
        let wanted = self.dice.weighted(wanted)?;
        Some((requester, wanted))
    }

    /// Whose it is, and of a copy whose the original is.
    fn owners(&self, wanted: &Wanted) -> Vec<&str> {
        match wanted {
            Wanted::Listed(key) => self.cast.offers.get(key).map(|offer| offer.owner.as_str()).into_iter().collect(),
            Wanted::Copy(nth) => {
                let Some(story) = self.stories.get(*nth) else { return Vec::new() };
                [self.owners(&story.wanted), vec![story.requester.as_str()]].concat()
            }
        }
    }

    /// Whether both are of one Ambito: they would not write to one another through the hub.
    fn neighbours(&self, one: &str, other: &str) -> bool {
        let of = |name: &str| self.cast.seats.get(name).map(|seat| seat.ambito);
        of(one) == of(other)
    }

    fn has_room(&self, wanted: &Wanted, new: Load) -> bool {
        let (capacity, spare) = match wanted {
            Wanted::Copy(_) => (1, 0),
            Wanted::Listed(key) => {
                let capacity = self.cast.offers.get(key).map_or(0, |offer| offer.practice.support_capacity);
                (usize::try_from(capacity).unwrap_or(0), self.file.practices.get(key).map_or(0, |listed| listed.spare))
            }
        };
        let loads = self.loads.get(wanted).map(Vec::as_slice).unwrap_or_default();
        let meets = || loads.iter().filter(|load| load.from <= new.to && new.from <= load.to);
        // As many at once as at the beginning of one of them.
        let begins = meets().map(|load| load.from.max(new.from)).chain([new.from]);
        let most = begins.map(|at| 1 + meets().filter(|load| load.from <= at && at <= load.to).count()).max();
        let open = loads.iter().filter(|load| load.open).count();
        most.is_some_and(|most| most <= capacity) && (!new.open || open + spare < capacity)
    }

    fn done(self) -> Plan {
        let all = self.stories.iter().enumerate();
        let all = all.flat_map(|(story, one)| one.times.iter().enumerate().map(move |(step, at)| (*at, story, step)));
        let mut moments: Vec<Moment> = all.collect();
        moments.sort_unstable();
        Plan { stories: self.stories, moments }
    }
}

/// From the draft on, since a full owner is said before writing, to the step that frees the owner. A draft that is never
/// sent only finds the owner free.
fn load(arc: &Arc, times: &[Ts], until: Ts) -> Load {
    let from = times.first().copied().unwrap_or(until);
    let sent = arc.steps.iter().any(|step| step.deed == Deed::Step(Step::Send));
    let freed = arc.steps.iter().zip(times).rfind(|(step, _)| times::frees(step.deed)).map(|(_, at)| *at);
    let to = if sent { freed } else { Some(from) };
    Load { from, to: to.unwrap_or(until), open: to.is_none() }
}
