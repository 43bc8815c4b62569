//! An answer by mail becomes one message by its author, or its sender is told why not.
use super::{NOWHERE, address, answer, answering, take, written};
use crate::{letters::Case, support::Hub};
use innesto::{
    app::App,
    domain::{
        conversation::Message,
        id::ConversationId,
        page::PageRequest,
        permission::Actor,
        reply_address::{Purpose, opened},
    },
    service::inbound,
    store::{conversations, inbound as records, sql::sql},
};

async fn messages(hub: &Hub, talk: ConversationId) -> Vec<Message> {
    let page = PageRequest::first(100);
    let found = conversations::messages(&hub.app.store, talk, &page).await.unwrap();
    found.items.into_iter().map(|(_, message)| message).collect()
}

on_both! {
    async fn an_answer_becomes_one_message_by_its_author(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let key = inbound::key(&hub.app).await.unwrap();
        let mailbox = hub.app.config.replies().unwrap();
        let named = |address: &str| opened(&key, &mailbox.tag_of(address).unwrap()).unwrap();
        let (reply, bounce) = (named(&mail.reply_to.as_ref().unwrap().email), named(&mail.bounces_to.as_ref().unwrap().email));
        assert_eq!((reply.0, bounce.0, reply.1), (Purpose::Reply, Purpose::Bounce, bounce.1));
        let from = address(&hub, &case.owner).await;
        let raw = answer(&mail, &from.to_uppercase(), "1", "Sì, ne abbiamo dodici.\r\n\r\n-- \r\nUfficio, tel. 080 1234567");
        assert_eq!(take(&hub.app, "1:1", &raw).await, "POSTED");
        assert_eq!(take(&hub.app, "1:2", &raw).await, "TWICE", "delivered once more");
        let posted = messages(&hub, talk).await.pop().unwrap();
        assert_eq!((posted.position, posted.body.as_str(), posted.via_email), (2, "Sì, ne abbiamo dodici.", true));
        assert_eq!((posted.author, posted.on_behalf_of), (case.owner.person(), hub.territory("bitonto").await));
        // The other side is told as of any message, and can answer it in the same way.
        hub.deliver().await;
        let told = hub.mailbox();
        assert_eq!((told.len(), &told[0].to.email), (1, &address(&hub, &case.author).await));
        assert!(told[0].text.contains("dodici") && told[0].reply_to.is_some() && told[0].reply_to != mail.reply_to);
        assert_eq!(records::outcomes(&hub.app.store).await.unwrap(), ["POSTED"]);
    }

    async fn of_one_mail_at_two_instances_comes_one_message(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let raw = answer(&mail, &address(&hub, &case.owner).await, "1", "Una volta sola");
        let other = App { config: hub.app.config.clone(), ..hub.another().await };
        let both = [&hub.app, &other];
        let done = futures_util::future::join_all((0..8).map(|n| take(both[n % 2], "1:1", &raw))).await;
        assert_eq!(done.iter().filter(|outcome| **outcome == "POSTED").count(), 1, "{done:?}");
        assert_eq!(messages(&hub, talk).await.len(), 2);
        hub.deliver().await;
    }

    async fn instances_that_ask_for_the_key_at_once_get_the_same(hub: Hub) {
        let other = hub.another().await;
        let both = [&hub.app, &other];
        let keys = futures_util::future::join_all((0..8).map(|n| inbound::key(both[n % 2]))).await;
        let keys: std::collections::BTreeSet<_> = keys.into_iter().map(Result::unwrap).collect();
        assert!(keys.len() == 1 && keys.iter().all(|key| key.len() == 32));
    }

    async fn one_instance_watches_until_it_stops_saying_so(hub: Hub) {
        assert!(inbound::watch(&hub.app, "a", 60).await.unwrap());
        assert!(!inbound::watch(&hub.app, "b", 60).await.unwrap());
        assert!(inbound::watch(&hub.app, "a", 60).await.unwrap());
        hub.app.clock.advance_seconds(60);
        assert!(inbound::watch(&hub.app, "b", 60).await.unwrap());
        inbound::unwatch(&hub.app, "a").await.unwrap();
        assert!(!inbound::watch(&hub.app, "a", 60).await.unwrap());
        inbound::unwatch(&hub.app, "b").await.unwrap();
        assert!(inbound::watch(&hub.app, "a", 60).await.unwrap());
    }

    async fn who_may_not_answer_is_told_why_and_nothing_is_written(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let (owner, stranger) = (address(&hub, &case.owner).await, address(&hub, &hub.stranger().await).await);
        let long = "x".repeat(10_001);
        let pdf = "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--";
        let to = mail.reply_to.as_ref().unwrap().to_string();
        let only_a_file = format!("From: {owner}\r\nTo: {to}\r\nMessage-ID: <f@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{pdf}");
        let plain = format!("From: {owner}\r\nTo: risposte@innesto.example\r\nMessage-ID: <p@x>\r\n\r\nA chi?");
        let forged = [b"Authentication-Results: mx.innesto.example; dmarc=fail\r\n".as_slice(), &answer(&mail, &owner, "fo", "Sono io")].concat();
        let cases: [(&[u8], &str, &str, &str); 8] = [
            (&answer(&mail, &stranger, "s", "Ciao"), "STRANGER", &stranger, "era indirizzata a un'altra persona"),
            (&answer(&mail, "nessuno@altrove.example", "n", "Ciao"), "STRANGER", "nessuno@altrove.example", "altra persona"),
            (&answer(&mail, &owner, "e", "> citazione"), "EMPTY", &owner, "non abbiamo trovato un testo vostro"),
            (&answer(&mail, &owner, "c", "Il caso RSSMRA85T10A562S"), "CASE_DATA", &owner, "codice fiscale o un IBAN"),
            (&answer(&mail, &owner, "l", &long), "REFUSED", &owner, "il massimo è 10000"),
            (only_a_file.as_bytes(), "EMPTY", &owner, "solo allegati"),
            (&forged, "FORGED", &owner, "DMARC o DKIM"),
            (plain.as_bytes(), "UNKNOWN_ADDRESS", &owner, "non riceve risposte"),
        ];
        for (n, (raw, outcome, told, why)) in cases.into_iter().enumerate() {
            hub.app.clock.advance_seconds(3_601);
            assert_eq!(take(&hub.app, &format!("1:{n}"), raw).await, outcome, "{n}");
            hub.deliver().await;
            let mails = hub.mailbox();
            assert_eq!((mails.len(), mails[0].to.email.as_str()), (1, told), "{outcome}");
            assert!(mails[0].text.replace('\n', " ").contains(why), "{outcome}: {}", mails[0].text);
            assert!(mails[0].reply_to.is_none());
        }
        assert_eq!(messages(&hub, talk).await.len(), 1);
        // Somebody nobody knows, at no address of ours: silence, since the name may be anybody's.
        let spam = b"From: vittima@altrove.example\r\nTo: risposte@innesto.example\r\nMessage-ID: <sp@x>\r\n\r\nBuy".as_slice();
        assert_eq!(take(&hub.app, "1:99", spam).await, "UNKNOWN_ADDRESS");
        assert_eq!(hub.mailed().await, Vec::<String>::new());
    }

    async fn files_are_refused_and_the_text_is_taken(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let (to, from) = (mail.reply_to.as_ref().unwrap().to_string(), address(&hub, &case.owner).await);
        let raw = format!("From: {from}\r\nTo: {to}\r\nMessage-ID: <f@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nEcco.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--");
        assert_eq!(take(&hub.app, "1:1", raw.as_bytes()).await, "POSTED");
        assert_eq!(messages(&hub, talk).await.pop().unwrap().body, "Ecco.");
        let mailed = hub.mailed().await;
        assert!(mailed.len() == 2 && mailed.iter().any(|line| line.starts_with(&from) && line.contains("Allegati non accolti")), "{mailed:?}");
    }

    async fn a_sender_is_told_a_few_times_an_hour_and_programs_never(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (_, mail) = written(&hub, &case.author).await;
        let from = address(&hub, &case.owner).await;
        for n in 0..7 {
            assert_eq!(take(&hub.app, "1:1", &answer(&mail, &from, &format!("e{n}"), "")).await, "EMPTY");
        }
        assert_eq!(hub.mailed().await.len(), 5);
        hub.app.clock.advance_seconds(3_601);
        let absent = String::from_utf8(answer(&mail, &from, "a", "Sono via")).unwrap().replace("Subject: Re:", "Subject: Fuori sede:");
        assert_eq!(take(&hub.app, "1:2", absent.as_bytes()).await, "IGNORED");
        for n in 0..31 {
            take(&hub.app, "1:3", &answer(&mail, &from, &format!("l{n}"), &format!("Messaggio {n}"))).await;
        }
        assert_eq!(take(&hub.app, "1:4", &answer(&mail, &from, "last", "Ancora")).await, "TOO_MANY");
        hub.deliver().await;
        let told = hub.mailbox().iter().filter(|mail| mail.to.email == from && mail.text.contains("Troppe e-mail")).count();
        assert_eq!(told, 1, "of all that were not taken, once");
    }

    async fn who_left_or_has_no_account_does_not_answer(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        let from = address(&hub, &case.owner).await;
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("DELETE FROM membership WHERE person = ").value(case.owner.person()).run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(take(&hub.app, "1:1", &answer(&mail, &from, "1", "Ci sono ancora?")).await, "REFUSED");
        hub.deliver().await;
        assert!(hub.mailbox()[0].text.replace('\n', " ").contains("non fate più parte"));
        // A request's conversation goes to a contact without an account, and to the town's mailbox.
        let request = case.sent(&hub).await;
        hub.deliver().await;
        hub.mailbox();
        let about = conversations::find_by_request(&hub.app.store, &[request]).await.unwrap().remove(0).id;
        let post = innesto::service::conversations::Post { conversation: about, on_behalf_of: None, body: "Una domanda".into(), key: None };
        innesto::service::conversations::post(&hub.app, &case.author, post).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        let to = |address: &str| mails.iter().find(|mail| mail.to.email == address).unwrap();
        for (n, who) in ["ada@bitonto.invalid", "piano@bitonto.invalid"].into_iter().enumerate() {
            assert_eq!(take(&hub.app, "1:2", &answer(to(who), who, &format!("c{n}"), "Rispondo")).await, "SIGN_IN");
        }
        let mailed = hub.mailed().await;
        assert!(mailed.len() == 2 && mailed.iter().all(|line| line.contains("Risposta non accolta")), "{mailed:?}");
        // A member of the territory answers what came to the mailbox, from an address of their own.
        let colleague: Actor = hub.member("bitonto").await;
        let own = address(&hub, &colleague).await;
        assert_eq!(take(&hub.app, "1:5", &answer(to("piano@bitonto.invalid"), &own, "m", "Rispondo io")).await, "POSTED");
        assert_eq!(messages(&hub, about).await.pop().unwrap().author, colleague.person());
        assert_eq!(messages(&hub, talk).await.len(), 1);
        hub.deliver().await;
    }
}
