//! Tokens for programs: made by a person in a browser or on the command line, never by another token.
use super::sessions;
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{ApiTokenId, PersonId},
        page::{Page, PageRequest},
        permission::{Action, Actor, Scope, Subject},
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        sign_in::SEEN_EVERY_SECONDS,
        text::{self, Language},
        token::{self, ApiToken, LIVE_AT_MOST, SHOWN},
    },
    store::{Tx, people, tokens},
};

/// Who asks with this token, if it works: nothing from the database where its checksum is wrong, else one statement,
/// and once an hour another that notes the use.
///
/// # Errors
/// A fault from the database.
pub async fn actor_for_token(app: &App, token: &str) -> Result<Option<(Actor, Language, ApiTokenId)>, Fault> {
    if !token::is_sound(token) {
        return Ok(None);
    }
    let now = app.clock.now();
    let found = tokens::find_by_hash(&app.store, token::hash(token), now).await?;
    let Some((signed, is)) = found else { return Ok(None) };
    let before = now.plus_seconds(-SEEN_EVERY_SECONDS);
    if signed.used_at.is_none_or(|used| used <= before) {
        let mut tx = app.store.begin().await?;
        tokens::update_used(&mut tx, signed.token, now, before).await?;
        tx.commit(now).await?;
    }
    let actor = sessions::actor(signed.person, is, Some(signed.scopes));
    Ok(Some((actor, signed.language, signed.token)))
}

/// A token that shall be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What for.
    pub scopes: Vec<Scope>,
    /// For how many days.
    pub days: i64,
}

/// Makes a token of one's own; gives it back with the text that nobody will see again.
///
/// # Errors
/// `REQUIRED`, `INVALID`, `TOO_LONG`, `TOO_MANY`; those of [`Actor::may`].
pub async fn create(app: &App, actor: &Actor, new: &NewToken) -> Outcome<(ApiToken, String)> {
    create_for(app, actor, actor.signed_in()?, new).await
}

/// Makes a token for the person with this address: for the command line.
///
/// # Errors
/// As [`create`]; `NOT_FOUND` on `email` where nobody has that address.
pub async fn create_for_email(app: &App, actor: &Actor, email: &str, new: &NewToken) -> Outcome<(ApiToken, String)> {
    let email = text::email("email", email)?;
    let person = people::find_by_email(&app.store, &email).await?.ok_or_else(|| Refusal::not_found("email"))?;
    create_for(app, actor, person.id, new).await
}

async fn create_for(app: &App, actor: &Actor, person: PersonId, new: &NewToken) -> Outcome<(ApiToken, String)> {
    actor.may(Action::CreateToken, &Subject::Person(person))?;
    let mut refusals = Refusals::default();
    let name = refusals.take(text::line("name", &new.name, 100));
    let scopes = refusals.take(token::scopes("scopes", &new.scopes));
    let days = refusals.take(token::days("expiresInDays", new.days));
    let (Some(name), Some(scopes), Some(days)) = (name, scopes, days) else { return Err(refusals.into_failure()) };
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    if tokens::count_live(&mut tx, person, now).await? >= LIVE_AT_MOST {
        return Err(too_many_tokens().into());
    }
    let text = token::token(app.clock.secret());
    let made = ApiToken {
        id: app.clock.id(),
        person,
        name,
        prefix: text[..SHOWN].to_owned(),
        scopes,
        created_at: now,
        expires_at: now.plus_days(days),
        used_at: None,
        revoked_at: None,
    };
    tokens::insert(&mut tx, &made, token::hash(&text)).await?;
    tx.emit(NewEvent::new(EventKind::TokenCreated, person).by(actor.person()).id("token", made.id));
    tx.commit(now).await?;
    Ok((made, text))
}

fn too_many_tokens() -> Refusal {
    Refusal::new(Code::TooMany).say(
        format!("Avete già {LIVE_AT_MOST} chiavi attive, il massimo: revocatene una che non serve più."),
        format!("You have {LIVE_AT_MOST} working tokens, which is the limit: revoke one you no longer need."),
    )
}

/// Revokes one of one's own tokens and gives it back.
///
/// # Errors
/// `NOT_FOUND` where it is not one's own; those of [`Actor::may`]. Revoking twice changes nothing.
pub async fn revoke(app: &App, actor: &Actor, id: ApiTokenId) -> Outcome<ApiToken> {
    let person = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(person))?;
    let mut tx = app.store.begin().await?;
    if tokens::revoke(&mut tx, person, id, app.clock.now()).await? {
        tx.emit(NewEvent::new(EventKind::TokenRevoked, person).by(Some(person)).id("token", id));
    }
    let token = tokens::find(&mut tx, person, id).await?.ok_or_else(|| Refusal::not_found("apiToken"))?;
    tx.commit(app.clock.now()).await?;
    Ok(token)
}

/// Revokes all of a person's tokens.
pub(super) async fn revoke_all_in(tx: &mut Tx, app: &App, actor: &Actor, person: PersonId) -> Result<(), Fault> {
    for token in tokens::revoke_all(tx, person, app.clock.now()).await? {
        tx.emit(NewEvent::new(EventKind::TokenRevoked, person).by(actor.person()).id("token", token));
    }
    Ok(())
}

/// One of one's own tokens.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, actor: &Actor, id: ApiTokenId) -> Result<Option<ApiToken>, Fault> {
    let Some(person) = actor.person() else { return Ok(None) };
    if actor.may(Action::ManageOwnAccount, &Subject::Person(person)).is_err() {
        return Ok(None);
    }
    tokens::find(&app.store, person, id).await
}

/// One page of one's own tokens, the newest first, with their number where it is asked for.
///
/// # Errors
/// Those of [`Actor::may`], or a fault.
pub async fn list(
    app: &App,
    actor: &Actor,
    page: &PageRequest,
    counted: bool,
) -> Outcome<(Page<ApiToken>, Option<i64>)> {
    let person = actor.signed_in()?;
    actor.may(Action::ManageOwnAccount, &Subject::Person(person))?;
    let total = if counted { Some(tokens::count(&app.store, person).await?) } else { None };
    Ok((tokens::list(&app.store, person, page).await?, total))
}
