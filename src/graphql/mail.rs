//! What became of mails: of a letter for whom wrote it, of all of them for stewards.
use super::{
    Ask,
    live::MailLetter,
    loaders::Source,
    page::{PageArgs, Paged, asks_for, connection},
    scalar::DateTime,
    suppression::BounceCauseObject,
    territory::TerritoryObject,
};
use crate::{
    app::App,
    domain::{
        delivery::{self, Dispatch, RecipientKind},
        id::TerritoryId,
        mail::{LetterKind, MailState},
        permission::Actor,
        refusal::Fault,
        word::Word,
    },
    service::deliveries::{self, Filter},
};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Where a mail stands on its way out.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "MailState", remote = "MailState")]
pub enum MailStateObject {
    /// Waits for its turn, or for the next attempt.
    Queued,
    /// Is being sent.
    Sending,
    /// A server took it.
    Sent,
    /// The line broke after the end: it may have left. Tried again as the same mail.
    Unsure,
    /// Refused, sent back, or tried too often.
    Failed,
    /// Not sent on purpose.
    Suppressed,
}

/// What kind of reader a mail goes to.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "MailRecipientKind", remote = "RecipientKind")]
pub enum MailRecipientKind {
    /// Somebody with an account.
    Person,
    /// A contact person.
    Contact,
    /// The role mailbox of a territory.
    Mailbox,
    /// An address that somebody gave: to sign in, or of who is invited.
    Address,
    /// Somebody who was erased.
    Erased,
}

/// The mails about messages and requests that the viewer was given already.
pub struct DispatchesAbout;

impl Source for DispatchesAbout {
    type Key = Uuid;
    type Value = Arc<Vec<Dispatch>>;

    async fn fetch(app: &App, _: &Actor, ids: &[Uuid]) -> std::result::Result<HashMap<Uuid, Self::Value>, Fault> {
        let mut found: HashMap<Uuid, Vec<Dispatch>> = HashMap::new();
        for mail in deliveries::about(app, ids).await? {
            if let Some(about) = mail.about {
                found.entry(about).or_default().push(mail);
            }
        }
        Ok(found.into_iter().map(|(about, mails)| (about, Arc::new(mails))).collect())
    }
}

/// The letters about a message, or about the step of a request, that a territory (or the hub) caused and others get;
/// `None` where what became of them is not the viewer's business.
pub async fn letters(
    ctx: &Context<'_>,
    about: Uuid,
    step: Option<i64>,
    sender: Option<TerritoryId>,
) -> Option<Result<Vec<LetterDelivery>>> {
    let ask = Ask::of(ctx);
    if !deliveries::sees(&ask.actor, sender) {
        return None;
    }
    let mails = match ask.load::<DispatchesAbout>(about).await {
        Ok(mails) => mails.unwrap_or_default(),
        Err(error) => return Some(Err(error)),
    };
    let of_step: Vec<Dispatch> = mails.iter().filter(|mail| mail.step == step).cloned().collect();
    Some(Ok(deliveries::to_others(&of_step, sender).into_iter().map(LetterDelivery).collect()))
}

/// A letter that went to the other side, and what became of it. It names nobody and no address: how a contact is
/// reached is the hub's business.
pub struct LetterDelivery(Dispatch);

/// A letter that went to the other side, and what became of it. It names nobody and no address: how a contact is
/// reached is the hub's business.
#[Object]
impl LetterDelivery {
    /// Which letter; null for one that only a newer version of the hub knows.
    async fn letter(&self) -> Option<MailLetter> {
        LetterKind::parse(&self.0.letter).map(Into::into)
    }
    /// Where it stands.
    async fn state(&self) -> MailStateObject {
        self.0.state.into()
    }
    /// The same in one sentence in the viewer's language, e.g. "consegnata al server alle 11:03 del 02/03/2026" or
    /// "respinta: casella inesistente".
    async fn sentence(&self, ctx: &Context<'_>) -> String {
        let ask = Ask::of(ctx);
        self.0.sentence(ask.language, ask.app.clock.now())
    }
    /// What kind of reader it goes to.
    async fn recipient_kind(&self) -> MailRecipientKind {
        RecipientKind::of(&self.0.recipient).into()
    }
    /// The same in a few words in the viewer's language, e.g. "un referente della pratica".
    async fn recipient(&self, ctx: &Context<'_>) -> &str {
        RecipientKind::of(&self.0.recipient).words(Ask::of(ctx).language)
    }
    /// The territory it is read for.
    async fn territory(&self, ctx: &Context<'_>) -> Option<Result<TerritoryObject>> {
        Some(Ask::of(ctx).territory(self.0.side()?).await)
    }
    /// When a server took it; null before.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }
    /// When it is tried, or tried again; null where it is not any more.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt().map(DateTime)
    }
}

