//! Who sees which requests, page by page, and at what cost.
use super::{Cast, opaque, practice, practice_with, request_in};
use crate::support::Hub;
use innesto::domain::{
    permission::{Actor, PracticeStatus},
    request::RequestState,
};
use serde_json::{Value, json};

async fn numbers(hub: &Hub, actor: &Actor, filter: Value) -> Vec<String> {
    let query = "query($filter: ReplicationRequestFilter) {
        replicationRequests(filter: $filter) { totalCount nodes { number } } }";
    let data = hub.data(actor, query, json!({ "filter": filter })).await["replicationRequests"].take();
    let nodes = data["nodes"].as_array().unwrap();
    assert_eq!(data["totalCount"], nodes.len());
    nodes.iter().map(|node| node["number"].as_str().unwrap()[9..].to_owned()).collect()
}

on_both! {
    async fn a_list_holds_what_its_viewer_may_see(hub: Hub) {
        let cast = Cast::of(&hub).await;
        request_in(&hub, &practice(&hub).await, RequestState::Draft, 3, |_| ()).await;
        request_in(&hub, &practice(&hub).await, RequestState::Sent, 2, |_| ()).await;
        request_in(&hub, &practice(&hub).await, RequestState::Withdrawn, 1, |r| r.sent_at = None).await;
        let nardo = hub.territory("ambito-nardo").await;
        let asked = practice(&hub).await;
        request_in(&hub, &asked, RequestState::Declined, 0, |r| r.requester = nardo).await;
        let all = json!({});
        assert_eq!(numbers(&hub, &cast.requester, all.clone()).await, ["0003", "0002", "0001"]);
        assert_eq!(numbers(&hub, &cast.owner, all.clone()).await, ["0004", "0002"]);
        assert_eq!(numbers(&hub, &cast.facilitator, all.clone()).await, ["0004", "0002"]);
        assert_eq!(numbers(&hub, &cast.steward, all.clone()).await, ["0004", "0002"]);
        assert_eq!(numbers(&hub, &cast.neighbour, all.clone()).await, ["0004"]);
        assert!(numbers(&hub, &cast.stranger, all.clone()).await.is_empty());
        assert!(numbers(&hub, &Actor::Nobody, all).await.is_empty());
        assert_eq!(numbers(&hub, &cast.owner, json!({ "states": ["SENT"] })).await, ["0002"]);
        assert_eq!(numbers(&hub, &cast.owner, json!({ "practice": opaque(asked.id) })).await, ["0004"]);
        assert_eq!(numbers(&hub, &cast.owner, json!({ "awaiting": "OWNER" })).await, ["0002"]);
        let received = json!({ "territory": opaque(nardo), "direction": "RECEIVED" });
        assert!(numbers(&hub, &cast.steward, received).await.is_empty());
    }

    async fn a_request_is_not_found_by_others(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let request = request_in(&hub, &practice(&hub).await, RequestState::Sent, 1, |_| ()).await;
        let query = "query($id: ID!, $number: String!) { node(id: $id) { id } replicationRequest(by: { number: $number }) { number } }";
        let variables = json!({ "id": opaque(request.id), "number": request.number });
        for (actor, seen) in [(&cast.requester, true), (&cast.owner, true), (&cast.facilitator, true), (&cast.steward, true),
            (&cast.neighbour, false), (&cast.stranger, false), (&Actor::Nobody, false)] {
            let data = hub.data(actor, query, variables.clone()).await;
            assert_eq!((!data["node"].is_null(), !data["replicationRequest"].is_null()), (seen, seen));
        }
    }

    async fn a_territory_shows_its_requests_to_its_own_and_to_staff(hub: Hub) {
        let cast = Cast::of(&hub).await;
        request_in(&hub, &practice(&hub).await, RequestState::Sent, 1, |_| ()).await;
        request_in(&hub, &practice(&hub).await, RequestState::Draft, 1, |_| ()).await;
        let query = "query($slug: String!) { territory(by: { slug: $slug }) { viewerCanSeeRequests
            requests { totalCount } sent: requests(direction: SENT, states: [SENT]) { totalCount } } }";
        let ask = async |actor: &Actor, slug: &str| {
            let data = hub.data(actor, query, json!({ "slug": slug })).await["territory"].take();
            (data["viewerCanSeeRequests"].clone(), data["requests"]["totalCount"].clone(), data["sent"]["totalCount"].clone())
        };
        assert_eq!(ask(&cast.requester, "ambito-troia").await, (json!(true), json!(2), json!(1)));
        assert_eq!(ask(&cast.owner, "bitonto").await, (json!(true), json!(1), json!(0)));
        assert_eq!(ask(&cast.facilitator, "ambito-troia").await, (json!(true), json!(1), json!(1)));
        assert_eq!(ask(&cast.owner, "ambito-troia").await, (json!(false), json!(null), json!(null)));
        assert_eq!(ask(&Actor::Nobody, "bitonto").await, (json!(false), json!(null), json!(null)));
    }

    async fn an_inbox_of_twenty_takes_few_statements(hub: Hub) {
        let cast = Cast::of(&hub).await;
        for n in 0..20 {
            let practice = practice_with(&hub, |_| ()).await;
            let state = [RequestState::Sent, RequestState::Expired, RequestState::InProgress, RequestState::Declined][n % 4];
            request_in(&hub, &practice, state, 1, |_| ()).await;
        }
        let lean = "{ replicationRequests(first: 20) { nodes { number state awaiting practice { title }
            requester { name } owner { name } } } }";
        hub.listen().await;
        let (data, statements) = hub.statements(hub.data(&cast.owner, lean, json!({}))).await;
        assert_eq!(data["replicationRequests"]["nodes"].as_array().unwrap().len(), 20);
        assert_eq!(statements, 2, "the requests, their practices");
        let rich = "{ replicationRequests(first: 20) { totalCount nodes { number viewerActions practice { title } deadlines { kind }
            timeline { step } requester { name } owner { name } } } }";
        let (_, statements) = hub.statements(hub.data(&cast.owner, rich, json!({}))).await;
        assert_eq!(statements, 6);
    }

    async fn who_is_declined_is_told_where_else_to_ask(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let (nardo, ambito) = (hub.territory("ambito-nardo").await, hub.territory("ambito-bitonto").await);
        let asked = practice(&hub).await;
        let one_target = practice_with(&hub, |p| { p.owner = nardo; p.targets = vec!["MINORS".into()]; }).await;
        let two_targets = practice_with(&hub, |p| p.owner = ambito).await;
        practice(&hub).await;
        practice_with(&hub, |p| { p.owner = nardo; p.support_open = false; }).await;
        practice_with(&hub, |p| { p.owner = nardo; (p.support_capacity, p.active_requests) = (1, 1); }).await;
        practice_with(&hub, |p| { p.owner = nardo; p.field = Some("ADMIN_PROCUREMENT".into()); }).await;
        practice_with(&hub, |p| { p.owner = nardo; p.status = PracticeStatus::Archived; }).await;
        let troia = hub.territory("ambito-troia").await;
        practice_with(&hub, |p| p.owner = troia).await;
        for (state, expected) in [
            (RequestState::Declined, json!([{ "id": opaque(two_targets.id) }, { "id": opaque(one_target.id) }])),
            (RequestState::Expired, json!([{ "id": opaque(two_targets.id) }, { "id": opaque(one_target.id) }])),
            (RequestState::Interrupted, json!([])),
        ] {
            let request = request_in(&hub, &asked, state, 1, |_| ()).await;
            let query = "query($number: String!) { replicationRequest(by: { number: $number }) { alternatives { id } } }";
            let data = hub.data(&cast.requester, query, json!({ "number": request.number })).await;
            assert_eq!(data["replicationRequest"]["alternatives"], expected, "{state:?}");
        }
    }

    async fn a_practice_shows_its_requests_to_its_owner_and_to_staff(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let asked = practice(&hub).await;
        request_in(&hub, &asked, RequestState::Sent, 1, |_| ()).await;
        let query = "query($id: ID!) { practice(by: { id: $id }) { viewerCanSeeRequests requests(states: [SENT]) { totalCount } } }";
        for (actor, seen) in [(&cast.owner, true), (&cast.facilitator, true), (&cast.requester, false), (&Actor::Nobody, false)] {
            let data = hub.data(actor, query, json!({ "id": opaque(asked.id) })).await["practice"].take();
            let count = if seen { json!({ "totalCount": 1 }) } else { json!(null) };
            assert_eq!((&data["viewerCanSeeRequests"], &data["requests"]), (&json!(seen), &count));
        }
    }
}
