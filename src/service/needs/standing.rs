//! Keeps for every open need the practices that answer it: follows the log from a place of its own.
//!
//! A pair belongs to the later of the two. Where the need was written last, what answers it stands on its page already;
//! where the practice changed last, the need's watchers are told, once, however often it changes. What fits is found
//! before anything is locked. Then, under the lock on the follower's place, it is written unless another instance was
//! first; what has changed since is left to the event that changed it. So each event is followed exactly once, and a
//! killed process leaves nothing half done.
use super::answers::wish;
use crate::{
    app::App,
    domain::{
        event::{Event, EventKind, NewEvent},
        id::{Id, NeedId, PracticeId},
        matching::{Offer, judge},
        need::{MOST_MATCHES, Need, NeedState},
        permission::PracticeStatus,
        practice::Practice,
        refusal::Fault,
        word::Word,
    },
    service::{matching, search},
    store::{
        Tx,
        atlas::Atlas,
        events,
        needs::{self, Fit, Side},
        practices,
    },
};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use uuid::Uuid;

/// The follower's name.
const NAME: &str = "needs";
/// How many events are followed at once.
const LOT: i64 = 50;
/// How many needs are read at once.
const NEEDS: i64 = 200;
/// What may open or close a match.
const KINDS: &[EventKind] = &[
    EventKind::NeedPosted,
    EventKind::NeedChanged,
    EventKind::NeedClosed,
    EventKind::PracticePublished,
    EventKind::PracticeUpdated,
    EventKind::KitChanged,
    EventKind::PracticeArchived,
];

/// The best of each need whose words were asked for, kept while one lot is followed.
type Best = HashMap<NeedId, Vec<(PracticeId, f64)>>;

/// What fits one side.
struct Found {
    side: Side,
    /// The number of the event that is followed.
    seq: i64,
    fits: Vec<Fit>,
}

impl Found {
    const fn practice(&self) -> Option<PracticeId> {
        match self.side {
            Side::Practice(practice) => Some(practice),
            Side::Need(_) => None,
        }
    }

    /// Whether it is more than a practice that answers nothing.
    const fn says_something(&self) -> bool {
        !self.fits.is_empty() || self.practice().is_none()
    }
}

