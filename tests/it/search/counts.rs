//! Random practices, filters and words: what facets promise is what filtering gives, what is hidden is not found, and an
//! index that followed the log is the one that is built anew.
use super::found;
use crate::support::Hub;
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, PracticeId, kind},
        permission::PracticeStatus,
        practice::{Practice, Provenance},
    },
    service::{
        practices::Filter,
        search::{COSTS, EVIDENCE, Hits},
    },
    store::{practices, sql::sql},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::collections::BTreeSet;

const OWNERS: [&str; 6] = ["bitonto", "ambito-bitonto", "troia", "ambito-troia", "nardo", "ambito-nardo"];
const WORDS: [&str; 12] = [
    "anziani",
    "sportello",
    "itinerante",
    "famiglie",
    "co-progettazione",
    "minori",
    "rete",
    "casa",
    "PUA",
    "volontari",
    "l'affido",
    "comunità",
];
const CODES: [&str; 4] = ["A", "B", "C", "D"];

fn codes() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(CODES.to_vec(), 0..=3).prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), words).prop_map(|words| words.join(" "))
}

/// One practice: its place among the owners, and what it says.
fn practice() -> impl Strategy<Value = (usize, Practice)> {
    let status = prop_oneof![
        5 => Just(PracticeStatus::Published),
        1 => Just(PracticeStatus::Draft),
        1 => Just(PracticeStatus::UnderReview),
        1 => Just(PracticeStatus::Archived),
    ];
    let words = (text(1..4), text(0..6), text(0..9));
    let terms = (codes(), codes(), codes(), codes());
    let numbers = (prop::option::of(0_i64..400_000), 0_i64..=4, 0_i64..=1, 0_i64..=2, any::<bool>(), any::<bool>());
    (0..OWNERS.len(), status, words, terms, numbers, 0_i64..1000).prop_map(
        |(owner, status, words, terms, numbers, age)| {
            let mut p = Practice::draft(PracticeId::of(uuid::Uuid::nil()), Id::of(uuid::Uuid::nil()), None, time(age));
            p.status = status;
            p.published_at = matches!(status, PracticeStatus::Published | PracticeStatus::Archived).then(|| time(age));
            (p.title, p.summary, p.method) = words;
            let mut fields = terms.0.into_iter();
            (p.field, p.other_fields) = (fields.next(), fields.collect());
            (p.targets, p.tools, p.funds) = (terms.1, terms.2, terms.3);
            let (open, real);
            (p.budget_eur, p.evidence_level, p.kit_completeness, p.active_requests, open, real) = numbers;
            (p.kit_completeness, p.support_open) = (p.kit_completeness * 50, open);
            p.provenance = if real { Provenance::Real } else { Provenance::Illustrative };
            (owner, p)
        },
    )
}

fn time(age: i64) -> innesto::domain::time::Ts {
    innesto::domain::time::Ts::from_micros(1_770_000_000_000_000 + age).unwrap()
}

