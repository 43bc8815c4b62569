//! Reading conversations and messages, always as somebody: what they may not see is not there.
use crate::{
    app::App,
    domain::{
        conversation::{Conversation, Message},
        id::{ConversationId, MessageId, RequestId, TerritoryId},
        page::{Page, PageRequest},
        permission::{Action, Actor, Subject},
        refusal::{Fault, Outcome},
    },
    store::conversations,
};

/// Those of these conversations that the actor may see, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[ConversationId]) -> Result<Vec<Conversation>, Fault> {
    let mine = actor.territories();
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = conversations::find_many(&app.store, ids, &mine).await?;
    found.retain(|found| actor.may(Action::SeeConversation, &found.subject()).is_ok());
    Ok(found)
}

/// The conversations about these requests, as far as the actor may see them, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_request(app: &App, actor: &Actor, requests: &[RequestId]) -> Result<Vec<Conversation>, Fault> {
    if actor.territories().is_empty() {
        return Ok(Vec::new());
    }
    let mut found = conversations::find_by_request(&app.store, requests).await?;
    found.retain(|found| actor.may(Action::SeeConversation, &found.subject()).is_ok());
    Ok(found)
}

/// Those of these messages that the actor may see, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_messages(app: &App, actor: &Actor, ids: &[MessageId]) -> Result<Vec<Message>, Fault> {
    let mine = actor.territories();
    if actor.may(Action::SeeConversation, &Subject::Conversation(&mine)).is_err() {
        return Ok(Vec::new());
    }
    conversations::find_messages(&app.store, ids, &mine).await
}

/// The last message of each of these conversations, which the actor was given already.
///
/// # Errors
/// A fault from the database.
pub async fn last_messages(app: &App, ids: &[ConversationId]) -> Result<Vec<Message>, Fault> {
    conversations::last_messages(&app.store, ids).await
}

/// One page of the messages of a conversation that the actor was given already, in order.
///
/// # Errors
/// A fault from the database.
pub async fn messages(app: &App, of: ConversationId, page: &PageRequest) -> Result<Page<Message>, Fault> {
    conversations::messages(&app.store, of, page).await
}

/// The first or last so many messages of each of these conversations, in order. The caller may see them.
///
/// # Errors
/// A fault from the database.
pub async fn some_messages(
    app: &App,
    of: &[ConversationId],
    most: usize,
    from_the_end: bool,
) -> Result<Vec<Message>, Fault> {
    conversations::some_messages(&app.store, of, i64::try_from(most).unwrap_or(i64::MAX), from_the_end).await
}

/// The territories whose conversations are meant: the one asked for, or all of the actor's.
///
/// # Errors
/// `SIGN_IN_NEEDED` for nobody; `FORBIDDEN` for a territory that is not the actor's, or without the token's scope.
pub fn inbox(actor: &Actor, territory: Option<TerritoryId>) -> Outcome<Vec<TerritoryId>> {
    let meant = territory.map_or_else(|| actor.territories(), |territory| vec![territory]);
    // Somebody without a territory has an empty inbox, which is no refusal.
    if !meant.is_empty() || *actor == Actor::Nobody {
        actor.may(Action::SeeConversation, &Subject::Conversation(&meant))?;
    }
    Ok(meant)
}

/// One page of the conversations of an [`inbox`], the one written in last first.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, inbox: &[TerritoryId], page: &PageRequest) -> Result<Page<Conversation>, Fault> {
    conversations::list(&app.store, inbox, page).await
}

/// How many conversations an [`inbox`] has.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, inbox: &[TerritoryId]) -> Result<i64, Fault> {
    conversations::count(&app.store, inbox).await
}

/// How many messages by others the actor has not read in each of these conversations; none left are left out.
///
/// # Errors
/// A fault from the database.
pub async fn unread(app: &App, actor: &Actor, ids: &[ConversationId]) -> Result<Vec<(ConversationId, i64)>, Fault> {
    let Some(person) = actor.person() else { return Ok(Vec::new()) };
    conversations::unread(&app.store, person, ids).await
}

/// How many messages by others the actor has not read in the conversations of each of these territories.
///
/// # Errors
/// A fault from the database.
pub async fn unread_at(app: &App, actor: &Actor, at: &[TerritoryId]) -> Result<Vec<(TerritoryId, i64)>, Fault> {
    let Some(person) = actor.person() else { return Ok(Vec::new()) };
    conversations::unread_by_territory(&app.store, person, at).await
}
