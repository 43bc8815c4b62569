//! Kits and contacts: who changes them, in which order they stand, who sees an address.
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

const ADD: &str = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) {
    item { id version position practice { kitCompleteness } } userErrors { code field message } } }";
const EDIT: &str = "mutation($input: UpdateKitItemInput!) { updateKitItem(input: $input) {
    item { version title link text { source } practice { kitCompleteness } } userErrors { code field message } } }";
const MOVE: &str = "mutation($input: MoveKitItemInput!) { moveKitItem(input: $input) {
    practice { kit { title position } } userErrors { code field message } } }";
const REMOVE: &str = "mutation($input: RemoveKitItemInput!) { removeKitItem(input: $input) {
    practice { kitCompleteness kit { title position } } userErrors { code field message } } }";
const CONTACT: &str = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) {
    contact { id version visibility isRoleMailbox } userErrors { code field message } } }";
const CHANGE: &str = "mutation($input: UpdateContactPersonInput!) { updateContactPerson(input: $input) {
    contact { version visibility email phone } userErrors { code field message } } }";
const LEAVE: &str = "mutation($input: RemoveContactPersonInput!) { removeContactPerson(input: $input) {
    contact { email } userErrors { code field message } } }";

async fn address(hub: &Hub, actor: &Actor) -> Vec<(bool, Value)> {
    let query = "{ territory(by: { slug: \"bitonto\" }) { contacts { nodes { viewerCanSeeAddress email } } } }";
    let data = hub.data(actor, query, json!({})).await;
    let nodes = data["territory"]["contacts"]["nodes"].as_array().unwrap();
    nodes.iter().map(|n| (n["viewerCanSeeAddress"] == true, n["email"].clone())).collect()
}