fn filter() -> impl Strategy<Value = Filter> {
    let terms = (codes(), codes(), codes(), codes()).prop_map(|(a, b, c, d)| [a, b, c, d]);
    // Mostly few conditions: with many nothing is left to be counted.
    let terms = (terms, 0_u8..16).prop_map(|(mut terms, keep)| {
        for (i, codes) in terms.iter_mut().enumerate() {
            if keep & (1 << i) != 0 {
                codes.clear();
            }
        }
        terms
    });
    let rare = |p: f64| prop::bool::weighted(p);
    let places = (
        prop::option::weighted(0.2, prop::sample::select(vec!["BA", "FG", "LE", "TA"])),
        prop::option::weighted(0.2, prop::sample::select(vec!["POLE", "BELT"])),
    );
    let numbers = (
        prop::option::weighted(0.2, any::<bool>()),
        prop::option::weighted(0.2, any::<bool>()),
        prop::option::weighted(0.2, 0_i64..400_000),
        prop::option::weighted(0.2, 0_i64..=4),
        rare(0.15),
    );
    (terms, places, numbers).prop_map(|([fields, targets, tools, funds], (province, area), numbers)| Filter {
        fields,
        targets,
        tools,
        funds,
        province: province.map(str::to_owned),
        area_class: area.map(str::to_owned),
        has_kit: numbers.0,
        open_to_requests: numbers.1,
        cost_at_most: numbers.2,
        evidence_at_least: numbers.3,
        provenance: numbers.4.then_some(Provenance::Real),
        ..Filter::default()
    })
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

async fn classes(hub: &Hub) {
    let mut tx = hub.app.store.begin().await.unwrap();
    for (slug, class) in [("bitonto", "POLE"), ("ambito-troia", "BELT"), ("troia", "BELT")] {
        let set = sql("UPDATE territory SET area_class = ").value(class).text(" WHERE slug = ").value(slug);
        set.run(&mut tx).await.unwrap();
    }
    tx.emit(NewEvent::new(EventKind::TerritoriesImported, hub.territory("bitonto").await));
    tx.commit(hub.app.clock.now()).await.unwrap();
}

/// Writes a practice, new or over the one that is there.
async fn write(hub: &Hub, owner: usize, mut p: Practice, over: Option<PracticeId>) -> PracticeId {
    p.owner = hub.territory(OWNERS[owner]).await;
    p.id = over.unwrap_or_else(|| hub.app.clock.id());
    p.slug = p.id.uuid().simple().to_string();
    let mut tx = hub.app.store.begin().await.unwrap();
    if over.is_some() {
        practices::update(&mut tx, &p).await.unwrap();
    } else {
        assert!(practices::insert(&mut tx, &p).await.unwrap());
    }
    practices::update_counters(&mut tx, p.id, 0, p.active_requests, 0).await.unwrap();
    tx.emit(NewEvent::new(EventKind::PracticeUpdated, Id::<kind::Practice>::of(p.id.uuid())));
    tx.commit(hub.app.clock.now()).await.unwrap();
    p.id
}

/// Each value of each facet: how many it promises, and the filter that chooses it.
fn promises(hits: &Hits, filter: &Filter) -> Vec<(String, u64, Filter)> {
    let counts = &hits.found.counts;
    let mut all = Vec::new();
    let mut add = |name: String, count: u64, change: &dyn Fn(&mut Filter)| {
        let mut chosen = filter.clone();
        change(&mut chosen);
        all.push((name, count, chosen));
    };
    for code in CODES {
        let count = |i: usize| counts.terms[i].get(code).copied().unwrap_or_default();
        add(format!("field {code}"), count(0), &|f| f.fields = vec![code.into()]);
        add(format!("target {code}"), count(1), &|f| f.targets = vec![code.into()]);
        add(format!("tool {code}"), count(2), &|f| f.tools = vec![code.into()]);
        add(format!("fund {code}"), count(3), &|f| f.funds = vec![code.into()]);
    }
    for province in ["BA", "FG", "LE", "TA"] {
        let count = counts.provinces.get(province).copied().unwrap_or_default();
        add(province.into(), count, &|f| f.province = Some(province.into()));
    }
    for class in ["POLE", "BELT", "CORE"] {
        let count = counts.area_classes.get(class).copied().unwrap_or_default();
        add(class.into(), count, &|f| f.area_class = Some(class.into()));
    }
    for (least, count) in EVIDENCE.into_iter().zip(counts.evidence) {
        add(format!("evidence {least}"), count, &|f| f.evidence_at_least = Some(least));
    }
    for (most, count) in COSTS.into_iter().zip(counts.costs) {
        add(format!("cost {most}"), count, &|f| f.cost_at_most = Some(most));
    }
    for (yes, i) in [(false, 0), (true, 1)] {
        add(format!("kit {yes}"), counts.kit[i], &|f| f.has_kit = Some(yes));
        add(format!("open {yes}"), counts.open[i], &|f| f.open_to_requests = Some(yes));
    }
    all
}

fn ids(hits: &Hits) -> BTreeSet<PracticeId> {
    hits.page.items.iter().map(|(_, (practice, _))| practice.id).collect()
}

on_both! {
    async fn facets_promise_what_filtering_gives_and_nothing_hidden_is_found(hub: Hub) {
        classes(&hub).await;
        let mut runner = runner();
        let mut known: Vec<PracticeId> = Vec::new();
        for round in 0..4 {
            // Some new ones, some changed: published, put away, said in other words.
            for _ in 0..12 {
                let (owner, p) = one(&mut runner, &practice());
                known.push(write(&hub, owner, p, None).await);
            }
            for _ in 0..6 {
                let ((owner, p), at) = (one(&mut runner, &practice()), one(&mut runner, &(0..known.len())));
                write(&hub, owner, p, Some(known[at])).await;
            }
            let anew = hub.another().await;
            for _ in 0..6 {
                let (words, narrow) = (one(&mut runner, &text(0..4)), one(&mut runner, &filter()));
                let hits = found(&hub.app, &words, narrow.clone()).await;
                let told = format!("round {round}, {words:?}, {narrow:?}");
                assert!(hits.is_current, "{told}");
                assert_eq!(hits.found.total, hits.page.items.len() as u64, "{told}");
                assert!(hits.page.items.iter().all(|(_, (p, _))| p.status == PracticeStatus::Published), "{told}");
                if words.is_empty() {
                    let truth = practices::count(&hub.app.store, &narrow).await.unwrap();
                    assert_eq!(i64::try_from(hits.found.total).unwrap(), truth, "{told}");
                }
                for (name, promised, chosen) in promises(&hits, &narrow) {
                    let given = found(&hub.app, &words, chosen).await.found.total;
                    assert_eq!(promised, given, "{name}: {told}");
                }
                let rebuilt = found(&anew, &words, narrow).await;
                assert_eq!((ids(&hits), &hits.found.counts), (ids(&rebuilt), &rebuilt.found.counts), "{told}");
                assert_eq!(hits.found.suggestion, rebuilt.found.suggestion, "{told}");
            }
        }
    }
}
