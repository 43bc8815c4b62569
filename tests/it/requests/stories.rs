//! The main job, told for each level of support, and what happens on the way.
use super::{Cast, document, kit_item, opaque, practice, practice_with, request_in};
use crate::support::Hub;
use innesto::{
    domain::{
        id::RequestId,
        lineage::LineageKind,
        permission::{Actor, PracticeStatus},
        practice::Practice,
        request::{DeadlineKind, RequestState},
        word::Word,
    },
    service::requests,
    store,
};
use serde_json::{Value, json};

const DRAFT: &str = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
    replicationRequest { id number state awaiting version supportLevel viewerActions } userErrors { code field message } } }";

async fn drafted(hub: &Hub, cast: &Cast, practice: &Practice, level: &str) -> Value {
    let input = json!({ "practice": opaque(practice.id), "need": "Un luogo per i ragazzi", "supportLevel": level });
    hub.done(&cast.requester, DRAFT, input).await["replicationRequest"].clone()
}

/// Takes a step and expects the state after it; gives back the request's version.
async fn step(hub: &Hub, actor: &Actor, mutation: &str, id: &Value, own: Value, state: &str) -> Value {
    let mut input = own;
    input["id"] = id.clone();
    let payload = hub.done(actor, &document(mutation), input).await;
    assert_eq!(payload["replicationRequest"]["state"], state, "{mutation}");
    payload["replicationRequest"].clone()
}

async fn counters(hub: &Hub, practice: &Practice) -> (i64, i64) {
    let practice = store::practices::find(&hub.app.store, practice.id).await.unwrap().unwrap();
    (practice.requests_count, practice.active_requests)
}

async fn all_of(hub: &Hub, actor: &Actor, id: &Value) -> Value {
    let query = "query($id: ID!) { replicationRequest(by: { id: $id }) { number state awaiting version need supportLevel
        firstDate startedOn pausedUntil requester { slug } owner { slug } agreement { kind actNumber actDate protocolNumber }
        outcome { result lessons changes coreElementsKept indicators { code value } satisfaction viewerCanSeeSatisfaction }
        confirmation { verdict note } followUps { months vitality } deadlines { kind dueAt party overdue }
        practice { title } mentor { name } kitWanted { title } copy { title }
        timeline { step from to party reason { code } actor { id } } } }";
    hub.data(actor, query, json!({ "id": id })).await["replicationRequest"].clone()
}

