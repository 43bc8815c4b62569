//! `GET /openapi.json`: the interface described in OpenAPI 3.1, with what the Italian guidelines on interoperability ask
//! for (`x-summary`, `x-api-id`, contact, terms, limits told by headers, `429` and `503`).
//!
//! It is built here, from the tables that the answers are built from: columns, parameters, problems. Annotations on types
//! (utoipa) would describe types that do not exist, since a row is made from a table and not from a struct; and a file
//! beside the code would say what somebody remembered to write.
use super::{
    MEDIA_TYPE, Subject,
    params::{LONGEST, Param, USUAL},
};
use crate::{
    app::App,
    domain::{page::MOST, territory::TerritoryKind, word::Word},
    http::{
        Hub,
        open::{
            Arrived, Asked, LICENCE, LICENCE_NAME, answered,
            catalog::identity,
            data::{Kind, Said},
            problem::{KINDS, MEDIA_TYPE as PROBLEM},
        },
    },
};
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use serde_json::{Map, Value, json};
use std::net::SocketAddr;

pub(super) async fn document(
    State(hub): State<Hub>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let work = async |asked: &mut Asked<'_>| {
        let tag = asked.tag("openapi.json").await?;
        let light = asked.is_light(&tag);
        asked.pay(light, 10)?;
        let written = || Asked::full(&tag, MEDIA_TYPE, described(&asked.hub.app).to_string());
        Ok(if light { asked.light(&tag, MEDIA_TYPE) } else { written() })
    };
    answered(Arrived { hub, peer, method, headers }, "openapi", work).await
}

const SUMMARY: &str = "Pratiche di welfare locale e territori, in sola lettura";
const ABOUT: &str = "Le pratiche che gli Ambiti territoriali sociali e i Comuni pubblicano perché altri le copino, e i \
    territori che le hanno realizzate. Solo ciò che chiunque può leggere, senza chiavi né accesso. Gli stessi campi sono \
    nei file sotto /data/; tutto il resto, e le scritture, sono in GraphQL sotto /graphql.";

/// The whole description.
fn described(app: &App) -> Value {
    let publisher = &app.config.publisher;
    let mut contact = json!({ "name": publisher.called(), "url": app.config.link("/") });
    if let Some(email) = &publisher.contact {
        contact["email"] = email.as_str().into();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Innesto",
            "version": "1.0.0",
            "summary": SUMMARY,
            "description": ABOUT,
            "x-summary": SUMMARY,
            "x-api-id": format!("{}:innesto", identity(app)),
            "termsOfService": LICENCE,
            "contact": contact,
            "license": { "name": LICENCE_NAME, "url": LICENCE },
        },
        "servers": [{ "url": app.config.link("/api/v1"), "description": "Questo nodo" }],
        "tags": [
            { "name": "practices", "description": "Pratiche di welfare locale" },
            { "name": "territories", "description": "Ambiti territoriali sociali e Comuni" },
            { "name": "status", "description": "Stato del servizio" },
        ],
        "security": [],
        "paths": {
            "/practices": { "get": list(Subject::Practices) },
            "/practices/{slug}": { "get": item(Subject::Practices) },
            "/territories": { "get": list(Subject::Territories) },
            "/territories/{slug}": { "get": item(Subject::Territories) },
            "/status": { "get": status() },
        },
        "components": { "schemas": schemas(), "headers": headers(), "responses": responses() },
    })
}

impl Subject {
    const fn schema(self) -> &'static str {
        match self {
            Self::Practices => "Practice",
            Self::Territories => "Territory",
        }
    }
}

fn list(of: Subject) -> Value {
    let summary = match of {
        Subject::Practices => "Le pratiche pubblicate, le più recenti per prime",
        Subject::Territories => "I territori, per slug",
    };
    let params: Vec<Value> = of.params().iter().map(param).collect();
    json!({
        "operationId": format!("list_{}", of.name()),
        "tags": [of.name()],
        "summary": summary,
        "description": summary,
        "parameters": params,
        "responses": answers(&format!("{}Page", of.schema()), true),
    })
}

