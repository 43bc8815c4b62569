//! Everything private, read in every role: who gets it is a snapshot of ticks and crosses.
use crate::support::Hub;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use futures_util::stream;
use innesto::{
    domain::{
        bounce::{BounceCause, Suppression},
        id::{ContactId, Id, Kind, PracticeId, kind},
        notification::Notification,
        permission::{Actor, Member, PracticeStatus, Scope},
        practice::{Practice, SupportLevel},
        request::RequestState,
        word::Word,
    },
    service::documents,
    store::{notifications, practices, sql::sql, suppressions},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fmt::Write};
use uuid::Uuid;

/// The opaque id a client sees.
fn opaque<K: Kind>(id: Id<K>) -> Value {
    let mut bytes = format!("{}:", K::NAME).into_bytes();
    bytes.extend_from_slice(id.uuid().as_bytes());
    json!(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// One of each private thing, of Bitonto or between Bitonto and Troia.
pub struct World {
    pub coordinator: Actor,
    pub member: Actor,
    pub other_side: Actor,
    /// What mutations name in their input, and further things to look at.
    pub ids: BTreeMap<&'static str, Value>,
}

impl World {
    pub async fn make(hub: &Hub) -> Self {
        let (coordinator, member) = (hub.coordinator("bitonto").await, hub.member("bitonto").await);
        let other_side = hub.member("troia").await;
        let (bitonto, troia) = (opaque(hub.territory("bitonto").await), opaque(hub.territory("troia").await));
        let mut ids: BTreeMap<&'static str, Value> = BTreeMap::new();
        for name in ["territory", "owner", "from", "onBehalfOf"] {
            ids.insert(name, bitonto.clone());
        }
        for name in ["to", "requester"] {
            ids.insert(name, troia.clone());
        }
        ids.insert("person", opaque(member.person().unwrap()));
        people(hub, &coordinator, &member, &mut ids).await;
        notification(hub, &member, &mut ids).await;
        talk(hub, &other_side, &mut ids).await;
        practice(hub, &mut ids).await;
        kit(hub, &member, &mut ids).await;
        request(hub, &other_side, &mut ids).await;
        let need = hub.need(&member, "bitonto", "Un luogo per i ragazzi", &["MINORS"]).await;
        ids.insert("need", opaque(need.id));
        held(hub, &mut ids).await;
        Self { coordinator, member, other_side, ids }
    }
}

/// An address whose mails came back, and one of which nothing is known.
async fn held(hub: &Hub, ids: &mut BTreeMap<&'static str, Value>) {
    ids.insert("address", opaque(hub.app.clock.id::<kind::SuppressedAddress>()));
    let (now, id) = (hub.app.clock.now(), hub.app.clock.id());
    let (address, said) = ("gone@example.invalid".to_owned(), "550 5.1.1".to_owned());
    let held = Suppression {
        id,
        address,
        cause: BounceCause::NoMailbox,
        said,
        mail: hub.app.clock.id(),
        failures: 1,
        last_at: now,
        since: Some(now),
    };
    let mut tx = hub.app.store.begin().await.unwrap();
    suppressions::note(&mut tx, &held, true).await.unwrap();
    tx.commit(now).await.unwrap();
    ids.insert("held address", opaque(id));
}

async fn people(hub: &Hub, coordinator: &Actor, member: &Actor, ids: &mut BTreeMap<&'static str, Value>) {
    let set =
        "mutation($input: SetTerritoryMailboxInput!) { setTerritoryMailbox(input: $input) { userErrors { code } } }";
    hub.done(member, set, json!({ "territory": ids["territory"], "mailbox": "udp@bitonto.invalid" })).await;
    let invite = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } userErrors { code } } }";
    let input =
        json!({ "territory": ids["territory"], "email": "bruno@bitonto.invalid", "name": "Bruno", "role": "MEMBER" });
    ids.insert("invitation", hub.done(coordinator, invite, input).await["invitation"]["id"].take());
    let create = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { apiToken { id } userErrors { code } } }";
    let input = json!({ "name": "x", "scopes": ["READ_OWN"], "expiresInDays": 1 });
    ids.insert("apiToken", hub.done(member, create, input).await["apiToken"]["id"].take());
    let query = "query($id: ID!) { node(id: $id) { ... on Person { email } } }";
    let email = hub.data(member, query, json!({ "id": ids["person"] })).await["node"]["email"].take();
    let mut browser = hub.signed_in(email.as_str().unwrap()).await;
    let listed = browser.ask(hub, "{ viewer { sessions { nodes { id } } } }", json!({})).await;
    ids.insert("session", listed["viewer"]["sessions"]["nodes"][0]["id"].clone());
}

