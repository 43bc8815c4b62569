//! Mails on their way: each sent once whoever sends, tried again when a server will not, the same to its reader however
//! often.
use crate::{
    letters::{Case, email},
    support::{
        Hub,
        smtp::{Script, SmtpServer, Step},
    },
};
use innesto::{
    app::App,
    domain::{
        id::OutboxId,
        mail::{LetterKind, MOST_ATTEMPTS, Mail, MailState, NewMail},
        text::Language,
    },
    mail::{Smtp, Transport},
    store::outbox::{self, Lot},
    worker,
};
use std::collections::HashSet;
use tokio::sync::watch;

const CAUSE: &str = "challenge:1";

/// Puts a sign-in code for `address` into the queue.
async fn code(hub: &Hub, cause: &str, address: &str, name: &str) -> OutboxId {
    let now = hub.app.clock.now();
    let mail = NewMail {
        id: hub.app.clock.id(),
        cause: cause.into(),
        recipient: format!("address:{address}"),
        letter: LetterKind::SignInCode,
        address: address.into(),
        name: Some(name.into()),
        language: Language::En,
        data: serde_json::Map::new(),
        secret: Some("123456".into()),
        thread: None,
        due_at: now,
        host: "hub.example".into(),
        created_at: now,
    };
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(outbox::enqueue(&mut tx, &mail).await.unwrap());
    tx.commit(now).await.unwrap();
    mail.id
}

async fn kept(hub: &Hub, cause: &str) -> Mail {
    outbox::find_by_cause(&hub.app.store, cause).await.unwrap().remove(0)
}

fn through(app: &App, server: &SmtpServer) -> App {
    App { mail: Transport::Smtp(Smtp::from_url(&server.url()).unwrap()), ..app.clone() }
}

/// What became of a mail after one try with a server that follows this script.
async fn tried(hub: &Hub, script: Script) -> (Mail, SmtpServer) {
    let server = SmtpServer::start(script).await;
    worker::deliver_due(&through(&hub.app, &server)).await.unwrap();
    (kept(hub, CAUSE).await, server)
}

