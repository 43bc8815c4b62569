//! Words of a folder in the place of the built-in ones, and the page on which all are looked at.
use crate::{
    domain::{request::Timing, text::Language},
    mail::{Letter, Rendered, Texts, TextsError, preview, texts},
};
use std::{fs, path::Path};
use tempfile::{TempDir, tempdir};

const BOTH: [Language; 2] = [Language::It, Language::En];

/// The first sample of this letter, in Italian.
fn sample(name: &str) -> Letter {
    let samples = Letter::samples(Language::It).into_iter();
    samples.map(|(_, letter)| letter).find(|letter| letter.name() == name).unwrap()
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn built_in(name: &str) -> String {
    let folder = tempdir().unwrap();
    texts::write_out(folder.path()).unwrap();
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn render(texts: &Texts, letter: &Letter, language: Language) -> Rendered {
    texts.render(letter, &Timing::default().said(language), language, None).unwrap()
}

fn wrong(folder: &Path) -> String {
    Texts::with_folder(folder).unwrap_err().to_string()
}

#[test]
fn the_words_written_out_are_those_that_are_built_in() {
    let folder = tempdir().unwrap();
    let written = texts::write_out(folder.path()).unwrap();
    assert!(written.iter().any(|path| path.ends_with("it/accepted.j2")), "{written:?}");
    let own = Texts::with_folder(folder.path()).unwrap();
    for language in BOTH {
        for (case, letter) in Letter::samples(language) {
            let built_in = render(&Texts::default(), &letter, language);
            assert_eq!(render(&own, &letter, language), built_in, "{case}");
        }
    }
    write(&folder, "it/accepted.j2", "changed");
    assert!(texts::write_out(folder.path()).unwrap().is_empty());
    assert_eq!(fs::read_to_string(folder.path().join("it/accepted.j2")).unwrap(), "changed");
}

#[test]
fn a_folder_changes_the_letters_it_has_and_no_others() {
    let folder = tempdir().unwrap();
    let own = built_in("it/accepted.j2").replacen("Buongiorno,", "Care colleghe, cari colleghi,", 1);
    write(&folder, "it/accepted.j2", &own);
    write(&folder, "layout.html", &built_in("layout.html").replace(">Innesto</td>", ">Rete di Prova</td>"));
    write(&folder, "README", "other files are left alone");
    let texts = Texts::with_folder(folder.path()).unwrap();
    let accepted = sample("accepted");
    let (italian, english) = (render(&texts, &accepted, Language::It), render(&texts, &accepted, Language::En));
    assert!(italian.text.contains("Care colleghe") && italian.html.contains("Care colleghe"));
    assert!(italian.html.contains("Rete di Prova") && english.html.contains("Rete di Prova"));
    assert_eq!(english.text, render(&Texts::default(), &accepted, Language::En).text);
}

#[test]
fn what_is_wrong_with_a_folder_is_said_with_its_file() {
    let said = |name: &str, text: &str| {
        let folder = tempdir().unwrap();
        write(&folder, name, text);
        wrong(folder.path())
    };
    assert!(said("it/acepted.j2", "").contains("acepted.j2"), "a slip in a name is not passed over");
    assert!(said("it/accepted.j2", "\n{% block subject").contains("it/accepted.j2, line 2"));
    let own = built_in("en/accepted.j2");
    let broken = said("en/accepted.j2", &own.replacen("{{ owner", "{{ onwer", 1));
    assert!(broken.contains("`accepted`") && broken.contains("`en`") && broken.contains("en"), "{broken}");
    let (head, rest) = own.split_once("{% block subject %}").unwrap();
    let unnumbered =
        format!("{head}{{% block subject %}}Yes{{% endblock %}}{}", rest.split_once("{% endblock %}").unwrap().1);
    assert!(said("en/accepted.j2", &unnumbered).contains("[REQ-2026-0001]"));
    let linkless: String = own.lines().filter(|line| !line.contains("_url")).flat_map(|line| [line, "\n"]).collect();
    assert!(said("en/accepted.j2", &linkless).contains("link"));
    assert!(said("it/accepted.j2", &"x".repeat(70_000)).contains("64 KiB"));
    let gone = Texts::with_folder(Path::new("no-such-folder")).unwrap_err();
    assert!(matches!(gone, TextsError::File { .. }), "{gone}");
}

#[test]
fn what_a_folders_words_cannot_say_is_said_in_the_built_in_ones() {
    let folder = tempdir().unwrap();
    let own = built_in("it/new_message.j2");
    let at = own.find("{% block body %}").unwrap() + "{% block body %}".len();
    let own =
        format!("{}{{% if body_text == \"raro\" %}}{{{{ nothing }}}}{{% endif %}}Nostro. {}", &own[..at], &own[at..]);
    write(&folder, "it/new_message.j2", &own);
    let texts = Texts::with_folder(folder.path()).unwrap();
    let saying = |said: &str| {
        let mut letter = sample("new_message");
        if let Letter::NewMessage { body_text, .. } = &mut letter {
            said.clone_into(body_text);
        }
        letter
    };
    assert!(render(&texts, &saying("spesso"), Language::It).text.contains("Nostro."));
    let rare = render(&texts, &saying("raro"), Language::It);
    assert_eq!(rare, render(&Texts::default(), &saying("raro"), Language::It));
}

#[test]
fn every_letter_is_on_the_page_and_the_page_asks_nothing_of_any_host() {
    let page = preview::page(&Texts::default(), |language| Timing::default().said(language)).unwrap();
    for language in BOTH {
        for (case, letter) in Letter::samples(language) {
            let subject = render(&Texts::default(), &letter, language).subject;
            let subject = subject.replace('&', "&amp;").replace('\'', "&#x27;").replace('"', "&quot;");
            assert!(page.contains(&subject), "{case}: {subject}");
        }
    }
    assert!(!page.contains("src=\"http") && !page.contains("<link") && !page.contains("<script"));
}
