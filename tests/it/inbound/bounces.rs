//! What comes back fails its mail, holds its address, and brings what it said to somebody else.
use super::{NOWHERE, address, answering, take, written};
use crate::{
    letters::Case,
    support::{
        Hub,
        smtp::{Script, SmtpServer, Step},
    },
};
use innesto::{
    app::App,
    domain::{
        bounce::{BounceCause, Suppression},
        event::EventKind,
        mail::{Mail, MailState},
        permission::Actor,
    },
    mail::{Outgoing, Smtp, Transport},
    service::undelivered,
    store::{
        Tx, events,
        outbox::{self, Attempt},
        suppressions,
    },
    worker,
};
use serde_json::json;

fn report(to: &Outgoing, status: &str, said: &str, id: &str) -> Vec<u8> {
    let back = &to.bounces_to.as_ref().unwrap().email;
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: {back}\r\nSubject: Undelivered\r\nMessage-ID: <{id}@mx.example>\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {}\r\n\
         Action: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n--b--\r\n",
        to.to.email
    )
    .into_bytes()
}

async fn row(hub: &Hub, mail: &Outgoing) -> Mail {
    outbox::find_by_message_id(&hub.app.store, &mail.message_id).await.unwrap().unwrap()
}

/// The mail failed, and the next is looked for.
async fn fail(tx: &mut Tx, app: &App, mail: &Mail) {
    let failed = Attempt::Failed("550".into());
    assert!(outbox::settle(tx, mail.id, "lease", &failed, app.clock.now()).await.unwrap());
    undelivered::tell(tx, app, mail.id).await.unwrap();
}

const HELD: &str = "{ suppressedAddresses { totalCount nodes { id address cause reason failures since } } }";
const LIFT: &str = "mutation($input: LiftAddressSuppressionInput!) { liftAddressSuppression(input: $input) { suppressedAddress { address } userErrors { code message } } }";

async fn held(hub: &Hub) -> serde_json::Value {
    let steward = hub.steward().await;
    hub.data(&steward, HELD, json!({})).await["suppressedAddresses"]["nodes"].take()
}

