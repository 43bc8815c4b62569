//! The queries that find territories, and where their lists come from.
use super::{
    super::{
        Ask, error,
        id::expect,
        page::{PageArgs, asks_for, connection_with},
        scalar::{DateTime, LocalDate},
    },
    KindObject, TerritoryObject,
    expertise::{ExpertInInput, Ranked, Territories, ranked},
};
use crate::{
    domain::{id::kind, territory},
    service::territories,
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result, SimpleObject};
use futures_util::FutureExt;
use std::sync::Arc;

/// One way to name a territory.
#[derive(OneofObject)]
pub enum TerritoryKey {
    /// Its opaque id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// A Comune's ISTAT code, today's or an earlier one.
    IstatCode(String),
    /// Any of its names, aliases or codes, in any spelling; an Ambito goes before the Comune of the same name.
    Name(String),
}

/// What a list of territories is narrowed to.
#[derive(Default, InputObject)]
pub struct TerritoryFilter {
    /// Only Ambiti, or only Comuni.
    kind: Option<KindObject>,
    /// Only this province, two letters.
    province: Option<String>,
    /// Only the Comuni of this Ambito.
    ambito: Option<ID>,
}

/// Where a list in use comes from.
#[derive(SimpleObject)]
pub struct Dataset {
    /// `territories` or `vocabularies`.
    name: String,
    /// Who published it.
    source: String,
    /// The day it speaks of.
    as_of: LocalDate,
    /// When it was imported.
    imported_at: DateTime,
}

async fn find(ask: &Ask, by: TerritoryKey) -> Result<Option<TerritoryObject>> {
    let key = match by {
        TerritoryKey::Id(id) => territories::TerritoryKey::Id(expect::<kind::Territory>(&id)?),
        TerritoryKey::Slug(slug) => territories::TerritoryKey::Slug(slug),
        TerritoryKey::IstatCode(code) => territories::TerritoryKey::IstatCode(code),
        TerritoryKey::Name(name) => territories::TerritoryKey::Name(name),
    };
    Ok(ask.atlas().await?.find(&key).map(|territory| Arc::clone(territory).into()))
}

/// Queries about territories.
#[derive(Default)]
pub struct TerritoryQuery;

/// Queries about territories.
#[Object]
impl TerritoryQuery {
    /// One territory, or null where none has that key.
    async fn territory(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is named.")] by: TerritoryKey,
    ) -> Option<Result<TerritoryObject>> {
        find(Ask::of(ctx), by).await.transpose()
    }

    /// Territories, by slug; or those that know how to do something, the best first. 20 at a time unless asked otherwise.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, the filter and the ranking")]
    async fn territories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<TerritoryFilter>,
        #[graphql(desc = "Only those that know this, the best first; each edge tells why in its `expertise`.")]
        expert_in: Option<ExpertInInput>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Territories> {
        let ask = Ask::of(ctx);
        let filter = filter.unwrap_or_default();
        let ambito = filter.ambito.as_ref().map(expect::<kind::Territory>).transpose()?;
        let province = filter.province.map(|province| province.to_uppercase());
        let filter = territories::Filter { kind: filter.kind.map(Into::into), province, ambito };
        let page = PageArgs { first, after, last, before }.request(20)?;
        if let Some(expert_in) = expert_in {
            return ranked(ctx, expert_in, &filter, &page).boxed().await;
        }
        let atlas = ask.atlas().await?;
        let total = asks_for(ctx, "totalCount").then(|| i64::try_from(atlas.count(&filter)).unwrap_or(i64::MAX));
        Ok(connection_with(atlas.list(&filter, &page), total, |territory| (territory.into(), Ranked::default())))
    }

    /// Where the lists of territories and vocabularies in use come from, and of which day they are.
    async fn datasets(&self, ctx: &Context<'_>) -> Result<Vec<Dataset>> {
        let ask = Ask::of(ctx);
        let datasets =
            territories::datasets(&ask.app).await.map_err(|fault| error::internal(&fault, &ask.request_id))?;
        let object = |d: territory::Dataset| Dataset {
            name: d.name,
            source: d.source,
            as_of: LocalDate(d.as_of),
            imported_at: DateTime(d.imported_at),
        };
        Ok(datasets.into_iter().map(object).collect())
    }
}
