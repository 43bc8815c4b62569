//! How long search takes, without the hub's database and network: `cargo run --release --example search -- 200000`. Writes
//! so many made-up practices, of the words of the demonstration's, into an index on disk, then asks each question so many
//! times (40, or what the second argument says).
//!
//! Under `scripts/with-postgres.sh` the same practices go into PostgreSQL too, and each question is put to both in turn, so
//! that a slow moment of the machine falls on both.
mod search_postgres;

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
use search_postgres::Postgres;
use std::{collections::HashSet, env, error::Error, fs, sync::Arc};
use uuid::Uuid;

const OWNERS: usize = 302;

/// Said of every practice besides its texts: its kit, its terms, its place.
const BESIDE: [&str; 4] = ["Schema di convenzione", "Anziani", "Sportello", "Comune di Bitonto"];

/// A question of the run.
struct Asked {
    name: &'static str,
    text: &'static str,
    /// The same for PostgreSQL: as many of the words as the hub wants; none where it has no way to ask so.
    tsquery: Option<String>,
    target: &'static str,
    province: &'static str,
}

/// So many of these words.
fn most_of(words: &[&str], least: u32) -> String {
    let some = (0_u32..1 << words.len()).filter(|set| set.count_ones() == least);
    let of = |set: u32| {
        let chosen: Vec<_> = (0..).zip(words).filter(|(at, _)| set & (1 << at) != 0).map(|(_, word)| *word).collect();
        format!("({})", chosen.join(" & "))
    };
    some.map(of).collect::<Vec<_>>().join(" | ")
}

