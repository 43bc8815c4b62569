//! Random practices and wishes: the index judges as the database does, and what is hidden or one's own is never matched.
use super::OWNERS;
use crate::support::Hub;
use innesto::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        matching::{Judged, Offer, Part, Placed, Site, Weights, Wish, judge, order},
        permission::PracticeStatus,
        practice::Practice,
    },
    search::Sought,
    service::matching::{Except, Match, find},
    store::practices,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

const CODES: [&str; 4] = ["A", "B", "C", "D"];
const WORDS: [&str; 8] = ["anziani", "sportello", "famiglie", "minori", "rete", "PUA", "volontari", "comunità"];

fn codes() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(CODES.to_vec(), 0..=3)
        .prop_shuffle()
        .prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), words).prop_map(|words| words.join(" "))
}

/// What changes of [`Hub::sample`]: its terms, its words and its numbers.
fn change() -> impl Strategy<Value = (usize, Practice)> {
    let nobody = uuid::Uuid::nil();
    let at = innesto::domain::time::Ts::from_micros(1_770_000_000_000_000).unwrap();
    let status = prop_oneof![
        5 => Just(PracticeStatus::Published),
        1 => Just(PracticeStatus::Draft),
        1 => Just(PracticeStatus::UnderReview),
        1 => Just(PracticeStatus::Archived),
    ];
    let terms = (codes(), codes(), codes(), codes(), any::<bool>());
    let money = (prop::option::of(0_i64..90_000), prop::option::of(0_i64..9_000), prop::option::of(0_i64..9_000));
    let means = (prop::option::of(0.0..6.0), prop::option::of(0_i64..18));
    let rest = (0_i64..=4, 0_i64..=100, 0_i64..4, 0_i64..3, any::<bool>());
    (0..OWNERS.len(), status, (text(1..4), text(0..6)), terms, money, means, rest).prop_map(
        move |(owner, status, words, terms, money, means, rest)| {
            let mut p = Practice::draft(PracticeId::of(nobody), TerritoryId::of(nobody), None, at);
            (p.status, p.published_at) = (status, Some(at));
            (p.title, p.summary) = words;
            let mut fields = terms.0.into_iter();
            p.field = if terms.4 { fields.next() } else { None };
            p.other_fields = fields.collect();
            (p.targets, p.tools, p.funds) = (terms.1, terms.2, terms.3);
            (p.budget_eur, p.setup_cost_eur, p.yearly_cost_eur) = money;
            (p.staff_fte, p.months_to_start) = means;
            (p.evidence_level, p.kit_completeness, p.active_requests, p.support_capacity, p.support_open) = rest;
            (owner, p)
        },
    )
}

fn wish() -> impl Strategy<Value = (Wish, usize)> {
    let numbers = (prop::option::of(0_i64..90_000), prop::option::of(0.0..6.0), prop::option::of(0_i64..18));
    (prop::option::of(text(1..5)), (codes(), codes(), codes(), codes()), numbers, 0..OWNERS.len()).prop_map(
        |(text, terms, numbers, at)| {
            let wish = Wish {
                text,
                fields: terms.0,
                targets: terms.1,
                tools: terms.2,
                funds: terms.3,
                budget_eur: numbers.0,
                staff_fte: numbers.1,
                months: numbers.2,
                site: None,
            };
            (wish, at)
        },
    )
}

