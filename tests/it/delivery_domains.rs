//! Mails to many domains: each at most two at once, whoever sends; one that is slow, or takes nothing for now, waits alone.
use crate::support::{
    Hub,
    smtp::{Script, SmtpServer, Step},
};
use innesto::{
    app::App,
    domain::{
        id::OutboxId,
        mail::{LetterKind, MailState, NewMail},
        text::Language,
    },
    mail::{Smtp, Transport},
    store::{
        mail_domains,
        outbox::{self, Attempt, Lot},
    },
    worker,
};
use serde_json::{Map, Value};
use tokio::sync::watch;

/// Puts a mail into the queue that needs nothing but its own data.
async fn mail(hub: &Hub, address: &str, letter: LetterKind) -> OutboxId {
    let (id, now) = (hub.app.clock.id(), hub.app.clock.now());
    let mail = NewMail {
        id,
        cause: format!("test:{id}"),
        recipient: format!("address:{address}"),
        letter,
        address: address.into(),
        name: None,
        language: Language::It,
        data: Map::from_iter([("why".to_owned(), Value::from("EMPTY"))]),
        secret: Some("123456".into()),
        thread: None,
        due_at: now,
        host: "hub.example".into(),
        created_at: now,
    };
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(outbox::enqueue(&mut tx, &mail).await.unwrap());
    tx.commit(now).await.unwrap();
    id
}

async fn some(hub: &Hub, domain: &str, n: usize) -> Vec<OutboxId> {
    let mut ids = Vec::new();
    for n in 0..n {
        ids.push(mail(hub, &format!("a{n}@{domain}"), LetterKind::ReplyNotTaken).await);
    }
    ids
}

fn through(app: &App, server: &SmtpServer) -> App {
    App { mail: Transport::Smtp(Smtp::from_url(&server.url()).unwrap()), ..app.clone() }
}

async fn states(hub: &Hub, ids: &[OutboxId]) -> Vec<(MailState, i64)> {
    let mut states = Vec::new();
    for id in ids {
        let mail = outbox::find(&hub.app.store, *id).await.unwrap().unwrap();
        states.push((mail.state, mail.attempts));
    }
    states
}

/// A server that does this to one domain and takes everything else.
async fn only(domain: &'static str, script: Script) -> SmtpServer {
    SmtpServer::choosing(move |_, to| match to {
        Some(to) if to.ends_with(domain) => script,
        _ => Script::Accept,
    })
    .await
}

