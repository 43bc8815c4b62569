//! The letter about a message of a conversation.
use super::{Unwritten, Written, gone, matter::Case, reader::Reader, role};
use crate::{
    app::App,
    domain::{
        conversation::About,
        mail::Mail,
        permission::Role,
        request::{Awaiting, DeadlineKind, RequestState},
        time::{Date, Ts},
    },
    mail::Letter,
    store::{conversations, people},
};

/// To the other side of a conversation: the message as it stands now.
pub(super) async fn new_message(app: &App, mail: &Mail, reader: &Reader) -> Written<Letter> {
    let message = gone(mail.id("message"), "it names no message")?;
    let message = gone(conversations::find_message(&app.store, message).await?, "the message is gone")?;
    if message.retracted_at.is_some() {
        return Err(Unwritten::Suppressed("the message was taken back"));
    }
    let found = conversations::find(&app.store, message.conversation).await?;
    let conversation = gone(found, "the conversation is gone")?;
    if reader.side.and_then(|side| conversation.other_side(side)) != Some(message.on_behalf_of) {
        return Err(Unwritten::Suppressed("the conversation is not the reader's"));
    }
    let case = match conversation.about {
        About::Request(request) => Some(Case::find(app, request).await?),
        About::Practice(_) | About::Need(_) | About::Nothing => None,
    };
    let atlas = app.store.atlas().await?;
    let territory = gone(atlas.territory(message.on_behalf_of), "the territory is gone")?;
    let (mut author_name, mut quality) = (None, None);
    if let Some(author) = message.author {
        let found = people::find_many(&app.store, &[author]).await?.into_iter().next();
        author_name = found.filter(|author| author.email.is_some()).map(|author| author.name);
        quality = people::membership(&app.store, author, territory.id).await?.map(|membership| membership.role);
    }
    // Who has left wrote as somebody who worked there.
    let author_role = role(quality.or(Some(Role::Member)), mail.language);
    let url = case.as_ref().map_or_else(
        || app.config.link(&format!("/conversations/{}", conversation.id.opaque())),
        |case| case.link(app),
    );
    Ok(Letter::NewMessage {
        subject: conversation.subject,
        number: case.as_ref().map(|case| case.request.number.clone()),
        author_territory: territory.full_name(),
        author_role,
        author_name,
        body_text: message.body,
        url,
        by_mail: app.config.replies().is_some(),
        reply_by: case.and_then(|case| reply_by(&case, reader)),
    })
}

/// By when the reader is to answer: where the request waits for it, as long as the owner decides.
fn reply_by(case: &Case, reader: &Reader) -> Option<Date> {
    let request = &case.request;
    let asked = request.awaiting == Awaiting::Requester && request.state == RequestState::Acknowledged;
    if !asked || reader.side != Some(request.requester) {
        return None;
    }
    case.deadlines()
        .into_iter()
        .filter(|d| d.kind == DeadlineKind::Remind)
        .map(|d| d.due_at)
        .min()
        .map(Ts::date_in_italy)
}
