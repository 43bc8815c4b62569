//! Answers kept in memory: never one from before a change, never to whom it is not for; whoever changes what, in which
//! process, in which order.
use crate::support::Hub;
use innesto::{
    domain::{event::EventKind, permission::Actor, text::Language, word::Word},
    graphql::Ask,
    http::answers::{Answers, Finished, Question},
    service::{
        import::{Origin, territories, vocabularies},
        people,
    },
    store::{Engine, events, sql::sql},
};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
};

const PAGE: &str = "query($first: Int) { practices(first: $first, orderBy: UPDATED) { totalCount nodes { id title version updatedAt
    owner { name practicesCount } field { label } targets { label } requestsCount replicationsCount evidenceLevel
    supportOffer { openRequests takesRequests } contacts { name email } kitCompleteness viewerActions } pageInfo { endCursor } } }";
const AWAY: &str = "{ practices(filter: { status: ARCHIVED }) { totalCount nodes { title } } }";
const OPEN: &str = "{ practices(filter: { openToRequests: true }) { totalCount nodes { title } } }";
const LISTS: &str = "{ datasets { name source importedAt } territories(first: 100) { totalCount nodes { name aliases
    population practicesCount contacts { totalCount nodes { name email phone role } } } } vocabulary(scheme: TARGET) { code label } }";
const ONE: &str = "query($id: ID!) { node(id: $id) { __typename ... on Practice { title abstract status version
    kit { title position text { source } } contacts { name email role } reviewNote { source } requests { totalCount }
    lineage { parents { kind isConfirmed parent { title } } children { kind isConfirmed child { title } } descendantsCount } } } }";

/// A public question, answered as a server would: from memory where it may.
async fn asked(
    hub: &Hub,
    answers: &Answers,
    actor: &Actor,
    language: Language,
    query: &str,
    variables: &Value,
) -> Arc<Finished> {
    let ask = Ask::new(&hub.app, actor.clone(), language, "test".into());
    let none = Map::new();
    let values = variables.as_object().unwrap_or(&none);
    let place = answers.place(&ask, &Question { document: query.as_bytes(), operation: None, variables: values });
    let request =
        async_graphql::Request::new(query).variables(async_graphql::Variables::from_json(variables.clone())).data(ask);
    let work = async { Finished::of(&hub.schema.execute(request).await).unwrap() };
    match place {
        Some(place) => answers.get_or(place, work).await,
        None => Arc::new(work.await),
    }
}

/// What the history knows of the world: ids that later steps may pick.
#[derive(Default)]
struct World {
    practices: Vec<Value>,
    contacts: Vec<Value>,
    items: Vec<Value>,
    requests: Vec<Value>,
    conversations: Vec<Value>,
    steps: i64,
}

impl World {
    fn learn(&mut self, payload: &Value) {
        for (list, field) in [
            (&mut self.practices, "practice"),
            (&mut self.contacts, "contact"),
            (&mut self.items, "item"),
            (&mut self.requests, "replicationRequest"),
            (&mut self.conversations, "conversation"),
        ] {
            let id = &payload[field]["id"];
            if id.is_string() && !list.contains(id) {
                list.push(id.clone());
            }
        }
        let copy = &payload["replicationRequest"]["copy"]["id"];
        if copy.is_string() && !self.practices.contains(copy) {
            self.practices.push(copy.clone());
        }
    }

