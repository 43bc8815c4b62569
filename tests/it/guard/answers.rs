//! What the guard lets through is answered by the engine as it is; what it refuses is told as clients expect it.
use super::{check, messages, plain};
use crate::support::Hub;
use innesto::{
    domain::{permission::Actor, text::Language},
    graphql::{
        Ask, HubSchema, build_behind_guard,
        guard::{Guard, RefusedKind, limits},
    },
};
use serde_json::{Value, json};

on_both! {
    async fn what_is_approved_is_answered(hub: Hub) {
        let guard = Guard::new();
        let schema = build_behind_guard();
        for text in [
            "query A($n: Int = 2, $yes: Boolean!) { practices(first: $n) { totalCount ...P nodes @skip(if: $yes) { id } } } fragment P on PracticeConnection { nodes { slug ... on Practice { owner { ... on Comune { istatCode } name } } } }",
            "{ a: practices(filter: { fields: [], hasKit: null }, orderBy: TITLE, first: 1) { edges { cursor node { title } } } }",
            "{ territory(by: { slug: \"nowhere\" }) { id } nodes(ids: [5, \"\"\"x\"\"\"]) { id } }",
            "{ __schema { queryType { name } } __type(name: \"Practice\") { kind } __typename }",
        ] {
            let guarded = answer(&hub, &guard, &schema, text).await;
            let plain = hub.ask(&Actor::Nobody, text, json!({ "yes": false })).await;
            assert_eq!(guarded["data"], plain["data"], "{text}");
            assert!(guarded["data"].is_object() || !guarded["errors"][0]["path"].is_null(), "{guarded}");
        }
        let large = answer(&hub, &guard, &schema, "{ nodes(ids: [99999999999999999999]) { id } }").await;
        let quoted = answer(&hub, &guard, &schema, "{ nodes(ids: [\"99999999999999999999\"]) { id } }").await;
        assert_eq!(large, quoted);
    }
}

async fn answer(hub: &Hub, guard: &Guard, schema: &HubSchema, text: &str) -> Value {
    let approved = check(guard, text, json!({ "yes": false })).unwrap_or_else(|refused| panic!("{text}: {refused:?}"));
    let ask = Ask::new(&hub.app, Actor::Nobody, Language::It, "test".into());
    serde_json::to_value(schema.execute(approved.request.data(ask)).await).unwrap()
}

#[tokio::test]
async fn tools_may_ask_for_the_whole_schema() {
    let guard = Guard::new();
    let text = include_str!("../../guard/introspection.graphql");
    let approved = plain(&guard, text).unwrap_or_else(|refused| panic!("{refused:?}"));
    assert!(approved.cost < limits::COST / 3, "{}", approved.cost);
    let answer = serde_json::to_value(build_behind_guard().execute(approved.request).await).unwrap();
    let types = answer["data"]["__schema"]["types"].as_array().unwrap();
    assert!(types.iter().any(|ty| ty["name"] == "Practice"));
    assert_eq!(answer.get("errors"), None);
}

/// Each document with the message and the place of its first error.
#[test]
fn errors_are_told_in_the_words_of_the_reference_implementation_with_line_and_column() {
    let guard = Guard::new();
    for (text, message, (line, column)) in [
        ("{ dog }", "Cannot query field \"dog\" on type \"Query\".", (1, 3)),
        ("{\n  practices { id }\n}", "Cannot query field \"id\" on type \"PracticeConnection\".", (2, 15)),
        (
            "{ node { id } }",
            "Field \"node\" argument \"id\" of type \"ID!\" is required, but it was not provided.",
            (1, 3),
        ),
        ("{ viewer { ...F } }", "Unknown fragment \"F\".", (1, 12)),
        ("{ datasets @live { name } }", "Unknown directive \"@live\".", (1, 12)),
        ("query Q($n: Int) { datasets { name } }", "Variable \"$n\" is never used.", (1, 9)),
        ("{ territory(by: {}) { id } }", "OneOf Input Object \"TerritoryKey\" must specify exactly one key.", (1, 17)),
        (
            "{ practices(filter: { province: \"à\", province: \"b\" }) { totalCount } }",
            "There can be only one input field named \"province\".",
            (1, 38),
        ),
        (
            "query Q($i: ID) { nodes(ids: [$i]) { id } }",
            "Variable \"$i\" of type \"ID\" used in position expecting type \"ID!\".",
            (1, 31),
        ),
        ("{ viewer { ...F } } fragment F on Viewer { ...F }", "Cannot spread fragment \"F\" within itself.", (1, 30)),
    ] {
        let refused = plain(&guard, text).unwrap_err();
        assert_eq!(refused.kind, RefusedKind::Validation, "{text}");
        let first = &refused.errors[0];
        assert_eq!((first.message.as_str(), first.code), (message, "VALIDATION"), "{text}");
        assert_eq!((first.locations[0].line, first.locations[0].column), (line, column), "{text}");
    }
    let refused = plain(&guard, "{ practices(first: ) { totalCount } }").unwrap_err();
    assert_eq!(refused.kind, RefusedKind::Syntax);
    assert!(messages(&refused)[0].starts_with("Syntax Error: "), "{refused:?}");
}

