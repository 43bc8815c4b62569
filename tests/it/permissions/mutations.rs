//! Every mutation of the schema, tried as nobody and as a stranger. One that is not in the table fails the test.
use super::privacy::World;
use crate::support::Hub;
use innesto::{domain::permission::Actor, store::events};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What comes of it when nobody, and when a stranger, does it.
enum Answer {
    /// `SIGN_IN_NEEDED` for nobody; for a stranger this code.
    Refused(&'static str),
    /// This code for everybody.
    Always(&'static str),
    /// It does no harm: it touches only what belongs to who asks.
    Harmless,
}
use Answer::*;

/// Each mutation. Their input is filled in by the schema's types; ids are real ones of others, found by the field's
/// name in [`World::ids`].
const MUTATIONS: &[(&str, Answer)] = &[
    // signing in: anybody's
    ("requestSignInCode", Harmless),
    ("signIn", Always("WRONG_CODE")),
    ("signOut", Harmless),
    // one's own account
    ("updateProfile", Harmless),
    ("revokeSession", Refused("NOT_FOUND")),
    ("createApiToken", Harmless),
    ("revokeApiToken", Refused("NOT_FOUND")),
    ("markNotificationsRead", Refused("REQUIRED")),
    ("updateNotificationPreferences", Harmless),
    // members of a territory
    ("inviteMember", Refused("FORBIDDEN")),
    ("revokeInvitation", Refused("NOT_FOUND")),
    ("removeMember", Refused("FORBIDDEN")),
    ("changeMemberRole", Refused("FORBIDDEN")),
    // conversations
    ("startConversation", Refused("FORBIDDEN")),
    ("postMessage", Refused("NOT_FOUND")),
    ("retractMessage", Refused("NOT_FOUND")),
    ("markConversationRead", Refused("NOT_FOUND")),
    // practices
    ("createPractice", Refused("FORBIDDEN")),
    ("updatePractice", Refused("FORBIDDEN")),
    ("submitPractice", Refused("FORBIDDEN")),
    ("returnPractice", Refused("FORBIDDEN")),
    ("publishPractice", Refused("FORBIDDEN")),
    ("archivePractice", Refused("FORBIDDEN")),
    ("deletePractice", Refused("FORBIDDEN")),
    ("addKitItem", Refused("FORBIDDEN")),
    ("updateKitItem", Refused("FORBIDDEN")),
    ("moveKitItem", Refused("FORBIDDEN")),
    ("removeKitItem", Refused("FORBIDDEN")),
    ("declareLineage", Refused("FORBIDDEN")),
    ("confirmLineage", Refused("FORBIDDEN")),
    // needs
    ("postNeed", Refused("FORBIDDEN")),
    ("updateNeed", Refused("FORBIDDEN")),
    ("closeNeed", Refused("FORBIDDEN")),
    ("watchNeed", Refused("FORBIDDEN")),
    ("unwatchNeed", Refused("FORBIDDEN")),
    // contacts
    ("addContactPerson", Refused("FORBIDDEN")),
    ("updateContactPerson", Refused("FORBIDDEN")),
    ("removeContactPerson", Refused("FORBIDDEN")),
    ("setPracticeContacts", Refused("FORBIDDEN")),
    ("setTerritoryMailbox", Refused("FORBIDDEN")),
    ("handOverDuties", Refused("FORBIDDEN")),
    // the hub's lists
    ("addTerm", Refused("FORBIDDEN")),
    ("renameTerm", Refused("FORBIDDEN")),
    ("endTerm", Refused("FORBIDDEN")),
    ("importTerritories", Refused("FORBIDDEN")),
    // the log of matches
    ("noteMatchesShown", Refused("FORBIDDEN")),
    ("noteMatchOpened", Refused("FORBIDDEN")),
    ("liftAddressSuppression", Refused("FORBIDDEN")),
    ("addSynonym", Refused("FORBIDDEN")),
    ("removeSynonym", Refused("FORBIDDEN")),
    // requests
    ("draftReplicationRequest", Refused("FORBIDDEN")),
    ("updateReplicationRequest", Refused("NOT_FOUND")),
    ("discardReplicationRequest", Refused("NOT_FOUND")),
    ("sendReplicationRequest", Refused("NOT_FOUND")),
    ("acknowledgeReplicationRequest", Refused("NOT_FOUND")),
    ("acceptReplicationRequest", Refused("NOT_FOUND")),
    ("declineReplicationRequest", Refused("NOT_FOUND")),
    ("extendReplicationRequest", Refused("NOT_FOUND")),
    ("sendReplicationRequestAgain", Refused("NOT_FOUND")),
    ("recordAgreement", Refused("NOT_FOUND")),
    ("startReplication", Refused("NOT_FOUND")),
    ("checkInReplication", Refused("NOT_FOUND")),
    ("completeReplicationRequest", Refused("NOT_FOUND")),
    ("interruptReplication", Refused("NOT_FOUND")),
    ("reopenReplication", Refused("NOT_FOUND")),
    ("confirmOutcome", Refused("NOT_FOUND")),
    ("followUpReplication", Refused("NOT_FOUND")),
    ("withdrawReplicationRequest", Refused("NOT_FOUND")),
    ("annulReplicationRequest", Refused("NOT_FOUND")),
];

const SCHEMA: &str = "{ __schema { mutationType { fields { name args { name type { ...T } } } }
    types { name kind isOneOf enumValues { name } inputFields { name type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// Fills in the input that a mutation asks for.
struct Filler<'a> {
    types: BTreeMap<&'a str, &'a Value>,
    ids: &'a BTreeMap<&'static str, Value>,
}

impl Filler<'_> {
    fn value(&self, field: &str, kind: &Value) -> Value {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(field, &kind["ofType"]),
            "LIST" => json!([self.value(field, &kind["ofType"])]),
            "ENUM" => self.types[kind["name"].as_str().unwrap()]["enumValues"][0]["name"].clone(),
            "INPUT_OBJECT" => self.object(kind["name"].as_str().unwrap()),
            _ => self.scalar(field, kind["name"].as_str().unwrap()),
        }
    }

    fn object(&self, name: &str) -> Value {
        let of = self.types[name];
        let one_of = of["isOneOf"] == true;
        let fields = of["inputFields"].as_array().unwrap().iter();
        let needed =
            fields.filter(|field| one_of || field["type"]["kind"] == "NON_NULL").take(if one_of { 1 } else { 99 });
        let filled = needed.map(|field| {
            let name = field["name"].as_str().unwrap();
            (name.to_owned(), self.value(name, &field["type"]))
        });
        Value::Object(filled.collect::<Map<_, _>>())
    }

    fn scalar(&self, field: &str, kind: &str) -> Value {
        match kind {
            "ID" => self.ids.get(field).unwrap_or_else(|| panic!("World::ids has no {field:?}")).clone(),
            "String" if field == "email" => json!("qualcuno@altrove.invalid"),
            "String" if field == "code" => json!("123456"),
            "String" => json!("Prova"),
            "Int" => json!(1),
            "Float" => json!(1.0),
            "Boolean" => json!(true),
            "LocalDate" => json!("2026-03-03"),
            "YearMonth" => json!("2026-03"),
            "DateTime" => json!("2026-03-03T09:00:00Z"),
            other => panic!("a value of {other} is wanted for {field:?}"),
        }
    }
}

/// Calls the mutation with what it needs; the codes of its `userErrors`.
async fn codes(hub: &Hub, actor: &Actor, name: &str, args: &Value, filler: &Filler<'_>) -> Vec<String> {
    let arg = args.as_array().unwrap().first();
    let (document, variables) = match arg {
        None => (format!("mutation {{ {name} {{ userErrors {{ code }} }} }}"), json!({})),
        Some(arg) => {
            let kind = arg["type"]["ofType"]["name"].as_str().unwrap();
            let document = format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
            (document, json!({ "input": filler.object(kind) }))
        }
    };
    let answer = hub.data(actor, &document, variables).await;
    let errors = answer[name]["userErrors"].as_array().unwrap_or_else(|| panic!("{name}: {answer}"));
    errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn every_mutation_refuses_nobody_and_strangers_or_does_no_harm(hub: Hub) {
        let world = World::make(&hub).await;
        let schema = hub.data(&Actor::Nobody, SCHEMA, json!({})).await["__schema"].take();
        let fields = schema["mutationType"]["fields"].as_array().unwrap();
        let there: BTreeSet<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        let listed: BTreeSet<&str> = MUTATIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(there, listed, "the schema's mutations (left) and those in the table of this test (right)");
        let types = schema["types"].as_array().unwrap().iter().map(|of| (of["name"].as_str().unwrap(), of)).collect();
        let filler = Filler { types, ids: &world.ids };
        let stranger = hub.stranger().await;
        let mut wrong = Vec::new();
        for (name, answer) in MUTATIONS {
            let args = &fields.iter().find(|field| field["name"] == *name).unwrap()["args"];
            let before = events::head(&hub.app.store).await.unwrap();
            for (who, actor) in [("nobody", &Actor::Nobody), ("a stranger", &stranger)] {
                let codes = codes(&hub, actor, name, args, &filler).await;
                let expected = match answer {
                    Harmless => continue,
                    Always(code) => code,
                    Refused(_) if who == "nobody" => "SIGN_IN_NEEDED",
                    Refused(code) => code,
                };
                if codes != [expected] {
                    wrong.push(format!("{name} as {who}: {codes:?}, expected {expected}"));
                }
            }
            let after = events::head(&hub.app.store).await.unwrap();
            if after != before && !matches!(answer, Harmless) {
                wrong.push(format!("{name} left an event behind"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
