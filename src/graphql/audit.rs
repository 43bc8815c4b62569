//! The event log as stewards read it.
use super::{
    Ask,
    error::bad_argument,
    id::{expect, opened},
    node,
    node::Node,
    page::{PageArgs, Paged, asks_for, connection},
    person::PersonObject,
    scalar::DateTime,
    territory::TerritoryObject,
};
use crate::{
    domain::{
        event::{Event, EventKind},
        id::{ConversationId, DocumentId, NeedId, PersonId, PracticeId, RequestId, TerritoryId, kind},
        told::told,
        word::Word,
    },
    service::audit::{self, Filter},
};
use async_graphql::{Context, ID, InputObject, Object, Result};

/// Something that happened.
pub struct AuditEntry(Event);

/// Something that happened.
#[Object]
impl AuditEntry {
    /// Its number in the log: 1, 2, 3 … without gaps, in the order in which things happened.
    async fn seq(&self) -> i64 {
        self.0.seq
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// What happened, for programs: `practice.published` … There may be new ones with every version.
    async fn kind(&self) -> &str {
        self.0.kind.as_str()
    }
    /// What happened, for people, in one sentence in the viewer's language.
    async fn sentence(&self, ctx: &Context<'_>) -> &str {
        told(self.0.kind, Ask::of(ctx).language)
    }
    /// Who did it; null where the hub itself did or the person was erased.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<PersonObject>> {
        Ask::of(ctx).visible_person(self.0.actor?).await.transpose()
    }
    /// The territory whose affair it is, where the log says so: the owner, or who asks.
    async fn territory(&self, ctx: &Context<'_>) -> Option<Result<TerritoryObject>> {
        let named = ["territory", "requester", "owner"].into_iter().find_map(|name| self.0.id(name));
        let of_itself = matches!(self.0.kind, EventKind::ContactsChanged | EventKind::DutiesHandedOver);
        let territory = named.or_else(|| of_itself.then(|| TerritoryId::of(self.0.subject)))?;
        Some(Ask::of(ctx).territory(territory).await)
    }
    /// The opaque id of what it is about; null where that is a list as a whole.
    async fn subject_id(&self) -> Option<ID> {
        self.about()
    }
    /// What it is about, where the viewer may see it.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        node::find(Ask::of(ctx), &self.about()?).await.transpose()
    }
}

impl AuditEntry {
    fn about(&self) -> Option<ID> {
        let id = self.0.subject;
        let id = match self.0.kind.as_str().split_once('.')?.0 {
            "practice" | "lineage" => PracticeId::of(id).opaque(),
            "document" => DocumentId::of(id).opaque(),
            "contact" => TerritoryId::of(id).opaque(),
            "request" => RequestId::of(id).opaque(),
            "conversation" => ConversationId::of(id).opaque(),
            "need" => NeedId::of(id).opaque(),
            "member" | "person" => PersonId::of(id).opaque(),
            _ => return None,
        };
        Some(ID(id))
    }
}

/// What the log is narrowed to; every given part must hold.
#[derive(Default, InputObject)]
pub struct AuditFilter {
    /// Done by this person.
    actor: Option<ID>,
    /// About the object with this id.
    subject: Option<ID>,
    /// Of one of these kinds, as `AuditEntry.kind` has them.
    kinds: Option<Vec<String>>,
    /// At this moment or later.
    since: Option<DateTime>,
    /// Before this moment.
    until: Option<DateTime>,
}

impl AuditFilter {
    fn read(self) -> Result<Filter> {
        let subject = |id: ID| opened(&id).ok_or_else(|| bad_argument("`subject` is not an id of this hub."));
        let kind = |word: String| {
            EventKind::parse(&word).ok_or_else(|| bad_argument(format!("There is no kind {word:?} of event.")))
        };
        Ok(Filter {
            actor: self.actor.as_ref().map(expect::<kind::Person>).transpose()?,
            subject: self.subject.map(subject).transpose()?.map(|(_, id)| id),
            kinds: self.kinds.unwrap_or_default().into_iter().map(kind).collect::<Result<_>>()?,
            since: self.since.map(|at| at.0),
            until: self.until.map(|at| at.0),
        })
    }
}

/// Queries about what happened.
#[derive(Default)]
pub struct AuditQuery;

/// Queries about what happened.
#[Object]
impl AuditQuery {
    /// Who did what, the latest first: for stewards; 20 at a time unless asked otherwise. Null, with an error, for all
    /// others.
    #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<AuditFilter>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<AuditEntry>>> {
        Some(listed(ctx, filter.unwrap_or_default(), PageArgs { first, after, last, before }).await)
    }
}

async fn listed(ctx: &Context<'_>, filter: AuditFilter, args: PageArgs) -> Result<Paged<AuditEntry>> {
    let ask = Ask::of(ctx);
    let (filter, page) = (filter.read()?, args.request(20)?);
    let listed = audit::list(&ask.app, &ask.actor, &filter, &page, asks_for(ctx, "totalCount")).await;
    let (page, total) = ask.read(listed)?;
    Ok(connection(page, total, AuditEntry))
}