fn questions() -> Vec<Asked> {
    let ask = |name, text, tsquery| Asked { name, text, tsquery, target: "", province: "" };
    let (two, common) = (["supervisione", "dialisi"], ["servizi", "comune"]);
    let three = ["officina", "biciclette", "quartiere"];
    let five = ["assistenza", "domiciliare", "anziani", "soli", "comuni"];
    let acronym = Some("PUA | (porta <-> unica <2> accesso)".to_owned());
    vec![
        ask("selective, two words", "supervisione dialisi", Some(most_of(&two, 2))),
        ask("selective, three words", "officina biciclette quartiere", Some(most_of(&three, 2))),
        Asked { target: "MINORS", ..ask("selective and filters", "supervisione dialisi", Some(most_of(&two, 2))) },
        ask("acronym", "PUA", acronym),
        ask("typing error", "supervisone dialisi", None),
        ask("unfinished word", "superv", Some("superv:*".to_owned())),
        ask("common words", "servizi comune", Some(most_of(&common, 2))),
        Asked { province: "BA", ..ask("common words and filters", "servizi comune", Some(most_of(&common, 2))) },
        ask("five words", "assistenza domiciliare per anziani soli nei comuni", Some(most_of(&five, 3))),
        ask("everything", "", Some(String::new())),
        Asked { target: "MINORS", ..ask("everything, filtered", "", Some(String::new())) },
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

/// The lists beside the index.
fn lists(owners: &[TerritoryId]) -> Lists {
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
    let lands = Arc::new(owners.iter().enumerate().map(land).collect());
    Lists { synonyms: Synonyms::of(&[synonym]), lands, ..Lists::default() }
}

/// Writes all practices into the index, and into PostgreSQL where there is one.
async fn write(
    (count, chance, owners): (u64, &mut Chance, &[TerritoryId]),
    (search, lists): (&Search, &Lists),
    mut postgres: Option<&mut Postgres>,
) -> Result<(), Box<dyn Error>> {
    let (mut own, mut theirs) = (0.0, 0.0);
    for from in (0..count).step_by(1_000) {
        let [kit, term, other, place] = BESIDE.map(str::to_owned);
        let (kit, labels, places) = (vec![kit], vec![term, other], vec![place]);
        let entry = |n| {
            let practice = chance.practice(n, owners);
            Entry { practice, kit: kit.clone(), labels: labels.clone(), places: places.clone() }
        };
        let entries: Vec<Entry> = (from..count.min(from + 1_000)).map(entry).collect();
        let since = Clock::stopwatch();
        search.write(&entries, &[])?;
        own += since.elapsed().as_secs_f64();
        if let Some(postgres) = &mut postgres {
            let since = Clock::stopwatch();
            let rows: Vec<_> = entries.iter().map(|e| (&e.practice, lists.lands.get(&e.practice.owner))).collect();
            postgres.write(&rows, &BESIDE.join("\n")).await?;
            theirs += since.elapsed().as_secs_f64();
        }
    }
    let since = Clock::stopwatch();
    search.commit(&Mark { seq: 1, ..Mark::default() })?;
    own += since.elapsed().as_secs_f64();
    // Beside PostgreSQL the index is written by threads of its own while rows are sent, and that would not be counted.
    match postgres {
        None => println!("{count} practices written in {own:.1} s"),
        Some(_) => {
            println!("{count} practices written; how fast is told where there is no PostgreSQL to fill meanwhile");
        }
    }
    if let Some(postgres) = postgres {
        let since = Clock::stopwatch();
        postgres.index().await?;
        println!("the same into PostgreSQL, with its index, in {:.1} s", theirs + since.elapsed().as_secs_f64());
    }
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// How long it takes to judge all practices for some wishes.
fn ask_for_matches(search: &Search, lists: &Lists, owners: &[TerritoryId], rounds: u64) -> Result<(), Box<dyn Error>> {
    for (name, wish) in wishes() {
        let weights = Weights::default();
        let sought = Sought { wish, weights, own: vec![owners[0]], without: HashSet::new(), most: 1_000 };
        let (mut times, mut found) = (Vec::new(), 0);
        for _ in 0..rounds {
            let since = Clock::stopwatch();
            found = search.matching(&sought, lists)?.unwrap_or_default().len();
            times.push(since.elapsed().as_secs_f64() * 1000.0);
        }
        let (middle, worst) = (median(&mut times), times.last().copied().unwrap_or_default());
        println!("{name:26} {found:8} {middle:6.2} ms {worst:6.2} ms");
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let number = |at, usual| env::args().nth(at).map_or(Ok(usual), |n| n.parse::<u64>());
    let (count, rounds) = (number(1, 200_000)?, number(2, 40)?.max(1));
    let demo = fs::read_to_string("data/demo/practices.json")?;
    let letters = |c: char| !c.is_alphabetic() && c != '\'';
    let words = demo.split(letters).filter(|word| word.len() > 1).map(str::to_owned).collect();
    let at = Ts::from_micros(1_700_000_000_000_000).ok_or("no such instant")?;
    let mut chance = Chance { at, dice: StdRng::seed_from_u64(7), words };
    let owners: Vec<TerritoryId> = (0..OWNERS as u128).map(|n| TerritoryId::of(Uuid::from_u128(n))).collect();
    let lists = lists(&owners);
    let folder = tempfile::tempdir()?;
    let search = Search::in_folder(folder.path().join("search"));
    search.open()?;
    let mut postgres = match env::var("INNESTO_TEST_POSTGRES_URL") {
        Ok(url) => Some(Postgres::on(&url).await?),
        Err(_) => None,
    };
    write((count, &mut chance, &owners), (&search, &lists), postgres.as_mut()).await?;
    println!("\n{:26} {:>8} {:>9} {:>9}   PostgreSQL: found, median, times ours", "", "found", "median", "worst");
    for asked in questions() {
        let targets = Some(asked.target).filter(|code| !code.is_empty()).map(str::to_owned);
        let province = Some(asked.province).filter(|code| !code.is_empty()).map(str::to_owned);
        let narrow = Narrow { targets: targets.into_iter().collect(), province, ..Narrow::default() };
        let question = Question { text: asked.text.into(), narrow, page: PageRequest::first(20), facets: true };
        let (mut own, mut theirs, mut total, mut their_total) = (Vec::new(), Vec::new(), 0, 0);
        for _ in 0..rounds {
            let since = Clock::stopwatch();
            total = search.find(&question, &lists)?.total;
            own.push(since.elapsed().as_secs_f64() * 1000.0);
            if let (Some(postgres), Some(tsquery)) = (&mut postgres, &asked.tsquery) {
                let since = Clock::stopwatch();
                their_total = postgres.find(tsquery, asked.target, asked.province).await?;
                theirs.push(since.elapsed().as_secs_f64() * 1000.0);
            }
        }
        let (middle, worst) = (median(&mut own), own.last().copied().unwrap_or_default());
        print!("{:26} {total:8} {middle:6.2} ms {worst:6.2} ms", asked.name);
        if theirs.is_empty() {
            println!();
        } else {
            let median = median(&mut theirs);
            println!("   {their_total:8} {median:8.2} ms {:6.1}×", median / middle);
        }
        if total > 0 && !theirs.is_empty() && their_total == 0 {
            return Err(format!("{}: PostgreSQL finds nothing", asked.name).into());
        }
    }
    ask_for_matches(&search, &lists, &owners, rounds)?;
    let one = chance.practice(count + 1, &owners);
    let since = Clock::stopwatch();
    let alike = search.alike(&one, 5)?.len();
    println!("{:26} {alike:8} {:6.2} ms, once", "similar", since.elapsed().as_secs_f64() * 1000.0);
    if let Some(postgres) = postgres {
        postgres.drop().await?;
    }
    Ok(())
}
