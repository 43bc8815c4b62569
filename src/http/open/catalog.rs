//! `GET /catalog.ttl` and `/catalog.jsonld`: all datasets in the form that the national catalogue harvests, DCAT-AP_IT (the
//! guide of dati.gov.it: what is mandatory, and what is recommended where it is known). Both are written from the same
//! triples.
use super::{
    Arrived, Asked, LICENCE, LICENCE_NAME, answered,
    data::{Both, DATASETS, Dataset, Format, PRACTICES, TERRITORIES},
    problem::Problem,
    rdf::{Graph, JSON_LD, Name, TURTLE, named, names as n, plain, said, typed},
};
use crate::{
    app::App,
    domain::{refusal::Fault, text::Language, time::Ts},
    http::Hub,
    service::open_data,
};
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, Method, Uri},
    response::Response,
};
use std::net::SocketAddr;

/// Where the European Union's lists of codes are.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
/// Points of one catalogue.
const COST: i64 = 100;
const TITLE: Both = ("Dati aperti di Innesto", "Open data of Innesto");
const ABOUT: Both = (
    "Le pratiche di welfare che Ambiti e Comuni copiano gli uni dagli altri, i territori che le realizzano e la loro discendenza.",
    "The welfare practices that Ambiti and Comuni copy from one another, the territories that do them, and their lineage.",
);

pub(super) async fn catalog(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let media_type = if uri.path().ends_with(".jsonld") { JSON_LD } else { TURTLE };
    answered(Arrived { hub, peer, method, headers }, "catalog", async |asked| given(asked, media_type).await).await
}

async fn given(asked: &mut Asked<'_>, media_type: &'static str) -> Result<Response, Problem> {
    let tag = asked.tag(media_type).await?;
    let light = asked.is_light(&tag);
    asked.pay(light, COST)?;
    if light {
        return Ok(asked.light(&tag, media_type));
    }
    let (app, request_id) = (&asked.hub.app, asked.request_id);
    let written = async {
        let graph = described(app).await?;
        if media_type == JSON_LD { graph.json_ld() } else { graph.turtle() }
    };
    let document = written.await.map_err(|fault| Problem::ours(&fault, request_id))?;
    Ok(Asked::full(&tag, media_type, document))
}

/// The catalogue as triples.
struct Catalog<'a> {
    app: &'a App,
    graph: Graph,
    publisher: Name,
}

