//! Questions to begin with, and how they are bent: most of what comes out is nearly right, so that it gets far.
use super::random::Random;
use serde_json::{Map, Value, json};

/// Documents with variables that they can be asked with; ID stands for an id.
const SEEDS: &[(&str, &str)] = &[
    ("{ __typename }", "{}"),
    (include_str!("../../../graphiql/examples/1-practices-of-a-field.graphql"), "{}"),
    (include_str!("../../../graphiql/examples/2-incontra.graphql"), "{}"),
    (include_str!("../../../graphiql/examples/3-territory-by-any-name.graphql"), r#"{"name":"nardo"}"#),
    (include_str!("../../../graphiql/examples/4-vocabulary.graphql"), "{}"),
    (include_str!("../../../graphiql/examples/5-my-waiting-requests.graphql"), "{}"),
    (include_str!("../../../graphiql/examples/6-send-a-request.graphql"), "{}"),
    (
        "query($id: ID!) { node(id: $id) { __typename id ... on Practice { title kit { title } lineage { children { child { slug } } } } ... on Conversation { messages(last: 2) { nodes { body { html } } } } } }",
        r#"{"id":"ID"}"#,
    ),
    ("query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", r#"{"ids":["ID","ID","ID"]}"#),
    (
        "query($f: PracticeFilter, $o: PracticeOrder!, $n: Int, $a: String) { practices(filter: $f, orderBy: $o, first: $n, after: $a) { totalCount nodes { slug title } pageInfo { endCursor hasNextPage } } }",
        r#"{"f":{"fields":["SOCIO_EDU"],"owner":"ID","costAtMost":10000},"o":"TITLE","n":5,"a":"ID"}"#,
    ),
    (
        "query($k: TerritoryKey!) { territory(by: $k) { slug practices(first: 2) { totalCount } ... on Ambito { comuni { name } } } }",
        r#"{"k":{"name":"Nardò"}}"#,
    ),
    (
        "query($s: VocabularyScheme!, $d: LocalDate) { vocabulary(scheme: $s, on: $d) { code label } }",
        r#"{"s":"FIELD","d":"2026-11-22"}"#,
    ),
    ("query($p: ID!, $d: Int) { lineage(practice: $p, depth: $d) { __typename } }", r#"{"p":"ID","d":3}"#),
    ("{ __schema { types { name fields { name type { name } } } } }", "{}"),
    (
        "mutation($i: RequestSignInCodeInput!) { requestSignInCode(input: $i) { expiresAt userErrors { code } } }",
        r#"{"i":{"email":"nobody@example.invalid"}}"#,
    ),
    (
        "mutation($i: SignInInput!) { signIn(input: $i) { viewer { person { id } } userErrors { code } } }",
        r#"{"i":{"code":"123456"}}"#,
    ),
    (
        "mutation($i: PostMessageInput!) { postMessage(input: $i) { message { position } userErrors { code field message } } }",
        r#"{"i":{"conversation":"ID","body":"Salve","idempotencyKey":"a"}}"#,
    ),
    (
        "mutation($i: CreatePracticeInput!) { createPractice(input: $i) { practice { id } userErrors { code field message } } }",
        r#"{"i":{"owner":"ID","title":"Prova"}}"#,
    ),
    (
        "mutation($i: UpdatePracticeInput!) { updatePractice(input: $i) { practice { id } userErrors { code field message } } }",
        r#"{"i":{"id":"ID","expectedVersion":1,"title":"Prova","method":"**x**"}}"#,
    ),
    (
        "mutation($i: DraftReplicationRequestInput!) { draftReplicationRequest(input: $i) { replicationRequest { id } userErrors { code } } }",
        r#"{"i":{"practice":"ID","requester":"ID","need":"Serve"}}"#,
    ),
    (
        "mutation($i: UpdateProfileInput!) { updateProfile(input: $i) { viewer { language } userErrors { code } } }",
        r#"{"i":{"name":"Ada","language":"EN"}}"#,
    ),
];

const WORDS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "$",
    "@",
    "...",
    "|",
    "&",
    "=",
    "\"",
    "\"\"\"",
    "#",
    "\\u12",
    "\\u{1F600}",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "2147483648",
    "9223372036854775808",
    "1.5",
    "__typename",
    "__schema",
    "__type",
    "first: 100",
    "first: 101",
    "last: -1",
    "first: 1, last: 1",
    "after: \"x\"",
    "query",
    "mutation",
    "subscription",
    "fragment A on Practice { ...A }",
    "...A",
    "... on Query",
    "@include(if: true)",
    "@skip(if: $x)",
    "@nope",
    "$x: Int",
    "extend type Query { a: Int }",
    "practices",
    "nodes",
    "owner",
    "kit",
    "viewer",
    "territory",
    "slug",
    "id",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "𝕏",
    "è",
    "\r",
    "\u{2028}",
    "'; DROP TABLE practice; --",
    "%s",
    "../../etc/passwd",
    "<script>",
];

/// A question nearly as a client would ask it.
pub fn question(random: &mut Random, ids: &[String]) -> Value {
    let (text, variables) = SEEDS[random.below(SEEDS.len())];
    let mut variables: Value = serde_json::from_str(variables).unwrap();
    fill(&mut variables, random, ids);
    let mut question = json!({ "query": text, "variables": variables });
    if random.one_in(6) {
        question["operationName"] = value(random, 0);
    }
    if random.one_in(6) {
        let hash: String = (0..64).map(|_| char::from(b"0123456789abcdef"[random.below(16)])).collect();
        question["extensions"] = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        if random.one_in(2) {
            question.as_object_mut().unwrap().remove("query");
        }
    }
    for _ in 0..random.below(4) {
        bend(random, &mut question);
    }
    question
}

/// Puts ids where ID stands, and cursors, which are ids of another kind.
fn fill(value: &mut Value, random: &mut Random, ids: &[String]) {
    match value {
        Value::String(text) if text == "ID" => text.clone_from(&ids[random.below(ids.len())]),
        Value::Array(list) => list.iter_mut().for_each(|value| fill(value, random, ids)),
        Value::Object(map) => map.values_mut().for_each(|value| fill(value, random, ids)),
        _ => {}
    }
}

/// Changes one place of a value.
fn bend(random: &mut Random, value: &mut Value) {
    match value {
        Value::Object(map) if !map.is_empty() && !random.one_in(12) => {
            let name = map.keys().nth(random.below(map.len())).unwrap().clone();
            match random.below(12) {
                0 => drop(map.remove(&name)),
                1 => drop(map.insert(random.pick(WORDS).to_owned(), self::value(random, 2))),
                _ => bend(random, &mut map[&name]),
            }
        }
        Value::Array(list) if !list.is_empty() && !random.one_in(6) => {
            let at = random.below(list.len());
            if random.one_in(6) {
                let twice = list[at].clone();
                list.extend(std::iter::repeat_n(twice, random.below(200)));
            } else {
                bend(random, &mut list[at]);
            }
        }
        Value::String(text) if !random.one_in(6) => *text = bent(random, text),
        _ => *value = self::value(random, 3),
    }
}

/// A text with words put in, taken out or repeated.
fn bent(random: &mut Random, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        let end = (at + random.below(12)).min(chars.len());
        match random.below(4) {
            0 => drop(chars.drain(at..end)),
            1 => {
                let part = chars[at..end].repeat(random.below(40));
                chars.splice(at..at, part);
            }
            _ => drop(chars.splice(at..at, random.pick(WORDS).chars())),
        }
    }
    chars.into_iter().collect()
}

/// Any value, at most so deep.
pub fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 7 } else { 9 }) {
        0 => Value::Null,
        1 => Value::Bool(random.one_in(2)),
        2 => json!(i64::from_le_bytes(random.number().to_le_bytes())),
        3 => json!([0, -1, 1, 101, 2_147_483_648_i64, i64::MIN][random.below(6)]),
        4 => json!([0.5, -0.0, 1e308, 5e-324][random.below(4)]),
        5 => Value::String(random.pick(WORDS).repeat(random.below(3))),
        6 => Value::String(random.pick(&["", "x", "àèì"]).repeat(random.below(20_000))),
        7 => (0..random.below(5)).map(|_| value(random, depth - 1)).collect(),
        _ => {
            let entry = |random: &mut Random| (random.pick(WORDS).to_owned(), value(random, depth - 1));
            Value::Object((0..random.below(5)).map(|_| entry(random)).collect::<Map<_, _>>())
        }
    }
}

