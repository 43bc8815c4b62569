//! The REST interface: pages, filters, what is refused, and that its description is true.
use super::{LICENCE, ask::Site, published};
use axum::http::StatusCode;
use innesto::domain::{permission::PracticeStatus, practice::Provenance};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The slugs and where the next page is, as the answer says and as its header says.
async fn page(site: &Site, path: &str) -> (Vec<String>, Option<String>) {
    let reply = site.get(path).await;
    let told = reply.json();
    let next = told["next"].as_str().map(str::to_owned);
    let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
    assert!(link.is_none_or(|link| reply.header("link").contains(&link)), "{}", reply.header("link"));
    assert!(reply.header("link").contains(&format!("<{LICENCE}>; rel=\"license\"")));
    assert_eq!(told["licence"], json!(LICENCE));
    let records = told["records"].as_array().unwrap();
    let slugs = records.iter().map(|record| record["slug"].as_str().unwrap().to_owned());
    (slugs.collect(), next.map(|next| next.split_once("8080").unwrap().1.to_owned()))
}

/// All slugs of a list, page after page.
async fn all(site: &Site, path: &str) -> Vec<String> {
    let (mut slugs, mut next) = page(site, path).await;
    while let Some(path) = next {
        let (more, after) = page(site, &path).await;
        slugs.extend(more);
        next = after;
    }
    slugs
}

