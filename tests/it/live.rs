//! Subscriptions in the process: every event once and in order, whoever is slow and whatever is restarted; rights asked
//! again for each; mails that failed are told.
use crate::{
    letters::Case,
    requests::practice,
    support::{
        Hub,
        smtp::{Script, SmtpServer, Step},
    },
};
use async_graphql::Variables;
use innesto::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        permission::{Actor, Scope},
        practice::Practice,
        text::Language,
    },
    graphql::{
        RateLimit,
        context::Browser,
        guard::Guard,
        live::{Asked, Opened, Pay, Shared, Subscriber, Subscription, open},
    },
    mail::{Smtp, Transport},
    service::{
        live::{Credential, Feed, Live},
        members,
        tokens::{self, NewToken},
    },
    store::{events, practices},
    worker,
};
use serde_json::{Map, Value};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{sync::watch, task::JoinHandle};

/// A process's reader of the log, as long as it lives.
struct Reader {
    live: Live,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Reader {
    fn start(app: &App) -> Self {
        let live = Live::new(app.clone());
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn({
            let live = live.clone();
            async move { live.follow(stopped).await }
        });
        Self { live, stop, task }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }
}

/// Reads so many events; their numbers.
async fn numbers(mut feed: Feed, count: usize) -> Vec<i64> {
    let mut seen = Vec::new();
    while seen.len() < count {
        seen.push(feed.next().await.unwrap().event.seq);
    }
    seen
}

async fn write(app: &App, hub: &Hub, count: usize) {
    let bitonto = hub.territory("bitonto").await;
    for _ in 0..count {
        let mut tx = app.store.begin().await.unwrap();
        tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto));
        tx.commit(app.clock.now()).await.unwrap();
    }
}

/// Somebody with a token, as a subscriber.
async fn with_token(hub: &Hub, actor: &Actor) -> (Subscriber, innesto::domain::token::ApiToken) {
    let new = NewToken { name: "prova".into(), scopes: vec![Scope::ReadOwn, Scope::WriteOwn], days: 1 };
    let (made, text) = tokens::create(&hub.app, actor, &new).await.unwrap();
    let credential = Credential::Token(text);
    let actor = credential.actor(&hub.app).await.unwrap().unwrap();
    (subscriber(actor, credential), made)
}

fn subscriber(actor: Actor, credential: Credential) -> Subscriber {
    let (language, address, browser) = (Language::En, IpAddr::from([127, 0, 0, 1]), Browser::default());
    Subscriber { actor, credential, language, address, browser, request_id: "test".into() }
}

async fn opened(hub: &Hub, live: &Live, shared: &Shared, who: Subscriber, query: &str) -> Box<Subscription> {
    paying(hub, (live, shared), who, query, Arc::new(|_| Ok(()))).await
}

async fn paying(
    hub: &Hub,
    (live, shared): (&Live, &Shared),
    who: Subscriber,
    query: &str,
    pay: Pay,
) -> Box<Subscription> {
    let mut approved = Guard::new().check(query, None, Map::new()).unwrap();
    let asked = Asked {
        hash: query.to_owned(),
        document: approved.request.parsed_query().unwrap().clone(),
        operation: None,
        variables: Variables::default(),
        kind: approved.kind,
        pay,
        rate_limit: RateLimit { limit: None, cost: 0, remaining: None, reset_at: hub.app.clock.now() },
    };
    match open((live, &hub.schema, shared), who, asked, None).await {
        Ok(Opened::Stream(subscription)) => subscription,
        Ok(Opened::Once(answer, _)) => panic!("{answer}"),
        Err(refused) => panic!("{refused:?}"),
    }
}

async fn next(subscription: &mut Subscription) -> Value {
    serde_json::from_str(&subscription.next().await.unwrap().json).unwrap()
}

const VIEWER: &str = "subscription { viewerEvents { kind ... on MessageEvent { conversation { subject } } } }";

