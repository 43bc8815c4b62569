//! The network as data: its numbers agree with those of other programs whatever happened, cost no more with more of it,
//! and the picture of tomorrow is nearly that of today.
mod files;
mod filters;
mod history;
mod together;

use crate::{
    requests::{Cast, document, good, opaque, practice_with, request_in},
    support::Hub,
};
use history::{History, look};
use innesto::{
    domain::{
        permission::Actor,
        request::{RequestState, Step},
    },
    service::network,
};
use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Stdio},
};

/// What networkx and pandas say of the same history: nothing, where they agree.
fn differences(told: &Value) -> String {
    said_by("independent.py", told)
}

/// What a script beside this says of what it is told: nothing, where all is well.
fn said_by(script: &str, told: &Value) -> String {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/network");
    let mut python = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.tools/python/bin/python"));
    let mut python =
        python.arg(format!("{here}/{script}")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(told.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.success(), said.trim().is_empty(), "{said}");
    said.trim().to_owned()
}

on_both! {
    async fn its_numbers_are_those_of_networkx_whatever_happened(hub: Hub) {
        for seed in 1..=2 {
            let history = History::happened(&hub, seed, 30).await;
            let mut told = history.by_hand(&hub).await;
            let seen = look(&hub, json!({})).await;
            told["network"] = seen["network"].clone();
            told["statistics"] = seen["statistics"].clone();
            assert!(told["network"]["edges"].as_array().unwrap().len() > 8, "{told:#}");
            assert_eq!(differences(&told), "", "seed {seed}");
            // Who counts wrongly is found out.
            told["network"]["nodes"][0]["inDegree"] = json!(99);
            assert!(differences(&told).contains("the hub says 99"));
            // Counted anew from what is there, the sums are the same.
            network::recount(&hub.app, true).await.unwrap();
            let mut again = look(&hub, json!({})).await;
            again["network"]["asOf"] = seen["network"]["asOf"].clone();
            assert_eq!(again, seen);
        }
    }

    async fn what_was_there_before_is_counted_once(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let asked = practice_with(&hub, |_| ()).await;
        let old = request_in(&hub, &asked, RequestState::Sent, 3, |_| ()).await;
        assert_eq!(look(&hub, json!({})).await["network"]["metrics"]["requests"]["total"], 0);
        network::recount(&hub.app, false).await.unwrap();
        network::recount(&hub.app, false).await.unwrap();
        assert_eq!(look(&hub, json!({})).await["network"]["metrics"]["requests"]["total"], 1);
        let (mutation, input) = good(Step::Acknowledge, &old, cast.mentor).unwrap();
        hub.done(&cast.owner, &document(mutation), input).await;
        let told = look(&hub, json!({})).await["network"]["metrics"]["requests"].take();
        assert_eq!((&told["total"], &told["acknowledged"]), (&json!(1), &json!(1)));
    }

    async fn a_draft_and_a_talk_about_nothing_are_nobodys_business(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let asked = practice_with(&hub, |_| ()).await;
        let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code } } }";
        let input = json!({ "practice": opaque(asked.id), "need": "Serve", "supportLevel": "DOCUMENTS" });
        hub.done(&cast.requester, draft, input).await;
        let talk = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
            conversation { id } userErrors { code } } }";
        let (from, to) = (hub.territory("ambito-troia").await, hub.territory("bitonto").await);
        let input = json!({ "from": opaque(from), "to": opaque(to), "subject": "Prova", "body": "Buongiorno" });
        hub.done(&cast.requester, talk, input).await;
        let seen = look(&hub, json!({})).await;
        assert_eq!(seen["network"]["edges"], json!([]));
        assert_eq!(seen["network"]["nodes"].as_array().map(Vec::len), Some(1), "the owner of a practice alone");
        assert_eq!(seen["statistics"], json!([]));
    }

    async fn it_costs_no_more_statements_with_more_of_it(hub: Hub) {
        let cost = async || hub.statements(look(&hub, json!({}))).await.1;
        History::happened(&hub, 7, 6).await;
        cost().await;
        let few = cost().await;
        History::happened(&hub, 8, 20).await;
        assert_eq!(cost().await, few, "statements");
        assert!(few <= 9, "{few}");
    }

    async fn the_picture_of_tomorrow_is_nearly_that_of_today(hub: Hub) {
        History::happened(&hub, 11, 25).await;
        let places = |seen: &Value| -> Vec<(String, f64, f64)> {
            let place = |node: &Value| {
                let slug = node["territory"]["slug"].as_str().unwrap().to_owned();
                (slug, node["x"].as_f64().unwrap(), node["y"].as_f64().unwrap())
            };
            seen["network"]["nodes"].as_array().unwrap().iter().map(place).collect()
        };
        let today = places(&look(&hub, json!({})).await);
        History::happened(&hub, 12, 3).await;
        let tomorrow = places(&look(&hub, json!({})).await);
        for (slug, x, y) in today {
            let moved = tomorrow.iter().find(|node| node.0 == slug).map(|node| (node.1 - x).hypot(node.2 - y));
            // Of a drawing that is a thousand wide.
            assert!(moved.is_some_and(|moved| moved < 60.0), "{slug} moved {moved:?}");
        }
    }
}

#[tokio::test]
async fn nobody_needs_to_sign_in_to_see_it() {
    let hub = Hub::start(innesto::store::Engine::Sqlite).await;
    let (nobody, stranger) = (look(&hub, json!({})).await, hub.stranger().await);
    let seen = hub.data(&stranger, history::LOOK, json!({})).await;
    assert_eq!(nobody["network"]["nodes"], seen["network"]["nodes"]);
    assert_ne!(Actor::Nobody, stranger);
}
