//! The table of all datasets. A new one is a constant here, and its rows in a file beside: the addresses of its files,
//! the description of its sheet, and its entry in the catalogue follow.
use super::{
    csv,
    dataset::{Dataset, Format, said},
    edition::Edition,
    json, lineage, practices, prov, territories, vocabularies,
};
use crate::http::open::{kept::Pieces, rdf::TURTLE};

/// All of them.
pub(in crate::http) const DATASETS: &[&Dataset] = &[PRACTICES, TERRITORIES, LINEAGE, VOCABULARIES];

/// The published practices.
pub(in crate::http) const PRACTICES: &Dataset = &Dataset {
    name: "practices",
    title: ("Pratiche di welfare locale", "Local welfare practices"),
    about: (
        "Le pratiche pubblicate dagli Ambiti e dai Comuni: che cosa hanno fatto, con quali mezzi, con quali esiti e quale aiuto offrono a chi le copia. Quelle inventate per dimostrazione sono segnate.",
        "The practices published by Ambiti and Comuni: what they did, with which means and outcomes, and what help they offer to whoever copies them. Those made up for demonstration are flagged.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["welfare", "servizi sociali", "buone pratiche", "riuso"],
    frequency: "UPDATE_CONT",
    list: None,
    points: 5_000,
    columns: || said(practices::COLUMNS),
    formats: &[
        csv(|edition| csv::written(&edition, practices::COLUMNS, practices::rows(edition.clone()))),
        json(|edition| json::written(&edition, practices::COLUMNS, practices::rows(edition.clone()))),
    ],
};

/// Ambiti and Comuni.
pub(in crate::http) const TERRITORIES: &Dataset = &Dataset {
    name: "territories",
    title: ("Ambiti territoriali sociali e Comuni", "Social-service districts (Ambiti) and Comuni"),
    about: (
        "Gli Ambiti territoriali sociali e i loro Comuni, con codici, popolazione e baricentro, secondo l'elenco importato.",
        "The social-service districts (Ambiti) and their Comuni, with codes, population and centroid, as in the imported list.",
    ),
    themes: &["GOVE", "REGI"],
    keywords: &["ambiti territoriali sociali", "comuni", "codici ISTAT"],
    frequency: "IRREG",
    list: Some("territories"),
    points: 500,
    columns: || said(territories::COLUMNS),
    formats: &[
        csv(|edition| csv::written(&edition, territories::COLUMNS, territories::rows(edition.clone()))),
        json(|edition| json::written(&edition, territories::COLUMNS, territories::rows(edition.clone()))),
    ],
};

/// Which practice comes from which.
const LINEAGE: &Dataset = &Dataset {
    name: "lineage",
    title: ("Discendenza delle pratiche", "Lineage of practices"),
    about: (
        "Quale pratica viene da quale altra, e come: copiata, adattata, ispirata, parte, unione.",
        "Which practice comes from which, and how: copied, adapted, inspired, part, merger.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["welfare", "repliche", "riuso", "provenienza"],
    frequency: "UPDATE_CONT",
    list: None,
    points: 2_000,
    columns: || said(lineage::COLUMNS),
    formats: &[
        csv(|edition| csv::written(&edition, lineage::COLUMNS, lineage::rows(edition.clone()))),
        json(|edition| json::written(&edition, lineage::COLUMNS, lineage::rows(edition.clone()))),
        Format {
            extension: "ttl",
            media_type: TURTLE,
            file_type: "RDF_TURTLE",
            written: |edition| prov::written(&edition, lineage::rows(edition.clone())),
        },
    ],
};

/// What codes mean.
const VOCABULARIES: &Dataset = &Dataset {
    name: "vocabularies",
    title: ("Vocabolari di Innesto", "Vocabularies of the hub"),
    about: (
        "I termini a cui rimandano i codici degli altri dataset, con le etichette in italiano e inglese e i giorni di validità.",
        "The terms that the codes of the other datasets mean, with labels in Italian and English and days of validity.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["vocabolari controllati", "welfare"],
    frequency: "IRREG",
    list: Some("vocabularies"),
    points: 500,
    columns: || said(vocabularies::COLUMNS),
    formats: &[
        csv(|edition| csv::written(&edition, vocabularies::COLUMNS, vocabularies::rows(edition.clone()))),
        json(|edition| json::written(&edition, vocabularies::COLUMNS, vocabularies::rows(edition.clone()))),
    ],
};

const fn csv(written: fn(Edition) -> Pieces) -> Format {
    Format { extension: "csv", media_type: csv::MEDIA_TYPE, file_type: "CSV", written }
}

const fn json(written: fn(Edition) -> Pieces) -> Format {
    Format { extension: "json", media_type: json::MEDIA_TYPE, file_type: "JSON", written }
}