on_both! {
    async fn a_server_that_will_not_now_is_asked_again_and_the_mail_stays_the_same(hub: Hub) {
        let id = code(&hub, CAUSE, "ada@troia.invalid", "Ada").await;
        let (mail, _) = tried(&hub, Script::Answer(Step::Recipient, "451 4.7.1 Greylisted")).await;
        assert_eq!((mail.state, mail.attempts, mail.secret.is_some()), (MailState::Queued, 1, true));
        assert!(mail.reason.unwrap().contains("Greylisted"));
        let (mail, server) = tried(&hub, Script::Accept).await;
        assert_eq!((mail.attempts, server.heard().connections), (1, 0), "not before its time");
        hub.app.clock.advance_seconds(30);
        let (mail, _) = tried(&hub, Script::Drop(Step::Data)).await;
        assert_eq!((mail.state, mail.attempts), (MailState::Queued, 2));
        hub.app.clock.advance_seconds(60);
        let (mail, unsure) = tried(&hub, Script::Drop(Step::Dot)).await;
        assert_eq!((mail.state, mail.attempts), (MailState::Unsure, 3));
        hub.app.clock.advance_seconds(120);
        let (mail, sure) = tried(&hub, Script::Accept).await;
        assert_eq!((mail.state, mail.attempts, mail.secret), (MailState::Sent, 4, None));
        assert_eq!(mail.sent_at, Some(hub.app.clock.now()));
        let header = format!("Message-ID: <{}@hub.example>", id.uuid().simple());
        let (first, second) = (unsure.heard().bodies.remove(0), sure.heard().bodies.remove(0));
        assert!(first.contains(&header) && first.contains("Auto-Submitted: auto-generated") && first.contains("123456"));
        assert_eq!(first, second, "the same mail, byte for byte");
    }

    async fn a_server_that_never_will_is_not_asked_again(hub: Hub) {
        code(&hub, CAUSE, "ada@troia.invalid", "Ada").await;
        let (mail, _) = tried(&hub, Script::Answer(Step::Recipient, "550 5.1.1 No such user")).await;
        assert_eq!((mail.state, mail.secret), (MailState::Failed, None));
        assert!(mail.reason.unwrap().contains("No such user"));
    }

    async fn there_is_an_end_to_trying(hub: Hub) {
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        for _ in 0..MOST_ATTEMPTS {
            let server = SmtpServer::start(Script::Drop(Step::Greeting)).await;
            worker::deliver_due(&through(&hub.app, &server)).await.unwrap();
            hub.app.clock.advance_seconds(8 * 3600);
        }
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Failed]).await.unwrap(), 3);
        hub.deliver().await;
        assert!(hub.mailbox().is_empty());
    }

    async fn an_old_code_is_not_sent(hub: Hub) {
        code(&hub, CAUSE, "ada@troia.invalid", "Ada").await;
        hub.app.clock.advance_seconds(600);
        assert!(hub.mailed().await.is_empty());
        let mail = kept(&hub, CAUSE).await;
        assert_eq!((mail.state, mail.secret), (MailState::Suppressed, None));
    }

    async fn a_bad_address_or_an_unknown_letter_stops_no_other_mail(hub: Hub) {
        code(&hub, "challenge:1", "not an address", "Ada").await;
        code(&hub, "challenge:2", "ada@troia.invalid", "Ada\r\nBcc: eva@troia.invalid").await;
        code(&hub, "challenge:3", "", "Nobody").await;
        code(&hub, "challenge:4", "bice@troia.invalid", "Bice").await;
        let unknown = code(&hub, "challenge:5", "carla@troia.invalid", "Carla").await;
        let mut tx = hub.app.store.begin().await.unwrap();
        innesto::store::sql::sql("UPDATE outbox SET letter = 'of_tomorrow' WHERE id = ").value(unknown).run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        let mut sent = hub.mailed().await;
        for mail in &mut sent {
            mail.truncate(mail.find(':').unwrap());
        }
        assert_eq!(sent, ["ada@troia.invalid", "bice@troia.invalid"]);
        let mut states = Vec::new();
        for n in 1..=5 { states.push(kept(&hub, &format!("challenge:{n}")).await.state); }
        use MailState as S;
        assert_eq!(states, [S::Failed, S::Sent, S::Suppressed, S::Sent, S::Queued]);
        // An instance that knows the letter would send it; here it is given up.
        for _ in 0..MOST_ATTEMPTS { hub.app.clock.advance_seconds(8 * 3600); hub.deliver().await; }
        assert_eq!(kept(&hub, "challenge:5").await.state, S::Failed);
    }

    async fn many_deliverers_at_once_send_each_mail_once(hub: Hub) {
        for n in 0..50 { code(&hub, &format!("challenge:{n}"), &format!("a{n}@troia.invalid"), "Ada").await; }
        let deliverers: Vec<_> = (0..4).map(|_| {
            let app = hub.app.clone();
            tokio::spawn(async move { worker::deliver_due(&app).await.unwrap() })
        }).collect();
        for deliverer in deliverers { deliverer.await.unwrap(); }
        let mails = hub.mailbox();
        assert_eq!((mails.len(), mails.iter().map(|mail| &mail.message_id).collect::<HashSet<_>>().len()), (50, 50));
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Sent]).await.unwrap(), 50);
    }

    async fn what_a_dead_sender_held_is_sent_by_another_when_the_lease_ends(hub: Hub) {
        code(&hub, CAUSE, "ada@troia.invalid", "Ada").await;
        let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
        assert_eq!(outbox::claim(&mut tx, "dead", now, now.plus_seconds(300), Lot { limit: 10, of_a_domain: 2 }).await.unwrap().len(), 1);
        tx.commit(now).await.unwrap();
        assert!(hub.mailed().await.is_empty());
        hub.app.clock.advance_seconds(300);
        assert_eq!(hub.mailed().await.len(), 1);
    }

    async fn the_worker_hears_of_news_by_itself_and_stops_when_told(hub: Hub) {
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(worker::run(hub.app.clone(), stopped));
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        while outbox::count(&hub.app.store, &[MailState::Sent]).await.unwrap() < 3 { tokio::task::yield_now().await; }
        stop.send_replace(true);
        running.await.unwrap();
        let to: HashSet<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect();
        assert!(to.len() == 3 && to.contains(&email(&hub, &case.author).await));
    }
}