/// Follows all events so far. False where the search index is not ready yet: then they wait.
///
/// # Errors
/// A fault from the database or the index: what was not followed yet is followed next time.
pub async fn follow(app: &App) -> Result<bool, Fault> {
    while events::lag(&app.store, NAME).await? > 0 {
        if !lot(app).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn lot(app: &App) -> Result<bool, Fault> {
    let from = events::place(&app.store, NAME).await?;
    let lot = events::after(&app.store, from, LOT).await?;
    let Some(to) = lot.last().map(|event| event.seq) else { return Ok(true) };
    let touched = touched(&lot);
    if !touched.is_empty() {
        // Another instance's events may be in the database before this one has heard of them.
        search::catch_up(app).await?;
        if app.search.mark().is_none_or(|mark| mark.seq < to) {
            return Ok(false);
        }
    }
    let (mut found, mut best) = (Vec::new(), Best::new());
    for (subject, (seq, kind)) in &touched {
        found.extend(match kind.as_str().split('.').next() {
            Some("need") => of_need(app, Id::of(*subject), *seq).await?,
            _ => of_practice(app, Id::of(*subject), *seq, &mut best).await?,
        });
    }
    // As they happened: what is written of one side last is what stands.
    found.sort_by_key(|found| found.seq);
    write(app, (from, to), touched, found).await.map(|()| true)
}

/// What the events are about, each with the last of them.
fn touched(lot: &[Event]) -> HashMap<Uuid, (i64, EventKind)> {
    let known = lot.iter().filter(|event| KINDS.contains(&event.kind));
    known.map(|event| (event.subject, (event.seq, event.kind))).collect()
}

/// The practices that answer a need; none for one that is closed, which keeps what it had.
async fn of_need(app: &App, id: NeedId, seq: i64) -> Result<Option<Found>, Fault> {
    let open = needs::find(&app.store, id).await?.filter(|need| need.state == NeedState::Open);
    let Some(need) = open else { return Ok(None) };
    let wish = wish(app.store.atlas().await?.as_ref(), &need);
    let best = matching::best(app, &wish, need.territory, MOST_MATCHES).await?;
    let fits = best.into_iter().filter(|(_, score)| *score >= least(app));
    let fits = fits.map(|(practice, score)| Fit { need: id, territory: need.territory, practice, score }).collect();
    Ok(Some(Found { side: Side::Need(id), seq, fits }))
}

#[expect(clippy::cast_precision_loss, reason = "1 to 100")]
fn least(app: &App) -> f64 {
    app.config.need_score as f64
}

/// The open needs that a practice answers: none once it is no longer public.
async fn of_practice(app: &App, id: PracticeId, seq: i64, best: &mut Best) -> Result<Option<Found>, Fault> {
    let mut found = Found { side: Side::Practice(id), seq, fits: Vec::new() };
    let Some(practice) = practices::find_many_brief(&app.store, &[id]).await?.pop() else { return Ok(Some(found)) };
    if practice.status != PracticeStatus::Published {
        return Ok(Some(found));
    }
    let (atlas, mut after) = (app.store.atlas().await?, Uuid::nil());
    loop {
        let some = needs::open_for(&app.store, &practice, after, NEEDS).await?;
        let Some(last) = some.last() else { return Ok(Some(found)) };
        after = last.id.uuid();
        for need in &some {
            if let Some(score) = score(app, &atlas, need, &practice, best).await? {
                found.fits.push(Fit { need: need.id, territory: need.territory, practice: id, score });
            }
        }
    }
}

/// How well a practice answers a need. How well it fits the words is a share of what fits them best of all, which only the
/// index knows: it is asked once for a need in a lot, and only where a perfect fit of the words would be enough.
async fn score(
    app: &App,
    atlas: &Atlas,
    need: &Need,
    practice: &Practice,
    best: &mut Best,
) -> Result<Option<f64>, Fault> {
    let wish = wish(atlas, need);
    let near = matching::near(atlas, &wish, practice.owner);
    let at_best = judge(&wish, &Offer::of(practice, near, wish.text.as_ref().map(|_| 1.0)), atlas.weights());
    let fits = |score: &f64| *score >= least(app);
    let at_best = at_best.map(|judged| judged.score).filter(fits);
    if at_best.is_none() || wish.text.is_none() {
        return Ok(at_best);
    }
    let known = match best.entry(need.id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(matching::best(app, &wish, need.territory, MOST_MATCHES).await?),
    };
    Ok(known.iter().filter(|(found, _)| *found == practice.id).map(|(_, score)| *score).next().filter(fits))
}

/// Writes what was found, tells of what is new, and moves on; nothing of it where another instance was first.
async fn write(
    app: &App,
    (from, to): (i64, i64),
    touched: HashMap<Uuid, (i64, EventKind)>,
    found: Vec<Found>,
) -> Result<(), Fault> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await?);
    if events::position(&mut tx, NAME).await? != from {
        return Ok(());
    }
    let mut last: HashMap<Uuid, i64> = touched.into_iter().map(|(subject, (seq, _))| (subject, seq)).collect();
    if !found.is_empty() {
        let fits = found.iter().flat_map(|found| &found.fits);
        let concerned = fits.flat_map(|fit| [fit.need.uuid(), fit.practice.uuid()]).chain(last.keys().copied());
        let concerned: BTreeSet<Uuid> = concerned.collect();
        let concerned: Vec<Uuid> = concerned.into_iter().collect();
        let since = events::touched_after(&mut tx, to, KINDS, &concerned).await?;
        last.extend(since.into_iter().map(|subject| (subject, i64::MAX)));
    }
    let when = |subject: Uuid| last.get(&subject).copied().unwrap_or_default();
    // Most practices answer nothing, and nothing is to be written of them.
    let (found, none): (Vec<Found>, Vec<Found>) = found.into_iter().partition(Found::says_something);
    let none: Vec<PracticeId> = none.iter().filter_map(Found::practice).collect();
    if !none.is_empty() {
        needs::unfit(&mut tx, &none).await?;
    }
    for Found { side, seq, mut fits } in found {
        let event = match side {
            Side::Need(need) if when(need.uuid()) == seq => {
                fits.retain(|fit| when(fit.practice.uuid()) < seq);
                None
            }
            Side::Practice(practice) if when(practice.uuid()) == seq => {
                fits.retain(|fit| when(fit.need.uuid()) < seq);
                Some(seq)
            }
            _ => continue,
        };
        let rows: Vec<_> = fits.into_iter().map(|fit| (app.clock.id(), fit)).collect();
        let new = needs::save_fits(&mut tx, side, &rows, event, now).await?;
        if let Side::Practice(practice) = side {
            let fitting: Vec<NeedId> = rows.iter().map(|(_, fit)| fit.need).collect();
            tell(&mut tx, (practice, seq), &fitting, &new).await?;
        }
    }
    events::advance(&mut tx, NAME, to).await?;
    tx.commit(now).await
}

/// Leaves the needs that a practice's event touched their best, and tells of the pairs that are new among these.
async fn tell(tx: &mut Tx, (practice, seq): (PracticeId, i64), fitting: &[NeedId], new: &[Fit]) -> Result<(), Fault> {
    needs::keep_best(tx, fitting, i64::try_from(MOST_MATCHES).unwrap_or(i64::MAX)).await?;
    let ids: Vec<NeedId> = new.iter().map(|fit| fit.need).collect();
    let kept = needs::forget_beaten(tx, practice, &ids).await?;
    for fit in new.iter().filter(|fit| kept.contains(&fit.need)) {
        let told = NewEvent::new(EventKind::NeedMatched, fit.need).id("territory", fit.territory);
        tx.emit(told.id("practice", practice).note("event", seq));
    }
    Ok(())
}
