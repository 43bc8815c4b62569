//! A contact shown to the parties alone: whose request was accepted sees it, from both sides, and nobody else ever.
use super::{Cast, document, opaque, practice};
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

const ADD: &str = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) {
    contact { id } userErrors { code field } } }";
const DRAFT: &str = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
    replicationRequest { id } userErrors { code } } }";

async fn contact(hub: &Hub, who: &Actor, slug: &str) -> Value {
    let input = json!({ "territory": opaque(hub.territory(slug).await), "name": "Ada Prova", "role": "referente",
        "email": format!("ada@{slug}.invalid"), "phone": "080 1234567", "visibility": "PARTIES" });
    hub.done(who, ADD, input).await["contact"]["id"].take()
}

/// Whether this actor sees the address, told alike by the address, the telephone and the flag.
async fn sees(hub: &Hub, who: &Actor, contact: &Value) -> bool {
    let query = "query($id: ID!) { node(id: $id) { ... on ContactPerson { email phone viewerCanSeeAddress } } }";
    let node = hub.data(who, query, json!({ "id": contact })).await["node"].take();
    let seen = node["viewerCanSeeAddress"].as_bool().unwrap();
    assert_eq!((node["email"].is_string(), node["phone"].is_string()), (seen, seen), "{node}");
    seen
}

on_both! {
    async fn an_accepted_request_shows_each_side_the_others_contacts(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let (theirs, ours) = (contact(&hub, &cast.owner, "bitonto").await, contact(&hub, &cast.requester, "ambito-troia").await);
        let input = json!({ "practice": opaque(practice(&hub).await.id), "need": "Serve", "supportLevel": "FULL" });
        let id = hub.done(&cast.requester, DRAFT, input).await["replicationRequest"]["id"].take();
        let accept = json!({ "id": id, "supportLevel": "FULL", "mentor": opaque(cast.mentor), "firstDate": "2026-03-16" });
        let withdraw = json!({ "id": id, "reason": "NEED_GONE", "note": "Non serve più" });
        for (actor, mutation, input, shown) in [
            (&cast.requester, "sendReplicationRequest", json!({ "id": id }), false),
            (&cast.owner, "acknowledgeReplicationRequest", json!({ "id": id }), false),
            (&cast.owner, "acceptReplicationRequest", accept, true),
            (&cast.requester, "withdrawReplicationRequest", withdraw, false),
        ] {
            hub.done(actor, &document(mutation), input).await;
            assert_eq!(sees(&hub, &cast.requester, &theirs).await, shown, "the requester after {mutation}");
            assert_eq!(sees(&hub, &cast.owner, &ours).await, shown, "the owner after {mutation}");
            for other in [&Actor::Nobody, &cast.stranger, &cast.neighbour, &cast.facilitator, &cast.steward] {
                assert!(!sees(&hub, other, &theirs).await, "another after {mutation}");
            }
        }
    }
}