    /// One random mutation: its name, what it gives back, its input, and who could do it (a place in `ACTORS`).
    fn step(&mut self, random: &mut StdRng, places: &[Value]) -> (&'static str, &'static str, Value, usize) {
        let pick = |random: &mut StdRng, list: &[Value]| list.choose(random).cloned().unwrap_or_else(|| json!("none"));
        let (practice, other) = (pick(random, &self.practices), pick(random, &self.practices));
        let (contact, item) = (pick(random, &self.contacts), pick(random, &self.items));
        let (request, place) = (pick(random, &self.requests), pick(random, places));
        let (seen, away) = ("practice { id }", "replicationRequest { id copy { id } }");
        let two: Vec<Value> = (0..2).map(|_| pick(random, &self.contacts)).collect();
        let (version, n): (i64, i64) = (random.random_range(1..4), random.random_range(0..1_000));
        self.steps += 1;
        let text = format!("Testo {n} {}", self.steps);
        let (mutation, wanted, input, who) = match random.random_range(0..34) {
            0 => ("createPractice", seen, json!({ "owner": places[0], "title": text }), OWNER),
            1..=3 => {
                let input = json!({ "practice": practice, "expectedVersion": version, "title": text,
                    "targets": ["MINORS"], "supportOpen": true, "confirmNoPersonalData": true });
                ("updatePractice", seen, input, OWNER)
            }
            4 => ("submitPractice", seen, json!({ "practice": practice }), OWNER),
            5 => ("returnPractice", seen, json!({ "practice": practice, "remarks": text }), STAFF),
            6 => ("publishPractice", seen, json!({ "practice": practice, "confirmNoPersonalData": true }), STAFF),
            7 => ("archivePractice", seen, json!({ "practice": practice }), STAFF),
            8..=9 => {
                let input = json!({ "practice": practice, "kind": "RESOLUTION", "phase": "DECIDE", "title": text,
                    "text": "Testo", "confirmNoPersonalData": true });
                ("addKitItem", "item { id }", input, OWNER)
            }
            10 => {
                let input = json!({ "item": item, "expectedVersion": version, "title": text });
                ("updateKitItem", "item { id }", input, OWNER)
            }
            11 => ("moveKitItem", seen, json!({ "item": item, "position": 0 }), OWNER),
            12 => ("removeKitItem", seen, json!({ "item": item }), OWNER),
            13 => {
                let input = json!({ "territory": place, "name": text, "role": "Ufficio",
                    "email": format!("u{n}@esempio.invalid"), "isRoleMailbox": n % 2 == 0 });
                ("addContactPerson", "contact { id }", input, OWNER)
            }
            14 => {
                let input =
                    json!({ "contact": contact, "expectedVersion": version, "name": text, "visibility": "PUBLIC" });
                ("updateContactPerson", "contact { id }", input, OWNER)
            }
            15 => ("removeContactPerson", "contact { id }", json!({ "contact": contact }), OWNER),
            16 => ("setPracticeContacts", seen, json!({ "practice": practice, "contacts": two }), OWNER),
            17 => {
                let input = json!({ "territory": place, "mailbox": format!("m{n}@esempio.invalid") });
                ("setTerritoryMailbox", "userErrors { code }", input, OWNER)
            }
            18..=19 => {
                let input = json!({ "child": practice, "parent": other, "kind": "COPIED" });
                ("declareLineage", "userErrors { code }", input, OWNER)
            }
            20 => ("confirmLineage", "userErrors { code }", json!({ "child": practice, "parent": other }), OWNER),
            21..=24 => {
                let input = json!({ "practice": practice, "requester": places[2], "need": "Un luogo per i ragazzi",
                    "supportLevel": "DOCUMENTS" });
                ("draftReplicationRequest", away, input, ASKER)
            }
            25..=27 => ("sendReplicationRequest", away, json!({ "id": request }), ASKER),
            28 => ("acknowledgeReplicationRequest", away, json!({ "id": request }), OWNER),
            29 => {
                let input =
                    json!({ "id": request, "supportLevel": "DOCUMENTS", "mentor": contact, "firstDate": "2026-04-01" });
                ("acceptReplicationRequest", away, input, OWNER)
            }
            30 => ("withdrawReplicationRequest", away, json!({ "id": request, "reason": "NEED_GONE" }), ASKER),
            31 => {
                let input = json!({ "id": request, "reason": "NO_CAPACITY", "note": text });
                ("declineReplicationRequest", away, input, OWNER)
            }
            32 => {
                let input = json!({ "from": places[2], "to": places[0], "subject": text, "body": "Ciao" });
                ("startConversation", "conversation { id }", input, ASKER)
            }
            _ => {
                let input = json!({ "conversation": pick(random, &self.conversations), "body": text });
                ("postMessage", "userErrors { code }", input, ASKER)
            }
        };
        // Now and then somebody else tries.
        (mutation, wanted, input, if n % 5 == 0 { random.random_range(0..10) } else { who })
    }
}

