//! Both ways over TLS, by servers whose authority only this machine knows: a mail goes out signed, its answer comes in.
use crate::support::{
    certificate::Certificate,
    dovecot::Dovecot,
    postfix::Postfix,
    server::{Place, Server},
};
use innesto::{
    domain::mail::MailState,
    store::{Engine, outbox, sql::sql},
};
use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

/// Says whether a mail is signed, as another program sees it: dkimpy, with what the DNS would say.
const VERIFY: &str = "import dkim, sys; name, text = sys.argv[1:3]; \
    sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda n, timeout=5: text.encode() if n.decode().rstrip('.') == name else None) else 1)";

fn is_signed(mail: &str, name: &str, text: &str) -> bool {
    let mut python = Command::new("/usr/bin/python3");
    let mut python = python.args(["-c", VERIFY, name, text]).stdin(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(mail.replace('\n', "\r\n").as_bytes()).unwrap();
    python.wait().unwrap().success()
}

async fn talk(hub: &Server, token: &str, body: &str) -> Value {
    let places = "{ us: territory(by: { slug: \"bitonto\" }) { id } them: territory(by: { slug: \"troia\" }) { id } }";
    let places = hub.ask(token, places, json!({})).await.unwrap()["data"].take();
    let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
        conversation { id } userErrors { message } } }";
    let input = json!({ "input": { "from": places["us"]["id"], "to": places["them"]["id"], "subject": "Prova", "body": body } });
    let mut started = hub.ask(token, start, input).await.unwrap();
    let talk = started["data"]["startConversation"]["conversation"]["id"].take();
    assert!(talk.is_string(), "{started}");
    talk
}

#[tokio::test]
async fn a_mail_goes_out_signed_over_tls_and_its_answer_comes_in() {
    let certificate = Certificate::new();
    let dovecot = Dovecot::encrypted(&certificate).await;
    let postfix = Postfix::encrypted(&dovecot, &certificate).await;
    let place = Place::new(Engine::Sqlite)
        .await
        .set("INNESTO_MAIL_FROM", "Innesto <hub@innesto.example>")
        .set("INNESTO_DKIM_KEY", &certificate.signing_key())
        .set("INNESTO_INBOUND_ADDRESS", "risposte@innesto.example")
        .set("INNESTO_IMAP_URL", &dovecot.url())
        .set("INNESTO_SMTP_URL", &postfix.encrypted_url(false));
    let add = |email, name, territory| place.print(&["member", "add", email, "--name", name, "--territory", territory]);
    add("ugo@bitonto.example", "Ugo", "Comune di Bitonto");
    add("ada@comune.example", "Ada", "Comune di Troia");
    let token =
        place.print(&["token", "create", "ugo@bitonto.example", "--name", "prova", "--scopes", "read:own,write:own"]);

    // Who the authority is, nobody has said yet: not a word is handed over.
    let hub = place.serve(&[]);
    talk(&hub, &token, "Primo messaggio").await;
    let waits = hub.logged("mail waits");
    assert!(waits["fields"]["reason"].as_str().unwrap().contains("certificate"), "{waits}");
    hub.kill_now();
    let app = place.app().await;
    let (now, mut tx) = (app.clock.now(), app.store.begin().await.unwrap());
    assert_eq!(outbox::count(&mut tx, &[MailState::Queued]).await.unwrap(), 1);
    sql("UPDATE outbox SET due_at = ").value(now).run(&mut tx).await.unwrap();
    tx.commit(now).await.unwrap();
    app.store.close().await;

    let place = place.set("SSL_CERT_FILE", &certificate.authority());
    let (_, told) = place.run(&["doctor"]);
    let record =
        told.lines().find_map(|line| line.split_once("the DNS must have ")).unwrap_or_else(|| panic!("{told}")).1;
    let (name, text) = record.trim_end_matches('"').split_once(" TXT \"").unwrap();
    assert_eq!(name, "innesto._domainkey.innesto.example");
    for said in ["answers: imaps://", "encrypted"] {
        assert!(told.contains(said), "{told}");
    }
    let hub = place.serve(&[]);
    let first = postfix.of_ada().await;
    assert!(first.contains("using TLSv1.3") && first.contains("Primo messaggio"), "{first}");
    assert!(is_signed(&first, name, text), "{first}");
    assert!(!is_signed(&first.replace("Primo messaggio", "Altro"), name, text));
    assert!(!is_signed(&first.replace("To: ", "To: x"), name, text));
    hub.kill_now();

    let place = place.set("INNESTO_SMTP_URL", &postfix.encrypted_url(true));
    let hub = place.serve(&[]);
    let conversation = talk(&hub, &token, "Secondo messaggio").await;
    let second = postfix.of_ada().await;
    assert!(second.contains("using TLSv1.3") && is_signed(&second, name, text), "{second}");

    let of = |name: &str| second.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
    let answer = format!(
        "From: Ada <ada@comune.example>\r\nTo: {}\r\nSubject: Re: Prova\r\nMessage-ID: <r1@comune.example>\r\n\
         In-Reply-To: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nArriva anche cifrato.\r\n",
        of("Reply-To:"),
        of("Message-ID:")
    );
    dovecot.deliver(answer.as_bytes());
    let query = "query($id: ID!) { node(id: $id) { ... on Conversation { messages(last: 1) { nodes { viaEmail body { source } } } } } }";
    for _ in 0..600 {
        let mut read = hub.ask(&token, query, json!({ "id": conversation })).await.unwrap();
        let last = read["data"]["node"]["messages"]["nodes"][0].take();
        if last["viaEmail"] == true {
            assert_eq!(last["body"]["source"], "Arriva anche cifrato.");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the answer did not come in");
}

#[tokio::test]
async fn a_key_that_cannot_be_used_is_named_before_any_mail_is_sent() {
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_SMTP_URL", "smtp://127.0.0.1:1");
    let key = place.folder().join("dkim.pem");
    let place = place.set("INNESTO_DKIM_KEY", key.to_str().unwrap());
    for (text, said) in [(None, "No such file"), (Some(""), "no private key in PEM")] {
        if let Some(text) = text {
            std::fs::write(&key, text).unwrap();
        }
        for command in ["serve", "doctor"] {
            let (done, told) = place.run(&[command]);
            assert!(!done && told.contains("dkim_key: ") && told.contains(said), "{command}: {told}");
        }
    }
}

#[tokio::test]
async fn that_mails_are_signed_is_said_only_where_mails_are_sent() {
    let certificate = Certificate::new();
    let key = certificate.signing_key();
    let place = Place::new(Engine::Sqlite).await.set("INNESTO_DKIM_KEY", &key);
    let (_, told) = place.run(&["doctor"]);
    assert!(told.contains("dkim_key: mails that are sent will be signed; the DNS must have "), "{told}");
    let place = place.set("INNESTO_SMTP_URL", "smtp://127.0.0.1:1");
    let (_, told) = place.run(&["doctor"]);
    assert!(told.contains("dkim_key: mails are signed; the DNS must have "), "{told}");
}