fn runner() -> TestRunner {
    let mut seed = [1; 32];
    if let Some(other) = std::env::var("INNESTO_SEED").ok().and_then(|seed| seed.parse::<u64>().ok()) {
        seed[..8].copy_from_slice(&other.to_le_bytes());
    }
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

fn one<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

async fn matches(app: &App, wish: &Wish, own: TerritoryId) -> Vec<Match> {
    let found = find(app, &Arc::new(wish.clone()), Except { own: vec![own], ..Except::default() }, 20).await.unwrap();
    assert!(found.is_current);
    found.matches
}

/// The judgement of a practice, of which the words were judged so.
async fn judged(hub: &Hub, wish: &Wish, p: &Practice, text: Option<f64>) -> Option<Judged> {
    let atlas = hub.app.store.atlas().await.unwrap();
    let near = wish.site.as_ref().unwrap().near(&Site::of(atlas.territory(p.owner).unwrap()));
    judge(wish, &Offer::of(p, near, text), atlas.weights())
}

/// What must be matched, without words, in its order: every row of the database judged.
async fn truth(hub: &Hub, wish: &Wish, own: TerritoryId, known: &[PracticeId]) -> Vec<(PracticeId, f64)> {
    let mut all = Vec::new();
    for p in practices::find_many(&hub.app.store, known).await.unwrap() {
        if p.status == PracticeStatus::Published
            && p.owner != own
            && let Some(judged) = judged(hub, wish, &p, None).await
        {
            let size = judged.values[Part::Size as usize];
            all.push(Placed { practice: p.id, owner: p.owner, score: judged.score, size });
        }
    }
    order(all, &[]).into_iter().take(20).map(|(one, _)| (one.practice, one.score)).collect()
}

/// The best of the index, so many, by score and then by id.
fn best(hub: &Hub, wish: &Wish, own: TerritoryId, most: usize) -> Vec<PracticeId> {
    let (weights, lists) = (Weights::default(), hub.app.search.lists(0).unwrap());
    let sought = Sought { wish: wish.clone(), weights, own: vec![own], without: HashSet::new(), most };
    let mut found = hub.app.search.matching(&sought, &lists).unwrap().unwrap();
    found.sort_by(|a, b| b.placed.score.total_cmp(&a.placed.score).then(a.placed.practice.cmp(&b.placed.practice)));
    found.into_iter().map(|one| one.placed.practice).collect()
}

fn scores(matches: &[Match]) -> Vec<(PracticeId, f64)> {
    matches.iter().map(|one| (one.practice.id, one.judged.score)).collect()
}

fn ids(matches: &[Match]) -> BTreeSet<PracticeId> {
    matches.iter().map(|one| one.practice.id).collect()
}

on_both! {
    async fn the_index_judges_as_the_database_and_nothing_hidden_is_matched(hub: Hub) {
        hub.places().await;
        let mut runner = runner();
        let mut known: Vec<PracticeId> = Vec::new();
        for round in 0..3 {
            // Some new ones, some changed: published, put away, fuller.
            for _ in 0..14 {
                let (owner, p) = one(&mut runner, &change());
                known.push(hub.write(OWNERS[owner], p, None).await);
            }
            for _ in 0..6 {
                let ((owner, p), at) = (one(&mut runner, &change()), one(&mut runner, &(0..known.len())));
                hub.write(OWNERS[owner], p, Some(known[at])).await;
            }
            let anew = hub.another().await;
            for _ in 0..8 {
                let (mut wish, at) = one(&mut runner, &wish());
                let own = hub.territory(OWNERS[at]).await;
                wish.site = Some(Site::of(hub.app.store.atlas().await.unwrap().territory(own).unwrap()));
                let told = format!("round {round}, {wish:?}");
                let found = matches(&hub.app, &wish, own).await;
                for one in &found {
                    assert_eq!(one.practice.status, PracticeStatus::Published, "{told}");
                    assert_ne!(one.practice.owner, own, "{told}");
                    assert!((0.0..=100.0).contains(&one.judged.score), "{told}");
                    assert_eq!(one.text.is_some(), wish.text.is_some(), "{told}");
                    // The same by the whole row as by what was read of it.
                    let row = practices::find(&hub.app.store, one.practice.id).await.unwrap().unwrap();
                    assert_eq!(judged(&hub, &wish, &row, one.text).await, Some(one.judged), "{told}");
                }
                // How rare a word is depends on what the index has thrown away lately: the scores of words may differ.
                let rebuilt = matches(&anew, &wish, own).await;
                assert_eq!(found.len(), rebuilt.len(), "built anew: {told}");
                if found.len() < 20 {
                    assert_eq!(ids(&found), ids(&rebuilt), "built anew: {told}");
                }
                let wordless = Wish { text: None, ..wish.clone() };
                let found = scores(&matches(&hub.app, &wordless, own).await);
                assert_eq!(found, scores(&matches(&anew, &wordless, own).await), "built anew: {told}");
                let wanted = if wordless.names_terms() { truth(&hub, &wordless, own, &known).await } else { Vec::new() };
                assert_eq!(found, wanted, "{told}");
                let mut all = best(&hub, &wish, own, 1_000);
                all.truncate(5);
                assert_eq!(best(&hub, &wish, own, 5), all, "{told}");
            }
        }
    }

    async fn in_the_hub_too_more_never_lowers_and_a_fuller_owner_never_rises(hub: Hub) {
        hub.places().await;
        let mut runner = runner();
        for _ in 0..10 {
            let (owner, p) = one(&mut runner, &change());
            hub.write(OWNERS[owner], Practice { status: PracticeStatus::Published, ..p }, None).await;
        }
        let base = Wish { fields: CODES.map(str::to_owned).into(), targets: CODES.map(str::to_owned).into(), ..Wish::default() };
        for _ in 0..6 {
            let (wish, at) = one(&mut runner, &wish());
            let own = hub.territory(OWNERS[at]).await;
            let wish = Wish { site: base.site.clone(), fields: base.fields.clone(), targets: base.targets.clone(), text: None, ..wish };
            let before = matches(&hub.app, &wish, own).await;
            let richer = Wish { budget_eur: wish.budget_eur.map(|has| has * 2 + 1), ..wish.clone() };
            let after = matches(&hub.app, &richer, own).await;
            let score = |all: &[Match], id: PracticeId| all.iter().find(|one| one.practice.id == id).map(|one| one.judged.score);
            for one in &before {
                assert!(score(&after, one.practice.id) >= Some(one.judged.score), "{wish:?}");
            }
            let Some(first) = before.first() else { continue };
            let slug = hub.app.store.atlas().await.unwrap().territory(first.practice.owner).unwrap().slug.clone();
            let row = practices::find(&hub.app.store, first.practice.id).await.unwrap().unwrap();
            let proven = Practice { evidence_level: (row.evidence_level + 1).min(4), ..row.clone() };
            hub.write(&slug, proven, Some(row.id)).await;
            assert!(score(&matches(&hub.app, &wish, own).await, row.id) >= Some(first.judged.score), "{wish:?}");
            hub.write(&slug, Practice { active_requests: row.active_requests + 1, ..row.clone() }, Some(row.id)).await;
            assert!(score(&matches(&hub.app, &wish, own).await, row.id) <= Some(first.judged.score), "{wish:?}");
        }
    }
}