/// Places in the list of those who act.
const OWNER: usize = 0;
const ASKER: usize = 1;
const STAFF: usize = 2;

/// Does it, or is refused. What was read last is given as the version, except now and then.
async fn try_step(hub: &Hub, actor: &Actor, world: &mut World, (mutation, wanted, mut input): (&str, &str, Value)) {
    let subject = ["practice", "contact", "item"].into_iter().find(|name| input[*name].is_string());
    if let Some(subject) = subject.filter(|_| input["expectedVersion"].is_number() && world.steps % 6 != 0) {
        let read = "query($id: ID!) { node(id: $id) { ... on Practice { version } ... on ContactPerson { version } ... on KitItem { version } } }";
        let found = hub.ask(&Actor::System, read, json!({ "id": input[subject] })).await;
        if let Some(version) = found["data"]["node"]["version"].as_i64() {
            input["expectedVersion"] = version.into();
        }
    }
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {wanted} }} }}");
    let answer = hub.ask(actor, &query, json!({ "input": input })).await;
    world.learn(&answer["data"][mutation]);
}

fn origin() -> Origin {
    Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None }
}

async fn import(app: &innesto::app::App, n: usize) {
    let terms = format!(
        "scheme,code,label_it,label_en,position,valid_from,valid_to\nTARGET,NEW_{n},Nuovo,New,{},2024-01-01,\n",
        n + 50
    );
    vocabularies::run(app, terms.as_bytes(), &origin(), false, &|_, _| ()).await.unwrap();
    let places = format!("kind,name,province,population,aliases\nAMBITO,Nuovo{n},BA,{n},Novello{n}\n");
    territories::run(app, places.as_bytes(), &origin(), false, &|_, _| ()).await.unwrap();
}

/// The counters that pages show, each with what it counts: how many rows differ.
async fn counters_that_lie(hub: &Hub) -> i64 {
    struct Wrong {
        n: i64,
    }
    impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Wrong
    where
        &'static str: sqlx::ColumnIndex<R>,
        i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    {
        fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
            Ok(Self { n: row.try_get("n")? })
        }
    }
    let practices = sql("SELECT COUNT(*) AS n FROM practice p WHERE p.requests_count <> (SELECT COUNT(*) FROM \
        replication_request r WHERE r.practice = p.id AND r.sent_at IS NOT NULL) OR p.active_requests <> (SELECT COUNT(*) \
        FROM replication_request r WHERE r.practice = p.id AND r.state IN ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS')) \
        OR p.replications_count <> (SELECT COUNT(*) FROM lineage_edge e WHERE e.parent = p.id AND e.kind IN ('COPIED', \
        'ADAPTED') AND (e.confirmed_at IS NOT NULL OR e.request IS NOT NULL))");
    let owners =
        sql("SELECT COUNT(*) AS n FROM territory t WHERE t.practices_count <> (SELECT COUNT(*) FROM practice p \
        WHERE p.owner = t.id AND p.status = 'PUBLISHED')");
    let wrong: Wrong = practices.one(&hub.app.store).await.unwrap();
    let owner: Wrong = owners.one(&hub.app.store).await.unwrap();
    wrong.n + owner.n
}