on_both! {
    async fn a_domain_that_never_answers_holds_two_mails_and_no_others(hub: Hub) {
        let slow = some(&hub, "slow.invalid", 30).await;
        let mut others = Vec::new();
        for n in 0..25 { others.extend(some(&hub, &format!("b{n}.invalid"), 1).await); }
        let server = only("@slow.invalid", Script::Silent(Step::Recipient)).await;
        let (_stop, stopped) = watch::channel(false);
        let running = tokio::spawn(worker::run(through(&hub.app, &server), stopped));
        while outbox::count(&hub.app.store, &[MailState::Sent]).await.unwrap() < 25 {
            tokio::task::yield_now().await;
        }
        // What comes now leaves too, though the two still wait for an answer.
        let late = mail(&hub, "late@c.invalid", LetterKind::ReplyNotTaken).await;
        while states(&hub, &[late]).await[0].0 != MailState::Sent { tokio::task::yield_now().await; }
        let slow = states(&hub, &slow).await;
        let count = |state, attempts| slow.iter().filter(|seen| **seen == (state, attempts)).count();
        assert_eq!((count(MailState::Sending, 1), count(MailState::Queued, 0)), (2, 28));
        running.abort();
    }

    async fn a_domain_that_takes_nothing_for_now_rests_and_the_others_go_on(hub: Hub) {
        let grey = some(&hub, "grey.invalid", 5).await;
        let others = some(&hub, "b.invalid", 5).await;
        let server = only("@grey.invalid", Script::Answer(Step::Recipient, "451 4.7.1 Greylisted, come back")).await;
        worker::deliver_due(&through(&hub.app, &server)).await.unwrap();
        assert!(states(&hub, &others).await.iter().all(|seen| *seen == (MailState::Sent, 1)));
        assert_eq!(states(&hub, &grey).await.iter().map(|seen| seen.1).sum::<i64>(), 2, "two were tried, and then none");
        assert_eq!(mail_domains::resting(&hub.app.store, hub.app.clock.now()).await.unwrap(), 1);
        // A code is waited for right now.
        let code = mail(&hub, "ada@grey.invalid", LetterKind::SignInCode).await;
        worker::deliver_due(&through(&hub.app, &server)).await.unwrap();
        assert_eq!(states(&hub, &[code]).await, [(MailState::Queued, 1)]);
        hub.app.clock.advance_seconds(29);
        worker::deliver_due(&hub.app).await.unwrap();
        assert_eq!(states(&hub, &grey).await.iter().map(|seen| seen.1).sum::<i64>(), 2);
        hub.app.clock.advance_seconds(1);
        worker::deliver_due(&hub.app).await.unwrap();
        assert!(states(&hub, &grey).await.iter().all(|seen| seen.0 == MailState::Sent));
        assert_eq!(hub.mailbox().len(), 6);
        assert_eq!(mail_domains::resting(&hub.app.store, hub.app.clock.now()).await.unwrap(), 0);
    }

    async fn a_domain_rests_longer_each_time_and_a_quarter_of_an_hour_at_most(hub: Hub) {
        let mut rests = Vec::new();
        for _ in 0..8 {
            let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
            let until = mail_domains::let_rest(&mut tx, "grey.invalid", now).await.unwrap();
            // Another that failed together with it.
            assert_eq!(mail_domains::let_rest(&mut tx, "grey.invalid", now).await.unwrap(), until);
            tx.commit(now).await.unwrap();
            rests.push((until.micros() - now.micros()) / 1_000_000);
            hub.app.clock.advance_seconds(900);
        }
        assert_eq!(rests, [30, 60, 120, 240, 480, 900, 900, 900]);
    }

    async fn a_full_mailbox_lets_no_domain_rest(hub: Hub) {
        some(&hub, "b.invalid", 3).await;
        let server = SmtpServer::start(Script::Answer(Step::Recipient, "452 4.2.2 Mailbox full")).await;
        worker::deliver_due(&through(&hub.app, &server)).await.unwrap();
        assert_eq!(server.heard().connections, 3);
        hub.app.clock.advance_seconds(30);
        hub.deliver().await;
        assert_eq!(hub.mailbox().len(), 3);
    }

    async fn instances_together_send_two_at_once_to_a_domain_and_take_turns_among_domains(hub: Hub) {
        let first = some(&hub, "a.invalid", 20).await;
        let (b, c) = (some(&hub, "b.invalid", 2).await, some(&hub, "c.invalid", 1).await);
        let lot = Lot { limit: 3, of_a_domain: 2 };
        let claims: Vec<_> = (0..4).map(|n| {
            let app = hub.app.clone();
            tokio::spawn(async move {
                let (now, mut tx) = (app.clock.now(), app.store.begin().await.unwrap());
                let name = format!("instance {n}");
                let mails = outbox::claim(&mut tx, &name, now, now.plus_seconds(300), lot).await.unwrap();
                tx.commit(now).await.unwrap();
                mails.into_iter().map(|mail| (name.clone(), mail)).collect::<Vec<_>>()
            })
        }).collect();
        let mut lots = Vec::new();
        for claim in claims { lots.push(claim.await.unwrap()); }
        let domains = |lot: &[(String, innesto::domain::mail::Mail)]| {
            let mut domains: Vec<_> = lot.iter().map(|(_, mail)| mail.address.split('@').nth(1).unwrap().to_owned()).collect();
            domains.sort();
            domains
        };
        let mut seen: Vec<_> = lots.iter().map(|lot| domains(lot)).collect();
        seen.sort_by_key(|lot| std::cmp::Reverse(lot.len()));
        // Whoever was first had one of each, the next the second of two; to the rest nothing was left.
        assert_eq!(seen, [vec!["a.invalid", "b.invalid", "c.invalid"], vec!["a.invalid", "b.invalid"], vec![], vec![]]);
        let (claim, mail) = lots.iter().flatten().find(|(_, mail)| mail.address.ends_with("@a.invalid")).unwrap();
        let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
        assert!(outbox::settle(&mut tx, mail.id, claim, &Attempt::Sent("250".into()), now).await.unwrap());
        let next = outbox::claim(&mut tx, "next", now, now.plus_seconds(300), lot).await.unwrap();
        assert_eq!(next.len(), 1, "one place has become free");
        tx.commit(now).await.unwrap();
        // Leases that ran out are taken over, and none is lost.
        hub.app.clock.advance_seconds(300);
        hub.deliver().await;
        let all: Vec<_> = [first, b, c].concat();
        assert!(states(&hub, &all).await.iter().all(|seen| seen.0 == MailState::Sent));
        assert_eq!(hub.mailbox().len(), 22);
    }
}
