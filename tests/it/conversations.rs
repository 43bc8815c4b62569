//! Conversations: only the two territories see them, messages keep their order, what is taken back leaves a mark.
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

use crate::support::Hub;

const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id subject messagesCount } userErrors { code field message } } }";
const POST: &str = "mutation($input: PostMessageInput!) { postMessage(input: $input) {
    message { id position } userErrors { code field message } } }";
const RETRACT: &str = "mutation($input: RetractMessageInput!) { retractMessage(input: $input) {
    message { id position body { source } retractedAt viewerActions } userErrors { code field message } } }";
const READ: &str = "mutation($input: MarkConversationReadInput!) { markConversationRead(input: $input) {
    conversation { unreadCount } userErrors { code field message } } }";
const INBOX: &str = "query($territory: ID, $first: Int, $after: String) {
    viewerConversations(territory: $territory, first: $first, after: $after) {
        totalCount nodes { subject unreadCount } pageInfo { hasNextPage endCursor } } }";

async fn id(hub: &Hub, slug: &str) -> Value {
    hub.data(&Actor::Nobody, "query($slug: String!) { territory(by: { slug: $slug }) { id } }", json!({ "slug": slug }))
        .await["territory"]["id"]
        .take()
}

/// A conversation of Troia with Bitonto, begun by a member of Troia: its id.
async fn begin(hub: &Hub, troia: &Actor) -> Value {
    let input = json!({ "from": id(hub, "troia").await, "to": id(hub, "bitonto").await, "subject": "Una domanda", "body": "Buongiorno" });
    hub.done(troia, START, input).await["conversation"]["id"].take()
}

async fn post(hub: &Hub, who: &Actor, conversation: &Value, body: &str) -> Value {
    hub.done(who, POST, json!({ "conversation": conversation, "body": body })).await["message"].take()
}

async fn unread(hub: &Hub, who: &Actor, conversation: &Value) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Conversation { unreadCount } } }";
    hub.data(who, query, json!({ "id": conversation })).await["node"]["unreadCount"].take()
}

