//! Seeded nonsense against the real binary: whatever is sent, the answer is never a fault of the server's, and always
//! well-formed. `INNESTO_FUZZ` says how many requests (`make fuzz`: a million), `INNESTO_FUZZ_SEED` which ones.
mod documents;
pub mod random;
mod requests;
mod wire;

use crate::support::server::{Place, Server};
use innesto::store::Engine;
use random::Random;
use requests::{Expected, Generator, Request};
use serde_json::{Value, json};
use std::{collections::BTreeMap, env, fs, sync::Arc};
use wire::{Answer, Wire};

const REQUESTS: u64 = 20_000;
const SEED: u64 = 20_261_124;
/// Connections that send at the same time.
const SENDERS: u64 = 8;
/// Connections that begin a request, send no more, and stay.
const IDLERS: usize = 64;
/// The most memory that the server may ever have taken, in KiB: what its caches may hold, and as much again.
const MEMORY: u64 = 512 << 10;

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

/// Ids that lead somewhere, so that not every wrong question ends at the first check.
async fn ids(hub: &Server, token: &str) -> Vec<String> {
    let query = "{ practices(first: 20) { nodes { id owner { id } contacts { id } kit { id } } pageInfo { endCursor } }
        viewer { person { id } } viewerConversations { nodes { id messages { nodes { id } } } }
        replicationRequests { nodes { id } } }";
    let told = hub.ask(token, query, json!({})).await.unwrap();
    let mut found = Vec::new();
    let mut left = vec![&told["data"]];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(list) => left.extend(list),
            Value::Object(map) => left.extend(map.values()),
            _ => {}
        }
    }
    assert!(found.len() > 20, "{told}");
    found
}

/// What is wrong with an answer, if anything.
fn fault(request: &Request, answer: Option<&Answer>) -> Option<String> {
    let Some(answer) = answer else {
        return (request.expected == Expected::Answer).then(|| "no answer".to_owned());
    };
    if answer.status >= 500 {
        return Some(format!("{}: {}", answer.status, answer.text()));
    }
    // What is no HTTP never reaches us: the server library answers it with a status alone.
    if answer.body.is_empty() {
        let allowed = request.expected != Expected::Answer || matches!(answer.status, 304 | 307 | 308);
        return (!allowed).then(|| format!("{} without a body", answer.status));
    }
    if !answer.media.ends_with("json") {
        return (request.is_graphql && answer.status != 101).then(|| format!("{} as {}", answer.status, answer.media));
    }
    let Ok(told) = serde_json::from_slice::<Value>(&answer.body) else {
        return Some(format!("no JSON: {}", answer.text()));
    };
    if !request.is_graphql {
        return None;
    }
    let errors = told["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let complete = |error: &Value| {
        let extensions = &error["extensions"];
        error["message"].is_string() && extensions["code"].is_string() && extensions["requestId"].is_string()
    };
    if !errors.iter().all(complete) {
        return Some(format!("an error without code or request: {}", answer.text()));
    }
    let executed = told.get("data").is_some();
    let status = match (answer.media.as_str(), executed, errors.is_empty()) {
        (_, true, true) | ("application/json", true, false) => answer.status == 200,
        (_, true, false) => answer.status == 294,
        ("application/json", false, false) => answer.status == 200 || answer.status >= 400,
        (_, false, false) => answer.status >= 400,
        (_, false, true) => false,
    };
    (!status).then(|| format!("{} {}: {}", answer.status, answer.media, answer.text()))
}

/// Sends one share of the requests; how often each status came.
async fn send(address: String, mut generator: Generator, count: u64) -> BTreeMap<u16, u64> {
    let mut wire = Wire::new(address);
    let mut seen = BTreeMap::new();
    for n in 0..count {
        let request = generator.request();
        let answer = wire.exchange(&request).await;
        if let Some(fault) = fault(&request, answer.as_ref()) {
            panic!("request {n} of {generator:?}: {fault}\n{}", request.shown());
        }
        *seen.entry(answer.map_or(0, |answer| answer.status)).or_default() += 1;
    }
    seen
}

/// The most memory the process ever took, in KiB; where the system tells.
fn memory(pid: u32) -> Option<u64> {
    let told = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_the_hub_answers_well_and_lives_on() {
    // Not a line for each request: their log would be longer than what they ask.
    let place = Place::empty(Engine::Sqlite).await.set("INNESTO_LOG", "warn,innesto::command=info");
    let place = place.set("INNESTO_TRUSTED_PROXIES", "1");
    let hub = place.serve(&["--demo", "--without-history"]);
    let bitonto = "coordinamento.bitonto@example.invalid";
    let token = place.print(&["token", "create", bitonto, "--name", "prova", "--scopes", "read:own,write:own"]);
    let ids = Arc::new(ids(&hub, &token).await);
    let address = hub.url.trim_start_matches("http://").to_owned();

    let idlers = wire::idle(&address, IDLERS).await;
    let (count, seed) = (setting("INNESTO_FUZZ", REQUESTS), setting("INNESTO_FUZZ_SEED", SEED));
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let generator = Generator::new(Random::new(seed + sender), Arc::clone(&ids), token.clone());
            let share = count / SENDERS + u64::from(sender < count % SENDERS);
            tokio::spawn(send(address.clone(), generator, share))
        })
        .collect();
    let mut seen = BTreeMap::<u16, u64>::new();
    for sender in senders {
        for (status, times) in sender.await.unwrap() {
            *seen.entry(status).or_default() += times;
        }
    }
    drop(idlers);

    println!("{count} requests by status: {seen:?}; at most {:?} KiB", memory(hub.pid()));
    // The generator reaches every way to answer: else it would prove little.
    for status in [200, 294, 400, 401, 404, 405, 406, 413, 415, 422, 431] {
        assert!(seen.contains_key(&status), "no answer was {status}: {seen:?}");
    }
    assert!(memory(hub.pid()).is_none_or(|most| most < MEMORY), "{:?} KiB", memory(hub.pid()));
    let told = hub.ask("", "{ territory(by: { slug: \"ambito-nardo\" }) { slug } }", json!({})).await.unwrap();
    assert_eq!(told["data"]["territory"]["slug"], "ambito-nardo");
    assert_eq!(*hub.alarms.lock().unwrap(), Vec::<String>::new());
}
