//! The documents of tests/guard/corpus, judged by the hub; tests/schema has them judged by the reference
//! implementation. What both do not judge alike is listed with its reason in tests/guard/differences.json.
use innesto::graphql::guard::{Guard, RefusedKind};
use serde::Deserialize;
use std::{collections::HashSet, fs, path::Path};

struct Case {
    file: String,
    title: String,
    each: String,
    valid: bool,
    text: String,
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
struct Difference {
    file: String,
    title: String,
    each: String,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guard")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder().join("corpus")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        for section in format!("\n{text}").split("\n### ").skip(1) {
            let (head, rest) = section.split_once('\n').unwrap();
            let (verdict, title) = head.split_once(": ").unwrap();
            let valid = match verdict {
                "valid" => true,
                "invalid" => false,
                other => panic!("{file}: {other}"),
            };
            let rest = rest.strip_suffix('\n').unwrap_or(rest);
            let (each, template) = match rest.strip_prefix("# each: ") {
                Some(rest) => {
                    let (line, template) = rest.split_once('\n').unwrap();
                    (line.split(" | ").map(str::trim).collect(), template)
                }
                None => (vec![""], rest),
            };
            cases.extend(each.into_iter().map(|each| Case {
                file: file.clone(),
                title: title.to_owned(),
                each: each.to_owned(),
                valid,
                text: template.replace("«each»", each),
            }));
        }
    }
    cases
}

/// Whether the document itself is found valid: values for its variables are not given here.
fn judged(guard: &Guard, text: &str) -> (bool, String) {
    match guard.check(text, None, serde_json::Map::new()) {
        Ok(_) => (true, String::new()),
        Err(refused) => {
            let messages: Vec<_> = refused.errors.iter().map(|error| error.message.as_str()).collect();
            let told = format!("{:?}: {}", refused.kind, messages.join(" "));
            (matches!(refused.kind, RefusedKind::Operation | RefusedKind::Variables), told)
        }
    }
}

#[test]
fn every_document_of_the_corpus_is_judged_as_the_reference_implementation_judges_it() {
    let guard = Guard::new();
    let differences: Vec<Difference> =
        serde_json::from_str(&fs::read_to_string(folder().join("differences.json")).unwrap()).unwrap();
    let differences: HashSet<_> = differences.into_iter().collect();
    let (mut met, mut wrong) = (0, Vec::new());
    let cases = cases();
    assert!(cases.len() >= 500, "{}", cases.len());
    for Case { file, title, each, valid, text } in cases {
        let (found, told) = judged(&guard, &text);
        let differs =
            differences.contains(&Difference { file: file.clone(), title: title.clone(), each: each.clone() });
        met += usize::from(differs);
        if (found != valid) != differs {
            wrong.push(format!("{file}: {title} ({each})\n    {text}\n    {told}"));
        }
        if !found && told.starts_with("TooLarge") {
            wrong.push(format!("{file}: {title} ({each}) is refused for its size: {told}"));
        }
    }
    assert!(wrong.is_empty(), "{} documents:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(met, differences.len(), "a listed difference is none of a document of the corpus");
}
