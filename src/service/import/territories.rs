//! Territories from CSV, one line an Ambito or a Comune. Comuni are known again by Belfiore code, which never changes,
//! Ambiti by name: so an ISTAT code or a name may change and the territory keeps its id, its address and its old names.
use super::{
    ImportError, Mistake, Origin, Problem, Progress, Report,
    table::{Row, Table, code, number},
};
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, TerritoryId, kind},
        territory::{LegalForm, Territory, TerritoryKind},
        text::{folded, slug},
        word::Word,
    },
    store::territories,
};
use std::collections::{HashMap, HashSet};

const NEEDED: &[&str] = &["kind", "name", "province"];
const KNOWN: &[&str] = &[
    "aliases",
    "istat_code",
    "belfiore_code",
    "ipa_code",
    "population",
    "area_km2",
    "latitude",
    "longitude",
    "ambito",
    "legal_form",
    "seat",
    "area_class",
    "note",
];

/// A line of the file; what it refers to is still a name.
struct Line {
    at: u64,
    territory: Territory,
    ambito: Option<String>,
    seat: Option<String>,
}

/// Reads, checks, and unless `dry_run` writes. Territories that the file does not have stay as they are.
///
/// # Errors
/// Every mistake with its line and column; then nothing was written.
pub async fn run(
    app: &App,
    file: &[u8],
    origin: &Origin,
    dry_run: bool,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    let table = Table::read(file, NEEDED, KNOWN)?;
    let mut mistakes = Vec::new();
    let mut lines: Vec<Line> = table.rows().into_iter().filter_map(|row| line(app, row, &mut mistakes)).collect();
    let mut tx = app.store.begin().await?;
    let known = Known::of(territories::all(&mut tx).await?);
    known.recognise(&mut lines, &mut mistakes);
    refer(&known, &mut lines, &mut mistakes);
    table.verdict(mistakes)?;

    let mut report = Report::default();
    let named: HashMap<TerritoryId, String> =
        known.by_id.values().chain(lines.iter().map(|line| &line.territory)).map(|t| (t.id, t.full_name())).collect();
    // Two passes, for a seat refers to a Comune and a Comune to its Ambito.
    let mut changed = Vec::new();
    for line in &lines {
        let old = known.by_id.get(&line.territory.id);
        match old.map(|old| differences(old, &line.territory, &named)) {
            Some(different) if different.is_empty() => report.unchanged += 1,
            Some(different) => {
                report.changes.push(format!("~ {}: {}", line.territory.full_name(), different.join(", ")));
                changed.push(&line.territory);
            }
            None => {
                report.changes.push(format!("+ {}", line.territory.full_name()));
                changed.push(&line.territory);
            }
        }
    }
    if dry_run || changed.is_empty() {
        progress(lines.len(), lines.len());
        return Ok(report);
    }
    let all = changed.len() * 2;
    for (done, territory) in changed.iter().enumerate() {
        progress(done, all);
        territories::save(&mut tx, &Territory { seat: None, ambito: None, ..(*territory).clone() }).await?;
    }
    for (done, territory) in changed.iter().enumerate() {
        progress(changed.len() + done, all);
        territories::save(&mut tx, territory).await?;
        territories::add_names(&mut tx, territory.id, &names(territory)).await?;
    }
    progress(all, all);
    territories::save_dataset(&mut tx, &origin.dataset("territories", app.clock.now())).await?;
    tx.emit(NewEvent::new(EventKind::TerritoriesImported, Id::<kind::Territory>::of(uuid::Uuid::nil())).by(origin.by));
    tx.commit(app.clock.now()).await?;
    Ok(report)
}