on_both! {
    async fn kit_items_are_added_moved_changed_and_removed_and_the_score_follows(hub: Hub) {
        let (member, stranger) = (hub.member("bitonto").await, hub.member("troia").await);
        let id = hub.draft("bitonto", "Prova").await["id"].take();
        let mut items = Vec::new();
        for (title, phase) in [("uno", "DECIDE"), ("due", "RUN"), ("tre", "RUN")] {
            let input = json!({ "practice": id, "kind": "FORM", "phase": phase, "title": title, "text": "testo" });
            assert_eq!(hub.refused(&stranger, ADD, input.clone()).await, "NOT_FOUND");
            items.push(hub.done(&member, ADD, input).await["item"].take());
        }
        assert_eq!((&items[2]["position"], &items[2]["practice"]["kitCompleteness"]), (&json!(2), &json!(35)));
        let done = hub.done(&member, MOVE, json!({ "item": items[2]["id"], "position": 0 })).await;
        assert_eq!(done["practice"]["kit"], json!([{ "title": "tre", "position": 0 }, { "title": "uno", "position": 1 }, { "title": "due", "position": 2 }]));
        let turned = json!({ "item": items[0]["id"], "expectedVersion": 1, "phase": "KEEP", "link": "https://esempio.invalid/a", "text": null });
        let done = hub.done(&member, EDIT, turned.clone()).await;
        assert_eq!(done["item"], json!({ "version": 2, "title": "uno", "link": "https://esempio.invalid/a", "text": null, "practice": { "kitCompleteness": 30 } }));
        assert_eq!(hub.refused(&member, EDIT, turned).await, "CONFLICT");
        for (wrong, code) in [
            (json!({ "kind": "FORM", "phase": "RUN", "title": "x" }), "INVALID"),
            (json!({ "kind": "FORM", "phase": "RUN", "title": "x", "text": "a", "link": "https://a.invalid" }), "INVALID"),
            (json!({ "kind": "FORM", "phase": "RUN", "title": "x", "link": "javascript:alert(1)" }), "INVALID"),
            (json!({ "kind": "GATTO", "phase": "RUN", "title": "x", "text": "a" }), "INVALID"),
            (json!({ "kind": "FORM", "phase": "RUN", "title": "", "text": "a" }), "REQUIRED"),
        ] {
            let mut input = wrong.clone();
            input["practice"] = id.clone();
            assert_eq!(hub.refused(&member, ADD, input).await, code, "{wrong}");
        }
        let done = hub.done(&member, REMOVE, json!({ "item": items[2]["id"] })).await;
        assert_eq!(done["practice"], json!({ "kitCompleteness": 30, "kit": [{ "title": "uno", "position": 0 }, { "title": "due", "position": 1 }] }));
        assert_eq!(hub.refused(&member, REMOVE, json!({ "item": items[2]["id"] })).await, "NOT_FOUND");
        assert_eq!(hub.refused(&stranger, REMOVE, json!({ "item": items[0]["id"] })).await, "NOT_FOUND");
    }

    async fn sixty_items_added_at_once_make_a_kit_of_fifty_without_gaps(hub: Hub) {
        use innesto::{domain::practice::Change, service::{kit::{self, ItemChanges}, practices::{self, PracticeKey}}};
        hub.draft("bitonto", "Prova").await;
        let practice = practices::find(&hub.app, &Actor::System, &PracticeKey::Slug("prova".into())).await.unwrap().unwrap().id;
        let tasks: Vec<_> = (0..60).map(|n| {
            let app = hub.app.clone();
            let changes = ItemChanges { kind: Some("FORM".into()), phase: Some("RUN".into()), title: Some(format!("{n}")),
                text: Change::Set("x".into()), ..ItemChanges::default() };
            tokio::spawn(async move { kit::add(&app, &Actor::System, practice, changes).await.is_ok() })
        }).collect();
        let mut added = 0;
        for task in tasks { added += i32::from(task.await.unwrap()); }
        assert_eq!(added, 50);
        let positions: Vec<i64> = kit::of_practices(&hub.app, &[practice]).await.unwrap().iter().map(|item| item.position).collect();
        assert_eq!(positions, (0..50).collect::<Vec<_>>());
    }

    async fn an_address_is_seen_only_by_those_it_is_meant_for(hub: Hub) {
        let (member, stranger) = (hub.member("bitonto").await, hub.member("troia").await);
        let bitonto = hub.territory_id("bitonto").await;
        let contact = |more: Value| {
            let mut input = json!({ "territory": bitonto, "name": "Ada", "role": "Ufficio", "email": "ada@bitonto.invalid" });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        assert_eq!(hub.refused(&stranger, CONTACT, contact(json!({}))).await, "FORBIDDEN");
        assert_eq!(hub.refused(&member, CONTACT, contact(json!({ "email": null }))).await, "REQUIRED");
        assert_eq!(hub.refused(&member, CONTACT, contact(json!({ "email": "ada", "phone": "abc", "name": "" }))).await, "REQUIRED");
        for (more, visibility) in [
            (json!({}), "RELAY"), (json!({ "isRoleMailbox": true }), "PUBLIC"),
            (json!({ "visibility": "MEMBERS" }), "MEMBERS"), (json!({ "visibility": "PARTIES" }), "PARTIES"),
        ] {
            let is_mailbox = more["isRoleMailbox"] == true;
            let added = hub.done(&member, CONTACT, contact(more)).await["contact"].take();
            assert_eq!((&added["visibility"], &added["isRoleMailbox"]), (&json!(visibility), &json!(is_mailbox)));
            hub.app.clock.advance_seconds(1);
        }
        let sees = |seen: Vec<(bool, Value)>| seen.iter().map(|(flag, email)| { assert_eq!(*flag, !email.is_null()); *flag }).collect::<Vec<_>>();
        assert_eq!(sees(address(&hub, &Actor::Nobody).await), [false, true, false, false]);
        assert_eq!(sees(address(&hub, &stranger).await), [false, true, true, false]);
        assert_eq!(sees(address(&hub, &member).await), [true, true, true, true]);
    }

    async fn a_contact_is_changed_with_its_version_and_erased_when_it_leaves(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = hub.draft("bitonto", "Prova").await;
        let read = "query($slug: String!) { practice(by: { slug: $slug }) { contacts { id email practices { slug } } } }";
        let contacts = hub.data(&member, read, json!({ "slug": "prova" })).await["practice"]["contacts"].take();
        assert_eq!(contacts[0]["practices"], json!([{ "slug": "prova" }]));
        let id = &contacts[0]["id"];
        let change = json!({ "contact": id, "expectedVersion": 1, "phone": "080 1234567", "visibility": "PUBLIC" });
        let done = hub.done(&member, CHANGE, change.clone()).await;
        assert_eq!(done["contact"], json!({ "version": 2, "visibility": "PUBLIC", "email": "r0@bitonto.invalid", "phone": "080 1234567" }));
        assert_eq!(hub.refused(&member, CHANGE, change).await, "CONFLICT");
        assert_eq!(hub.done(&member, LEAVE, json!({ "contact": id })).await["contact"]["email"], json!(null));
        assert_eq!(hub.refused(&member, LEAVE, json!({ "contact": id })).await, "NOT_FOUND");
        let left = hub.data(&member, read, json!({ "slug": "prova" })).await["practice"]["contacts"].take();
        assert_eq!(left.as_array().unwrap().len(), 1);
        let set = "mutation($input: SetPracticeContactsInput!) { setPracticeContacts(input: $input) { practice { id } userErrors { code message } } }";
        assert_eq!(hub.refused(&member, set, json!({ "practice": practice["id"], "contacts": [id] })).await, "NOT_FOUND");
        hub.done(&member, set, json!({ "practice": practice["id"], "contacts": [] })).await;
        let mailbox = "mutation($input: SetTerritoryMailboxInput!) { setTerritoryMailbox(input: $input) { territory { slug } userErrors { code message } } }";
        let bitonto = hub.territory_id("bitonto").await;
        assert_eq!(hub.refused(&member, mailbox, json!({ "territory": bitonto, "mailbox": "x" })).await, "INVALID");
        assert_eq!(hub.done(&member, mailbox, json!({ "territory": bitonto, "mailbox": "udp@bitonto.invalid" })).await["territory"]["slug"], "bitonto");
        let read = "{ territory(by: { slug: \"bitonto\" }) { mailbox viewerCanSeeMailbox } }";
        for (actor, seen) in [(&member, true), (&hub.steward().await, true), (&hub.stranger().await, false), (&Actor::Nobody, false)] {
            let told = hub.data(actor, read, json!({})).await["territory"].take();
            let address = if seen { json!("udp@bitonto.invalid") } else { json!(null) };
            assert_eq!(told, json!({ "mailbox": address, "viewerCanSeeMailbox": seen }));
        }
    }
}
