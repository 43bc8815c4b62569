//! The lineage as provenance (W3C PROV-O, 2013), in Turtle: practices are entities, territories the agents they are
//! attributed to, each edge a derivation, plain and qualified. The names of practices and territories are the addresses
//! of their pages.
use super::{
    dataset::Both,
    edition::Edition,
    lineage::{End, Row, label},
};
use crate::{
    domain::{
        id::PracticeId,
        lineage::{Edge, LineageKind},
        refusal::Fault,
        text::Language,
        word::Word,
    },
    http::open::{
        LICENCE,
        kept::Pieces,
        rdf::{Graph, Name, Turtle, named, names, plain, said, typed, yes},
    },
};
use axum::body::Bytes;
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use std::collections::HashSet;

/// So many practices and territories are remembered as told; those beyond may be told twice, which says the same.
const MOST_REMEMBERED: usize = 200_000;

/// Writes the edges as provenance.
pub(super) fn written(edition: &Edition, rows: BoxStream<'static, Result<Vec<Row>, Fault>>) -> Pieces {
    let mut document = Document { edition: edition.clone(), told: HashSet::new(), turtle: Turtle::new() };
    let head = document.head();
    let body = rows.map(Some).chain(stream::once(async { None })).map(move |rows| match rows {
        Some(rows) => rows.and_then(|rows| document.rows(&rows)),
        None => document.turtle.end(),
    });
    stream::once(async move { head }).chain(body).try_filter(|piece| std::future::ready(!piece.is_empty())).boxed()
}

struct Document {
    edition: Edition,
    told: HashSet<PracticeId>,
    turtle: Turtle,
}

impl Document {
    /// The address of a word of this file's own.
    fn own(&self, word: &str) -> Result<Name, Fault> {
        named(&format!("{}#{word}", self.edition.facts.address))
    }

    /// What the file says of itself, and the kinds of derivation.
    fn head(&mut self) -> Result<Bytes, Fault> {
        let (facts, mut graph) = (self.edition.facts.clone(), Graph::default());
        let file = named(&facts.address)?;
        graph.add(&file, names::TYPE, names::BUNDLE);
        let title: Both = facts.title;
        graph.add(&file, names::TITLE, said(title.0, Language::It));
        graph.add(&file, names::TITLE, said(title.1, Language::En));
        graph.add(&file, names::LICENSE, named(LICENCE)?);
        graph.add(&file, names::RIGHTS, plain(&facts.attribution));
        graph.add(&file, names::GENERATED_AT, typed(&facts.as_of.to_string(), names::DATE_TIME));
        for kind in LineageKind::ALL {
            let word = self.own(kind.as_str())?;
            graph.add(&word, names::TYPE, names::CONCEPT);
            graph.add(&word, names::PREF_LABEL, said(label(*kind).0, Language::It));
            graph.add(&word, names::PREF_LABEL, said(label(*kind).1, Language::En));
            graph.add(&word, names::NOTATION, plain(kind.as_str()));
        }
        self.turtle.piece(&graph)
    }

    fn rows(&mut self, rows: &[Row]) -> Result<Bytes, Fault> {
        let mut graph = Graph::default();
        for row in rows {
            self.end(&mut graph, row.edge.child, &row.child)?;
            self.end(&mut graph, row.edge.parent, &row.parent)?;
            self.edge(&mut graph, row)?;
        }
        self.turtle.piece(&graph)
    }

    /// A practice, the first time it is met, with the territory that did it.
    fn end(&mut self, graph: &mut Graph, id: PracticeId, end: &End) -> Result<(), Fault> {
        if self.told.contains(&id) {
            return Ok(());
        }
        if self.told.len() < MOST_REMEMBERED {
            self.told.insert(id);
        }
        let practice = named(&end.uri)?;
        graph.add(&practice, names::TYPE, names::ENTITY);
        graph.add(&practice, names::TITLE, said(&end.practice.title, Language::It));
        if let Some(at) = end.practice.published_at {
            graph.add(&practice, names::ISSUED, typed(&at.to_string(), names::DATE_TIME));
        }
        graph.add(&practice, self.own("illustrative")?, yes(end.is_illustrative()));
        if let Some(owner) = &end.owner {
            let agent = named(&self.edition.link(&format!("/territories/{}", owner.slug)))?;
            graph.add(&practice, names::ATTRIBUTED_TO, agent.clone());
            graph.add(&agent, names::TYPE, names::ORGANIZATION);
            graph.add(&agent, names::TYPE, names::AGENT);
            graph.add(&agent, names::NAME, said(&owner.full_name(), Language::It));
        }
        Ok(())
    }

    fn edge(&self, graph: &mut Graph, row: &Row) -> Result<(), Fault> {
        let Edge { kind, confirmed_at, declared_at, .. } = row.edge;
        let (child, parent) = (named(&row.child.uri)?, named(&row.parent.uri)?);
        let derivation = named(&format!("{}#derivation-{}", row.child.uri, row.parent.practice.slug))?;
        graph.add(&child, names::DERIVED_FROM, parent.clone());
        graph.add(&child, names::QUALIFIED_DERIVATION, derivation.clone());
        if kind == LineageKind::ComponentOf {
            graph.add(&child, names::PART_OF, parent.clone());
        }
        graph.add(&derivation, names::TYPE, names::DERIVATION);
        graph.add(&derivation, names::OF_ENTITY, parent);
        graph.add(&derivation, names::KIND, self.own(kind.as_str())?);
        graph.add(&derivation, names::SUBMITTED, typed(&declared_at.to_string(), names::DATE_TIME));
        graph.add(&derivation, self.own("confirmed")?, yes(confirmed_at.is_some()));
        graph.add(&derivation, self.own("replication")?, yes(row.edge.is_replication()));
        Ok(())
    }
}