/// A mail that the hub sent, or is to send, as stewards see it.
pub struct MailLogEntry(Dispatch);

/// A mail that the hub sent, or is to send, as stewards see it.
#[Object]
impl MailLogEntry {
    /// Its Message-ID, the same at every attempt; mail servers have it in their logs.
    async fn message_id(&self) -> &str {
        &self.0.message_id
    }
    /// Which letter; null for one that only a newer version of the hub knows.
    async fn letter(&self) -> Option<MailLetter> {
        LetterKind::parse(&self.0.letter).map(Into::into)
    }
    /// Where it stands.
    async fn state(&self) -> MailStateObject {
        self.0.state.into()
    }
    /// The same in one sentence in the viewer's language.
    async fn sentence(&self, ctx: &Context<'_>) -> String {
        let ask = Ask::of(ctx);
        self.0.sentence(ask.language, ask.app.clock.now())
    }
    /// What the server said last, or why it was not sent, as the hub noted it; addresses in it are masked like
    /// `maskedAddress`.
    async fn reason(&self) -> Option<String> {
        self.0.reason.as_deref().map(delivery::masked)
    }
    /// Why it came back; null where it did not.
    async fn bounce_cause(&self) -> Option<BounceCauseObject> {
        self.0.bounce.map(Into::into)
    }
    /// How often somebody began to send it.
    async fn attempts(&self) -> i64 {
        self.0.attempts
    }
    /// What kind of reader it goes to.
    async fn recipient_kind(&self) -> MailRecipientKind {
        RecipientKind::of(&self.0.recipient).into()
    }
    /// The territory it is read for; null for the hub's own staff and for who has no role yet.
    async fn territory(&self, ctx: &Context<'_>) -> Option<Result<TerritoryObject>> {
        Some(Ask::of(ctx).territory(self.0.side()?).await)
    }
    /// The first letter of the address and its domain, `a…@comune.example.it`: enough to see a mistyped domain or a
    /// server that refuses all, and no address of a contact who asked not to be shown. Null once erased.
    async fn masked_address(&self) -> Option<String> {
        (!self.0.address.is_empty()).then(|| delivery::masked(&self.0.address))
    }
    /// When it was put into the queue.
    async fn queued_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When a server took it; null before.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }
    /// When it is tried, or tried again; null where it is not any more.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt().map(DateTime)
    }
}

/// What the mail log is narrowed to; every given part must hold.
#[derive(Default, InputObject)]
pub struct MailLogFilter {
    /// In one of these states.
    states: Option<Vec<MailStateObject>>,
    /// One of these letters.
    letters: Option<Vec<MailLetter>>,
    /// To a reader of this kind.
    recipient_kind: Option<MailRecipientKind>,
    /// Put into the queue at this moment or later.
    since: Option<DateTime>,
    /// Put into the queue before this moment.
    until: Option<DateTime>,
}

impl From<MailLogFilter> for Filter {
    fn from(filter: MailLogFilter) -> Self {
        Self {
            states: filter.states.unwrap_or_default().into_iter().map(Into::into).collect(),
            letters: filter.letters.unwrap_or_default().into_iter().map(Into::into).collect(),
            recipient: filter.recipient_kind.map(Into::into),
            since: filter.since.map(|at| at.0),
            until: filter.until.map(|at| at.0),
        }
    }
}

/// Queries about mails.
#[derive(Default)]
pub struct MailQuery;

/// Queries about mails.
#[Object]
impl MailQuery {
    /// The mails that the hub sent or is to send, the latest first: for stewards; 20 at a time unless asked otherwise.
    /// Null, with an error, for all others.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
    async fn mail_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<MailLogFilter>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<MailLogEntry>>> {
        Some(listed(ctx, filter.unwrap_or_default(), PageArgs { first, after, last, before }).await)
    }
}

async fn listed(ctx: &Context<'_>, filter: MailLogFilter, args: PageArgs) -> Result<Paged<MailLogEntry>> {
    let (ask, page) = (Ask::of(ctx), args.request(20)?);
    let listed = deliveries::list(&ask.app, &ask.actor, &filter.into(), &page, asks_for(ctx, "totalCount")).await;
    let (page, total) = ask.read(listed)?;
    Ok(connection(page, total, MailLogEntry))
}