on_both! {
    async fn two_territories_talk_and_both_read_it_in_order(hub: Hub) {
        let (troia, bitonto) = (hub.member("troia").await, hub.member("bitonto").await);
        let talk = begin(&hub, &troia).await;
        assert_eq!(post(&hub, &bitonto, &talk, "Dite **pure**").await["position"], 2);
        let query = "query($id: ID!) { node(id: $id) { ... on Conversation {
            subject parties { slug } messagesCount lastMessage { position } viewerActions
            messages { totalCount nodes { position onBehalfOf { slug } body { source html } retractedAt viaEmail viewerActions } } } } }";
        let seen = hub.data(&troia, query, json!({ "id": talk })).await["node"].take();
        assert_eq!(seen, json!({
            "subject": "Una domanda", "parties": [{ "slug": "troia" }, { "slug": "bitonto" }], "messagesCount": 2,
            "lastMessage": { "position": 2 }, "viewerActions": ["POST_MESSAGE", "MARK_CONVERSATION_READ"],
            "messages": { "totalCount": 2, "nodes": [
                { "position": 1, "onBehalfOf": { "slug": "troia" }, "body": { "source": "Buongiorno", "html": "<p>Buongiorno</p>\n" },
                  "retractedAt": null, "viaEmail": false, "viewerActions": ["RETRACT_MESSAGE"] },
                { "position": 2, "onBehalfOf": { "slug": "bitonto" }, "body": { "source": "Dite **pure**", "html": "<p>Dite <strong>pure</strong></p>\n" },
                  "retractedAt": null, "viaEmail": false, "viewerActions": [] } ] } }));
    }

    async fn it_says_what_it_is_about(hub: Hub) {
        let troia = hub.member("troia").await;
        let practice = crate::requests::practice(&hub).await;
        let input = json!({ "from": id(&hub, "troia").await, "to": id(&hub, "bitonto").await, "subject": "Una domanda",
            "body": "Buongiorno", "practice": crate::requests::opaque(practice.id) });
        let about = "{ viewerConversations { nodes { about { __typename ... on Practice { title } ... on ReplicationRequest { number } } } } }";
        let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) { userErrors { code field } } }";
        begin(&hub, &troia).await;
        hub.app.clock.advance_seconds(1);
        hub.done(&troia, start, input).await;
        hub.app.clock.advance_seconds(1);
        let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) { replicationRequest { id } userErrors { code } } }";
        let input = json!({ "practice": crate::requests::opaque(practice.id), "need": "Serve", "supportLevel": "FULL" });
        let request = hub.done(&troia, draft, input).await["replicationRequest"]["id"].take();
        hub.done(&troia, &crate::requests::document("sendReplicationRequest"), json!({ "id": request })).await;
        let seen = hub.data(&troia, about, json!({})).await["viewerConversations"]["nodes"].take();
        assert_eq!(seen, json!([
            { "about": { "__typename": "ReplicationRequest", "number": "REQ-2026-0001" } },
            { "about": { "__typename": "Practice", "title": "In.Con.Tra" } },
            { "about": null },
        ]));
    }

    async fn nobody_else_finds_it(hub: Hub) {
        let troia = hub.member("troia").await;
        let talk = begin(&hub, &troia).await;
        let message = post(&hub, &troia, &talk, "Segreto").await["id"].take();
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let mut strangers = vec![hub.stranger().await, hub.member("nardo").await, hub.member("ambito-troia").await];
        strangers.extend([hub.facilitator().await, hub.steward().await]);
        for who in &strangers {
            assert_eq!(hub.data(who, query, json!({ "ids": [talk, message] })).await["nodes"], json!([null, null]));
            assert_eq!(hub.refused(who, POST, json!({ "conversation": talk, "body": "Ciao" })).await, "NOT_FOUND");
            assert_eq!(hub.refused(who, READ, json!({ "conversation": talk, "upTo": 1 })).await, "NOT_FOUND");
            assert_eq!(hub.refused(who, RETRACT, json!({ "message": message })).await, "NOT_FOUND");
        }
        assert_eq!(hub.data(&Actor::Nobody, query, json!({ "ids": [talk, message] })).await["nodes"], json!([null, null]));
        assert_eq!(hub.refused(&Actor::Nobody, POST, json!({ "conversation": talk, "body": "Ciao" })).await, "SIGN_IN_NEEDED");
        assert_eq!(hub.refused(&Actor::Nobody, READ, json!({ "conversation": talk, "upTo": 1 })).await, "SIGN_IN_NEEDED");
        assert_eq!(hub.refused(&Actor::Nobody, RETRACT, json!({ "message": message })).await, "SIGN_IN_NEEDED");
        let answer = hub.ask(&Actor::Nobody, INBOX, json!({})).await;
        assert_eq!((&answer["data"]["viewerConversations"], &answer["errors"][0]["extensions"]["code"]), (&json!(null), &json!("SIGN_IN_NEEDED")));
        let answer = hub.ask(&strangers[1], INBOX, json!({ "territory": id(&hub, "troia").await })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
        assert_eq!(hub.data(&strangers[0], INBOX, json!({})).await["viewerConversations"]["nodes"], json!([]));
    }

    async fn what_cannot_begin_is_refused_by_field(hub: Hub) {
        let (troia, bitonto) = (id(&hub, "troia").await, id(&hub, "bitonto").await);
        let who = hub.member("troia").await;
        let good = json!({ "from": troia, "to": bitonto, "subject": "Una domanda", "body": "Buongiorno" });
        for (change, code, field) in [
            (json!({ "subject": "  " }), "REQUIRED", "subject"),
            (json!({ "subject": "x".repeat(151) }), "TOO_LONG", "subject"),
            (json!({ "body": " \n " }), "REQUIRED", "body"),
            (json!({ "body": "x".repeat(10_001) }), "TOO_LONG", "body"),
            (json!({ "to": troia }), "INVALID", "to"),
            (json!({ "to": "VGVycml0b3J5OgAAAAAAAAAAAAAAAAAAAAA" }), "NOT_FOUND", "to"),
            (json!({ "practice": "UHJhY3RpY2U6AAAAAAAAAAAAAAAAAAAAAA" }), "NOT_FOUND", "practice"),
            (json!({ "from": bitonto, "to": troia }), "FORBIDDEN", "from"),
            (json!({ "idempotencyKey": " " }), "REQUIRED", "idempotencyKey"),
        ] {
            let mut input = good.clone();
            for (name, value) in change.as_object().unwrap() { input[name] = value.clone(); }
            let payload = hub.data(&who, START, json!({ "input": input })).await["startConversation"].take();
            assert_eq!((&payload["userErrors"][0]["code"], &payload["userErrors"][0]["field"]), (&json!(code), &json!([field])), "{change}");
        }
        assert_eq!(hub.refused(&Actor::Nobody, START, good).await, "SIGN_IN_NEEDED");
        assert_eq!(hub.data(&who, INBOX, json!({})).await["viewerConversations"]["totalCount"], 0);
    }

    async fn one_writes_only_for_a_party_one_belongs_to(hub: Hub) {
        let troia = hub.member("troia").await;
        let talk = begin(&hub, &troia).await;
        for slug in ["bitonto", "nardo"] {
            let input = json!({ "conversation": talk, "onBehalfOf": id(&hub, slug).await, "body": "Ciao" });
            assert_eq!(hub.refused(&troia, POST, input).await, "FORBIDDEN", "{slug}");
        }
        assert_eq!(hub.refused(&troia, POST, json!({ "conversation": talk, "body": "x".repeat(10_001) })).await, "TOO_LONG");
        assert_eq!(hub.refused(&troia, POST, json!({ "conversation": talk, "body": "" })).await, "REQUIRED");
        let input = json!({ "conversation": talk, "onBehalfOf": id(&hub, "troia").await, "body": "x".repeat(10_000) });
        assert_eq!(hub.done(&troia, POST, input).await["message"]["position"], 2);
    }

    async fn twenty_messages_at_once_get_the_positions_without_gaps(hub: Hub) {
        let (troia, bitonto) = (hub.member("troia").await, hub.member("bitonto").await);
        let talk = begin(&hub, &troia).await;
        let sent = futures_util::future::join_all((0..20).map(|n| {
            let (hub, talk) = (&hub, &talk);
            let who = if n % 2 == 0 { &troia } else { &bitonto };
            async move { post(hub, who, talk, &format!("Messaggio {n}")).await["position"].as_i64().unwrap() }
        })).await;
        let mut positions = sent;
        positions.sort_unstable();
        assert_eq!(positions, (2..=21).collect::<Vec<_>>());
        let query = "query($id: ID!) { node(id: $id) { ... on Conversation { messagesCount lastMessageAt messages(last: 30) { nodes { position sentAt } } } } }";
        let seen = hub.data(&troia, query, json!({ "id": talk })).await["node"].take();
        let positions: Vec<_> = seen["messages"]["nodes"].as_array().unwrap().iter().map(|m| m["position"].as_i64().unwrap()).collect();
        assert_eq!((positions, &seen["messagesCount"]), ((1..=21).collect::<Vec<_>>(), &json!(21)));
        assert_eq!(seen["lastMessageAt"], seen["messages"]["nodes"][20]["sentAt"]);
    }

    async fn a_repeated_click_writes_one_message(hub: Hub) {
        let troia = hub.member("troia").await;
        let talk = begin(&hub, &troia).await;
        let input = json!({ "conversation": talk, "body": "Una volta sola", "idempotencyKey": "k1" });
        let twice = futures_util::future::join_all((0..5).map(|_| hub.done(&troia, POST, input.clone()))).await;
        assert!(twice.iter().all(|done| done["message"] == twice[0]["message"] && done["message"]["position"] == 2));
        let other = json!({ "conversation": talk, "body": "Altro", "idempotencyKey": "k1" });
        assert_eq!(hub.refused(&troia, POST, other).await, "KEY_REUSED");
        let start = json!({ "from": id(&hub, "troia").await, "to": id(&hub, "nardo").await, "subject": "Ciao", "body": "Ciao", "idempotencyKey": "k2" });
        let one = hub.done(&troia, START, start.clone()).await;
        assert_eq!(hub.done(&troia, START, start).await, one);
        assert_eq!(hub.data(&troia, INBOX, json!({})).await["viewerConversations"]["totalCount"], 2);
    }

    async fn what_is_unread_is_counted_for_each_person_and_ones_own_words_are_not(hub: Hub) {
        let (troia, colleague, bitonto) = (hub.member("troia").await, hub.member("troia").await, hub.member("bitonto").await);
        let talk = begin(&hub, &troia).await;
        post(&hub, &bitonto, &talk, "Due").await;
        let third = post(&hub, &bitonto, &talk, "Tre").await["id"].take();
        assert_eq!([unread(&hub, &troia, &talk).await, unread(&hub, &colleague, &talk).await, unread(&hub, &bitonto, &talk).await], [2, 3, 1]);
        assert_eq!(hub.done(&troia, READ, json!({ "conversation": talk, "upTo": 2 })).await["conversation"]["unreadCount"], 1);
        assert_eq!(hub.done(&troia, READ, json!({ "conversation": talk, "upTo": 1 })).await["conversation"]["unreadCount"], 1);
        let badge = "query($slug: String!) { territory(by: { slug: $slug }) { viewerUnreadMessages } }";
        assert_eq!(hub.data(&colleague, badge, json!({ "slug": "troia" })).await["territory"]["viewerUnreadMessages"], 3);
        hub.done(&bitonto, RETRACT, json!({ "message": third })).await;
        assert_eq!(unread(&hub, &troia, &talk).await, 0);
        assert_eq!(hub.done(&colleague, READ, json!({ "conversation": talk, "upTo": 999 })).await["conversation"]["unreadCount"], 0);
        post(&hub, &bitonto, &talk, "Quattro").await;
        assert_eq!(unread(&hub, &colleague, &talk).await, 1);
        assert_eq!(hub.refused(&colleague, READ, json!({ "conversation": talk, "upTo": -1 })).await, "INVALID");
        assert_eq!(hub.data(&colleague, badge, json!({ "slug": "troia" })).await["territory"]["viewerUnreadMessages"], 1);
        assert_eq!(hub.data(&colleague, badge, json!({ "slug": "bitonto" })).await["territory"]["viewerUnreadMessages"], json!(null));
    }

    async fn a_message_is_taken_back_by_its_author_within_a_quarter_of_an_hour_and_leaves_a_mark(hub: Hub) {
        let (troia, colleague, bitonto) = (hub.member("troia").await, hub.member("troia").await, hub.member("bitonto").await);
        let talk = begin(&hub, &troia).await;
        let message = post(&hub, &troia, &talk, "Ops").await["id"].take();
        let late = post(&hub, &troia, &talk, "Tardi").await["id"].take();
        for other in [&colleague, &bitonto] {
            assert_eq!(hub.refused(other, RETRACT, json!({ "message": message })).await, "FORBIDDEN");
        }
        let clicks = futures_util::future::join_all((0..4).map(|_| hub.data(&troia, RETRACT, json!({ "input": { "message": message } })))).await;
        let won: Vec<_> = clicks.iter().filter(|click| click["retractMessage"]["message"] != json!(null)).collect();
        assert_eq!(won.len(), 1);
        let gone = &won[0]["retractMessage"]["message"];
        assert_eq!((&gone["position"], &gone["body"], &gone["viewerActions"]), (&json!(2), &json!(null), &json!([])));
        assert_eq!(gone["retractedAt"], "2026-03-02T09:00:00Z");
        let query = "query($id: ID!) { node(id: $id) { ... on Conversation { messages { nodes { position body { source } retractedAt } } } } }";
        let seen = hub.data(&bitonto, query, json!({ "id": talk })).await["node"]["messages"]["nodes"].take();
        assert_eq!(seen[1], json!({ "position": 2, "body": null, "retractedAt": "2026-03-02T09:00:00Z" }));
        assert_eq!(hub.refused(&troia, RETRACT, json!({ "message": message })).await, "WRONG_STATE");
        hub.app.clock.advance_seconds(15 * 60 + 1);
        assert_eq!(hub.refused(&troia, RETRACT, json!({ "message": late })).await, "TOO_LATE");
        let log = innesto::store::events::after(&hub.app.store, 0, 100).await.unwrap();
        assert!(!serde_json::to_string(&log.iter().map(|event| &event.data).collect::<Vec<_>>()).unwrap().contains("Ops"));
    }

    async fn the_inbox_shows_the_latest_first_in_few_statements(hub: Hub) {
        let (troia, bitonto) = (hub.member("troia").await, hub.member("bitonto").await);
        let (from, to) = (id(&hub, "troia").await, id(&hub, "bitonto").await);
        let mut talks = Vec::new();
        for n in 0..12 {
            hub.app.clock.advance_seconds(1);
            let input = json!({ "from": from, "to": to, "subject": format!("Tema {n}"), "body": "Buongiorno" });
            talks.push(hub.done(&troia, START, input).await["conversation"]["id"].take());
        }
        hub.app.clock.advance_seconds(1);
        post(&hub, &bitonto, &talks[3], "Rispondo").await;
        let one = hub.data(&troia, INBOX, json!({ "territory": from, "first": 2 })).await["viewerConversations"].take();
        assert_eq!((&one["totalCount"], &one["nodes"]), (&json!(12), &json!([{ "subject": "Tema 3", "unreadCount": 1 }, { "subject": "Tema 11", "unreadCount": 0 }])));
        let two = hub.data(&troia, INBOX, json!({ "first": 2, "after": one["pageInfo"]["endCursor"] })).await["viewerConversations"].take();
        assert_eq!(two["nodes"][0]["subject"], "Tema 10");
        let query = "{ viewerConversations { totalCount nodes { id subject parties { name } unreadCount lastMessage { body { source } onBehalfOf { name } }
            messages(last: 1) { totalCount nodes { body { source } } pageInfo { hasPreviousPage hasNextPage } } } } }";
        hub.listen().await;
        let (seen, statements) = hub.statements(hub.data(&bitonto, query, json!({}))).await;
        assert_eq!(seen["viewerConversations"]["nodes"].as_array().unwrap().len(), 12);
        assert_eq!(statements, 5, "count, list, unread, last message, last messages");
        let two = json!({ "totalCount": 2, "nodes": [{ "body": { "source": "Rispondo" } }], "pageInfo": { "hasPreviousPage": true, "hasNextPage": false } });
        assert_eq!(seen["viewerConversations"]["nodes"][0]["messages"], two);
        let query = "{ viewerConversations(first: 2) { nodes { messages(first: 1) { nodes { body { source } } pageInfo { hasPreviousPage hasNextPage } } } } }";
        let begun = hub.data(&bitonto, query, json!({})).await["viewerConversations"]["nodes"].take();
        let page = |next| json!({ "messages": { "nodes": [{ "body": { "source": "Buongiorno" } }], "pageInfo": { "hasPreviousPage": false, "hasNextPage": next } } });
        assert_eq!(begun, json!([page(true), page(false)]));
    }
}
