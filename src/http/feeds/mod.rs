//! `GET /feeds/practices.atom`: new practices for feed readers; of one field, of one territory, or both, where they are
//! named; an Ambito's are those of its Comuni too. Only what everybody may read, whoever asks.
mod atom;

use super::{
    Hub,
    graphql::{Media, Rejected, too_many},
    known, visitor,
};
use crate::{
    app::App,
    clock::Clock,
    domain::{
        id::{Id, kind},
        page::PageRequest,
        permission::Actor,
        practice::{Practice, Provenance},
        refusal::{Failure, Fault},
        term::Scheme,
        territory::{Territory, TerritoryKind},
        text::Language,
        time::Ts,
        word::Word,
    },
    meter,
    service::{
        practices::{self, Filter, Sort},
        territories::{self, Atlas, TerritoryKey},
    },
};
use atom::{Category, Entry, Feed};
use axum::{
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use sha2::{Digest, Sha256};
use std::{fmt::Write, net::SocketAddr};
use url::form_urlencoded;

/// Points of one feed: about as many as a list of so many practices.
const COST: i64 = 50;
/// Entries at most.
const LONGEST: usize = 50;
/// Readers come by the hour; what stands between may give the same for five minutes.
const KEPT: &str = "public, max-age=300";
/// Who names the entries (RFC 4151). Nobody will ever own this host, so a name outlives the hub's address; the id in it
/// makes it unlike those of every other hub.
const NAMED_BY: &str = "tag:innesto.invalid,2026:";

/// What is asked for.
#[derive(Debug, Default)]
struct Wanted {
    field: Option<String>,
    territory: Option<String>,
    language: Language,
}

pub(super) async fn practices(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let id: Id<kind::Request> = hub.app.clock.id();
    let request_id = id.uuid().simple().to_string();
    let stopwatch = Clock::stopwatch();
    let work = Box::pin(async {
        let given = given(&hub, peer, uri.query().unwrap_or_default(), headers, &request_id).await;
        given.unwrap_or_else(|rejected| rejected.answer(Media::Plain, &request_id))
    });
    let (response, spent) = meter::measured(request_id.clone(), work).await;
    let micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request_id, status = response.status().as_u16(), statements = spent.statements, micros, "feed");
    response
}

async fn given(
    hub: &Hub,
    peer: SocketAddr,
    query: &str,
    mut headers: HeaderMap,
    request_id: &str,
) -> Result<Response, Rejected> {
    // Everybody is given the same, so nobody needs to be recognised.
    headers.remove(header::COOKIE);
    headers.remove(header::AUTHORIZATION);
    let visitor = visitor::of(hub, &headers, peer.ip(), request_id).await?;
    let wanted = Wanted::read(query)?;
    let spent = hub.points.spend(&Actor::Nobody, visitor.address, COST, hub.app.clock.now());
    spent.map_err(|spent| Rejected::too_many(spent, too_many(wanted.language, spent)))?;
    let broken = |fault: &Fault| {
        tracing::error!(request_id, %fault, "a feed could not be made");
        Rejected::ours()
    };
    let feed = made(&hub.app, &wanted).await.map_err(|fault| broken(&fault))??;
    let document = atom::written(&feed).map_err(|error| broken(&Fault::new(error)))?;
    Ok(answer(document, &headers))
}

/// The document, or that whoever asks has it already. Only its tag can tell: what was put away, or a term that is called
/// otherwise now, changes the document and no date in it.
fn answer(document: Vec<u8>, asked: &HeaderMap) -> Response {
    let tag = Sha256::digest(&document).iter().take(16).fold(String::new(), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    });
    let tag = format!("\"{tag}\"");
    let mut response = Response::new(Body::empty());
    if known::is_known(asked, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(atom::MEDIA_TYPE));
        *response.body_mut() = Body::from(document);
    }
    let mut set =
        |name, value: String| HeaderValue::from_str(&value).map(|value| response.headers_mut().insert(name, value));
    let _ = set(header::ETAG, tag);
    let _ = set(header::CACHE_CONTROL, KEPT.to_owned());
    response
}

impl Wanted {
    /// Reads the query part of an address. What has no value is not asked for, so that a form may leave it empty.
    ///
    /// # Errors
    /// 400 for a language that the hub does not speak.
    fn read(query: &str) -> Result<Self, Rejected> {
        let mut wanted = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            match &*name {
                "field" => wanted.field = Some(value.into_owned()),
                "territory" => wanted.territory = Some(value.into_owned()),
                "lang" => {
                    let told = "lang è it oppure en. / lang is it or en.";
                    let wrong = || Rejected::malformed(StatusCode::BAD_REQUEST, "LANGUAGE", told);
                    wanted.language = Language::parse(&value).ok_or_else(wrong)?;
                }
                _ => {}
            }
        }
        Ok(wanted)
    }

    /// Its own parameters, in one order whatever the order they came in.
    fn parameters(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("field", &self.field), ("territory", &self.territory)] {
            value.as_ref().map(|value| query.append_pair(name, value));
        }
        query.append_pair("lang", self.language.as_str());
        query.finish()
    }
}

