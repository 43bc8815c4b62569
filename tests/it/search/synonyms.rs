//! Synonyms as stewards keep them: used by every instance at once, held to one spelling, never more than there is room
//! for, read by everybody.
use super::{found, slugs};
use crate::support::Hub;
use innesto::{
    domain::{
        permission::Actor,
        synonym::{MOST, Synonym},
    },
    service::{
        import::{ImportError, Origin, synonyms as import},
        practices::Filter,
    },
    store::{sql::sql, synonyms},
};
use serde_json::{Value, json};

const ADD: &str = "mutation($input: AddSynonymInput!) { addSynonym(input: $input) {
    synonym { word meaning bothWays } userErrors { code field message } } }";
const REMOVE: &str = "mutation($input: RemoveSynonymInput!) { removeSynonym(input: $input) {
    synonym { word meaning bothWays } userErrors { code field message } } }";
const LIST: &str = "query($word: String, $first: Int, $after: String, $last: Int, $before: String) {
    synonyms(word: $word, first: $first, after: $after, last: $last, before: $before) { totalCount nodes { word meaning }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

fn synonym(word: &str, meaning: &str, both_ways: bool) -> Value {
    json!({ "word": word, "meaning": meaning, "bothWays": both_ways })
}

async fn list(hub: &Hub, asked: Value) -> Value {
    hub.data(&Actor::Nobody, LIST, asked).await["synonyms"].take()
}

fn meanings(listed: &Value) -> Vec<&str> {
    listed["nodes"].as_array().unwrap().iter().map(|node| node["meaning"].as_str().unwrap()).collect()
}

on_both! {
    async fn every_instance_uses_a_synonym_at_once_and_forgets_it_at_once(hub: Hub) {
        let (steward, practice) = (hub.steward().await, hub.publish("bitonto", "Sportello per la solitudine").await);
        let (slug, other) = (practice["slug"].as_str().unwrap(), hub.another().await);
        for app in [&hub.app, &other] {
            assert_eq!(slugs(&found(app, "qzx", Filter::default()).await), [""; 0]);
        }
        let added = hub.done(&steward, ADD, synonym(" QZX ", "solitudine", false)).await;
        assert_eq!(added["synonym"], synonym("QZX", "solitudine", false));
        for app in [&hub.app, &other] {
            assert_eq!(slugs(&found(app, "qzx", Filter::default()).await), [slug]);
        }
        let log = hub.data(&steward, "{ auditLog(first: 1) { nodes { kind actor { id } } } }", json!({})).await;
        assert_eq!(log["auditLog"]["nodes"][0]["kind"], "vocabulary.imported");
        assert!(log["auditLog"]["nodes"][0]["actor"]["id"].is_string());
        let gone = hub.done(&steward, REMOVE, json!({ "word": "qzx", "meaning": "Solitudine" })).await;
        assert_eq!(gone["synonym"], added["synonym"]);
        for app in [&hub.app, &other] {
            assert_eq!(slugs(&found(app, "qzx", Filter::default()).await), [""; 0]);
        }
        let again = json!({ "word": "qzx", "meaning": "solitudine" });
        assert_eq!(hub.refused(&steward, REMOVE, again).await, "NOT_FOUND");
    }

    async fn what_says_nothing_is_known_already_or_is_too_much_is_refused(hub: Hub) {
        let steward = hub.steward().await;
        for (word, meaning, code) in [
            ("", "porta unica", "REQUIRED"),
            ("a\u{0}b", "porta unica", "INVALID"),
            ("QZX", "dell'", "INVALID"),
            ("…", "porta unica", "INVALID"),
            ("Anziano", "anziàni", "INVALID"),
            ("PUA", "p.u.a.", "INVALID"),
            (&"x".repeat(101), "porta unica", "TOO_LONG"),
        ] {
            assert_eq!(hub.refused(&steward, ADD, synonym(word, meaning, true)).await, code, "{word} = {meaning}");
        }
        // An acronym may have two senses.
        hub.done(&steward, ADD, synonym("QZX", "quartiere zona x", true)).await;
        hub.done(&steward, ADD, synonym("QZX", "qualità zero", false)).await;
        assert_eq!(hub.refused(&steward, ADD, synonym("qzx", "QUALITA' ZERO", false)).await, "DUPLICATE");
        assert_eq!(hub.refused(&steward, ADD, synonym("Quartiere Zona X", "qzx", false)).await, "DUPLICATE");
        // The same pair in another spelling and the other way takes the old one's place.
        hub.done(&steward, ADD, synonym("qzx", "Qualità Zero", true)).await;
        assert_eq!(meanings(&list(&hub, json!({ "word": "QZX" })).await), ["Qualità Zero", "quartiere zona x"]);
    }

    async fn of_two_who_add_the_same_in_two_spellings_one_is_told(hub: Hub) {
        let steward = hub.steward().await;
        let input = |word: &str| json!({ "input": synonym(word, "solitudine", true) });
        let (one, two) = tokio::join!(
            hub.data(&steward, ADD, input("QZX")),
            hub.data(&steward, ADD, input("qzx")),
        );
        let codes: Vec<_> = [one, two].iter().map(|done| done["addSynonym"]["userErrors"][0]["code"].clone()).collect();
        assert!(codes.contains(&json!("DUPLICATE")) && codes.contains(&json!(null)), "{codes:?}");
        assert_eq!(list(&hub, json!({ "word": "qzx" })).await["totalCount"], 1);
    }

    async fn there_are_no_more_than_search_can_keep_however_they_come(hub: Hub) {
        let steward = hub.steward().await;
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("DELETE FROM synonym").run(&mut tx).await.unwrap();
        for n in 0..MOST {
            let all = Synonym { word: format!("parola{n}"), meaning: "solitudine".into(), both_ways: false };
            synonyms::save(&mut tx, &all).await.unwrap();
        }
        tx.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(hub.refused(&steward, ADD, synonym("QZX", "solitudine", true)).await, "TOO_LONG");
        hub.done(&steward, ADD, synonym("Parola1", "solitudine", true)).await;
        let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None };
        let run = async |csv: &str| import::run(&hub.app, csv.as_bytes(), &origin, false, &|_, _| ()).await;
        let wrong = run("word,meaning,both_ways\nQZX,solitudine,yes\n").await;
        assert!(matches!(wrong, Err(ImportError::Wrong(_))));
        // A file's row in another spelling is the same synonym.
        let report = run("word,meaning,both_ways\nPAROLA1,solitudine,yes\n").await.unwrap();
        assert_eq!(report.changes, ["~ PAROLA1 = solitudine"]);
        assert_eq!(list(&hub, json!({ "word": "parola1", "first": 1 })).await["nodes"][0]["word"], "PAROLA1");
    }

    async fn the_list_is_everybodys_and_is_read_both_ways(hub: Hub) {
        let steward = hub.steward().await;
        for word in ["Zeta", "àlfa", "beta"] {
            hub.done(&steward, ADD, synonym(&format!("QZX {word}"), "solitudine", true)).await;
        }
        let asked = |more: Value| {
            let mut asked = json!({ "word": "qzx" });
            asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            asked
        };
        let words = |listed: &Value| {
            let nodes = listed["nodes"].as_array().unwrap().iter();
            nodes.map(|node| node["word"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let first = list(&hub, asked(json!({ "first": 2 }))).await;
        assert_eq!((words(&first), &first["totalCount"]), (vec!["QZX àlfa".into(), "QZX beta".into()], &json!(3)));
        let rest = list(&hub, asked(json!({ "first": 2, "after": first["pageInfo"]["endCursor"] }))).await;
        assert_eq!((words(&rest), &rest["pageInfo"]["hasNextPage"]), (vec!["QZX Zeta".into()], &json!(false)));
        let back = list(&hub, asked(json!({ "last": 1, "before": rest["pageInfo"]["startCursor"] }))).await;
        assert_eq!((words(&back), &back["pageInfo"]["hasPreviousPage"]), (vec!["QZX beta".into()], &json!(true)));
        // A cursor of a list that is sorted by time.
        let foreign = json!({ "after": "dDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxMA" });
        let answer = hub.ask(&Actor::Nobody, LIST, foreign).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID");
    }
}