async fn notification(hub: &Hub, member: &Actor, ids: &mut BTreeMap<&'static str, Value>) {
    let (person, now) = (member.person().unwrap(), hub.app.clock.now());
    let item = Notification {
        id: hub.app.clock.id(),
        person,
        cause: "event:1".into(),
        event: 1,
        letter: "new_message".into(),
        category: "MESSAGES".into(),
        reader: format!("person:{person}"),
        data: Map::new(),
        created_at: now,
        read_at: None,
    };
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(notifications::insert(&mut tx, &item).await.unwrap());
    tx.commit(now).await.unwrap();
    ids.insert("notification", opaque(item.id));
}

async fn talk(hub: &Hub, other_side: &Actor, ids: &mut BTreeMap<&'static str, Value>) {
    let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
        conversation { id lastMessage { id } } userErrors { code } } }";
    let input = json!({ "from": ids["to"], "to": ids["from"], "subject": "Una domanda", "body": "Segreto" });
    let mut talk = hub.done(other_side, start, input).await["conversation"].take();
    ids.insert("message", talk["lastMessage"]["id"].take());
    ids.insert("conversation", talk["id"].take());
}

async fn practice(hub: &Hub, ids: &mut BTreeMap<&'static str, Value>) {
    let (now, owner) = (hub.app.clock.now(), hub.territory("bitonto").await);
    let mut tx = hub.app.store.begin().await.unwrap();
    for (name, status) in [
        ("practice", PracticeStatus::Published),
        ("another practice", PracticeStatus::Published),
        ("draft practice", PracticeStatus::Draft),
        ("handed in practice", PracticeStatus::UnderReview),
    ] {
        let id: PracticeId = hub.app.clock.id();
        let mut practice = Practice::draft(id, owner, None, now);
        practice.slug = id.uuid().simple().to_string();
        practice.title = "In.Con.Tra".into();
        practice.status = status;
        practice.published_at = (status == PracticeStatus::Published).then_some(now);
        practice.support_levels = SupportLevel::ALL.to_vec();
        (practice.support_open, practice.support_capacity) = (true, 5);
        assert!(practices::insert(&mut tx, &practice).await.unwrap());
        ids.insert(name, opaque(id));
    }
    for visibility in ["PUBLIC", "MEMBERS", "PARTIES", "RELAY"] {
        let id: ContactId = hub.app.clock.id();
        let insert = sql(
            "INSERT INTO contact_person (id, territory, name, role, email, phone, visibility, accepts_requests, created_at) VALUES (",
        );
        let values = [
            id.into(),
            owner.into(),
            "Ada".into(),
            "referente".into(),
            "ada@bitonto.invalid".into(),
            "080 1".into(),
            visibility.into(),
            true.into(),
        ];
        insert.values(values).text(", ").value(now).text(")").run(&mut tx).await.unwrap();
        ids.insert(contact(visibility), opaque(id));
    }
    tx.commit(now).await.unwrap();
    for (name, same) in [
        ("contact", "RELAY contact"),
        ("contacts", "RELAY contact"),
        ("mentor", "RELAY contact"),
        ("leaving", "RELAY contact"),
        ("successor", "PARTIES contact"),
        ("parent", "practice"),
        ("practices", "practice"),
        ("child", "another practice"),
    ] {
        ids.insert(name, ids[same].clone());
    }
}

