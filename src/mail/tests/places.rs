//! Addresses, the bytes of a mail, and the two places that keep mail instead of sending it.

use crate::domain::text::Language;
use crate::mail::{Address, Folder, Memory, Outgoing, SendError, Transport, mime};

fn mail(id: &str, minute: i64) -> Outgoing {
    Outgoing {
        message_id: id.to_owned(),
        from: Address::parse("Innesto <hub@innesto.invalid>").unwrap(),
        to: Address::parse("Ufficio di Piano, Troia <piano@troia.invalid>").unwrap(),
        bounces_to: None,
        reply_to: Some(Address::parse("risposte@innesto.invalid").unwrap()),
        in_reply_to: Some("<1@innesto.invalid>".to_owned()),
        references: vec!["<1@innesto.invalid>".to_owned(), "2@innesto.invalid".to_owned()],
        unsubscribe: None,
        subject: "[REQ-2026-0001] Così è più città".to_owned(),
        text: "Perché no\r\n.\r\nfine\n".to_owned(),
        html: "<p>Perché no</p>".to_owned(),
        date: jiff::Timestamp::from_second(1_795_449_600 + minute * 60).unwrap(),
        language: Language::It,
    }
}

#[test]
fn addresses_are_read_as_people_write_them_and_cleaned() {
    let address = Address::parse(" Ufficio di Piano, Troia <piano@troia.invalid> ").unwrap();
    assert_eq!(address.name.as_deref(), Some("Ufficio di Piano, Troia"));
    assert_eq!(address.to_string(), "Ufficio di Piano, Troia <piano@troia.invalid>");
    let name = Address::new(Some("A\r\nBcc: x@y.invalid\u{0}"), "a@b.invalid").unwrap().name;
    assert_eq!(name.as_deref(), Some("A Bcc: x@y.invalid"));
    for wrong in ["", "piano", "a@", "a@b\r\nRCPT TO:<c@d.invalid>", "città@b.invalid", "A <a b@c.invalid>"] {
        Address::parse(wrong).unwrap_err();
    }
}

#[test]
fn a_mail_has_its_headers_and_the_same_bytes_at_every_retry() {
    let bytes = String::from_utf8(mime::message(&mail("7@innesto.invalid", 0)).unwrap().formatted()).unwrap();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots"}, {
        insta::assert_snapshot!("message.eml", bytes.replace("\r\n", "\n"));
    });
    assert!(bytes.is_ascii());
    let again = mime::message(&mail("<7@innesto.invalid>", 0)).unwrap().formatted();
    assert_eq!(bytes.lines().next(), String::from_utf8(again).unwrap().lines().next());
    assert_eq!(bytes.as_bytes(), mime::message(&mail("7@innesto.invalid", 0)).unwrap().formatted());
}

#[test]
fn a_mail_says_where_no_more_are_asked_for_and_nothing_that_is_no_link() {
    let written = |link: &str| {
        let mail = Outgoing { unsubscribe: Some(link.to_owned()), ..mail("7@innesto.invalid", 0) };
        mime::message(&mail).map(|message| String::from_utf8(message.formatted()).unwrap())
    };
    let link = format!("https://innesto.invalid/unsubscribe/{}", "a".repeat(46));
    let bytes = written(&link).unwrap();
    assert!(bytes.contains(&format!("\r\nList-Unsubscribe: <{link}>\r\n")), "{bytes}");
    assert!(bytes.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{bytes}");
    assert!(!written("http://127.0.0.1/unsubscribe/a").unwrap().contains("List-Unsubscribe-Post"));
    for wrong in ["https://a.invalid/\r\nBcc: x@y.invalid", "https://a.invalid/>", "https://a.invalid/à"] {
        assert!(matches!(written(wrong), Err(SendError::Permanent { .. })), "{wrong}");
    }
}

#[test]
fn hostile_fields_set_by_hand_neither_panic_nor_add_headers() {
    let mut hostile = mail("7@innesto.invalid", 0);
    hostile.to.name = Some("Evil\r\nBcc: x@y.invalid\n\u{0}".to_owned());
    hostile.subject = "Ciao\r\nBcc: x@y.invalid".to_owned();
    let bytes = String::from_utf8(mime::message(&hostile).unwrap().formatted()).unwrap();
    assert!(!bytes.lines().any(|line| line.starts_with("Bcc")), "{bytes}");
    for id in ["no at sign", "a@b\r\nBcc: x@y.invalid", "<a@b> <c@d>"] {
        assert!(matches!(mime::message(&mail(id, 0)), Err(SendError::Permanent { .. })));
    }
    hostile.to.email = "a@b.invalid>\r\nRCPT TO:<x@y.invalid".to_owned();
    assert!(matches!(mime::message(&hostile), Err(SendError::Permanent { .. })));
}

#[tokio::test]
async fn a_folder_keeps_mail_newest_last_and_a_retry_only_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = Transport::Folder(Folder::new(place.path().join("mail")));
    assert_eq!(folder.list(5).await.unwrap(), Some(Vec::new()));
    folder.check().await.unwrap();
    for (id, minute) in [("3@x.invalid", 3), ("1@x.invalid", 1), ("2@x.invalid", 2), ("3@x.invalid", 3)] {
        folder.send(&mail(id, minute)).await.unwrap();
    }
    let kept = folder.list(2).await.unwrap().unwrap();
    assert_eq!(kept.iter().map(|mail| mail.message_id.as_str()).collect::<Vec<_>>(), ["2@x.invalid", "3@x.invalid"]);
    assert_eq!(kept[1].html, "<p>Perché no</p>");
    assert_eq!(std::fs::read_dir(place.path().join("mail")).unwrap().count(), 6);
    let blocked = place.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let refused = Transport::Folder(Folder::new(blocked.join("mail"))).send(&mail("1@x.invalid", 1)).await;
    assert!(matches!(refused, Err(SendError::Transient { .. })));
}

#[tokio::test]
async fn memory_is_shared_by_clones_and_bounded() {
    let memory = Memory::new();
    let transport = Transport::Memory(memory.clone());
    for number in 0..10_002 {
        transport.send(&mail(&format!("{number}@x.invalid"), 0)).await.unwrap();
    }
    assert_eq!(memory.sent().len(), 10_000);
    assert_eq!(memory.list(1)[0].message_id, "10001@x.invalid");
    assert_eq!(memory.take()[0].message_id, "2@x.invalid");
    assert!(memory.sent().is_empty());
    assert!(matches!(transport.send(&mail("bad", 0)).await, Err(SendError::Permanent { .. })));
}
