//! The forms of a mail server's address.

use crate::mail::{Security, Smtp, SmtpUrl};

#[test]
fn every_form_of_address_has_its_security_and_port() {
    for (url, security, port, shown) in [
        ("smtps://u:p@mail.example.it", Security::Tls, 465, "smtps://u:***@mail.example.it:465"),
        ("smtp+starttls://mail.example.it/", Security::StartTls, 587, "smtp+starttls://mail.example.it:587"),
        ("smtp://mail.example.it", Security::StartTls, 587, "smtp+starttls://mail.example.it:587"),
        ("smtp://localhost", Security::Plain, 25, "smtp://localhost:25"),
        ("smtp://[::1]:2525", Security::Plain, 2525, "smtp://[::1]:2525"),
        ("smtp://127.0.0.1:1?tls=starttls", Security::StartTls, 1, "smtp+starttls://127.0.0.1:1"),
        ("smtp://10.0.0.9?tls=none&hello=hub.example.it", Security::Plain, 25, "smtp://10.0.0.9:25"),
    ] {
        let parsed = SmtpUrl::parse(url).unwrap();
        assert_eq!((parsed.security, parsed.port, parsed.to_string().as_str()), (security, port, shown), "{url}");
    }
}

#[test]
fn a_password_is_decoded_and_never_shown() {
    let url = "smtps://hub%40example.it:s3%2Fcr%3Aet@x@mail.example.it";
    let parsed = SmtpUrl::parse(url).unwrap();
    assert_eq!(parsed.credentials, Some(("hub@example.it".to_owned(), "s3/cr:et@x".to_owned())));
    assert!(!format!("{:?} {parsed} {:?}", parsed, Smtp::from_url(url).unwrap()).contains("cr"));
}

#[test]
fn a_wrong_address_is_answered_with_the_right_forms_and_without_the_password() {
    for url in [
        "mail.example.it",
        "http://secret:secret@mail.example.it",
        "smtps://secret@mail.example.it",
        "smtps://u:secret%2@mail.example.it",
        "smtps://u:secret@mail.example.it:99999",
        "smtps://u:secret@",
        "smtps://mail.example.it?tls=none",
        "smtp://mail.example.it?tls=maybe",
        "smtp://mail.example.it?starttls",
        "smtp://mail.example.it?hello=a%0d",
    ] {
        let error = SmtpUrl::parse(url).unwrap_err().to_string();
        assert!(error.contains("smtps://user:password@host[:465]") && !error.contains("secret"), "{url}: {error}");
    }
}
