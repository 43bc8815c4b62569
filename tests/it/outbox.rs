//! The queue of mails: one for each cause and recipient, one sender at a time, and a lost lease changes nothing.
use innesto::{
    domain::{
        id::OutboxId,
        mail::{LetterKind, MailState, NewMail},
        text::Language,
    },
    store::{
        mail_domains,
        outbox::{self, Attempt, Left, Lot},
    },
};
use std::collections::HashSet;

fn mail(hub: &crate::support::Hub, cause: &str, recipient: &str) -> NewMail {
    NewMail {
        id: hub.app.clock.id(),
        cause: cause.into(),
        recipient: recipient.into(),
        letter: LetterKind::SignInCode,
        address: "ada@example.invalid".into(),
        name: None,
        language: Language::It,
        data: serde_json::Map::new(),
        secret: Some("123456".into()),
        thread: None,
        due_at: hub.app.clock.now(),
        host: "hub.example".into(),
        created_at: hub.app.clock.now(),
    }
}

async fn enqueue(hub: &crate::support::Hub, cause: &str) -> OutboxId {
    let mail = mail(hub, cause, "person:1");
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(outbox::enqueue(&mut tx, &mail).await.unwrap());
    tx.commit(hub.app.clock.now()).await.unwrap();
    mail.id
}

async fn claim(app: &innesto::app::App, name: &str, limit: i64) -> Vec<innesto::domain::mail::Mail> {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await.unwrap());
    let mails = outbox::claim(&mut tx, name, now, now.plus_seconds(60), Lot { limit, of_a_domain: 100 }).await.unwrap();
    tx.commit(now).await.unwrap();
    mails
}

async fn settle(hub: &crate::support::Hub, id: OutboxId, name: &str, attempt: &Attempt) -> bool {
    let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
    let kept = outbox::settle(&mut tx, id, name, attempt, now).await.unwrap();
    tx.commit(now).await.unwrap();
    kept
}

