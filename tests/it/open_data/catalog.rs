//! The catalogue, held to DCAT-AP_IT by another program's reading of it.
use super::{
    LICENCE,
    ask::{Site, judged},
    published,
};
use crate::support::server::Place;
use axum::http::StatusCode;
use innesto::{
    domain::territory::Dataset,
    store::{Engine, territories},
};
use serde_json::json;

const PUBLISHER: [(&str, &str); 4] = [
    ("public_url", "https://hub.example"),
    ("publisher", "Regione \"Prova\""),
    ("publisher_ipa", "R_PROVA"),
    ("publisher_contact", "dati@prova.example"),
];

on_both! {
    async fn the_catalogue_has_what_dcat_ap_it_asks_for_in_both_forms(hub: Hub) {
        published(&hub, "bitonto", "Una", |_| ()).await;
        let (name, source) = ("territories".to_owned(), "Elenco \"ufficiale\"".to_owned());
        let list = Dataset { name, source, as_of: "2026-01-31".parse().unwrap(), imported_at: hub.app.clock.now() };
        let mut tx = hub.app.store.begin().await.unwrap();
        territories::save_dataset(&mut tx, &list).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let site = Site::with(&hub, &PUBLISHER);
        let (turtle, json_ld) = (site.get("/catalog.ttl").await, site.get("/catalog.jsonld").await);
        assert_eq!((turtle.header("content-type"), json_ld.header("content-type")), ("text/turtle; charset=utf-8", "application/ld+json"));
        let told = judged("dcat.py", &["turtle"], &turtle.body);
        assert_eq!(told, judged("dcat.py", &["json-ld"], &json_ld.body), "both say the same");
        let datasets = ["lineage", "network", "network-territories", "practices", "statistics", "territories", "vocabularies"];
        assert_eq!(told["identifiers"], json!(datasets.map(|dataset| format!("r_prova:{dataset}"))));
        assert_eq!((&told["publishers"], &told["emails"]), (&json!(["Regione \"Prova\""]), &json!(["mailto:dati@prova.example"])));
        assert_eq!((&told["licences"], &told["modified"]), (&json!([LICENCE]), &json!(["2026-03-02"])));
        for address in told["downloads"].as_array().unwrap() {
            site.get(address.as_str().unwrap().strip_prefix("https://hub.example").unwrap()).await;
        }
        let sheet = site.get("/data/territories.csv").await.body;
        let attribution = "Regione \"Prova\", Innesto, https://hub.example/, CC BY 4.0; fonte: Elenco \"ufficiale\" (2026-01-31)";
        assert!(sheet.contains(&attribution.replace('"', "\"\"")), "{sheet:.1000}");
    }

    async fn a_hub_that_nobody_has_named_has_a_catalogue_too(hub: Hub) {
        let told = judged("dcat.py", &["turtle"], &Site::of(&hub).get("/catalog.ttl").await.body);
        assert_eq!((&told["publishers"], &told["emails"]), (&json!(["Innesto"]), &json!([])));
        assert_eq!(told["identifiers"][0], "127.0.0.1:lineage");
    }

    async fn the_catalogue_is_known_by_its_tag_and_costs_no_statement_then(hub: Hub) {
        let listening = hub.listen().await;
        let site = Site::of(&hub);
        for path in ["/catalog.ttl", "/catalog.jsonld"] {
            let tag = site.get(path).await.header("etag").to_owned();
            let (again, statements) = hub.statements(site.ask("GET", path, &[("if-none-match", &tag)])).await;
            assert_eq!((again.status, statements), (StatusCode::NOT_MODIFIED, 0), "{path}");
            let head = site.ask("HEAD", path, &[]).await;
            assert_eq!((head.status, head.header("etag"), head.body.as_str()), (StatusCode::OK, tag.as_str(), ""));
        }
        listening.abort();
    }
}

#[tokio::test]
async fn the_doctor_says_where_nobody_publishes() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_PUBLIC_URL", "https://hub.example");
    assert!(place.run(&["doctor"]).1.contains("INNESTO_PUBLISHER_IPA"));
    let named = PUBLISHER.iter().skip(1);
    let place = named.fold(place, |place, (name, value)| place.set(&format!("INNESTO_{}", name.to_uppercase()), value));
    assert!(!place.run(&["doctor"]).1.contains("INNESTO_PUBLISHER_IPA"));
}
