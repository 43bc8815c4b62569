//! How territories answer: told from what they really did, to everybody, in one statement however many are asked about.
use crate::{
    requests::{Cast, document, opaque, practice},
    support::Hub,
};
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

const DRAFT: &str = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
    replicationRequest { id } userErrors { code } } }";
const LOOK: &str =
    "{ territory(by: { slug: \"bitonto\" }) { responsiveness { countedSince requestsReceived requestsJudged
    acknowledgedInTime acknowledgedInTimeShare requestsAnswered medianDaysToAnswer isSmallSample } } }";

async fn told(hub: &Hub) -> Value {
    hub.data(&Actor::Nobody, LOOK, json!({})).await["territory"]["responsiveness"].take()
}

/// A request of Troia to Bitonto, sent now.
async fn sent(hub: &Hub, cast: &Cast) -> Value {
    let input = json!({ "practice": opaque(practice(hub).await.id), "need": "Serve", "supportLevel": "DOCUMENTS" });
    let id = hub.done(&cast.requester, DRAFT, input).await["replicationRequest"]["id"].take();
    hub.done(&cast.requester, &document("sendReplicationRequest"), json!({ "id": id })).await;
    id
}

on_both! {
    async fn it_is_told_from_what_was_sent_noted_and_answered(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let day = |days: i64| hub.app.clock.advance_seconds(days * 86_400);
        assert_eq!(told(&hub).await, json!(null));
        let (quick, slow, taken_back) = (sent(&hub, &cast).await, sent(&hub, &cast).await, sent(&hub, &cast).await);
        let own = json!({ "id": taken_back, "reason": "NEED_GONE", "note": "Non serve più" });
        hub.done(&cast.requester, &document("withdrawReplicationRequest"), own).await;
        assert_eq!(told(&hub).await, json!({
            "countedSince": "2024-03-02T09:00:00Z", "requestsReceived": 3, "requestsJudged": 0, "acknowledgedInTime": 0,
            "acknowledgedInTimeShare": null, "requestsAnswered": 0, "medianDaysToAnswer": null, "isSmallSample": true,
        }));
        day(3);
        hub.done(&cast.owner, &document("acknowledgeReplicationRequest"), json!({ "id": quick })).await;
        day(1);
        let own = json!({ "id": quick, "supportLevel": "DOCUMENTS", "mentor": opaque(cast.mentor), "firstDate": "2026-03-16" });
        hub.done(&cast.owner, &document("acceptReplicationRequest"), own).await;
        // Ten working days after Monday 2 March are over on Monday 16.
        day(11);
        hub.done(&cast.owner, &document("declineReplicationRequest"), json!({ "id": slow, "reason": "NO_CAPACITY" })).await;
        assert_eq!(told(&hub).await, json!({
            "countedSince": "2024-03-17T09:00:00Z", "requestsReceived": 3, "requestsJudged": 2, "acknowledgedInTime": 1,
            "acknowledgedInTimeShare": 0.5, "requestsAnswered": 2, "medianDaysToAnswer": 9.5, "isSmallSample": true,
        }));
        day(731);
        assert_eq!(told(&hub).await, json!(null), "what is older than two years is not counted");
    }

    async fn a_list_of_territories_asks_once_for_all(hub: Hub) {
        let cast = Cast::of(&hub).await;
        sent(&hub, &cast).await;
        hub.listen().await;
        let query = "{ territories { nodes { slug responsiveness { requestsReceived } } } }";
        let (data, statements) = hub.statements(hub.data(&Actor::Nobody, query, json!({}))).await;
        assert_eq!(statements, 1);
        let nodes = data["territories"]["nodes"].as_array().unwrap();
        let answering: Vec<_> = nodes.iter().filter(|node| !node["responsiveness"].is_null()).collect();
        assert_eq!(answering, [&json!({ "slug": "bitonto", "responsiveness": { "requestsReceived": 1 } })]);
    }
}