on_both! {
    async fn one_cause_brings_one_recipient_one_mail(hub: Hub) {
        let (first, again) = (mail(&hub, "event:1", "person:1"), mail(&hub, "event:1", "person:1"));
        let mut tx = hub.app.store.begin().await.unwrap();
        assert!(outbox::enqueue(&mut tx, &first).await.unwrap());
        assert!(!outbox::enqueue(&mut tx, &again).await.unwrap());
        assert!(outbox::enqueue(&mut tx, &mail(&hub, "event:1", "person:2")).await.unwrap());
        assert!(outbox::enqueue(&mut tx, &mail(&hub, "event:2", "person:1")).await.unwrap());
        tx.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Queued]).await.unwrap(), 3);
        for mail in claim(&hub.app, "a", 10).await {
            settle(&hub, mail.id, "a", &Attempt::Sent("250 ok".into())).await;
        }
    }

    async fn many_senders_at_once_never_hold_the_same_mail(hub: Hub) {
        for n in 0..30 { enqueue(&hub, &format!("event:{n}")).await; }
        let tasks: Vec<_> = (0..10).map(|n| {
            let app = hub.app.clone();
            tokio::spawn(async move { claim(&app, &format!("sender {n}"), 4).await })
        }).collect();
        let mut seen = HashSet::new();
        for task in tasks {
            let mails = task.await.unwrap();
            assert!(mails.len() <= 4);
            for mail in mails { assert!(seen.insert(mail.id), "claimed twice"); }
        }
        for mail in claim(&hub.app, "rest", 100).await { assert!(seen.insert(mail.id), "claimed twice"); }
        assert_eq!(seen.len(), 30);
        assert!(claim(&hub.app, "late", 100).await.is_empty());
        hub.app.clock.advance_seconds(61);
        for mail in claim(&hub.app, "end", 100).await { settle(&hub, mail.id, "end", &Attempt::Failed("x".into())).await; }
    }

    async fn who_lost_the_lease_changes_nothing(hub: Hub) {
        let id = enqueue(&hub, "event:1").await;
        assert_eq!(claim(&hub.app, "slow", 1).await.len(), 1);
        assert!(claim(&hub.app, "other", 1).await.is_empty());
        hub.app.clock.advance_seconds(61);
        let taken = claim(&hub.app, "other", 1).await;
        assert_eq!((taken[0].id, taken[0].attempts, taken[0].claimed_by.as_deref()), (id, 2, Some("other")));
        assert!(!settle(&hub, id, "slow", &Attempt::Sent("late".into())).await);
        assert!(settle(&hub, id, "other", &Attempt::Sent("250 ok".into())).await);
        assert!(!settle(&hub, id, "other", &Attempt::Failed("twice".into())).await);
        let kept = outbox::find_by_cause(&hub.app.store, "event:1").await.unwrap();
        assert_eq!((kept[0].state, kept[0].reason.as_deref()), (MailState::Sent, Some("250 ok")));
    }

    async fn a_secret_stays_while_the_mail_waits_and_is_wiped_when_it_leaves(hub: Hub) {
        let now = hub.app.clock.now();
        for (n, end) in [Attempt::Sent("ok".into()), Attempt::Failed("no".into()), Attempt::Suppressed("gone".into())].iter().enumerate() {
            let id = enqueue(&hub, &format!("event:{n}")).await;
            for again in [Attempt::Later(now, "451".into()), Attempt::Unsure(now, "lost".into())] {
                assert_eq!(claim(&hub.app, "a", 1).await[0].secret.as_deref(), Some("123456"));
                settle(&hub, id, "a", &again).await;
            }
            let before = claim(&hub.app, "a", 1).await.remove(0);
            settle(&hub, id, "a", end).await;
            let after = outbox::find_by_cause(&hub.app.store, &format!("event:{n}")).await.unwrap().remove(0);
            assert_eq!((before.secret.as_deref(), after.secret), (Some("123456"), None));
            assert_eq!((&before.message_id, before.attempts), (&after.message_id, 3));
            assert_eq!(before.message_id, format!("<{}@hub.example>", id.uuid().simple()));
        }
        assert_eq!(outbox::oldest_due(&hub.app.store).await.unwrap(), None);
    }

    async fn what_was_not_begun_is_given_back_as_it_was(hub: Hub) {
        let (first, second) = (enqueue(&hub, "event:1").await, enqueue(&hub, "event:2").await);
        assert_eq!(claim(&hub.app, "a", 10).await.len(), 2);
        let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
        assert_eq!(outbox::give_back(&mut tx, "b", &[first, second]).await.unwrap(), 0, "it is somebody else's");
        assert_eq!(outbox::give_back(&mut tx, "a", &[first]).await.unwrap(), 1);
        tx.commit(now).await.unwrap();
        let taken = claim(&hub.app, "b", 10).await;
        assert_eq!(taken.iter().map(|mail| (mail.id, mail.attempts)).collect::<Vec<_>>(), [(first, 1)]);
        settle(&hub, first, "b", &Attempt::Sent("250".into())).await;
        settle(&hub, second, "a", &Attempt::Sent("250".into())).await;
    }

    async fn a_mail_that_left_is_noted_in_one_statement_and_says_whether_its_domain_rested(hub: Hub) {
        let now = hub.app.clock.now();
        let note = async |id, claim: &str| outbox::left(&hub.app.store, id, claim, "250 ok", now).await.unwrap();
        let (first, second) = (enqueue(&hub, "event:1").await, enqueue(&hub, "event:2").await);
        claim(&hub.app, "a", 10).await;
        let before = hub.app.store.statements();
        assert_eq!(note(first, "another").await, None);
        assert_eq!(note(first, "a").await, Some(Left { rested: false }));
        assert_eq!(note(first, "a").await, None);
        assert_eq!(hub.app.store.statements() - before, 3);
        let mut tx = hub.app.store.begin().await.unwrap();
        mail_domains::let_rest(&mut tx, "example.invalid", now).await.unwrap();
        tx.commit(now).await.unwrap();
        assert_eq!(note(second, "a").await, Some(Left { rested: true }));
        let kept = outbox::find(&hub.app.store, first).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.secret, kept.sent_at), (MailState::Sent, None, Some(now)));
    }
}
