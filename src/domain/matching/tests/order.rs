//! The order: two of one owner, and who copied before who invented.
use super::*;
use crate::domain::id::{Id, PracticeId, TerritoryId};
use proptest::prelude::*;
use uuid::Uuid;

fn practice(n: u128) -> PracticeId {
    Id::of(Uuid::from_u128(n))
}

fn placed(n: u128, owner: u128, score: f64, size: f64) -> Placed {
    Placed { practice: practice(n), owner: TerritoryId::of(Uuid::from_u128(owner)), score, size: Some(size) }
}

/// The order by the practices' numbers, each with the number of the ancestor it goes before.
fn ordered(all: Vec<Placed>, descent: &[(u128, u128)]) -> Vec<(u128, Option<u128>)> {
    let descent: Vec<_> = descent.iter().map(|(above, below)| (practice(*above), practice(*below))).collect();
    let number = |id: PracticeId| id.uuid().as_u128();
    order(all, &descent).into_iter().map(|(one, before)| (number(one.practice), before.map(number))).collect()
}

fn numbers(all: Vec<Placed>, descent: &[(u128, u128)]) -> Vec<u128> {
    ordered(all, descent).into_iter().map(|(n, _)| n).collect()
}

#[test]
fn by_score_then_by_id() {
    let all = vec![placed(3, 3, 50.0, 1.0), placed(2, 2, 50.0, 1.0), placed(1, 1, 40.0, 1.0), placed(4, 4, 60.0, 1.0)];
    assert_eq!(numbers(all, &[]), [4, 2, 3, 1]);
}

#[test]
fn one_owner_has_two_of_the_first_five() {
    let one = |n: u32| placed(n.into(), 1, 90.0 - f64::from(n), 1.0);
    let mut all: Vec<Placed> = (1..=4).map(one).collect();
    all.extend((5_u32..=9).map(|n| placed(n.into(), n.into(), 50.0 - f64::from(n), 1.0)));
    assert_eq!(numbers(all, &[]), [1, 2, 5, 6, 7, 3, 4, 8, 9]);
    assert_eq!(numbers((1..=4).map(one).collect(), &[]), [1, 2, 3, 4], "without anybody else");
}

#[test]
fn a_descendant_within_five_points_and_nearer_in_size_goes_before_its_ancestor() {
    let all =
        || vec![placed(1, 1, 80.0, 0.5), placed(2, 2, 78.0, 0.5), placed(3, 3, 75.0, 0.9), placed(4, 4, 74.9, 0.9)];
    assert_eq!(ordered(all(), &[(1, 3)]), [(3, Some(1)), (1, None), (2, None), (4, None)]);
    assert_eq!(ordered(all(), &[(1, 4)])[0], (1, None), "5.1 points less");
    assert_eq!(ordered(all(), &[(1, 2)])[0], (1, None), "no nearer");
    let unknown = vec![placed(1, 1, 80.0, 0.5), Placed { size: None, ..placed(3, 3, 79.0, 0.9) }];
    assert_eq!(ordered(unknown, &[(1, 3)])[0], (1, None), "its size is not known");
    let ahead = vec![placed(1, 1, 80.0, 0.5), placed(3, 3, 81.0, 0.9)];
    assert_eq!(ordered(ahead, &[(1, 3)])[0], (3, Some(1)), "it goes before by its score already");
}

#[test]
fn of_three_generations_the_nearest_goes_first_and_names_the_next() {
    let all = vec![placed(1, 1, 80.0, 0.3), placed(2, 2, 78.0, 0.6), placed(3, 3, 76.0, 0.9)];
    let wanted = [(3, Some(2)), (2, Some(1)), (1, None)];
    assert_eq!(ordered(all.clone(), &[(1, 2), (2, 3), (1, 3)]), wanted);
    assert_eq!(ordered(all, &[(1, 3), (2, 3), (1, 2), (1, 2)]), wanted, "in whatever order they are told");
}

#[test]
fn a_descendant_that_its_owners_others_push_back_goes_before_nobody() {
    let all = vec![
        placed(1, 9, 90.0, 0.9),
        placed(2, 9, 89.0, 0.9),
        placed(3, 1, 80.0, 0.5),
        placed(4, 9, 79.0, 0.9),
        placed(5, 5, 10.0, 0.1),
    ];
    assert_eq!(
        ordered(all, &[(3, 4)]),
        [(1, None), (2, None), (3, None), (5, None), (4, None)],
        "its owner has two of the first five"
    );
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_owner_fills_the_first_places(
        all in prop::collection::vec((0_u128..6, 0_u32..100, 0_u32..10), 0..40),
        descent in prop::collection::vec((0_u128..40, 0_u128..40), 0..40),
    ) {
        let all: Vec<Placed> = (0_u128..).zip(all)
            .map(|(n, (owner, score, size))| placed(n, owner, f64::from(score), f64::from(size) / 10.0)).collect();
        // Lineage has no cycles: from lower to higher numbers.
        let descent: Vec<_> = descent.into_iter().filter(|(above, below)| above < below).collect();
        let got = numbers(all.clone(), &descent);
        let mut sorted = got.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..all.len() as u128).collect::<Vec<_>>());
        let owner = |n: &u128| all[usize::try_from(*n).unwrap()].owner;
        let first: Vec<_> = got.iter().take(5).map(owner).collect();
        for one in &first {
            let others = got.iter().skip(5).any(|n| first.iter().filter(|of| *of == &owner(n)).count() < 2);
            prop_assert!(!others || first.iter().filter(|of| *of == one).count() <= 2, "{first:?}");
        }
        let mut reversed = all;
        reversed.reverse();
        prop_assert_eq!(numbers(reversed, &descent), got);
    }
}
