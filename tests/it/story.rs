//! The main job as a program: a fresh demo hub, and `client-examples/curl/story.sh` run against it to its end, twice.
use crate::support::server::Place;
use innesto::store::Engine;
use std::process::Command;

async fn told_on(engine: Engine) {
    let place = Place::empty(engine).await;
    let hub = place.serve(&["--demo"]);
    for _ in 0..2 {
        let script = format!("{}/client-examples/curl/story.sh", env!("CARGO_MANIFEST_DIR"));
        let url = hub.url.clone();
        let told = tokio::task::spawn_blocking(move || Command::new(script).arg(url).output().unwrap()).await.unwrap();
        let story = String::from_utf8(told.stdout).unwrap();
        assert!(told.status.success(), "{story}\n{}", String::from_utf8_lossy(&told.stderr));
        for part in ["In.Con.Tra", "IN_PROGRESS", "COMPLETED", "In.Centro", "ADAPTED", "Fine: REQ-"] {
            assert!(story.contains(part), "{part} is missing in\n{story}");
        }
    }
}

#[tokio::test]
async fn the_story_is_told_to_its_end_on_sqlite() {
    told_on(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_story_is_told_to_its_end_on_postgres() {
    told_on(Engine::Postgres).await;
}

#[tokio::test]
async fn a_demo_starts_again_with_its_data_starts_over_when_asked_and_spares_real_data_on_sqlite() {
    starts_over_on(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_demo_starts_again_with_its_data_starts_over_when_asked_and_spares_real_data_on_postgres() {
    starts_over_on(Engine::Postgres).await;
}

async fn starts_over_on(engine: Engine) {
    let place = Place::empty(engine).await;
    drop(place.serve(&["--demo", "--without-history"]));
    place.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "BR4"]);
    let token = |place: &Place| place.run(&["token", "create", "ada@example.invalid", "--name", "prova"]).0;
    drop(place.serve(&["--demo", "--without-history"]));
    assert!(token(&place), "what was done before is still there");
    drop(place.serve(&["--demo", "--without-history", "--fresh"]));
    assert!(!token(&place), "a fresh demo knows nothing of before");
    let real = Place::new(engine).await;
    real.print(&["member", "add", "ada@example.invalid", "--name", "Ada", "--territory", "Comune di Bitonto"]);
    for arguments in [&["serve", "--demo"][..], &["serve", "--demo", "--fresh"]] {
        let (well, told) = real.run(arguments);
        assert!(!well && told.contains("INNESTO_DATABASE_URL"), "{told}");
    }
    assert!(token(&real));
}
