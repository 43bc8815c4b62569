//! The mailbox itself, on Debian's dovecot: news come at once, mails are dealt with once and moved away.
use super::{address, answer, answering, written};
use crate::{
    letters::Case,
    support::{Hub, dovecot::Dovecot, imap::Mailbox},
};
use innesto::{
    domain::id::ConversationId,
    mail::{ImapUrl, Inbox},
    store::{conversations, inbound},
    worker,
};
use tokio::sync::watch;

async fn count(hub: &Hub, talk: ConversationId) -> i64 {
    conversations::find(&hub.app.store, talk).await.unwrap().unwrap().messages_count
}

on_both! {
    async fn each_mail_is_dealt_with_once_and_moved_away(hub: Hub) {
        let dovecot = Dovecot::start().await;
        let hub = answering(hub, &dovecot.url());
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let from = address(&hub, &case.owner).await;
        assert_eq!(worker::inbox_due(&hub.app).await.unwrap(), Vec::<&str>::new());
        let one = answer(&mail, &from, "1", "Prima");
        for raw in [&one, &one, &answer(&mail, &from, "2", "Seconda"), &answer(&mail, &from, "3", &"x".repeat(6 << 20))] {
            dovecot.deliver(raw);
        }
        dovecot.deliver(b"nonsense");
        let done = worker::inbox_due(&hub.app).await.unwrap();
        assert_eq!(done, ["POSTED", "TWICE", "POSTED", "TOO_LARGE", "NO_SENDER"]);
        assert_eq!((count(&hub, talk).await, dovecot.count("INBOX"), dovecot.count("Innesto.Elaborati")), (3, 0, 5));
        assert_eq!(worker::inbox_due(&hub.app).await.unwrap(), Vec::<&str>::new());
        let mailed = hub.mailed().await;
        assert!(mailed.iter().any(|line| line.starts_with(&from) && line.contains("Risposta non accolta")), "{mailed:?}");
    }

    async fn a_mail_that_was_dealt_with_but_not_moved_is_only_moved(hub: Hub) {
        let dovecot = Dovecot::start().await;
        let hub = answering(hub, &dovecot.url());
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let raw = answer(&mail, &address(&hub, &case.owner).await, "1", "Una volta");
        dovecot.deliver(&raw);
        // As far as a killed process gets.
        let mut inbox = Inbox::open(&ImapUrl::parse(&dovecot.url()).unwrap()).await.unwrap();
        let waiting = inbox.waiting(0, 10).await.unwrap();
        assert_eq!(waiting.len(), 1);
        let fetched = inbox.fetch(waiting[0].uid, true).await.unwrap().unwrap();
        assert_eq!(super::take(&hub.app, &inbox.place(waiting[0].uid), &fetched).await, "POSTED");
        inbox.close().await;
        assert_eq!(worker::inbox_due(&hub.app).await.unwrap(), Vec::<&str>::new());
        assert_eq!((count(&hub, talk).await, dovecot.count("INBOX"), dovecot.count("Innesto.Elaborati")), (2, 0, 1));
        hub.deliver().await;
    }

    async fn a_line_that_drops_in_the_middle_and_a_server_that_can_little_lose_nothing(hub: Hub) {
        let hub = answering(hub, super::NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let mailbox = Mailbox::start(&answer(&mail, &address(&hub, &case.owner).await, "1", "Alla fine arriva")).await;
        let hub = answering(hub, &mailbox.url());
        worker::inbox_due(&hub.app).await.unwrap_err();
        assert_eq!(count(&hub, talk).await, 1);
        assert_eq!(worker::inbox_due(&hub.app).await.unwrap(), ["POSTED"]);
        assert_eq!(mailbox.marks(), ["UID STORE 7 +FLAGS.SILENT (\\SEEN $INNESTODONE)"]);
        assert_eq!(worker::inbox_due(&hub.app).await.unwrap(), Vec::<&str>::new());
        assert_eq!(count(&hub, talk).await, 2);
        let inbox = Inbox::open(&ImapUrl::parse(&mailbox.url()).unwrap()).await.unwrap();
        assert!(inbox.described().starts_with("looked at every half a minute"), "{}", inbox.described());
        hub.deliver().await;
    }

    async fn who_watches_hears_at_once_and_gives_the_watch_up(hub: Hub) {
        let dovecot = Dovecot::start().await;
        let hub = answering(hub, &dovecot.url());
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let from = address(&hub, &case.owner).await;
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(worker::run(hub.app.clone(), stopped));
        for n in 1..=3_i64 {
            dovecot.deliver(&answer(&mail, &from, &format!("w{n}"), &format!("Numero {n}")));
            let mut news = hub.app.store.wake_ups();
            while count(&hub, talk).await < n + 1 {
                // Another instance's commits are heard only by who listens; a look now and then does for both.
                let _ = tokio::time::timeout(std::time::Duration::from_millis(200), news.changed()).await;
            }
        }
        stop.send(true).unwrap();
        working.await.unwrap();
        let mut tx = hub.app.store.begin().await.unwrap();
        let now = hub.app.clock.now();
        assert!(inbound::watch(&mut tx, "another", now, now.plus_seconds(1)).await.unwrap());
        drop(tx);
        hub.deliver().await;
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_without_it() {
    let dovecot = Dovecot::start().await;
    let wrong = dovecot.url().replace("segreto", "sbagliato");
    let error = Inbox::open(&ImapUrl::parse(&wrong).unwrap()).await.unwrap_err().to_string();
    assert!(error.contains("Authentication failed") && !error.contains("sbagliato"), "{error}");
    let well = Inbox::open(&ImapUrl::parse(&dovecot.url()).unwrap()).await.unwrap();
    assert_eq!(well.described(), "news come at once, what was dealt with goes to Innesto.Elaborati");
}
