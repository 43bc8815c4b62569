//! What is read about many practices at once.
use super::super::{Ask, loaders::Source};
use crate::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        permission::Actor,
        practice::Practice,
        refusal::Fault,
    },
    service::practices,
};
use std::{collections::HashMap, sync::Arc};

/// Practices by id, where the viewer may see them, in brief.
pub struct PracticeById;

impl Source for PracticeById {
    type Key = PracticeId;
    type Value = Arc<Practice>;

    async fn fetch(app: &App, actor: &Actor, ids: &[PracticeId]) -> Result<HashMap<PracticeId, Self::Value>, Fault> {
        Ok(practices::find_many_brief(app, actor, ids).await?.into_iter().map(|p| (p.id, Arc::new(p))).collect())
    }
}

/// Practices by id with all that is known of them, where the viewer may see them.
pub struct WholePractice;

impl Source for WholePractice {
    type Key = PracticeId;
    type Value = Arc<Practice>;

    async fn fetch(app: &App, actor: &Actor, ids: &[PracticeId]) -> Result<HashMap<PracticeId, Self::Value>, Fault> {
        Ok(practices::find_many(app, actor, ids).await?.into_iter().map(|p| (p.id, Arc::new(p))).collect())
    }
}

/// How many published practices territories have.
pub struct PracticesCount;

impl Source for PracticesCount {
    type Key = TerritoryId;
    type Value = i64;

    async fn fetch(app: &App, _: &Actor, ids: &[TerritoryId]) -> Result<HashMap<TerritoryId, i64>, Fault> {
        Ok(practices::owner_counters(app, ids).await?.into_iter().collect())
    }
}

impl Ask {
    /// The practice with this id, or none where the viewer may not see it.
    pub(in super::super) async fn practice(
        &self,
        id: PracticeId,
    ) -> async_graphql::Result<Option<super::PracticeObject>> {
        Ok(self.load::<PracticeById>(id).await?.map(super::PracticeObject::brief))
    }
}