async fn kit(hub: &Hub, member: &Actor, ids: &mut BTreeMap<&'static str, Value>) {
    let add = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) { item { id } userErrors { code field message } } }";
    let input = |practice: &Value| json!({ "practice": practice, "kind": "FORM", "phase": "RUN", "title": "Modulo", "text": "Testo" });
    for (name, practice) in [("item", "practice"), ("draft item", "draft practice")] {
        let added = hub.done(member, add, input(&ids[practice])).await["item"]["id"].take();
        ids.insert(name, added);
    }
    let practice = PracticeId::of(uuid(&ids["draft practice"]));
    let upload = documents::Upload { practice, name: "segreto.txt".into(), size: 7 };
    let body = stream::iter([Ok::<_, ()>(Bytes::from("Segreto"))]);
    let document = documents::upload(&hub.app, member, upload, body).await.unwrap();
    let mut input = input(&ids["draft practice"]);
    (input["text"], input["document"]) = (Value::Null, opaque(document.id));
    hub.done(member, add, input).await;
    ids.insert("draft document", opaque(document.id));
}

/// The UUID inside an opaque id.
fn uuid(id: &Value) -> Uuid {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    Uuid::from_slice(&bytes[bytes.len() - 16..]).unwrap()
}

async fn request(hub: &Hub, other_side: &Actor, ids: &mut BTreeMap<&'static str, Value>) {
    let troia = hub.territory("troia").await;
    let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
        replicationRequest { id } userErrors { code } } }";
    let input = json!({ "practice": ids["practice"], "need": "Segreto", "supportLevel": "FULL" });
    let id = hub.done(other_side, draft, input).await["replicationRequest"]["id"].take();
    let send = "mutation($input: SendReplicationRequestInput!) { sendReplicationRequest(input: $input) {
        userErrors { code } } }";
    hub.done(other_side, send, json!({ "id": id })).await;
    ids.insert("id", id);
    let input = json!({ "practice": ids["another practice"], "need": "Segreto", "supportLevel": "FULL" });
    ids.insert("draft request", hub.done(other_side, draft, input).await["replicationRequest"]["id"].take());
    let completed = crate::requests::practice(hub).await;
    let completed = crate::requests::request_in(hub, &completed, RequestState::Completed, 1, |r| {
        r.requester = troia;
        r.outcome.as_mut().unwrap().obstacles = "Segreto".into();
    });
    ids.insert("completed request", opaque(completed.await.id));
}

fn contact(visibility: &str) -> &'static str {
    ["PUBLIC contact", "MEMBERS contact", "PARTIES contact", "RELAY contact"]
        .into_iter()
        .find(|name| name.starts_with(visibility))
        .unwrap()
}