async fn history(hub: &Hub, seed: u64) {
    let listening = hub.listen().await;
    let (answers, mut random, mut world) =
        (Answers::new(4 << 20, "test"), StdRng::seed_from_u64(seed), World::default());
    let mut places = Vec::new();
    for slug in ["bitonto", "nardo", "troia"] {
        places.push(hub.territory_id(slug).await);
    }
    for title in ["Prima", "Seconda", "Terza"] {
        world.practices.push(hub.publish("bitonto", title).await["id"].clone());
    }
    let read = "{ practices { nodes { contacts { id } } } }";
    for practice in hub.data(&Actor::Nobody, read, json!({})).await["practices"]["nodes"].as_array().unwrap() {
        world.contacts.push(practice["contacts"][0]["id"].clone());
    }
    let actors = [
        hub.coordinator("bitonto").await,
        hub.member("troia").await,
        hub.steward().await,
        hub.member("bitonto").await,
        hub.member("nardo").await,
        hub.coordinator("troia").await,
        hub.facilitator().await,
        hub.stranger().await,
        Actor::System,
        Actor::Nobody,
    ];
    let mut changes = 0;
    for n in 0..90 {
        let before = hub.app.store.public_version();
        hub.app.clock.advance_seconds(1);
        if n % 45 == 44 {
            import(&hub.app, n).await;
        } else {
            let (mutation, wanted, input, who) = world.step(&mut random, &places);
            try_step(hub, &actors[who], &mut world, (mutation, wanted, input)).await;
        }
        changes += i64::from(hub.app.store.public_version() != before);
        let id = json!({ "id": world.practices.choose(&mut random) });
        let questions =
            [(PAGE, json!({ "first": 10 })), (AWAY, json!({})), (OPEN, json!({})), (LISTS, json!({})), (ONE, id)];
        let nothing = Answers::new(0, "test");
        // A member's look must bring nothing private to the public, nor the public's answer to a member.
        let ((query, variables), viewer) =
            (questions.choose(&mut random).unwrap(), actors.choose(&mut random).unwrap());
        let own = asked(hub, &answers, viewer, Language::It, query, variables).await;
        let fresh = asked(hub, &nothing, viewer, Language::It, query, variables).await;
        assert_eq!(own.body, fresh.body, "seed {seed}, step {n}, {viewer:?}: {query}");
        for (query, variables) in &questions {
            let language = *[Language::It, Language::En].choose(&mut random).unwrap();
            let kept = asked(hub, &answers, &Actor::Nobody, language, query, variables).await;
            let fresh = asked(hub, &nothing, &Actor::Nobody, language, query, variables).await;
            assert_eq!(kept.body, fresh.body, "seed {seed}, step {n}: {query}");
        }
    }
    assert_eq!(counters_that_lie(hub).await, 0, "seed {seed}");
    let told: BTreeSet<&str> =
        events::after(&hub.app.store, 0, 10_000).await.unwrap().iter().map(|e| e.kind.as_str()).collect();
    let lively = told.len() >= 12 && changes >= 20 && told.contains("request.sent");
    assert!(lively, "the history is worth the name: {changes} changes, {told:?}");
    let counts = answers.counts();
    assert!(counts.hits > 50 && counts.misses > 50, "{counts:?}");
    listening.abort();
}

