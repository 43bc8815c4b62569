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
pub(super) mod practices;
mod prov;
mod statistics;
mod table;
pub(super) mod territories;
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
pub(super) use dataset::{Both, Cell, Dataset, Format, Kind, Record, Said};
pub(super) use edition::Edition;
pub(super) use json::envelope;
pub(super) use table::{DATASETS, PRACTICES, TERRITORIES};

use std::net::SocketAddr;

/// What a file's name means.
enum File {
    Data(&'static Dataset, &'static Format),
    /// The description of a dataset's sheet.
    Columns(&'static Dataset),
}

impl File {
    fn named(name: &str) -> Option<Self> {
        let (stem, extension) = name.split_once('.')?;
        let dataset = *DATASETS.iter().find(|dataset| dataset.name == stem)?;
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
