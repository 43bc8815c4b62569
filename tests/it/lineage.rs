//! Who copied what from whom: declared, confirmed, drawn, never in a circle.
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

const DECLARE: &str = "mutation($input: DeclareLineageInput!) { declareLineage(input: $input) {
    edge { kind isConfirmed isFromRequest } userErrors { code field message } } }";
const CONFIRM: &str = "mutation($input: ConfirmLineageInput!) { confirmLineage(input: $input) {
    edge { isConfirmed } userErrors { code field message } } }";
const READ: &str =
    "query($slug: String!) { practice(by: { slug: $slug }) { replicationsCount lineage { descendantsCount generations
    parents { isConfirmed parent { slug } } children { isConfirmed child { slug } } } } }";

fn edge(child: &Value, parent: &Value, kind: &str) -> Value {
    json!({ "child": child["id"], "parent": parent["id"], "kind": kind })
}

async fn read(hub: &Hub, slug: &str) -> Value {
    hub.data(&Actor::Nobody, READ, json!({ "slug": slug })).await["practice"].take()
}

on_both! {
    async fn the_childs_owner_declares_and_the_parents_owner_confirms(hub: Hub) {
        let (bitonto, troia) = (hub.member("bitonto").await, hub.member("troia").await);
        let (parent, child) = (hub.publish("bitonto", "Madre").await, hub.publish("troia", "Figlia").await);
        assert_eq!(hub.refused(&bitonto, DECLARE, edge(&child, &parent, "ADAPTED")).await, "FORBIDDEN");
        let done = hub.done(&troia, DECLARE, edge(&child, &parent, "ADAPTED")).await;
        assert_eq!(done["edge"], json!({ "kind": "ADAPTED", "isConfirmed": false, "isFromRequest": false }));
        assert_eq!(hub.refused(&troia, DECLARE, edge(&child, &parent, "COPIED")).await, "DUPLICATE");
        let seen = read(&hub, "madre").await;
        assert_eq!(seen, json!({ "replicationsCount": 0, "lineage": { "descendantsCount": 1, "generations": 1, "parents": [],
            "children": [{ "isConfirmed": false, "child": { "slug": "figlia" } }] } }));
        let both = json!({ "child": child["id"], "parent": parent["id"] });
        assert_eq!(hub.refused(&troia, CONFIRM, both.clone()).await, "FORBIDDEN");
        assert_eq!(hub.refused(&bitonto, CONFIRM, json!({ "child": parent["id"], "parent": child["id"] })).await, "FORBIDDEN");
        for _ in 0..2 {
            assert_eq!(hub.done(&bitonto, CONFIRM, both.clone()).await["edge"]["isConfirmed"], true);
        }
        assert_eq!(read(&hub, "madre").await["replicationsCount"], 1);
        assert_eq!(read(&hub, "figlia").await["lineage"]["parents"], json!([{ "isConfirmed": true, "parent": { "slug": "madre" } }]));
        // An own child is confirmed at once; an idea taken is no replication.
        let own = hub.publish("bitonto", "Seconda").await;
        assert_eq!(hub.done(&bitonto, DECLARE, edge(&own, &parent, "INSPIRED_BY")).await["edge"]["isConfirmed"], true);
        assert_eq!(read(&hub, "madre").await["replicationsCount"], 1);
    }

    async fn circles_are_refused_however_long(hub: Hub) {
        let mut chain = Vec::new();
        for n in 0..4 { chain.push(hub.publish("bitonto", &format!("Anello {n}")).await); }
        for pair in chain.windows(2) { hub.done(&Actor::System, DECLARE, edge(&pair[1], &pair[0], "COPIED")).await; }
        assert_eq!(hub.refused(&Actor::System, DECLARE, edge(&chain[0], &chain[0], "COPIED")).await, "CYCLE");
        for far in 1..4 {
            assert_eq!(hub.refused(&Actor::System, DECLARE, edge(&chain[0], &chain[far], "COPIED")).await, "CYCLE");
        }
        // Several parents are no circle.
        hub.done(&Actor::System, DECLARE, edge(&chain[3], &chain[0], "MERGED_FROM")).await;
        let seen = read(&hub, "anello-0").await;
        assert_eq!((&seen["lineage"]["descendantsCount"], &seen["lineage"]["generations"]), (&json!(3), &json!(3)));
    }

    async fn two_who_close_a_circle_at_once_do_not_both_succeed(hub: Hub) {
        use innesto::{domain::{id::PracticeId, lineage::LineageKind}, service::{lineage::{self, Declaration}, practices::{self, PracticeKey}}};
        let mut ids: Vec<PracticeId> = Vec::new();
        for n in 0..3 {
            hub.publish("bitonto", &format!("Anello {n}")).await;
            let found = practices::find(&hub.app, &Actor::System, &PracticeKey::Slug(format!("anello-{n}"))).await;
            ids.push(found.unwrap().unwrap().id);
        }
        // Each edge of the circle of three, several times over.
        let tasks: Vec<_> = (0..12).map(|n| {
            let (app, child, parent) = (hub.app.clone(), ids[n % 3], ids[(n + 1) % 3]);
            let declaration = Declaration { child, parent, kind: LineageKind::Copied, note: String::new() };
            tokio::spawn(async move {
                match lineage::declare(&app, &Actor::System, declaration).await {
                    Err(innesto::domain::refusal::Failure::Fault(fault)) => panic!("{fault:?}"),
                    done => done.is_ok(),
                }
            })
        }).collect();
        let mut declared = 0;
        for task in tasks { declared += i32::from(task.await.unwrap()); }
        assert_eq!(declared, 2);
    }

    async fn the_tree_reaches_as_far_as_asked_and_not_through_what_is_hidden(hub: Hub) {
        let (a, b, c) = (hub.publish("bitonto", "A").await, hub.publish("troia", "B").await, hub.publish("nardo", "C").await);
        let (hidden, beyond) = (hub.draft("troia", "Nascosta").await, hub.publish("nardo", "Oltre").await);
        for (child, parent) in [(&b, &a), (&c, &b), (&hidden, &b), (&beyond, &hidden)] {
            hub.done(&Actor::System, DECLARE, edge(child, parent, "ADAPTED")).await;
        }
        let query = "query($practice: ID!, $depth: Int) { lineage(practice: $practice, depth: $depth) { isCut nodes { slug } edges { child { slug } parent { slug } } } }";
        let slugs = |data: &Value| data["lineage"]["nodes"].as_array().unwrap().iter().map(|n| n["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let near = hub.data(&Actor::Nobody, query, json!({ "practice": a["id"], "depth": 1 })).await;
        assert_eq!((slugs(&near), near["lineage"]["edges"].as_array().unwrap().len()), (vec!["a".into(), "b".into()], 1));
        let far = hub.data(&Actor::Nobody, query, json!({ "practice": a["id"] })).await;
        assert_eq!(slugs(&far), ["a", "b", "c"]);
        let up = hub.data(&Actor::Nobody, query, json!({ "practice": c["id"] })).await;
        assert_eq!(slugs(&up), ["c", "b", "a"]);
        let all = hub.data(&Actor::System, query, json!({ "practice": a["id"] })).await;
        assert_eq!(slugs(&all).len(), 5);
        for wrong in [json!({ "practice": a["id"], "depth": 0 }), json!({ "practice": a["id"], "depth": 11 }), json!({ "practice": hidden["id"] })] {
            assert!(!hub.ask(&Actor::Nobody, query, wrong.clone()).await["errors"][0]["message"].as_str().unwrap().is_empty(), "{wrong}");
        }
        assert_eq!(read(&hub, "b").await["lineage"]["descendantsCount"], 1);
    }

    async fn a_completed_request_leaves_a_draft_and_an_edge(hub: Hub) {
        use innesto::{domain::{id::RequestId, lineage::LineageKind}, service::{lineage, practices::{self, Birth, PracticeKey, draft_copy_in}}, store};
        hub.publish("bitonto", "Madre").await;
        let original = practices::find(&hub.app, &Actor::System, &PracticeKey::Slug("madre".into())).await.unwrap().unwrap();
        let troia = hub.territory("troia").await;
        let request: RequestId = hub.app.clock.id();
        let mut tx = hub.app.store.begin().await.unwrap();
        let copy = draft_copy_in(&mut tx, &hub.app, &original, Birth { request, requester: troia, illustrative: false }, None, LineageKind::Adapted).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let made = store::practices::find(&hub.app.store, copy).await.unwrap().unwrap();
        assert_eq!(made.title, "Madre – replica di Comune di Troia");
        assert_eq!((made.owner, &made.targets, made.indicators[0].value, made.results.as_str()), (troia, &original.targets, None, ""));
        assert_eq!(made.indicators[0].code, original.indicators[0].code);
        assert_eq!(read(&hub, "madre").await["replicationsCount"], 1);
        for _ in 0..2 {
            let mut tx = hub.app.store.begin().await.unwrap();
            let edge = lineage::confirm_in(&mut tx, &hub.app, copy, original.id, None).await.unwrap().unwrap();
            assert!(edge.confirmed_at.is_some());
            tx.commit(hub.app.clock.now()).await.unwrap();
        }
        assert_eq!(read(&hub, "madre").await["replicationsCount"], 1);
    }
}
