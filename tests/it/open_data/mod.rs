//! Open data: what the files hold and what they never hold, whose they say they are, and who has them already.
mod api;
pub mod ask;
mod catalog;

use crate::{
    requests::{contact, practice_with},
    support::Hub,
};
use ask::{Site, judged};
use axum::http::StatusCode;
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        id::PracticeId,
        lineage::{Edge, LineageKind},
        permission::PracticeStatus,
        practice::{Partner, PartnerKind, Practice, Provenance},
    },
    store::{lineage, practices, territories},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const FILES: [&str; 17] = [
    "practices.csv",
    "practices.json",
    "territories.csv",
    "territories.json",
    "lineage.csv",
    "lineage.json",
    "lineage.ttl",
    "network.csv",
    "network.json",
    "network.graphml",
    "network.gexf",
    "network-territories.csv",
    "network-territories.json",
    "statistics.csv",
    "statistics.json",
    "vocabularies.csv",
    "vocabularies.json",
];
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// A published practice, a second after the one before.
async fn published(hub: &Hub, owner: &str, title: &str, change: impl FnOnce(&mut Practice)) -> Practice {
    hub.app.clock.advance_seconds(1);
    let owner = hub.territory(owner).await;
    practice_with(hub, |p| {
        (p.owner, p.title) = (owner, title.to_owned());
        change(p);
    })
    .await
}

async fn comes_from(hub: &Hub, child: PracticeId, parent: PracticeId, kind: LineageKind) {
    let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
    let (request, note, declared_by) = (None, "-2+3".to_owned(), None);
    let edge = Edge { child, parent, kind, request, note, declared_by, declared_at: now, confirmed_at: Some(now) };
    lineage::insert(&mut tx, &edge).await.unwrap();
    tx.emit(NewEvent::new(EventKind::LineageDeclared, child));
    tx.commit(now).await.unwrap();
}

/// The cells of a column.
fn column(sheet: &(Vec<String>, Vec<csv::StringRecord>), name: &str) -> Vec<String> {
    let at = sheet.0.iter().position(|one| one == name).unwrap_or_else(|| panic!("no {name} in {:?}", sheet.0));
    sheet.1.iter().map(|row| row[at].to_owned()).collect()
}

