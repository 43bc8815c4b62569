//! The network as GEXF (gexf.net, 1.2draft: the version that most programs read), for Gephi and its kin, with the places of
//! the drawing.
use super::{
    dataset::{Cell, Column, Kind},
    edition::Edition,
    network::{self, Drawn, EDGES, PLACES},
    xml::{Xml, pieces, said, value},
};
use crate::{domain::refusal::Fault, http::open::kept::Pieces};

pub(super) const MEDIA_TYPE: &str = "application/gexf+xml";

/// Writes the network.
pub(super) fn written(edition: Edition) -> Pieces {
    pieces(async move {
        let drawn = network::drawn(&edition).await?;
        document(&edition, &drawn)
    })
}

fn document(edition: &Edition, drawn: &Drawn) -> Result<Vec<u8>, Fault> {
    let mut xml = Xml::begin();
    xml.open(
        "gexf",
        &[
            ("xmlns", "http://www.gexf.net/1.2draft"),
            ("xmlns:viz", "http://www.gexf.net/1.2draft/viz"),
            ("version", "1.2"),
        ],
    )?;
    xml.open("meta", &[("lastmodifieddate", &edition.facts.as_of.date_in_italy().to_string())])?;
    xml.text("creator", &[], &edition.facts.attribution)?;
    xml.text("description", &[], &said(edition))?;
    xml.close("meta")?;
    xml.open("graph", &[("defaultedgetype", "directed"), ("mode", "static")])?;
    attributes(&mut xml, "node", PLACES)?;
    attributes(&mut xml, "edge", EDGES)?;
    xml.open("nodes", &[])?;
    for place in &drawn.places {
        xml.open("node", &[("id", &place.territory.slug), ("label", &place.territory.full_name())])?;
        values(&mut xml, PLACES, place)?;
        // Upwards is positive there.
        let (x, y) = (format!("{:.1}", place.node.at.0), format!("{:.1}", -place.node.at.1));
        xml.empty("viz:position", &[("x", &x), ("y", &y), ("z", "0.0")])?;
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    for (n, edge) in drawn.edges.iter().enumerate() {
        let counts = &edge.exchange.counts;
        let weight = counts.requests().max(counts.replications).to_string();
        let (id, source, target) = (n.to_string(), &*edge.from.slug, &*edge.to.slug);
        xml.open("edge", &[("id", &*id), ("source", source), ("target", target), ("weight", &*weight)])?;
        values(&mut xml, EDGES, edge)?;
        xml.close("edge")?;
    }
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")?;
    Ok(xml.end())
}

fn attributes<R>(xml: &mut Xml, of: &str, columns: &'static [Column<R>]) -> Result<(), Fault> {
    xml.open("attributes", &[("class", of), ("mode", "static")])?;
    for column in columns {
        let ty = match column.said.kind {
            Kind::Integer => "long",
            Kind::Decimal => "double",
            Kind::Boolean => "boolean",
            Kind::Url => "anyURI",
            _ => "string",
        };
        xml.empty("attribute", &[("id", column.said.name), ("title", column.said.name), ("type", ty)])?;
    }
    xml.close("attributes")
}

fn values<R>(xml: &mut Xml, columns: &'static [Column<R>], row: &R) -> Result<(), Fault> {
    xml.open("attvalues", &[])?;
    for column in columns {
        let cell = (column.of)(row);
        if cell != Cell::Empty {
            xml.empty("attvalue", &[("for", column.said.name), ("value", &value(&cell))])?;
        }
    }
    xml.close("attvalues")
}
