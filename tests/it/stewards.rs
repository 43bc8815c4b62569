//! What stewards see and change of the hub as a whole: the log, the vocabularies, the list of territories.
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

const LOG: &str = "query($filter: AuditFilter, $first: Int, $after: String) {
    auditLog(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { seq at kind sentence actor { id } territory { slug } subjectId subject { __typename } } } }";
const ADD: &str = "mutation($input: AddTermInput!) { addTerm(input: $input) { term { code label labelEn validFrom } userErrors { code field message } } }";
const RENAME: &str = "mutation($input: RenameTermInput!) { renameTerm(input: $input) { term { label validFrom } userErrors { code field message } } }";
const END: &str =
    "mutation($input: EndTermInput!) { endTerm(input: $input) { term { validTo } userErrors { code field message } } }";
const IMPORT: &str = "mutation($input: ImportTerritoriesInput!) { importTerritories(input: $input) {
    report { added changed unchanged changes } problems { line column message } userErrors { code field message } } }";

async fn labels(hub: &Hub, on: Value) -> Vec<String> {
    let query = "query($on: LocalDate) { vocabulary(scheme: TOOL, on: $on) { label } }";
    let seen = hub.data(&Actor::Nobody, query, json!({ "on": on })).await;
    seen["vocabulary"].as_array().unwrap().iter().map(|term| term["label"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn stewards_read_who_did_what_and_nobody_else_does(hub: Hub) {
        let (steward, coordinator) = (hub.steward().await, hub.coordinator("bitonto").await);
        let draft = hub.draft("bitonto", "Prova").await;
        let mailbox = "mutation($input: SetTerritoryMailboxInput!) { setTerritoryMailbox(input: $input) { userErrors { code } } }";
        let bitonto = hub.territory_id("bitonto").await;
        hub.done(&coordinator, mailbox, json!({ "territory": bitonto, "mailbox": "udp@bitonto.invalid" })).await;
        for actor in [&coordinator, &hub.facilitator().await, &Actor::Nobody] {
            let answer = hub.ask(actor, LOG, json!({})).await;
            assert_eq!(answer["data"]["auditLog"], json!(null));
            let code = if *actor == Actor::Nobody { "SIGN_IN_NEEDED" } else { "FORBIDDEN" };
            assert_eq!(answer["errors"][0]["extensions"]["code"], code);
        }
        let log = async |filter: Value| hub.data(&steward, LOG, json!({ "filter": filter })).await["auditLog"].take();
        let latest = log(json!({})).await["nodes"][0].take();
        assert_eq!((&latest["kind"], &latest["sentence"]), (&json!("contact.changed"), &json!("Referenti modificati.")));
        assert_eq!((&latest["territory"]["slug"], &latest["subject"]["__typename"]), (&json!("bitonto"), &json!("Comune")));
        assert_eq!(log(json!({ "actor": latest["actor"]["id"] })).await["totalCount"], 1);
        let of_draft = log(json!({ "subject": draft["id"] })).await;
        assert_eq!(of_draft["nodes"].as_array().unwrap().last().unwrap()["kind"], "practice.created");
        // A steward does not see others' drafts here either.
        assert_eq!((&of_draft["nodes"][0]["subjectId"], &of_draft["nodes"][0]["subject"]), (&draft["id"], &json!(null)));
        assert_eq!(log(json!({ "kinds": ["contact.changed"], "since": latest["at"] })).await["nodes"][0]["seq"], latest["seq"]);
        assert_eq!(log(json!({ "kinds": ["contact.changed"], "until": latest["at"] })).await["nodes"].as_array().unwrap().iter().filter(|e| e["seq"] == latest["seq"]).count(), 0);
        let wrong = hub.ask(&steward, LOG, json!({ "filter": { "kinds": ["nonsense"] } })).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let page = hub.data(&steward, LOG, json!({ "first": 1, "after": after })).await["auditLog"].take();
            seen.push(page["nodes"][0]["seq"].as_i64().unwrap());
            if page["pageInfo"]["hasNextPage"] == false { break; }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let newest = seen[0];
        assert_eq!(seen, (1..=newest).rev().collect::<Vec<_>>());
    }

    async fn a_term_is_added_gets_another_label_and_ends_and_everybody_sees_it_at_once(hub: Hub) {
        let steward = hub.steward().await;
        let term = |more: Value| {
            let mut input = json!({ "scheme": "TOOL", "code": "BANCA_TEMPO", "labelIt": "Banca del tempo", "labelEn": "Time bank" });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        assert_eq!(hub.refused(&hub.facilitator().await, ADD, term(json!({}))).await, "FORBIDDEN");
        assert_eq!(hub.refused(&steward, ADD, term(json!({ "code": "minuscolo" }))).await, "INVALID");
        assert_eq!(hub.refused(&steward, ADD, term(json!({ "labelIt": "" }))).await, "REQUIRED");
        let before = labels(&hub, json!(null)).await.len();
        let done = hub.done(&steward, ADD, term(json!({}))).await["term"].take();
        assert_eq!((&done["label"], &done["validFrom"]), (&json!("Banca del tempo"), &json!("2026-03-02")));
        assert_eq!(labels(&hub, json!(null)).await.last().unwrap(), "Banca del tempo");
        assert_eq!(hub.refused(&steward, ADD, term(json!({}))).await, "DUPLICATE");
        hub.done(&steward, RENAME, term(json!({ "labelIt": "Banca delle ore", "validFrom": "2026-04-01" }))).await;
        assert_eq!(labels(&hub, json!("2026-03-31")).await.last().unwrap(), "Banca del tempo");
        assert_eq!(labels(&hub, json!("2026-04-01")).await.last().unwrap(), "Banca delle ore");
        hub.done(&steward, RENAME, term(json!({ "labelIt": "Banca di ore e saperi" }))).await;
        assert_eq!(labels(&hub, json!(null)).await.last().unwrap(), "Banca di ore e saperi");
        assert_eq!(labels(&hub, json!("2026-03-31")).await.last().unwrap(), "Banca di ore e saperi");
        assert_eq!(labels(&hub, json!("2026-04-01")).await.last().unwrap(), "Banca delle ore");
        let early = term(json!({ "validFrom": "2026-01-01" }));
        assert_eq!(hub.refused(&steward, RENAME, early).await, "INVALID");
        let end = |day: &str| json!({ "scheme": "TOOL", "code": "BANCA_TEMPO", "validTo": day });
        assert_eq!(hub.refused(&steward, END, end("2026-03-15")).await, "INVALID");
        assert_eq!(hub.done(&steward, END, end("2026-05-31")).await["term"]["validTo"], "2026-05-31");
        assert_eq!((labels(&hub, json!("2026-05-31")).await.len(), labels(&hub, json!("2026-06-01")).await.len()), (before + 1, before));
        let unknown = json!({ "scheme": "TOOL", "code": "NESSUNO" });
        assert_eq!(hub.refused(&steward, END, unknown).await, "NOT_FOUND");
    }

    async fn of_two_who_add_the_same_term_at_once_one_is_told(hub: Hub) {
        let steward = hub.steward().await;
        let input = |day: &str| json!({ "input": { "scheme": "TOOL", "code": "BANCA_TEMPO", "labelIt": "a", "labelEn": "b", "validFrom": day } });
        let (one, two) = tokio::join!(
            hub.data(&steward, ADD, input("2026-03-02")),
            hub.data(&steward, ADD, input("2026-03-03")),
        );
        let codes: Vec<_> = [one, two].iter().map(|done| done["addTerm"]["userErrors"][0]["code"].clone()).collect();
        assert!(codes.contains(&json!("DUPLICATE")) && codes.contains(&json!(null)), "{codes:?}");
    }

    async fn territories_are_imported_with_a_look_before(hub: Hub) {
        let steward = hub.steward().await;
        let csv = "kind,name,province,belfiore_code\nCOMUNE,Alberobello,BA,A149\nCOMUNE,Altamura,BA,A225\n";
        let input = |csv: &str, dry: bool| json!({ "csv": csv, "source": "Prova", "dryRun": dry });
        assert_eq!(hub.refused(&hub.facilitator().await, IMPORT, input(csv, true)).await, "FORBIDDEN");
        let wrong = hub.done(&steward, IMPORT, input("kind,name,province\nCOMUNE,Alberobello,Bari\n", true)).await;
        assert_eq!(wrong["report"], json!(null));
        let problems = wrong["problems"].as_array().unwrap();
        assert_eq!(problems[0]["message"], "\"Bari\" non è una provincia: 2 lettere e cifre");
        assert!(problems.iter().any(|p| p["line"] == 2 && p["column"] == "province"), "{problems:?}");
        let look = hub.done(&steward, IMPORT, input(csv, true)).await["report"].take();
        assert_eq!((&look["added"], &look["changed"], &look["unchanged"]), (&json!(2), &json!(0), &json!(0)));
        let there = "{ territory(by: { slug: \"altamura\" }) { name } }";
        assert_eq!(hub.data(&Actor::Nobody, there, json!({})).await["territory"], json!(null));
        hub.done(&steward, IMPORT, input(csv, false)).await;
        assert_eq!(hub.data(&Actor::Nobody, there, json!({})).await["territory"]["name"], "Altamura");
        assert_eq!(hub.done(&steward, IMPORT, input(csv, false)).await["report"]["unchanged"], 2);
        // What refers to another territory is told by its name.
        let csv = "kind,name,province,belfiore_code,ambito,seat,legal_form\nAMBITO,Gioia,BA,,,Altamura,CONVENTION\n\
                   COMUNE,Altamura,BA,A225,Gioia,,\n";
        let told = hub.done(&steward, IMPORT, input(csv, false)).await["report"]["changes"].take();
        assert_eq!(told, json!(["+ Ambito di Gioia", "~ Comune di Altamura: ambito – → Ambito di Gioia"]));
        let csv = "kind,name,province,seat,legal_form\nAMBITO,Gioia,BA,Bitonto,CONSORTIUM\n";
        let told = hub.done(&steward, IMPORT, input(csv, true)).await["report"]["changes"].take();
        let told = told[0].as_str().unwrap();
        assert_eq!(told, "~ Ambito di Gioia: legal_form CONVENTION → CONSORTIUM, seat Comune di Altamura → Comune di Bitonto");
        let log = hub.data(&steward, LOG, json!({ "filter": { "kinds": ["territory.imported"] }, "first": 1 })).await;
        assert!(log["auditLog"]["nodes"][0]["actor"]["id"].is_string());
    }
}
