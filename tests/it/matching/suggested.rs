//! What is suggested to a territory that asked for nothing.
use crate::support::Hub;
use innesto::{
    domain::{permission::Actor, practice::Practice},
    store::sql::sql,
};
use serde_json::json;

const SUGGESTED: &str = "query($slug: String!) { territory(by: { slug: $slug }) { suggestedPractices(first: 10) {
    practice { title } mentorOf { title } } } }";

async fn suggested(hub: &Hub, actor: &Actor, slug: &str) -> Vec<String> {
    let data = hub.data(actor, SUGGESTED, json!({ "slug": slug })).await;
    let all = data["territory"]["suggestedPractices"].as_array().unwrap();
    all.iter().map(|one| one["practice"]["title"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn a_territory_is_shown_what_is_like_its_own_and_not_what_it_has_already(hub: Hub) {
        hub.places().await;
        assert_eq!(suggested(&hub, &Actor::Nobody, "troia").await, [""; 0], "nothing is known of it");
        let others = |title: &str| Practice { field: Some("RESOURCE_OPT".into()), targets: vec!["OLDER_PEOPLE".into()], ..hub.sample(title) };
        hub.write("troia", hub.sample("Di Troia"), None).await;
        let copied = hub.write("bitonto", hub.sample("Copiata"), None).await;
        let asked = hub.write("ambito-troia", hub.sample("Chiesta"), None).await;
        hub.write("ambito-nardo", Practice { targets: vec!["OLDER_PEOPLE".into()], ..hub.sample("Stesso campo") }, None).await;
        hub.write("nardo", others("Altro"), None).await;
        let all = suggested(&hub, &Actor::Nobody, "troia").await;
        assert_eq!(all, ["Chiesta", "Copiata", "Stesso campo"]);
        // A draft of its own that comes from one of them is nobody else's business, nor is a request that it drafts.
        let draft = Practice { status: innesto::domain::permission::PracticeStatus::Draft, ..hub.sample("Bozza") };
        let draft = hub.write("troia", draft, None).await;
        let mut tx = hub.app.store.begin().await.unwrap();
        let edge = sql("INSERT INTO lineage_edge (child, parent, kind, note, declared_at) VALUES (").value(draft).text(", ");
        edge.value(copied).text(", 'ADAPTED', '', ").value(hub.app.clock.now()).text(")").run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let create = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code field message } } }";
        let member = hub.member("troia").await;
        hub.done(&member, create, json!({ "practice": asked.opaque(), "need": "Un doposcuola", "supportLevel": "DOCUMENTS" })).await;
        assert_eq!(suggested(&hub, &Actor::Nobody, "troia").await, all);
        assert_eq!(suggested(&hub, &hub.member("nardo").await, "troia").await, all);
        assert_eq!(suggested(&hub, &hub.steward().await, "troia").await, all);
        assert_eq!(suggested(&hub, &member, "troia").await, ["Stesso campo"]);
        // What it says it looks for goes before what it does.
        let need = hub.need(&member, "troia", "", &["OLDER_PEOPLE"]).await;
        let mut wanted = suggested(&hub, &Actor::Nobody, "troia").await;
        wanted.sort();
        assert_eq!(wanted, ["Altro", "Stesso campo"]);
        hub.close_need(&member, &need).await.unwrap();
        assert_eq!(suggested(&hub, &Actor::Nobody, "troia").await, all);
    }

    async fn who_copied_is_suggested_before_who_invented_where_it_is_nearer_in_size(hub: Hub) {
        hub.places().await;
        let with = |title: &str, evidence| Practice { evidence_level: evidence, ..hub.sample(title) };
        hub.write("troia", with("Di Troia", 2), None).await;
        let parent = hub.write("ambito-nardo", with("Madre", 4), None).await;
        let child = hub.write("nardo", with("Figlia", 2), None).await;
        let pairs = async || {
            let data = hub.data(&Actor::Nobody, SUGGESTED, json!({ "slug": "troia" })).await;
            let all = data["territory"]["suggestedPractices"].as_array().unwrap();
            all.iter().map(|one| json!([one["practice"]["title"], one["mentorOf"]["title"]])).collect::<Vec<_>>()
        };
        assert_eq!(pairs().await, [json!(["Madre", null]), json!(["Figlia", null])]);
        let (mut tx, now) = (hub.app.store.begin().await.unwrap(), hub.app.clock.now());
        let edge = sql("INSERT INTO lineage_edge (child, parent, kind, note, declared_at, confirmed_at) VALUES (");
        let edge = edge.value(child).text(", ").value(parent).text(", 'ADAPTED', '', ").value(now).text(", ").value(now);
        edge.text(")").run(&mut tx).await.unwrap();
        tx.commit(now).await.unwrap();
        assert_eq!(pairs().await, [json!(["Figlia", "Madre"]), json!(["Madre", null])]);
    }

    async fn a_request_that_is_sent_is_in_the_score_at_once(hub: Hub) {
        hub.places().await;
        let sample = Practice { support_capacity: 1, ..hub.sample("Doposcuola") };
        let practice = hub.write("bitonto", sample, None).await;
        let query = "query($need: NeedInput!) { match(need: $need) { load { openRequests factor sentence } } }";
        let load = async || {
            let data = hub.data(&Actor::Nobody, query, json!({ "need": { "targets": ["MINORS"] } })).await;
            (data["match"][0]["load"]["openRequests"].clone(), data["match"][0]["load"]["factor"].clone())
        };
        assert_eq!(load().await, (json!(0), json!(1.0)));
        let member = hub.member("troia").await;
        let create = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
            replicationRequest { id version } userErrors { code field message } } }";
        let request = hub.done(&member, create, json!({ "practice": practice.opaque(), "need": "Un doposcuola", "supportLevel": "DOCUMENTS" })).await;
        let send = "mutation($input: SendReplicationRequestInput!) { sendReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code field message } } }";
        hub.done(&member, send, json!({ "id": request["replicationRequest"]["id"], "expectedVersion": request["replicationRequest"]["version"] })).await;
        assert_eq!(load().await, (json!(1), json!(0.7)));
    }
}
