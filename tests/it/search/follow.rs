//! The index keeps up with the log, or is built anew: after a kill, damage, another version, another database.
use super::{FIND, found, slugs, titles};
use crate::support::{
    Hub,
    server::{Place, Server},
};
use innesto::{
    domain::permission::Actor,
    service::{practices::Filter, search},
    store::Engine,
};
use serde_json::json;
use std::{fs, path::Path, time::Duration};
use tokio::time::sleep;

fn data(path: &str) -> String {
    format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))
}

async fn filled(engine: Engine) -> Place {
    let place = Place::empty(engine).await;
    for (what, file) in [
        ("territories", "territories/territories.csv"),
        ("vocabularies", "vocabularies.csv"),
        ("synonyms", "synonyms.csv"),
        ("practices", "demo/practices.json"),
    ] {
        place.print(&["import", what, &data(file)]);
    }
    place
}

/// What a search gives once there is an index, within ten seconds.
async fn first_found(server: &Server, query: &str) -> Vec<String> {
    for _ in 0..200 {
        let answer = server.ask("", FIND, json!({ "query": query })).await.unwrap();
        let found = &answer["data"]["search"];
        if found["isBuilding"] == json!(false) {
            return titles(found).into_iter().map(str::to_owned).collect();
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("still building");
}

/// A damage done to an index.
type Damage = fn(&Path);

#[tokio::test]
async fn a_killed_server_finds_everything_again_whatever_became_of_its_index() {
    let place = filled(Engine::Sqlite).await;
    let index = place.folder().join("search");
    let whole = "Housing first e stazione di posta con budget individuale";
    let damages: [(&str, Damage); 5] = [
        ("nothing", |_| ()),
        ("gone", |folder| fs::remove_dir_all(folder).unwrap()),
        ("another version", |folder| {
            let meta = fs::read_to_string(folder.join("meta.json")).unwrap();
            fs::write(folder.join("meta.json"), meta.replace("\\\"version\\\":", "\\\"version\\\":9")).unwrap();
        }),
        ("half a file", |folder| {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|kind| kind == "idx" || kind == "term" || kind == "fast") {
                    let bytes = fs::read(&path).unwrap();
                    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
                }
            }
        }),
        ("no list of files", |folder| fs::write(folder.join("meta.json"), "{").unwrap()),
    ];
    for (name, damage) in damages {
        let server = place.serve(&[]);
        assert_eq!(first_found(&server, "hausing first").await.first().map(String::as_str), Some(whole), "{name}");
        server.kill_now();
        damage(&index);
        // Killed while it builds, if it does.
        let server = place.serve(&[]);
        sleep(Duration::from_millis(30)).await;
        server.kill_now();
        let server = place.serve(&[]);
        assert_eq!(first_found(&server, "housing").await, [whole], "{name}");
        assert!(server.alarms.lock().unwrap().is_empty(), "{name}: {:?}", server.alarms.lock().unwrap());
    }
    let server = place.serve(&[]);
    first_found(&server, "housing").await;
    assert!(place.print(&["search", "rebuild"]).contains("A server has the index open"));
    server.logged("the search index is built");
    server.kill_now();
    assert!(place.print(&["search", "rebuild"]).contains("26 practices"));
    let (_, told) = place.run(&["doctor"]);
    assert!(told.contains("ok    search: the index holds 26 practices and all events"), "{told}");
}

#[tokio::test]
async fn an_index_of_another_database_is_not_used() {
    let (hub, other) = (Hub::start(Engine::Sqlite).await, Hub::start(Engine::Sqlite).await);
    hub.publish("bitonto", "Del primo").await;
    other.publish("bitonto", "Del secondo").await;
    other.publish("troia", "Ancora del secondo").await;
    let folder = tempfile::tempdir().unwrap();
    for (app, words, whole) in [(&hub.app, "primo", 1), (&other.app, "secondo", 2), (&hub.app, "primo", 1)] {
        let mut app = app.clone();
        app.search = innesto::search::Search::in_folder(folder.path().join("search"));
        assert_eq!(found(&app, words, Filter::default()).await.found.total, whole, "{words}");
        assert_eq!(found(&app, "", Filter::default()).await.found.total, whole, "{words}");
    }
}

