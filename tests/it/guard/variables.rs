//! The values of variables: fitted to their types before anything runs.
use super::{check, messages};
use innesto::graphql::guard::{Guard, RefusedKind, limits};
use serde_json::{Value, json};

const DOCUMENT: &str = "query Q($n: Int, $text: String, $id: ID, $yes: Boolean = true, $order: PracticeOrder! = TITLE, $f: PracticeFilter, $day: LocalDate) {
  practices(first: $n, after: $text, orderBy: $order, filter: $f) { totalCount @include(if: $yes) }
  a: practices(filter: { owner: $id }) { totalCount }
  vocabulary(scheme: FIELD, on: $day) { code }
  ...Rest
}
fragment Rest on Query { b: replicationRequests(filter: { practice: $id }) { totalCount } }";

/// Each value for a variable of this type, with what is said of it; nothing where it fits.
#[test]
fn a_value_that_does_not_fit_is_told_with_its_variable_and_its_place() {
    let guard = Guard::new();
    for (name, value, told) in [
        ("n", json!(5), None),
        ("n", json!(5.0), None),
        ("n", json!(null), None),
        ("n", json!(-2_147_483_648_i64), None),
        ("n", json!(5.5), Some("got invalid value 5.5; Int cannot represent this value.")),
        ("n", json!("5"), Some("got invalid value \"5\"; Int cannot represent this value.")),
        ("n", json!(true), Some("got invalid value true; Int cannot represent this value.")),
        ("n", json!(2_147_483_648_i64), Some("; Int cannot represent non 32-bit signed integer value.")),
        ("n", json!([1]), Some("got invalid value […]; Int cannot represent this value.")),
        ("text", json!(""), None),
        ("text", json!(5), Some("String cannot represent this value.")),
        ("id", json!("x"), None),
        ("id", json!(5), None),
        ("id", json!(u64::MAX), None),
        ("id", json!(1.5), Some("ID cannot represent this value.")),
        ("yes", json!(false), None),
        ("yes", json!("true"), Some("Boolean cannot represent this value.")),
        ("order", json!("NEWEST"), None),
        ("order", json!("newest"), Some("Value \"newest\" does not exist in \"PracticeOrder\" enum.")),
        ("order", json!(1), Some("Enum \"PracticeOrder\" cannot represent non-string value.")),
        ("order", json!(null), Some("of non-null type \"PracticeOrder!\" must not be null.")),
        ("day", json!("2026-11-22"), None),
        (
            "day",
            json!("2026-11-31"),
            Some(
                "got invalid value \"2026-11-31\"; Failed to parse \"LocalDate\": A LocalDate is written like 2026-11-22.",
            ),
        ),
        ("day", json!(5), Some("got invalid value 5; ")),
        ("f", json!({}), None),
        ("f", json!({ "fields": "a", "costAtMost": 3, "hasKit": null }), None),
        ("f", json!([]), Some("got invalid value […]; Expected type \"PracticeFilter\" to be an object.")),
        ("f", json!({ "region": 1 }), Some("Field \"region\" is not defined by type \"PracticeFilter\".")),
        ("f", json!({ "fields": ["a", 5] }), Some("got invalid value 5 at \"f.fields[1]\"; String cannot")),
        (
            "f",
            json!({ "fields": [null] }),
            Some("at \"f.fields[0]\"; Expected non-nullable type \"String!\" not to be null."),
        ),
        (
            "f",
            json!({ "status": "NONE" }),
            Some("at \"f.status\"; Value \"NONE\" does not exist in \"PracticeStatus\" enum."),
        ),
    ] {
        let found = check(&guard, DOCUMENT, json!({ name: value }));
        match (found, told) {
            (Ok(_), None) => {}
            (Err(refused), Some(told)) => {
                assert_eq!(refused.kind, RefusedKind::Variables);
                let [message] = messages(&refused)[..] else { panic!("{name} {value}: {refused:?}") };
                assert!(message.starts_with(&format!("Variable \"${name}\" ")), "{message}");
                assert!(message.contains(told), "{name} {value}: {message}");
                assert_eq!(refused.errors[0].locations[0].line, 1);
            }
            (found, _) => panic!("{name} {value}: {found:?}"),
        }
    }
}

#[test]
fn a_required_variable_must_be_given_and_an_unknown_one_is_left_out() {
    let guard = Guard::new();
    let text = "query Q($id: ID!) { node(id: $id) { id } }";
    let refused = check(&guard, text, json!({ "other": 1 })).unwrap_err();
    assert_eq!(messages(&refused), ["Variable \"$id\" of required type \"ID!\" was not provided."]);
    let approved = check(&guard, text, json!({ "id": 5, "other": 1 })).unwrap();
    assert_eq!(serde_json::to_value(&approved.request.variables).unwrap(), json!({ "id": "5" }));
}

#[test]
fn one_value_where_a_list_is_expected_becomes_a_list() {
    let text = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let approved = check(&Guard::new(), text, json!({ "ids": 5 })).unwrap();
    assert_eq!(serde_json::to_value(&approved.request.variables).unwrap(), json!({ "ids": ["5"] }));
}

#[test]
fn exactly_one_key_is_given_for_a_one_of() {
    let guard = Guard::new();
    let text = "query Q($k: TerritoryKey!) { territory(by: $k) { id } }";
    let told = |value: Value| match check(&guard, text, json!({ "k": value })) {
        Ok(_) => String::new(),
        Err(refused) => messages(&refused).concat(),
    };
    assert_eq!(told(json!({ "slug": "a" })), "");
    for wrong in [json!({}), json!({ "slug": "a", "id": "b" }), json!({ "slug": "a", "id": null })] {
        assert!(
            told(wrong.clone()).ends_with("Exactly one key must be specified for OneOf type \"TerritoryKey\"."),
            "{wrong}"
        );
    }
    assert!(told(json!({ "slug": null })).ends_with("Field \"slug\" must be non-null."));
}

#[test]
fn a_thousand_wrong_values_make_few_errors() {
    let text =
        "mutation M($p: [PartnerInput!]) { createPractice(input: { owner: \"x\", partners: $p }) { practice { id } } }";
    let partners = vec![json!({ "name": 1, "kind": "?" }); 1000];
    let refused = check(&Guard::new(), text, json!({ "p": partners })).unwrap_err();
    assert_eq!(refused.errors.len(), limits::ERRORS);
    assert!(refused.errors[3].message.contains("at \"p[1].kind\""), "{}", refused.errors[3].message);
}
