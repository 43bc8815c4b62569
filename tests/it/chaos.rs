//! A mail server that fails in every way and a hub that is killed again and again: no mail is lost, and one that arrives
//! twice is the same mail. `INNESTO_CHAOS="10000 60"` says how many mails and how many kills.
use crate::support::{
    pile::{address, pile},
    server::Place,
    smtp::{Script, SmtpServer, Step},
};
use innesto::{
    app::App,
    domain::{
        mail::{Mail, MailState},
        word::Word,
    },
    mail::{Smtp, Transport},
    store::{
        Engine,
        outbox::{self, Unsent},
        sql::sql,
    },
    worker,
};
use std::{collections::HashMap, env, time::Duration};

#[tokio::test]
async fn no_mail_is_lost_and_few_come_twice_on_sqlite() {
    chaos(Engine::Sqlite).await;
}

#[tokio::test]
async fn no_mail_is_lost_and_few_come_twice_on_postgres() {
    chaos(Engine::Postgres).await;
}

/// How many mails, and how many kills.
fn size() -> (usize, usize) {
    let Ok(said) = env::var("INNESTO_CHAOS") else { return (300, 6) };
    let numbers: Vec<usize> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
    (numbers[0], numbers[1])
}

/// How the server treats its nth connection: one in six goes wrong, one in twenty at the door.
fn mood(nth: usize) -> Script {
    // A fixed order that looks like none: Knuth's multiplicative hash.
    match (nth.wrapping_mul(2_654_435_761) >> 8) % 1000 {
        0..30 => Script::Drop(Step::Greeting),
        30..50 => Script::Answer(Step::Greeting, "421 4.3.2 Too busy"),
        50..60 => Script::Answer(Step::Recipient, "451 4.7.1 Greylisted"),
        60..75 => Script::Answer(Step::Recipient, "550 5.1.1 No such user"),
        75..85 => Script::Answer(Step::Data, "452 4.3.1 No space left"),
        85..95 => Script::Answer(Step::Dot, "451 4.3.0 Not now"),
        95..105 => Script::Answer(Step::Dot, "554 5.6.0 Not such a mail"),
        105..120 => Script::Drop(Step::Data),
        120..135 => Script::Drop(Step::Body),
        135..155 => Script::Drop(Step::Dot),
        155..160 => Script::Silent(Step::Recipient),
        160..165 => Script::Silent(Step::Dot),
        _ => Script::Accept,
    }
}

async fn chaos(engine: Engine) {
    let (mails, kills) = size();
    let server = SmtpServer::choosing(|nth, _| mood(nth)).await;
    let place = Place::new(engine).await.set("INNESTO_SMTP_URL", &server.url());
    // Else a mail would name the port of the hub that sends it.
    let place = place.set("INNESTO_PUBLIC_URL", "https://hub.invalid");
    let app = place.app().await;
    pile(&app, 0..mails).await;
    app.store.close().await;

    for kill in 1..=kills {
        let hub = place.serve(&[]);
        server.until(|heard| heard.bodies.len() > mails * kill / (kills + 1)).await;
        hub.kill_now();
        let app = place.app().await;
        time_passes(&app).await;
        app.store.close().await;
    }
    let app = App {
        mail: Transport::Smtp(Smtp::with_timeout(&server.url(), Duration::from_secs(5)).unwrap()),
        ..place.app().await
    };
    while !unsent(&app).await.is_empty() {
        time_passes(&app).await;
        worker::deliver_due(&app).await.unwrap();
    }

    let heard = server.heard();
    let mut copies: HashMap<String, Vec<&String>> = HashMap::new();
    for body in &heard.bodies {
        copies.entry(to(body)).or_default().push(body);
    }
    let (mut sent, mut refused) = (0, 0);
    for n in 0..mails {
        let mail = kept(&app, n).await;
        let copies = copies.get(&address(n)).map(Vec::as_slice).unwrap_or_default();
        match mail.state {
            MailState::Sent => {
                assert!(!copies.is_empty(), "lost: {mail:?}");
                sent += 1;
            }
            MailState::Failed => {
                let said = mail.reason.unwrap();
                assert!(said.contains("5.1.1") || said.contains("5.6.0"), "given up: {said}");
                refused += 1;
            }
            other => panic!("it was to be sent or refused by now, and is {}", other.as_str()),
        }
        assert!(copies.iter().all(|copy| copy.contains(&mail.message_id)), "another Message-ID for {n}");
        assert!(copies.windows(2).all(|pair| pair[0] == pair[1]), "not the same mail for {n}");
    }
    let doubles: usize = copies.values().map(|copies| copies.len() - 1).sum();
    println!(
        "{mails} mails, {kills} kills: {sent} sent, {refused} refused for good, none lost; {doubles} came twice, where {} \
         answers after the dot were lost and a kill may bring one",
        heard.unanswered
    );
    assert!(
        doubles <= kills + heard.unanswered,
        "{doubles} doubles of {} lost answers, {kills} kills",
        heard.unanswered
    );
}

/// So much that every lease and every pause is over. No hub is running.
async fn time_passes(app: &App) {
    let (now, mut tx) = (app.clock.now(), app.store.begin().await.unwrap());
    for (table, column) in [("outbox", "due_at"), ("outbox", "claimed_until"), ("mail_domain", "rests_until")] {
        sql("UPDATE ")
            .text(table)
            .text(" SET ")
            .text(column)
            .text(" = ")
            .value(now)
            .text(" WHERE ")
            .text(column)
            .text(" > ")
            .value(now)
            .run(&mut tx)
            .await
            .unwrap();
    }
    tx.commit(now).await.unwrap();
}

async fn unsent(app: &App) -> Vec<Unsent> {
    outbox::unsent(&app.store).await.unwrap()
}

async fn kept(app: &App, n: usize) -> Mail {
    outbox::find_by_cause(&app.store, &format!("pile:{n}")).await.unwrap().remove(0)
}

/// The address that a mail is for.
fn to(mail: &str) -> String {
    let header = mail.lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
    header.rsplit(['<', ' ']).next().unwrap().trim_end_matches('>').to_owned()
}
