//! What is read about many needs at once.
use super::super::loaders::Source;
use crate::{
    app::App,
    domain::{id::NeedId, need::Need, permission::Actor, refusal::Fault},
    service::needs,
};
use std::{collections::HashMap, sync::Arc};

/// Needs by id.
pub struct NeedById;

impl Source for NeedById {
    type Key = NeedId;
    type Value = Arc<Need>;

    async fn fetch(app: &App, _: &Actor, ids: &[NeedId]) -> Result<HashMap<NeedId, Self::Value>, Fault> {
        Ok(needs::find_many(app, ids).await?.into_iter().map(|need| (need.id, Arc::new(need))).collect())
    }
}

/// Which needs the viewer watches.
pub struct WatchedNeed;

impl Source for WatchedNeed {
    type Key = NeedId;
    type Value = ();

    async fn fetch(app: &App, actor: &Actor, ids: &[NeedId]) -> Result<HashMap<NeedId, ()>, Fault> {
        Ok(needs::watched(app, actor, ids).await?.into_iter().map(|id| (id, ())).collect())
    }
}