on_both! {
    async fn a_bounce_fails_its_mail_and_holds_its_address_until_a_steward_lets_it_go(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (talk, mail) = written(&hub, &case.author).await;
        assert_eq!(row(&hub, &mail).await.state, MailState::Sent);
        let raw = report(&mail, "5.1.1", "550 5.1.1 User unknown", "1");
        assert_eq!(take(&hub.app, "1:1", &raw).await, "BOUNCED");
        assert_eq!(take(&hub.app, "1:2", &report(&mail, "5.1.1", "550 5.1.1 User unknown", "2")).await, "BOUNCED", "told again by another server");
        let failed = row(&hub, &mail).await;
        assert_eq!((failed.state, failed.reason.as_deref()), (MailState::Failed, Some("respinta: casella inesistente (550 5.1.1 User unknown)")));
        let told = events::after(&hub.app.store, 0, 100).await.unwrap();
        assert_eq!(told.iter().filter(|event| event.kind == EventKind::MailFailed).count(), 1);
        // What it said goes to the town's mailbox.
        assert_eq!(hub.mailed().await, ["piano@bitonto.invalid: Nuovo messaggio dall'Ambito di Troia: Scelta del partner"]);
        let listed = held(&hub).await;
        assert_eq!((&listed[0]["cause"], &listed[0]["reason"], &listed[0]["failures"]), (&json!("NO_MAILBOX"), &json!("casella inesistente"), &json!(1)));
        assert_eq!(listed[0]["address"], json!(mail.to.email));
        // The next mail is not sent there any more, and goes to the mailbox too.
        let post = innesto::service::conversations::Post { conversation: talk, on_behalf_of: None, body: "E poi?".into(), key: None };
        innesto::service::conversations::post(&hub.app, &case.author, post).await.unwrap();
        assert_eq!(hub.mailed().await, ["piano@bitonto.invalid: Nuovo messaggio dall'Ambito di Troia: Scelta del partner"]);
        let cause = format!("event:{}", events::head(&hub.app.store).await.unwrap() - 1);
        let withheld = outbox::find_by_cause(&hub.app.store, &cause).await.unwrap().remove(0);
        assert_eq!((withheld.state, withheld.reason.as_deref()), (MailState::Suppressed, Some("indirizzo sospeso: casella inesistente (550 5.1.1 User unknown)")));
        for (actor, code) in [(&Actor::Nobody, "SIGN_IN_NEEDED"), (&case.author, "FORBIDDEN"), (&hub.facilitator().await, "FORBIDDEN")] {
            assert_eq!(hub.refused(actor, LIFT, json!({ "address": listed[0]["id"] })).await, code);
            assert!(hub.ask(actor, HELD, json!({})).await["data"]["suppressedAddresses"].is_null());
        }
        let steward = hub.steward().await;
        let lifted = hub.done(&steward, LIFT, json!({ "address": listed[0]["id"] })).await;
        assert_eq!(lifted["suppressedAddress"]["address"], json!(mail.to.email));
        assert_eq!(hub.refused(&steward, LIFT, json!({ "address": listed[0]["id"] })).await, "NOT_FOUND");
        assert_eq!(held(&hub).await, json!([]));
    }

    async fn what_comes_back_for_now_holds_an_address_after_the_fifth_time(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        for n in 0..5 {
            let (_, mail) = written(&hub, &case.author).await;
            assert_eq!(held(&hub).await, json!([]), "{n}");
            assert_eq!(take(&hub.app, "1:1", &report(&mail, "5.2.2", "552 5.2.2 Mailbox full", &format!("f{n}"))).await, "BOUNCED");
            hub.deliver().await;
            hub.mailbox();
        }
        let listed = held(&hub).await;
        assert_eq!((&listed[0]["cause"], &listed[0]["failures"]), (&json!("FULL"), &json!(5)));
    }

    async fn a_delay_is_no_failure_and_a_refusal_of_the_mail_is_none_of_the_address(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (_, mail) = written(&hub, &case.author).await;
        let delayed = String::from_utf8(report(&mail, "4.4.1", "timed out", "d")).unwrap().replace("Action: failed", "Action: delayed");
        assert_eq!(take(&hub.app, "1:1", delayed.as_bytes()).await, "IGNORED");
        assert_eq!(row(&hub, &mail).await.state, MailState::Sent);
        assert_eq!(take(&hub.app, "1:2", &report(&mail, "5.7.1", "550 5.7.1 Spam", "s")).await, "BOUNCED");
        assert_eq!((row(&hub, &mail).await.state, held(&hub).await), (MailState::Failed, json!([])));
        let lost = b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: risposte@innesto.example\r\nSubject: failure notice\r\n\r\nno such user".as_slice();
        assert_eq!(take(&hub.app, "1:3", lost).await, "UNKNOWN");
        hub.deliver().await;
    }

    async fn where_nobody_of_a_territory_is_left_the_facilitator_is_called(hub: Hub) {
        let hub = answering(hub, NOWHERE);
        let case = Case::of(&hub).await;
        let (facilitator, coordinator) = (hub.facilitator().await, hub.coordinator("bitonto").await);
        case.sent(&hub).await;
        let (facilitator, coordinator) = (address(&hub, &facilitator).await, address(&hub, &coordinator).await);
        hub.deliver().await;
        let mut sent = hub.mailbox();
        sent.retain(|mail| mail.to.email.ends_with("bitonto.invalid"));
        assert_eq!(sent.len(), 2, "the contact and the mailbox");
        assert_eq!(take(&hub.app, "1:1", &report(&sent[0], "5.1.1", "550 5.1.1 User unknown", "1")).await, "BOUNCED");
        assert_eq!(hub.mailed().await, Vec::<String>::new(), "the other has it");
        assert_eq!(take(&hub.app, "1:2", &report(&sent[1], "5.1.1", "550 5.1.1 User unknown", "2")).await, "BOUNCED");
        hub.deliver().await;
        let second = hub.mailbox();
        assert_eq!(second.iter().map(|mail| mail.to.email.as_str()).collect::<Vec<_>>(), [&coordinator]);
        assert_eq!(second[0].subject, sent[0].subject);
        assert_eq!(take(&hub.app, "1:3", &report(&second[0], "5.2.1", "550 5.2.1 inactive", "3")).await, "BOUNCED");
        hub.deliver().await;
        let called = hub.mailbox();
        assert_eq!(called.iter().map(|mail| mail.to.email.as_str()).collect::<Vec<_>>(), [&facilitator]);
        assert!(called[0].subject.contains("Nessuno si raggiunge per e-mail: Comune di Bitonto") && called[0].text.contains("casella chiusa"), "{}", called[0].subject);

        // It is the facilitator's task for as long as no address there takes mails.
        let tasks = "{ viewerTasks(kinds: [TERRITORY_UNREACHABLE]) { totalCount nodes { since subject { ... on Comune { slug } } territory { slug } } } }";
        let waits = async |actor: &Actor| hub.data(actor, tasks, json!({})).await["viewerTasks"].take();
        let one = waits(&hub.facilitator().await).await;
        assert_eq!((&one["totalCount"], &one["nodes"][0]["subject"]["slug"]), (&json!(1), &json!("bitonto")), "{one}");
        for other in [&case.owner, &case.author, &hub.steward().await] {
            assert_eq!(waits(other).await["totalCount"], 0);
        }
        // Since the first failure, however many follow.
        let bitonto = hub.territory("bitonto").await;
        let fails_again = async || {
            hub.app.clock.advance_seconds(86_400);
            let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
            suppressions::note_unreachable(&mut tx, bitonto, now).await.unwrap();
            tx.commit(now).await.unwrap();
            waits(&hub.facilitator().await).await
        };
        assert_eq!(fails_again().await, one);
        let held = held(&hub).await;
        let coordinators = held.as_array().unwrap().iter().find(|one| one["address"] == json!(coordinator)).unwrap();
        hub.done(&hub.steward().await, LIFT, json!({ "address": coordinators["id"] })).await;
        assert_eq!(waits(&hub.facilitator().await).await["totalCount"], 0);

        // Whose address took mails in between is out of reach since it does no more.
        hub.app.clock.advance_seconds(86_400);
        let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
        let again = Suppression {
            id: hub.app.clock.id(),
            address: coordinator,
            cause: BounceCause::NoMailbox,
            said: String::new(),
            mail: row(&hub, &second[0]).await.id,
            failures: 1,
            last_at: now,
            since: Some(now),
        };
        suppressions::note(&mut tx, &again, true).await.unwrap();
        suppressions::note_unreachable(&mut tx, bitonto, now).await.unwrap();
        tx.commit(now).await.unwrap();
        let anew = waits(&hub.facilitator().await).await;
        assert_eq!(anew["totalCount"], 1);
        assert!(anew["nodes"][0]["since"].as_str() > one["nodes"][0]["since"].as_str(), "{anew} {one}");
        assert_eq!(fails_again().await, anew);
    }

    async fn where_the_last_two_fail_at_once_somebody_is_still_called(hub: Hub) {
        let case = Case::of(&hub).await;
        hub.coordinator("bitonto").await;
        case.sent(&hub).await;
        worker::plan_due(&hub.app).await.unwrap();
        let (now, lot) = (hub.app.clock.now(), outbox::Lot { limit: 10, of_a_domain: 10 });
        let mut tx = hub.app.store.begin().await.unwrap();
        let claimed = outbox::claim(&mut tx, "lease", now, now.plus_seconds(300), lot).await.unwrap();
        tx.commit(now).await.unwrap();
        let mut own = claimed.into_iter().filter(|mail| mail.address.ends_with("bitonto.invalid"));
        let (first, second) = (own.next().unwrap(), own.next().unwrap());
        let mut tx = hub.app.store.begin().await.unwrap();
        fail(&mut tx, &hub.app, &first).await;
        let app = hub.app.clone();
        let mut other = tokio::spawn(async move {
            let mut tx = app.store.begin().await.unwrap();
            fail(&mut tx, &app, &second).await;
            tx.commit(now).await.unwrap();
        });
        // It can only be seen not to end while the first is under way.
        assert!(tokio::time::timeout(std::time::Duration::from_millis(300), &mut other).await.is_err());
        tx.commit(now).await.unwrap();
        other.await.unwrap();
        let instead = outbox::find_by_cause(&hub.app.store, &format!("instead:{}", first.cause)).await.unwrap();
        assert_eq!(instead.len(), 1, "{instead:?}");
        hub.app.clock.advance_seconds(301);
        hub.deliver().await;
    }

    async fn a_server_that_knows_no_such_mailbox_holds_the_address_and_signing_in_lets_it_go(hub: Hub) {
        let case = Case::of(&hub).await;
        case.sent(&hub).await;
        let server = SmtpServer::start(Script::Answer(Step::Recipient, "550 5.1.1 No such user")).await;
        let through = App { mail: Transport::Smtp(Smtp::from_url(&server.url()).unwrap()), ..hub.app.clone() };
        worker::deliver_due(&through).await.unwrap();
        let own = address(&hub, &case.author).await;
        let listed = held(&hub).await;
        assert!(listed.as_array().unwrap().iter().any(|one| one["address"] == json!(own)), "{listed}");
        // Codes go there all the same.
        let asking = innesto::service::sign_in::Asking { email: &own, network: "192.0.2.1", session: None, language: innesto::domain::text::Language::It };
        let asked = innesto::service::sign_in::request_code(&hub.app, &asking).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        let code = mails.iter().find(|mail| mail.to.email == own).unwrap().subject[..6].to_owned();
        let attempt = innesto::service::sign_in::Attempt {
            code: &code, browser_secret: Some(&asked.browser_secret), old_session: None, browser: "Prova",
            language: innesto::domain::text::Language::It,
        };
        innesto::service::sign_in::sign_in(&hub.app, &attempt).await.unwrap();
        let listed = held(&hub).await;
        assert!(!listed.as_array().unwrap().iter().any(|one| one["address"] == json!(own)), "{listed}");
        hub.deliver().await;
    }
}
