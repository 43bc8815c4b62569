//! The letters about mails that came: why an answer was not taken, and that nobody of a territory can be reached.
use super::{Written, gone, matter::Case};
use crate::{
    app::App,
    domain::{
        bounce::BounceCause,
        id::ConversationId,
        mail::{Mail, NotTaken},
        word::Word,
    },
    mail::Letter,
};

/// To who answered by mail.
pub(super) fn not_taken(app: &App, mail: &Mail) -> Written<Letter> {
    let text = |name: &str| mail.data.get(name).and_then(serde_json::Value::as_str);
    let why = gone(text("why").and_then(NotTaken::parse), "it says no reason")?;
    let conversation: Option<ConversationId> = mail.id("conversation");
    // Who may not read the conversation is shown no way to it.
    let way = match (why, conversation) {
        (NotTaken::SignIn | NotTaken::UnknownAddress | NotTaken::Stranger, _) | (_, None) => "/sign-in".to_owned(),
        (_, Some(conversation)) => format!("/conversations/{}", conversation.opaque()),
    };
    Ok(Letter::ReplyNotTaken {
        why,
        their_subject: mail.secret.clone().unwrap_or_default(),
        said: text("said").map(str::to_owned),
        url: app.config.link(&way),
    })
}

/// To the facilitator.
pub(super) async fn undelivered(app: &App, mail: &Mail) -> Written<Letter> {
    let text = |name: &str| mail.data.get(name).and_then(serde_json::Value::as_str);
    let territory = gone(mail.id("territory"), "it names no territory")?;
    let atlas = app.store.atlas().await?;
    let territory = gone(atlas.territory(territory), "the territory is gone")?;
    let case = match mail.id("request") {
        Some(request) => Some(Case::find(app, request).await?),
        None => None,
    };
    let cause = text("bounce").and_then(BounceCause::parse).unwrap_or(BounceCause::Other);
    Ok(Letter::Undelivered {
        url: case
            .as_ref()
            .map_or_else(|| app.config.link(&format!("/territories/{}", territory.slug)), |case| case.link(app)),
        territory: territory.full_name(),
        number: case.map(|case| case.request.number),
        cause: cause.words(mail.language).to_owned(),
    })
}
