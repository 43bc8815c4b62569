//! Lists of practices: of the whole hub and of one territory.
use super::{
    super::{
        Ask,
        id::expect,
        page::{PageArgs, Paged, asks_for, connection},
    },
    PracticeObject, ProvenanceKindObject, StatusObject,
    loaders::PracticesCount,
};
use crate::{
    domain::id::{TerritoryId, kind},
    service::practices::{self, Filter, Sort},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, Result};

/// One way to name a practice.
#[derive(OneofObject)]
pub enum PracticeKey {
    /// Its opaque id.
    Id(ID),
    /// Its slug.
    Slug(String),
}

/// How a list of practices is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Sort")]
pub enum PracticeOrder {
    /// Latest publication first; what was never published, by its last change.
    #[default]
    Newest,
    /// By title.
    Title,
    /// Latest change first.
    Updated,
}

/// What a list of practices is narrowed to. All given parts must hold; within a list of codes one is enough.
#[derive(Default, InputObject)]
pub struct PracticeFilter {
    /// Codes of fields, primary or other.
    fields: Option<Vec<String>>,
    /// Codes of target groups.
    targets: Option<Vec<String>>,
    /// Codes of tools.
    tools: Option<Vec<String>>,
    /// Codes of funds.
    funds: Option<Vec<String>>,
    /// The owner's province, two letters.
    province: Option<String>,
    /// The owner itself, without its Comuni or its Ambito.
    owner: Option<ID>,
    /// The owner is this Ambito or one of its Comuni.
    ambito: Option<ID>,
    /// Code of the owner's class of area.
    area_class: Option<String>,
    /// Only real ones, or only illustrative ones.
    provenance: Option<ProvenanceKindObject>,
    /// With a kit, or without.
    has_kit: Option<bool>,
    /// Whose owner can take one more request now, or cannot.
    open_to_requests: Option<bool>,
    /// Whose budget is known and at most this, in euro.
    cost_at_most: Option<i64>,
    /// Whose evidence level is at least this, 0 to 4.
    evidence_at_least: Option<i64>,
    /// Published ones when left out. Others show only where the viewer may see them: its own, and what is to review.
    status: Option<StatusObject>,
}

impl PracticeFilter {
    pub(in super::super) fn read(self) -> Result<Filter> {
        let territory = |id: Option<ID>| id.as_ref().map(expect::<kind::Territory>).transpose();
        Ok(Filter {
            sees: practices::Sees::default(),
            status: self.status.map(Into::into),
            owner: territory(self.owner)?,
            fields: self.fields.unwrap_or_default(),
            targets: self.targets.unwrap_or_default(),
            tools: self.tools.unwrap_or_default(),
            funds: self.funds.unwrap_or_default(),
            province: self.province.map(|province| province.to_uppercase()),
            ambito: territory(self.ambito)?,
            area_class: self.area_class,
            provenance: self.provenance.map(Into::into),
            has_kit: self.has_kit,
            open_to_requests: self.open_to_requests,
            cost_at_most: self.cost_at_most,
            evidence_at_least: self.evidence_at_least,
        })
    }
}

async fn page(ctx: &Context<'_>, filter: Filter, sort: Sort, page: PageArgs) -> Result<Paged<PracticeObject>> {
    let ask = Ask::of(ctx);
    let page = page.request(20)?;
    let total = if asks_for(ctx, "totalCount") {
        let counted = practices::count(&ask.app, &ask.actor, filter.clone()).await;
        Some(counted.map_err(|fault| ask.fault(&fault))?)
    } else {
        None
    };
    let page = ask.read(practices::list(&ask.app, &ask.actor, filter, sort, &page).await)?;
    Ok(connection(page, total, PracticeObject::brief))
}

/// The practices of one territory, the latest first.
pub async fn practices_of(
    ctx: &Context<'_>,
    owner: TerritoryId,
    status: Option<StatusObject>,
    args: PageArgs,
) -> Result<Paged<PracticeObject>> {
    let filter = Filter { owner: Some(owner), status: status.map(Into::into), ..Filter::default() };
    page(ctx, filter, Sort::Newest, args).await
}

/// How many published practices a territory has.
pub async fn practices_count(ctx: &Context<'_>, owner: TerritoryId) -> Result<i64> {
    Ok(Ask::of(ctx).load::<PracticesCount>(owner).await?.unwrap_or(0))
}

async fn find(ask: &Ask, by: PracticeKey) -> Result<Option<PracticeObject>> {
    let key = match by {
        PracticeKey::Id(id) => practices::PracticeKey::Id(expect::<kind::Practice>(&id)?),
        PracticeKey::Slug(slug) => practices::PracticeKey::Slug(slug),
    };
    let found = practices::find(&ask.app, &ask.actor, &key).await.map_err(|fault| ask.fault(&fault))?;
    Ok(found.map(PracticeObject::whole))
}

/// Queries about practices.
#[derive(Default)]
pub struct PracticeQuery;

/// Queries about practices.
#[Object]
impl PracticeQuery {
    /// One practice, or null where the viewer may see none with that key.
    async fn practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is named.")] by: PracticeKey,
    ) -> Option<Result<PracticeObject>> {
        find(Ask::of(ctx), by).await.transpose()
    }

    /// Practices, the latest published first unless asked otherwise; 20 at a time unless asked otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, the filter and the order")]
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "How it is sorted.", default)] order_by: PracticeOrder,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<PracticeObject>> {
        let args = PageArgs { first, after, last, before };
        page(ctx, filter.unwrap_or_default().read()?, order_by.into(), args).await
    }
}