on_both! {
    async fn practices_are_given_with_their_licence_and_nothing_that_is_not_public(hub: Hub) {
        let formula = "=HYPERLINK(\"https://example.invalid\";\"x\")";
        published(&hub, "bitonto", formula, |p| {
            p.summary = "Riga uno\nriga \"due\", è".into();
            p.places = vec!["@uno".into(), "due|tre".into()];
            p.partners = vec![Partner { name: "Parrocchia".into(), kind: PartnerKind::Parish }];
            (p.context, p.review_note) = ("**Qui**".into(), "Nota riservata".into());
            (p.staff_fte, p.budget_eur) = (Some(1.5), Some(100_000));
        }).await;
        published(&hub, "ambito-troia", "Inventata", |p| p.provenance = Provenance::Illustrative).await;
        for status in [PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Archived] {
            published(&hub, "bitonto", "Segreta", |p| p.status = status).await;
        }
        let site = Site::with(&hub, &[("public_url", "https://hub.example"), ("publisher", "Regione Prova")]);
        let sheet = site.sheet("/data/practices.csv").await;
        assert_eq!(column(&sheet, "title"), ["Inventata", &format!("'{formula}")]);
        assert_eq!(column(&sheet, "illustrative"), ["true", "false"]);
        assert_eq!(column(&sheet, "badge"), ["Pratica dimostrativa, contenuti inventati", ""]);
        assert_eq!(column(&sheet, "abstract")[1], "Riga uno\nriga \"due\", è");
        assert_eq!(column(&sheet, "places")[1], "'@uno|due/tre");
        assert_eq!(column(&sheet, "owner_name"), ["Ambito di Troia", "Comune di Bitonto"]);
        assert_eq!(column(&sheet, "ambito_slug"), ["ambito-troia", "ambito-bitonto"]);
        assert_eq!((column(&sheet, "staff_fte")[1].as_str(), column(&sheet, "budget_eur")[1].as_str()), ("1.5", "100000"));
        assert_eq!(column(&sheet, "targets")[1], "MINORS|FAMILIES");
        assert_eq!(column(&sheet, "field_label")[1], "SOCIO_EDU (it)");
        assert_eq!(column(&sheet, "licence"), [LICENCE, LICENCE]);
        let attribution = "Regione Prova, Innesto, https://hub.example/, CC BY 4.0";
        assert_eq!(column(&sheet, "attribution"), [attribution, attribution]);
        assert!(column(&sheet, "uri")[0].starts_with("https://hub.example/practices/"));

        let told = site.get("/data/practices.json").await.json();
        assert_eq!((&told["licence"], &told["attribution"]), (&json!(LICENCE), &json!(attribution)));
        assert_eq!((&told["source"], &told["as_of"]), (&json!("https://hub.example/data/practices.json"), &json!("2026-03-02T09:00:05Z")));
        let (made_up, real) = (&told["records"][0], &told["records"][1]);
        assert_eq!((&made_up["illustrative"], &real["title"], told["records"].as_array().unwrap().len()), (&json!(true), &json!(formula), 2));
        assert_eq!(real["partners"], json!([{ "name": "Parrocchia", "kind": "PARISH" }]));
        assert_eq!((&real["indicators"][0]["value"], &real["indicators"][0]["baseline"]), (&json!(120.0), &Value::Null));
        assert_eq!((&real["context"], &real["places"]), (&json!("**Qui**"), &json!(["@uno", "due|tre"])));
        let own: Vec<&str> = sheet.0.iter().map(String::as_str).filter(|name| !["licence", "attribution"].contains(name)).collect();
        assert!(own.iter().all(|name| real.get(name).is_some()), "what a sheet has, JSON has");
    }

    async fn nothing_of_a_person_is_in_any_file(hub: Hub) {
        let member = hub.member("bitonto").await;
        let mut practice = published(&hub, "bitonto", "Una", |p| p.created_by = member.person()).await;
        let child = published(&hub, "troia", "Altra", |p| p.created_by = member.person()).await;
        comes_from(&hub, child.id, practice.id, LineageKind::Adapted).await;
        contact(&hub, "bitonto").await;
        practice.review_note = "Nota riservata".into();
        let bitonto = hub.territory("bitonto").await;
        let mut tx = hub.app.store.begin().await.unwrap();
        practices::update(&mut tx, &practice).await.unwrap();
        territories::update_mailbox(&mut tx, bitonto, Some("casella@bitonto.invalid".into())).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let site = Site::of(&hub);
        let person = member.person().unwrap().uuid();
        for file in FILES {
            let body = site.get(&format!("/data/{file}")).await.body;
            for secret in ["Ada Prova", "casella@", "Persona di prova", "Nota riservata", "example.invalid", &person.to_string(), &person.simple().to_string()] {
                assert!(!body.contains(secret), "{secret} is in {file}");
            }
        }
    }

    async fn many_practices_are_all_given_once_and_in_bounded_lots(hub: Hub) {
        for n in 0..230 {
            published(&hub, "bitonto", &format!("Pratica {n}"), |_| ()).await;
        }
        let site = Site::of(&hub);
        let (sheet, statements) = hub.statements(site.sheet("/data/practices.csv")).await;
        let titles: Vec<String> = (0..230).rev().map(|n| format!("Pratica {n}")).collect();
        assert_eq!(column(&sheet, "title"), titles);
        assert!(statements <= 14, "{statements} statements for three pages");
        let told = site.get("/data/practices.json").await.json();
        assert_eq!(told["records"].as_array().unwrap().len(), 230);
    }

    async fn who_has_a_file_is_told_so_without_a_statement_until_something_changes(hub: Hub) {
        let mut practice = published(&hub, "bitonto", "Una", |_| ()).await;
        let listening = hub.listen().await;
        let site = Site::of(&hub);
        for file in FILES {
            let path = format!("/data/{file}");
            let first = site.get(&path).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with("W/\"") && first.header("cache-control") == "public, max-age=300", "{tag}");
            for known in [tag.as_str(), tag.trim_start_matches("W/"), "*"] {
                let (again, statements) = hub.statements(site.ask("GET", &path, &[("if-none-match", known)])).await;
                assert_eq!((again.status, again.body.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", tag.as_str()), "{file}");
                assert_eq!(statements, 0, "{file}");
            }
            let (head, statements) = hub.statements(site.ask("HEAD", &path, &[])).await;
            assert_eq!((head.status, head.header("etag"), head.header("content-length")), (StatusCode::OK, tag.as_str(), ""), "{file}");
            assert_eq!((head.header("content-type"), statements), (first.header("content-type"), 0));
            let (kept, statements) = hub.statements(site.get(&path)).await;
            assert_eq!((kept.body, statements), (first.body, 0), "{file} was kept");
        }
        let tag = site.get("/data/practices.csv").await.header("etag").to_owned();
        practice.title = "Altra".into();
        let mut tx = hub.app.store.begin().await.unwrap();
        practices::update(&mut tx, &practice).await.unwrap();
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, practice.id));
        tx.commit(hub.app.clock.now()).await.unwrap();
        let news = site.ask("GET", "/data/practices.csv", &[("if-none-match", &tag)]).await;
        assert!(news.status == StatusCode::OK && news.body.contains("Altra") && news.header("etag") != tag);
        listening.abort();
    }

    async fn who_hears_nothing_asks_how_new_the_data_is(hub: Hub) {
        published(&hub, "bitonto", "Una", |_| ()).await;
        let site = Site::of(&hub);
        let tag = site.get("/data/practices.csv").await.header("etag").to_owned();
        let (again, statements) = hub.statements(site.ask("GET", "/data/practices.csv", &[("if-none-match", &tag)])).await;
        assert_eq!((again.status, statements), (StatusCode::NOT_MODIFIED, 1));
    }

    async fn the_lineage_is_provenance_as_rdflib_reads_it(hub: Hub) {
        let root = published(&hub, "bitonto", "Madre \"prima\" \\ è", |_| ()).await;
        let child = published(&hub, "troia", "Figlia", |p| p.provenance = Provenance::Illustrative).await;
        let part = published(&hub, "nardo", "Parte", |p| p.status = PracticeStatus::Archived).await;
        let draft = published(&hub, "nardo", "Segreta", |p| p.status = PracticeStatus::Draft).await;
        comes_from(&hub, child.id, root.id, LineageKind::Adapted).await;
        comes_from(&hub, part.id, root.id, LineageKind::ComponentOf).await;
        comes_from(&hub, draft.id, root.id, LineageKind::Copied).await;
        comes_from(&hub, child.id, draft.id, LineageKind::MergedFrom).await;
        let site = Site::with(&hub, &[("public_url", "https://hub.example")]);
        let sheet = site.sheet("/data/lineage.csv").await;
        assert_eq!(column(&sheet, "child_title"), ["Figlia", "Parte"]);
        assert_eq!((column(&sheet, "kind"), column(&sheet, "illustrative")), (vec!["ADAPTED".into(), "COMPONENT_OF".into()], vec!["true".into(), "false".into()]));
        assert_eq!((column(&sheet, "replication"), column(&sheet, "note")[0].as_str()), (vec!["true".into(), "false".into()], "'-2+3"));
        let told = site.get("/data/lineage.json").await.json();
        assert_eq!((&told["records"][0]["note"], told["records"].as_array().unwrap().len()), (&json!("-2+3"), 2));
        let turtle = site.get("/data/lineage.ttl").await.body;
        let read = judged("prov.py", &[], &turtle);
        let uri = |practice: &Practice| format!("https://hub.example/practices/{}", practice.slug);
        let mut edges = vec![[uri(&child), uri(&root)], [uri(&part), uri(&root)]];
        edges.sort();
        assert_eq!(read, json!({
            "edges": edges, "entities": 3, "agents": 3, "licence": LICENCE,
            "rights": "Innesto, https://hub.example/, CC BY 4.0", "kinds": ["ADAPTED", "COMPONENT_OF"],
        }));
        assert!(!turtle.contains("Segreta"));
    }

    async fn a_long_lineage_is_given_whole_and_each_practice_told_once(hub: Hub) {
        let root = published(&hub, "bitonto", "Madre", |_| ()).await;
        for n in 0..150 {
            let child = published(&hub, "troia", &format!("Figlia {n}"), |_| ()).await;
            comes_from(&hub, child.id, root.id, LineageKind::Copied).await;
        }
        let site = Site::of(&hub);
        assert_eq!(site.sheet("/data/lineage.csv").await.1.len(), 150);
        let turtle = site.get("/data/lineage.ttl").await.body;
        assert_eq!((judged("prov.py", &[], &turtle)["entities"].as_i64(), turtle.matches("\"Madre\"").count()), (Some(151), 1));
    }

    async fn each_sheet_has_the_columns_that_its_description_and_the_handbook_name(hub: Hub) {
        published(&hub, "bitonto", "Una", |_| ()).await;
        let site = Site::of(&hub);
        let handbook = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/open-data.md")).unwrap();
        for name in ["practices", "territories", "lineage", "network", "network-territories", "statistics", "vocabularies"] {
            let path = format!("/data/{name}.csv");
            let (header, rows) = site.sheet(&path).await;
            let described = site.get(&format!("{path}-metadata.json")).await;
            assert_eq!(described.header("content-type"), "application/csvm+json");
            let told = described.json();
            let columns = told["tableSchema"]["columns"].as_array().unwrap();
            assert_eq!(columns.iter().map(|column| column["name"].as_str().unwrap()).collect::<Vec<_>>(), header);
            assert_eq!((&told["dc:license"]["@id"], told["url"].as_str()), (&json!(LICENCE), Some(format!("{name}.csv").as_str())));
            assert!(site.get(&path).await.header("link").contains(&format!("{name}.csv-metadata.json>; rel=\"describedby\"")));
            let own = site.get(&format!("/data/{name}.json")).await.json();
            let own = own["records"].get(0).and_then(Value::as_object);
            let keys: BTreeSet<String> = own.map(|own| own.keys().cloned().collect()).unwrap_or_default();
            for column in keys.into_iter().chain(header) {
                assert!(handbook.contains(&format!("| `{column}` | ")), "{column} of {name} is not in docs/open-data.md");
            }
            assert!(["lineage", "network", "statistics"].contains(&name) || !rows.is_empty());
        }
        let places = site.sheet("/data/territories.csv").await;
        assert_eq!(column(&places, "slug"), ["ambito-bitonto", "ambito-nardo", "ambito-troia", "bitonto", "nardo", "troia"]);
        assert_eq!((column(&places, "practices_count").len(), column(&places, "istat_code")[5].as_str()), (6, "071058"));
    }

    async fn what_cannot_be_given_is_told_as_a_problem_in_both_languages(hub: Hub) {
        let site = Site::with(&hub, &[("rate_points", "40")]);
        for (method, path, language, status, code, told) in [
            ("GET", "/data/nulla.csv", "it", 404, "not-found", "Non c'è nessun file «nulla.csv»"),
            ("GET", "/data/practices.xlsx", "en", 404, "not-found", "There is no file \"practices.xlsx\""),
            ("GET", "/data/practices.csv.gz", "en", 404, "not-found", "practices.csv"),
            ("POST", "/data/practices.csv", "it", 405, "method", "si può solo leggere"),
            ("DELETE", "/data/practices.csv", "en", 405, "method", "Only reading"),
        ] {
            let reply = site.ask(method, path, &[("accept-language", language)]).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, "application/problem+json"), "{path}");
            let problem = reply.json();
            assert_eq!((&problem["status"], &problem["type"]), (&json!(status), &json!(format!("tag:innesto.invalid,2026:problem/{code}"))));
            assert!(problem["detail"].as_str().unwrap().contains(told), "{problem}");
            assert_eq!((reply.header("content-language"), reply.header("cache-control")), (language, "no-store"));
            assert_eq!(reply.header("allow"), if status == 405 { "GET, HEAD, OPTIONS" } else { "" });
        }
        // A file costs a quarter of the points at most: four go, the fifth must wait.
        for n in 0..5 {
            let reply = site.ask("GET", "/data/practices.csv", &[("accept-language", "en")]).await;
            assert_eq!((reply.header("x-ratelimit-limit"), reply.header("access-control-allow-origin")), ("40", "*"));
            assert_eq!(reply.status, if n < 4 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS });
            if n == 4 {
                let seconds: i64 = reply.header("retry-after").parse().unwrap();
                assert!((1..=60).contains(&seconds) && reply.json()["detail"].as_str().unwrap().contains("Too many requests"));
            }
        }
        let before = site.ask("OPTIONS", "/data/practices.csv", &[("origin", "https://site.example")]).await;
        assert_eq!((before.status, before.header("access-control-allow-methods")), (StatusCode::NO_CONTENT, "GET, HEAD"));
        assert!(before.header("access-control-allow-headers").contains("If-None-Match"));
        // Whoever is signed in is given what nobody is given.
        let reply = Site::of(&hub).ask("GET", "/data/practices.csv", &[("authorization", "Bearer nonsense")]).await;
        assert_eq!(reply.status, StatusCode::OK);
    }
}
