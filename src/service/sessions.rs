//! Signed-in browsers: who asks, and which browsers are signed in.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{PersonId, SessionId},
        page::{Page, PageRequest},
        permission::{Action, Actor, Member, Scope, Subject},
        refusal::{Fault, Outcome, Refusal},
        sign_in::{SEEN_EVERY_SECONDS, SESSION_DAYS_AT_MOST, Session, secret, secret_hash},
        text::Language,
        time::Ts,
    },
    store::{
        Tx,
        people::Qualities,
        sessions::{self, Live, Revoked},
    },
};

fn live(app: &App) -> Live {
    let now = app.clock.now();
    Live { now, seen_after: now.plus_days(-app.config.session_days) }
}

/// The person as an actor, with what they are by now.
pub(super) fn actor(person: PersonId, is: Qualities, scopes: Option<Vec<Scope>>) -> Actor {
    Actor::Person(Member { person, memberships: is.memberships, staff: is.staff, scopes })
}

/// Who asks with this session's secret, if it is live: one statement, and once an hour another that notes the
/// use.
///
/// # Errors
/// A fault from the database.
pub async fn actor_for_session(app: &App, secret: &str) -> Result<Option<(Actor, Language, SessionId)>, Fault> {
    let when = live(app);
    let found = sessions::find_by_hash(&app.store, secret_hash(secret), when).await?;
    let Some((signed, is)) = found else { return Ok(None) };
    let before = when.now.plus_seconds(-SEEN_EVERY_SECONDS);
    if signed.seen_at <= before {
        let mut tx = app.store.begin().await?;
        sessions::update_seen(&mut tx, signed.session, when.now, before).await?;
        tx.commit(when.now).await?;
    }
    Ok(Some((actor(signed.person, is, None), signed.language, signed.session)))
}

/// Signs a browser in: ends the session it had and begins another, under a secret of its own.
pub(super) async fn begin_in(
    tx: &mut Tx,
    app: &App,
    person: PersonId,
    browser: &str,
    old: Option<&str>,
) -> Result<(Session, String), Fault> {
    let now = app.clock.now();
    if let Some(old) = old
        && let Some(ended) = sessions::revoke_by_hash(tx, secret_hash(old), now).await?
    {
        tx.emit(ended_event(ended));
    }
    let secret = secret(app.clock.secret());
    let session = Session {
        id: app.clock.id(),
        person,
        browser: browser.chars().take(200).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus_days(SESSION_DAYS_AT_MOST),
    };
    sessions::insert(tx, &session, secret_hash(&secret)).await?;
    tx.emit(NewEvent::new(EventKind::SignedIn, person).by(Some(person)).id("session", session.id));
    Ok((session, secret))
}

fn ended_event(ended: Revoked) -> NewEvent {
    NewEvent::new(EventKind::SignedOut, ended.person).by(Some(ended.person)).id("session", ended.session)
}

/// Ends all of a person's sessions.
pub(super) async fn end_all_in(tx: &mut Tx, person: PersonId, now: Ts) -> Result<(), Fault> {
    for ended in sessions::revoke_all(tx, person, now).await? {
        tx.emit(ended_event(ended));
    }
    Ok(())
}

/// Ends the session with this secret. False where it had ended already.
///
/// # Errors
/// A fault from the database.
pub async fn sign_out(app: &App, secret: &str) -> Outcome<bool> {
    let mut tx = app.store.begin().await?;
    let ended = sessions::revoke_by_hash(&mut tx, secret_hash(secret), app.clock.now()).await?;
    if let Some(ended) = ended {
        tx.emit(ended_event(ended));
    }
    tx.commit(app.clock.now()).await?;
    Ok(ended.is_some())
}

/// Ends one of one's own sessions, in whichever browser it is, and gives it back as it was.
///
/// # Errors
/// `NOT_FOUND` where it is not one's own or has ended; those of [`Actor::may`].
pub async fn revoke(app: &App, actor: &Actor, id: SessionId) -> Outcome<Session> {
    let person = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(person))?;
    let mut tx = app.store.begin().await?;
    let missing = || Refusal::not_found("session");
    let session = sessions::find(&mut tx, person, id, live(app)).await?.ok_or_else(missing)?;
    let ended = sessions::revoke(&mut tx, person, id, app.clock.now()).await?.ok_or_else(missing)?;
    tx.emit(ended_event(ended));
    tx.commit(app.clock.now()).await?;
    Ok(session)
}

/// One of one's own live sessions.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, actor: &Actor, id: SessionId) -> Result<Option<Session>, Fault> {
    let Some(person) = actor.person() else { return Ok(None) };
    if actor.may(Action::ManageOwnAccount, &Subject::Person(person)).is_err() {
        return Ok(None);
    }
    sessions::find(&app.store, person, id, live(app)).await
}

/// One page of one's own live sessions, the newest first, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`], or a fault.
pub async fn list(
    app: &App,
    actor: &Actor,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<Session>, Option<i64>)> {
    let person = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(person))?;
    let total = if counted { Some(sessions::count(&app.store, person, live(app)).await?) } else { None };
    Ok((sessions::list(&app.store, person, live(app), page).await?, total))
}
