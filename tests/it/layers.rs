//! The layers of `src/lib.rs`, checked: who may use whom, which crate belongs where, how long a file may be, and that
//! every file says what it is for.
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each module with the modules of this crate that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &["domain"]),
    ("clock", &["domain"]),
    ("meter", &[]),
    ("metrics", &["clock"]),
    ("store", &["domain", "meter"]),
    ("mail", &["domain"]),
    ("search", &["domain"]),
    ("files", &["domain"]),
    ("app", &["store", "mail", "search", "files", "clock", "config", "metrics", "domain"]),
    ("service", &["app", "store", "search", "files", "mail", "domain", "clock", "metrics"]),
    ("graphql", &["app", "service", "domain", "meter"]),
    ("worker", &["app", "service", "store", "mail", "domain", "clock"]),
    ("http", &["app", "graphql", "service", "mail", "domain", "config", "clock", "meter", "metrics"]),
    ("command", &["app", "http", "worker", "graphql", "service", "mail", "domain", "config", "clock", "meter"]),
];

/// A foreign crate and the only modules that may name it.
const FENCED: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("async_graphql", &["graphql", "http"]),
    ("async_graphql_value", &["graphql"]),
    ("apollo_compiler", &["graphql"]),
    ("axum", &["http"]),
    ("lettre", &["mail"]),
    ("async_imap", &["mail"]),
    ("mail_parser", &["mail"]),
    ("tantivy", &["search"]),
    ("object_store", &["files"]),
    ("prometheus_client", &["metrics"]),
    ("quick_xml", &["http"]),
    ("petgraph", &["domain"]),
    ("rustworkx_core", &["domain"]),
    ("oxrdf", &["http"]),
    ("oxttl", &["http"]),
    ("oxjsonld", &["http"]),
    ("opentelemetry", &["command"]),
];

const LONGEST: usize = 400;

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The modules of this crate that the code names: `crate::store`, and each name of `crate::{app::App, store}`.
fn used(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            names.push(first_word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.push(first_word(list[start..i].trim_start()));
                    start = i + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn every_file_keeps_to_its_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut wrong, mut lengths) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.strip_prefix(&root).unwrap();
        let module = name.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap();
        lengths.push(code.lines().count());
        if code.lines().count() > LONGEST {
            wrong.push(format!("{}: {} lines", name.display(), code.lines().count()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not say what it is for", name.display()));
        }
        if matches!(module, "main" | "lib") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(m, _)| *m == module) else {
            wrong.push(format!("{}: no layer", name.display()));
            continue;
        };
        for used in used(code) {
            if used != module && !allowed.contains(&used) {
                wrong.push(format!("{}: uses crate::{used}", name.display()));
            }
        }
        for (krate, homes) in FENCED {
            if code.contains(&format!("{krate}::")) && !homes.contains(&module) {
                wrong.push(format!("{}: names {krate}", name.display()));
            }
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median > 120 {
        wrong.push(format!("the median file has {median} lines"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_of_imports_are_read_too() {
    let code = "use crate::{\n    app::App,\n    domain::{id::{A, B}, text},\n    store,\n};\nuse crate::clock::Clock;";
    assert_eq!(used(code), ["app", "domain", "store", "clock"]);
}