on_both! {
    async fn lists_are_paged_and_narrowed(hub: Hub) {
        let mut slugs = Vec::new();
        for n in 0..5 {
            slugs.push(published(&hub, "troia", &format!("Pratica {n}"), |_| ()).await.slug);
        }
        let other = published(&hub, "bitonto", "Altra", |p| {
            (p.field, p.targets) = (Some("ORG_PROCESS".into()), vec!["DISABILITY".into()]);
            p.provenance = Provenance::Illustrative;
        }).await.slug;
        published(&hub, "bitonto", "Segreta", |p| p.status = PracticeStatus::Draft).await;
        slugs.push(other.clone());
        slugs.reverse();
        let site = Site::of(&hub);
        for limit in [1, 2, 5, 6, 100] {
            assert_eq!(all(&site, &format!("/api/v1/practices?limit={limit}")).await, slugs, "{limit}");
        }
        let troia = &slugs[1..];
        for (query, expected) in [
            ("field=ORG_PROCESS", &slugs[..1]),
            ("field=SOCIO_EDU&limit=2", troia),
            ("target=DISABILITY", &slugs[..1]),
            ("province=FG&limit=2", troia),
            ("ambito=ambito-troia&limit=4", troia),
            ("owner=bitonto", &slugs[..1]),
            ("owner=ambito-bitonto", &[]),
            ("illustrative=true", &slugs[..1]),
            ("illustrative=false&province=BA", &[]),
        ] {
            assert_eq!(all(&site, &format!("/api/v1/practices?{query}")).await, expected, "{query}");
        }
        let places = ["ambito-bitonto", "ambito-nardo", "ambito-troia", "bitonto", "nardo", "troia"];
        assert_eq!(all(&site, "/api/v1/territories?limit=2").await, places);
        assert_eq!(all(&site, "/api/v1/territories?kind=AMBITO&limit=2").await, places[..3]);
        assert_eq!(all(&site, "/api/v1/territories?ambito=ambito-troia&province=FG").await, ["troia"]);
        let (_, statements) = hub.statements(site.get("/api/v1/practices?limit=100")).await;
        assert!(statements <= 5, "{statements}");
    }

    async fn one_is_the_same_as_in_the_file_and_what_is_not_public_is_not_there(hub: Hub) {
        let practice = published(&hub, "troia", "Una", |_| ()).await;
        let archived = published(&hub, "troia", "Messa via", |p| p.status = PracticeStatus::Archived).await;
        let site = Site::of(&hub);
        let told = site.get(&format!("/api/v1/practices/{}", practice.slug)).await.json();
        let file = site.get("/data/practices.json").await.json();
        assert_eq!(told["record"], file["records"][0]);
        assert_eq!(site.get("/api/v1/territories/troia").await.json()["record"]["istat_code"], "071058");
        site.get(&format!("/api/v1/practices/{}", archived.slug)).await;
        for status in [PracticeStatus::Draft, PracticeStatus::UnderReview] {
            let hidden = published(&hub, "troia", "Segreta", |p| p.status = status).await;
            for method in ["GET", "HEAD"] {
                let reply = site.ask(method, &format!("/api/v1/practices/{}", hidden.slug), &[("if-none-match", "*")]).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND);
            }
        }
    }

    async fn what_is_asked_wrongly_is_a_problem_in_both_languages(hub: Hub) {
        let site = Site::of(&hub);
        let long = format!("/api/v1/practices?owner={}", "a".repeat(301));
        for (path, status, parameter, it, en) in [
            ("/api/v1/practices?limit=0", 400, "limit", "limit va da 1 a 100", "limit is from 1 to 100"),
            ("/api/v1/practices?limit=101", 400, "limit", "da 1 a 100", "from 1 to 100"),
            ("/api/v1/practices?limit=", 400, "limit", "da 1 a 100", "from 1 to 100"),
            ("/api/v1/practices?limit=07", 400, "limit", "da 1 a 100", "from 1 to 100"),
            ("/api/v1/practices?cursor=abc", 400, "cursor", "non viene da questo elenco", "does not come from this list"),
            ("/api/v1/practices?feild=SOCIO_EDU", 400, "feild", "Non c'è un parametro «feild»", "There is no parameter \"feild\""),
            ("/api/v1/territories?field=SOCIO_EDU", 400, "field", "Ci sono: kind, province", "There are: kind, province"),
            ("/api/v1/practices/x?limit=1", 400, "limit", "Qui non ci sono parametri", "There are no parameters here"),
            ("/api/v1/practices?limit=1&limit=2", 400, "limit", "due volte", "twice"),
            (&long, 400, "owner", "troppo lungo", "too long"),
            ("/api/v1/practices?field=NULLA", 404, "field", "«NULLA» non indica niente", "\"NULLA\" stands for nothing"),
            ("/api/v1/practices?province=XX", 404, "province", "«XX»", "\"XX\""),
            ("/api/v1/practices?ambito=bitonto", 404, "ambito", "«bitonto»", "\"bitonto\""),
            ("/api/v1/practices?owner=atlantide", 404, "owner", "«atlantide»", "\"atlantide\""),
            ("/api/v1/practices?illustrative=1", 404, "illustrative", "«1»", "\"1\""),
            ("/api/v1/territories?kind=REGIONE", 404, "kind", "«REGIONE»", "\"REGIONE\""),
            ("/api/v1/practices/nulla", 404, "", "Nessuna pratica si chiama «nulla»", "There is no practice \"nulla\""),
            ("/api/v1/territories/nulla", 404, "", "Nessun territorio", "There is no territory"),
        ] {
            for (language, told) in [("it", it), ("en;q=0.9,it;q=0.1", en)] {
                let reply = site.ask("GET", path, &[("accept-language", language)]).await;
                assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, "application/problem+json"), "{path}");
                let problem = reply.json();
                assert!(problem["detail"].as_str().unwrap().contains(told), "{path}: {problem}");
                assert_eq!(problem["parameter"].as_str().unwrap_or_default(), parameter);
                assert_eq!(reply.header("content-language"), &language[..2]);
                assert_eq!(reply.header("access-control-allow-origin"), "*");
            }
        }
        // A cursor of the one list is none of the other.
        let cursor = page(&site, "/api/v1/territories?limit=1").await.1.unwrap();
        let cursor = cursor.split_once("cursor=").unwrap().1;
        let reply = site.ask("GET", &format!("/api/v1/practices?cursor={cursor}"), &[]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }

    async fn the_description_names_each_address_parameter_and_field(hub: Hub) {
        let practice = published(&hub, "troia", "Una", |_| ()).await;
        let site = Site::of(&hub);
        let told = site.get("/openapi.json").await.json();
        let paths = told["paths"].as_object().unwrap();
        assert_eq!(paths.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            ["/practices", "/practices/{slug}", "/status", "/territories", "/territories/{slug}"].into());
        for (path, of) in paths {
            let slug = if path.starts_with("/practices") { practice.slug.as_str() } else { "troia" };
            let path = format!("/api/v1{}", path.replace("{slug}", slug));
            let reply = site.get(&path).await;
            assert!(of["get"]["responses"]["200"]["content"].get(reply.header("content-type")).is_some(), "{path}");
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                assert_eq!(site.ask(method, &path, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
            }
            for parameter in of["get"]["parameters"].as_array().unwrap().iter().filter(|one| one["in"] == "query") {
                // An unknown parameter is refused by its name: one that is known is at most not found.
                let asked = format!("{path}?{}=zz", parameter["name"].as_str().unwrap());
                let reply = site.ask("GET", &asked, &[("accept-language", "en")]).await;
                assert!(!reply.body.contains("There is no parameter"), "{asked}");
            }
        }
        for (path, schema) in [(format!("/api/v1/practices/{}", practice.slug), "Practice"), ("/api/v1/territories/troia".into(), "Territory")] {
            let record = site.get(&path).await.json()["record"].take();
            let keys: BTreeSet<String> = record.as_object().unwrap().keys().cloned().collect();
            let named = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
            assert_eq!(named(&told["components"]["schemas"][schema]["properties"]), keys);
        }
        let (again, statements) = {
            let listening = hub.listen().await;
            let tag = site.get("/api/v1/practices").await.header("etag").to_owned();
            let asked = hub.statements(site.ask("GET", "/api/v1/practices", &[("if-none-match", &tag)])).await;
            listening.abort();
            asked
        };
        assert_eq!((again.status, statements), (StatusCode::NOT_MODIFIED, 0));
    }
}