/// The feed, or which part of what is wanted there is not.
async fn made(app: &App, wanted: &Wanted) -> Result<Result<Feed, Rejected>, Fault> {
    let (atlas, language) = (territories::atlas(app).await?, wanted.language);
    let mut title = language.pick("Innesto: nuove pratiche", "Innesto: new practices").to_owned();
    let mut filter = Filter::default();
    if let Some(code) = &wanted.field {
        if atlas.with_code(Scheme::Field, code).is_empty() {
            return Ok(Err(no_such(language.pick("tema", "field"), code, language)));
        }
        let _ = write!(title, " – {}", label(app, &atlas, Scheme::Field, code, language));
        filter.fields.push(code.clone());
    }
    let mut place: Option<&Territory> = None;
    if let Some(slug) = &wanted.territory {
        let Some(territory) = atlas.find(&TerritoryKey::Slug(slug.clone())) else {
            return Ok(Err(no_such(language.pick("territorio", "territory"), slug, language)));
        };
        let _ = write!(title, " – {}", territory.full_name());
        // As on the portal's page of practices: an Ambito is its Comuni too.
        match territory.kind {
            TerritoryKind::Ambito => filter.ambito = Some(territory.id),
            TerritoryKind::Comune => filter.owner = Some(territory.id),
        }
        place = Some(territory);
    }
    let newest = practices::list(app, &Actor::Nobody, filter, Sort::Newest, &PageRequest::first(LONGEST)).await;
    let newest = newest.map_err(|failure| match failure {
        Failure::Fault(fault) => fault,
        refused @ Failure::Refused(_) => Fault::new(refused),
    })?;
    let entries: Vec<Entry> =
        newest.items.into_iter().map(|(_, practice)| entry(app, &atlas, practice, language)).collect();
    let itself = app.config.link(&format!("/feeds/practices.atom?{}", wanted.parameters()));
    Ok(Ok(Feed {
        id: itself.clone(),
        title,
        language: language.as_str(),
        page: page(app, wanted.field.as_deref(), place),
        itself,
        // An empty one has not changed since the beginning of time.
        updated: entries
            .iter()
            .map(|entry| entry.updated)
            .max()
            .or_else(|| Ts::from_micros(0))
            .unwrap_or(app.clock.now()),
        entries,
    }))
}

fn no_such(what: &str, name: &str, language: Language) -> Rejected {
    let name: String = name.chars().take(100).collect();
    let told = language.pick(
        format!("Nessun {what} si chiama «{name}»: vedete gli indirizzi dei feed nelle pagine del portale."),
        format!("There is no {what} \"{name}\": see the addresses of feeds on the portal's pages."),
    );
    Rejected::malformed(StatusCode::NOT_FOUND, "NOT_FOUND", told)
}

/// The portal's page that shows the same; of a Comune its own page, which shows its practices of all fields.
fn page(app: &App, field: Option<&str>, place: Option<&Territory>) -> String {
    let ambito = match place {
        Some(Territory { kind: TerritoryKind::Comune, slug, .. }) => {
            return app.config.link(&format!("/territories/{slug}"));
        }
        Some(Territory { kind: TerritoryKind::Ambito, slug, .. }) => Some(slug.as_str()),
        None => None,
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("field", field), ("ambito", ambito)] {
        value.map(|value| query.append_pair(name, value));
    }
    match query.finish() {
        query if query.is_empty() => app.config.link("/practices"),
        query => app.config.link(&format!("/practices?{query}")),
    }
}

fn entry(app: &App, atlas: &Atlas, p: Practice, language: Language) -> Entry {
    let badge = p.provenance.badge(language);
    let fields = p.field.iter().chain(&p.other_fields).map(|code| (Scheme::Field, code));
    let terms = fields.chain(p.targets.iter().map(|code| (Scheme::Target, code)));
    let category = |(scheme, code): (Scheme, &String)| Category {
        scheme: format!("{NAMED_BY}vocabulary/{}", scheme.as_str()),
        term: code.clone(),
        label: label(app, atlas, scheme, code, language),
    };
    let mut categories: Vec<Category> = terms.map(category).collect();
    categories.extend(badge.map(|badge| Category {
        scheme: format!("{NAMED_BY}provenance"),
        term: Provenance::Illustrative.as_str().to_owned(),
        label: badge.to_owned(),
    }));
    Entry {
        id: format!("{NAMED_BY}practice/{}", p.id),
        // Readers seldom show categories: what is made up says so in its title.
        title: badge.map_or_else(|| p.title.clone(), |badge| format!("{} ({badge})", p.title)),
        page: app.config.link(&format!("/practices/{}", p.slug)),
        author: atlas.territory(p.owner).map_or_else(|| "Innesto".to_owned(), |owner| owner.full_name()),
        published: p.published_at.unwrap_or(p.updated_at),
        updated: p.updated_at,
        summary: p.summary,
        categories,
    }
}

/// What a term is called today, or was called last.
fn label(app: &App, atlas: &Atlas, scheme: Scheme, code: &str, language: Language) -> String {
    let (terms, today) = (atlas.with_code(scheme, code), app.clock.now().date_in_italy());
    let term = terms.iter().find(|term| term.is_valid_on(today)).or_else(|| terms.last());
    term.map_or_else(|| code.to_owned(), |term| language.pick(&term.label_it, &term.label_en).clone())
}