fn item(of: Subject) -> Value {
    let summary = match of {
        Subject::Practices => "Una pratica",
        Subject::Territories => "Un territorio",
    };
    let slug = json!({
        "name": "slug", "in": "path", "required": true,
        "description": "Il nome stabile nell'indirizzo",
        "schema": { "type": "string", "pattern": "^[a-z0-9-]{1,80}$", "maxLength": 80 },
    });
    json!({
        "operationId": format!("get_{}", of.name()),
        "tags": [of.name()],
        "summary": summary,
        "description": summary,
        "parameters": [slug],
        "responses": answers(&format!("{}Item", of.schema()), false),
    })
}

fn status() -> Value {
    let mut answers = answers("Problem", false);
    answers["200"]["content"] = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/Problem" } } });
    answers["200"]["headers"] = limits();
    for never in ["304", "404"] {
        answers.as_object_mut().map(|answers| answers.remove(never));
    }
    json!({
        "operationId": "get_status",
        "tags": ["status"],
        "summary": "Se il servizio risponde",
        "description": "Se il servizio risponde",
        "parameters": [],
        "responses": answers,
    })
}

fn param(param: &Param) -> Value {
    let code = json!({ "type": "string", "pattern": "^[A-Z0-9_]{1,40}$", "maxLength": 40 });
    let schema = match param.name {
        "limit" => json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": MOST, "default": USUAL }),
        "cursor" => json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 1, "maxLength": LONGEST }),
        "illustrative" => json!({ "type": "boolean" }),
        "kind" => {
            json!({ "type": "string", "enum": TerritoryKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>() })
        }
        "province" => json!({ "type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2 }),
        "ambito" | "owner" => json!({ "type": "string", "pattern": "^[a-z0-9-]{1,80}$", "maxLength": 80 }),
        _ => code,
    };
    json!({ "name": param.name, "in": "query", "required": false, "description": both(param.about), "schema": schema })
}

fn both((it, en): (&str, &str)) -> String {
    format!("{it} / {en}")
}