impl Catalog<'_> {
    /// The name of a thing that the catalogue describes.
    fn own(&self, word: &str) -> Result<Name, Fault> {
        named(&self.app.config.link(&format!("/catalog.ttl#{word}")))
    }

    fn both(&mut self, of: &Name, word: n::Word, text: Both) {
        self.graph.add(of, word, said(text.0, Language::It));
        self.graph.add(of, word, said(text.1, Language::En));
    }

    fn day(&mut self, of: &Name, word: n::Word, at: Ts) {
        self.graph.add(of, word, typed(&at.date_in_italy().to_string(), n::DATE));
    }

    fn listed(&mut self, of: &Name, word: n::Word, list: &str, code: &str) -> Result<(), Fault> {
        self.graph.add(of, word, named(&format!("{AUTHORITY}/{list}/{code}"))?);
        Ok(())
    }

    /// The body that publishes, its office, and the licence.
    fn around(&mut self) -> Result<(), Fault> {
        let (agent, config) = (self.publisher.clone(), &self.app.config);
        self.graph.add(&agent, n::TYPE, n::AGENT_IT);
        self.graph.add(&agent, n::TYPE, n::FOAF_AGENT);
        self.graph.add(&agent, n::NAME, said(config.publisher.called(), Language::It));
        self.graph.add(&agent, n::IDENTIFIER, plain(&identity(self.app)));
        if let Some(email) = &config.publisher.contact {
            let office = self.own("contact")?;
            self.graph.add(&office, n::TYPE, n::ORGANIZATION_IT);
            self.graph.add(&office, n::TYPE, n::VCARD_ORGANIZATION);
            self.graph.add(&office, n::TYPE, n::VCARD_KIND);
            self.graph.add(&office, n::FN, said(config.publisher.called(), Language::It));
            self.graph.add(&office, n::HAS_EMAIL, named(&format!("mailto:{email}"))?);
            self.graph.add(&office, n::HAS_URL, named(&config.link("/"))?);
        }
        let licence = named(LICENCE)?;
        self.graph.add(&licence, n::TYPE, n::LICENSE_IT);
        self.graph.add(&licence, n::TYPE, n::LICENSE_DOCUMENT);
        self.graph.add(&licence, n::KIND, named("http://purl.org/adms/licencetype/Attribution")?);
        self.graph.add(&licence, n::NAME, plain(LICENCE_NAME));
        self.graph.add(&licence, n::VERSION, plain("4.0"));
        let italian = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40";
        self.graph.add(&licence, n::EXACT_MATCH, named(italian)?);
        self.listed(&licence, n::EXACT_MATCH, "licence", "CC_BY_4_0")
    }

    /// The REST interface, which gives two of the datasets piecemeal (DCAT 2, `dcat:DataService`).
    fn service(&mut self, catalog: &Name) -> Result<(), Fault> {
        let of = self.own("api")?;
        self.graph.add(catalog, n::HAS_SERVICE, of.clone());
        self.graph.add(&of, n::TYPE, n::DATA_SERVICE);
        self.both(&of, n::TITLE, ("Interfaccia REST di Innesto", "REST interface of Innesto"));
        self.graph.add(&of, n::ENDPOINT, named(&self.app.config.link("/api/v1"))?);
        self.graph.add(&of, n::ENDPOINT_ABOUT, named(&self.app.config.link("/openapi.json"))?);
        self.graph.add(&of, n::LICENSE, named(LICENCE)?);
        for served in [PRACTICES, TERRITORIES] {
            self.graph.add(&of, n::SERVES, self.own(served.name)?);
        }
        Ok(())
    }

    fn dataset(&mut self, dataset: &Dataset, modified: Ts) -> Result<Name, Fault> {
        let of = self.own(dataset.name)?;
        self.graph.add(&of, n::TYPE, n::DATASET_IT);
        self.graph.add(&of, n::TYPE, n::DATASET);
        self.both(&of, n::TITLE, dataset.title);
        self.both(&of, n::DESCRIPTION, dataset.about);
        self.graph.add(&of, n::IDENTIFIER, plain(&format!("{}:{}", identity(self.app), dataset.name)));
        self.day(&of, n::MODIFIED, modified);
        for theme in dataset.themes {
            self.listed(&of, n::THEME, "data-theme", theme)?;
        }
        for keyword in dataset.keywords {
            self.graph.add(&of, n::KEYWORD, said(keyword, Language::It));
        }
        self.listed(&of, n::FREQUENCY, "frequency", dataset.frequency)?;
        self.listed(&of, n::LANGUAGE, "language", "ITA")?;
        self.listed(&of, n::ACCESS_RIGHTS, "access-right", "PUBLIC")?;
        for role in [n::RIGHTS_HOLDER, n::PUBLISHER, n::CREATOR] {
            self.graph.add(&of, role, self.publisher.clone());
        }
        if self.app.config.publisher.contact.is_some() {
            self.graph.add(&of, n::CONTACT_POINT, self.own("contact")?);
        }
        for format in dataset.formats {
            let distribution = self.distribution(dataset, format, modified)?;
            self.graph.add(&of, n::DISTRIBUTION, distribution);
        }
        Ok(of)
    }

    fn distribution(&mut self, dataset: &Dataset, format: &Format, modified: Ts) -> Result<Name, Fault> {
        let (extension, address) = (format.extension, format!("/data/{}.{}", dataset.name, format.extension));
        let (of, address) = (self.own(&format!("{}-{extension}", dataset.name))?, self.app.config.link(&address));
        self.graph.add(&of, n::TYPE, n::DISTRIBUTION_IT);
        self.graph.add(&of, n::TYPE, n::DISTRIBUTION_CLASS);
        for (title, language) in [(dataset.title.0, Language::It), (dataset.title.1, Language::En)] {
            let title = format!("{title} ({})", extension.to_uppercase());
            self.graph.add(&of, n::TITLE, said(&title, language));
        }
        self.both(&of, n::DESCRIPTION, dataset.about);
        self.listed(&of, n::FORMAT, "file-type", format.file_type)?;
        let plain_type = format.media_type.split(';').next().unwrap_or_default();
        let media_type = format!("https://www.iana.org/assignments/media-types/{plain_type}");
        self.graph.add(&of, n::MEDIA_TYPE, named(&media_type)?);
        self.graph.add(&of, n::LICENSE, named(LICENCE)?);
        self.graph.add(&of, n::ACCESS_URL, named(&address)?);
        self.graph.add(&of, n::DOWNLOAD_URL, named(&address)?);
        self.day(&of, n::MODIFIED, modified);
        Ok(of)
    }
}

/// The body's code in the index of public administrations; without one, the hub's host, which is unique too.
pub(super) fn identity(app: &App) -> String {
    let host = || app.config.public_url.host_str().unwrap_or("innesto").to_owned();
    app.config.publisher.ipa.clone().unwrap_or_else(host)
}

async fn described(app: &App) -> Result<Graph, Fault> {
    let publisher = named(&app.config.link("/catalog.ttl#publisher"))?;
    let mut catalog = Catalog { app, graph: Graph::default(), publisher: publisher.clone() };
    let of = named(&app.config.link("/catalog.ttl"))?;
    catalog.graph.add(&of, n::TYPE, n::CATALOG_IT);
    catalog.graph.add(&of, n::TYPE, n::CATALOG);
    catalog.both(&of, n::TITLE, TITLE);
    catalog.both(&of, n::DESCRIPTION, ABOUT);
    catalog.graph.add(&of, n::PUBLISHER, publisher);
    catalog.graph.add(&of, n::HOMEPAGE, named(&app.config.link("/"))?);
    catalog.listed(&of, n::LANGUAGE, "language", "ITA")?;
    catalog.graph.add(&of, n::TAXONOMY, named(&format!("{AUTHORITY}/data-theme"))?);
    catalog.graph.add(&of, n::LICENSE, named(LICENCE)?);
    catalog.service(&of)?;
    let mut latest = None;
    for dataset in DATASETS {
        // What has never changed is as new as the question.
        let modified = open_data::last_change(app, dataset.list).await?.unwrap_or_else(|| app.clock.now());
        latest = latest.max(Some(modified));
        let dataset = catalog.dataset(dataset, modified)?;
        catalog.graph.add(&of, n::HAS_DATASET, dataset);
    }
    catalog.day(&of, n::MODIFIED, latest.unwrap_or_else(|| app.clock.now()));
    catalog.around()?;
    Ok(catalog.graph)
}