on_both! {
    async fn no_answer_is_served_after_what_it_tells_has_changed(hub: Hub) {
        history(&hub, 1).await;
    }

    async fn nor_in_another_history(hub: Hub) {
        history(&hub, 2).await;
    }

    async fn many_who_write_and_read_at_once_never_see_less_than_what_was_acknowledged(hub: Hub) {
        hub.listen().await;
        let hub = Arc::new(hub);
        let answers = Answers::new(4 << 20, "test");
        let query = "query($slug: String!) { practice(by: { slug: $slug }) { title version } }";
        let mut tasks = Vec::new();
        for name in ["uno", "due"] {
            let id = hub.publish("bitonto", name).await["id"].clone();
            let first = hub.data(&Actor::Nobody, query, json!({ "slug": name })).await["practice"]["version"].as_i64().unwrap();
            let (tried, acknowledged) = (Arc::new(AtomicI64::new(first)), Arc::new(AtomicI64::new(first)));
            for _ in 0..3 {
                let (hub, answers, tried, acknowledged) = (Arc::clone(&hub), answers.clone(), Arc::clone(&tried), Arc::clone(&acknowledged));
                tasks.push(tokio::spawn(async move {
                    let mut seen = 0;
                    while acknowledged.load(SeqCst) < first + 25 {
                        let least = acknowledged.load(SeqCst);
                        let answer = asked(&hub, &answers, &Actor::Nobody, Language::It, query, &json!({ "slug": name })).await;
                        let most = tried.load(SeqCst);
                        let told: Value = serde_json::from_slice(&answer.body).unwrap();
                        let version = told["data"]["practice"]["version"].as_i64().unwrap();
                        assert!((least..=most).contains(&version), "{version} is not within {least}..={most}");
                        seen += 1;
                        tokio::task::yield_now().await;
                    }
                    seen
                }));
            }
            let hub = Arc::clone(&hub);
            tasks.push(tokio::spawn(async move {
                let update = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { version } userErrors { code } } }";
                for version in first..first + 25 {
                    tried.store(version + 1, SeqCst);
                    let input = json!({ "practice": id, "expectedVersion": version, "title": format!("Titolo {version}"), "confirmNoPersonalData": true });
                    hub.done(&Actor::System, update, input).await;
                    acknowledged.store(version + 1, SeqCst);
                }
                25
            }));
        }
        for task in tasks {
            assert!(task.await.unwrap() > 0);
        }
        assert!(answers.counts().hits > 0, "{:?}", answers.counts());
    }

    async fn what_another_process_imports_is_served_as_soon_as_it_is_heard_of(hub: Hub) {
        hub.listen().await;
        let (answers, another) = (Answers::new(1 << 20, "test"), hub.another().await);
        let before = asked(&hub, &answers, &Actor::Nobody, Language::It, LISTS, &json!({})).await;
        let (seq, version) = (*hub.app.store.wake_ups().borrow(), hub.app.store.public_version());
        import(&another, 7).await;
        let mut news = hub.app.store.wake_ups();
        // Two events, whether they are heard of one by one or together.
        news.wait_for(|now| *now >= seq + 2).await.unwrap();
        assert!(hub.app.store.public_version() > version);
        let after = asked(&hub, &answers, &Actor::Nobody, Language::It, LISTS, &json!({})).await;
        assert_ne!(before.body, after.body);
        let query = "{ territory(by: { name: \"novello7\" }) { slug population } vocabulary(scheme: TARGET) { code } }";
        let data = hub.data(&Actor::Nobody, query, json!({})).await;
        assert_eq!(data["territory"], json!({ "slug": "ambito-nuovo7", "population": 7 }));
        assert_eq!(data["vocabulary"].as_array().unwrap().last().unwrap()["code"], "NEW_7");
        another.store.close().await;
    }

    async fn only_what_nobody_in_particular_asks_is_kept_and_only_while_changes_are_heard_of(hub: Hub) {
        let answers = Answers::new(1 << 20, "test");
        let none = Map::new();
        let question = Question { document: b"{ viewer { id } }", operation: None, variables: &none };
        let place = |actor: &Actor, language, question: &Question<'_>| {
            answers.place(&Ask::new(&hub.app, actor.clone(), language, "test".into()), question)
        };
        assert_eq!(place(&Actor::Nobody, Language::It, &question), None, "nobody listens");
        let listening = hub.listen().await;
        let here = place(&Actor::Nobody, Language::It, &question).unwrap();
        for actor in [hub.stranger().await, hub.member("troia").await, hub.steward().await, Actor::System] {
            assert_eq!(place(&actor, Language::It, &question), None, "{actor:?}");
        }
        // Everything that an answer depends on makes another place.
        let values = json!({ "a": 1 }).as_object().unwrap().clone();
        for other in [
            place(&Actor::Nobody, Language::En, &question),
            place(&Actor::Nobody, Language::It, &Question { document: b"{ datasets { name } }", ..question }),
            place(&Actor::Nobody, Language::It, &Question { operation: Some("A"), ..question }),
            place(&Actor::Nobody, Language::It, &Question { variables: &values, ..question }),
        ] {
            assert_ne!(other.unwrap().etag(), here.etag());
        }
        hub.app.clock.advance_seconds(24 * 3600);
        assert!(!place(&Actor::Nobody, Language::It, &question).unwrap().is_known(&here.etag()), "terms are valid by day");
        // A private event leaves it where it is, a public one does not.
        let here = place(&Actor::Nobody, Language::It, &question).unwrap();
        let tell = async |kind| {
            let mut tx = hub.app.store.begin().await.unwrap();
            tx.emit(innesto::domain::event::NewEvent::new(kind, hub.territory("troia").await));
            tx.commit(hub.app.clock.now()).await.unwrap();
        };
        tell(EventKind::MessagePosted).await;
        assert_eq!(place(&Actor::Nobody, Language::It, &question).unwrap(), here);
        tell(EventKind::PracticeUpdated).await;
        assert_ne!(place(&Actor::Nobody, Language::It, &question).unwrap(), here);
        listening.abort();
        assert!(listening.await.unwrap_err().is_cancelled());
        assert_eq!(place(&Actor::Nobody, Language::It, &question), None, "nobody listens any more");
    }

    async fn an_erased_persons_contact_leaves_the_answers(hub: Hub) {
        hub.listen().await;
        let answers = Answers::new(1 << 20, "test");
        let person = hub.person().await;
        let (troia, now) = (hub.territory("troia").await, hub.app.clock.now());
        let contact: innesto::domain::id::ContactId = hub.app.clock.id();
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("INSERT INTO contact_person (id, territory, person, name, role, visibility, accepts_requests, created_at) VALUES (")
            .values([contact.into(), troia.into(), person.into(), "Ada".into(), "referente".into(), "PUBLIC".into(), true.into(), now.into()])
            .text(")").run(&mut tx).await.unwrap();
        tx.commit(now).await.unwrap();
        let read = "{ territory(by: { slug: \"troia\" }) { contacts { nodes { name } } } }";
        let before = asked(&hub, &answers, &Actor::Nobody, Language::It, read, &json!({})).await;
        assert!(String::from_utf8_lossy(&before.body).contains("Ada"));
        people::erase_person(&hub.app, &Actor::System, &format!("{}@example.invalid", person.uuid().simple())).await.unwrap();
        let after = asked(&hub, &answers, &Actor::Nobody, Language::It, read, &json!({})).await;
        assert!(!String::from_utf8_lossy(&after.body).contains("Ada"));
    }
}

#[tokio::test]
async fn while_the_connection_that_hears_is_lost_nothing_is_served_from_memory() {
    let hub = Hub::start(Engine::Postgres).await;
    let listening = hub.listen().await;
    let mut admin =
        <sqlx::PgConnection as sqlx::Connection>::connect(hub.app.config.database_url.expose()).await.unwrap();
    let ended = sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    assert_eq!(ended.len(), 1);
    assert!(listening.await.unwrap().is_err(), "it says so");
    assert_eq!(hub.app.store.public_version(), None);
    // What another instance does meanwhile is not missed by who listens again.
    import(&hub.another().await, 3).await;
    hub.listen().await;
    let query = "{ territory(by: { name: \"Nuovo3\" }) { slug } }";
    assert_eq!(hub.data(&Actor::Nobody, query, json!({})).await["territory"]["slug"], "ambito-nuovo3");
}