/// The answers of an operation: the good one, that whoever asks has it already, and the problems.
fn answers(schema: &str, paged: bool) -> Value {
    let mut good = limits();
    for name in ["ETag", "Link"] {
        good[name] = header(name);
    }
    let mut answers = json!({
        "200": {
            "description": if paged { "Una pagina" } else { "Trovato" },
            "headers": good,
            "content": { MEDIA_TYPE: { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
        },
        "304": { "$ref": "#/components/responses/304" },
    });
    for (_, status, ..) in KINDS {
        answers[status.as_str()] = json!({ "$ref": format!("#/components/responses/{}", status.as_str()) });
    }
    answers
}

fn header(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

/// The headers that tell how much may still be asked.
fn limits() -> Value {
    let names = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];
    names.into_iter().map(|name| (name.to_owned(), header(name))).collect::<Map<_, _>>().into()
}

fn headers() -> Value {
    let count = json!({ "type": "integer", "format": "int64", "minimum": 0 });
    let text = json!({ "type": "string", "maxLength": 4000 });
    let told = |about: &str, schema: &Value| json!({ "description": about, "schema": schema });
    json!({
        "ETag": told("Da rimandare in If-None-Match", &text),
        "Link": told("Prima pagina, pagina seguente, licenza (RFC 8288)", &text),
        "Retry-After": told("Secondi dopo i quali riprovare", &count),
        "X-RateLimit-Limit": told("Punti al minuto", &count),
        "X-RateLimit-Remaining": told("Punti rimasti", &count),
        "X-RateLimit-Reset": told("Secondi fino al prossimo minuto", &count),
    })
}

fn responses() -> Value {
    let mut told = Map::new();
    told.insert("304".into(), json!({ "description": "Non è cambiato", "headers": { "ETag": header("ETag") } }));
    for (code, status, title, _) in KINDS {
        let mut headers = limits();
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            headers["Retry-After"] = header("Retry-After");
        }
        let content = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/Problem" } } });
        let about = format!("{title} ({code})");
        told.insert(status.as_str().into(), json!({ "description": about, "headers": headers, "content": content }));
    }
    told.into()
}

fn schemas() -> Value {
    let mut told = Map::new();
    for of in [Subject::Practices, Subject::Territories] {
        let (name, reference) = (of.schema(), json!({ "$ref": format!("#/components/schemas/{}", of.schema()) }));
        told.insert(name.into(), object(&(of.dataset().columns)()));
        let records = json!({ "type": "array", "maxItems": MOST, "items": reference });
        let next = json!({ "type": ["string", "null"], "format": "uri", "maxLength": 4000 });
        told.insert(format!("{name}Page"), enveloped(&[("next", next), ("records", records)]));
        told.insert(format!("{name}Item"), enveloped(&[("record", reference)]));
    }
    let text = json!({ "type": "string", "maxLength": 2000 });
    let status = json!({ "type": "integer", "format": "int32", "minimum": 100, "maximum": 599 });
    let uri = json!({ "type": "string", "format": "uri-reference", "maxLength": 200 });
    told.insert(
        "Problem".into(),
        json!({
            "type": "object", "description": "RFC 9457", "required": ["type", "title", "status", "detail"],
            "additionalProperties": false,
            "properties": { "type": uri, "title": text, "status": status, "detail": text, "instance": uri, "parameter": text },
        }),
    );
    told.into()
}

/// An answer that says whose it is, with these members besides.
fn enveloped(members: &[(&str, Value)]) -> Value {
    let text = json!({ "type": "string", "maxLength": 2000 });
    let uri = json!({ "type": "string", "format": "uri", "maxLength": 2000 });
    let title = json!({
        "type": "object", "additionalProperties": false, "required": ["it", "en"],
        "properties": { "it": text, "en": text },
    });
    let mut properties = json!({
        "dataset": text, "title": title, "licence": uri, "licence_name": text, "attribution": text, "source": uri,
        "as_of": { "type": "string", "format": "date-time", "maxLength": 40 },
        "version": { "type": "integer", "format": "int64", "minimum": 0 },
    });
    for (name, schema) in members {
        properties[*name] = schema.clone();
    }
    let required: Vec<String> = properties.as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

/// What a row is.
fn object(columns: &[Said]) -> Value {
    let properties: Map<String, Value> = columns.iter().map(|said| (said.name.to_owned(), property(said))).collect();
    let required: Vec<&str> = columns.iter().map(|said| said.name).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn property(said: &Said) -> Value {
    let maybe = |kind: &str| json!({ "type": [kind, "null"] });
    let mut told = match said.kind {
        Kind::Text | Kind::Code | Kind::Long => maybe("string"),
        Kind::Url => json!({ "type": "string", "format": "uri" }),
        Kind::Integer => json!({ "type": ["integer", "null"], "format": "int64" }),
        Kind::Decimal => json!({ "type": ["number", "null"], "format": "double" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": ["string", "null"], "format": "date" }),
        Kind::Month => json!({ "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}$" }),
        Kind::Instant => json!({ "type": ["string", "null"], "format": "date-time" }),
        Kind::Texts => json!({ "type": "array", "maxItems": 1000, "items": { "type": "string", "maxLength": 5000 } }),
        Kind::Objects(of) => json!({ "type": "array", "maxItems": 1000, "items": object(of) }),
    };
    if matches!(said.kind, Kind::Text | Kind::Code | Kind::Long | Kind::Url) {
        told["maxLength"] = if said.kind == Kind::Long { 100_000 } else { 5_000 }.into();
    }
    told["description"] = both(said.about).into();
    told
}
