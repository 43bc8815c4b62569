//! RDF: the only oxrdf, oxttl and oxjsonld. Triples are collected with few words and written as Turtle or JSON-LD.
pub(super) mod names;

use crate::domain::{refusal::Fault, text::Language, word::Word};
use axum::body::Bytes;
use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::{TurtleSerializer, turtle::LowLevelTurtleSerializer};

/// The names of things.
pub(super) type Name = NamedNode;

/// Turtle's media type.
pub(super) const TURTLE: &str = "text/turtle; charset=utf-8";
/// JSON-LD's media type.
pub(super) const JSON_LD: &str = "application/ld+json";

/// The prefixes that documents are written with.
const PREFIXES: [(&str, &str); 12] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatapit", "http://dati.gov.it/onto/dcatapit#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The name of what has this address.
///
/// # Errors
/// A fault where it is none.
pub(super) fn named(address: &str) -> Result<Name, Fault> {
    NamedNode::new(address).map_err(Fault::new)
}

/// A text in a language.
pub(super) fn said(text: &str, language: Language) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, language.as_str())
}

/// A text in no language.
pub(super) fn plain(text: &str) -> Literal {
    Literal::new_simple_literal(text)
}

/// A value of a type.
pub(super) fn typed(text: &str, of: NamedNodeRef<'static>) -> Literal {
    Literal::new_typed_literal(text, of)
}

/// A truth value.
pub(super) fn yes(yes: bool) -> Literal {
    Literal::from(yes)
}

/// Triples, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct Graph(Vec<Triple>);

impl Graph {
    /// Adds one.
    pub(super) fn add(&mut self, of: &Name, word: impl Into<NamedNode>, value: impl Into<Term>) {
        self.0.push(Triple::new(of.clone(), word, value));
    }

    /// A whole document in Turtle.
    ///
    /// # Errors
    /// As [`Turtle::piece`].
    pub(super) fn turtle(&self) -> Result<Bytes, Fault> {
        let mut turtle = Turtle::new();
        let (all, end) = (turtle.piece(self)?, turtle.end()?);
        Ok([all, end].concat().into())
    }

    /// The same in JSON-LD. Triples of one thing stand together there, in whatever order they were added.
    ///
    /// # Errors
    /// As [`Turtle::piece`].
    pub(super) fn json_ld(&self) -> Result<Bytes, Fault> {
        let plain = JsonLdSerializer::new();
        let with = PREFIXES
            .iter()
            .fold(plain, |writer, (prefix, iri)| writer.clone().with_prefix(*prefix, *iri).unwrap_or(writer));
        let mut writer = with.for_writer(Vec::new());
        let mut triples: Vec<&Triple> = self.0.iter().collect();
        triples.sort_by_cached_key(|triple| triple.subject.to_string());
        for triple in triples {
            let quad = triple.as_ref().in_graph(GraphNameRef::DefaultGraph);
            writer.serialize_quad(quad).map_err(Fault::new)?;
        }
        writer.finish().map(Bytes::from).map_err(Fault::new)
    }
}

/// A Turtle document on its way out.
pub(super) struct Turtle(LowLevelTurtleSerializer);

impl Turtle {
    /// A document with the prefixes in use.
    pub(super) fn new() -> Self {
        let plain = TurtleSerializer::new();
        let with = PREFIXES.iter().fold(plain, |turtle, (prefix, iri)| {
            // They are constants, and the tests read the documents: a wrong one would show.
            turtle.clone().with_prefix(*prefix, *iri).unwrap_or(turtle)
        });
        Self(with.low_level())
    }

    /// The next piece.
    ///
    /// # Errors
    /// None: memory takes everything; what the writer's signature says.
    pub(super) fn piece(&mut self, graph: &Graph) -> Result<Bytes, Fault> {
        let mut piece = Vec::new();
        let written = graph.0.iter().try_for_each(|triple| self.0.serialize_triple(triple, &mut piece));
        written.map(|()| piece.into()).map_err(Fault::new)
    }

    /// The last piece.
    ///
    /// # Errors
    /// As [`Turtle::piece`].
    pub(super) fn end(&mut self) -> Result<Bytes, Fault> {
        let mut piece = Vec::new();
        self.0.finish(&mut piece).map(|()| piece.into()).map_err(Fault::new)
    }
}
