//! Writes documents made to hurt, of up to 64 KiB, from a seed: the tests count the work they make, `bench/guard.rs`
//! takes its time. Each kind has a name.
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::fmt::Write;

/// The longest of them.
pub const BYTES: usize = 64 * 1024;

type Kind = (&'static str, fn(&mut StdRng) -> String);

/// The kinds there are.
pub const KINDS: &[Kind] = &[
    ("fragments that double", doubling),
    ("fragments that drop each other", dropping),
    ("a chain of fragments", chain),
    ("fragments in a ring", ring),
    ("aliases", aliases),
    ("directives", directives),
    ("deep selections", deep_selections),
    ("deep values", deep_values),
    ("huge literals", huge_literals),
    ("overlapping fields", overlapping),
    ("overlapping fields on interfaces and objects", overlapping_types),
    ("fields once more", repeated),
    ("operations", operations),
    ("operations that share fragments", shared),
    ("variables", variables),
    ("unknown names", unknown),
    ("wide inputs", wide_inputs),
    ("introspection", introspection),
    ("comments and signs of all scripts", scripts),
    ("tokens in any order", soup),
    ("a good document, damaged", damaged),
];

/// The document of a kind and a seed.
pub fn document(kind: usize, seed: u64) -> String {
    let mut random = StdRng::seed_from_u64(seed ^ ((kind as u64) << 48));
    let mut text = KINDS[kind].1(&mut random);
    while text.len() > BYTES {
        text.pop();
    }
    text
}

/// `pattern` for 0, 1, 2, … with `#` replaced by the number, until so many are written or the text is full.
fn many(count: usize, room: usize, one: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for i in 0..count {
        let next = one(i);
        if text.len() + next.len() > room {
            break;
        }
        text.push_str(&next);
    }
    text
}

fn size(random: &mut StdRng) -> usize {
    1 << random.random_range(2..14)
}

fn room(random: &mut StdRng) -> usize {
    if random.random_bool(0.5) { BYTES - 400 } else { random.random_range(200..BYTES - 400) }
}

fn doubling(random: &mut StdRng) -> String {
    let (count, fan) = (size(random).min(2000), random.random_range(2..5));
    let spreads = |i: usize| format!("...F{} ", i + 1).repeat(fan);
    let mut text = String::from("{ territory(by: { slug: \"a\" }) { ...F0 } } ");
    text += &many(count, room(random), |i| format!("fragment F{i} on Territory {{ {}}} ", spreads(i)));
    let last = text.matches("fragment").count();
    let _ = write!(text, "fragment F{last} on Territory {{ name }}");
    text
}

fn dropping(random: &mut StdRng) -> String {
    let count = random.random_range(4..60);
    let field = ["owner { id ", "owner { name ", ""][random.random_range(0..3)];
    let all: String = (0..count).map(|i| format!("...F{i} ")).collect::<Vec<_>>().concat();
    let mut text = format!("{{ practice(by: {{ slug: \"a\" }}) {{ {all} }} }} ");
    text += &many(count, BYTES - 4000, |i| {
        let others: String =
            (i + 1..count).filter(|j| *j != i + 1).map(|j| format!("...F{j} ")).collect::<Vec<_>>().concat();
        if field.is_empty() {
            format!("fragment F{i} on Practice {{ id {others} }} ")
        } else {
            format!("fragment F{i} on Practice {{ id {others} {field} }} }} ")
        }
    });
    text
}

fn chain(random: &mut StdRng) -> String {
    let count = size(random);
    let deep = random.random_range(0..20);
    let (open, close) = ("... { ".repeat(deep), "} ".repeat(deep));
    let mut text = String::from("{ viewer { ...F0 } } ");
    text += &many(count, room(random), |i| format!("fragment F{i} on Viewer {{ {open}...F{} {close}}} ", i + 1));
    text
}

fn ring(random: &mut StdRng) -> String {
    let count = size(random).min(1000);
    let mut text = String::from("{ viewer { ...F0 } } ");
    text += &many(count, room(random), |i| format!("fragment F{i} on Viewer {{ language ...F{} }} ", (i + 1) % count));
    text
}

fn aliases(random: &mut StdRng) -> String {
    let what = ["datasets { name }", "viewer { language }", "__typename", "practices(first: 100) { nodes { id } }"];
    let what = what[random.random_range(0..what.len())];
    format!("{{ {} }}", many(size(random), room(random), |i| format!("a{i}: {what} ")))
}

fn directives(random: &mut StdRng) -> String {
    let one = ["@include(if: true) ", "@x ", "@skip(if: false) ", "@a(b: [1, 2, 3]) "][random.random_range(0..4)];
    let spread = random.random_bool(0.5);
    let count = size(random);
    let room = room(random);
    if spread {
        format!("{{ {} }}", many(count, room, |_| format!("datasets {{ name {one}}} ")))
    } else {
        format!("{{ datasets {}{{ name }} }}", many(count, room, |_| one.into()))
    }
}

fn deep_selections(random: &mut StdRng) -> String {
    let step =
        ["owner { practices { nodes { ", "... { ", "... on Practice { ", "x: owner { "][random.random_range(0..4)];
    let count = random.random_range(1..3000);
    let close = step.matches('{').count() * count;
    format!("{{ practice(by: {{ slug: \"a\" }}) {{ {} id {} }} }}", step.repeat(count), "} ".repeat(close))
}

fn deep_values(random: &mut StdRng) -> String {
    let count = random.random_range(1..20_000);
    let (open, close) = [("[", "]"), ("{ a: ", "}"), ("[{ fields: ", "}]")][random.random_range(0..3)];
    let balanced = random.random_bool(0.8);
    let close = if balanced { close.repeat(count) } else { String::new() };
    if random.random_bool(0.3) {
        return format!("query Q($a: {}Int{}) {{ datasets {{ name }} }}", "[".repeat(count), "]".repeat(count));
    }
    format!("{{ practices(filter: {}1{close}) {{ totalCount }} }}", open.repeat(count))
}

fn huge_literals(random: &mut StdRng) -> String {
    let count = random.random_range(1000..60_000);
    let value = match random.random_range(0..8) {
        0 => format!("\"{}\"", "a".repeat(count)),
        1 => format!("\"\"\"{}\"\"\"", " \n".repeat(count / 2)),
        2 => "9".repeat(count),
        3 => format!("1.{}e{}", "0".repeat(count / 2), "9".repeat(count / 2)),
        4 => "A".repeat(count),
        5 => format!("\"{}\"", "\\u00e8".repeat(count / 6)),
        6 => format!("\"{}", "\\\"".repeat(count / 2)),
        _ => format!("\"\"\"{}\"\"\"", "\\\"\"\"".repeat(count / 4)),
    };
    format!("{{ practices(after: {value}) {{ totalCount }} node(id: {value}) {{ id }} }}")
}

fn overlapping(random: &mut StdRng) -> String {
    let variants =
        ["first: 1", "first: 2", "first: 1, after: \"x\"", "filter: { fields: [\"a\"] }", "filter: { fields: [] }"];
    let one = random.random_bool(0.5);
    let room = room(random);
    let many = many(size(random), room, |i| {
        let arguments = if one { variants[3] } else { variants[i % variants.len()] };
        format!("practices({arguments}) {{ nodes {{ owner {{ practices({arguments}) {{ nodes {{ id }} }} }} }} }} ")
    });
    format!("{{ {many} }}")
}

fn overlapping_types(random: &mut StdRng) -> String {
    fn tree(depth: usize, chain: usize) -> String {
        if depth == 0 {
            return "id ".into();
        }
        let inner = tree(depth - 1, chain);
        let line =
            "contacts { nodes { territory { ".repeat(chain.min(depth)) + "id " + &"} } } ".repeat(chain.min(depth));
        format!(
            "... on Comune {{ {line}}} ... on Ambito {{ {line}}} contacts {{ nodes {{ territory {{ {inner}}} }} }} "
        )
    }
    let (depth, chain) = (random.random_range(1..9), random.random_range(1..8));
    let tree = tree(depth, chain);
    let room = room(random);
    format!("{{ territory(by: {{ slug: \"a\" }}) {{ {} }} }}", many(size(random), room, |_| tree.clone()))
}

fn repeated(random: &mut StdRng) -> String {
    let what = ["id ", "owner { id } ", "owner { owner: name } ", "kit { id kind { code } } ", "...F "]
        [random.random_range(0..5)];
    let room = room(random);
    let fields = many(size(random), room, |_| what.into());
    format!("{{ practice(by: {{ slug: \"a\" }}) {{ {fields}...F }} }} fragment F on Practice {{ id owner {{ id }} }}")
}

fn operations(random: &mut StdRng) -> String {
    let what = ["{ datasets { name } } ", "{ viewer { ...F } } "][random.random_range(0..2)];
    let room = room(random);
    let named = random.random_bool(0.8);
    many(size(random), room, |i| if named { format!("query Q{i} {what}") } else { what.into() })
        + "fragment F on Viewer { language }"
}

fn shared(random: &mut StdRng) -> String {
    let operations = random.random_range(2..12);
    let inner = size(random).min(4000);
    let queries = many(operations, 4000, |i| format!("query Q{i} {{ practice(by: {{ slug: \"a\" }}) {{ ...F }} }} "));
    let room = room(random).max(5000) - 4000;
    format!("{queries}fragment F on Practice {{ {} }}", many(inner, room, |_| "owner { id name } ".into()))
}

fn variables(random: &mut StdRng) -> String {
    let count = size(random);
    let definitions = many(count, 24_000, |i| format!("$v{i}: Int "));
    let uses = many(count, 24_000, |i| format!("$v{i} "));
    match random.random_range(0..4) {
        0 => format!("query Q({definitions}) {{ datasets {{ name }} }}"),
        1 => format!("query Q({definitions}) {{ nodes(ids: [{uses}]) {{ id }} }}"),
        2 => format!("{{ nodes(ids: [{uses}]) {{ id }} }}"),
        _ => format!("query Q({}) {{ practices(first: $v) {{ totalCount }} }}", "$v: Int ".repeat(count)),
    }
}

fn unknown(random: &mut StdRng) -> String {
    let count = size(random);
    let room = room(random);
    match random.random_range(0..4) {
        0 => format!("{{ {} }}", many(count, room, |i| format!("nothing{i} "))),
        1 => format!("{{ practices({}) {{ totalCount }} }}", many(count, room, |i| format!("a{i}: {i} "))),
        2 => {
            format!("{{ practices(filter: {{ {} }}) {{ totalCount }} }}", many(count, room, |i| format!("a{i}: {i} ")))
        }
        _ => format!("{{ {} }}", many(count, room, |i| format!("...F{i} ... on T{i} {{ id }} "))),
    }
}

fn wide_inputs(random: &mut StdRng) -> String {
    let count = size(random);
    let room = room(random);
    match random.random_range(0..3) {
        0 => format!("{{ nodes(ids: [{}]) {{ id }} }}", many(count, room, |i| format!("{i} "))),
        1 => format!(
            "{{ practices(filter: {{ {} }}) {{ totalCount }} }}",
            many(count, room, |_| "province: \"BA\" ".into())
        ),
        _ => {
            let one = "{ name: \"a\", kind: ETS } ";
            let partners = many(count, room, |_| one.into());
            format!(
                "mutation {{ createPractice(input: {{ owner: 1, partners: [{partners}] }}) {{ practice {{ id }} }} }}"
            )
        }
    }
}

fn introspection(random: &mut StdRng) -> String {
    let step = ["fields { type { ", "ofType { ", "possibleTypes { interfaces { "][random.random_range(0..3)];
    let count = random.random_range(1..40);
    let close = "} ".repeat(step.matches('{').count() * count);
    let one = format!("types {{ {} name {close}}} ", step.repeat(count));
    let room = room(random);
    format!("{{ __schema {{ {} }} }}", many(random.random_range(1..200), room, |i| format!("a{i}: {one}")))
}

fn scripts(random: &mut StdRng) -> String {
    let signs = ["è", "社", "🏠", "\u{202e}", "\u{0}", "\u{feff}", "#", "\r", "\n", ",", " ", "\"", "\\"];
    let mut text = String::from("{ datasets { name } } ");
    let count = random.random_range(10..15_000);
    if random.random_bool(0.5) {
        text.push('#');
    }
    for _ in 0..count {
        text.push_str(signs[random.random_range(0..signs.len())]);
    }
    text
}

fn soup(random: &mut StdRng) -> String {
    const TOKENS: &[&str] = &[
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
        "=",
        "|",
        "&",
        "...",
        "on",
        "query",
        "mutation",
        "fragment",
        "F",
        "practices",
        "nodes",
        "id",
        "first",
        "1",
        "1.5",
        "\"x\"",
        "\"\"\"x\"\"\"",
        "true",
        "null",
        "$v",
        "@include",
        "type",
        "#x\n",
        "subscription",
        "Practice",
        "owner",
        "-",
        "\"",
        "è",
    ];
    let count = random.random_range(1..16_000);
    let mut text = String::new();
    for _ in 0..count {
        text.push_str(TOKENS[random.random_range(0..TOKENS.len())]);
        text.push(' ');
    }
    text
}

fn damaged(random: &mut StdRng) -> String {
    let good = include_str!("page.graphql");
    let mut chars: Vec<char> = good.chars().collect();
    for _ in 0..random.random_range(1..20) {
        let at = random.random_range(0..chars.len());
        match random.random_range(0..4) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, ['{', '}', '(', ')', '"', '$', '@', '#', 'x', '1', ' '][random.random_range(0..11)]),
            2 => {
                let last = chars.len() - 1;
                chars.swap(at, last);
            }
            _ => {
                let end = (at + random.random_range(1..200)).min(chars.len());
                let piece: Vec<char> = chars[at..end].to_vec();
                chars.splice(at..at, piece);
            }
        }
    }
    chars.into_iter().collect()
}
