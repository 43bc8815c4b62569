//! The words of the vocabularies in use: RDF, Dublin Core, FOAF, SKOS, PROV-O, DCAT, DCAT-AP_IT, vCard.
use oxrdf::NamedNodeRef;

/// A word of a vocabulary.
pub(in crate::http::open) type Word = NamedNodeRef<'static>;

macro_rules! names {
    ($($name:ident = $base:literal $word:literal;)*) => { $(
        pub(in crate::http::open) const $name: Word = NamedNodeRef::new_unchecked(concat!($base, $word));
    )* };
}

names! {
    TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" "type";
    DATE_TIME = "http://www.w3.org/2001/XMLSchema#" "dateTime";
    DATE = "http://www.w3.org/2001/XMLSchema#" "date";
    TITLE = "http://purl.org/dc/terms/" "title";
    DESCRIPTION = "http://purl.org/dc/terms/" "description";
    IDENTIFIER = "http://purl.org/dc/terms/" "identifier";
    LICENSE = "http://purl.org/dc/terms/" "license";
    LICENSE_DOCUMENT = "http://purl.org/dc/terms/" "LicenseDocument";
    RIGHTS = "http://purl.org/dc/terms/" "rights";
    ACCESS_RIGHTS = "http://purl.org/dc/terms/" "accessRights";
    RIGHTS_HOLDER = "http://purl.org/dc/terms/" "rightsHolder";
    PUBLISHER = "http://purl.org/dc/terms/" "publisher";
    CREATOR = "http://purl.org/dc/terms/" "creator";
    ISSUED = "http://purl.org/dc/terms/" "issued";
    MODIFIED = "http://purl.org/dc/terms/" "modified";
    LANGUAGE = "http://purl.org/dc/terms/" "language";
    FREQUENCY = "http://purl.org/dc/terms/" "accrualPeriodicity";
    FORMAT = "http://purl.org/dc/terms/" "format";
    KIND = "http://purl.org/dc/terms/" "type";
    SUBMITTED = "http://purl.org/dc/terms/" "dateSubmitted";
    PART_OF = "http://purl.org/dc/terms/" "isPartOf";
    NAME = "http://xmlns.com/foaf/0.1/" "name";
    HOMEPAGE = "http://xmlns.com/foaf/0.1/" "homepage";
    FOAF_AGENT = "http://xmlns.com/foaf/0.1/" "Agent";
    VERSION = "http://www.w3.org/2002/07/owl#" "versionInfo";
    CONCEPT = "http://www.w3.org/2004/02/skos/core#" "Concept";
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#" "prefLabel";
    NOTATION = "http://www.w3.org/2004/02/skos/core#" "notation";
    EXACT_MATCH = "http://www.w3.org/2004/02/skos/core#" "exactMatch";
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
    CATALOG = "http://www.w3.org/ns/dcat#" "Catalog";
    DATASET = "http://www.w3.org/ns/dcat#" "Dataset";
    HAS_DATASET = "http://www.w3.org/ns/dcat#" "dataset";
    DISTRIBUTION_CLASS = "http://www.w3.org/ns/dcat#" "Distribution";
    DISTRIBUTION = "http://www.w3.org/ns/dcat#" "distribution";
    THEME = "http://www.w3.org/ns/dcat#" "theme";
    TAXONOMY = "http://www.w3.org/ns/dcat#" "themeTaxonomy";
    KEYWORD = "http://www.w3.org/ns/dcat#" "keyword";
    CONTACT_POINT = "http://www.w3.org/ns/dcat#" "contactPoint";
    ACCESS_URL = "http://www.w3.org/ns/dcat#" "accessURL";
    DOWNLOAD_URL = "http://www.w3.org/ns/dcat#" "downloadURL";
    MEDIA_TYPE = "http://www.w3.org/ns/dcat#" "mediaType";
    DATA_SERVICE = "http://www.w3.org/ns/dcat#" "DataService";
    HAS_SERVICE = "http://www.w3.org/ns/dcat#" "service";
    ENDPOINT = "http://www.w3.org/ns/dcat#" "endpointURL";
    ENDPOINT_ABOUT = "http://www.w3.org/ns/dcat#" "endpointDescription";
    SERVES = "http://www.w3.org/ns/dcat#" "servesDataset";
    CATALOG_IT = "http://dati.gov.it/onto/dcatapit#" "Catalog";
    DATASET_IT = "http://dati.gov.it/onto/dcatapit#" "Dataset";
    DISTRIBUTION_IT = "http://dati.gov.it/onto/dcatapit#" "Distribution";
    AGENT_IT = "http://dati.gov.it/onto/dcatapit#" "Agent";
    ORGANIZATION_IT = "http://dati.gov.it/onto/dcatapit#" "Organization";
    LICENSE_IT = "http://dati.gov.it/onto/dcatapit#" "LicenseDocument";
    VCARD_KIND = "http://www.w3.org/2006/vcard/ns#" "Kind";
    VCARD_ORGANIZATION = "http://www.w3.org/2006/vcard/ns#" "Organization";
    FN = "http://www.w3.org/2006/vcard/ns#" "fn";
    HAS_EMAIL = "http://www.w3.org/2006/vcard/ns#" "hasEmail";
    HAS_URL = "http://www.w3.org/2006/vcard/ns#" "hasURL";
}