on_both! {
    async fn subscribers_of_two_instances_see_what_both_write_once_and_in_order(hub: Hub) {
        let other = App::start((*hub.app.config).clone(), hub.app.clock.clone()).await.unwrap();
        let (here, there) = (Reader::start(&hub.app), Reader::start(&other));
        let feeds = [&here, &there].map(|reader| (0..5).map(|_| tokio::spawn(numbers(reader.live.feed(0), 200))).collect::<Vec<_>>());
        let half = tokio::spawn(numbers(there.live.feed(0), 100));
        tokio::join!(write(&hub.app, &hub, 60), write(&other, &hub, 60), write(&hub.app, &hub, 40), write(&other, &hub, 40));
        for feed in feeds.into_iter().flatten() {
            assert_eq!(feed.await.unwrap(), (1..=200).collect::<Vec<_>>());
        }
        assert_eq!(half.await.unwrap(), (1..=100).collect::<Vec<_>>());
        // Its instance is started anew: it goes on where it was.
        there.end().await;
        let again = Reader::start(&other);
        assert_eq!(numbers(again.live.feed(100), 100).await, (101..=200).collect::<Vec<_>>());
        assert_eq!((here.live.open(), here.live.lag()), (0, 0));
        again.end().await;
        here.end().await;
        other.store.close().await;
    }

    async fn who_is_further_behind_than_what_is_kept_reads_the_log_and_misses_nothing(hub: Hub) {
        let bitonto = hub.territory("bitonto").await;
        let mut tx = hub.app.store.begin().await.unwrap();
        for _ in 0..9_000 { tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto)); }
        tx.commit(hub.app.clock.now()).await.unwrap();
        let reader = Reader::start(&hub.app);
        assert_eq!(numbers(reader.live.feed(0), 9_000).await, (1..=9_000).collect::<Vec<_>>());
        reader.end().await;
    }

    async fn a_member_who_is_removed_hears_nothing_further_and_a_revoked_token_ends_it(hub: Hub) {
        let (reader, shared) = (Reader::start(&hub.app), Shared::default());
        let (coordinator, member) = (hub.coordinator("bitonto").await, hub.member("bitonto").await);
        let (who, token) = with_token(&hub, &member).await;
        let mut subscription = opened(&hub, &reader.live, &shared, who, VIEWER).await;
        let (bitonto, troia) = (hub.territory("bitonto").await, hub.territory("troia").await);
        let start = |subject: &str| innesto::service::conversations::Start {
            from: bitonto, to: troia, subject: subject.into(), practice: None, need: None, body: "Buongiorno".into(), key: None,
        };
        innesto::service::conversations::start(&hub.app, &coordinator, start("Prima")).await.unwrap();
        let seen = next(&mut subscription).await;
        assert_eq!(seen["data"]["viewerEvents"]["conversation"]["subject"], "Prima", "{seen}");
        // What happened before the removal is no longer theirs either: it is judged when it is delivered.
        innesto::service::conversations::start(&hub.app, &coordinator, start("Seconda")).await.unwrap();
        members::remove(&hub.app, &coordinator, bitonto, member.person().unwrap()).await.unwrap();
        innesto::service::conversations::start(&hub.app, &coordinator, start("Terza")).await.unwrap();
        tokens::revoke(&hub.app, &member, token.id).await.unwrap();
        let last = next(&mut subscription).await;
        assert_eq!(last["errors"][0]["extensions"]["code"], "SIGN_IN_NEEDED", "{last}");
        assert!(subscription.next().await.is_none());
        reader.end().await;
    }

    async fn what_is_public_is_written_once_for_all_who_ask_the_same(hub: Hub) {
        let case = Case::of(&hub).await;
        let (reader, shared) = (Reader::start(&hub.app), Shared::default());
        let query = "subscription { networkEvents { kind practice { title } from { slug } to { slug } } }";
        let mut all = Vec::new();
        for _ in 0..20 {
            let nobody = subscriber(Actor::Nobody, Credential::Nothing);
            all.push(opened(&hub, &reader.live, &shared, nobody, query).await);
        }
        assert_eq!(reader.live.open(), 20);
        case.sent(&hub).await;
        let first = next(&mut all[0]).await;
        assert_eq!(first["data"]["networkEvents"]["kind"], "REQUEST_SENT", "{first}");
        assert_eq!(first["data"]["networkEvents"]["from"]["slug"], "ambito-troia", "{first}");
        let (others, statements) = hub.statements(async {
            let mut others = Vec::new();
            for subscription in &mut all[1..] { others.push(next(subscription).await); }
            others
        }).await;
        assert!(others.iter().all(|other| *other == first));
        // At most what the follower itself reads in the meantime, and nothing for each of the nineteen.
        assert!(statements < 10, "{statements} statements");
        drop(all);
        reader.end().await;
    }

    async fn a_practice_that_answers_a_need_is_told_to_who_watches_it(hub: Hub) {
        let (reader, shared) = (Reader::start(&hub.app), Shared::default());
        let (member, colleague) = (hub.member("bitonto").await, hub.member("bitonto").await);
        let query = "subscription { viewerEvents { kind actor { id } ... on NeedMatchEvent { need { text watching }
            practice { title } match { score } } ... on PracticeEvent { practice { title } } } }";
        let mut own = opened(&hub, &reader.live, &shared, with_token(&hub, &member).await.0, query).await;
        let network = "subscription { networkEvents { kind need { text } practice { title } from { slug } to { slug } } }";
        let nobody = subscriber(Actor::Nobody, Credential::Nothing);
        let mut all = opened(&hub, &reader.live, &shared, nobody, network).await;
        let need = hub.need(&member, "bitonto", "Un luogo per i ragazzi", &["MINORS"]).await;
        let seen = next(&mut all).await["data"]["networkEvents"].take();
        assert_eq!(seen, serde_json::json!({ "kind": "NEED_POSTED", "need": { "text": "Un luogo per i ragazzi" },
            "practice": null, "from": { "slug": "bitonto" }, "to": null }));
        hub.publish("troia", "Doposcuola").await;
        assert!(innesto::service::needs::follow(&hub.app).await.unwrap());
        let seen = next(&mut own).await["data"]["viewerEvents"].take();
        assert_eq!((&seen["kind"], &seen["need"]["watching"], &seen["practice"]["title"], &seen["actor"]),
            (&Value::from("NEED_MATCHED"), &Value::from(true), &Value::from("Doposcuola"), &Value::Null), "{seen}");
        assert!(seen["match"]["score"].as_f64().is_some_and(|score| score >= 50.0), "{seen}");
        let last = events::after(&hub.app.store, 0, 1_000).await.unwrap().into_iter().rfind(|event| event.kind == EventKind::NeedMatched);
        let mut feed = reader.live.feed(last.unwrap().seq - 1);
        let news = feed.next().await.unwrap();
        assert!(news.concerns(&member) && !news.concerns(&colleague) && news.network().is_none());
        let Actor::Person(person) = &member else { unreachable!() };
        let left = Actor::Person(innesto::domain::permission::Member { memberships: vec![], ..person.clone() });
        assert!(!news.concerns(&left), "who left hears no more");
        drop(feed);
        hub.close_need(&member, &need).await.unwrap();
        while next(&mut all).await["data"]["networkEvents"]["kind"] != "NEED_CLOSED" {}
        reader.end().await;
    }

    async fn who_has_no_points_left_waits_at_its_place_and_loses_nothing(hub: Hub) {
        let case = Case::of(&hub).await;
        let (reader, shared, asked) = (Reader::start(&hub.app), Shared::default(), Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&asked);
        // Two times out of three there are none.
        let pay: Pay = Arc::new(move |_| match counted.fetch_add(1, Relaxed) % 3 {
            2 => Ok(()),
            _ => Err(Duration::from_millis(1)),
        });
        for (query, who) in [
            ("subscription { networkEvents { kind } }", subscriber(Actor::Nobody, Credential::Nothing)),
            ("subscription { viewerEvents { kind } }", with_token(&hub, &case.owner).await.0),
        ] {
            let mut subscription = paying(&hub, (&reader.live, &shared), who, query, Arc::clone(&pay)).await;
            let before = asked.load(Relaxed);
            let mut tx = hub.app.store.begin().await.unwrap();
            for kind in [EventKind::PracticeUpdated, EventKind::PracticeArchived] {
                tx.emit(NewEvent::new(kind, case.practice.id));
            }
            tx.commit(hub.app.clock.now()).await.unwrap();
            for kind in ["PRACTICE_UPDATED", "PRACTICE_ARCHIVED"] {
                let seen = next(&mut subscription).await.to_string();
                assert!(seen.contains(kind), "{seen}");
            }
            assert_eq!(asked.load(Relaxed) - before, 6);
        }
        reader.end().await;
    }

    async fn an_event_whose_answer_would_be_too_long_ends_the_subscription_and_is_not_taken_as_seen(hub: Hub) {
        let practice = practice(&hub).await;
        let long = Practice { method: "a ".repeat(100_000), ..practice };
        let mut tx = hub.app.store.begin().await.unwrap();
        practices::update(&mut tx, &long).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let (reader, shared) = (Reader::start(&hub.app), Shared::default());
        // 200,000 bytes six times.
        let query = "subscription { networkEvents { cursor practice { a: method { source } b: method { source }
            c: method { source } d: method { source } e: method { source } f: method { source } } } }";
        let nobody = || subscriber(Actor::Nobody, Credential::Nothing);
        let mut subscription = opened(&hub, &reader.live, &shared, nobody(), query).await;
        let mut tx = hub.app.store.begin().await.unwrap();
        tx.emit(NewEvent::new(EventKind::PracticeUpdated, long.id));
        tx.commit(hub.app.clock.now()).await.unwrap();
        let last = subscription.next().await.unwrap();
        assert!(last.cursor.is_none() && last.json.len() < 1_000, "{} bytes", last.json.len());
        assert!(last.json.contains("COST_LIMIT") && last.json.contains("1 MiB"), "{}", last.json);
        assert!(subscription.next().await.is_none());
        reader.end().await;
    }

    async fn a_mail_that_failed_is_told_to_the_side_it_was_written_for(hub: Hub) {
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        let server = SmtpServer::start(Script::Answer(Step::Recipient, "550 5.1.1 No such user")).await;
        let through = App { mail: Transport::Smtp(Smtp::from_url(&server.url()).unwrap()), ..hub.app.clone() };
        worker::deliver_due(&through).await.unwrap();
        let failed: Vec<_> = events::after(&hub.app.store, 0, 100).await.unwrap().into_iter()
            .filter(|event| event.kind == EventKind::MailFailed).collect();
        assert!(failed.iter().any(|event| event.data["letter"] == "request_received"), "{failed:?}");
        let reader = Reader::start(&hub.app);
        let mut feed = reader.live.feed(failed[0].seq - 1);
        let news = feed.next().await.unwrap();
        assert!(news.concerns(&case.author) && !news.concerns(&case.owner) && !news.concerns(&hub.facilitator().await));
        drop(feed);
        reader.end().await;
    }
}