/// What is looked at: a name, the query, and where in the answer it stands.
fn looks(world: &World) -> Vec<(String, String, Value, String)> {
    let mut looks = Vec::new();
    let mut node = |what: &str, id: &str, on: &str, field: &str| {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {on} {{ seen: {field} }} }} }}");
        let pointer = match field.split_once(" { ") {
            None => "/node/seen".to_owned(),
            Some((_, list)) if list.starts_with("nodes") => "/node/seen/nodes/0".to_owned(),
            // The step that sent it.
            Some((_, list)) if list.starts_with("letters") => "/node/seen/1/letters".to_owned(),
            Some((_, "state }")) => "/node/seen".to_owned(),
            Some((_, part)) => format!("/node/seen/{}", part.trim_end_matches(" }")),
        };
        looks.push((what.to_owned(), query, json!({ "id": world.ids[id] }), pointer));
    };
    node("a person's name", "person", "Person", "name");
    node("a person's e-mail", "person", "Person", "email");
    node("a territory's mailbox", "territory", "Comune", "mailbox");
    node("a territory's members", "territory", "Comune", "members { nodes { role } }");
    node("a territory's invitations", "territory", "Comune", "invitations { nodes { name } }");
    node("an invitation", "invitation", "Invitation", "name");
    node("an invitation's e-mail", "invitation", "Invitation", "email");
    node("a session", "session", "Session", "browser");
    node("a token", "apiToken", "ApiToken", "name");
    node("an address that is not written to", "held address", "SuppressedAddress", "address");
    node("a notification", "notification", "Notification", "at");
    node("a conversation", "conversation", "Conversation", "subject");
    node("a conversation's messages", "conversation", "Conversation", "messages { nodes { position } }");
    node("a message", "message", "Message", "position");
    for field in ["need", "number", "state", "conversation { subject }"] {
        node(&format!("a sent request's {field}"), "id", "ReplicationRequest", field);
    }
    node("a draft request's need", "draft request", "ReplicationRequest", "need");
    for field in ["lessons", "obstacles", "satisfaction"] {
        node(
            &format!("an outcome's {field}"),
            "completed request",
            "ReplicationRequest",
            &format!("outcome {{ {field} }}"),
        );
    }
    node("a draft practice", "draft practice", "Practice", "title");
    node("a practice that was handed in", "handed in practice", "Practice", "title");
    node("a draft practice's kit", "draft item", "KitItem", "title");
    node("a draft practice's document", "draft document", "Document", "name");
    for visibility in ["PUBLIC", "MEMBERS", "PARTIES", "RELAY"] {
        for field in ["email", "phone"] {
            let what = format!("{field} of a contact: {visibility}");
            node(&what, contact(visibility), "ContactPerson", field);
        }
    }
    node("a need's standing matches", "need", "Need", "standingMatches { totalCount }");
    node("needs that a territory can help with", "territory", "Comune", "needsWeCanHelp { totalCount }");
    node("what a contact answers for", "RELAY contact", "ContactPerson", "duties { practices }");
    node("what became of a request's letters", "id", "ReplicationRequest", "timeline { letters { state } }");
    node("what became of a message's letters", "message", "Message", "letters { state }");
    looks
}

on_both! {
    async fn what_is_private_is_read_by_whom_it_concerns(hub: Hub) {
        let world = World::make(&hub).await;
        let token = |scopes: &[Scope]| match &world.member {
            Actor::Person(member) => Actor::Person(Member { scopes: Some(scopes.to_vec()), ..member.clone() }),
            _ => unreachable!(),
        };
        let roles = [
            ("nobody", Actor::Nobody),
            ("stranger", hub.stranger().await),
            ("itself", world.member.clone()),
            ("colleague", hub.member("bitonto").await),
            ("coordinator own", world.coordinator.clone()),
            ("other side", world.other_side.clone()),
            ("coordinator elsewhere", hub.coordinator("nardo").await),
            ("facilitator", hub.facilitator().await),
            ("steward", hub.steward().await),
            ("its token read:public", token(&[Scope::ReadPublic])),
            ("its token read:own", token(&[Scope::ReadOwn])),
            ("its token, all scopes", token(Scope::ALL)),
        ];
        let mut table = String::from("| what |");
        for (name, _) in &roles { let _ = write!(table, " {name} |"); }
        table.push_str("\n|---|");
        table.push_str(&":-:|".repeat(roles.len()));
        for (what, query, variables, pointer) in looks(&world) {
            let _ = write!(table, "\n| {what} |");
            for (_, actor) in &roles {
                let answer = hub.data(actor, &query, variables.clone()).await;
                let seen = answer.pointer(&pointer).is_some_and(|seen| !seen.is_null());
                table.push_str(if seen { " ✓ |" } else { " ✗ |" });
            }
        }
        insta::assert_snapshot!("private", table);
    }
}
