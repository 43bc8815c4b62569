//! Matching as clients ask for it.
use crate::support::Hub;
use innesto::{
    domain::{permission::Actor, practice::Practice},
    store::{events, sql::sql},
};
use serde_json::{Value, json};

pub const MATCH: &str = "query($need: NeedInput!, $first: Int = 5) { match(need: $need, first: $first) {
    score coverage practice { title owner { slug } } parts { code weight value }
    reasons { code weight value sentence } cautions { code sentence } unknown { code value sentence }
    load { openRequests capacity isOpen factor sentence } mentorOf { title } } }";

async fn matched(hub: &Hub, actor: &Actor, need: Value) -> Vec<Value> {
    let data = hub.data(actor, MATCH, json!({ "need": need })).await;
    data["match"].as_array().unwrap().clone()
}

fn titles(matches: &[Value]) -> Vec<&str> {
    matches.iter().map(|one| one["practice"]["title"].as_str().unwrap()).collect()
}

async fn opaque(hub: &Hub, slug: &str) -> String {
    hub.territory(slug).await.opaque()
}

/// The needs of a town that looks for an after-school club.
async fn need(hub: &Hub) -> Value {
    json!({ "text": "Cerchiamo un doposcuola da fare con le associazioni", "field": "SOCIO_EDU", "targets": ["MINORS", "FAMILIES"],
        "tools": ["CO_DESIGN", "WORKSHOPS"], "funds": ["FNPS"], "budgetEur": 60_000, "territory": opaque(hub, "nardo").await })
}