#[tokio::test]
async fn two_instances_on_one_database_find_each_others_practices_within_a_second() {
    let hub = Hub::start(Engine::Postgres).await;
    let other = hub.another().await;
    let store = other.store.clone();
    let ears = tokio::spawn(async move { store.listen().await });
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let works = tokio::spawn(innesto::worker::run(other.clone(), stopped));
    found(&other, "", Filter::default()).await;
    for n in 0..3 {
        let title = format!("Dall'altra parte {n}");
        hub.publish("bitonto", &title).await;
        let since = innesto::clock::Clock::stopwatch();
        while found(&other, "altra parte", Filter::default()).await.page.items.len() <= n {
            assert!(since.elapsed() < Duration::from_secs(1), "{title}");
            sleep(Duration::from_millis(10)).await;
        }
    }
    works.abort();
    ears.abort();
}

on_both! {
    async fn a_new_label_and_a_new_synonym_are_found_without_touching_a_practice(hub: Hub) {
        use innesto::service::import::{Origin, synonyms, vocabularies};
        let practice = hub.publish("bitonto", "Prova").await;
        let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None };
        assert_eq!(slugs(&found(&hub.app, "gomitolo", Filter::default()).await), [""; 0]);
        let csv = "scheme,code,label_it,label_en,valid_from\nTARGET,MINORS,Gomitoli,Skeins,2023-06-15\n";
        vocabularies::run(&hub.app, csv.as_bytes(), &origin, false, &|_, _| ()).await.unwrap();
        assert_eq!(slugs(&found(&hub.app, "gomitolo", Filter::default()).await), [practice["slug"].as_str().unwrap()]);
        assert_eq!(slugs(&found(&hub.app, "GDL", Filter::default()).await), [""; 0]);
        let csv = "word,meaning,both_ways,note\nGDL,gomitolo,no,\n";
        let report = synonyms::run(&hub.app, csv.as_bytes(), &origin, false, &|_, _| ()).await.unwrap();
        assert_eq!(report.changes, ["+ GDL = gomitolo"]);
        assert_eq!(slugs(&found(&hub.app, "g.d.l.", Filter::default()).await), [practice["slug"].as_str().unwrap()]);
        let datasets = hub.data(&Actor::Nobody, "{ datasets { name } }", json!({})).await;
        assert!(datasets["datasets"].as_array().unwrap().contains(&json!({ "name": "synonyms" })));
        let wrong = synonyms::run(&hub.app, b"word,meaning,both_ways\nx,X,maybe\ny,y,yes\n", &origin, false, &|_, _| ()).await;
        assert!(wrong.unwrap_err().to_string().contains("line 2"));
    }

    async fn while_it_is_being_built_search_says_so(hub: Hub) {
        hub.publish("bitonto", "Prova").await;
        let turn = hub.app.search.turn().await;
        hub.app.search.open().unwrap();
        let found = hub.data(&Actor::Nobody, FIND, json!({ "query": "prova" })).await;
        assert_eq!((&found["search"]["isBuilding"], &found["search"]["totalCount"]), (&json!(true), &json!(0)));
        // Who can help is not known yet, which is not the same as nobody.
        let answer = hub.ask(&Actor::Nobody, "{ match(need: { text: \"prova\" }) { score } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "SEARCH_BUILDING", "{answer}");
        drop(turn);
        search::catch_up(&hub.app).await.unwrap();
        let found = hub.data(&Actor::Nobody, FIND, json!({ "query": "prova" })).await;
        assert_eq!((&found["search"]["isBuilding"], &found["search"]["totalCount"]), (&json!(false), &json!(1)));
        let found = hub.data(&Actor::Nobody, "{ match(need: { text: \"prova\" }) { score } }", json!({})).await;
        assert_eq!(found["match"].as_array().map(Vec::len), Some(1));
    }
}
