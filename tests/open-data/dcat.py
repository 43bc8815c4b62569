"""Reads a catalogue with rdflib and holds it to DCAT-AP_IT. The table is the guide's of the national catalogue
("Guida pratica a DCAT-AP_IT", dati.gov.it, AgID, CC BY 4.0): for each class its mandatory properties, those recommended
that this catalogue must have too, how many there may be, and what they lead to. Codes must be of the EU's lists that the
guide names. Argument: the format. Prints what is in the catalogue."""

import json
import re
import sys

from rdflib import Graph, Literal, Namespace, RDF, URIRef, XSD
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCTERMS, FOAF, OWL

DCAT = Namespace("http://www.w3.org/ns/dcat#")
IT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
THEMES = "AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN OP_DATPRO".split()
FREQUENCIES = "ANNUAL BIENNIAL BIMONTHLY BIWEEKLY CONT DAILY IRREG MONTHLY NEVER OTHER QUARTERLY TRIENNIAL UNKNOWN UPDATE_CONT WEEKLY".split()
FORMATS = "CSV JSON JSON_LD RDF_TURTLE XML GRAPHML GEXF".split()


def text(value):
    return isinstance(value, Literal) and str(value).strip() != ""


def day(value):
    return isinstance(value, Literal) and value.datatype == XSD.date and re.fullmatch(r"\d{4}-\d\d-\d\d", str(value))


def of(type):
    return lambda value: isinstance(value, URIRef) and (value, RDF.type, type) in graph


def code(list, among):
    return lambda value: str(value).startswith(f"{EU}{list}/") and str(value).rsplit("/", 1)[1] in among


def address(value):
    return isinstance(value, URIRef) and re.match("https?://", str(value))


# class: (its superclass, [(property, least, most, what it must be)])
RULES = {
    IT.Catalog: (DCAT.Catalog, [
        (DCTERMS.title, 1, 9, text),
        (DCTERMS.description, 1, 9, text),
        (DCTERMS.publisher, 1, 1, of(IT.Agent)),
        (DCTERMS.modified, 1, 1, day),
        (DCAT.dataset, 1, 99, of(IT.Dataset)),
        (FOAF.homepage, 1, 1, address),
        (DCTERMS.language, 1, 9, code("language", ["ITA", "ENG"])),
        (DCAT.themeTaxonomy, 1, 1, lambda value: str(value) == EU + "data-theme"),
    ]),
    IT.Dataset: (DCAT.Dataset, [
        (DCTERMS.identifier, 1, 1, text),
        (DCTERMS.title, 1, 9, text),
        (DCTERMS.description, 1, 9, text),
        (DCTERMS.modified, 1, 1, day),
        (DCAT.theme, 1, 9, code("data-theme", THEMES)),
        (DCTERMS.rightsHolder, 1, 1, of(IT.Agent)),
        (DCTERMS.accrualPeriodicity, 1, 1, code("frequency", FREQUENCIES)),
        (DCAT.distribution, 1, 9, of(IT.Distribution)),
        (DCTERMS.publisher, 1, 1, of(IT.Agent)),
        (DCTERMS.language, 1, 9, code("language", ["ITA", "ENG"])),
        (DCAT.keyword, 1, 9, text),
        (DCAT.contactPoint, 0, 9, of(IT.Organization)),
    ]),
    IT.Distribution: (DCAT.Distribution, [
        (DCTERMS["format"], 1, 1, code("file-type", FORMATS)),
        (DCAT.accessURL, 1, 1, address),
        (DCTERMS.license, 1, 1, of(IT.LicenseDocument)),
        (DCTERMS.description, 1, 9, text),
        (DCTERMS.title, 1, 9, text),
        (DCAT.downloadURL, 1, 1, address),
        (DCTERMS.modified, 1, 1, day),
    ]),
    IT.Agent: (FOAF.Agent, [(DCTERMS.identifier, 1, 1, text), (FOAF.name, 1, 9, text)]),
    IT.Organization: (VCARD.Organization, [
        (VCARD.fn, 1, 1, text),
        (VCARD.hasEmail, 1, 1, lambda value: str(value).startswith("mailto:")),
    ]),
    IT.LicenseDocument: (DCTERMS.LicenseDocument, [
        (DCTERMS.type, 1, 1, lambda value: str(value).startswith("http://purl.org/adms/licencetype/")),
        (FOAF.name, 1, 1, text),
        (OWL.versionInfo, 1, 1, text),
    ]),
}

graph = Graph().parse(data=sys.stdin.read(), format=sys.argv[1])
wrong = []
for kind, (above, rules) in RULES.items():
    for node in graph.subjects(RDF.type, kind):
        if (node, RDF.type, above) not in graph:
            wrong.append(f"{node} is no {above}")
        for property, least, most, fits in rules:
            values = list(graph.objects(node, property))
            if not least <= len(values) <= most:
                wrong.append(f"{node} has {len(values)} {property}")
            wrong += [f"{node}: {property} is {value}" for value in values if not fits(value)]
        # In each language once.
        for property in (DCTERMS.title, DCTERMS.description):
            languages = [value.language for value in graph.objects(node, property)]
            if len(languages) != len(set(languages)):
                wrong.append(f"{node} says {property} twice in a language")
catalogs = list(graph.subjects(RDF.type, IT.Catalog))
datasets = set(graph.subjects(RDF.type, IT.Dataset))
if len(catalogs) != 1 or set(graph.objects(catalogs[0], DCAT.dataset)) != datasets:
    wrong.append("the catalogue does not have each dataset")
identifiers = [str(value) for node in datasets for value in graph.objects(node, DCTERMS.identifier)]
if len(identifiers) != len(set(identifiers)):
    wrong.append("two datasets have one identifier")
assert not wrong, "\n".join(wrong)

json.dump(
    {
        "identifiers": sorted(identifiers),
        "downloads": sorted(str(value) for value in graph.objects(None, DCAT.downloadURL)),
        "publishers": sorted({str(graph.value(node, FOAF.name)) for node in graph.subjects(RDF.type, IT.Agent)}),
        "emails": sorted({str(value) for value in graph.objects(None, VCARD.hasEmail)}),
        "modified": sorted({str(value) for value in graph.objects(catalogs[0], DCTERMS.modified)}),
        "licences": sorted({str(value) for value in graph.objects(None, DCTERMS.license)}),
        "triples": len(graph),
        "digest": str(to_isomorphic(graph).graph_digest()),
    },
    sys.stdout,
)
