//! The demonstration practices: imported whole or not at all, and twice as once.
use crate::support::Hub;
use innesto::{
    domain::permission::Actor,
    service::{
        demo,
        import::{ImportError, Origin, practices, practices::How, territories, vocabularies},
        search,
    },
    store::events,
};
use serde_json::{Value, json};
use std::fs;

fn file(path: &str) -> Vec<u8> {
    fs::read(format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const WRITE: How = How { dry_run: false, overwrite: false };
const DRY: How = How { dry_run: true, overwrite: false };
const OVER: How = How { dry_run: false, overwrite: true };

async fn ground(hub: &Hub) {
    let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None };
    territories::run(&hub.app, &file("territories/territories.csv"), &origin, false, &|_, _| ()).await.unwrap();
    vocabularies::run(&hub.app, &file("vocabularies.csv"), &origin, false, &|_, _| ()).await.unwrap();
}

on_both! {
    async fn the_demonstration_practices_are_imported_once(hub: Hub) {
        ground(&hub).await;
        let text = file("demo/practices.json");
        let before = events::head(&hub.app.store).await.unwrap();
        let dry = practices::run(&hub.app, &text, DRY, &|_, _| ()).await.unwrap();
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before);
        let first = practices::run(&hub.app, &text, WRITE, &|_, _| ()).await.unwrap();
        assert_eq!((dry, first.changes.len(), first.unchanged), (first.clone(), 26 + 5, 0));
        let after = events::head(&hub.app.store).await.unwrap();
        hub.app.clock.advance_seconds(60);
        let again = practices::run(&hub.app, &text, WRITE, &|_, _| ()).await.unwrap();
        assert_eq!((again.changes, again.unchanged), (Vec::new(), 26 + 5));
        assert_eq!(events::head(&hub.app.store).await.unwrap(), after);
        let query = "{ practices { totalCount } illustrative: practices(filter: { provenance: ILLUSTRATIVE, hasKit: true }) { totalCount nodes { isIllustrative badge } }
            practice(by: { slug: \"incontra-bitonto\" }) { isIllustrative badge replicationsCount contacts { email viewerCanSeeAddress }
                lineage { descendantsCount children { kind isConfirmed child { slug } } } provenance { sources } owner { slug practicesCount } } }";
        let data = hub.data(&Actor::Nobody, query, json!({})).await;
        assert_eq!((&data["practices"]["totalCount"], &data["illustrative"]["totalCount"]), (&json!(26), &json!(18)));
        assert_eq!(data["illustrative"]["nodes"][0], json!({ "isIllustrative": true, "badge": "Pratica dimostrativa, contenuti inventati" }));
        let incontra = &data["practice"];
        assert_eq!((&incontra["isIllustrative"], &incontra["badge"], &incontra["replicationsCount"]), (&json!(false), &json!(null), &json!(1)));
        assert_eq!(incontra["lineage"]["descendantsCount"], 2);
        assert_eq!(incontra["contacts"][0], json!({ "email": null, "viewerCanSeeAddress": false }));
        assert_eq!(incontra["owner"]["slug"], "bitonto");
        // One changed sentence is one changed practice.
        let mut changed: Value = serde_json::from_slice(&text).unwrap();
        changed["practices"][0]["abstract"] = json!("Altro.");
        changed["practices"][8]["kit"].as_array_mut().unwrap().pop();
        let third = practices::run(&hub.app, changed.to_string().as_bytes(), WRITE, &|_, _| ()).await.unwrap();
        assert_eq!(third.changes, ["~ incontra-bitonto: text", "~ pua-itinerante-troia: text, kit"]);
    }

    async fn the_demonstration_needs_are_posted_once_wear_a_badge_and_find_practices(hub: Hub) {
        ground(&hub).await;
        practices::run(&hub.app, &file("demo/practices.json"), WRITE, &|_, _| ()).await.unwrap();
        for _ in 0..2 {
            for need in demo::needs::read(&file("demo/needs.json")).unwrap() {
                demo::needs::post(&hub.app, need).await.unwrap();
            }
        }
        search::catch_up(&hub.app).await.unwrap();
        let query = "{ needs { totalCount nodes { badge isIllustrative watching field { label } matches(first: 1) { score practice { slug } } } } }";
        let needs = hub.data(&Actor::Nobody, query, json!({})).await["needs"].take();
        assert_eq!(needs["totalCount"], 6);
        for need in needs["nodes"].as_array().unwrap() {
            assert_eq!((&need["isIllustrative"], &need["badge"]), (&json!(true), &json!("«Cerco» dimostrativo, contenuti inventati")));
            assert!(need["matches"][0]["score"].as_f64().unwrap() > 50.0, "{need}");
        }
    }

    async fn a_wrong_file_imports_nothing_and_says_where_it_is_wrong(hub: Hub) {
        ground(&hub).await;
        let mut file: Value = serde_json::from_slice(&file("demo/practices.json")).unwrap();
        file["practices"][1]["targets"][0] = json!("GATTI");
        file["practices"][2]["owner"] = json!({ "comune": "999999" });
        file["practices"][3]["results"] = json!("Chiamare 333 1234567");
        file["practices"][4]["title"] = json!("x".repeat(101));
        let wrong = practices::run(&hub.app, file.to_string().as_bytes(), WRITE, &|_, _| ()).await;
        let Err(ImportError::Wrong(mistakes)) = wrong else { panic!("imported") };
        let places: Vec<&str> = mistakes.iter().map(|mistake| mistake.place.as_str()).collect();
        assert_eq!(places, [
            "practices[1].targets.0 (incentro-bitonto)", "practices[2].owner (borgo-si-racconta)",
            "practices[3].results (patto-educativo-bitonto-palo)", "practices[4].title (rete-per-la-cura)",
        ]);
        file["practices"][5]["evidenceLevel"] = json!("tanto");
        let Err(ImportError::Wrong(mistakes)) = practices::run(&hub.app, file.to_string().as_bytes(), WRITE, &|_, _| ()).await else { panic!("imported") };
        assert!(mistakes[0].place.starts_with("practices[5]"), "{mistakes:?}");
        assert!(practices::run(&hub.app, b"{", WRITE, &|_, _| ()).await.is_err());
        let data = hub.data(&Actor::Nobody, "{ practices { totalCount } }", json!({})).await;
        assert_eq!(data["practices"]["totalCount"], 0);
    }

    async fn what_people_changed_in_the_hub_survives_an_import_unless_asked_otherwise(hub: Hub) {
        ground(&hub).await;
        let text = file("demo/practices.json");
        practices::run(&hub.app, &text, WRITE, &|_, _| ()).await.unwrap();
        let look = "query($slug: String!) { practice(by: { slug: $slug }) { id title kit { title } version } }";
        let seen = async |slug: &str| hub.data(&Actor::Nobody, look, json!({ "slug": slug })).await["practice"].take();
        let (bitonto, troia) = (hub.member("bitonto").await, hub.member("troia").await);
        let (incontra, pua) = (seen("incontra-bitonto").await, seen("pua-itinerante-troia").await);
        let edit = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { title } userErrors { code } } }";
        hub.done(&bitonto, edit, json!({ "practice": incontra["id"], "expectedVersion": incontra["version"], "title": "Titolo di chi ci lavora" })).await;
        let add = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) { item { id } userErrors { code } } }";
        hub.done(&troia, add, json!({ "practice": pua["id"], "kind": "FORM", "phase": "RUN", "title": "Il nostro modulo", "text": "Testo" })).await;
        let kept = ["= incontra-bitonto: changed in the hub, left as it is", "= pua-itinerante-troia: changed in the hub, left as it is"];
        let mut file: Value = serde_json::from_slice(&text).unwrap();
        file["practices"][2]["abstract"] = json!("Altro.");
        let file = file.to_string();
        for how in [DRY, WRITE] {
            let told = practices::run(&hub.app, file.as_bytes(), how, &|_, _| ()).await.unwrap();
            assert_eq!((told.changes, told.kept), (vec!["~ borgo-si-racconta: text".to_owned()], kept.map(str::to_owned).to_vec()));
            assert_eq!(seen("incontra-bitonto").await["title"], "Titolo di chi ci lavora");
            let kit = seen("pua-itinerante-troia").await["kit"].take();
            assert!(kit.as_array().unwrap().iter().any(|item| item["title"] == "Il nostro modulo"), "{kit}");
        }
        let told = practices::run(&hub.app, file.as_bytes(), OVER, &|_, _| ()).await.unwrap();
        assert_eq!((told.changes.len(), told.kept.len()), (2, 0), "{told:?}");
        assert_eq!(seen("incontra-bitonto").await["title"], incontra["title"]);
        assert_eq!(seen("pua-itinerante-troia").await["kit"], pua["kit"]);
        // What the file wrote since is the file's again.
        let told = practices::run(&hub.app, &text, WRITE, &|_, _| ()).await.unwrap();
        assert_eq!((told.changes, told.kept.len()), (vec!["~ borgo-si-racconta: text".to_owned()], 0));
    }
}
