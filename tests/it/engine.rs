//! The container of our own answers as the library's would: fields in their order, merged where they are asked for
//! twice, chosen by fragments and directives, and one failed field takes no other along.
use crate::{requests::practice, support::Hub};
use async_graphql::Request;
use innesto::{
    domain::{permission::Actor, text::Language},
    graphql::Ask,
};
use serde_json::json;

/// The answer as it is sent, in its order.
async fn written(hub: &Hub, query: &str) -> String {
    let ask = Ask::new(&hub.app, Actor::Nobody, Language::It, "test".into());
    serde_json::to_string(&hub.schema.execute(Request::new(query).data(ask)).await).unwrap()
}

on_both! {
    async fn fields_come_in_their_order_however_they_are_asked_for(hub: Hub) {
        practice(&hub).await;
        for (selection, expected) in [
            ("title status", r#""title":"In.Con.Tra","status":"PUBLISHED""#),
            ("status t: title __typename", r#""status":"PUBLISHED","t":"In.Con.Tra","__typename":"Practice""#),
            ("...A status", r#""owner":{"name":"Bitonto"},"title":"In.Con.Tra","status":"PUBLISHED""#),
            ("... { title } ... on Practice { status }", r#""title":"In.Con.Tra","status":"PUBLISHED""#),
            ("title owner { slug } title owner { name }", r#""title":"In.Con.Tra","owner":{"slug":"bitonto","name":"Bitonto"}"#),
            ("owner { name } ...A", r#""owner":{"name":"Bitonto"},"title":"In.Con.Tra""#),
            ("owner { ... on Ambito { slug } ... on Comune { name __typename } }", r#""owner":{"name":"Bitonto","__typename":"Comune"}"#),
            ("a: title @include(if: true) b: title @skip(if: true) ... @include(if: false) { slug }", r#""a":"In.Con.Tra""#),
            ("lineage { parents { kind } } contacts { name } title", r#""lineage":{"parents":[]},"contacts":[],"title":"In.Con.Tra""#),
            ("targets { code } startedOn coreElements", r#""targets":[{"code":"MINORS"},{"code":"FAMILIES"}],"startedOn":null,"coreElements":["Il piano partecipato","I laboratori"]"#),
        ] {
            let mut query = format!("{{ practices(first: 1) {{ nodes {{ {selection} }} }} }}");
            if selection.contains("...A") {
                query.push_str(" fragment A on Practice { owner { name } title }");
            }
            let expected = format!(r#"{{"data":{{"practices":{{"nodes":[{{{expected}}}]}}}}}}"#);
            assert_eq!(written(&hub, &query).await, expected, "{selection}");
        }
    }

    async fn a_field_that_fails_is_null_beside_the_others_and_says_where(hub: Hub) {
        practice(&hub).await;
        let query = "{ practices(first: 1) { nodes { title requests(first: 101) { totalCount } owner { requests(first: 101) { totalCount } name } slug } } }";
        let answer = hub.ask(&hub.member("bitonto").await, query, json!({})).await;
        let found = &answer["data"]["practices"]["nodes"][0];
        assert!(found["title"].is_string() && found["slug"].is_string() && found["owner"]["name"] == "Bitonto", "{answer}");
        assert!(found["requests"].is_null() && found["owner"]["requests"].is_null(), "{answer}");
        let mut paths: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|error| error["path"].to_string()).collect();
        paths.sort();
        assert_eq!(paths, [r#"["practices","nodes",0,"owner","requests"]"#, r#"["practices","nodes",0,"requests"]"#]);
    }
}
