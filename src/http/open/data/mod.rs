//! `GET /data/{file}`: the datasets as files. One table names them all, with their columns and formats.
mod csv;
mod csvw;
#[macro_use]
mod dataset;
mod edition;
mod gexf;
mod graphml;
mod json;
mod lineage;
mod network;
mod practices;
mod prov;
mod statistics;
mod territories;
mod vocabularies;
mod xml;

use super::{Arrived, Asked, LICENCE, answered, problem::Problem};
use crate::http::Hub;
use axum::{
    body::Body,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderValue, Method, header},
    response::Response,
};
use dataset::{Dataset, Format, said};
use edition::Edition;
use std::net::SocketAddr;

/// All datasets.
pub(super) const DATASETS: &[Dataset] = &[
    Dataset {
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
    },
    Dataset {
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
    },
    Dataset {
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
                media_type: prov::MEDIA_TYPE,
                file_type: "RDF_TURTLE",
                written: |edition| prov::written(&edition, lineage::rows(edition.clone())),
            },
        ],
    },
    Dataset {
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
            Format {
                extension: "graphml",
                media_type: graphml::MEDIA_TYPE,
                file_type: "XML",
                written: graphml::written,
            },
            Format { extension: "gexf", media_type: gexf::MEDIA_TYPE, file_type: "XML", written: gexf::written },
        ],
    },
    Dataset {
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
    },
    Dataset {
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
    },
    Dataset {
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
    },
];

const fn csv(written: fn(Edition) -> super::kept::Pieces) -> Format {
    Format { extension: "csv", media_type: csv::MEDIA_TYPE, file_type: "CSV", written }
}

const fn json(written: fn(Edition) -> super::kept::Pieces) -> Format {
    Format { extension: "json", media_type: json::MEDIA_TYPE, file_type: "JSON", written }
}

/// What a file's name means.
enum File {
    Data(&'static Dataset, &'static Format),
    /// The description of a dataset's sheet.
    Columns(&'static Dataset),
}

impl File {
    fn named(name: &str) -> Option<Self> {
        let (stem, extension) = name.split_once('.')?;
        let dataset = DATASETS.iter().find(|dataset| dataset.name == stem)?;
        if extension.strip_suffix(csvw::SUFFIX) == Some("csv") {
            return Some(Self::Columns(dataset));
        }
        let format = dataset.formats.iter().find(|format| format.extension == extension)?;
        Some(Self::Data(dataset, format))
    }
}

pub(super) async fn file(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(name): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let arrived = Arrived { hub, peer, method, headers };
    answered(arrived, "data", async |asked| match File::named(&name) {
        Some(File::Data(dataset, format)) => data(asked, dataset, format).await,
        Some(File::Columns(dataset)) => columns(asked, dataset).await,
        None => Err(no_such(&name)),
    })
    .await
}

fn no_such(name: &str) -> Problem {
    let name: String = name.chars().take(100).collect();
    let files = DATASETS
        .iter()
        .flat_map(|dataset| dataset.formats.iter().map(move |format| format!("{}.{}", dataset.name, format.extension)));
    let files = files.collect::<Vec<_>>().join(", ");
    Problem::not_found(
        format!("Non c'è nessun file «{name}». Ci sono: {files}."),
        format!("There is no file \"{name}\". There are: {files}."),
    )
}

async fn data(asked: &mut Asked<'_>, dataset: &Dataset, format: &Format) -> Result<Response, Problem> {
    let name = format!("{}.{}", dataset.name, format.extension);
    let tag = asked.tag(&name).await?;
    let light = asked.is_light(&tag);
    asked.pay(light, dataset.points)?;
    let (hub, request_id) = (asked.hub, asked.request_id);
    let mut response = if light {
        asked.light(&tag, format.media_type)
    } else if let Some(kept) = hub.open.find(&tag) {
        Asked::full(&tag, format.media_type, kept)
    } else {
        let turn = hub.open.turn().await?;
        let made = async {
            let edition = Edition::begin(&hub.app, dataset, &format!("/data/{name}"), &tag).await?;
            hub.open.pass(&tag, (format.written)(edition), turn).await
        };
        let pieces = made.await.map_err(|fault| Problem::ours(&fault, request_id))?;
        Asked::full(&tag, format.media_type, Body::from_stream(pieces))
    };
    let mut links = format!("<{LICENCE}>; rel=\"license\"");
    if format.extension == "csv" {
        let columns = hub.app.config.link(&format!("/data/{name}{}", csvw::SUFFIX));
        links = format!("{links}, <{columns}>; rel=\"describedby\"; type=\"{}\"", csvw::MEDIA_TYPE);
    }
    let named = format!("inline; filename=\"innesto-{name}\"");
    for (header, value) in [(header::LINK, links), (header::CONTENT_DISPOSITION, named)] {
        let _ = HeaderValue::from_str(&value).map(|value| response.headers_mut().insert(header, value));
    }
    Ok(response)
}

async fn columns(asked: &mut Asked<'_>, dataset: &Dataset) -> Result<Response, Problem> {
    let tag = asked.tag(&format!("{}.csv{}", dataset.name, csvw::SUFFIX)).await?;
    let light = asked.is_light(&tag);
    asked.pay(light, 10)?;
    if light {
        return Ok(asked.light(&tag, csvw::MEDIA_TYPE));
    }
    let attribution = edition::attribution(&asked.hub.app, dataset.list).await;
    let attribution = attribution.map_err(|fault| Problem::ours(&fault, asked.request_id))?;
    Ok(Asked::full(&tag, csvw::MEDIA_TYPE, csvw::described(dataset, &attribution).to_string()))
}
