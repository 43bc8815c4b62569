//! Territories and vocabularies as clients read them.
use innesto::domain::permission::Actor;
use serde_json::json;

on_both! {
    async fn a_territory_is_found_by_any_of_its_names_in_any_spelling(hub: Hub) {
        let query = "query($by: TerritoryKey!) { territory(by: $by) { __typename slug fullName } }";
        for (key, slug) in [
            (json!({ "name": "Nardò" }), "ambito-nardo"),
            (json!({ "name": "nardo" }), "ambito-nardo"),
            (json!({ "name": "COMUNE DI NARDO'" }), "nardo"),
            (json!({ "istatCode": "072011" }), "bitonto"),
            (json!({ "slug": "ambito-troia" }), "ambito-troia"),
        ] {
            let data = hub.data(&Actor::Nobody, query, json!({ "by": key })).await;
            assert_eq!(data["territory"]["slug"], slug, "{key}");
        }
        let data = hub.data(&Actor::Nobody, query, json!({ "by": { "name": "Atlantide" } })).await;
        assert_eq!(data["territory"], json!(null));
    }

    async fn pages_go_both_ways_and_tell_what_lies_beyond(hub: Hub) {
        let query = "query($first: Int, $after: String, $last: Int, $before: String) {
            territories(first: $first, after: $after, last: $last, before: $before) {
                totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
        let one = hub.data(&Actor::Nobody, query, json!({ "first": 4 })).await["territories"].take();
        assert_eq!(one["totalCount"], 6);
        assert_eq!(one["nodes"], json!([{ "slug": "ambito-bitonto" }, { "slug": "ambito-nardo" }, { "slug": "ambito-troia" }, { "slug": "bitonto" }]));
        assert_eq!((&one["pageInfo"]["hasNextPage"], &one["pageInfo"]["hasPreviousPage"]), (&json!(true), &json!(false)));
        let two = hub.data(&Actor::Nobody, query, json!({ "first": 4, "after": one["pageInfo"]["endCursor"] })).await["territories"].take();
        assert_eq!(two["nodes"], json!([{ "slug": "nardo" }, { "slug": "troia" }]));
        assert_eq!((&two["pageInfo"]["hasNextPage"], &two["pageInfo"]["hasPreviousPage"]), (&json!(false), &json!(true)));
        let back = hub.data(&Actor::Nobody, query, json!({ "last": 3, "before": two["pageInfo"]["startCursor"] })).await["territories"].take();
        assert_eq!(back["nodes"], json!([{ "slug": "ambito-nardo" }, { "slug": "ambito-troia" }, { "slug": "bitonto" }]));
        assert_eq!((&back["pageInfo"]["hasNextPage"], &back["pageInfo"]["hasPreviousPage"]), (&json!(true), &json!(true)));
        for wrong in [json!({ "first": 101 }), json!({ "first": 0 }), json!({ "first": 1, "last": 1 }), json!({ "after": "x" })] {
            let answer = hub.ask(&Actor::Nobody, query, wrong.clone()).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_ARGUMENT", "{wrong}");
        }
    }

    async fn territories_are_in_memory_and_take_a_statement_only_where_nobody_hears_of_imports(hub: Hub) {
        let query = "{ territories(filter: { kind: AMBITO }) { nodes { ... on Ambito { comuni { name ambito { slug } } } } } }";
        hub.app.store.atlas().await.unwrap();
        let (_, statements) = hub.statements(hub.data(&Actor::Nobody, query, json!({}))).await;
        assert_eq!(statements, 1, "whether there was an import");
        hub.listen().await;
        let (data, statements) = hub.statements(hub.data(&Actor::Nobody, query, json!({}))).await;
        assert_eq!(data["territories"]["nodes"][1], json!({ "comuni": [{ "name": "Nardò", "ambito": { "slug": "ambito-nardo" } }] }));
        assert_eq!(statements, 0);
    }

    async fn an_id_finds_its_object_again_and_a_wrong_one_is_refused(hub: Hub) {
        let data = hub.data(&Actor::Nobody, "{ territory(by: { slug: \"troia\" }) { id } }", json!({})).await;
        let id = data["territory"]["id"].clone();
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Comune { slug } } }";
        let found = hub.data(&Actor::Nobody, query, json!({ "ids": [id] })).await;
        assert_eq!(found["nodes"], json!([{ "id": id, "slug": "troia" }]));
        let answer = hub.ask(&Actor::Nobody, query, json!({ "ids": ["nonsense"] })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
    }
}