on_both! {
    async fn documents_are_asked_for_given_and_told_of(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let draft = drafted(&hub, &cast, &practice, "DOCUMENTS").await;
        assert_eq!((&draft["number"], &draft["state"], &draft["awaiting"]), (&json!("REQ-2026-0001"), &json!("DRAFT"), &json!("REQUESTER")));
        assert_eq!(counters(&hub, &practice).await, (0, 0));
        let id = &draft["id"];
        let sent = step(&hub, &cast.requester, "sendReplicationRequest", id, json!({}), "SENT").await;
        assert_eq!(sent["awaiting"], "OWNER");
        assert_eq!(counters(&hub, &practice).await, (1, 1));
        step(&hub, &cast.owner, "acknowledgeReplicationRequest", id, json!({}), "ACKNOWLEDGED").await;
        let own = json!({ "supportLevel": "DOCUMENTS", "mentor": opaque(cast.mentor), "firstDate": "2026-03-16", "note": "Volentieri" });
        step(&hub, &cast.owner, "acceptReplicationRequest", id, own, "ACCEPTED").await;
        assert_eq!(counters(&hub, &practice).await, (1, 1));
        let own = json!({ "result": "PARTIAL", "lessons": "Il regolamento basta", "satisfaction": 5 });
        let done = step(&hub, &cast.requester, "completeReplicationRequest", id, own, "COMPLETED").await;
        assert_eq!((&done["awaiting"], &done["version"]), (&json!("OWNER"), &json!(5)));
        assert_eq!(counters(&hub, &practice).await, (1, 0));
        let own = json!({ "verdict": "ANNOTATE", "note": "Mancava la convenzione" });
        let said = step(&hub, &cast.owner, "confirmOutcome", id, own, "COMPLETED").await;
        assert_eq!(said["awaiting"], "NOBODY");
        let told = all_of(&hub, &cast.requester, id).await;
        assert_eq!((&told["practice"]["title"], &told["mentor"]["name"]), (&json!("In.Con.Tra"), &json!("Ada Prova")));
        assert!(told["copy"]["title"].as_str().unwrap().starts_with("In.Con.Tra"), "{told}");
        assert_eq!(all_of(&hub, &cast.owner, id).await["copy"], json!(null), "a draft is its own territory's");
        assert!(told["timeline"][0]["actor"]["id"].is_string());
        let steps: Vec<&str> = told["timeline"].as_array().unwrap().iter().map(|t| t["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["CREATE", "SEND", "ACKNOWLEDGE", "ACCEPT", "COMPLETE", "CONFIRM_OUTCOME"]);
        let due: Vec<&str> = told["deadlines"].as_array().unwrap().iter().map(|d| d["kind"].as_str().unwrap()).collect();
        assert_eq!(due, ["FOLLOW_UP", "FOLLOW_UP"]);
    }

    async fn completing_leaves_a_draft_and_an_edge_that_the_owners_word_confirms(hub: Hub) {
        let cast = Cast::of(&hub).await;
        for (result, kind, verdict, confirmed) in [
            ("FULL", Some(LineageKind::Copied), "CONFIRM", true),
            ("ADAPTED", Some(LineageKind::Adapted), "ANNOTATE", true),
            ("PARTIAL", Some(LineageKind::Adapted), "DISPUTE", false),
            ("ABANDONED", None, "CONFIRM", false),
        ] {
            let practice = practice(&hub).await;
            let request = request_in(&hub, &practice, RequestState::Accepted, 1, |_| ()).await;
            let id = json!(opaque(request.id));
            let own = json!({ "result": result, "lessons": "Cominciare presto", "satisfaction": 5, "idempotencyKey": result });
            step(&hub, &cast.requester, "completeReplicationRequest", &id, own.clone(), "COMPLETED").await;
            step(&hub, &cast.requester, "completeReplicationRequest", &id, own, "COMPLETED").await;
            let copy = store::requests::find(&hub.app.store, request.id).await.unwrap().unwrap().copy;
            assert_eq!(copy.is_some(), kind.is_some(), "{result}");
            let own = json!({ "verdict": verdict, "note": "Vista sul posto" });
            step(&hub, &cast.owner, "confirmOutcome", &id, own, "COMPLETED").await;
            let Some(copy) = copy else { continue };
            let draft = store::practices::find(&hub.app.store, copy).await.unwrap().unwrap();
            assert_eq!((draft.owner, draft.status), (request.requester, PracticeStatus::Draft));
            assert_eq!((draft.indicators[0].code.as_str(), draft.indicators[0].value), ("people_served", None));
            let mut tx = hub.app.store.begin().await.unwrap();
            let edge = store::lineage::find_for_update(&mut tx, copy, practice.id).await.unwrap().unwrap();
            assert_eq!((Some(edge.kind), edge.request, edge.confirmed_at.is_some()), (kind, Some(request.id), confirmed), "{result}");
        }
    }

    async fn the_two_sides_talk_from_the_moment_it_is_sent(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let draft = drafted(&hub, &cast, &practice, "FULL").await;
        let query = "query($id: ID!) { replicationRequest(by: { id: $id }) { conversation { subject } awaiting } }";
        let talk = async |actor: &Actor| hub.data(actor, query, json!({ "id": draft["id"] })).await["replicationRequest"].take();
        assert_eq!(talk(&cast.requester).await["conversation"], json!(null));
        step(&hub, &cast.requester, "sendReplicationRequest", &draft["id"], json!({}), "SENT").await;
        for side in [&cast.requester, &cast.owner] {
            assert_eq!(talk(side).await["conversation"]["subject"], "REQ-2026-0001: In.Con.Tra");
        }
        assert_eq!(talk(&cast.facilitator).await["conversation"], json!(null));
    }

    async fn a_mentor_helps_and_the_work_pauses_stops_and_goes_on(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let draft = drafted(&hub, &cast, &practice, "MENTORING").await;
        let id = &draft["id"];
        step(&hub, &cast.requester, "sendReplicationRequest", id, json!({}), "SENT").await;
        step(&hub, &cast.owner, "acknowledgeReplicationRequest", id, json!({}), "ACKNOWLEDGED").await;
        let own = json!({ "supportLevel": "MENTORING", "mentor": opaque(cast.mentor), "firstDate": "2026-03-16" });
        step(&hub, &cast.owner, "acceptReplicationRequest", id, own, "ACCEPTED").await;
        step(&hub, &cast.requester, "startReplication", id, json!({ "startedOn": "2026-03-02" }), "IN_PROGRESS").await;
        let own = json!({ "progress": "STUCK", "note": "Il bando è andato deserto", "pauseUntil": "2026-06-01" });
        step(&hub, &cast.requester, "checkInReplication", id, own, "IN_PROGRESS").await;
        let told = all_of(&hub, &cast.requester, id).await;
        assert_eq!(told["pausedUntil"], "2026-06-01");
        assert_eq!(told["deadlines"][0], json!({ "kind": "CHECK_IN", "dueAt": "2026-05-31T22:00:00Z", "party": "REQUESTER", "overdue": false }));
        let own = json!({ "reason": "procurement_failed", "lessons": "Dialogo con il mercato prima del bando" });
        step(&hub, &cast.owner, "interruptReplication", id, own, "INTERRUPTED").await;
        assert_eq!(counters(&hub, &practice).await, (1, 0));
        hub.app.clock.advance_seconds(86_400 * 300);
        step(&hub, &cast.requester, "reopenReplication", id, json!({}), "IN_PROGRESS").await;
        assert_eq!(counters(&hub, &practice).await, (1, 1));
        let own = json!({ "result": "FULL", "startedOn": "2026-03-02", "endedOn": "2026-12-20", "obstacles": "Il bando",
            "lessons": "Insistere", "satisfaction": 3, "indicators": [{ "code": "people_served", "value": 60 }],
            "coreElementsKept": ["Il piano partecipato", "I laboratori"], "hoursGiven": 10, "hoursSpent": 300, "setupCostEur": 20000 });
        step(&hub, &cast.requester, "completeReplicationRequest", id, own, "COMPLETED").await;
        let told = all_of(&hub, &cast.steward, id).await;
        assert_eq!(told["outcome"]["indicators"], json!([{ "code": "people_served", "value": 60.0 }]));
        assert_eq!((&told["outcome"]["satisfaction"], &told["outcome"]["viewerCanSeeSatisfaction"]), (&json!(null), &json!(false)));
        assert_eq!(all_of(&hub, &cast.facilitator, id).await["outcome"]["satisfaction"], 3);
        for months in [6, 12] {
            hub.app.clock.advance_seconds(86_400 * 184);
            let own = json!({ "vitality": "ACTIVE", "note": format!("a {months} mesi") });
            step(&hub, &cast.requester, "followUpReplication", id, own, "COMPLETED").await;
        }
        let told = all_of(&hub, &cast.requester, id).await;
        assert_eq!(told["followUps"], json!([{ "months": 6, "vitality": "ACTIVE" }, { "months": 12, "vitality": "ACTIVE" }]));
    }

    async fn full_support_starts_only_with_an_agreement(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let draft = drafted(&hub, &cast, &practice, "FULL").await;
        let id = &draft["id"];
        step(&hub, &cast.requester, "sendReplicationRequest", id, json!({}), "SENT").await;
        step(&hub, &cast.facilitator, "acknowledgeReplicationRequest", id, json!({ "note": "Sentiti per telefono" }), "ACKNOWLEDGED").await;
        let own = json!({ "supportLevel": "FULL", "mentor": opaque(cast.mentor), "firstDate": "2026-03-16" });
        step(&hub, &cast.owner, "acceptReplicationRequest", id, own, "ACCEPTED").await;
        let start = json!({ "id": id, "startedOn": "2026-03-20" });
        assert_eq!(hub.refused(&cast.requester, &document("startReplication"), start).await, "REQUIRED");
        let own = json!({ "kind": "AGREEMENT", "actNumber": " 12/2026 ", "actDate": "2026-03-01", "protocolNumber": "4711" });
        step(&hub, &cast.owner, "recordAgreement", id, own, "ACCEPTED").await;
        step(&hub, &cast.owner, "startReplication", id, json!({ "startedOn": "2026-03-20" }), "IN_PROGRESS").await;
        let told = all_of(&hub, &cast.owner, id).await;
        assert_eq!(told["agreement"], json!({ "kind": "AGREEMENT", "actNumber": "12/2026", "actDate": "2026-03-01", "protocolNumber": "4711" }));
        let own = json!({ "result": "ABANDONED", "startedOn": "2026-03-01", "endedOn": "2026-03-02", "obstacles": "Il bilancio",
            "changes": "Fermata subito", "lessons": "Chiedere al Consiglio prima", "satisfaction": 4 });
        step(&hub, &cast.requester, "completeReplicationRequest", id, own, "COMPLETED").await;
        let own = json!({ "verdict": "DISPUTE", "note": "Il personale era stato messo a disposizione" });
        step(&hub, &cast.owner, "confirmOutcome", id, own, "COMPLETED").await;
    }

    async fn an_unanswered_request_expires_and_goes_out_again(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let request = request_in(&hub, &practice, RequestState::Sent, 0, |_| ()).await;
        let on = || requests::On::request(request.id);
        hub.app.clock.advance_seconds(86_400 * 44);
        assert!(requests::expire(&hub.app, &Actor::System, on()).await.is_err());
        let id = json!(opaque(request.id));
        step(&hub, &cast.facilitator, "extendReplicationRequest", &id, json!({ "days": 30 }), "SENT").await;
        hub.app.clock.advance_seconds(86_400 * 30);
        assert!(requests::expire(&hub.app, &Actor::System, on()).await.is_err());
        hub.app.clock.advance_seconds(86_400 * 2);
        assert!(requests::expire(&hub.app, &cast.facilitator, on()).await.is_err(), "only the hub itself");
        assert_eq!(requests::expire(&hub.app, &Actor::System, on()).await.unwrap().state, RequestState::Expired);
        assert_eq!(counters(&hub, &practice).await, (1, 0));
        step(&hub, &cast.requester, "sendReplicationRequestAgain", &id, json!({}), "SENT").await;
        assert_eq!(counters(&hub, &practice).await, (1, 1), "sent again is not a second request");
    }

    async fn an_idle_draft_is_thrown_away_and_stays_the_requesters_secret(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let request = request_in(&hub, &practice, RequestState::Draft, 0, |_| ()).await;
        let id = json!(opaque(request.id));
        hub.app.clock.advance_seconds(86_400 * 89);
        assert!(requests::discard(&hub.app, &Actor::System, requests::On::request(request.id)).await.is_err());
        step(&hub, &cast.requester, "updateReplicationRequest", &id, json!({ "need": "Altro" }), "DRAFT").await;
        hub.app.clock.advance_seconds(86_400 * 89);
        assert!(requests::discard(&hub.app, &Actor::System, requests::On::request(request.id)).await.is_err());
        hub.app.clock.advance_seconds(86_400 * 2);
        requests::discard(&hub.app, &Actor::System, requests::On::request(request.id)).await.unwrap();
        assert_eq!(all_of(&hub, &cast.requester, &id).await["state"], "WITHDRAWN");
        for other in [&cast.owner, &cast.facilitator, &cast.steward, &cast.neighbour] {
            assert_eq!(all_of(&hub, other, &id).await, json!(null));
        }
    }

    async fn a_question_makes_it_the_requesters_turn_and_moves_the_deadlines(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let request = request_in(&hub, &practice, RequestState::Acknowledged, 0, |_| ()).await;
        hub.app.clock.advance_seconds(86_400);
        let posted = async |by| {
            let mut tx = hub.app.store.begin().await.unwrap();
            requests::message_posted_in(&mut tx, &hub.app, request.id, by).await.unwrap();
            tx.commit(hub.app.clock.now()).await.unwrap();
            let id: RequestId = request.id;
            let now = store::requests::find(&hub.app.store, id).await.unwrap().unwrap();
            let due = store::requests::deadlines_of(&hub.app.store, &[id]).await.unwrap();
            (now.awaiting.as_str(), now.version, due.into_iter().map(|(_, d)| d.kind).collect::<Vec<_>>())
        };
        use DeadlineKind as K;
        assert_eq!(posted(request.owner).await, ("REQUESTER", 1, vec![K::Remind, K::Remind, K::Warn, K::Withdraw]));
        assert_eq!(posted(request.requester).await, ("OWNER", 1, vec![K::Remind, K::Escalate]));
        let id = json!(opaque(request.id));
        let own = json!({ "reason": "NOT_TRANSFERABLE", "expectedVersion": 1 });
        step(&hub, &cast.owner, "declineReplicationRequest", &id, own, "DECLINED").await;
        let told = all_of(&hub, &cast.requester, &id).await;
        assert_eq!((&told["deadlines"], &told["timeline"][0]["reason"]["code"]), (&json!([]), &json!("NOT_TRANSFERABLE")));
    }

    async fn a_draft_is_changed_field_by_field(hub: Hub) {
        let (cast, practice) = (Cast::of(&hub).await, practice(&hub).await);
        let item = kit_item(&hub, practice.id).await;
        let draft = drafted(&hub, &cast, &practice, "FULL").await;
        let own = json!({ "supportLevel": null, "kitWanted": [opaque(item), opaque(item)], "wishedStart": "2026-09-01" });
        step(&hub, &cast.requester, "updateReplicationRequest", &draft["id"], own, "DRAFT").await;
        let kept = requests::find(&hub.app, &cast.requester, &requests::RequestKey::Number("req-2026-0001".into())).await.unwrap().unwrap();
        assert_eq!((kept.support_level, kept.kit_wanted), (None, vec![item]));
        assert_eq!((kept.need.as_str(), kept.wished_start), ("Un luogo per i ragazzi", Some("2026-09-01".parse().unwrap())));
        step(&hub, &cast.requester, "updateReplicationRequest", &draft["id"], json!({ "wishedStart": null }), "DRAFT").await;
        step(&hub, &cast.requester, "discardReplicationRequest", &draft["id"], json!({}), "WITHDRAWN").await;
        assert_eq!(drafted(&hub, &cast, &practice, "FULL").await["number"], "REQ-2026-0002");
    }

    async fn a_comune_may_ask_its_own_ambito(hub: Hub) {
        let ambito = hub.territory("ambito-bitonto").await;
        let practice = practice_with(&hub, |practice| practice.owner = ambito).await;
        let member = hub.member("bitonto").await;
        hub.done(&member, DRAFT, json!({ "practice": opaque(practice.id) })).await;
    }
}
