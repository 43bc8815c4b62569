//! What waits for whom: over all territories and roles, the most urgent first.
use crate::{
    requests::{practice, practice_with, request_in},
    support::Hub,
};
use innesto::domain::{
    permission::{Actor, Member, PracticeStatus, Scope},
    request::RequestState,
};
use serde_json::{Value, json};

const TASKS: &str = "query($kinds: [TaskKind!], $first: Int, $after: String) {
    viewerTasks(kinds: $kinds, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { kind dueAt overdue since territory { slug } subject { __typename id } } } }";

async fn kinds(hub: &Hub, actor: &Actor) -> Vec<Value> {
    let seen = hub.data(actor, TASKS, json!({})).await["viewerTasks"].take();
    let nodes = seen["nodes"].as_array().unwrap();
    assert_eq!(seen["totalCount"], nodes.len());
    nodes.iter().map(|node| node["kind"].clone()).collect()
}

on_both! {
    async fn everybody_sees_what_waits_for_them_and_nothing_else(hub: Hub) {
        let troia = hub.territory("troia").await;
        let (owner, requester) = (hub.member("bitonto").await, hub.member("troia").await);
        let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
            conversation { id } userErrors { code } } }";
        let sides = (hub.territory_id("troia").await, hub.territory_id("bitonto").await);
        let input = json!({ "from": sides.0, "to": sides.1, "subject": "Una domanda", "body": "Buongiorno" });
        hub.done(&requester, start, input).await;
        for (state, n) in [(RequestState::Sent, 1), (RequestState::Accepted, 2), (RequestState::Declined, 3)] {
            let asked = practice(&hub).await;
            request_in(&hub, &asked, state, n, |r| r.requester = troia).await;
        }
        practice_with(&hub, |p| (p.status, p.published_at) = (PracticeStatus::UnderReview, None)).await;
        practice_with(&hub, |p| {
            (p.status, p.published_at) = (PracticeStatus::Draft, None);
            p.review_note = "Manca il costo.".into();
        })
        .await;
        practice_with(&hub, |p| (p.status, p.published_at) = (PracticeStatus::Draft, None)).await;
        let mut own = kinds(&hub, &owner).await;
        own.sort_by_key(ToString::to_string);
        assert_eq!(own, ["CONVERSATION_UNREAD", "PRACTICE_RETURNED", "REQUEST_TURN"]);
        assert_eq!(kinds(&hub, &requester).await, ["REQUEST_TURN"]);
        assert_eq!(kinds(&hub, &hub.steward().await).await, ["PRACTICE_TO_REVIEW"]);
        assert_eq!(kinds(&hub, &hub.stranger().await).await, Vec::<Value>::new());
        let Actor::Person(member) = owner.clone() else { unreachable!() };
        let token = Actor::Person(Member { scopes: Some(vec![Scope::ReadPublic]), ..member });
        assert_eq!(kinds(&hub, &token).await, Vec::<Value>::new());
        let nobody = hub.ask(&Actor::Nobody, "{ viewerTasks { nodes { kind } } }", json!({})).await;
        assert_eq!((&nobody["data"]["viewerTasks"], &nobody["errors"][0]["extensions"]["code"]), (&json!(null), &json!("SIGN_IN_NEEDED")));
        let only = hub.data(&owner, TASKS, json!({ "kinds": ["REQUEST_TURN"] })).await["viewerTasks"].take();
        let task = &only["nodes"][0];
        assert_eq!((&task["territory"]["slug"], &task["subject"]["__typename"], &task["overdue"]), (&json!("bitonto"), &json!("ReplicationRequest"), &json!(false)));
    }

    async fn tasks_come_by_their_day_page_by_page_in_a_fixed_number_of_statements(hub: Hub) {
        let (troia, owner) = (hub.territory("troia").await, hub.member("bitonto").await);
        for _ in 1..=5 {
            let asked = practice(&hub).await;
            request_in(&hub, &asked, RequestState::Sent, 0, |r| r.requester = troia).await;
            hub.app.clock.advance_seconds(86_400);
        }
        practice_with(&hub, |p| {
            (p.status, p.published_at) = (PracticeStatus::Draft, None);
            p.review_note = "Manca il costo.".into();
        })
        .await;
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let page = hub.data(&owner, TASKS, json!({ "first": 2, "after": after })).await["viewerTasks"].take();
            seen.extend(page["nodes"].as_array().unwrap().clone());
            if page["pageInfo"]["hasNextPage"] == false { break; }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!((seen.len(), &seen[5]["kind"]), (6, &json!("PRACTICE_RETURNED")));
        let since: Vec<&str> = seen[..5].iter().map(|task| task["since"].as_str().unwrap()).collect();
        assert!(since.is_sorted(), "{since:?}");
        let query = "{ viewerTasks { nodes { kind dueAt subject { id } } } }";
        let (_, statements) = hub.statements(hub.data(&owner, query, json!({}))).await;
        assert_eq!(statements, 3);
    }

    async fn what_stands_still_is_listed_the_longest_wait_first(hub: Hub) {
        let (troia, facilitator) = (hub.territory("troia").await, hub.facilitator().await);
        for _ in 1..=3 {
            let asked = practice(&hub).await;
            request_in(&hub, &asked, RequestState::Sent, 0, |r| r.requester = troia).await;
            hub.app.clock.advance_seconds(20 * 86_400);
        }
        let asked = practice(&hub).await;
        request_in(&hub, &asked, RequestState::Declined, 4, |r| r.requester = troia).await;
        let query = "query($filter: ReplicationRequestFilter, $by: ReplicationRequestOrder!) {
            replicationRequests(filter: $filter, orderBy: $by) { totalCount nodes { number awaiting awaitingSince } } }";
        let list = async |actor: &Actor, filter: Value| {
            let seen = hub.data(actor, query, json!({ "filter": filter, "by": "WAITING" })).await["replicationRequests"].take();
            let nodes = seen["nodes"].as_array().unwrap().clone();
            assert_eq!(seen["totalCount"], nodes.len());
            nodes.iter().map(|node| node["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let all = list(&facilitator, json!({})).await;
        assert_eq!(all.len(), 3);
        assert_eq!(list(&facilitator, json!({ "waitingMoreThanDays": 30 })).await, all[..2]);
        assert_eq!(list(&hub.member("bitonto").await, json!({ "awaitingViewer": true })).await, all);
        assert_eq!(list(&hub.member("troia").await, json!({ "awaitingViewer": true })).await, Vec::<String>::new());
        let (late, well) = (list(&facilitator, json!({ "overdue": true })).await, list(&facilitator, json!({ "overdue": false })).await);
        assert_eq!(late.len() + well.len(), 3);
        let wrong = hub.ask(&facilitator, query, json!({ "filter": { "waitingMoreThanDays": -1 }, "by": "WAITING" })).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
    }
}