/// A body that is deep, wide or long.
pub fn hostile(random: &mut Random) -> String {
    let deep = random.below(5000);
    let question = |text: String| json!({ "query": text }).to_string();
    match random.below(9) {
        0 => format!(r#"{{"query":"{{ __typename }}","variables":{}}}"#, "[".repeat(deep)),
        1 => format!(r#"{{"query":"{{ __typename }}","variables":{{"a":{}{}}}}}"#, "[".repeat(deep), "]".repeat(deep)),
        2 => question(format!("{}{}", "{ practices ".repeat(deep), "}".repeat(deep))),
        3 => question(format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(deep), "]".repeat(deep))),
        4 => question(format!("{{ practices(filter: {}{}) }}", "{a: ".repeat(deep), "}".repeat(deep))),
        5 => question(numbered(deep, |n| format!("a{n}: __typename "))),
        6 => {
            let fragments =
                (0..deep / 10).map(|n| format!("fragment F{n} on Query {{ ...F{} ...F{} }} ", n + 1, n + 2));
            question(format!("{{ ...F0 }} {}", fragments.collect::<String>()))
        }
        7 => question(format!("{{ __typename {} }}", "@include(if: true) ".repeat(deep))),
        _ => question(format!("query({}) {{ __typename }}", numbered(deep, |n| format!("$v{n}: Int ")))),
    }
}

/// So many parts, each made of its number.
fn numbered(many: usize, part: impl Fn(usize) -> String) -> String {
    (0..many).map(part).collect::<Vec<_>>().concat()
}
