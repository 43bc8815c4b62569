//! What is noted of matches: by members only, with the hub's own numbers, and what the report makes of it.
use super::OWNERS;
use crate::support::{Hub, server::Place};
use innesto::{
    domain::permission::Actor,
    service::{
        import::{Origin, weights},
        matching::{Way, report},
    },
    store::{Engine, events},
};
use serde_json::{Value, json};

const SHOWN: &str = "mutation($input: NoteMatchesShownInput!) { noteMatchesShown(input: $input) {
    noted userErrors { code field message } } }";
const OPENED: &str = "mutation($input: NoteMatchOpenedInput!) { noteMatchOpened(input: $input) {
    noted userErrors { code field message } } }";

/// A practice of every other territory; what Nardò looks for, and who looks.
async fn world(hub: &Hub) -> (Vec<Value>, Value, Value, Actor) {
    hub.places().await;
    let mut practices = Vec::new();
    for owner in OWNERS {
        practices.push(json!(hub.write(owner, hub.sample(owner), None).await.opaque()));
    }
    let nardo = json!(hub.territory("nardo").await.opaque());
    (practices, json!({ "targets": ["MINORS"], "territory": nardo }), nardo, hub.member("nardo").await)
}

async fn way(hub: &Hub) -> Way {
    report(&hub.app).await.unwrap().all
}

