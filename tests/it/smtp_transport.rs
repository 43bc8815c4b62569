//! Mail over a real conversation: each way a server can fail is told apart by what it means for the mail.

#![expect(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it is built from")]

use std::time::Duration;

use innesto::domain::text::Language;
use innesto::mail::{Address, Outgoing, Receipt, SendError, Smtp, Transport};

use crate::support::smtp::{Heard, Script, SmtpServer, Step};

fn mail(text: &str) -> Outgoing {
    Outgoing {
        message_id: "7@innesto.invalid".to_owned(),
        from: Address::parse("Innesto <hub@innesto.invalid>").unwrap(),
        to: Address::parse("Ufficio di Piano <piano@troia.invalid>").unwrap(),
        bounces_to: None,
        reply_to: None,
        in_reply_to: None,
        references: Vec::new(),
        unsubscribe: None,
        subject: "[REQ-2026-0001] Così".to_owned(),
        text: text.to_owned(),
        html: "<p>Perché no</p>".to_owned(),
        date: jiff::Timestamp::from_second(1_795_449_600).unwrap(),
        language: Language::It,
    }
}

async fn send_to(server: &SmtpServer) -> Result<Receipt, SendError> {
    Transport::Smtp(Smtp::from_url(&server.url()).unwrap()).send(&mail("Perché no\n.\nfine\n")).await
}

/// What one script makes of a mail.
async fn outcome(script: Script) -> Result<Receipt, SendError> {
    send_to(&SmtpServer::start(script).await).await
}

#[tokio::test]
async fn an_accepted_mail_arrives_whole_and_gives_the_servers_words_as_receipt() {
    let server = SmtpServer::start(Script::Accept).await;
    let receipt = send_to(&server).await.unwrap();
    assert_eq!(receipt.reference, "250 2.0.0 Ok: queued as 4F1");
    server.until(|heard| heard.commands.last().is_some_and(|said| said == "QUIT")).await;
    let heard = server.heard();
    assert_eq!((heard.connections, heard.bodies.len()), (1, 1));
    assert!(heard.commands.contains(&"MAIL FROM:<hub@innesto.invalid>".to_owned()), "{:?}", heard.commands);
    assert!(heard.commands.contains(&"RCPT TO:<piano@troia.invalid>".to_owned()));
    let body = &heard.bodies[0];
    for header in ["Message-ID: <7@innesto.invalid>", "Auto-Submitted: auto-generated", "Content-Language: it"] {
        assert!(body.contains(header), "{body}");
    }
    assert!(body.contains("Perch=C3=A9 no\n.\nfine\n"), "a dot alone on a line survives: {body}");
}

