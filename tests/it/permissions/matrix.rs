//! Prints `Actor::may` for every actor, action and subject: to a snapshot, and to `docs/permissions.md`.
use innesto::domain::{
    id::{Id, PersonId, TerritoryId},
    permission::{Action, Actor, Member, PracticeStatus, Role, Scope, StaffRole, Subject, Visibility},
    request::RequestState,
    word::Word,
};
use std::{collections::BTreeMap, env, fmt::Write, fs, path::Path};
use uuid::Uuid;

const HEAD: &str = "# Who may do what

Written by the test `permissions::matrix` from the one function that decides (`Actor::may` in
`src/domain/permission/mod.rs`); `UPDATE_DOCS=1 cargo nextest run -E 'test(permissions::matrix)'` writes it anew. What has no
line here nobody may do.

*Own* is the territory whose practice, contact, request or conversation it is: the owner of the practice that is asked
for. *Other side* is the territory that asks, or talks with it. *Elsewhere* is any third territory. A token has the
rights of its maker, here a coordinator of *own*, within its scopes. Whether a step of a request fits its state is the
life cycle's business, not this table's.

";

struct Column {
    name: &'static str,
    actor: Actor,
}

fn id<K>(n: u128) -> Id<K> {
    Id::of(Uuid::from_u128(n))
}

const OWN: u128 = 1;
const OTHER: u128 = 2;
const ELSEWHERE: u128 = 3;

fn columns() -> Vec<Column> {
    let mut columns = vec![Column { name: "nobody", actor: Actor::Nobody }];
    let mut person = |name, places: &[(u128, Role)], staff: &[StaffRole], scopes: Option<&[Scope]>| {
        let memberships = places.iter().map(|(place, role)| (id(*place), *role)).collect();
        let who: PersonId = id(100 + columns.len() as u128);
        let member = Member { person: who, memberships, staff: staff.to_vec(), scopes: scopes.map(<[Scope]>::to_vec) };
        columns.push(Column { name, actor: Actor::Person(member) });
    };
    person("stranger", &[], &[], None);
    person("member own", &[(OWN, Role::Member)], &[], None);
    person("coordinator own", &[(OWN, Role::Coordinator)], &[], None);
    person("member other side", &[(OTHER, Role::Member)], &[], None);
    person("coordinator other side", &[(OTHER, Role::Coordinator)], &[], None);
    person("coordinator elsewhere", &[(ELSEWHERE, Role::Coordinator)], &[], None);
    person("facilitator", &[], &[StaffRole::Facilitator], None);
    person("steward", &[], &[StaffRole::Steward], None);
    let own = [(OWN, Role::Coordinator)];
    person("token read:public", &own, &[], Some(&[Scope::ReadPublic]));
    person("token read:network", &own, &[], Some(&[Scope::ReadNetwork]));
    person("token read:own", &own, &[], Some(&[Scope::ReadOwn]));
    person("token write:own", &own, &[], Some(&[Scope::WriteOwn]));
    person("token, all scopes", &own, &[], Some(Scope::ALL));
    columns.push(Column { name: "the hub", actor: Actor::System });
    columns
}

const BOTH: &[TerritoryId] = &[Id::of(Uuid::from_u128(OWN)), Id::of(Uuid::from_u128(OTHER))];
const PARTNERS: &[TerritoryId] = &[Id::of(Uuid::from_u128(OTHER))];
const AT_OWN: &[TerritoryId] = &[Id::of(Uuid::from_u128(OWN))];

/// Kinds of subject, each with its variants; `me` is who asks, for what is one's own.
fn subjects(me: PersonId) -> Vec<(&'static str, Vec<(String, Subject<'static>)>)> {
    let (own, other) = (id(OWN), id(OTHER));
    let variants =
        |words: &mut dyn Iterator<Item = (&'static str, Subject<'static>)>| -> Vec<(String, Subject<'static>)> {
            words.map(|(word, subject)| (word.to_owned(), subject)).collect()
        };
    let somebody = id(999);
    vec![
        ("hub", vec![(String::new(), Subject::Hub)]),
        ("territory", vec![(String::new(), Subject::Territory(own))]),
        (
            "practice",
            variants(
                &mut PracticeStatus::ALL.iter().map(|s| (s.as_str(), Subject::Practice { owner: own, status: *s })),
            ),
        ),
        (
            "contact",
            variants(
                &mut Visibility::ALL
                    .iter()
                    .map(|v| (v.as_str(), Subject::Contact { territory: own, visibility: *v, partners: PARTNERS })),
            ),
        ),
        (
            "request",
            variants(
                &mut RequestState::ALL
                    .iter()
                    .map(|s| (s.as_str(), Subject::Request { requester: other, owner: own, state: *s })),
            ),
        ),
        ("conversation", vec![(String::new(), Subject::Conversation(BOTH))]),
        (
            "message",
            variants(
                &mut [("one's own", Some(me)), ("another's", Some(somebody)), ("of an erased person", None)]
                    .into_iter()
                    .map(|(word, author)| (word, Subject::Message { author })),
            ),
        ),
        (
            "account",
            variants(
                &mut [("one's own", me), ("another's", somebody)].into_iter().map(|(w, p)| (w, Subject::Person(p))),
            ),
        ),
        (
            "person",
            variants(
                &mut [("oneself", Some(me)), ("at own", Some(somebody)), ("invited to own", None)]
                    .into_iter()
                    .map(|(word, person)| (word, Subject::Colleague { person, territories: AT_OWN })),
            ),
        ),
    ]
}

