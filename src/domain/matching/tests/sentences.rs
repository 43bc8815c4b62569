//! Every sentence, in both languages: good, bad and unknown.
use super::*;
use crate::domain::{term::Scheme, text::Language, word::Word};
use std::fmt::Write;

fn label(_: Scheme, code: &str) -> String {
    code.to_lowercase().replace('_', " ")
}

/// All sentences of a practice for a wish, in both languages.
fn tell(told: &mut String, title: &str, wish: &Wish, said: &Said, owner: &Site) {
    let said = Said { near: wish.site.as_ref().map(|mine| mine.near(owner)).unwrap_or_default(), ..said.clone() };
    let offer = said.offer();
    let judged = judge(wish, &offer, &weights()).unwrap();
    writeln!(told, "## {title}").unwrap();
    for language in [Language::It, Language::En] {
        let case = Case { wish, offer: &offer, owner, language, labels: &label };
        for part in Part::ALL {
            let value = judged.value(*part).map_or("?".to_owned(), |value| format!("{value:.2}"));
            writeln!(told, "{} {value}: {}", part.as_str(), case.sentence(*part, judged.value(*part))).unwrap();
        }
        writeln!(told, "{}", judged.load.sentence(language)).unwrap();
    }
}

#[test]
fn every_part_has_its_sentence_with_the_numbers_behind_it() {
    let mut told = String::new();
    let (wish, owner) = (wish(), site(95_000, "BELT", (41.3, 16.2)));
    let good = Said {
        tools: codes(&["CO_DESIGN"]),
        funds: codes(&["FNPS", "FNA"]),
        cost: Some(62_000),
        staff: Some(0.5),
        months: Some(1),
        text: Some(1.0),
        evidence: 4,
        kit: 100,
        requests: 0,
        ..said()
    };
    tell(&mut told, "It fits", &wish, &good, &owner);
    let far = site(4_950, "ULTRAPERIPHERAL", (45.4, 9.2));
    tell(&mut told, "It fits in half", &wish, &Said { cost: Some(1_234_567), ..said() }, &far);
    let bad = Said {
        fields: codes(&["RESOURCE_OPT", "ORG_PROCESS"]),
        targets: codes(&["MINORS", "OLDER_PEOPLE"]),
        text: Some(0.0),
        cost: Some(0),
        staff: Some(12.25),
        evidence: 0,
        kit: 0,
        requests: 3,
        capacity: 3,
        ..said()
    };
    tell(&mut told, "It hardly fits", &wish, &bad, &site(100_000, "BELT", (41.0, 16.0)));
    let other = Said {
        fields: codes(&["RESOURCE_OPT", "SOCIO_EDU"]),
        targets: codes(&["DETAINEES"]),
        evidence: 1,
        capacity: 0,
        ..said()
    };
    tell(&mut told, "It is for others", &wish, &other, &owner);
    let silent = Said { capacity: 1, requests: 1, evidence: 3, ..Said::default() };
    tell(&mut told, "It says nothing", &wish, &silent, &Site::default());
    let words = Wish { fields: codes(&["SOCIO_EDU"]), ..Wish::default() };
    tell(&mut told, "Nothing is said of oneself", &words, &Said { text: None, ..said() }, &owner);
    let nowhere = Wish { site: Some(Site::default()), ..words };
    tell(&mut told, "Neither says anything", &nowhere, &silent, &Site::default());
    insta::assert_snapshot!("sentences", told);
}

#[test]
fn a_long_list_is_cut_and_counted() {
    let many: Vec<String> = ["A", "B", "C", "D", "E", "F", "G"].map(str::to_owned).into();
    let wish = Wish { targets: many.clone(), ..wish() };
    let said = Said { targets: many, ..said() };
    let (offer, owner) = (said.offer(), Site::default());
    let case = |language| Case { wish: &wish, offer: &offer, owner: &owner, language, labels: &label };
    assert_eq!(
        case(Language::It).sentence(Part::Target, Some(1.0)),
        "7 destinatari su 7 in comune: a, b, c, d, e e altri 2"
    );
    assert_eq!(
        case(Language::En).sentence(Part::Target, Some(1.0)),
        "7 of 7 target groups in common: a, b, c, d, e and 2 more"
    );
}