fn line(app: &App, row: Row<'_>, mistakes: &mut Vec<(u64, Mistake)>) -> Option<Line> {
    let kind = row.need("kind", mistakes, |text| {
        TerritoryKind::parse(&text.to_uppercase()).ok_or_else(|| neither(text, "AMBITO", "COMUNE"))
    });
    let name = row.need("name", mistakes, |text| name(text, 100));
    let province = row.need("province", mistakes, |text| code(text, ("una provincia", "a province"), 2, false));
    let aliases = row.read("aliases", mistakes, |text| {
        text.split('|').map(str::trim).filter(|alias| !alias.is_empty()).map(name_of).collect()
    });
    let latitude = row.read("latitude", mistakes, |text| number(text, -90.0, 90.0));
    let longitude = row.read("longitude", mistakes, |text| number(text, -180.0, 180.0));
    let istat_code = row.read("istat_code", mistakes, |text| code(text, ("un codice ISTAT", "an ISTAT code"), 6, true));
    let belfiore_code =
        row.read("belfiore_code", mistakes, |text| code(text, ("un codice Belfiore", "a Belfiore code"), 4, false));
    let legal_form = row.read("legal_form", mistakes, |text| {
        LegalForm::parse(&text.to_uppercase()).ok_or_else(|| neither(text, "CONVENTION", "CONSORTIUM"))
    });
    let territory = Territory {
        id: app.clock.id(),
        kind: kind?,
        slug: String::new(),
        name: name?,
        aliases: aliases.unwrap_or_default(),
        province: province?,
        legal_form,
        seat: None,
        ambito: None,
        istat_code,
        belfiore_code,
        ipa_code: row.read("ipa_code", mistakes, |text| self::name(text, 20)),
        population: row.read("population", mistakes, |text| number(text, 0, 100_000_000)),
        area_km2: row.read("area_km2", mistakes, |text| number(text, 0.0, 1e6)),
        latitude,
        longitude,
        area_class: row.read("area_class", mistakes, |text| self::name(text, 40)),
        mailbox: None,
    };
    if territory.kind == TerritoryKind::Comune && territory.belfiore_code.is_none() {
        let problem = Problem::say(
            "un Comune ha bisogno del codice Belfiore: da quello lo si riconosce",
            "a Comune needs its Belfiore code: it is known again by it",
        );
        mistakes.push(row.mistake("belfiore_code", problem));
    }
    if territory.kind == TerritoryKind::Ambito && row.text("ambito").is_some() {
        let problem = Problem::say("un Ambito non appartiene a un Ambito", "an Ambito belongs to no Ambito");
        mistakes.push(row.mistake("ambito", problem));
    }
    let reference = |column| row.text(column).map(str::to_owned);
    Some(Line { at: row.line(), territory, ambito: reference("ambito"), seat: reference("seat") })
}

fn neither(text: &str, one: &str, other: &str) -> Problem {
    Problem::say(format!("{text:?} non è né {one} né {other}"), format!("{text:?} is neither {one} nor {other}"))
}

fn name(text: &str, most: usize) -> Result<String, Problem> {
    crate::domain::text::line("name", text, most).map_err(Problem::from)
}

fn name_of(alias: &str) -> Result<String, Problem> {
    name(alias, 100)
}

/// What the database has.
struct Known {
    by_id: HashMap<TerritoryId, Territory>,
    by_belfiore: HashMap<String, TerritoryId>,
    ambito_by_name: HashMap<String, TerritoryId>,
    slugs: HashSet<String>,
}

impl Known {
    fn of(all: Vec<Territory>) -> Self {
        let belfiore = |t: &Territory| Some((t.belfiore_code.clone()?, t.id));
        Self {
            by_belfiore: all.iter().filter_map(belfiore).collect(),
            ambito_by_name: all
                .iter()
                .filter(|t| t.kind == TerritoryKind::Ambito)
                .flat_map(|t| [&t.name].into_iter().chain(&t.aliases).map(|name| (folded(name), t.id)))
                .collect(),
            slugs: all.iter().map(|t| t.slug.clone()).collect(),
            by_id: all.into_iter().map(|t| (t.id, t)).collect(),
        }
    }

    /// Gives each line the id and address of the territory it means, or an address of its own.
    fn recognise(&self, lines: &mut [Line], mistakes: &mut Vec<(u64, Mistake)>) {
        let (mut slugs, mut numbers, mut seen) = (self.slugs.clone(), HashMap::new(), HashMap::new());
        for line in lines {
            let t = &mut line.territory;
            let known = match (&t.kind, &t.belfiore_code) {
                (TerritoryKind::Comune, Some(belfiore)) => self.by_belfiore.get(belfiore),
                (TerritoryKind::Comune, None) => None,
                (TerritoryKind::Ambito, _) => self.ambito_by_name.get(&folded(&t.name)),
            };
            if let Some(old) = known.and_then(|id| self.by_id.get(id)) {
                (t.id, t.slug, t.mailbox) = (old.id, old.slug.clone(), old.mailbox.clone());
            } else {
                t.slug = free_slug(t, &slugs, &mut numbers);
                slugs.insert(t.slug.clone());
            }
            let identity = match (&t.kind, &t.belfiore_code) {
                (TerritoryKind::Comune, Some(belfiore)) => belfiore.clone(),
                _ if known.is_some() => t.slug.clone(),
                (TerritoryKind::Comune, None) => format!("new {} {}", folded(&t.name), t.province),
                (TerritoryKind::Ambito, _) => format!("new {}", folded(&t.name)),
            };
            if let Some(first) = seen.insert((t.kind, identity), line.at) {
                let name = t.full_name();
                let problem = Problem::say(
                    format!("{name} è già alla riga {first}"),
                    format!("{name} is already on line {first}"),
                );
                mistakes.push((line.at, Mistake { place: format!("line {}, column name", line.at), problem }));
            }
        }
    }
}

