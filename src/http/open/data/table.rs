//! The table of all datasets. A new one is a constant here, and its rows in a file beside: the addresses of its files,
//! the description of its sheet, and its entry in the catalogue follow.
use super::{
    csv,
    dataset::{Dataset, Format, said},
    edition::Edition,
    gexf, graphml, json, lineage, network, practices, prov, statistics, territories, vocabularies,
};
use crate::http::open::{kept::Pieces, rdf::TURTLE};

/// All of them.
pub(in crate::http) const DATASETS: &[&Dataset] =
    &[PRACTICES, TERRITORIES, LINEAGE, NETWORK, PLACES, STATISTICS, VOCABULARIES];

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

/// Who asked whom.
const NETWORK: &Dataset = &Dataset {
    name: "network",
    title: ("La rete: scambi tra territori", "The network: exchanges between territories"),
    about: (
        "Chi ha chiesto aiuto a chi per copiare una pratica, e che cosa ne è venuto: richieste per stato, repliche, messaggi, tempi di risposta. Nessun dato su persone.",
        "Who asked whom for help to copy a practice, and what came of it: requests by state, copies, messages, times of answer. Nothing about persons.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["welfare", "reti", "repliche", "riuso"],
    frequency: "UPDATE_CONT",
    list: None,
    points: 1_000,
    columns: || said(network::EDGES),
    formats: &[
        csv(|edition| csv::written(&edition, network::EDGES, network::edges(edition.clone()))),
        json(|edition| json::written(&edition, network::EDGES, network::edges(edition.clone()))),
        Format { extension: "graphml", media_type: graphml::MEDIA_TYPE, file_type: "XML", written: graphml::written },
        Format { extension: "gexf", media_type: gexf::MEDIA_TYPE, file_type: "XML", written: gexf::written },
    ],
};

/// Who stands where in the network.
const PLACES: &Dataset = &Dataset {
    name: "network-territories",
    title: ("La rete: territori", "The network: territories"),
    about: (
        "I territori che partecipano alla rete, con le loro misure: a chi si rivolgono, chi si rivolge a loro, quanto passa per loro, e dove disegnarli.",
        "The territories that take part in the network, with their measures: whom they turn to, who turns to them, how much leads through them, and where to draw them.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["welfare", "reti", "ambiti territoriali sociali"],
    frequency: "UPDATE_CONT",
    list: None,
    points: 1_000,
    columns: || said(network::PLACES),
    formats: &[
        csv(|edition| csv::written(&edition, network::PLACES, network::places(edition.clone()))),
        json(|edition| json::written(&edition, network::PLACES, network::places(edition.clone()))),
    ],
};

/// What was asked for, month after month.
const STATISTICS: &Dataset = &Dataset {
    name: "statistics",
    title: ("Richieste di replica per mese", "Replication requests by month"),
    about: (
        "Richieste di replica per mese del primo invio, tema e provincia di chi le riceve: stato di oggi, repliche, tempi di risposta, repliche ancora attive dopo 6 e 12 mesi.",
        "Replication requests by month of the first sending, field and province of who is asked: where they stand today, copies, times of answer, copies that run after 6 and 12 months.",
    ),
    themes: &["SOCI", "GOVE"],
    keywords: &["welfare", "repliche", "statistiche"],
    frequency: "UPDATE_CONT",
    list: None,
    points: 500,
    columns: || said(statistics::COLUMNS),
    formats: &[
        csv(|edition| csv::written(&edition, statistics::COLUMNS, statistics::rows(edition.clone()))),
        json(|edition| json::written(&edition, statistics::COLUMNS, statistics::rows(edition.clone()))),
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
