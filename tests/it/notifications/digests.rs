//! Digests: all that waits, once, however late; nothing that has gone; by one digester of several.
use super::{Talk, queued, until};
use innesto::{
    domain::{
        mail::{LetterKind, MailState},
        notification::Frequency,
        word::Word,
    },
    service::{
        conversations,
        notifications::{self, Change},
    },
    store::{outbox, sql::sql},
    worker,
};

on_both! {
    async fn what_waits_comes_in_the_morning_ten_at_most_and_once(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Daily).await;
        for n in 0..12 { talk.says(&hub, &format!("Messaggio {n}")).await; }
        assert!(talk.mails(&hub).await.is_empty());
        until(&hub, "2026-03-03T06:29:59Z");
        assert!(talk.mails(&hub).await.is_empty());
        hub.app.clock.advance_seconds(1);
        let mails = talk.mails(&hub).await;
        assert_eq!(mails.len(), 1);
        let digest = &mails[0];
        assert_eq!(digest.subject, "Riepilogo di Innesto: 12 novità");
        assert_eq!(digest.text.matches("Nuovo messaggio dall'Ambito di Troia: REQ-2026-0001: In.Con.Tra").count(), 10, "{}", digest.text);
        assert!(digest.text.contains("Altre 2 novità") && digest.text.contains("/notifications"), "{}", digest.text);
        assert!(digest.in_reply_to.is_none() && digest.unsubscribe.is_some());
        talk.says(&hub, "Dopo").await;
        for _ in 0..3 { assert!(talk.mails(&hub).await.is_empty()); }
        until(&hub, "2026-03-04T06:30:00Z");
        assert_eq!(talk.mails(&hub).await[0].subject, "Riepilogo di Innesto: una novità");
        until(&hub, "2026-03-05T06:30:00Z");
        assert!(talk.mails(&hub).await.is_empty(), "nothing waits");
    }

    async fn a_week_of_standstill_makes_one_digest_of_all(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Weekly).await;
        talk.says(&hub, "Prima").await;
        worker::plan_due(&hub.app).await.unwrap();
        // The planner too stands still meanwhile.
        until(&hub, "2026-03-12T10:00:00Z");
        talk.says(&hub, "Durante").await;
        let mails = talk.mails(&hub).await;
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Riepilogo di Innesto: 2 novità"]);
        talk.says(&hub, "Dopo").await;
        until(&hub, "2026-03-16T06:29:59Z");
        assert!(talk.mails(&hub).await.is_empty());
        hub.app.clock.advance_seconds(1);
        assert_eq!(talk.mails(&hub).await.len(), 1);
    }

    async fn what_has_gone_is_left_out_and_of_nothing_no_digest_is_made(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Daily).await;
        let (gone, read) = (talk.says(&hub, "Ops").await, talk.says(&hub, "Letto").await);
        talk.says(&hub, "Resta").await;
        worker::plan_due(&hub.app).await.unwrap();
        conversations::retract(&hub.app, &talk.case.author, gone).await.unwrap();
        let page = innesto::domain::page::PageRequest::first(10);
        let filter = notifications::Filter::default();
        let (listed, _) = notifications::list(&hub.app, &talk.case.owner, &filter, &page, false).await.unwrap();
        let seen = listed.items.iter().find(|(_, item)| item.id("message") == Some(read)).unwrap().1.id;
        notifications::mark_read(&hub.app, &talk.case.owner, &[seen], None).await.unwrap();
        until(&hub, "2026-03-03T06:30:00Z");
        assert_eq!(talk.mails(&hub).await[0].subject, "Riepilogo di Innesto: una novità");

        talk.says(&hub, "Per chi non c'è più").await;
        worker::plan_due(&hub.app).await.unwrap();
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("DELETE FROM membership WHERE person = ").value(talk.me()).run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        until(&hub, "2026-03-04T06:30:00Z");
        assert!(talk.mails(&hub).await.is_empty());
        let last = queued(&hub, &format!("person:{}", talk.me())).await.pop().unwrap();
        assert_eq!((last.state, last.reason.as_deref()), (MailState::Suppressed, Some("nothing of it is left to tell")));
    }

    async fn who_wants_to_be_told_at_once_gets_what_waited_and_nothing_twice(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Weekly).await;
        for n in 0..3 { talk.says(&hub, &format!("{n}")).await; }
        worker::plan_due(&hub.app).await.unwrap();
        talk.wants(&hub, Frequency::AtOnce).await;
        talk.says(&hub, "Subito").await;
        let mut subjects: Vec<_> = talk.mails(&hub).await.into_iter().map(|mail| mail.subject).collect();
        subjects.sort();
        assert_eq!(subjects.len(), 2);
        assert!(subjects[0].starts_with("Riepilogo di Innesto: 3 novità") || subjects[1].starts_with("Riepilogo di Innesto: 3"), "{subjects:?}");
        // From a digest to none: what waited is in the centre alone. From weekly to daily: it comes earlier.
        talk.wants(&hub, Frequency::Weekly).await;
        talk.says(&hub, "Mai").await;
        worker::plan_due(&hub.app).await.unwrap();
        talk.wants(&hub, Frequency::Off).await;
        talk.wants(&hub, Frequency::Weekly).await;
        talk.says(&hub, "Domani").await;
        worker::plan_due(&hub.app).await.unwrap();
        talk.wants(&hub, Frequency::Daily).await;
        until(&hub, "2026-03-03T06:30:00Z");
        assert_eq!(talk.mails(&hub).await[0].subject, "Riepilogo di Innesto: una novità");
        until(&hub, "2026-03-17T06:30:00Z");
        assert!(talk.mails(&hub).await.is_empty());
        assert_eq!(talk.items(&hub).await, 6);
    }

    async fn a_digest_waits_for_the_end_of_the_quiet_hours_with_what_comes_until_then(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Daily).await;
        talk.says(&hub, "Lunedì").await;
        worker::plan_due(&hub.app).await.unwrap();
        let change = Change { hours: Some(Some(("22:00".into(), "09:00".into()))), ..Change::default() };
        notifications::update(&hub.app, &talk.case.owner, &change).await.unwrap();
        until(&hub, "2026-03-03T06:30:00Z");
        assert!(talk.mails(&hub).await.is_empty());
        talk.says(&hub, "Martedì, di buon'ora").await;
        worker::plan_due(&hub.app).await.unwrap();
        until(&hub, "2026-03-03T08:00:00Z");
        assert_eq!(talk.mails(&hub).await[0].subject, "Riepilogo di Innesto: 2 novità");
    }

    async fn several_digesters_and_a_change_of_mind_at_once_tell_each_thing_once(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let another = hub.another().await;
        let (mut told, days) = (0, 6);
        for day in 0..days {
            talk.wants(&hub, Frequency::Daily).await;
            talk.says(&hub, &format!("{day}")).await;
            worker::plan_due(&hub.app).await.unwrap();
            hub.app.clock.advance_seconds(86_400);
            let mut racers = Vec::new();
            for app in [hub.app.clone(), another.clone(), hub.app.clone(), another.clone()] {
                racers.push(tokio::spawn(async move { worker::digests_due(&app).await.unwrap() }));
            }
            let (app, who) = (another.clone(), talk.case.owner.clone());
            racers.push(tokio::spawn(async move {
                let change = Change { frequencies: vec![(innesto::domain::notification::Category::Messages, Frequency::AtOnce)], ..Change::default() };
                notifications::update(&app, &who, &change).await.unwrap();
            }));
            for racer in racers { racer.await.unwrap(); }
            told += talk.mails(&hub).await.len();
        }
        assert_eq!(told, days);
        let digests = queued(&hub, &format!("person:{}", talk.me())).await;
        assert_eq!(digests.iter().filter(|mail| mail.letter == LetterKind::Digest.as_str()).count(), days);
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Queued]).await.unwrap(), 0);
    }
}
