//! What is read together for all requests of one answer.
use crate::{
    app::App,
    domain::{
        id::{PracticeId, RequestId},
        permission::Actor,
        refusal::Fault,
        request::{Deadline, Moment, Request},
    },
    graphql::loaders::Source,
    service::requests::{self, Open},
};
use std::{collections::HashMap, hash::Hash, sync::Arc};

type Found<K, V> = Result<HashMap<K, V>, Fault>;

fn grouped<K: Hash + Eq, T>(pairs: impl IntoIterator<Item = (K, T)>) -> HashMap<K, Arc<Vec<T>>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups.into_iter().map(|(key, group)| (key, Arc::new(group))).collect()
}

/// Requests by id; those the viewer may see.
pub struct RequestById;

impl Source for RequestById {
    type Key = RequestId;
    type Value = Arc<Request>;

    async fn fetch(app: &App, actor: &Actor, ids: &[RequestId]) -> Found<RequestId, Self::Value> {
        Ok(requests::find_many(app, actor, ids).await?.into_iter().map(|r| (r.id, Arc::new(r))).collect())
    }
}

/// The stories of requests that were seen.
pub struct StoryOf;

impl Source for StoryOf {
    type Key = RequestId;
    type Value = Arc<Vec<Moment>>;

    async fn fetch(app: &App, _: &Actor, ids: &[RequestId]) -> Found<RequestId, Self::Value> {
        Ok(grouped(requests::stories_of(app, ids).await?.into_iter().map(|moment| (moment.request, moment))))
    }
}

/// The deadlines of requests that were seen.
pub struct DeadlinesOf;

impl Source for DeadlinesOf {
    type Key = RequestId;
    type Value = Arc<Vec<Deadline>>;

    async fn fetch(app: &App, _: &Actor, ids: &[RequestId]) -> Found<RequestId, Self::Value> {
        Ok(grouped(requests::deadlines_of(app, ids).await?))
    }
}

/// Where else to ask.
pub struct AlternativesTo;

impl Source for AlternativesTo {
    type Key = RequestId;
    type Value = Arc<Vec<PracticeId>>;

    async fn fetch(app: &App, _: &Actor, ids: &[RequestId]) -> Found<RequestId, Self::Value> {
        Ok(grouped(requests::alternatives(app, ids).await?))
    }
}

/// The open requests for a practice: only to tell what may be done.
pub struct OpenFor;

impl Source for OpenFor {
    type Key = PracticeId;
    type Value = Arc<Vec<Open>>;

    async fn fetch(app: &App, _: &Actor, ids: &[PracticeId]) -> Found<PracticeId, Self::Value> {
        Ok(grouped(requests::open_for(app, ids).await?.into_iter().map(|open| (open.practice, open))))
    }
}
