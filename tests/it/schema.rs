//! The schema as clients know it, and that a failing neighbour harms nobody.
use innesto::{domain::permission::Actor, graphql::schema::sdl};
use serde_json::json;
use std::fs;

#[test]
fn schema_graphql_is_what_the_program_serves() {
    let file = format!("{}/schema.graphql", env!("CARGO_MANIFEST_DIR"));
    let kept = fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == sdl(),
        "schema.graphql is not what the program serves: write it anew with `make schema` and look at the difference"
    );
}

on_both! {
    async fn a_failed_neighbour_does_not_take_the_batch_of_the_others_with_it(hub: Hub) {
        // The first territory's list fails at once, beside the reading in which the loader's batch runs for all three.
        let query = "{
            a: territory(by: { slug: \"bitonto\" }) { ... on Comune { ambito { slug } } practices(first: 101) { totalCount } }
            b: territory(by: { slug: \"troia\" }) { ... on Comune { ambito { slug } } }
            c: territory(by: { slug: \"nardo\" }) { ... on Comune { ambito { slug } } }
        }";
        let answer = hub.ask(&Actor::Nobody, query, json!({})).await;
        assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer}");
        let a = json!({ "ambito": { "slug": "ambito-bitonto" }, "practices": null });
        assert_eq!(answer["data"]["a"], a, "{answer}");
        assert_eq!(answer["data"]["b"]["ambito"]["slug"], "ambito-troia", "{answer}");
        assert_eq!(answer["data"]["c"]["ambito"]["slug"], "ambito-nardo", "{answer}");
    }
}
