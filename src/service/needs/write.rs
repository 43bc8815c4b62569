//! Writing a need: posted, changed, closed.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, NeedId, TerritoryId},
        need::{Changes, MOST_NOTE, MOST_OPEN, Need, NeedClosing, NeedState, Wanted},
        permission::{Action, Actor, Subject},
        privacy,
        refusal::{Code, Outcome, Refusal, Refusals},
        text::body,
    },
    service::{
        idempotency::{self, Key},
        vocabulary::Vocabulary,
    },
    store::{Tx, needs},
};
use serde::Serialize;

/// A need to post.
#[derive(Clone, Debug)]
pub struct Post {
    /// Who looks.
    pub territory: TerritoryId,
    /// For what.
    pub says: Changes,
    /// The author says that what looks like personal data is none.
    pub no_personal_data: bool,
    /// Made up to show how the hub works; only the hub itself posts such.
    pub illustrative: bool,
    /// Makes a repeat harmless.
    pub key: Option<String>,
}

/// What a key stands for.
#[derive(Serialize)]
struct Posted<'a> {
    territory: TerritoryId,
    wanted: &'a Wanted,
}

/// Posts a need. Its author watches it.
///
/// # Errors
/// `REQUIRED` where it says nothing to look for, `CASE_DATA`, `TOO_MANY` where the territory has [`MOST_OPEN`] open
/// ones, what is wrong with the fields, all at once; `NOT_FOUND` for an unknown territory.
pub async fn post(app: &App, actor: &Actor, post: Post) -> Outcome<Need> {
    actor.may(Action::PostNeed, &Subject::Territory(post.territory)).map_err(|refusal| refusal.on("territory"))?;
    let now = app.clock.now();
    let empty = Need::empty(app.clock.id(), post.territory, actor.person(), now);
    let (mut need, mut refusals) = (empty.clone(), Refusals::default());
    need.illustrative = post.illustrative && *actor == Actor::System;
    post.says.apply(&mut need, &mut refusals);
    let mut tx = app.store.begin().await?;
    let input = Posted { territory: need.territory, wanted: &need.wanted };
    let key = Key { key: post.key.as_deref(), action: "postNeed", input: &input };
    // What is refused is done by no key.
    if refusals.is_empty()
        && let Some(old) = idempotency::claim(&mut tx, actor.person(), key, need.id.uuid(), now).await?
    {
        let posted = needs::find(&mut tx, Id::of(old)).await?;
        return posted.ok_or_else(|| Refusal::not_found("idempotencyKey").into());
    }
    match needs::open_for_update(&mut tx, need.territory).await? {
        None => refusals.push(Refusal::not_found("territory")),
        Some(open) if open >= MOST_OPEN => refusals.push(too_many()),
        Some(_) => {}
    }
    check(app, &mut tx, (&empty, &need), post.no_personal_data, &mut refusals).await?;
    refusals.none()?;
    needs::insert(&mut tx, &need).await?;
    if let Some(person) = actor.person() {
        needs::watch(&mut tx, need.id, person, now).await?;
    }
    tell(&mut tx, EventKind::NeedPosted, actor, &need);
    tx.commit(now).await?;
    Ok(need)
}

fn too_many() -> Refusal {
    Refusal::new(Code::TooMany).on("territory").say(
        format!("Il territorio ha già {MOST_OPEN} «cerco» aperti: chiudete quelli che non servono più."),
        format!("The territory has {MOST_OPEN} open needs already: close those that are there no longer."),
    )
}

/// A change of a need.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Which.
    pub need: NeedId,
    /// The version that was read.
    pub expected_version: i64,
    /// What changes.
    pub says: Changes,
    /// The author says that what looks like personal data is none.
    pub no_personal_data: bool,
}

/// Changes what is given of an open need.
///
/// # Errors
/// `NOT_FOUND`, `WRONG_STATE` where it is closed, `CONFLICT` where somebody changed it in the meantime; those of
/// [`post`].
pub async fn edit(app: &App, actor: &Actor, edit: Edit) -> Outcome<Need> {
    let mut tx = app.store.begin().await?;
    let before = open(&mut tx, actor, edit.need).await?;
    if before.version != edit.expected_version {
        return Err(Refusal::conflict(before.version).into());
    }
    let (mut after, mut refusals) = (before.clone(), Refusals::default());
    edit.says.apply(&mut after, &mut refusals);
    check(app, &mut tx, (&before, &after), edit.no_personal_data, &mut refusals).await?;
    refusals.none()?;
    if after == before {
        return Ok(before);
    }
    change(app, tx, actor, after, EventKind::NeedChanged).await
}

/// Why a need is closed.
#[derive(Clone, Debug)]
pub struct Close {
    /// Which.
    pub need: NeedId,
    /// Why.
    pub because: NeedClosing,
    /// A word on that; needed where the reason is another.
    pub note: String,
    /// The author says that what looks like personal data is none.
    pub no_personal_data: bool,
}

/// Closes an open need: it stays readable and changes no more.
///
/// # Errors
/// `NOT_FOUND`, `WRONG_STATE` where it is closed, `REQUIRED` without a note on another reason, `TOO_LONG`, `CASE_DATA`;
/// those of [`Actor::may`].
pub async fn close(app: &App, actor: &Actor, close: Close) -> Outcome<Need> {
    let mut tx = app.store.begin().await?;
    let mut need = open(&mut tx, actor, close.need).await?;
    need.closing_note = body("note", &close.note, MOST_NOTE)?;
    if need.closing_note.is_empty() && close.because == NeedClosing::Other {
        return Err(Refusal::required("note")
            .say("Dite in due parole perché lo chiudete.", "Say in a word or two why you close it.")
            .into());
    }
    if !close.no_personal_data {
        privacy::check("note", &need.closing_note)?;
    }
    (need.state, need.closed_because, need.closed_at) = (NeedState::Closed, Some(close.because), Some(app.clock.now()));
    change(app, tx, actor, need, EventKind::NeedClosed).await
}

/// An open need that is going to be changed, locked.
async fn open(tx: &mut Tx, actor: &Actor, id: NeedId) -> Outcome<Need> {
    let need = needs::find_for_update(tx, id).await?.ok_or_else(|| Refusal::not_found("need"))?;
    actor.may(Action::EditNeed, &need.subject())?;
    need.is_open()?;
    Ok(need)
}

/// What a need must say, may say and may not say. Of an edit only what it brings is judged anew.
async fn check(
    app: &App,
    tx: &mut Tx,
    (before, after): (&Need, &Need),
    no_personal_data: bool,
    refusals: &mut Refusals,
) -> Outcome<()> {
    if refusals.is_empty() {
        after.require_something(refusals);
    }
    Vocabulary::read(app, tx).await?.check_wanted(&before.wanted, &after.wanted, refusals);
    // What somebody confirmed before stays confirmed.
    if !no_personal_data && privacy::seen(&before.wanted.text) != privacy::seen(&after.wanted.text) {
        after.guard(refusals);
    }
    Ok(())
}

async fn change(app: &App, mut tx: Tx, actor: &Actor, mut need: Need, event: EventKind) -> Outcome<Need> {
    need.version += 1;
    need.updated_at = app.clock.now();
    needs::update(&mut tx, &need).await?;
    tell(&mut tx, event, actor, &need);
    tx.commit(need.updated_at).await?;
    Ok(need)
}

fn tell(tx: &mut Tx, event: EventKind, actor: &Actor, need: &Need) {
    let event = NewEvent::new(event, need.id).by(actor.person());
    tx.emit(event.id("territory", need.territory).note("version", need.version));
}
