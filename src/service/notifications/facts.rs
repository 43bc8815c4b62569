//! What an item tells its reader: asked anew each time it is read, so that what has gone, or is no longer the reader's, is
//! told no more.
use crate::{
    app::App,
    domain::{
        conversation::About,
        id::{ConversationId, Id, MessageId, NotificationId, PracticeId, RequestId, TerritoryId, kind},
        mail::LetterKind,
        notification::Notification,
        permission::Actor,
        refusal::Fault,
        text::Language,
        word::Word,
    },
    mail::Headline,
    service::{conversations, practices, requests},
};
use std::collections::HashMap;

/// What an item tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which letter says the same.
    pub kind: LetterKind,
    /// What its sentence names.
    pub headline: Headline,
    /// The number of the request it is about, where it is about one.
    pub number: Option<String>,
}

/// What these items tell the actor; an item is left out that is about something which is gone, or which the actor may no
/// longer see. At most one statement each for requests, messages, conversations and practices.
///
/// # Errors
/// A fault from the database.
pub async fn facts(app: &App, actor: &Actor, items: &[Notification]) -> Result<HashMap<NotificationId, Facts>, Fault> {
    let known: Vec<_> = items.iter().filter_map(|item| Some((item, LetterKind::parse(&item.letter)?))).collect();
    let of =
        |wanted: fn(LetterKind) -> bool| known.iter().filter(move |(_, kind)| wanted(*kind)).map(|(item, _)| *item);
    let talks: Vec<ConversationId> = distinct(of(is_message).filter_map(|item| item.id("subject")));
    let messages: Vec<MessageId> = distinct(of(is_message).filter_map(|item| item.id("message")));
    let talks = if talks.is_empty() { vec![] } else { conversations::find_many(app, actor, &talks).await? };
    let messages =
        if messages.is_empty() { vec![] } else { conversations::find_messages(app, actor, &messages).await? };
    let about = talks.iter().filter_map(|talk| match talk.about {
        About::Request(request) => Some(request),
        About::Practice(_) | About::Need(_) | About::Nothing => None,
    });
    let asked: Vec<RequestId> = distinct(of(is_request).filter_map(|item| item.id("subject")).chain(about));
    let asked = if asked.is_empty() { vec![] } else { requests::find_many(app, actor, &asked).await? };
    let found = of(|kind| kind == LetterKind::NeedMatched).filter_map(|item| item.id("practice"));
    let shown: Vec<PracticeId> = distinct(found.chain(asked.iter().map(|request| request.practice)));
    // A request is told with its practice's title, as its letters do, wherever the practice stands by now.
    let titles = if shown.is_empty() { vec![] } else { practices::find_many_brief(app, actor, &shown).await? };
    let atlas = app.store.atlas().await?;
    let name = |id: TerritoryId| atlas.territory(id).map(|territory| territory.full_name()).unwrap_or_default();
    let practice = |id: PracticeId| titles.iter().find(|practice| practice.id == id);

    let told = |item: &Notification, kind: LetterKind| -> Option<Facts> {
        let mut headline = Headline::default();
        let mut number = None;
        if is_message(kind) {
            let talk = talks.iter().find(|talk| Some(talk.id) == item.id("subject"))?;
            let message = messages.iter().find(|message| Some(message.id) == item.id("message"))?;
            if message.retracted_at.is_some() {
                return None;
            }
            headline.author_territory = name(message.on_behalf_of);
            headline.subject.clone_from(&talk.subject);
            if let About::Request(id) = talk.about {
                number = asked.iter().find(|request| request.id == id).map(|request| request.number.clone());
            }
        } else if kind == LetterKind::NeedMatched {
            item.id::<kind::Territory>("side").filter(|side| actor.belongs_to(*side))?;
            let found = practice(item.id("practice")?)?;
            headline.practice.clone_from(&found.title);
            headline.owner = name(found.owner);
        } else {
            let id: RequestId = item.id("subject")?;
            let request = asked.iter().find(|request| request.id == id)?;
            headline.practice = practice(request.practice).map(|found| found.title.clone()).unwrap_or_default();
            (headline.requester, headline.owner) = (name(request.requester), name(request.owner));
            headline.verdict = request.confirmation.as_ref().map(|confirmation| confirmation.verdict.as_str());
            number = Some(request.number.clone());
        }
        headline.number = number.clone().unwrap_or_default();
        Some(Facts { kind, headline, number })
    };
    Ok(known.iter().filter_map(|(item, kind)| Some((item.id, told(item, *kind)?))).collect())
}

fn is_message(kind: LetterKind) -> bool {
    kind == LetterKind::NewMessage
}

fn is_request(kind: LetterKind) -> bool {
    !matches!(
        kind,
        LetterKind::NewMessage
            | LetterKind::NeedMatched
            | LetterKind::SignInCode
            | LetterKind::Invitation
            | LetterKind::Digest
    )
}

fn distinct<K>(ids: impl Iterator<Item = Id<K>>) -> Vec<Id<K>> {
    let mut ids: Vec<Id<K>> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What an item says in one sentence, in the words of its letter's subject.
#[must_use]
pub fn sentence(app: &App, facts: Option<&Facts>, language: Language) -> String {
    let gone = language.pick(
        "Riguarda qualcosa che non c'è più, o che non potete più vedere.",
        "It is about something that is gone, or that you may no longer see.",
    );
    facts.map_or_else(|| gone.to_owned(), |facts| app.texts.headline(facts.kind, &facts.headline, language))
}
