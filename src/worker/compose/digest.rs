//! The digest: for each thing that waited, the subject of the letter that would say it now. What has gone since, or is no
//! longer the reader's, or was read in the portal, is left out.
use super::{Unwritten, Written, letter, reader::Reader};
use crate::{
    app::App,
    domain::{
        id::{Id, OutboxId, PersonId},
        mail::{LetterKind, Mail, MailState},
        notification::{Category, MOST_IN_A_DIGEST, Notification},
        word::Word,
    },
    mail::{Letter, Told},
    service::notifications::marks,
    store::notifications,
};

/// The most things of a digest that are read; of so many none is of interest by itself any more.
const READ: i64 = 1000;
/// The most things that are looked at one by one; the others are only counted.
const LOOKED_AT: usize = 50;

/// What the marks of the mail enclose.
pub(super) async fn gathered(app: &App, mail: &Mail, reader: &Reader) -> Written<Letter> {
    let person = mail.recipient.strip_prefix("person:").and_then(|id| id.parse().ok());
    let person: PersonId = Id::of(super::gone(person, "it is for nobody with an account")?);
    let mut waiting = Vec::new();
    for (category, through) in marks(&mail.data) {
        waiting.extend(notifications::between(&app.store, person, &category, through, READ).await?);
    }
    waiting.retain(|item| item.read_at.is_none());
    // What calls for action comes first, then what is new.
    waiting.sort_by_key(|item| (Category::parse(&item.category), std::cmp::Reverse(item.event)));
    let (mut items, mut alive) = (Vec::new(), 0);
    for item in waiting.iter().take(LOOKED_AT) {
        if let Some(told) = told(app, mail, reader, item).await? {
            alive += 1;
            if items.len() < MOST_IN_A_DIGEST {
                items.push(told);
            }
        }
    }
    if items.is_empty() {
        return Err(Unwritten::Suppressed("nothing of it is left to tell"));
    }
    let total = alive + waiting.len().saturating_sub(LOOKED_AT);
    Ok(Letter::Digest { total, more: total - items.len(), items, url: app.config.link("/notifications") })
}

/// What a mail of its own would say now; none where there would be none.
async fn told(app: &App, digest: &Mail, reader: &Reader, item: &Notification) -> Written<Option<Told>> {
    let Some(kind) = LetterKind::parse(&item.letter) else { return Ok(None) };
    let mail = Mail {
        id: OutboxId::of(item.id.uuid()),
        cause: item.cause.clone(),
        recipient: item.reader.clone(),
        letter: item.letter.clone(),
        address: reader.address.clone(),
        name: reader.name.clone(),
        language: digest.language,
        data: item.data.clone(),
        secret: None,
        message_id: String::new(),
        thread: None,
        state: MailState::Queued,
        attempts: 0,
        due_at: item.created_at,
        claimed_by: None,
        claimed_until: None,
        reason: None,
        created_at: item.created_at,
        sent_at: None,
    };
    let written = match letter(app, &mail, kind).await {
        Ok((_, written)) => written,
        // What can never be told keeps nothing else from being told.
        Err(Unwritten::Suppressed(_) | Unwritten::Wrong(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let rendered = app
        .texts
        .render(&written, &app.config.timing.said(mail.language), mail.language, None)
        .map_err(|error| Unwritten::Wrong(super::super::chain(&error)))?;
    let day = item.created_at.date_in_italy();
    Ok(Some(Told { title: rendered.subject, day, url: written.link().to_owned() }))
}
