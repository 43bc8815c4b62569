//! The link by which no more of a kind are asked for: by one click over real HTTP, without signing in; looked at, it
//! changes nothing; and who is waited for is still reached.
use super::{Talk, prefer, queued};
use crate::{
    letters::{Case, email},
    support::{Hub, server::client},
};
use innesto::{
    domain::{
        mail::LetterKind,
        notification::{Category, Frequency},
        word::Word,
    },
    graphql::build_behind_guard,
    http,
    service::{
        notifications,
        requests::{self, On},
    },
    store::preferences,
};
use reqwest::StatusCode;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// The path of the link in a mail.
fn path(link: Option<&String>) -> String {
    let (_, rest) = link.unwrap().split_once("://").unwrap();
    format!("/{}", rest.split_once('/').unwrap().1)
}

fn token(link: Option<&String>) -> String {
    path(link).rsplit('/').next().unwrap().to_owned()
}

async fn frequency(hub: &Hub, talk: &Talk) -> Frequency {
    let settings = notifications::settings(&hub.app, &talk.case.owner).await.unwrap();
    settings.frequencies.into_iter().find(|(category, _)| *category == Category::Messages).unwrap().1
}

async fn served(hub: &Hub) -> (String, JoinHandle<()>, watch::Sender<bool>) {
    let (stop, stopped) = watch::channel(false);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = http::Hub::new(hub.app.clone(), build_behind_guard(), stopped).unwrap();
    (address, tokio::spawn(http::serve(served, listener)), stop)
}

