//! `/api/v1/…`: practices and territories by REST, for who may not ask by GraphQL: the national platform of
//! interoperability registers REST. Read only, a page at a time, the same fields as the files.
mod openapi;
mod params;

use super::{
    Arrived, Asked, LICENCE, Tag, answered,
    data::{
        Cell, Dataset, Edition, PRACTICES, Record, Said, TERRITORIES, envelope, practices as practice_rows,
        territories as territory_rows,
    },
    no_method, options,
    problem::Problem,
};
use crate::{
    domain::{
        page::{Cursor, Page},
        permission::Actor,
        practice::Practice,
        refusal::{Failure, Fault},
    },
    http::Hub,
    service::{
        practices::{self, PracticeKey, Sort},
        territories::TerritoryKey,
    },
};
use axum::{
    Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderValue, Method, Uri, header},
    response::Response,
    routing::{MethodRouter, get},
};
use params::Params;
use serde_json::{Value, json};
use std::net::SocketAddr;

const MEDIA_TYPE: &str = "application/json";
/// Points of one item.
const ITEM: i64 = 5;

/// The routes, and the description of them.
pub(super) fn routes() -> Router<Hub> {
    let read = |of: MethodRouter<Hub>| of.options(options).fallback(no_method);
    Router::new()
        .route("/api/v1/practices", read(get(list)))
        .route("/api/v1/practices/{slug}", read(get(item)))
        .route("/api/v1/territories", read(get(list)))
        .route("/api/v1/territories/{slug}", read(get(item)))
        .route("/api/v1/status", read(get(status)))
        .route("/openapi.json", read(get(openapi::document)))
}

/// What is asked for, by the third part of the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Practices,
    Territories,
}

impl Subject {
    fn of(uri: &Uri) -> Self {
        if uri.path().starts_with("/api/v1/territories") { Self::Territories } else { Self::Practices }
    }

    /// The dataset that its fields are of.
    const fn dataset(self) -> &'static Dataset {
        match self {
            Self::Practices => PRACTICES,
            Self::Territories => TERRITORIES,
        }
    }

    const fn name(self) -> &'static str {
        self.dataset().name
    }
}

/// Rows as JSON, with the fields they have.
fn records(columns: &[Said], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<Value>, Fault> {
    rows.into_iter().map(|cells| serde_json::to_value(Record(columns, &cells)).map_err(Fault::new)).collect()
}

async fn list(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let subject = Subject::of(&uri);
    let work = async |asked: &mut Asked<'_>| {
        let query = uri.query().unwrap_or_default();
        let params = Params::read(subject, query)?;
        let tag = asked.tag(&format!("{}?{query}", subject.name())).await?;
        let light = asked.is_light(&tag);
        asked.pay(light, ITEM + i64::try_from(params.page.limit).unwrap_or(ITEM))?;
        if light {
            return Ok(asked.light(&tag, MEDIA_TYPE));
        }
        page(asked, subject, &params, &tag).await
    };
    answered(Arrived { hub, peer, method, headers }, "api", work).await
}

/// One page of a list.
async fn page(asked: &Asked<'_>, subject: Subject, params: &Params, tag: &Tag) -> Result<Response, Problem> {
    let (app, request_id) = (&asked.hub.app, asked.request_id);
    let ours = |fault| Problem::ours(&fault, request_id);
    let path = format!("/api/v1/{}", subject.name());
    let set = subject.dataset();
    let edition = Edition::begin(app, set, &path, tag).await.map_err(ours)?;
    let columns = (set.columns)();
    let (items, next) = match subject {
        Subject::Practices => {
            let filter = params.practices(&edition.atlas)?;
            let found = practices::list(app, &Actor::Nobody, filter, Sort::Newest, &params.page).await;
            let found = found.map_err(|failure| match failure {
                Failure::Fault(fault) => ours(fault),
                Failure::Refused(_) => params::not_a_cursor(),
            })?;
            let next = last(&found);
            let brief: Vec<Practice> = found.items.into_iter().map(|(_, practice)| practice).collect();
            let rows = practice_rows::whole(&edition, brief).await.map_err(ours)?;
            (records(&columns, rows.iter().map(practice_rows::cells)), next)
        }
        Subject::Territories => {
            let filter = params.territories(&edition.atlas)?;
            let found = edition.atlas.list(&filter, &params.page);
            let next = last(&found);
            let some = found.items.into_iter().map(|(_, territory)| territory).collect();
            let rows = territory_rows::of(&edition, some).await.map_err(ours)?;
            (records(&columns, rows.iter().map(territory_rows::cells)), next)
        }
    };
    let items = items.map_err(ours)?;
    let next = next.map(|cursor| app.config.link(&format!("{path}?{}", params.query(Some(&cursor)))));
    let first = app.config.link(&format!("{path}?{}", params.query(None)));
    let mut told = envelope(&edition.facts);
    told.insert("next".to_owned(), json!(next));
    told.insert("records".to_owned(), Value::Array(items));
    let mut links = vec![format!("<{first}>; rel=\"first\"")];
    links.extend(next.map(|next| format!("<{next}>; rel=\"next\"")));
    Ok(linked(Asked::full(tag, MEDIA_TYPE, Value::Object(told).to_string()), links))
}

