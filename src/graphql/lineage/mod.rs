//! Who copied what from whom: a practice's parents and children, the tree around it, and beside it the mutations.
mod mutation;

pub use mutation::LineageMutation;

use super::{
    Ask,
    id::{expect, opaque},
    loaders::Source,
    practice::PracticeObject,
    scalar::DateTime,
};
use crate::{
    app::App,
    domain::{
        id::{PracticeId, kind},
        lineage::{Edge, LineageKind},
        permission::Actor,
        refusal::Fault,
    },
    service::lineage::{self, Descent},
};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// How a practice comes from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "LineageKind", name = "LineageKind")]
pub enum KindObject {
    /// Done again as it was.
    Copied,
    /// Done again with changes.
    Adapted,
    /// Only the idea was taken.
    InspiredBy,
    /// It is a part of the other.
    ComponentOf,
    /// It grew out of several.
    MergedFrom,
}

/// An edge of the lineage: the child comes from the parent.
pub struct LineageEdge(pub Edge);

/// An edge of the lineage: the child comes from the parent.
#[Object]
impl LineageEdge {
    /// Id of the practice that came later.
    async fn child_id(&self) -> ID {
        opaque(self.0.child)
    }
    /// Id of the practice it comes from.
    async fn parent_id(&self) -> ID {
        opaque(self.0.parent)
    }
    /// The practice that came later; null where the viewer may not see it.
    async fn child(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.0.child).await.transpose()
    }
    /// The practice it comes from; null where the viewer may not see it.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.0.parent).await.transpose()
    }
    /// How it comes from it.
    async fn kind(&self) -> KindObject {
        self.0.kind.into()
    }
    /// Whether the parent's owner confirmed it; draw it dashed where not.
    async fn is_confirmed(&self) -> bool {
        self.0.confirmed_at.is_some()
    }
    /// When the parent's owner confirmed it.
    async fn confirmed_at(&self) -> Option<DateTime> {
        self.0.confirmed_at.map(DateTime)
    }
    /// When it was declared.
    async fn declared_at(&self) -> DateTime {
        DateTime(self.0.declared_at)
    }
    /// Whether it was born of a replication request.
    async fn is_from_request(&self) -> bool {
        self.0.request.is_some()
    }
    /// Id of that request, for who may look it up.
    async fn request_id(&self) -> Option<ID> {
        self.0.request.map(opaque)
    }
    /// A remark, for instance the source of the claim; may be empty.
    async fn note(&self) -> &str {
        &self.0.note
    }
}

/// Where a practice comes from and what comes from it, as far as the viewer may see it.
pub struct LineageObject(pub PracticeId);

/// Where a practice comes from and what comes from it, as far as the viewer may see it.
#[Object(name = "Lineage")]
impl LineageObject {
    /// Edges to the practices it comes from, at most 10.
    async fn parents(&self, ctx: &Context<'_>) -> Result<Vec<LineageEdge>> {
        let edges = Ask::of(ctx).load::<ParentsOf>(self.0).await?.unwrap_or_default();
        Ok(edges.iter().cloned().map(LineageEdge).collect())
    }
    /// Edges from the practices that come from it, the last declared first, at most 100.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<LineageEdge>> {
        let edges = Ask::of(ctx).load::<ChildrenOf>(self.0).await?.unwrap_or_default();
        Ok(edges.iter().cloned().map(LineageEdge).collect())
    }
    /// How many practices come from it, over at most 10 steps.
    async fn descendants_count(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(Ask::of(ctx).load::<DescentOf>(self.0).await?.unwrap_or_default().descendants)
    }
    /// The longest way down to one of these.
    async fn generations(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(Ask::of(ctx).load::<DescentOf>(self.0).await?.unwrap_or_default().generations)
    }
}

/// A practice with what lies above and below it.
#[derive(SimpleObject)]
pub struct LineageTree {
    /// The practices, nearest first, at most 200; the asked one is the first.
    nodes: Vec<PracticeObject>,
    /// The edges among them.
    edges: Vec<LineageEdge>,
    /// Whether there are more practices than fit: ask with a smaller depth, or from another practice.
    is_cut: bool,
}

type Read<S> = std::result::Result<HashMap<<S as Source>::Key, <S as Source>::Value>, Fault>;

fn grouped(edges: Vec<Edge>, key: impl Fn(&Edge) -> PracticeId) -> HashMap<PracticeId, Arc<Vec<Edge>>> {
    let mut by_practice: HashMap<PracticeId, Vec<Edge>> = HashMap::new();
    for edge in edges {
        by_practice.entry(key(&edge)).or_default().push(edge);
    }
    by_practice.into_iter().map(|(practice, edges)| (practice, Arc::new(edges))).collect()
}

/// The edges to the parents of practices.
struct ParentsOf;

impl Source for ParentsOf {
    type Key = PracticeId;
    type Value = Arc<Vec<Edge>>;

    async fn fetch(app: &App, actor: &Actor, ids: &[PracticeId]) -> Read<Self> {
        Ok(grouped(lineage::parents_of(app, actor, ids).await?, |edge| edge.child))
    }
}

/// The edges to the children of practices.
struct ChildrenOf;

impl Source for ChildrenOf {
    type Key = PracticeId;
    type Value = Arc<Vec<Edge>>;

    async fn fetch(app: &App, actor: &Actor, ids: &[PracticeId]) -> Read<Self> {
        Ok(grouped(lineage::children_of(app, actor, ids).await?, |edge| edge.parent))
    }
}

/// How much comes from practices.
struct DescentOf;

impl Source for DescentOf {
    type Key = PracticeId;
    type Value = Descent;

    async fn fetch(app: &App, actor: &Actor, ids: &[PracticeId]) -> Read<Self> {
        Ok(lineage::descent(app, actor, ids).await?.into_iter().collect())
    }
}

/// Queries about the lineage.
#[derive(Default)]
pub struct LineageQuery;

/// Queries about the lineage.
#[Object]
impl LineageQuery {
    /// The lineage around a practice, as far as the viewer may see it. Null, with an error that says why, where the
    /// viewer may not see the practice.
    async fn lineage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Around which practice.")] practice: ID,
        #[graphql(desc = "At most so many steps up and down, 1 to 10.", default = 3)] depth: Option<i32>,
    ) -> Option<Result<LineageTree>> {
        Some(tree(Ask::of(ctx), &practice, depth.unwrap_or(3)).await)
    }
}

async fn tree(ask: &Ask, practice: &ID, depth: i32) -> Result<LineageTree> {
    let id = expect::<kind::Practice>(practice)?;
    let tree = ask.read(lineage::tree(&ask.app, &ask.actor, id, depth.into()).await)?;
    Ok(LineageTree {
        nodes: tree.practices.into_iter().map(PracticeObject::whole).collect(),
        edges: tree.edges.into_iter().map(LineageEdge).collect(),
        is_cut: tree.cut,
    })
}
