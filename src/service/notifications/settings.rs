//! How a person wants to be told: of each category when, and at which hours not.
use super::digest;
use crate::{
    app::App,
    domain::{
        id::PersonId,
        notification::{Category, Frequency, Preference, Quiet, effective, read_time},
        permission::{Action, Actor, Subject},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        word::Word,
    },
    store::{Tx, notifications, preferences},
};

/// How a person wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Of every category, when.
    pub frequencies: Vec<(Category, Frequency)>,
    /// When not.
    pub quiet: Quiet,
}

/// What a person changes; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// When to be told of some categories.
    pub frequencies: Vec<(Category, Frequency)>,
    /// From when until when no mail comes, as `20:00` and `07:00`; `Some(None)` for at any time.
    pub hours: Option<Option<(String, String)>>,
    /// Whether none comes on Saturdays and Sundays.
    pub weekends_off: Option<bool>,
}

/// How the actor wants to be told.
///
/// # Errors
/// Those of [`Actor::may`].
pub async fn settings(app: &App, actor: &Actor) -> Outcome<Settings> {
    let me = actor.signed_in()?;
    actor.may(Action::SeeNotifications, &Subject::Person(me))?;
    let said = preferences::find(&app.store, &[me]).await?;
    let quiet = preferences::quiet(&app.store, &[me]).await?.pop();
    Ok(of(&said, quiet.map_or_else(Quiet::default, |(_, quiet)| quiet)))
}

fn of(said: &[Preference], quiet: Quiet) -> Settings {
    let frequency = |category| {
        let said = said.iter().find(|said| said.category == category);
        (category, effective(category, said.and_then(|said| said.frequency)))
    };
    Settings { frequencies: Category::ALL.iter().copied().map(frequency).collect(), quiet }
}

/// Changes how the actor wants to be told. What waited for a digest that does not come any more is told in one at once,
/// or, where it is switched off, stays in the centre alone.
///
/// # Errors
/// `INVALID` on `frequencies` or `quietHours`; those of [`Actor::may`].
pub async fn update(app: &App, actor: &Actor, change: &Change) -> Outcome<Settings> {
    let me = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(me))?;
    let mut refusals = Refusals::default();
    refusals.take(change.frequencies.iter().try_for_each(|(category, to)| allowed(*category, *to)));
    let hours = change.hours.as_ref().map(|hours| hours.as_ref().map(|(from, until)| hours_of(from, until)));
    let hours = refusals.take(hours.map(Option::transpose).transpose());
    refusals.none()?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let found = preferences::lock(&mut tx, &[me]).await?.pop();
    let (_, mut quiet) = found.ok_or_else(|| Refusal::not_found(""))?;
    quiet.hours = hours.flatten().unwrap_or(quiet.hours);
    quiet.weekends_off = change.weekends_off.unwrap_or(quiet.weekends_off);
    preferences::set_quiet(&mut tx, me, quiet).await?;
    for (category, to) in &change.frequencies {
        set(&mut tx, app, (me, quiet), *category, Some(*to), None).await?;
    }
    let said = preferences::find(&mut tx, &[me]).await?;
    tx.commit(now).await?;
    Ok(of(&said, quiet))
}

fn allowed(category: Category, to: Frequency) -> Result<(), Refusal> {
    if category.is_free() || to == category.usual() {
        return Ok(());
    }
    Err(Refusal::new(Code::Invalid).on("frequencies").say(
        "Ciò che va saputo in tempo arriva sempre subito: non si può rimandare né disattivare.",
        "What one must know in time always comes at once: it can be neither put off nor switched off.",
    ))
}

fn hours_of(from: &str, until: &str) -> Result<(i64, i64), Refusal> {
    let read = read_time(from).zip(read_time(until)).filter(|(from, until)| from != until);
    read.ok_or_else(|| {
        Refusal::new(Code::Invalid).on("quietHours").say(
            "Scrivete due ore diverse, come 20:00 e 07:00.",
            "Write two different times of day, like 20:00 and 07:00.",
        )
    })
}

/// Sets when a person is told of a category; `was` is kept where a link has switched it off. The caller holds the
/// person's lock.
pub(super) async fn set(
    tx: &mut Tx,
    app: &App,
    (person, quiet): (PersonId, Quiet),
    category: Category,
    to: Option<Frequency>,
    was: Option<Frequency>,
) -> Result<(), Fault> {
    let known = preferences::find(&mut *tx, &[person]).await?.into_iter().find(|known| known.category == category);
    let nothing = Preference { person, category, frequency: None, was: None, told_through: 0, due_at: None };
    let mut preference = known.unwrap_or(nothing);
    let (before, after, now) = (preference.frequency(), effective(category, to), app.clock.now());
    (preference.frequency, preference.was) = (to, was);
    let waits = preference.due_at.is_some();
    if waits && after == Frequency::AtOnce {
        return digest::gather(tx, app, person, &mut [preference], quiet.next_allowed(now)).await;
    }
    if waits && after.waits() && before != after {
        preference.due_at = Some(quiet.next_allowed(app.config.digests.next(after, now)));
    }
    if !waits || !after.waits() {
        // All that came so far has been told, or is not to be.
        preference.told_through = notifications::last_event(&mut *tx, person, category).await?;
        preference.due_at = None;
    }
    preferences::save(tx, &preference).await
}