on_both! {
    async fn a_match_says_why_and_why_not_with_the_numbers(hub: Hub) {
        hub.places().await;
        hub.write("ambito-bitonto", Practice { active_requests: 1, ..hub.sample("Doposcuola diffuso") }, None).await;
        let all = matched(&hub, &Actor::Nobody, need(&hub).await).await;
        let [one] = all.as_slice() else { panic!("{all:?}") };
        let parts = one["parts"].as_array().unwrap();
        assert_eq!((parts.len(), &parts[0]), (13, &json!({ "code": "FIELD", "weight": 0.12, "value": 1.0 })));
        assert_eq!(one["reasons"], json!([
            { "code": "TARGET", "weight": 0.16, "value": 1.0, "sentence": "2 destinatari su 2 in comune: MINORS (it), FAMILIES (it)" },
            { "code": "FIELD", "weight": 0.12, "value": 1.0, "sentence": "Stesso tema: SOCIO_EDU (it)" },
            { "code": "COST", "weight": 0.12, "value": 60.0 / 62.0, "sentence": "Costo 62.000 €, il vostro budget 60.000 €" },
        ]));
        assert_eq!(one["cautions"], json!([
            { "code": "DISTANCE", "sentence": "A 157 km da voi" },
            { "code": "SIZE", "sentence": "Abitanti: 74.000 loro, 30.500 voi" },
        ]));
        assert_eq!(one["unknown"], json!([
            { "code": "STAFF", "value": null, "sentence": "Non avete indicato quanto personale avete" },
            { "code": "TIME", "value": null, "sentence": "Non avete indicato quanti mesi avete" },
            { "code": "AREA", "value": null, "sentence": "Non sappiamo in quale classe di area è chi l'ha realizzata" },
        ]));
        assert_eq!(one["load"], json!({ "openRequests": 1, "capacity": 3, "isOpen": true, "factor": 0.9,
            "sentence": "Segue 1 delle 3 richieste che può seguire" }));
        assert_eq!(one["mentorOf"], json!(null));
        assert!((one["coverage"].as_f64().unwrap() - 0.83).abs() < 1e-9, "{one}");
        // Σws = .12+.16+.07+.05+.12·60/62+.08+.08·exp(−ln(74/30.5)/1.2)+.05·exp(−156/80)+.05·.5+.05·.6
        let score = one["score"].as_f64().unwrap();
        assert!((score - 72.3).abs() < 0.3, "{score}");
    }

    async fn nobodys_own_nothing_hidden_and_nothing_for_others(hub: Hub) {
        hub.places().await;
        for owner in ["bitonto", "troia", "nardo"] {
            hub.write(owner, hub.sample(owner), None).await;
        }
        let of_others = Practice { field: Some("RESOURCE_OPT".into()), targets: vec!["OLDER_PEOPLE".into()], ..hub.sample("Altro") };
        hub.write("ambito-troia", of_others, None).await;
        let gone = hub.write("ambito-bitonto", hub.sample("Archiviata"), None).await;
        let need = need(&hub).await;
        let sorted = async |actor: &Actor| {
            let mut all: Vec<String> = titles(&matched(&hub, actor, need.clone()).await).into_iter().map(str::to_owned).collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&Actor::Nobody).await, ["Archiviata", "bitonto", "troia"]);
        assert_eq!(sorted(&hub.member("troia").await).await, ["Archiviata", "bitonto"]);
        let mut away = hub.sample("Archiviata");
        away.status = innesto::domain::permission::PracticeStatus::Archived;
        hub.write("ambito-bitonto", away, Some(gone)).await;
        assert_eq!(sorted(&Actor::System).await, ["bitonto", "troia"]);
        let words = |text: &str| json!({ "text": text });
        assert_eq!(matched(&hub, &Actor::Nobody, words("zzzzzz")).await.len(), 0);
        assert_eq!(matched(&hub, &Actor::Nobody, words("il la con")).await.len(), 0, "no word that says anything");
        assert_eq!(matched(&hub, &Actor::Nobody, words("doposcuola")).await.len(), 4);
        let long = format!("{} doposcuola per i bambini", "parola di un testo assai lungo ".repeat(60));
        assert_eq!(matched(&hub, &Actor::Nobody, words(&long)).await.len(), 4, "by its rare words");
    }

    async fn two_of_one_owner_and_who_copied_before_who_invented(hub: Hub) {
        hub.places().await;
        let with = |title: &str, evidence| Practice { evidence_level: evidence, ..hub.sample(title) };
        for (n, evidence) in (0..4).zip([4, 4, 3, 3]) {
            hub.write("bitonto", with(&format!("Bitonto {n}"), evidence), None).await;
        }
        hub.write("troia", with("Troia", 0), None).await;
        let parent = hub.write("nardo", with("Madre", 4), None).await;
        let child = hub.write("ambito-nardo", with("Figlia", 1), None).await;
        let need = json!({ "targets": ["MINORS"], "territory": opaque(&hub, "ambito-bitonto").await });
        let all = matched(&hub, &Actor::Nobody, need.clone()).await;
        assert_eq!(all.iter().filter(|one| one["practice"]["owner"]["slug"] == "bitonto").count(), 2);
        assert!(all.iter().all(|one| one["mentorOf"].is_null()));
        let place = |all: &[Value], title: &str| titles(all).iter().position(|one| *one == title).unwrap();
        assert!(place(&all, "Madre") < place(&all, "Figlia"), "{:?}", titles(&all));
        let mut tx = hub.app.store.begin().await.unwrap();
        let edge = sql("INSERT INTO lineage_edge (child, parent, kind, note, declared_at) VALUES (").value(child).text(", ");
        let edge = edge.value(parent).text(", 'ADAPTED', '', ").value(hub.app.clock.now()).text(")");
        edge.run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let all = matched(&hub, &Actor::Nobody, need.clone()).await;
        assert!(place(&all, "Madre") < place(&all, "Figlia"), "nobody confirmed it");
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("UPDATE lineage_edge SET confirmed_at = ").value(hub.app.clock.now()).run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let all = matched(&hub, &Actor::Nobody, need).await;
        let child = place(&all, "Figlia");
        assert!(child < place(&all, "Madre"), "{:?}", titles(&all));
        assert_eq!(all[child]["mentorOf"]["title"], "Madre");
    }

    async fn an_anonymous_match_stores_nothing_and_costs_few_statements(hub: Hub) {
        hub.places().await;
        for owner in super::OWNERS {
            hub.write(owner, hub.sample(owner), None).await;
        }
        let need = need(&hub).await;
        let listening = hub.listen().await;
        matched(&hub, &Actor::Nobody, need.clone()).await;
        let before = events::head(&hub.app.store).await.unwrap();
        let (all, statements) = hub.statements(matched(&hub, &Actor::Nobody, need)).await;
        assert_eq!(all.len(), 5);
        assert_eq!(statements, 2, "who copied whom, and the practices");
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before);
        assert_eq!(innesto::service::matching::report(&hub.app).await.unwrap().all.shown, 0);
        listening.abort();
    }

    async fn what_cannot_be_looked_for_is_refused_by_name(hub: Hub) {
        let many: Vec<&str> = vec!["MINORS"; 16];
        let nowhere = innesto::domain::id::TerritoryId::of(uuid::Uuid::nil()).opaque();
        for (wrong, said) in [
            (json!({}), "Dite che cosa cercate"),
            (json!({ "tools": ["PUA"] }), "Dite che cosa cercate"),
            (json!({ "text": "x".repeat(2_001) }), "2001 caratteri"),
            (json!({ "text": "a\u{0}b" }), "caratteri di controllo"),
            (json!({ "field": "NO_SUCH" }), "ADMIN_PROCUREMENT"),
            (json!({ "field": "<script>" }), "lettere maiuscole"),
            (json!({ "targets": many }), "16 voci"),
            (json!({ "targets": ["MINORS"], "budgetEur": -1 }), "tra 0 e 1000000000"),
            (json!({ "targets": ["MINORS"], "staffFte": 1e300 }), "tra 0 e 1000"),
            (json!({ "targets": ["MINORS"], "months": 241 }), "tra 0 e 240"),
            (json!({ "targets": ["MINORS"], "territory": nowhere }), "Non trovato"),
            (json!({ "targets": ["MINORS"], "territory": "xyz" }), "not an id"),
        ] {
            let answer = hub.ask(&Actor::Nobody, MATCH, json!({ "need": wrong })).await;
            let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(said), "{wrong}: {answer}");
        }
        for first in [0, -1, 21] {
            let answer = hub.ask(&Actor::Nobody, MATCH, json!({ "need": { "targets": ["MINORS"] }, "first": first })).await;
            assert_eq!(answer["errors"][0]["message"], "`first` must be from 1 to 20.");
        }
        for nonsense in ["((((", "\"porta", "*", "a:b", "-x", "~2", "\u{1F469}\u{200D}\u{1F4BB}", "ß", &"a ".repeat(900)] {
            matched(&hub, &Actor::Nobody, json!({ "text": nonsense })).await;
        }
    }
}
