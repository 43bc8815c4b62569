//! The demonstration practices: imported whole or not at all, and twice as once.
use crate::support::Hub;
use innesto::{
    domain::permission::Actor,
    service::import::{ImportError, Origin, practices, territories, vocabularies},
    store::events,
};
use serde_json::{Value, json};
use std::fs;

fn file(path: &str) -> Vec<u8> {
    fs::read(format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn ground(hub: &Hub) {
    let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap() };
    territories::run(&hub.app, &file("territories/territories.csv"), &origin, false, &|_, _| ()).await.unwrap();
    vocabularies::run(&hub.app, &file("vocabularies.csv"), &origin, false, &|_, _| ()).await.unwrap();
}

on_both! {
    async fn the_demonstration_practices_are_imported_once(hub: Hub) {
        ground(&hub).await;
        let text = file("demo/practices.json");
        let before = events::head(&hub.app.store).await.unwrap();
        let dry = practices::run(&hub.app, &text, true, &|_, _| ()).await.unwrap();
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before);
        let first = practices::run(&hub.app, &text, false, &|_, _| ()).await.unwrap();
        assert_eq!((dry, first.changes.len(), first.unchanged), (first.clone(), 26 + 5, 0));
        let after = events::head(&hub.app.store).await.unwrap();
        hub.app.clock.advance_seconds(60);
        let again = practices::run(&hub.app, &text, false, &|_, _| ()).await.unwrap();
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
        let third = practices::run(&hub.app, changed.to_string().as_bytes(), false, &|_, _| ()).await.unwrap();
        assert_eq!(third.changes, ["~ incontra-bitonto: text", "~ pua-itinerante-troia: text, kit"]);
    }

    async fn a_wrong_file_imports_nothing_and_says_where_it_is_wrong(hub: Hub) {
        ground(&hub).await;
        let mut file: Value = serde_json::from_slice(&file("demo/practices.json")).unwrap();
        file["practices"][1]["targets"][0] = json!("GATTI");
        file["practices"][2]["owner"] = json!({ "comune": "999999" });
        file["practices"][3]["results"] = json!("Chiamare 333 1234567");
        file["practices"][4]["title"] = json!("x".repeat(101));
        let wrong = practices::run(&hub.app, file.to_string().as_bytes(), false, &|_, _| ()).await;
        let Err(ImportError::Wrong(mistakes)) = wrong else { panic!("imported") };
        let places: Vec<&str> = mistakes.iter().map(|mistake| mistake.place.as_str()).collect();
        assert_eq!(places, [
            "practices[1].targets.0 (incentro-bitonto)", "practices[2].owner (borgo-si-racconta)",
            "practices[3].results (patto-educativo-bitonto-palo)", "practices[4].title (rete-per-la-cura)",
        ]);
        file["practices"][5]["evidenceLevel"] = json!("tanto");
        let Err(ImportError::Wrong(mistakes)) = practices::run(&hub.app, file.to_string().as_bytes(), false, &|_, _| ()).await else { panic!("imported") };
        assert!(mistakes[0].place.starts_with("practices[5]"), "{mistakes:?}");
        assert!(practices::run(&hub.app, b"{", false, &|_, _| ()).await.is_err());
        let data = hub.data(&Actor::Nobody, "{ practices { totalCount } }", json!({})).await;
        assert_eq!(data["practices"]["totalCount"], 0);
    }
}
