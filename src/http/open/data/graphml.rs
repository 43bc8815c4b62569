//! The network as `GraphML` (graphdrawing.org, 1.0), which networkx, igraph, Gephi and yEd read: territories with their
//! measures, exchanges with their counts; whose it is in the descriptions.
use super::{
    dataset::{Cell, Column, Kind},
    edition::Edition,
    network::{self, Drawn, EDGES, PLACES},
    xml::{Xml, pieces},
};
use crate::{domain::refusal::Fault, http::open::kept::Pieces};

pub(super) const MEDIA_TYPE: &str = "application/graphml+xml";

/// Writes the network.
pub(super) fn written(edition: Edition) -> Pieces {
    pieces(async move {
        let drawn = network::drawn(&edition).await?;
        document(&edition, &drawn)
    })
}

fn document(edition: &Edition, drawn: &Drawn) -> Result<Vec<u8>, Fault> {
    let mut xml = Xml::begin();
    let schema = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";
    xml.open(
        "graphml",
        &[
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", schema),
        ],
    )?;
    xml.text("desc", &[], &super::xml::said(edition))?;
    keys(&mut xml, "node", PLACES)?;
    keys(&mut xml, "edge", EDGES)?;
    xml.open("graph", &[("id", "network"), ("edgedefault", "directed")])?;
    for place in &drawn.places {
        xml.open("node", &[("id", &place.territory.slug)])?;
        data(&mut xml, "node", PLACES, place)?;
        xml.close("node")?;
    }
    for edge in &drawn.edges {
        xml.open("edge", &[("source", &edge.from.slug), ("target", &edge.to.slug)])?;
        data(&mut xml, "edge", EDGES, edge)?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    Ok(xml.end())
}

/// What the nodes or edges say of themselves.
fn keys<R>(xml: &mut Xml, of: &'static str, columns: &'static [Column<R>]) -> Result<(), Fault> {
    for column in columns {
        let ty = match column.said.kind {
            Kind::Integer => "long",
            Kind::Decimal => "double",
            Kind::Boolean => "boolean",
            _ => "string",
        };
        let id = format!("{of}_{}", column.said.name);
        let says = [("id", &*id), ("for", of), ("attr.name", column.said.name), ("attr.type", ty)];
        xml.open("key", &says)?;
        xml.text("desc", &[], column.said.about.1)?;
        xml.close("key")?;
    }
    Ok(())
}

fn data<R>(xml: &mut Xml, of: &str, columns: &'static [Column<R>], row: &R) -> Result<(), Fault> {
    for column in columns {
        let cell = (column.of)(row);
        if cell != Cell::Empty {
            xml.text("data", &[("key", &format!("{of}_{}", column.said.name))], &super::xml::value(&cell))?;
        }
    }
    Ok(())
}
