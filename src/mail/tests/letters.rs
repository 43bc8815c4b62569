//! Every sample in both languages as a snapshot to be read, and what must hold for all of them.

use std::collections::BTreeSet;

use crate::domain::text::Language;
use crate::domain::{mail::LetterKind, notification::Category, request::Timing, word::Word};
use crate::mail::words::{long_date, quoted, with_article};
use crate::mail::{Headline, Letter, RenderError, Rendered, Texts};

fn render(letter: &Letter, language: Language) -> Result<Rendered, RenderError> {
    Texts::default().render(letter, &Timing::default().said(language), language, None)
}

const BOTH: [(&str, Language); 2] = [("it", Language::It), ("en", Language::En)];

#[test]
fn every_letter_reads_well_in_both_languages() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.bind(|| {
        for (tag, language) in BOTH {
            for (case, letter) in Letter::samples(language) {
                let mail = render(&letter, language).unwrap();
                insta::assert_snapshot!(format!("{case}.{tag}.txt"), format!("{}\n\n{}", mail.subject, mail.text));
                insta::assert_snapshot!(format!("{case}.{tag}.html"), mail.html);
            }
        }
    });
}

#[test]
fn every_letter_has_a_sample() {
    let named: BTreeSet<_> = Letter::samples(Language::It).iter().map(|(_, letter)| letter.name()).collect();
    assert_eq!(named, LetterKind::ALL.iter().map(|kind| kind.as_str()).collect());
    for (_, letter) in Letter::samples(Language::It) {
        let json = serde_json::to_value(&letter).unwrap();
        assert!(json["letter"].is_string());
    }
}

#[test]
fn every_subject_is_one_short_line_and_begins_with_the_number() {
    for (_, language) in BOTH {
        for (case, letter) in Letter::samples(language) {
            let mail = render(&letter, language).unwrap();
            assert!(!mail.subject.chars().any(char::is_control), "{case}");
            assert!(mail.subject.chars().count() <= 200, "{case}");
            let numbered = serde_json::to_value(&letter).unwrap().get("number").is_some_and(|number| !number.is_null());
            assert_eq!(mail.subject.starts_with("[REQ-2026-0001] "), numbered, "{case}");
            assert!(!mail.subject.contains("  ") && !mail.text.contains('!'), "{case}");
            assert!(mail.text.contains(letter.link()) && mail.html.contains(letter.link()), "{case}");
            assert!(!mail.html.contains("<img") && !mail.text.contains('<'), "{case}");
        }
    }
}

#[test]
fn a_letter_ends_with_the_link_that_stops_its_kind_where_it_has_one() {
    let link = "https://innesto.invalid/unsubscribe/abc";
    for (_, language) in BOTH {
        for (case, letter) in Letter::samples(language) {
            let times = Timing::default().said(language);
            let plain = Texts::default().render(&letter, &times, language, None).unwrap();
            let mail = Texts::default().render(&letter, &times, language, Some(link)).unwrap();
            assert!(
                mail.text.starts_with(plain.text.trim_end()) && mail.text.ends_with(&format!("{link}\n")),
                "{case}"
            );
            assert!(mail.html.contains(&format!("href=\"{link}\"")) && !plain.html.contains("unsubscribe"), "{case}");
        }
    }
}

#[test]
fn the_centre_says_what_the_subject_of_the_letter_says() {
    for (_, language) in BOTH {
        for (case, letter) in Letter::samples(language) {
            let kind = LetterKind::parse(letter.name()).unwrap();
            let values = serde_json::to_value(&letter).unwrap();
            let text = |name: &str| values[name].as_str().unwrap_or_default().to_owned();
            let of = Headline {
                number: text("number"),
                practice: text("practice"),
                requester: text("requester"),
                owner: text("owner"),
                author_territory: text("author_territory"),
                subject: text("subject"),
                verdict: Some(if text("verdict") == "DISPUTE" { "DISPUTE" } else { "CONFIRM" }),
            };
            let said = Texts::default().headline(kind, &of, language);
            if Category::of(kind).is_none() {
                assert_eq!(said, "", "{case}");
                continue;
            }
            let mail = render(&letter, language).unwrap();
            let bare = mail.subject.strip_prefix("[REQ-2026-0001] ").unwrap_or(&mail.subject);
            assert_eq!(said, bare, "{case}");
        }
    }
}

fn hostile(body: &str, url: &str) -> Letter {
    Letter::NewMessage {
        subject: "Ciao\r\nBcc: victim@example.invalid\u{2028}<b>\u{202e}".to_owned() + &"à".repeat(300),
        number: None,
        author_territory: "Comune di <script>\nX".to_owned(),
        author_role: "r\u{0}ole".to_owned(),
        author_name: Some("A & B".to_owned()),
        body_text: body.to_owned(),
        url: url.to_owned(),
        by_mail: false,
        reply_by: None,
    }
}

#[test]
fn what_people_write_can_forge_neither_headers_nor_markup_nor_our_own_words() {
    let body = "<script>alert(1)</script>\r\n--\nInnesto\u{0}\n{{ url }}";
    let mail = render(&hostile(body, "https://innesto.invalid/c"), Language::It).unwrap();
    assert!(mail.subject.starts_with("Nuovo messaggio dal Comune di <script> X: Ciao Bcc: victim"));
    assert_eq!(mail.subject.chars().count(), 200);
    assert!(!mail.subject.chars().any(|c| c.is_control() || c == '\u{2028}' || c == '\u{202e}'));
    assert!(!mail.html.contains("<script") && mail.html.contains("&lt;script&gt;alert(1)"));
    assert!(mail.text.contains("> --\n> Innesto\n> {{ url }}\n"), "{}", mail.text);
    assert!(!mail.text.contains('\u{0}') && !mail.html.contains('\u{0}'));
}

#[test]
fn a_link_that_is_not_one_is_refused() {
    for url in ["javascript:alert(1)", "https://", "https://a.invalid/\" onclick=\"", "/requests/1"] {
        render(&hostile("x", url), Language::En).unwrap_err();
    }
}

#[test]
fn dates_and_articles_are_those_of_the_language() {
    let day = jiff::civil::date(2026, 11, 23);
    assert_eq!(long_date(day, Language::It), "lunedì 23 novembre 2026");
    assert_eq!(long_date(day, Language::En), "Monday 23 November 2026");
    assert_eq!(long_date(jiff::civil::date(2027, 8, 1), Language::It), "domenica 1º agosto 2027");
    assert_eq!(with_article("di", "Ambito territoriale di Troia"), "dell'Ambito territoriale di Troia");
    assert_eq!(with_article("da", "Comune di Bitonto"), "dal Comune di Bitonto");
    assert_eq!(with_article("a", "Andria"), "ad Andria");
    assert_eq!(with_article("il", "ANCI Puglia"), "ANCI Puglia");
    assert_eq!(quoted("a\n\n\nb\n"), "> a\n>\n>\n> b".replace(">\n", "> \n"));
}