on_both! {
    async fn what_is_shown_opened_sent_and_accepted_is_counted(hub: Hub) {
        let (practices, wish, nardo, member) = world(&hub).await;
        let shown = json!({ "territory": nardo, "wish": wish, "practices": practices });
        let before = events::head(&hub.app.store).await.unwrap();
        // Its own is among the six that the client claims, and one stands there twice.
        let mut claimed = practices.clone();
        claimed.push(practices[0].clone());
        let claimed = json!({ "territory": nardo, "wish": wish, "practices": claimed });
        assert_eq!(hub.done(&member, SHOWN, claimed).await["noted"], 5);
        assert_eq!(hub.done(&member, SHOWN, shown.clone()).await["noted"], 5);
        assert_eq!(events::head(&hub.app.store).await.unwrap(), before, "nobody hears of it");
        assert_eq!(way(&hub).await, Way { shown: 5, ..Way::default() });
        let open = json!({ "territory": nardo, "practice": practices[0] });
        for _ in 0..2 {
            assert_eq!(hub.done(&member, OPENED, open.clone()).await["noted"], true);
        }
        assert_eq!(hub.refused(&member, OPENED, json!({ "territory": nardo, "practice": practices[4] })).await, "NOT_FOUND");
        assert_eq!(way(&hub).await, Way { shown: 5, opened: 1, ..Way::default() });
        // A request that is sent afterwards counts, and one that is accepted.
        hub.app.clock.advance_seconds(60);
        let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
            replicationRequest { id version } userErrors { code field message } } }";
        let send = "mutation($input: SendReplicationRequestInput!) { sendReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code field message } } }";
        let take = "mutation($input: AcknowledgeReplicationRequestInput!) { acknowledgeReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code field message } } }";
        let accept = "mutation($input: AcceptReplicationRequestInput!) { acceptReplicationRequest(input: $input) {
            replicationRequest { id } userErrors { code field message } } }";
        for (n, owner) in [(0, "bitonto"), (2, "troia")] {
            let new = json!({ "practice": practices[n], "need": "Un doposcuola", "supportLevel": "DOCUMENTS" });
            let request = hub.done(&member, draft, new).await["replicationRequest"].take();
            hub.done(&member, send, json!({ "id": request["id"] })).await;
            if owner == "troia" {
                let owner = hub.coordinator(owner).await;
                hub.done(&owner, take, json!({ "id": request["id"] })).await;
                let mentor = mentor(&hub, "troia").await;
                hub.done(&owner, accept, json!({ "id": request["id"], "supportLevel": "DOCUMENTS", "mentor": mentor, "firstDate": "2026-03-20" })).await;
            }
        }
        assert_eq!(way(&hub).await, Way { shown: 5, opened: 1, sent: 2, accepted: 1 });
        // Shown once more: what something came of stays as it was noted.
        hub.app.clock.advance_seconds(60);
        let reversed: Vec<Value> = practices.iter().rev().cloned().collect();
        hub.done(&member, SHOWN, json!({ "territory": nardo, "wish": wish, "practices": reversed })).await;
        let report = report(&hub.app).await.unwrap();
        assert_eq!(report.all, Way { shown: 5, opened: 1, sent: 2, accepted: 1 });
        let places: Vec<(i64, u64, u64)> = report.positions.iter().map(|(n, way)| (*n, way.shown, way.sent)).collect();
        // First 1, 2, 3, 4, 6 (5 is its own); then 6, 5, 4, 3, 1, of which 1 and 3 are kept as they were.
        assert_eq!(places, [(1, 2, 1), (3, 2, 1), (5, 1, 0)]);
        let told = report.to_string();
        assert!(told.contains("Too little to learn from: 2 requests were sent"), "{told}");
        assert!(told.contains("TARGET        0.160     1.00     1.00       1.00"), "{told}");
        assert!(told.contains("STAFF         0.060        -        -          -"), "{told}");
    }

    async fn only_members_note_and_only_what_is_so(hub: Hub) {
        let (practices, wish, nardo, member) = world(&hub).await;
        let shown = json!({ "territory": nardo, "wish": wish, "practices": practices });
        assert_eq!(hub.refused(&Actor::Nobody, SHOWN, shown.clone()).await, "SIGN_IN_NEEDED");
        for other in [hub.member("troia").await, hub.steward().await, Actor::System] {
            assert_eq!(hub.refused(&other, SHOWN, shown.clone()).await, "FORBIDDEN");
            assert_eq!(hub.refused(&other, OPENED, json!({ "territory": nardo, "practice": practices[0] })).await, "FORBIDDEN");
        }
        let many = vec![practices[0].clone(); 21];
        assert_eq!(hub.refused(&member, SHOWN, json!({ "territory": nardo, "wish": wish, "practices": many })).await, "TOO_LONG");
        let wrong = json!({ "territory": nardo, "wish": { "field": "NO_SUCH" }, "practices": practices });
        assert_eq!(hub.refused(&member, SHOWN, wrong).await, "INVALID");
        let unknown = innesto::domain::id::NeedId::of(uuid::Uuid::nil()).opaque();
        let need = json!({ "territory": nardo, "need": unknown, "practices": practices });
        assert_eq!(hub.refused(&member, SHOWN, need).await, "NOT_FOUND");
        assert_eq!(way(&hub).await, Way::default());
        assert!(report(&hub.app).await.unwrap().to_string().contains("nothing to learn from"));
        // What was suggested without being asked for.
        let suggested = json!({ "territory": nardo, "practices": practices });
        assert_eq!(hub.done(&member, SHOWN, suggested).await["noted"], 5);
    }

    async fn what_is_shown_for_a_need_is_noted_beside_it(hub: Hub) {
        let (practices, wish, nardo, member) = world(&hub).await;
        let need = hub.need(&member, "nardo", "", &["MINORS"]).await.id.opaque();
        let other = hub.need(&hub.member("troia").await, "troia", "", &["MINORS"]).await.id.opaque();
        let shown = json!({ "territory": nardo, "need": need, "practices": practices });
        let mut two = shown.clone();
        two["wish"] = wish;
        for wrong in [two, json!({ "territory": nardo, "need": other, "practices": practices })] {
            assert_eq!(hub.refused(&member, SHOWN, wrong).await, "INVALID");
        }
        assert_eq!(hub.done(&member, SHOWN, shown).await["noted"], 5);
        assert_eq!(hub.refused(&member, OPENED, json!({ "territory": nardo, "practice": practices[0] })).await, "NOT_FOUND");
        let open = json!({ "territory": nardo, "need": need, "practice": practices[0] });
        assert_eq!(hub.done(&member, OPENED, open).await["noted"], true);
        assert_eq!(way(&hub).await, Way { shown: 5, opened: 1, ..Way::default() });
    }

    async fn of_many_who_note_at_once_nothing_is_lost(hub: Hub) {
        let (practices, wish, nardo, member) = world(&hub).await;
        let reversed: Vec<Value> = practices.iter().rev().cloned().collect();
        let note = |practices: &[Value]| hub.done(&member, SHOWN, json!({ "territory": nardo, "wish": wish, "practices": practices }));
        let open = || hub.done(&member, OPENED, json!({ "territory": nardo, "practice": practices[1] }));
        note(&practices).await;
        let mut work: Vec<std::pin::Pin<Box<dyn Future<Output = Value> + '_>>> = Vec::new();
        for _ in 0..6 {
            work.push(Box::pin(note(&practices)));
            work.push(Box::pin(note(&reversed)));
            work.push(Box::pin(open()));
        }
        futures_util::future::join_all(work).await;
        assert_eq!(way(&hub).await, Way { shown: 5, opened: 1, ..Way::default() });
    }

    async fn new_weights_count_from_the_next_match_on(hub: Hub) {
        let (_, wish, _, _) = world(&hub).await;
        let query = "query($need: NeedInput!) { match(need: $need) { score parts { code weight } } }";
        let first = async || hub.data(&Actor::Nobody, query, json!({ "need": wish })).await["match"][0].take();
        let before = first().await;
        let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None };
        let file = |kit: &str| {
            let rows: Vec<String> = ["FIELD", "target", "TOOLS", "TEXT", "COST", "STAFF", "TIME", "FUND", "SIZE", "AREA", "DISTANCE", "EVIDENCE"]
                .iter().map(|part| format!("{part},0.1\n")).collect();
            format!("part,weight\n{}{kit}", rows.concat())
        };
        let dry = weights::run(&hub.app, file("KIT,0.3\n").as_bytes(), &origin, true).await.unwrap();
        assert_eq!(dry.changes[0], "~ FIELD: 0.12 → 0.1");
        assert_eq!(first().await, before);
        for wrong in ["", "KIT,-1\n", "KIT,x\n", "KIT,NaN\n", "KITS,1\n", "KIT,1\nKIT,1\n"] {
            assert!(weights::run(&hub.app, file(wrong).as_bytes(), &origin, false).await.is_err(), "{wrong:?}");
        }
        let nothing = file("KIT,0\n").replace("0.1", "0");
        assert!(weights::run(&hub.app, nothing.as_bytes(), &origin, false).await.unwrap_err().to_string().contains("all weights are 0"));
        assert_eq!(first().await, before);
        weights::run(&hub.app, file("KIT,0.3\n").as_bytes(), &origin, false).await.unwrap();
        let after = first().await;
        assert_eq!((&after["parts"][12]["weight"], &after["parts"][0]["weight"]), (&json!(0.3), &json!(0.1)));
        assert_ne!(after["score"], before["score"]);
        let datasets = hub.data(&Actor::Nobody, "{ datasets { name } }", json!({})).await;
        assert!(datasets["datasets"].as_array().unwrap().contains(&json!({ "name": "weights" })));
    }
}