/// `castro`, and for the next of that name `castro-le`, then with a number. `numbers` has the last one that was given.
fn free_slug(t: &Territory, taken: &HashSet<String>, numbers: &mut HashMap<String, u32>) -> String {
    let base = slug(&if t.kind == TerritoryKind::Ambito { format!("ambito {}", t.name) } else { t.name.clone() });
    let with_province = format!("{base}-{}", t.province.to_lowercase());
    if let Some(free) = [&base, &with_province].into_iter().find(|slug| !taken.contains(*slug)) {
        return free.clone();
    }
    let number = numbers.entry(with_province.clone()).or_insert(1);
    loop {
        *number += 1;
        let slug = format!("{with_province}-{number}");
        if !taken.contains(&slug) {
            return slug;
        }
    }
}

/// Turns the names in `ambito` and `seat` into ids, by what the file and the database have.
fn refer(known: &Known, lines: &mut [Line], mistakes: &mut Vec<(u64, Mistake)>) {
    let mut ambiti = known.ambito_by_name.clone();
    let mut comuni: HashMap<(String, String), TerritoryId> = HashMap::new();
    for t in known.by_id.values().chain(lines.iter().map(|line| &line.territory)) {
        match t.kind {
            TerritoryKind::Comune => drop(comuni.insert((folded(&t.name), t.province.clone()), t.id)),
            TerritoryKind::Ambito => {
                let names = [&t.name].into_iter().chain(&t.aliases);
                ambiti.extend(names.map(|name| (folded(name), t.id)));
            }
        }
    }
    for line in lines {
        let mut find = |column: &str, name: &Option<String>, found: Option<TerritoryId>| {
            if let (Some(name), None) = (name, found) {
                let problem = Problem::say(
                    format!("{name:?} non è nel file e non è già noto"),
                    format!("{name:?} is neither in the file nor known already"),
                );
                mistakes.push((line.at, Mistake { place: format!("line {}, column {column}", line.at), problem }));
            }
            found
        };
        let ambito = line.ambito.as_deref().and_then(|name| ambiti.get(&folded(name)).copied());
        line.territory.ambito = find("ambito", &line.ambito, ambito);
        let place = |name: &str| comuni.get(&(folded(name), line.territory.province.clone())).copied();
        let seat = line.seat.as_deref().and_then(place);
        line.territory.seat = find("seat", &line.seat, seat);
    }
}

/// All it is to be found by. An Ambito's codes and names work with and without "Ambito".
fn names(t: &Territory) -> Vec<String> {
    let mut names = vec![t.name.clone(), t.full_name()];
    names.extend(t.aliases.iter().cloned());
    if t.kind == TerritoryKind::Ambito {
        names.extend(t.aliases.iter().map(|alias| format!("Ambito {alias}")));
        names.push(format!("Ambito {}", t.name));
    }
    names.extend([&t.istat_code, &t.belfiore_code].into_iter().flatten().cloned());
    names
}

/// How a column is shown.
type Read = fn(&Territory) -> Option<String>;

/// What a line of the file changes, by the names of its columns; territories by theirs.
fn differences(old: &Territory, new: &Territory, named: &HashMap<TerritoryId, String>) -> Vec<String> {
    let mut different = Vec::new();
    let mut compare = |column: &str, from: String, to: String| {
        if from != to {
            let shown = |text: String| if text.is_empty() { "–".to_owned() } else { text };
            different.push(format!("{column} {} → {}", shown(from), shown(to)));
        }
    };
    let plain: [(&str, Read); 11] = [
        ("name", |t| Some(t.name.clone())),
        ("aliases", |t| Some(t.aliases.join(" | "))),
        ("province", |t| Some(t.province.clone())),
        ("legal_form", |t| t.legal_form.map(|form| form.as_str().to_owned())),
        ("istat_code", |t| t.istat_code.clone()),
        ("ipa_code", |t| t.ipa_code.clone()),
        ("population", |t| t.population.map(|n| n.to_string())),
        ("area_km2", |t| t.area_km2.map(|n| n.to_string())),
        ("latitude", |t| t.latitude.map(|n| n.to_string())),
        ("longitude", |t| t.longitude.map(|n| n.to_string())),
        ("area_class", |t| t.area_class.clone()),
    ];
    for (column, read) in plain {
        compare(column, read(old).unwrap_or_default(), read(new).unwrap_or_default());
    }
    let name = |id: Option<TerritoryId>| id.and_then(|id| named.get(&id).cloned()).unwrap_or_default();
    compare("ambito", name(old.ambito), name(new.ambito));
    compare("seat", name(old.seat), name(new.seat));
    different
}