/// Where the next page begins, if there is one.
fn last<T>(page: &Page<T>) -> Option<Cursor> {
    page.items.last().filter(|_| page.has_next).map(|(at, _)| at.clone())
}

async fn item(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(slug): Path<String>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let subject = Subject::of(&uri);
    let work = async |asked: &mut Asked<'_>| {
        params::none(uri.query().unwrap_or_default())?;
        let tag = asked.tag(&format!("{}/{slug}", subject.name())).await?;
        // Whether there is such a thing is not known before it is looked for.
        asked.pay(false, ITEM)?;
        let found = one(asked, subject, &slug, &tag).await?;
        if asked.is_light(&tag) {
            return Ok(asked.light(&tag, MEDIA_TYPE));
        }
        Ok(linked(Asked::full(&tag, MEDIA_TYPE, found), Vec::new()))
    };
    answered(Arrived { hub, peer, method, headers }, "api", work).await
}

/// One practice or territory. A practice that was put away is still there by its address, as everywhere.
async fn one(asked: &Asked<'_>, subject: Subject, slug: &str, tag: &Tag) -> Result<String, Problem> {
    let (app, request_id) = (&asked.hub.app, asked.request_id);
    let ours = |fault| Problem::ours(&fault, request_id);
    let set = subject.dataset();
    let path = format!("/api/v1/{}/{slug}", subject.name());
    let edition = Edition::begin(app, set, &path, tag).await.map_err(ours)?;
    let cells = match subject {
        Subject::Practices => {
            let key = PracticeKey::Slug(slug.to_owned());
            let found = practices::find(app, &Actor::Nobody, &key).await.map_err(ours)?;
            found.map(|practice| practice_rows::cells(&practice_rows::Row::of(&edition, practice)))
        }
        Subject::Territories => {
            let found = edition.atlas.find(&TerritoryKey::Slug(slug.to_owned())).cloned();
            let rows = territory_rows::of(&edition, found.into_iter().collect()).await.map_err(ours)?;
            rows.first().map(territory_rows::cells)
        }
    };
    let Some(cells) = cells else {
        let slug: String = slug.chars().take(100).collect();
        let (it, en) = match subject {
            Subject::Practices => ("Nessuna pratica si chiama", "There is no practice"),
            Subject::Territories => ("Nessun territorio si chiama", "There is no territory"),
        };
        return Err(Problem::not_found(format!("{it} «{slug}»."), format!("{en} \"{slug}\".")));
    };
    let record = serde_json::to_value(Record(&(set.columns)(), &cells)).map_err(|error| ours(Fault::new(error)))?;
    let mut told = envelope(&edition.facts);
    told.insert("record".to_owned(), record);
    Ok(Value::Object(told).to_string())
}

/// Whether the interface is there, as the Italian guidelines ask: a problem that is none.
async fn status(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    answered(Arrived { hub, peer, method, headers }, "api", async |asked: &mut Asked<'_>| {
        asked.pay(true, 1)?;
        let told = json!({ "type": "about:blank", "title": "OK", "status": 200, "detail": "The interface is up." });
        let mut response = Response::new(told.to_string().into());
        let problem = HeaderValue::from_static(super::problem::MEDIA_TYPE);
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    })
    .await
}

/// The answer with its links: the licence is always among them.
fn linked(mut response: Response, mut links: Vec<String>) -> Response {
    links.push(format!("<{LICENCE}>; rel=\"license\""));
    if let Ok(links) = HeaderValue::from_str(&links.join(", ")) {
        response.headers_mut().insert(header::LINK, links);
    }
    response
}