/// What is beyond a limit, with the number that its refusal tells.
#[test]
fn every_limit_is_told_with_its_number() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let guard = Guard::new();
    let told = |text: String, limit: u64| {
        let refused = plain(&guard, &text).unwrap_err();
        assert_eq!(refused.kind, RefusedKind::TooLarge, "{refused:?}");
        assert!(messages(&refused)[0].contains(&limit.to_string()), "{limit}: {refused:?}");
    };
    told(format!("{{ datasets {{ name }} }} #{}", "x".repeat(limits::BYTES)), limits::BYTES as u64);
    told(format!("{{ {} }}", "datasets { name } ".repeat(3000)), limits::TOKENS as u64);
    told(format!("{{ {} id {} }}", "... { ".repeat(70), "} ".repeat(70)), limits::NESTING as u64);
    told(many(11, &|i| format!("query Q{i} {{ datasets {{ name }} }} ")), limits::OPERATIONS as u64);
    let fragments = many(101, &|i| format!("fragment F{i} on Query {{ datasets {{ name }} }} "));
    told(format!("{{ {} }} {fragments}", many(101, &|i| format!("...F{i} "))), limits::FRAGMENTS as u64);
    told(format!("{{ {} }}", many(101, &|i| format!("a{i}: __typename "))), limits::ALIASES);
    told(format!("{{ {} }}", "__typename @skip(if: true) ".repeat(201)), limits::DIRECTIVES);
    let deep = ("practices { nodes { owner { ".repeat(9), "} } } ".repeat(9));
    told(format!("{{ {} id {} }}", deep.0, deep.1), limits::DEPTH);
    let doubling = many(12, &|i| format!("fragment F{i} on Query {{ ...F{0} ...F{0} }} ", i + 1));
    told(format!("{{ ...F0 }} {doubling} fragment F12 on Query {{ __typename }}"), limits::SELECTIONS);
}

#[tokio::test]
async fn a_chain_of_fragments_may_be_as_deep_as_selections_may_be_nested() {
    let guard = Guard::new();
    let chain = |length: usize| {
        let links = (0..length).map(|i| format!("fragment F{i} on Query {{ ...F{} }} ", i + 1));
        let links = links.collect::<Vec<_>>().concat();
        format!("{{ ...F0 }} {links} fragment F{length} on Query {{ __typename }}")
    };
    let approved = plain(&guard, &chain(limits::NESTING - 1)).unwrap();
    let answer = serde_json::to_value(build_behind_guard().execute(approved.request).await).unwrap();
    assert_eq!(answer, json!({ "data": { "__typename": "Query" } }));
    assert_eq!(plain(&guard, &chain(limits::NESTING)).unwrap_err().kind, RefusedKind::TooLarge);
}

#[test]
fn a_message_that_repeats_what_was_sent_is_cut() {
    let text = format!("{{ practices(first: \"{}\") {{ totalCount }} }}", "x".repeat(50_000));
    let refused = plain(&Guard::new(), &text).unwrap_err();
    assert_eq!(refused.errors[0].message.chars().count(), limits::MESSAGE);
    let refused = check(
        &Guard::new(),
        "query Q($n: Int) { practices(first: $n) { totalCount } }",
        json!({ "n": "x".repeat(50_000) }),
    );
    assert!(refused.unwrap_err().errors[0].message.len() < limits::MESSAGE);
}
