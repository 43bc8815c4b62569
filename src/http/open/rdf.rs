//! RDF: the only oxrdf, oxttl and oxjsonld. Triples are collected with few words and written as Turtle or JSON-LD.
use crate::domain::{refusal::Fault, text::Language, word::Word};
use axum::body::Bytes;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::{TurtleSerializer, turtle::LowLevelTurtleSerializer};

/// The names of things.
pub(super) type Name = NamedNode;

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

/// Words of the vocabularies in use.
pub(super) mod names {
    use oxrdf::NamedNodeRef;

    macro_rules! names {
        ($($name:ident = $base:literal $word:literal;)*) => { $(
            pub(in crate::http::open) const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($base, $word));
        )* };
    }

    names! {
        TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" "type";
        DATE_TIME = "http://www.w3.org/2001/XMLSchema#" "dateTime";
        TITLE = "http://purl.org/dc/terms/" "title";
        LICENSE = "http://purl.org/dc/terms/" "license";
        RIGHTS = "http://purl.org/dc/terms/" "rights";
        ISSUED = "http://purl.org/dc/terms/" "issued";
        KIND = "http://purl.org/dc/terms/" "type";
        SUBMITTED = "http://purl.org/dc/terms/" "dateSubmitted";
        PART_OF = "http://purl.org/dc/terms/" "isPartOf";
        NAME = "http://xmlns.com/foaf/0.1/" "name";
        CONCEPT = "http://www.w3.org/2004/02/skos/core#" "Concept";
        PREF_LABEL = "http://www.w3.org/2004/02/skos/core#" "prefLabel";
        NOTATION = "http://www.w3.org/2004/02/skos/core#" "notation";
        BUNDLE = "http://www.w3.org/ns/prov#" "Bundle";
        ENTITY = "http://www.w3.org/ns/prov#" "Entity";
        AGENT = "http://www.w3.org/ns/prov#" "Agent";
        ORGANIZATION = "http://www.w3.org/ns/prov#" "Organization";
        DERIVATION = "http://www.w3.org/ns/prov#" "Derivation";
        DERIVED_FROM = "http://www.w3.org/ns/prov#" "wasDerivedFrom";
        QUALIFIED_DERIVATION = "http://www.w3.org/ns/prov#" "qualifiedDerivation";
        OF_ENTITY = "http://www.w3.org/ns/prov#" "entity";
        ATTRIBUTED_TO = "http://www.w3.org/ns/prov#" "wasAttributedTo";
        GENERATED_AT = "http://www.w3.org/ns/prov#" "generatedAtTime";
    }
}

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
