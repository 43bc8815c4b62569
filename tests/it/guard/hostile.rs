//! Documents made to hurt: the guard's work on any of them is counted and stays in proportion to its bytes.
#[path = "../../guard/hostile.rs"]
mod generator;

use innesto::graphql::guard::{Guard, Refused, limits};

/// Visited nodes for each byte of a text, at most: it has a node for two bytes at most, each of ten operations visits
/// each of them three times, and comparing fields has its own limit.
const STEPS_PER_BYTE: u64 = 32;

fn checked(guard: &Guard, text: &str) -> (u64, Option<Refused>) {
    match guard.check(text, None, serde_json::Map::new()) {
        Ok(approved) => (approved.steps, None),
        Err(refused) => (refused.steps, Some(refused)),
    }
}

#[test]
fn the_work_on_a_hostile_document_is_in_proportion_to_its_bytes() {
    let guard = Guard::new();
    for (kind, (name, _)) in generator::KINDS.iter().enumerate() {
        for seed in 0..40 {
            let text = generator::document(kind, seed);
            assert!(text.len() <= limits::BYTES, "{name} {seed}");
            let (steps, refused) = checked(&guard, &text);
            assert!(steps <= STEPS_PER_BYTE * text.len() as u64, "{name} {seed}: {steps} for {} bytes", text.len());
            if let Some(refused) = refused {
                assert!((1..=limits::ERRORS).contains(&refused.errors.len()), "{name} {seed}");
                for error in refused.errors {
                    let length = error.message.chars().count();
                    assert!((1..=limits::MESSAGE).contains(&length), "{name} {seed}: {}", error.message);
                    assert!(error.locations.iter().all(|at| at.line >= 1 && at.column >= 1), "{name} {seed}");
                }
            }
        }
    }
    let (kept, bytes) = guard.kept();
    assert!(bytes <= limits::KEPT_BYTES, "{kept} documents of {bytes} bytes");
}

#[test]
fn the_kinds_made_to_grow_are_refused_for_their_size() {
    let guard = Guard::new();
    for name in ["fragments that double", "aliases", "deep selections"] {
        let kind = generator::KINDS.iter().position(|(other, _)| *other == name).unwrap();
        let refused = (0..40).filter(|seed| {
            let (_, refused) = checked(&guard, &generator::document(kind, *seed));
            refused.is_some_and(|refused| refused.kind == innesto::graphql::guard::RefusedKind::TooLarge)
        });
        assert!(refused.count() > 10, "{name}");
    }
}
