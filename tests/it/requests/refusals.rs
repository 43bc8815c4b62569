//! What is refused: each time a code and a sentence, and nothing has changed.
use super::{Cast, contact, document, kit_item, opaque, practice, practice_with, request_in, trace};
use crate::support::Hub;
use innesto::domain::{
    permission::{Actor, PracticeStatus},
    request::{Request, RequestState},
};
use serde_json::{Value, json};

const DRAFT: &str = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
    replicationRequest { id number } userErrors { code field message } } }";

/// Tries, and expects this code on this field, and no trace.
async fn no(hub: &Hub, actor: &Actor, mutation: &str, request: &Request, input: Value, code: &str, field: &str) {
    let before = trace(hub, request).await;
    let document = if mutation == "draftReplicationRequest" { DRAFT.to_owned() } else { document(mutation) };
    let data = hub.data(actor, &document, json!({ "input": input })).await;
    let payload = &data[mutation];
    assert_eq!(payload["replicationRequest"], json!(null), "{mutation} {input}");
    let errors = payload["userErrors"].as_array().unwrap();
    let error = errors.iter().find(|error| error["code"] == code);
    let error = error.unwrap_or_else(|| panic!("{mutation} {input}: {errors:?} instead of {code}"));
    let path: Vec<&str> = error["field"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    assert_eq!(path.join("."), field, "{mutation} {input}");
    assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
    assert_eq!(trace(hub, request).await, before, "{mutation} {input}");
}

on_both! {
    async fn a_draft_is_refused_before_it_is_written(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let open = practice(&hub).await;
        let asked = practice(&hub).await;
        let request = request_in(&hub, &asked, RequestState::Sent, 0, |_| ()).await;
        let closed = practice_with(&hub, |p| p.support_open = false).await;
        let full = practice_with(&hub, |p| (p.support_capacity, p.active_requests) = (1, 1)).await;
        let bare = practice_with(&hub, |p| p.support_levels = Vec::new()).await;
        let archived = practice_with(&hub, |p| p.status = PracticeStatus::Archived).await;
        let hidden = practice_with(&hub, |p| p.status = PracticeStatus::Draft).await;
        let elsewhere = kit_item(&hub, asked.id).await;
        let troia = hub.territory("ambito-troia").await;
        let input = |practice: &innesto::domain::practice::Practice| json!({ "practice": opaque(practice.id) });
        let with = |more: Value| {
            let mut input = input(&open);
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let requester = &cast.requester;
        for (actor, input, code, field) in [
            (&Actor::Nobody, input(&open), "SIGN_IN_NEEDED", ""),
            (&cast.stranger, input(&open), "FORBIDDEN", ""),
            (&cast.neighbour, with(json!({ "requester": opaque(troia) })), "FORBIDDEN", ""),
            (&cast.facilitator, input(&open), "FORBIDDEN", ""),
            (&cast.owner, input(&open), "OWN_PRACTICE", "practice"),
            (requester, input(&asked), "DUPLICATE", "practice"),
            (requester, input(&closed), "OWNER_CLOSED", "practice"),
            (requester, input(&full), "OWNER_FULL", "practice"),
            (requester, input(&archived), "WRONG_STATE", "practice"),
            (requester, input(&hidden), "NOT_FOUND", "practice"),
            (requester, with(json!({ "need": "x".repeat(4001) })), "TOO_LONG", "need"),
            (requester, with(json!({ "need": "a\u{7}" })), "INVALID", "need"),
            (requester, with(json!({ "kitWanted": [opaque(elsewhere)] })), "NOT_FOUND", "kitWanted"),
            (requester, with(json!({ "wishedStart": "2026-03-01" })), "INVALID", "wishedStart"),
            (requester, json!({ "practice": opaque(bare.id), "supportLevel": "FULL" }), "INVALID", "supportLevel"),
            (requester, with(json!({ "idempotencyKey": "" })), "REQUIRED", "idempotencyKey"),
        ] {
            no(&hub, actor, "draftReplicationRequest", &request, input, code, field).await;
        }
        // The number of the one that is open is said to those who may see it.
        let data = hub.data(requester, DRAFT, json!({ "input": input(&asked) })).await;
        let message = data["draftReplicationRequest"]["userErrors"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.contains(&request.number), "{message}");
        // All that is wrong is said at once.
        let wrong = with(json!({ "need": "x".repeat(4001), "wishedStart": "2020-01-01", "kitWanted": [opaque(elsewhere)] }));
        let data = hub.data(requester, DRAFT, json!({ "input": wrong })).await;
        assert_eq!(data["draftReplicationRequest"]["userErrors"].as_array().unwrap().len(), 3);
    }

    async fn sending_is_refused_without_a_field_twice_closed_stale_by_strangers_and_by_nobody(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let send = "sendReplicationRequest";
        let whole = request_in(&hub, &practice(&hub).await, RequestState::Draft, 0, |_| ()).await;
        let id = |request: &Request| json!({ "id": opaque(request.id) });
        no(&hub, &Actor::Nobody, send, &whole, id(&whole), "SIGN_IN_NEEDED", "").await;
        for other in [&cast.stranger, &cast.neighbour, &cast.owner, &cast.facilitator, &cast.steward] {
            no(&hub, other, send, &whole, id(&whole), "NOT_FOUND", "id").await;
        }
        let stale = json!({ "id": opaque(whole.id), "expectedVersion": 7 });
        no(&hub, &cast.requester, send, &whole, stale, "CONFLICT", "expectedVersion").await;
        let needless = request_in(&hub, &practice(&hub).await, RequestState::Draft, 0, |r| r.need.clear()).await;
        no(&hub, &cast.requester, send, &needless, id(&needless), "REQUIRED", "need").await;
        let levelless = request_in(&hub, &practice(&hub).await, RequestState::Draft, 0, |r| r.support_level = None).await;
        no(&hub, &cast.requester, send, &levelless, id(&levelless), "REQUIRED", "supportLevel").await;
        let closed = practice_with(&hub, |p| p.support_open = false).await;
        let closed = request_in(&hub, &closed, RequestState::Draft, 0, |_| ()).await;
        no(&hub, &cast.requester, send, &closed, id(&closed), "OWNER_CLOSED", "practice").await;
        let full = practice_with(&hub, |p| (p.support_capacity, p.active_requests) = (2, 2)).await;
        let full = request_in(&hub, &full, RequestState::Draft, 0, |_| ()).await;
        no(&hub, &cast.requester, send, &full, id(&full), "OWNER_FULL", "practice").await;
        hub.done(&cast.requester, &document(send), id(&whole)).await;
        no(&hub, &cast.requester, send, &whole, id(&whole), "WRONG_STATE", "").await;
        // The other side may see it now, but not send it.
        no(&hub, &cast.owner, send, &whole, id(&whole), "FORBIDDEN", "").await;
        let token = read_only(&cast.requester);
        no(&hub, &token, "withdrawReplicationRequest", &whole, json!({ "id": opaque(whole.id), "reason": "OTHER" }), "FORBIDDEN", "").await;
    }

    async fn each_step_names_what_it_misses(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let (requester, owner) = (&cast.requester, &cast.owner);
        let stranger = contact(&hub, "ambito-nardo").await;
        use RequestState as S;
        for (state, actor, mutation, own, code, field) in [
            (S::Acknowledged, owner, "acceptReplicationRequest", json!({ "supportLevel": "FULL", "mentor": opaque(stranger), "firstDate": "2026-03-16" }), "NOT_FOUND", "mentor"),
            (S::Acknowledged, owner, "acceptReplicationRequest", json!({ "supportLevel": "FULL", "mentor": opaque(cast.mentor), "firstDate": "2026-03-01" }), "INVALID", "firstDate"),
            (S::Acknowledged, owner, "declineReplicationRequest", json!({ "reason": " " }), "REQUIRED", "reason"),
            (S::Acknowledged, owner, "declineReplicationRequest", json!({ "reason": "BUDGET" }), "INVALID", "reason"),
            (S::Accepted, owner, "declineReplicationRequest", json!({ "reason": "OTHER" }), "INVALID", "reason"),
            (S::Sent, requester, "withdrawReplicationRequest", json!({ "reason": "NO_CAPACITY" }), "INVALID", "reason"),
            (S::Sent, &cast.steward, "annulReplicationRequest", json!({ "reason": "ABUSE" }), "REQUIRED", "note"),
            (S::Sent, &cast.facilitator, "extendReplicationRequest", json!({ "days": 31 }), "INVALID", "days"),
            (S::Accepted, owner, "recordAgreement", json!({ "kind": "OTHER", "actNumber": "", "actDate": "2026-03-01", "protocolNumber": "1" }), "REQUIRED", "actNumber"),
            (S::Accepted, owner, "recordAgreement", json!({ "kind": "OTHER", "actNumber": "1", "actDate": "2027-03-01", "protocolNumber": "1" }), "INVALID", "actDate"),
            (S::Accepted, owner, "startReplication", json!({ "startedOn": "2027-03-01" }), "INVALID", "startedOn"),
            (S::InProgress, requester, "checkInReplication", json!({ "progress": "STUCK" }), "REQUIRED", "note"),
            (S::InProgress, requester, "checkInReplication", json!({ "progress": "ON_TRACK", "pauseUntil": "2026-08-30" }), "INVALID", "pauseUntil"),
            (S::InProgress, requester, "interruptReplication", json!({ "reason": "BUDGET", "lessons": "" }), "REQUIRED", "lessons"),
            (S::InProgress, requester, "completeReplicationRequest", json!({ "result": "FULL", "lessons": "x", "satisfaction": 3 }), "REQUIRED", "startedOn"),
            (S::Accepted, requester, "completeReplicationRequest", json!({ "result": "FULL", "lessons": "x" }), "REQUIRED", "satisfaction"),
            (S::Accepted, requester, "completeReplicationRequest", json!({ "result": "FULL", "lessons": "x", "satisfaction": 3, "indicators": [{ "code": "other", "value": 1 }] }), "INVALID", "indicators"),
            (S::Completed, owner, "confirmOutcome", json!({ "verdict": "DISPUTE" }), "REQUIRED", "note"),
            (S::Completed, requester, "followUpReplication", json!({ "vitality": "ACTIVE" }), "WRONG_STATE", ""),
        ] {
            let request = request_in(&hub, &practice(&hub).await, state, 1, |_| ()).await;
            let mut input = own;
            input["id"] = json!(opaque(request.id));
            no(&hub, actor, mutation, &request, input, code, field).await;
        }
    }

    async fn an_idempotency_key_makes_a_repeat_harmless_and_serves_only_once(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let (one, two) = (practice(&hub).await, practice(&hub).await);
        let input = json!({ "practice": opaque(one.id), "need": "Serve", "supportLevel": "FULL", "idempotencyKey": "clic-1" });
        let first = hub.done(&cast.requester, DRAFT, input.clone()).await;
        assert_eq!(hub.done(&cast.requester, DRAFT, input).await, first);
        let input = json!({ "practice": opaque(two.id), "idempotencyKey": "clic-1" });
        assert_eq!(hub.refused(&cast.requester, DRAFT, input).await, "KEY_REUSED");
        let send = json!({ "id": first["replicationRequest"]["id"], "expectedVersion": 1, "idempotencyKey": "clic-2" });
        let sent = hub.done(&cast.requester, &document("sendReplicationRequest"), send.clone()).await;
        assert_eq!(hub.done(&cast.requester, &document("sendReplicationRequest"), send).await, sent);
        let other = json!({ "id": first["replicationRequest"]["id"], "idempotencyKey": "clic-1" });
        assert_eq!(hub.refused(&cast.requester, &document("sendReplicationRequest"), other).await, "KEY_REUSED");
        // Somebody else's keys are their own.
        let colleague = hub.member("ambito-troia").await;
        let input = json!({ "practice": opaque(two.id), "idempotencyKey": "clic-1" });
        hub.done(&colleague, DRAFT, input).await;
    }
}

fn read_only(actor: &Actor) -> Actor {
    let Actor::Person(member) = actor else { panic!("a person") };
    let scopes = Some(vec![innesto::domain::permission::Scope::ReadOwn]);
    Actor::Person(innesto::domain::permission::Member { scopes, ..member.clone() })
}
