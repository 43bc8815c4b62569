//! `kill -9` in the middle of a burst: whatever was acknowledged is there afterwards, and every mail arrives.
use crate::support::{
    server::{Place, Server},
    smtp::{Script, SmtpServer},
};
use innesto::store::Engine;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

const WRITERS: usize = 4;
const KILLS: usize = 3;
/// After so many acknowledgements the server is killed.
const BURST: usize = 25;

const POST: &str = "mutation($input: PostMessageInput!) { postMessage(input: $input) {
    message { position } userErrors { code message } } }";

/// One writer: posts until the connection breaks, notes what was acknowledged.
async fn write(
    hub: Arc<Server>,
    token: String,
    target: (String, String),
    writer: usize,
    noted: Arc<Mutex<HashSet<String>>>,
    enough: Arc<AtomicBool>,
) {
    for n in 0.. {
        if enough.load(Relaxed) {
            return;
        }
        let body = format!("messaggio {writer}/{n}/{}", noted.lock().unwrap().len());
        let input = json!({ "input": { "conversation": target.0, "onBehalfOf": target.1, "body": body } });
        let Ok(answer) = hub.ask(&token, POST, input).await else { return };
        if answer["data"]["postMessage"]["message"]["position"].is_i64() {
            noted.lock().unwrap().insert(body);
        }
    }
}

#[tokio::test]
async fn kill_nine_during_a_burst_loses_no_acknowledged_write_and_no_mail_on_sqlite() {
    let sink = SmtpServer::start(Script::Accept).await;
    let (_hub, kept) = burst(Engine::Sqlite, &sink).await;
    every_mail_arrives(&sink, &kept).await;
}

/// Not its mails: there the leases of a killed instance run out by the clock, after five minutes, because another may be
/// alive. That they do, a test with a clock of its own shows.
#[tokio::test]
async fn kill_nine_during_a_burst_loses_no_acknowledged_write_on_postgres() {
    let sink = SmtpServer::start(Script::Accept).await;
    burst(Engine::Postgres, &sink).await;
}

/// Kills the hub again and again while it is written to; gives back the hub that runs at last and all messages there are.
async fn burst(engine: Engine, sink: &SmtpServer) -> ((Place, Server), HashSet<String>) {
    let place = Place::new(engine).await.set("INNESTO_SMTP_URL", &sink.url());
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    place.print(&[
        "member",
        "add",
        "ugo@example.invalid",
        "--name",
        "Ugo",
        "--territory",
        "Comune di Troia",
        "--role",
        "coordinator",
    ]);
    let token =
        place.print(&["token", "create", "ada@example.invalid", "--name", "prova", "--scopes", "read:own,write:own"]);
    let acknowledged = Arc::new(Mutex::new(HashSet::new()));
    let mut target = None;
    for round in 1..=KILLS {
        let hub = Arc::new(place.serve(&[]));
        let target = match &target {
            Some(target) => target,
            None => target.insert(conversation(&hub, &token).await),
        };
        let enough = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (hub, token, target) = (Arc::clone(&hub), token.clone(), target.clone());
                tokio::spawn(write(hub, token, target, writer, Arc::clone(&acknowledged), Arc::clone(&enough)))
            })
            .collect();
        while acknowledged.lock().unwrap().len() < round * BURST {
            tokio::task::yield_now().await;
        }
        hub.kill_now();
        enough.store(true, Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
    }
    let hub = place.serve(&[]);
    let (conversation, _) = target.unwrap();
    let kept = messages(&hub, &token, &conversation).await;
    let acknowledged = acknowledged.lock().unwrap().clone();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    ((place, hub), kept)
}

/// Every message there is, acknowledged or not, reaches the other territory.
async fn every_mail_arrives(sink: &SmtpServer, kept: &HashSet<String>) {
    let mut arrived: HashMap<String, HashSet<String>> = HashMap::new();
    let patience = Duration::from_secs(90);
    let all_arrived = async {
        loop {
            arrived = by_body(&sink.heard().bodies, kept);
            if arrived.len() == kept.len() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    assert!(tokio::time::timeout(patience, all_arrived).await.is_ok(), "a mail was lost");
    let arrived = by_body(&sink.heard().bodies, kept);
    for (body, ids) in &arrived {
        assert_eq!(ids.len(), 1, "every copy of the mail about {body:?} has the same Message-ID: {ids:?}");
    }
}

/// A conversation between Bitonto and Troia, and Bitonto's id.
async fn conversation(hub: &Server, token: &str) -> (String, String) {
    let places = "{ us: territory(by: { slug: \"bitonto\" }) { id } them: territory(by: { slug: \"troia\" }) { id } }";
    let places = hub.ask(token, places, json!({})).await.unwrap()["data"].take();
    let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
        conversation { id } userErrors { code message } } }";
    let input = json!({ "input": { "from": places["us"]["id"], "to": places["them"]["id"], "subject": "Prova", "body": "Buongiorno" } });
    let started = hub.ask(token, start, input).await.unwrap();
    let id = started["data"]["startConversation"]["conversation"]["id"].as_str();
    (id.unwrap_or_else(|| panic!("{started}")).to_owned(), places["us"]["id"].as_str().unwrap().to_owned())
}

async fn messages(hub: &Server, token: &str, conversation: &str) -> HashSet<String> {
    let query = "query($id: ID!, $after: String) { node(id: $id) { ... on Conversation {
        messages(first: 100, after: $after) { nodes { body { source } } pageInfo { hasNextPage endCursor } } } } }";
    let (mut all, mut after) = (HashSet::new(), Value::Null);
    loop {
        let answer = hub.ask(token, query, json!({ "id": conversation, "after": after })).await.unwrap();
        let page = &answer["data"]["node"]["messages"];
        let bodies = page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        all.extend(bodies.iter().map(|message| message["body"]["source"].as_str().unwrap().to_owned()));
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// The Message-IDs of the mails that carry each of these messages.
fn by_body(mails: &[String], messages: &HashSet<String>) -> HashMap<String, HashSet<String>> {
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    for mail in mails {
        let id = mail.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default();
        // Bodies are short enough that quoted-printable neither breaks nor encodes them.
        for line in mail.lines().map(|line| line.trim().trim_start_matches("> ").to_owned()) {
            if messages.contains(&line) {
                found.entry(line).or_default().insert(id.to_owned());
            }
        }
    }
    found
}
