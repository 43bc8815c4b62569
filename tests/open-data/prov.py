"""Reads a lineage in Turtle with rdflib and holds it to PROV-O (W3C Recommendation of 30 April 2013): what a derivation
must have, and that the plain relation says the same as the qualified one. Prints what is in it."""

import json
import sys

from rdflib import Graph, Namespace, RDF
from rdflib.namespace import DCTERMS, FOAF, SKOS

PROV = Namespace("http://www.w3.org/ns/prov#")
graph = Graph().parse(data=sys.stdin.read(), format="turtle")

entities = set(graph.subjects(RDF.type, PROV.Entity))
agents = set(graph.subjects(RDF.type, PROV.Agent))
plain = set(graph.subject_objects(PROV.wasDerivedFrom))
qualified = set()
for child, derivation in graph.subject_objects(PROV.qualifiedDerivation):
    assert (derivation, RDF.type, PROV.Derivation) in graph, derivation
    (parent,) = graph.objects(derivation, PROV.entity)
    (kind,) = graph.objects(derivation, DCTERMS.type)
    assert (kind, RDF.type, SKOS.Concept) in graph and (kind, SKOS.prefLabel, None) in graph, kind
    qualified.add((child, parent))
assert plain == qualified, plain ^ qualified
assert {end for edge in plain for end in edge} <= entities
for entity in entities:
    assert (entity, DCTERMS.title, None) in graph, entity
    (owner,) = graph.objects(entity, PROV.wasAttributedTo)
    assert owner in agents and (owner, FOAF.name, None) in graph, owner
(bundle,) = graph.subjects(RDF.type, PROV.Bundle)
json.dump(
    {
        "edges": sorted([str(a), str(b)] for a, b in plain),
        "entities": len(entities),
        "agents": len(agents),
        "licence": str(graph.value(bundle, DCTERMS.license)),
        "rights": str(graph.value(bundle, DCTERMS.rights)),
        "kinds": sorted(
            {str(kind).split("#")[1] for d in graph.subjects(RDF.type, PROV.Derivation) for kind in graph.objects(d, DCTERMS.type)}
        ),
    },
    sys.stdout,
)
