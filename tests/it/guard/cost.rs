//! What requests cost, and the documents that are kept.
use super::{check, messages, plain};
use innesto::graphql::guard::{Guard, OperationKind, RefusedKind, limits};
use serde_json::{Map, json};

fn cost(text: &str) -> u64 {
    plain(&Guard::new(), text).unwrap_or_else(|refused| panic!("{text}: {refused:?}")).cost
}

#[test]
fn an_object_costs_a_point_and_a_list_multiplies_what_is_below_it() {
    for (text, points) in [
        ("{ __typename }", 1),
        ("{ viewer { language } }", 1),
        ("{ viewer { language person { id } } }", 2),
        ("{ datasets { name } }", 10),
        ("{ practices { totalCount } }", 1),
        ("{ practices { totalCount nodes { id } } }", 21),
        ("{ practices(first: 3) { nodes { id } } }", 4),
        ("{ practices(last: 3) { nodes { id } } }", 4),
        ("{ practices(first: 3) { pageInfo { endCursor } edges { node { id } } } }", 8),
        ("{ practices(first: 3) { nodes { owner { id } kit { id } } } }", 1 + 3 * (1 + 1 + 50)),
        ("{ nodes(ids: [\"a\", \"b\"]) { id } }", 2),
        ("{ nodes(ids: \"a\") { id } }", 1),
        ("mutation { signOut { signedOut } }", 1 + limits::MUTATION_FIELD),
        ("mutation { signOut { signedOut userErrors { code } } }", 11 + limits::MUTATION_FIELD),
        ("{ practices(first: 3) { ...P } } fragment P on PracticeConnection { nodes { id } }", 4),
        ("{ viewer { ...V ...V } } fragment V on Viewer { person { id } }", 3),
        // Asking who can help costs 50; five are given, each with its thirteen parts.
        ("{ match(need: { text: \"x\" }) { score } }", 55),
        ("{ match(need: { text: \"x\" }, first: 2) { parts { value } reasons { sentence } } }", 50 + 2 * (1 + 13 + 3)),
        ("{ territory(by: { slug: \"x\" }) { suggestedPractices { score } } }", 1 + 55),
        ("{ needs(first: 3) { nodes { matches(first: 2) { score } } } }", 1 + 3 * (1 + 50 + 2)),
        // So does asking who knows how to do it.
        ("{ territories(expertIn: { field: \"x\" }, first: 3) { nodes { id } } }", 50 + 4),
        ("{ territories(expertIn: null, first: 3) { nodes { id } } }", 4),
    ] {
        assert_eq!(cost(text), points, "{text}");
    }
}

#[test]
fn the_length_of_a_list_may_come_from_a_variable_or_its_default() {
    let guard = Guard::new();
    let page = "query Q($n: Int = 7) { practices(first: $n) { nodes { id } } }";
    for (variables, points) in [(json!({}), 8), (json!({ "n": 50 }), 51), (json!({ "n": null }), 21)] {
        assert_eq!(check(&guard, page, variables.clone()).unwrap().cost, points, "{variables}");
    }
    let experts = "query Q($e: ExpertInInput) { territories(expertIn: $e, first: 3) { nodes { id } } }";
    for (variables, points) in [(json!({}), 4), (json!({ "e": null }), 4), (json!({ "e": { "tool": "x" } }), 54)] {
        assert_eq!(check(&guard, experts, variables.clone()).unwrap().cost, points, "{variables}");
    }
    let ids = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(check(&guard, ids, json!({ "ids": ["a", "b", "c"] })).unwrap().cost, 3);
    assert_eq!((guard.hits(), guard.misses()), (4, 3));
}

#[test]
fn a_page_with_fifty_lists_passes_and_lists_in_lists_in_lists_do_not() {
    let lists = (0..50)
        .map(|i| format!("l{i}: practices(first: 20) {{ nodes {{ title contacts {{ name email }} }} }} "))
        .collect::<Vec<_>>()
        .concat();
    let cost = cost(&format!("{{ {lists} }}"));
    assert!(cost > limits::COST / 2 && cost <= limits::COST, "{cost}");

    for text in [
        "{ practices(first: 100) { nodes { lineage { parents { parent { kit { id } contacts { id } } } children { child { kit { id } } } } kit { id } contacts { practices { id } } } } }",
        "{ territories(first: 100) { nodes { practices(first: 100) { nodes { owner { contacts(first: 100) { nodes { id } } } } } } } }",
        "{ territories(first: 1000000000) { nodes { practices(first: 1000000000) { nodes { kit { id } } } } } }",
    ] {
        let refused = plain(&Guard::new(), text).unwrap_err();
        assert_eq!(refused.kind, RefusedKind::Cost);
        let [message] = messages(&refused)[..] else { panic!("{refused:?}") };
        assert!(message.contains(&format!("a request may cost {}", limits::COST)), "{message}");
    }
}

#[test]
fn what_an_operation_is_and_does_is_told() {
    let guard = Guard::new();
    let text = "query A { viewer { language } } mutation B { signOut { signedOut } }";
    let approved = guard.check(text, Some("B"), Map::new()).unwrap();
    assert_eq!((approved.operation.as_deref(), approved.kind), (Some("B"), OperationKind::Mutation));
    let approved = plain(&guard, "{ viewer { language } }").unwrap();
    assert_eq!((approved.operation.as_deref(), approved.kind), (None, OperationKind::Query));
    for (name, told) in [
        (None, "Must provide operation name if query contains multiple operations."),
        (Some("C"), "Unknown operation named \"C\"."),
    ] {
        let refused = guard.check(text, name, Map::new()).unwrap_err();
        assert_eq!((refused.kind, messages(&refused)), (RefusedKind::Operation, vec![told]));
    }
}

#[test]
fn a_known_document_is_not_read_again_and_a_refused_one_is_not_kept() {
    let guard = Guard::new();
    let text = include_str!("../../guard/page.graphql");
    let first = check(&guard, text, json!({ "slug": "a" })).unwrap();
    let second = check(&guard, text, json!({ "slug": "b" })).unwrap();
    assert!(second.steps * 4 < first.steps, "{} after {}", second.steps, first.steps);
    assert_eq!((guard.hits(), guard.misses(), guard.kept().0), (1, 1, 1));
    for i in 0..100 {
        plain(&guard, &format!("{{ nothing{i} }}")).unwrap_err();
    }
    assert_eq!((guard.hits(), guard.misses(), guard.kept().0), (1, 101, 1));
}

#[test]
fn the_kept_documents_stay_within_their_bytes_and_those_in_use_stay_among_them() {
    let guard = Guard::new();
    let used = "{ viewer { language } }";
    let filler = "a".repeat(60_000);
    for i in 0..200 {
        plain(&guard, used).unwrap();
        plain(&guard, &format!("{{ node(id: \"{i}{filler}\") {{ id }} }}")).unwrap();
        let (_, bytes) = guard.kept();
        assert!(bytes <= limits::KEPT_BYTES, "{bytes}");
    }
    let misses = guard.misses();
    plain(&guard, used).unwrap();
    assert_eq!(guard.misses(), misses);
}