fn spelled(action: Action) -> String {
    match action {
        Action::Request(step) => format!("Request: {}", step.as_str()),
        other => format!("{other:?}"),
    }
}

/// One line for each action and kind of subject, more where the variants differ.
fn table() -> String {
    let columns = columns();
    let mut out = String::from("| action | on |");
    let _ = columns.iter().try_for_each(|column| write!(out, " {} |", column.name));
    out.push_str("\n|---|---|");
    out.push_str(&":-:|".repeat(columns.len()));
    out.push('\n');
    for action in Action::all() {
        let mut lines = 0;
        let of_column: Vec<_> = columns.iter().map(|c| (c, subjects(c.actor.person().unwrap_or(id(998))))).collect();
        for (kind, (name, variants)) in of_column[0].1.iter().enumerate() {
            let mut by_marks: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            let mut order = Vec::new();
            for (variant, (word, _)) in variants.iter().enumerate() {
                let marks: String = of_column
                    .iter()
                    .map(|(column, subjects)| column.actor.may(action, &subjects[kind].1[variant].1).is_ok())
                    .map(|may| if may { " ✓ |" } else { " ✗ |" })
                    .collect();
                if !by_marks.contains_key(&marks) {
                    order.push(marks.clone());
                }
                by_marks.entry(marks).or_default().push(word);
            }
            // Kinds that the action has nothing to do with are refused throughout.
            if order.iter().all(|marks| !marks.contains('✓')) {
                continue;
            }
            for marks in order {
                let words = &by_marks[&marks];
                let which =
                    if words.len() == variants.len() { String::new() } else { format!(" {}", words.join(", ")) };
                let _ = writeln!(out, "| {} | {name}{which} |{marks}", spelled(action));
                lines += 1;
            }
        }
        assert!(lines > 0, "nobody may ever {action:?}");
    }
    out
}

#[test]
fn the_matrix_is_as_reviewed_and_as_documented() {
    let table = table();
    let page = format!("{HEAD}{table}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &page).unwrap();
    }
    insta::assert_snapshot!("matrix", table);
    assert_eq!(
        fs::read_to_string(&file).unwrap_or_default(),
        page,
        "docs/permissions.md is stale: UPDATE_DOCS=1 writes it"
    );
}

#[test]
fn nobody_and_strangers_change_nothing() {
    for column in columns().into_iter().filter(|column| ["nobody", "stranger"].contains(&column.name)) {
        for action in Action::all().into_iter().filter(|action| !format!("{action:?}").starts_with("See")) {
            for (kind, variants) in subjects(id(998)) {
                for (word, subject) in variants {
                    assert!(column.actor.may(action, &subject).is_err(), "{} {action:?} {kind} {word}", column.name);
                }
            }
        }
    }
}

#[test]
fn a_token_never_may_what_its_maker_may_not_and_never_makes_a_token() {
    let columns = columns();
    let of = |name: &str| columns.iter().find(|column| column.name == name).unwrap();
    let maker = of("coordinator own").actor.clone();
    for token in columns.iter().filter(|column| column.name.starts_with("token")) {
        for action in Action::all() {
            // Of what is one's own, each has its own: the maker's person is another one here.
            for (kind, variants) in subjects(id(998)) {
                for (word, subject) in variants {
                    let may = token.actor.may(action, &subject).is_ok();
                    let what = format!("{} {action:?} {kind} {word}", token.name);
                    assert!(!may || maker.may(action, &subject).is_ok(), "{what}");
                    assert!(!may || action != Action::CreateToken, "{what}");
                }
            }
        }
    }
}
