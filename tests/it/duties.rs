//! Passing on what a contact person answers for, and throwing a draft away.
use crate::{
    requests::{opaque, practice, request_in},
    support::Hub,
};
use innesto::domain::{permission::Actor, request::RequestState};
use serde_json::{Value, json};

const CONTACT: &str = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) {
    contact { id } userErrors { code field message } } }";
const SET: &str = "mutation($input: SetPracticeContactsInput!) { setPracticeContacts(input: $input) {
    practice { id } userErrors { code field message } } }";
const PASS: &str = "mutation($input: HandOverDutiesInput!) { handOverDuties(input: $input) {
    leaving { duties { practices requests } } successor { duties { practices requests } }
    handedOver { practices requests } userErrors { code field message } } }";
const DELETE: &str = "mutation($input: DeletePracticeInput!) { deletePractice(input: $input) {
    deleted userErrors { code field message } } }";

async fn contact(hub: &Hub, actor: &Actor, name: &str) -> Value {
    let input = json!({ "territory": hub.territory_id("bitonto").await, "name": name, "role": "referente",
        "email": format!("{name}@bitonto.invalid") });
    hub.done(actor, CONTACT, input).await["contact"]["id"].take()
}

on_both! {
    async fn what_a_leaver_answers_for_passes_to_another_all_at_once(hub: Hub) {
        let (coordinator, member) = (hub.coordinator("bitonto").await, hub.member("bitonto").await);
        let (ada, ugo) = (contact(&hub, &member, "ada").await, contact(&hub, &member, "ugo").await);
        let (first, second) = (practice(&hub).await, practice(&hub).await);
        hub.done(&member, SET, json!({ "practice": opaque(first.id), "contacts": [ada] })).await;
        hub.done(&member, SET, json!({ "practice": opaque(second.id), "contacts": [ugo, ada] })).await;
        let mentor = id(&ada);
        for (state, n) in [(RequestState::Accepted, 1), (RequestState::Completed, 2)] {
            let asked = practice(&hub).await;
            request_in(&hub, &asked, state, n, |r| r.mentor = Some(mentor)).await;
        }
        let read = "query($id: ID!) { node(id: $id) { ... on ContactPerson { duties { practices requests } } } }";
        let duties = async |actor: &Actor| hub.data(actor, read, json!({ "id": ada })).await["node"]["duties"].take();
        assert_eq!(duties(&coordinator).await, json!({ "practices": 2, "requests": 1 }));
        assert_eq!(duties(&hub.facilitator().await).await, json!({ "practices": 2, "requests": 1 }));
        assert_eq!((duties(&member).await, duties(&Actor::Nobody).await), (json!(null), json!(null)));
        let bitonto = hub.territory_id("bitonto").await;
        let input = json!({ "territory": bitonto, "leaving": ada, "successor": ugo });
        assert_eq!(hub.refused(&member, PASS, input.clone()).await, "FORBIDDEN");
        assert_eq!(hub.refused(&hub.coordinator("troia").await, PASS, input.clone()).await, "FORBIDDEN");
        let same = json!({ "territory": bitonto, "leaving": ada, "successor": ada });
        assert_eq!(hub.refused(&coordinator, PASS, same).await, "INVALID");
        let foreign = json!({ "territory": hub.territory_id("troia").await, "leaving": ada, "successor": ugo });
        assert_eq!(hub.refused(&hub.coordinator("troia").await, PASS, foreign).await, "NOT_FOUND");
        let done = hub.done(&coordinator, PASS, input.clone()).await;
        assert_eq!(done["handedOver"], json!({ "practices": 2, "requests": 1 }));
        assert_eq!(done["leaving"]["duties"], json!({ "practices": 0, "requests": 0 }));
        assert_eq!(done["successor"]["duties"], json!({ "practices": 2, "requests": 1 }));
        let contacts = "query($id: ID!) { node(id: $id) { ... on Practice { contacts { name } } } }";
        for id in [first.id, second.id] {
            let seen = hub.data(&Actor::Nobody, contacts, json!({ "id": opaque(id) })).await;
            assert_eq!(seen["node"]["contacts"], json!([{ "name": "ugo" }]));
        }
        // Again, and nothing is left to do.
        let again = hub.done(&coordinator, PASS, input).await;
        assert_eq!(again["handedOver"], json!({ "practices": 0, "requests": 0 }));
    }

    async fn two_who_pass_duties_to_each_other_leave_none_behind(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let (ada, ugo) = (contact(&hub, &coordinator, "ada").await, contact(&hub, &coordinator, "ugo").await);
        for n in 0..6 {
            let holder = if n % 2 == 0 { &ada } else { &ugo };
            let input = json!({ "practice": opaque(practice(&hub).await.id), "contacts": [holder] });
            hub.done(&coordinator, SET, input).await;
        }
        let bitonto = hub.territory_id("bitonto").await;
        let input = |a: &Value, b: &Value| json!({ "territory": bitonto, "leaving": a, "successor": b });
        for _ in 0..5 {
            tokio::join!(hub.done(&coordinator, PASS, input(&ada, &ugo)), hub.done(&coordinator, PASS, input(&ugo, &ada)));
            let read = "{ practices { nodes { contacts { name } } } }";
            let seen = hub.data(&Actor::Nobody, read, json!({})).await;
            for practice in seen["practices"]["nodes"].as_array().unwrap() {
                assert_eq!(practice["contacts"].as_array().unwrap().len(), 1, "{seen}");
            }
        }
    }

    async fn a_draft_that_was_never_public_is_thrown_away_by_its_own_people(hub: Hub) {
        let (member, stranger) = (hub.member("bitonto").await, hub.member("troia").await);
        let draft = hub.draft("bitonto", "Prova").await;
        let add = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) { userErrors { code } } }";
        let item = json!({ "practice": draft["id"], "kind": "FORM", "phase": "RUN", "title": "Modulo", "text": "x" });
        hub.done(&member, add, item).await;
        let read = "query($id: ID!) { node(id: $id) { ... on Practice { version viewerActions } } }";
        let seen = hub.data(&member, read, json!({ "id": draft["id"] })).await["node"].take();
        assert!(seen["viewerActions"].as_array().unwrap().contains(&json!("DELETE_PRACTICE")));
        let input = json!({ "practice": draft["id"], "expectedVersion": seen["version"] });
        let stale = json!({ "practice": draft["id"], "expectedVersion": 99 });
        assert_eq!(hub.refused(&stranger, DELETE, input.clone()).await, "NOT_FOUND");
        assert_eq!(hub.refused(&member, DELETE, stale).await, "CONFLICT");
        let public = practice(&hub).await;
        let wrong = json!({ "practice": opaque(public.id), "expectedVersion": public.version });
        assert_eq!(hub.refused(&member, DELETE, wrong).await, "WRONG_STATE");
        let (one, two) = tokio::join!(
            hub.data(&member, DELETE, json!({ "input": input })),
            hub.data(&member, DELETE, json!({ "input": input })),
        );
        let deleted = [one, two].into_iter().filter(|done| done["deletePractice"]["deleted"] == draft["id"]).count();
        assert_eq!(deleted, 1);
        assert_eq!(hub.data(&member, read, json!({ "id": draft["id"] })).await["node"], json!(null));
    }
}

fn id(opaque: &Value) -> innesto::domain::id::ContactId {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(opaque.as_str().unwrap()).unwrap();
    innesto::domain::id::Id::of(uuid::Uuid::from_slice(&bytes[bytes.len() - 16..]).unwrap())
}
