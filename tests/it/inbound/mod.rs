//! Mails that come in: what each is, and what becomes of it.
mod answers;
mod bounces;
mod corpus;
mod encrypted;
mod mailbox;
mod roundtrip;

use crate::{letters::email, support::Hub};
use innesto::{
    app::App,
    config::Config,
    domain::{id::ConversationId, permission::Actor},
    mail::{
        ImapUrl, Outgoing,
        inbound::{Reading, read},
    },
    service::{
        conversations::{self, Start},
        inbound,
    },
};
use std::sync::Arc;

/// The same hub, which can be answered by mail through this mailbox.
fn answering(mut hub: Hub, imap: &str) -> Hub {
    let config = Config::of(
        [
            ("database_url", hub.app.config.database_url.expose()),
            ("public_url", "https://innesto.example"),
            ("inbound_address", "risposte@innesto.example"),
            ("inbound_authserv", "mx.innesto.example"),
            ("imap_url", imap),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into(),
    );
    hub.app = App { config: Arc::new(config.unwrap()), inbox: Some(ImapUrl::parse(imap).unwrap()), ..hub.app.clone() };
    hub
}

const NOWHERE: &str = "imap://u:p@127.0.0.1:1/INBOX";

/// A member of Troia writes to Bitonto; the mail to Bitonto's one member.
async fn written(hub: &Hub, from: &Actor) -> (ConversationId, Outgoing) {
    let start = Start {
        from: hub.territory("ambito-troia").await,
        to: hub.territory("bitonto").await,
        subject: "Scelta del partner".into(),
        practice: None,
        need: None,
        body: "Avete un elenco?".into(),
        key: None,
    };
    let talk = conversations::start(&hub.app, from, start).await.unwrap().id;
    hub.deliver().await;
    let mut mails = hub.mailbox();
    assert_eq!(mails.len(), 1, "{mails:?}");
    (talk, mails.remove(0))
}

/// An answer to the mail, as its reader's mail program writes it.
fn answer(to: &Outgoing, from: &str, id: &str, text: &str) -> Vec<u8> {
    format!(
        "From: Qualcuno <{from}>\r\nTo: {}\r\nSubject: Re: {}\r\nMessage-ID: <{id}@altrove.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        to.reply_to.as_ref().unwrap(),
        "Nuovo messaggio",
    )
    .into_bytes()
}

async fn take(app: &App, place: &str, raw: &[u8]) -> &'static str {
    let mailbox = app.config.replies().unwrap();
    let mail = read(raw, Reading { mailbox, host: "innesto.example", authserv: Some("mx.innesto.example") });
    inbound::take(app, place, &mail).await.unwrap()
}

async fn address(hub: &Hub, who: &Actor) -> String {
    email(hub, who).await
}
