//! Out through a real mail server and back: a mail, its answer, and another that nobody took, each found where it belongs.
use super::{address, answering};
use crate::{
    letters::Case,
    support::{Hub, dovecot::Dovecot, postfix::Postfix},
};
use innesto::{
    app::App,
    domain::{id::ConversationId, mail::MailState},
    mail::{Smtp, Transport},
    service::conversations::{self, Start},
    store::{conversations as stored, events, outbox, sql::sql},
    worker,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

/// Hands a mail to a server word by word, as any other server does.
async fn hand_over(port: u16, from: &str, to: &str, mail: &str) {
    let mut line = BufStream::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    let mut said = String::new();
    line.read_line(&mut said).await.unwrap();
    let body = format!("{}\r\n.", mail.replace("\r\n", "\n").replace('\n', "\r\n"));
    for words in
        ["HELO mx.comune.example", &format!("MAIL FROM:<{from}>"), &format!("RCPT TO:<{to}>"), "DATA", &body, "QUIT"]
    {
        line.write_all(format!("{words}\r\n").as_bytes()).await.unwrap();
        line.flush().await.unwrap();
        said.clear();
        line.read_line(&mut said).await.unwrap();
        assert!(said.starts_with('2') || said.starts_with('3'), "{words}: {said}");
    }
}

fn header<'m>(mail: &'m str, name: &str) -> &'m str {
    mail.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .unwrap_or_else(|| panic!("no {name} in {mail}"))
}

/// All that comes into the mailbox until a mail has come of which this came.
async fn until(app: &App, outcome: &str) {
    for _ in 0..600 {
        let done = worker::inbox_due(app).await.unwrap();
        if !done.is_empty() {
            assert_eq!(done, [outcome]);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no mail of which {outcome} came");
}

async fn rename(hub: &Hub, from: &str, to: &str) {
    let mut tx = hub.app.store.begin().await.unwrap();
    sql("UPDATE person SET email = ").value(to).text(" WHERE email = ").value(from).run(&mut tx).await.unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
}

async fn write(hub: &Hub, case: &Case, to: &str) -> ConversationId {
    let start = Start {
        from: hub.territory("ambito-troia").await,
        to: hub.territory(to).await,
        subject: "Scelta del partner".into(),
        practice: None,
        need: None,
        body: "Avete già un elenco?".into(),
        key: None,
    };
    conversations::start(&hub.app, &case.author, start).await.unwrap().id
}

on_both! {
    async fn a_mail_goes_out_its_answer_comes_back_and_what_nobody_took_too(hub: Hub) {
        let dovecot = Dovecot::start().await;
        let postfix = Postfix::start(&dovecot).await;
        let hub = answering(hub, &dovecot.url());
        let case = Case::of(&hub).await;
        rename(&hub, &address(&hub, &case.owner).await, "ada@comune.example").await;
        let nobody = hub.coordinator("nardo").await;
        rename(&hub, &address(&hub, &nobody).await, "nessuno@comune.example").await;
        let through = App { mail: Transport::Smtp(Smtp::from_url(&postfix.url()).unwrap()), ..hub.app.clone() };

        let talk = write(&hub, &case, "bitonto").await;
        worker::deliver_due(&through).await.unwrap();
        let came = postfix.of_ada().await;
        let back = header(&came, "Return-Path").trim_matches(['<', '>']);
        assert!(back.starts_with("risposte+b") && back.ends_with("@innesto.example"), "{back}");
        let reply_to = header(&came, "Reply-To").split('<').next_back().unwrap().trim_end_matches('>');
        let quoted = format!("> {}", came.split_once("\n\n").unwrap().1.replace('\n', "\n> "));
        let answer = format!(
            "From: Ada <ada@comune.example>\nTo: {reply_to}\nSubject: Re: {}\nMessage-ID: <risposta-1@comune.example>\n\
             In-Reply-To: {}\nContent-Type: text/plain; charset=utf-8\n\nSì, con dodici enti.\n\nIl giorno lun 2 mar 2026 alle 10:00 Innesto ha scritto:\n{quoted}",
            header(&came, "Subject"), header(&came, "Message-ID"),
        );
        hand_over(postfix.port(), "ada@comune.example", reply_to, &answer).await;
        until(&hub.app, "POSTED").await;
        let found = stored::last_messages(&hub.app.store, &[talk]).await.unwrap();
        assert_eq!((found[0].body.as_str(), found[0].via_email, found[0].author), ("Sì, con dodici enti.", true, case.owner.person()));
        hub.deliver().await;

        write(&hub, &case, "nardo").await;
        let seq = events::head(&hub.app.store).await.unwrap();
        worker::deliver_due(&through).await.unwrap();
        until(&hub.app, "BOUNCED").await;
        let mail = outbox::find_by_cause(&hub.app.store, &format!("event:{seq}")).await.unwrap().remove(0);
        assert_eq!((mail.address.as_str(), mail.state), ("nessuno@comune.example", MailState::Failed));
        assert!(mail.reason.unwrap().starts_with("respinta: casella inesistente"));
        assert_eq!((dovecot.count("INBOX"), dovecot.count("Innesto.Elaborati")), (0, 2));
        hub.deliver().await;
    }
}
