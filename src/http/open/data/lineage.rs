//! Who copied what from whom, a page of edges at a time. Only edges both of whose practices everybody may read.
use super::{
    dataset::{Both, Kind},
    edition::Edition,
};
use crate::{
    domain::{
        id::PracticeId,
        lineage::{Edge, LineageKind},
        page::MOST,
        permission::Actor,
        practice::{Practice, Provenance},
        refusal::Fault,
        territory::Territory,
        word::Word,
    },
    service::{lineage, practices},
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::{collections::HashMap, sync::Arc};

/// A practice at one end of an edge.
#[derive(Clone)]
pub(super) struct End {
    pub(super) practice: Arc<Practice>,
    pub(super) uri: String,
    pub(super) owner: Option<Arc<Territory>>,
}

impl End {
    pub(super) fn is_illustrative(&self) -> bool {
        self.practice.provenance == Provenance::Illustrative
    }
}

/// An edge with both its ends.
pub(super) struct Row {
    pub(super) edge: Edge,
    pub(super) child: End,
    pub(super) parent: End,
}

/// What a kind of derivation is called.
pub(super) const fn label(kind: LineageKind) -> Both {
    match kind {
        LineageKind::Copied => ("Copiata", "Copied"),
        LineageKind::Adapted => ("Adattata", "Adapted"),
        LineageKind::InspiredBy => ("Ispirata a", "Inspired by"),
        LineageKind::ComponentOf => ("Parte di", "Component of"),
        LineageKind::MergedFrom => ("Nata dall'unione di", "Merged from"),
    }
}

fn owner(end: &End) -> Option<String> {
    end.owner.as_ref().map(|owner| owner.slug.clone())
}

columns! {
    /// What a row holds. Who declared it is not in it.
    pub(super) COLUMNS of Row as r {
        child_slug: Kind::Text, "La pratica venuta dopo", "The practice that came later"
            => r.child.practice.slug.as_str();
        child_uri: Kind::Url, "Il suo indirizzo", "Its address"
            => r.child.uri.as_str();
        child_title: Kind::Text, "Il suo titolo", "Its title"
            => r.child.practice.title.as_str();
        child_owner_slug: Kind::Text, "Il suo territorio", "Its territory"
            => owner(&r.child);
        parent_slug: Kind::Text, "La pratica da cui viene", "The practice it comes from"
            => r.parent.practice.slug.as_str();
        parent_uri: Kind::Url, "Il suo indirizzo", "Its address"
            => r.parent.uri.as_str();
        parent_title: Kind::Text, "Il suo titolo", "Its title"
            => r.parent.practice.title.as_str();
        parent_owner_slug: Kind::Text, "Il suo territorio", "Its territory"
            => owner(&r.parent);
        kind: Kind::Code, "Come ne viene", "How it comes from it"
            => r.edge.kind.as_str();
        kind_label: Kind::Text, "Come ne viene, in italiano", "How it comes from it, in Italian"
            => label(r.edge.kind).0;
        from_request: Kind::Boolean, "Se è nata da una richiesta di replica", "Whether it was born of a replication request"
            => r.edge.request.is_some();
        confirmed: Kind::Boolean, "Se il territorio d'origine l'ha confermata", "Whether the parent's owner confirmed it"
            => r.edge.confirmed_at.is_some();
        replication: Kind::Boolean, "Se conta come replica", "Whether it counts as a replication"
            => r.edge.is_replication();
        declared_at: Kind::Instant, "Quando è stata dichiarata", "When it was declared"
            => r.edge.declared_at.to_string();
        confirmed_at: Kind::Instant, "Quando è stata confermata", "When it was confirmed"
            => r.edge.confirmed_at.map(|at| at.to_string());
        note: Kind::Text, "Osservazione", "Remark"
            => r.edge.note.as_str();
        illustrative: Kind::Boolean, "Se una delle due pratiche è inventata", "Whether one of the two practices is made up"
            => r.child.is_illustrative() || r.parent.is_illustrative();
    }
}

/// All edges, in an order that does not change.
pub(super) fn rows(edition: Edition) -> BoxStream<'static, Result<Vec<Row>, Fault>> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    stream::try_unfold((edition, None, false), move |(edition, after, done)| async move {
        if done {
            return Ok(None);
        }
        let edges = lineage::list(&edition.app, &Actor::Nobody, Option::<Edge>::as_ref(&after), most).await?;
        let (last, done) = (edges.last().cloned(), edges.len() < MOST);
        let rows = with_ends(&edition, edges).await?;
        Ok(Some((rows, (edition, last, done))))
    })
    .boxed()
}

async fn with_ends(edition: &Edition, edges: Vec<Edge>) -> Result<Vec<Row>, Fault> {
    let mut ids: Vec<PracticeId> = edges.iter().flat_map(|edge| [edge.child, edge.parent]).collect();
    ids.sort_unstable_by_key(|id| id.uuid());
    ids.dedup();
    let found = practices::find_many_brief(&edition.app, &Actor::Nobody, &ids).await?;
    let end = |practice: Practice| End {
        uri: edition.link(&format!("/practices/{}", practice.slug)),
        owner: edition.atlas.territory(practice.owner).cloned(),
        practice: Arc::new(practice),
    };
    let ends: HashMap<_, _> = found.into_iter().map(|practice| (practice.id.uuid(), end(practice))).collect();
    let named = |id: PracticeId| ends.get(&id.uuid()).cloned();
    let row = |edge: Edge| Some(Row { child: named(edge.child)?, parent: named(edge.parent)?, edge });
    Ok(edges.into_iter().filter_map(row).collect())
}