/// A contact person of a territory, to be a mentor.
async fn mentor(hub: &Hub, owner: &str) -> Value {
    let add = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) { contact { id } userErrors { code message } } }";
    let input = json!({ "territory": hub.territory_id(owner).await, "name": "Referente", "role": "Ufficio di Piano", "email": "r@troia.invalid" });
    hub.done(&Actor::System, add, input).await["contact"]["id"].take()
}

#[tokio::test]
async fn the_command_line_prints_the_report_and_takes_new_weights() {
    let place = Place::empty(Engine::Sqlite).await;
    assert!(place.print(&["matching", "report"]).contains("there is nothing to learn from"));
    let file = place.folder().join("weights.csv");
    let all = [
        "FIELD", "TARGET", "TOOLS", "TEXT", "COST", "STAFF", "TIME", "FUND", "SIZE", "AREA", "DISTANCE", "EVIDENCE",
        "KIT",
    ];
    std::fs::write(&file, format!("part,weight\n{}", all.map(|part| format!("{part},1\n")).concat())).unwrap();
    let file = file.display().to_string();
    assert!(place.print(&["matching", "weights", &file, "--dry-run"]).contains("Dry run: 13 would change"));
    assert!(place.print(&["matching", "weights", &file]).contains("13 changed"));
    assert!(place.print(&["matching", "weights", &file]).contains("0 changed, 13 stayed"));
}
