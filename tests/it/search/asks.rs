//! Search as clients ask for it.
use super::{FIND, titles};
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

async fn search(hub: &Hub, variables: Value) -> Value {
    hub.data(&Actor::Nobody, FIND, variables).await["search"].take()
}

on_both! {
    async fn ones_own_change_is_found_at_once_and_what_is_put_away_no_more(hub: Hub) {
        let practice = hub.publish("bitonto", "Sportello lunare per gli anziani").await;
        for typed in ["sportelli lunari", "sportello lun", "ANZIANA lunare", "sportelo lunare", "l'anziano lunare"] {
            let found = search(&hub, json!({ "query": typed })).await;
            assert_eq!(titles(&found), ["Sportello lunare per gli anziani"], "{typed}");
            assert_eq!(found["suggestion"], if typed.starts_with("sportelo") { json!("sportello lunare") } else { json!(null) });
        }
        hub.draft("bitonto", "Sportello segretissimo").await;
        assert_eq!(titles(&search(&hub, json!({ "query": "segretissimo" })).await), [""; 0]);
        assert_eq!(search(&hub, json!({ "query": "segretisimo" })).await["suggestion"], json!(null));
        let update = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { id } userErrors { code } } }";
        let version = "query($id: ID!) { node(id: $id) { ... on Practice { version } } }";
        let version = hub.data(&Actor::Nobody, version, json!({ "id": practice["id"] })).await["node"]["version"].take();
        let input = json!({ "practice": practice["id"], "expectedVersion": version, "title": "Bottega solare" });
        hub.done(&Actor::System, update, input).await;
        assert_eq!(titles(&search(&hub, json!({ "query": "solare" })).await), ["Bottega solare"]);
        let gone = search(&hub, json!({ "query": "lunar" })).await;
        assert_eq!((titles(&gone), &gone["suggestion"]), (Vec::new(), &json!(null)), "not even suggested");
        let archive = "mutation($input: ArchivePracticeInput!) { archivePractice(input: $input) { practice { id } userErrors { code } } }";
        hub.done(&hub.coordinator("bitonto").await, archive, json!({ "practice": practice["id"] })).await;
        assert_eq!(search(&hub, json!({ "query": "solare" })).await["totalCount"], 0);
        assert_eq!(search(&hub, json!({ "query": "solar" })).await["suggestion"], json!(null));
    }

    async fn pages_go_both_ways_without_gap_or_repetition(hub: Hub) {
        for n in 0..7 {
            hub.app.clock.advance_seconds(60);
            hub.publish("bitonto", &format!("Laboratorio numero {n}")).await;
        }
        for query in ["", "laboratori"] {
            let all: Vec<String> =
                titles(&search(&hub, json!({ "query": query, "first": 100 })).await).into_iter().map(str::to_owned).collect();
            assert_eq!(all.len(), 7);
            if query.is_empty() {
                assert_eq!((all[0].as_str(), all[6].as_str()), ("Laboratorio numero 6", "Laboratorio numero 0"));
            }
            for (size, from, to, end) in [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")] {
                let (mut walked, mut cursor) = (Vec::new(), json!(null));
                loop {
                    let page = search(&hub, json!({ "query": query, size: 3, from: cursor })).await;
                    let mut part: Vec<String> = titles(&page).into_iter().map(str::to_owned).collect();
                    assert_eq!((&page["totalCount"], &page["hits"]["totalCount"]), (&json!(7), &json!(7)));
                    if size == "first" { walked.append(&mut part) } else { part.append(&mut walked); walked = part; }
                    if page["hits"]["pageInfo"][end] == json!(false) { break; }
                    cursor = page["hits"]["pageInfo"][to].clone();
                }
                assert_eq!(walked, all, "{query:?} by {size}");
            }
        }
        let newest = search(&hub, json!({ "query": "", "first": 1 })).await["hits"]["pageInfo"]["endCursor"].take();
        let wrong = hub.ask(&Actor::Nobody, FIND, json!({ "query": "laboratori", "after": newest })).await;
        assert_eq!(wrong["errors"][0]["path"][0], "search");
    }

    async fn what_cannot_be_asked_is_refused_by_name(hub: Hub) {
        for wrong in [
            json!({ "query": "x".repeat(301) }),
            json!({ "query": "x", "filter": { "status": "DRAFT" } }),
            json!({ "query": "x", "first": 101 }),
            json!({ "query": "x", "after": "xyz" }),
        ] {
            let answer = hub.ask(&Actor::System, FIND, wrong.clone()).await;
            assert!(answer["errors"][0]["message"].is_string(), "{wrong}");
        }
        for nonsense in ["\u{0}", "'’’'", "((((", "\"porta", "*", "a:b", "title:x AND", "-x", "~2", "\u{1F469}\u{200D}\u{1F4BB}", "ﬁ", "ß", &"a ".repeat(150)] {
            let found = search(&hub, json!({ "query": nonsense })).await;
            assert_eq!(found["isBuilding"], false, "{nonsense}");
        }
    }

    async fn passages_are_pieces_of_text_and_facets_carry_their_terms(hub: Hub) {
        hub.publish("bitonto", "Ascolto").await;
        let found = search(&hub, json!({ "query": "coinvolte" })).await;
        assert_eq!(
            found["hits"]["nodes"][0]["passages"],
            json!([{ "part": "RESULTS", "pieces": [
                { "text": "Famiglie ", "isMatch": false }, { "text": "coinvolte", "isMatch": true }, { "text": ".", "isMatch": false } ] }])
        );
        let facets = "{ search(query: \"ascolti\", filter: { targets: [\"YOUTH\"] }) { totalCount facets {
            fields { term { code } count } targets { term { code label } count } provinces { province { code name } count }
            evidence { atLeast count } costs { atMost count } hasKit { yes no } openToRequests { yes no } } } }";
        let found = hub.data(&Actor::Nobody, facets, json!({})).await["search"].take();
        assert_eq!((&found["totalCount"], &found["facets"]["fields"]), (&json!(0), &json!([])));
        assert_eq!(found["facets"]["targets"], json!([
            { "term": { "code": "FAMILIES", "label": "FAMILIES (it)" }, "count": 1 },
            { "term": { "code": "MINORS", "label": "MINORS (it)" }, "count": 1 },
        ]));
        assert_eq!(found["facets"]["hasKit"], json!({ "yes": 0, "no": 0 }));
        let (_, statements) = hub.statements(search(&hub, json!({ "query": "ascolto" }))).await;
        assert!(statements <= 5, "{statements} statements: heads, page, texts");
    }

    async fn territories_are_found_by_any_of_their_names(hub: Hub) {
        let names = async |query: &str| {
            let found = search(&hub, json!({ "query": query })).await["territories"].take();
            found.as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("nardo").await, ["Nardò", "Nardò"]);
        assert_eq!(names("sportello a Troia").await, ["Troia", "Troia"]);
        assert_eq!(names("bito").await, ["Bitonto", "Bitonto"]);
        assert_eq!(names("071058").await, ["Troia"]);
        assert_eq!(names("").await, [""; 0]);
    }

    async fn similar_practices_are_about_the_same(hub: Hub) {
        let one = hub.publish("bitonto", "Laboratori nelle piazze").await;
        hub.publish("troia", "Laboratori nei borghi").await;
        let query = "query($id: ID!) { node(id: $id) { ... on Practice { similar(first: 3) { title } } } }";
        let similar = hub.data(&Actor::Nobody, query, json!({ "id": one["id"] })).await["node"]["similar"].take();
        assert_eq!(similar, json!([{ "title": "Laboratori nei borghi" }]));
    }
}