on_both! {
    async fn one_click_stops_a_kind_and_looking_changes_nothing(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Daily).await;
        talk.wants(&hub, Frequency::AtOnce).await;
        talk.says(&hub, "Uno").await;
        let mail = talk.mails(&hub).await.remove(0);
        let path = path(mail.unsubscribe.as_ref());
        assert!(mail.text.contains(&path) && mail.html.contains(&path));
        let (address, _task, _stop) = served(&hub).await;
        let (client, link) = (client(), format!("{address}{path}"));

        for _ in 0..3 {
            let page = client.get(&link).header("accept-language", "en").send().await.unwrap();
            assert_eq!(page.status(), StatusCode::OK);
            let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
            assert_eq!((header("cache-control"), header("referrer-policy"), header("x-frame-options")), ("no-store".into(), "no-referrer".into(), "DENY".into()));
            assert!(header("content-security-policy").contains("form-action 'self'") && header("x-content-type-options") == "nosniff");
            let text = page.text().await.unwrap();
            // In the language of the reader, not of the browser.
            assert!(text.contains("lang=\"it\"") && text.contains("Nuovi messaggi") && text.contains(&format!("action=\"{path}\"")), "{text}");
            assert!(!text.contains("<script"));
            client.head(&link).send().await.unwrap();
        }
        assert_eq!(frequency(&hub, &talk).await, Frequency::AtOnce);

        // As a mail program posts it, in either form, and again; another site's page may do so too: the link is the key.
        for body in ["List-Unsubscribe=One-Click", "", "anything"] {
            let posted = client.post(&link).header("content-type", "application/x-www-form-urlencoded").header("origin", "https://mail.example.org");
            let answer = posted.body(body).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            assert!(answer.text().await.unwrap().contains("Riattiva"));
            assert_eq!(frequency(&hub, &talk).await, Frequency::Off);
        }
        talk.says(&hub, "Due").await;
        assert!(talk.mails(&hub).await.is_empty());
        assert_eq!(talk.items(&hub).await, 2);
        assert!(client.get(&link).send().await.unwrap().text().await.unwrap().contains("Non riceverete più"));

        for _ in 0..2 {
            assert_eq!(client.post(format!("{link}/resume")).send().await.unwrap().status(), StatusCode::OK);
            assert_eq!(frequency(&hub, &talk).await, Frequency::AtOnce);
        }
        talk.says(&hub, "Tre").await;
        assert_eq!(talk.mails(&hub).await.len(), 1);

        for wrong in ["x", &"A".repeat(46), &"A".repeat(5000), "%00", "..%2f"] {
            for answer in [client.get(format!("{address}/unsubscribe/{wrong}")), client.post(format!("{address}/unsubscribe/{wrong}"))] {
                assert_eq!(answer.send().await.unwrap().status(), StatusCode::NOT_FOUND, "{wrong:.50}");
            }
        }
        assert_eq!(client.get(format!("{link}/resume")).send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
        // The English page, for who is not known.
        let page = client.get(format!("{address}/unsubscribe/x")).header("accept-language", "en").send().await.unwrap();
        assert!(page.text().await.unwrap().contains("This link is not valid"));
    }

    async fn a_minute_has_so_many_points_and_no_more(hub: Hub) {
        let (address, _task, _stop) = served(&hub).await;
        let client = client();
        let mut refused = 0;
        for _ in 0..410 {
            let answer = client.post(format!("{address}/unsubscribe/{}", "A".repeat(46))).send().await.unwrap();
            refused += u32::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(refused, 10);
    }

    async fn what_was_daily_is_daily_again_and_a_digest_stops_digests(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Daily).await;
        prefer(&hub, &talk.case.owner, Category::Needs, Frequency::Weekly).await;
        talk.says(&hub, "Uno").await;
        hub.deliver().await;
        hub.app.clock.advance_seconds(86_400);
        let digest = token(talk.mails(&hub).await.remove(0).unsubscribe.as_ref());
        assert!(!notifications::look(&hub.app, &digest).await.unwrap().unwrap().is_off);
        assert!(notifications::stop(&hub.app, &digest).await.unwrap().unwrap().is_off);
        let all = async || notifications::settings(&hub.app, &talk.case.owner).await.unwrap().frequencies;
        let of = |all: &[(Category, Frequency)], frequency| all.iter().filter(|(_, is)| *is == frequency).count();
        let after = all().await;
        assert_eq!((of(&after, Frequency::Off), of(&after, Frequency::AtOnce)), (2, 5));
        talk.says(&hub, "Due").await;
        hub.deliver().await;
        hub.app.clock.advance_seconds(8 * 86_400);
        assert!(talk.mails(&hub).await.is_empty());
        notifications::resume(&hub.app, &digest).await.unwrap();
        let after = all().await;
        assert_eq!((of(&after, Frequency::Daily), of(&after, Frequency::Weekly), of(&after, Frequency::Off)), (1, 1, 0));
    }

    async fn a_mailbox_without_an_account_is_asked_no_more_either(hub: Hub) {
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        hub.deliver().await;
        let mails = hub.mailbox();
        let of = |address: &str| token(mails.iter().find(|mail| mail.to.email == address).unwrap().unsubscribe.as_ref());
        let (contact, mailbox) = (of("ada@bitonto.invalid"), of("piano@bitonto.invalid"));
        assert_eq!(notifications::look(&hub.app, &contact).await.unwrap().unwrap().language, None);
        notifications::stop(&hub.app, &mailbox).await.unwrap();
        notifications::stop(&hub.app, &mailbox).await.unwrap();
        let practice = crate::timers::another_practice(&hub, &case).await;
        let sent = async |practice| { crate::timers::sent_for(&hub, &case, practice).await; hub.deliver().await; let mut to: Vec<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect(); to.sort(); to };
        let author = email(&hub, &case.author).await;
        let expect = |mut to: Vec<String>| { to.push(author.clone()); to.sort(); to };
        assert_eq!(sent(practice).await, expect(vec!["ada@bitonto.invalid".into()]));
        // Now nobody of Bitonto wants any: who answers for it gets them. Who does not want them either gets none.
        notifications::stop(&hub.app, &contact).await.unwrap();
        let practice = crate::timers::another_practice(&hub, &case).await;
        assert_eq!(sent(practice).await, expect(vec![email(&hub, &case.owner).await]));
        let coordinator = hub.coordinator("bitonto").await;
        let practice = crate::timers::another_practice(&hub, &case).await;
        assert_eq!(sent(practice).await, expect(vec![email(&hub, &coordinator).await]));
        for who in [&case.owner, &coordinator] { prefer(&hub, who, Category::YourTurn, Frequency::Off).await; }
        let facilitator = hub.facilitator().await;
        let practice = crate::timers::another_practice(&hub, &case).await;
        assert_eq!(sent(practice).await, expect(vec![email(&hub, &facilitator).await]));
        notifications::resume(&hub.app, &contact).await.unwrap();
        let practice = crate::timers::another_practice(&hub, &case).await;
        assert_eq!(sent(practice).await, expect(vec!["ada@bitonto.invalid".into()]));
    }

    async fn what_one_must_know_has_no_such_link_and_is_never_off(hub: Hub) {
        let case = Case::of(&hub).await;
        let id = case.sent(&hub).await;
        hub.deliver().await;
        hub.mailbox();
        let annul = On { reason: Some("ERROR".into()), note: "Doppione".into(), ..On::request(id) };
        requests::annul(&hub.app, &hub.steward().await, annul).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        assert!(!mails.is_empty() && mails.iter().all(|mail| mail.unsubscribe.is_none()));
        let annulled = queued(&hub, &format!("person:{}", case.author.person().unwrap())).await;
        assert!(annulled.iter().any(|mail| mail.letter == LetterKind::Annulled.as_str()));
    }

    async fn a_person_who_was_erased_leaves_nothing_behind(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.says(&hub, "Uno").await;
        let link = token(talk.mails(&hub).await.remove(0).unsubscribe.as_ref());
        notifications::stop(&hub.app, &link).await.unwrap();
        let address = email(&hub, &talk.case.owner).await;
        innesto::service::people::erase_person(&hub.app, &innesto::domain::permission::Actor::System, &address).await.unwrap();
        assert_eq!(talk.items(&hub).await, 0);
        assert_eq!(preferences::find(&hub.app.store, &[talk.me()]).await.unwrap(), []);
        notifications::stop(&hub.app, &link).await.unwrap();
        notifications::resume(&hub.app, &link).await.unwrap();
        assert_eq!(preferences::find(&hub.app.store, &[talk.me()]).await.unwrap(), []);
    }
}
