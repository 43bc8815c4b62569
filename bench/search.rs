//! How long search takes, without a database and a network: `cargo run --release --example search -- 200000`. Writes so
//! many made-up practices, of the words of the demonstration's, into an index on disk, then asks.
use innesto::{
    clock::Clock,
    domain::{
        id::{PracticeId, TerritoryId},
        matching::{Site, Weights, Wish},
        page::PageRequest,
        permission::PracticeStatus,
        practice::Practice,
        synonym::Synonym,
        time::Ts,
    },
    search::{Entry, Land, Lists, Mark, Narrow, Question, Search, Sought, Synonyms},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{collections::HashSet, error::Error, sync::Arc};
use uuid::Uuid;

const OWNERS: usize = 302;

/// What is asked: a name, the words, and what it is narrowed to.
fn questions() -> Vec<(&'static str, &'static str, Narrow)> {
    let narrow = |change: &dyn Fn(&mut Narrow)| {
        let mut narrow = Narrow::default();
        change(&mut narrow);
        narrow
    };
    let none = Narrow::default;
    vec![
        ("selective, two words", "supervisione dialisi", none()),
        ("selective, three words", "officina biciclette quartiere", none()),
        ("selective and filters", "supervisione dialisi", narrow(&|n| n.targets = vec!["MINORS".into()])),
        ("acronym", "PUA", none()),
        ("typing error", "supervisone dialisi", none()),
        ("unfinished word", "superv", none()),
        ("common words", "servizi comune", none()),
        ("common words and filters", "servizi comune", narrow(&|n| n.province = Some("BA".into()))),
        ("five words", "assistenza domiciliare per anziani soli nei comuni", none()),
        ("everything", "", none()),
        ("everything, filtered", "", narrow(&|n| n.targets = vec!["MINORS".into()])),
    ]
}

/// What is matched: a name and a wish.
fn wishes() -> Vec<(&'static str, Wish)> {
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let site = Site { population: Some(60_000), area_class: Some("BELT".into()), point: Some((41.1, 16.7)) };
    let terms = Wish {
        fields: codes(&["SOCIO_EDU"]),
        targets: codes(&["MINORS", "FAMILIES"]),
        tools: codes(&["WORKSHOPS"]),
        funds: codes(&["FNPS"]),
        budget_eur: Some(60_000),
        staff_fte: Some(2.0),
        months: Some(6),
        site: Some(site),
        text: None,
    };
    let words = Some("un doposcuola per i bambini del quartiere con le associazioni".to_owned());
    vec![
        ("match, terms", terms.clone()),
        ("match, terms and words", Wish { text: words.clone(), ..terms }),
        ("match, words", Wish { text: words, ..Wish::default() }),
    ]
}

struct Chance {
    /// When the last practice was published.
    at: Ts,
    dice: StdRng,
    words: Vec<String>,
}

impl Chance {
    /// Words as they are frequent in the texts: a place in the texts is drawn, not a word of a list.
    fn text(&mut self, words: usize) -> String {
        let words = (0..words).map(|_| self.words[self.dice.random_range(0..self.words.len())].as_str());
        words.collect::<Vec<_>>().join(" ")
    }

    fn codes(&mut self, all: &[&str], most: usize) -> Vec<String> {
        let n = self.dice.random_range(0..=most);
        (0..n).map(|_| all[self.dice.random_range(0..all.len())].to_owned()).collect()
    }

    fn practice(&mut self, n: u64, owners: &[TerritoryId]) -> Practice {
        self.at = self.at.plus_seconds(1);
        let at = self.at;
        let owner = owners[self.dice.random_range(0..owners.len())];
        let mut p = Practice::draft(PracticeId::of(Uuid::from_u128(u128::from(n) << 8)), owner, None, at);
        (p.status, p.published_at) = (PracticeStatus::Published, Some(at));
        (p.title, p.summary, p.results) = (self.text(7), self.text(35), self.text(40));
        (p.context, p.method, p.obstacles) = (self.text(50), self.text(80), self.text(40));
        p.field =
            self.codes(&["ORG_PROCESS", "SERVICE_DELIVERY", "RESOURCE_OPT", "ADMIN_PROCUREMENT", "SOCIO_EDU"], 1).pop();
        p.targets =
            self.codes(&["MINORS", "YOUTH", "FAMILIES", "OLDER_PEOPLE", "DISABILITY", "POVERTY", "HOMELESS"], 3);
        p.tools =
            self.codes(&["PUA", "CAV", "NETWORK", "VOUCHER", "TRAINING", "SUPERVISION", "SCHOOL", "WORKSHOPS"], 4);
        p.funds = self.codes(&["FNA", "FNPS", "FSC", "SNAI", "PNRR_M5C2"], 2);
        p.budget_eur = self.dice.random_bool(0.7).then(|| self.dice.random_range(1_000..900_000));
        (p.evidence_level, p.kit_completeness) = (self.dice.random_range(0..=4), self.dice.random_range(0..=1) * 60);
        p.support_open = self.dice.random_bool(0.5);
        p
    }
}

/// Asks forty times and prints how long it took.
fn timed(name: &str, work: impl Fn() -> Result<u64, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let (mut times, mut total) = (Vec::new(), 0);
    for _ in 0..40 {
        let since = Clock::stopwatch();
        total = work()?;
        times.push(since.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    println!("{name:28} {total:7} found, median {:7.2} ms, worst {:7.2} ms", times[20], times[39]);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let count: u64 = std::env::args().nth(1).map_or(Ok(200_000), |n| n.parse())?;
    let demo = std::fs::read_to_string("data/demo/practices.json")?;
    let letters = |c: char| !c.is_alphabetic() && c != '\'';
    let words = demo.split(letters).filter(|word| word.len() > 1).map(str::to_owned).collect();
    let at = Ts::from_micros(1_700_000_000_000_000).ok_or("no such instant")?;
    let mut chance = Chance { at, dice: StdRng::seed_from_u64(7), words };
    let owners: Vec<TerritoryId> = (0..OWNERS as u128).map(|n| TerritoryId::of(Uuid::from_u128(n))).collect();
    let provinces = ["BA", "BR", "BT", "FG", "LE", "TA"];
    let land = |(n, id): (usize, &TerritoryId)| {
        let site = Site {
            population: Some(5_000 + 1_000 * i64::try_from(n).unwrap_or_default()),
            area_class: Some(["POLE", "BELT", "INTERMEDIATE", "PERIPHERAL", "ULTRAPERIPHERAL"][n % 5].into()),
            point: u32::try_from(n).ok().map(|n| (40.0 + f64::from(n) / 300.0, 16.0 + f64::from(n % 7) / 4.0)),
        };
        (*id, Land { province: provinces[n % 6].into(), site, ambito: None })
    };
    let synonym = Synonym { word: "PUA".into(), meaning: "porta unica di accesso".into(), both_ways: true };
    let lists = Lists {
        synonyms: Synonyms::of(&[synonym]),
        lands: Arc::new(owners.iter().enumerate().map(land).collect()),
        ..Lists::default()
    };
    let folder = tempfile::tempdir()?;
    let search = Search::in_folder(folder.path().join("search"));
    search.open()?;
    let since = Clock::stopwatch();
    for from in (0..count).step_by(1_000) {
        let entry = |n| Entry {
            practice: chance.practice(n, &owners),
            kit: vec!["Schema di convenzione".into()],
            labels: vec!["Anziani".into(), "Sportello".into()],
            places: vec!["Comune di Bitonto".into()],
        };
        let entries: Vec<Entry> = (from..count.min(from + 1_000)).map(entry).collect();
        search.write(&entries, &[])?;
    }
    search.commit(&Mark { seq: 1, ..Mark::default() })?;
    println!("{count} practices written in {:.1} s", since.elapsed().as_secs_f64());
    for (name, text, narrow) in questions() {
        let question = Question { text: text.into(), narrow, page: PageRequest::first(20), facets: true };
        timed(name, || Ok(search.find(&question, &lists)?.total))?;
    }
    for (name, wish) in wishes() {
        let weights = Weights::default();
        let sought = Sought { wish, weights, own: vec![owners[0]], without: HashSet::new(), most: 1_000 };
        timed(name, || Ok(search.matching(&sought, &lists)?.len() as u64))?;
    }
    let one = chance.practice(count + 1, &owners);
    let since = Clock::stopwatch();
    let alike = search.alike(&one, 5)?.len();
    println!("{:28} {alike:7} found, once {:9.2} ms", "similar", since.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}