#[tokio::test]
async fn a_4xx_is_for_later() {
    for step in [Step::Sender, Step::Recipient, Step::Data, Step::Dot] {
        match outcome(Script::Answer(step, "451 4.7.1 Greylisted")).await {
            Err(SendError::Transient { code: Some(451), reason, .. }) => assert!(reason.contains("Greylisted")),
            other => panic!("{step:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_5xx_about_the_mail_is_final() {
    for step in [Step::Sender, Step::Recipient, Step::Data, Step::Dot] {
        match outcome(Script::Answer(step, "550 5.1.1 No such user")).await {
            Err(SendError::Permanent { code: Some(550), reason }) => assert!(reason.contains("No such user")),
            other => panic!("{step:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_5xx_about_us_does_not_bury_the_mail() {
    let greeting = outcome(Script::Answer(Step::Greeting, "554 5.7.1 Go away")).await;
    assert!(matches!(greeting, Err(SendError::Transient { code: Some(554), .. })), "{greeting:?}");
    let unsigned = outcome(Script::Answer(Step::Sender, "530 5.7.0 Authentication required")).await;
    assert!(matches!(unsigned, Err(SendError::Transient { code: Some(530), .. })), "{unsigned:?}");
    let server = SmtpServer::start(Script::Answer(Step::Login, "535 5.7.8 Wrong password")).await;
    let smtp = Smtp::from_url(&server.url_with("hub:secret@", "")).unwrap();
    let login = Transport::Smtp(smtp).send(&mail("x")).await;
    assert!(matches!(login, Err(SendError::Transient { code: Some(535), .. })), "{login:?}");
    assert!(server.heard().bodies.is_empty());
}

#[tokio::test]
async fn a_line_lost_before_the_dot_is_for_later() {
    for step in [Step::Greeting, Step::Sender, Step::Recipient, Step::Data] {
        let lost = outcome(Script::Drop(step)).await;
        assert!(matches!(lost, Err(SendError::Transient { code: None, .. })), "{step:?}: {lost:?}");
    }
    // Far more than the socket can hold, so that the loss is felt while the body is being written.
    let server = SmtpServer::start(Script::Drop(Step::Body)).await;
    let smtp = Transport::Smtp(Smtp::from_url(&server.url()).unwrap());
    let lost = smtp.send(&mail(&"una riga ".repeat(1_000_000))).await;
    assert!(matches!(lost, Err(SendError::Transient { code: None, .. })), "{lost:?}");
}

#[tokio::test]
async fn a_line_lost_after_the_dot_leaves_us_unsure() {
    let server = SmtpServer::start(Script::Drop(Step::Dot)).await;
    let lost = send_to(&server).await;
    assert!(matches!(lost, Err(SendError::Unsure { .. })), "{lost:?}");
    assert_eq!(server.heard().bodies.len(), 1);
}

#[tokio::test]
async fn nonsense_after_the_dot_leaves_us_unsure() {
    let nonsense = outcome(Script::Answer(Step::Dot, "HTTP/1.1 200 OK")).await;
    assert!(matches!(nonsense, Err(SendError::Unsure { .. })), "{nonsense:?}");
}

#[tokio::test]
async fn a_silent_server_costs_the_time_given_and_no_more() {
    for (step, unsure) in [(Step::Greeting, false), (Step::Recipient, false), (Step::Dot, true)] {
        let server = SmtpServer::start(Script::Silent(step)).await;
        let smtp = Smtp::with_timeout(&server.url(), Duration::from_millis(300)).unwrap();
        let transport = Transport::Smtp(smtp);
        let letter = mail("x");
        match tokio::time::timeout(Duration::from_secs(3), transport.send(&letter)).await.unwrap() {
            Err(SendError::Unsure { reason }) if unsure => assert!(reason.contains("300ms"), "{reason}"),
            Err(SendError::Transient { code: None, reason, .. }) if !unsure => assert!(reason.contains("300ms")),
            other => panic!("{step:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_happens_at_the_farewell_does_not_change_the_fate_of_the_mail() {
    for script in [Script::Drop(Step::Farewell), Script::Answer(Step::Farewell, "421 4.3.2 Closing")] {
        outcome(script).await.unwrap();
    }
}

#[tokio::test]
async fn a_check_greets_signs_in_and_sends_nothing() {
    let server = SmtpServer::start(Script::Accept).await;
    let smtp = Transport::Smtp(Smtp::from_url(&server.url_with("hub:secret@", "")).unwrap());
    let said = smtp.check().await.unwrap();
    assert!(said.contains("signed in") && said.contains("not encrypted") && !said.contains("secret"), "{said}");
    let verbs: Vec<_> = server.heard().commands.iter().map(|line| line[..4].to_owned()).collect();
    assert_eq!(verbs, ["EHLO", "AUTH", "QUIT"]);
}

#[tokio::test]
async fn without_the_promised_encryption_nothing_is_said() {
    let server = SmtpServer::start(Script::Accept).await;
    for url in [server.url_with("hub:secret@", "?tls=starttls"), server.url().replace("smtp://", "smtps://")] {
        let smtp = Smtp::with_timeout(&url, Duration::from_secs(2)).unwrap();
        let refused = Transport::Smtp(smtp).send(&mail("x")).await;
        assert!(matches!(refused, Err(SendError::Transient { code: None, .. })), "{refused:?}");
    }
    let closed = server.url();
    drop(server);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let nobody = Transport::Smtp(Smtp::from_url(&closed).unwrap()).check().await;
    assert!(matches!(nobody, Err(SendError::Transient { .. })), "{nobody:?}");
}

/// Sends two mails, one after the other, where the conversation about the second goes like this.
async fn second(script: Script) -> (Result<Receipt, SendError>, Heard) {
    let server = SmtpServer::choosing(move |nth, _| if nth == 2 { script } else { Script::Accept }).await;
    let transport = Transport::Smtp(Smtp::from_url(&server.url()).unwrap());
    drop(transport.send(&mail("la prima")).await.unwrap());
    let second = transport.send(&mail("la seconda")).await;
    (second, server.heard())
}

#[tokio::test]
async fn mails_follow_one_another_over_one_line_until_it_has_taken_twenty() {
    let server = SmtpServer::start(Script::Accept).await;
    let transport = Transport::Smtp(Smtp::from_url(&server.url_with("hub:secret@", "")).unwrap());
    for sent in 1..=21 {
        transport.send(&mail("x")).await.unwrap();
        let heard = server.heard();
        assert_eq!((heard.connections, heard.bodies.len()), (1 + sent / 21, sent));
    }
    let said = |heard: &Heard, verb| heard.commands.iter().filter(|line| line.starts_with(verb)).count();
    assert_eq!((said(&server.heard(), "EHLO"), said(&server.heard(), "AUTH")), (2, 2));
    transport.rest();
    server.until(|heard| said(heard, "QUIT") == 2).await;
    transport.send(&mail("x")).await.unwrap();
    assert_eq!(server.heard().connections, 3);
}

#[tokio::test]
async fn a_kept_line_that_was_closed_or_takes_no_more_costs_no_attempt() {
    for script in [
        Script::Drop(Step::Greeting),
        Script::Answer(Step::Greeting, "421 4.4.2 Idle for too long"),
        Script::Drop(Step::Sender),
        Script::Answer(Step::Sender, "451 4.7.0 Too many mails in one session"),
        Script::Answer(Step::Sender, "503 5.5.1 Say hello again"),
        Script::Drop(Step::Recipient),
        Script::Answer(Step::Recipient, "421 4.3.2 Going down"),
        Script::Drop(Step::Data),
    ] {
        let (sent, heard) = second(script).await;
        assert!(sent.is_ok(), "{script:?}: {sent:?}");
        assert_eq!((heard.connections, heard.bodies.len(), heard.unanswered), (2, 2, 0), "{script:?}");
    }
}

#[tokio::test]
async fn what_is_said_of_a_mail_on_a_kept_line_holds() {
    for (script, bodies) in [
        (Script::Answer(Step::Recipient, "550 5.1.1 No such user"), 1),
        (Script::Answer(Step::Data, "554 5.7.1 Not from you"), 1),
        (Script::Answer(Step::Dot, "554 5.6.0 Not such a mail"), 1),
    ] {
        let (refused, heard) = second(script).await;
        assert!(matches!(refused, Err(SendError::Permanent { code: Some(_), .. })), "{script:?}: {refused:?}");
        assert_eq!((heard.connections, heard.bodies.len()), (1, bodies), "{script:?}");
    }
    let (grey, heard) = second(Script::Answer(Step::Recipient, "451 4.7.1 Greylisted")).await;
    assert!(matches!(grey, Err(SendError::Transient { code: Some(451), of_recipient: true, .. })), "{grey:?}");
    assert_eq!(heard.connections, 1);
    let (lost, heard) = second(Script::Drop(Step::Dot)).await;
    assert!(matches!(lost, Err(SendError::Unsure { .. })), "{lost:?}");
    assert_eq!((heard.connections, heard.bodies.len()), (1, 2), "it is not sent again at once");
}

#[tokio::test]
async fn a_server_that_answers_once_too_often_is_not_misunderstood() {
    let twice = Script::Answer(Step::Dot, "250 2.0.0 Ok\r\n250 2.0.0 Ok");
    let server = SmtpServer::choosing(move |nth, _| if nth == 1 { twice } else { Script::Accept }).await;
    let transport = Transport::Smtp(Smtp::from_url(&server.url()).unwrap());
    drop(transport.send(&mail("la prima")).await.unwrap());
    assert_eq!(transport.send(&mail("la seconda")).await.unwrap().reference, "250 2.0.0 Ok: queued as 4F1");
    let heard = server.heard();
    assert_eq!((heard.connections, heard.bodies.len()), (2, 2));
    assert!(heard.bodies[1].contains("la seconda"));
}
