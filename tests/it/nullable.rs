//! A field that may be null and fails takes itself away, with an error that names it, and leaves everything beside it.
use crate::requests::opaque;
use async_graphql::Request;
use innesto::{
    domain::{permission::Actor, text::Language},
    graphql::{Ask, complete},
    service::search,
    store::sql::sql,
};
use serde_json::{Value, json};

fn paths(answer: &Value) -> Vec<(&Value, &Value)> {
    let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{answer}"));
    errors.iter().map(|error| (&error["path"], &error["extensions"]["code"])).collect()
}

on_both! {
    async fn a_bad_argument_costs_only_its_field(hub: Hub) {
        let query = "query($id: ID!) {
            unknown: practice(by: { id: \"nonsense\" }) { title }
            nodes(ids: [$id, \"nonsense\", $id]) { id }
            node(id: \"nonsense\") { id }
            viewerConversations { totalCount }
            territory(by: { slug: \"bitonto\" }) { slug practices(first: 101) { totalCount } contacts(first: 2) { totalCount } }
        }";
        let id = opaque(hub.territory("bitonto").await);
        let answer = hub.ask(&Actor::Nobody, query, json!({ "id": id })).await;
        assert_eq!(answer["data"], json!({
            "unknown": null,
            "nodes": [{ "id": id }, null, { "id": id }],
            "node": null,
            "viewerConversations": null,
            "territory": { "slug": "bitonto", "practices": null, "contacts": { "totalCount": 0 } },
        }));
        let told = paths(&answer);
        for (path, code) in [
            (json!(["unknown"]), "BAD_ARGUMENT"),
            (json!(["nodes", 1]), "BAD_ARGUMENT"),
            (json!(["node"]), "BAD_ARGUMENT"),
            (json!(["viewerConversations"]), "SIGN_IN_NEEDED"),
            (json!(["territory", "practices"]), "BAD_ARGUMENT"),
        ] {
            assert!(told.contains(&(&path, &json!(code))), "{path} in {told:?}");
        }
        assert_eq!(told.len(), 5);
    }

    async fn a_fault_costs_only_the_fields_that_need_what_is_broken(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("ALTER TABLE invitation RENAME TO broken").run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let query = "{ territory(by: { slug: \"bitonto\" }) { slug invitations { nodes { name } } members { totalCount } } }";
        let answer = hub.ask(&coordinator, query, json!({})).await;
        let left = json!({ "territory": { "slug": "bitonto", "invitations": null, "members": { "totalCount": 1 } } });
        assert_eq!(answer["data"], left);
        assert_eq!(paths(&answer), [(&json!(["territory", "invitations"]), &json!("INTERNAL"))]);
        assert_eq!(answer["errors"][0]["extensions"]["requestId"], "test");
    }

    async fn a_variable_that_is_left_out_is_an_argument_that_is_left_out(hub: Hub) {
        let query = "query($first: Int) { territory(by: { slug: \"bitonto\" }) { expertise(first: $first) { score } }
            search(query: \"bitonto\") { territories(first: $first) { slug } } match(need: { text: \"prova\" }, first: $first) { score } }";
        search::catch_up(&hub.app).await.unwrap();
        let said = hub.ask(&Actor::Nobody, query, json!({})).await;
        assert_eq!(said["errors"], Value::Null);
        assert_eq!(said["data"]["search"]["territories"], json!([{ "slug": "ambito-bitonto" }, { "slug": "bitonto" }]));
        let wrong = hub.ask(&Actor::Nobody, query, json!({ "first": 51 })).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
    }

    async fn an_error_says_where_it_happened_however_deep(hub: Hub) {
        search::catch_up(&hub.app).await.unwrap();
        for (query, path) in [
            ("{ territory(by: { slug: \"bitonto\" }) { expertise(first: 0) { score } } }", json!(["territory", "expertise"])),
            ("{ territories(first: 2) { nodes { slug expertise(first: 0) { score } } } }", json!(["territories", "nodes", 0, "expertise"])),
            ("{ territory(by: { slug: \"bitonto\" }) { suggestedPractices(first: 0) { score } } }", json!(["territory", "suggestedPractices"])),
        ] {
            let ask = Ask::new(&hub.app, Actor::Nobody, Language::It, "test".into());
            let mut answer = hub.schema.execute(Request::new(query).data(ask)).await;
            complete(&mut answer, "test");
            let answer = serde_json::to_value(answer).unwrap();
            assert_eq!(answer["errors"][0]["path"], path, "{answer}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_ARGUMENT", "{answer}");
            assert_eq!(answer["errors"][0]["extensions"].as_object().unwrap().len(), 2, "code and requestId: {answer}");
        }
    }
}
