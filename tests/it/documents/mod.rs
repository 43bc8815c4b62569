//! Documents of kits: uploaded, looked at, used by a kit, seen by whom it concerns, and taken away when nobody needs
//! them.
mod http;

use crate::{
    requests::{opaque, practice},
    support::Hub,
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use innesto::{
    app::App,
    domain::{
        document::{Document, MediaType, settled_within},
        id::PracticeId,
        permission::Actor,
        refusal::{Code, Failure, Outcome},
    },
    service::{
        documents::{self, Upload},
        practices::{self, PracticeKey},
    },
    store::sql::sql,
};
use serde_json::json;

pub const ADD: &str = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) {
    item { id version document { id name mediaType size sha256 url } } userErrors { code field message } } }";
const EDIT: &str = "mutation($input: UpdateKitItemInput!) { updateKitItem(input: $input) {
    item { version text { source } document { id } } userErrors { code field message } } }";
const REMOVE: &str = "mutation($input: RemoveKitItemInput!) { removeKitItem(input: $input) {
    practice { id } userErrors { code } } }";
const NODE: &str = "query($id: ID!) { node(id: $id) { ... on Document { name } } }";

async fn upload(app: &App, actor: &Actor, practice: PracticeId, name: &str, bytes: &'static [u8]) -> Outcome<Document> {
    let new = Upload { practice, name: name.into(), size: bytes.len() as u64 };
    documents::upload(app, actor, new, stream::iter(bytes.chunks(3).map(|piece| Ok::<_, ()>(Bytes::from(piece))))).await
}

fn code(done: Outcome<Document>) -> Code {
    match done {
        Err(Failure::Refused(refusals)) => refusals[0].code,
        other => panic!("{other:?}"),
    }
}

async fn draft(hub: &Hub) -> PracticeId {
    hub.draft("bitonto", "Prova").await;
    let key = PracticeKey::Slug("prova".into());
    practices::find(&hub.app, &Actor::System, &key).await.unwrap().unwrap().id
}

#[derive(sqlx::FromRow)]
struct Row {
    state: String,
    uses: i64,
}

async fn rows(hub: &Hub) -> Vec<(String, i64)> {
    let rows: Vec<Row> = sql("SELECT state, uses FROM document ORDER BY id").all(&hub.app.store).await.unwrap();
    rows.into_iter().map(|row| (row.state, row.uses)).collect()
}

async fn bytes_of(hub: &Hub, document: &Document) -> Option<Vec<u8>> {
    let pieces: Vec<_> = hub.app.files.read(document.id, None).await.ok()?.collect().await;
    Some(pieces.into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect())
}

fn item(practice: PracticeId, document: &Document) -> serde_json::Value {
    json!({ "practice": opaque(practice), "kind": "FORM", "phase": "RUN", "title": "Modulo", "document": opaque(document.id) })
}

on_both! {
    async fn a_document_is_uploaded_used_by_a_kit_and_taken_away_with_the_last_use(hub: Hub) {
        let (member, stranger) = (hub.member("bitonto").await, hub.stranger().await);
        let practice = draft(&hub).await;
        let document = upload(&hub.app, &member, practice, "../Avviso pubblico.doc", b"%PDF-1.7 avviso").await.unwrap();
        assert_eq!((document.name.as_str(), document.size), ("Avviso pubblico.pdf", 15));
        assert_eq!(bytes_of(&hub, &document).await.unwrap(), b"%PDF-1.7 avviso");
        assert_eq!(hub.data(&stranger, NODE, json!({ "id": opaque(document.id) })).await["node"], json!(null));
        let added = hub.done(&member, ADD, item(practice, &document)).await;
        let shown = &added["item"]["document"];
        assert_eq!(shown["mediaType"], "application/pdf");
        let url = format!("http://127.0.0.1:8080/documents/{}/Avviso%20pubblico.pdf", opaque(document.id));
        assert_eq!(shown["url"], url);
        // Another item may use it too.
        let second = hub.done(&member, ADD, item(practice, &document)).await["item"].take();
        assert_eq!(rows(&hub).await, [("READY".to_owned(), 2)]);
        let to_text = json!({ "item": second["id"], "expectedVersion": 1, "text": "Testo", "document": null });
        let done = hub.done(&member, EDIT, to_text).await;
        assert_eq!(done["item"], json!({ "version": 2, "text": { "source": "Testo" }, "document": null }));
        let both = json!({ "item": second["id"], "expectedVersion": 2, "document": opaque(document.id) });
        assert_eq!(hub.refused(&member, EDIT, both).await, "INVALID");
        let other = upload(&hub.app, &member, practice, "altro", b"testo").await.unwrap();
        let exchanged = json!({ "item": added["item"]["id"], "expectedVersion": 1, "document": opaque(other.id) });
        hub.done(&member, EDIT, exchanged).await;
        assert_eq!(rows(&hub).await, [("DOOMED".to_owned(), 0), ("READY".to_owned(), 1)]);
        // What no kit needs any more is gone for everybody at once, its bytes a little later.
        assert_eq!(hub.data(&member, NODE, json!({ "id": opaque(document.id) })).await["node"], json!(null));
        assert_eq!(hub.refused(&member, ADD, item(practice, &document)).await, "NOT_FOUND");
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!(bytes_of(&hub, &document).await, None);
        hub.done(&member, REMOVE, json!({ "item": added["item"]["id"] })).await;
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!((rows(&hub).await, bytes_of(&hub, &other).await), (vec![], None));
    }

    async fn a_document_is_seen_by_whoever_may_see_a_practice_that_uses_it(hub: Hub) {
        let member = hub.member("bitonto").await;
        let (public, draft) = (practice(&hub).await.id, draft(&hub).await);
        let document = upload(&hub.app, &member, draft, "nota.txt", b"nota").await.unwrap();
        let node = json!({ "id": opaque(document.id) });
        let sees = async |actor: &Actor| hub.data(actor, NODE, node.clone()).await["node"]["name"] == "nota.txt";
        assert!(sees(&member).await && !sees(&Actor::Nobody).await && !sees(&hub.facilitator().await).await);
        let added = hub.done(&member, ADD, item(draft, &document)).await["item"]["id"].take();
        assert!(sees(&member).await && !sees(&Actor::Nobody).await && !sees(&hub.steward().await).await);
        // Nobody else can put it into a kit of their own.
        let foreign = hub.draft("troia", "Altra").await["id"].take();
        let mut wanted = item(draft, &document);
        wanted["practice"] = foreign;
        assert_eq!(hub.refused(&hub.member("troia").await, ADD, wanted.clone()).await, "NOT_FOUND");
        hub.done(&member, ADD, item(public, &document)).await;
        assert!(sees(&Actor::Nobody).await);
        // What is public others may use: a copy's kit holds the same document.
        hub.done(&hub.member("troia").await, ADD, wanted).await;
        hub.done(&member, REMOVE, json!({ "item": added })).await;
        assert!(sees(&Actor::Nobody).await);
        assert_eq!(rows(&hub).await, [("READY".to_owned(), 2)]);
    }

    async fn what_never_arrived_is_swept_in_its_time_and_what_nobody_adds_to_a_kit_after_a_day(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = draft(&hub).await;
        let document = upload(&hub.app, &member, practice, "a.txt", b"testo").await.unwrap();
        let killed = Upload { practice, name: "b.txt".into(), size: 5 };
        let never = stream::once(async { Ok::<_, ()>(Bytes::from("te")) }).chain(stream::pending());
        let (app, actor) = (hub.app.clone(), member.clone());
        let task = tokio::spawn(async move { documents::upload(&app, &actor, killed, Box::pin(never)).await });
        while rows(&hub).await.len() < 2 {
            tokio::task::yield_now().await;
        }
        task.abort();
        let settled = i64::try_from(settled_within(hub.app.config.document_mb << 20)).unwrap();
        hub.app.clock.advance_seconds(settled);
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!(rows(&hub).await.len(), 2);
        hub.app.clock.advance_seconds(1);
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!(rows(&hub).await, [("READY".to_owned(), 0)]);
        hub.app.clock.advance_seconds(86_000 - settled);
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!(rows(&hub).await.len(), 1);
        hub.app.clock.advance_seconds(1_000);
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!((rows(&hub).await, bytes_of(&hub, &document).await), (vec![], None));
    }

    async fn what_a_killed_process_left_takes_no_room_once_it_could_have_arrived(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = draft(&hub).await;
        let (most, mut room) = (hub.app.config.document_mb << 20, hub.app.config.territory_documents_mb << 20);
        let mut tx = hub.app.store.begin().await.unwrap();
        while room > 0 {
            let left = Document {
                id: hub.app.clock.id(),
                practice: Some(practice),
                territory: hub.territory("bitonto").await,
                name: "a.txt".into(),
                media_type: MediaType::Text,
                size: i64::try_from(most.min(room)).unwrap(),
                sha256: String::new(),
                uploaded_by: member.person(),
                created_at: hub.app.clock.now(),
            };
            room -= most.min(room);
            innesto::store::documents::insert_pending(&mut tx, &left).await.unwrap();
        }
        tx.commit(hub.app.clock.now()).await.unwrap();
        hub.app.clock.advance_seconds(i64::try_from(settled_within(most)).unwrap());
        assert_eq!(code(upload(&hub.app, &member, practice, "a.txt", b"testo").await), Code::TooMany);
        hub.app.clock.advance_seconds(1);
        upload(&hub.app, &member, practice, "a.txt", b"testo").await.unwrap();
        documents::sweep(&hub.app).await.unwrap();
        assert_eq!(rows(&hub).await, [("READY".to_owned(), 0)]);
    }

    async fn what_is_not_accepted_or_does_not_arrive_whole_leaves_nothing(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = draft(&hub).await;
        assert_eq!(code(upload(&hub.app, &member, practice, "a.html", b"<html>").await), Code::Invalid);
        assert_eq!(code(upload(&hub.app, &member, practice, "a.txt", b"").await), Code::Required);
        assert_eq!(code(upload(&hub.app, &hub.member("troia").await, practice, "a.txt", b"a").await), Code::NotFound);
        assert_eq!(code(upload(&hub.app, &Actor::Nobody, practice, "a.txt", b"a").await), Code::NotFound);
        let published = crate::requests::practice(&hub).await.id;
        assert_eq!(code(upload(&hub.app, &hub.member("troia").await, published, "a.txt", b"a").await), Code::Forbidden);
        assert_eq!(code(upload(&hub.app, &Actor::Nobody, published, "a.txt", b"a").await), Code::SignInNeeded);
        for (size, pieces) in [
            (5, vec![Ok("test"), Err(())]),
            (5, vec![Ok("test")]),
            (5, vec![Ok("testo"), Ok("di troppo")]),
        ] {
            let new = Upload { practice, name: "a.txt".into(), size };
            let body = stream::iter(pieces.into_iter().map(|piece| piece.map(Bytes::from)));
            assert_eq!(code(documents::upload(&hub.app, &member, new, body).await), Code::TooLate);
        }
        let large = Upload { practice, name: "a.txt".into(), size: (25 << 20) + 1 };
        let body = stream::empty::<Result<Bytes, ()>>();
        assert_eq!(code(documents::upload(&hub.app, &member, large, body).await), Code::TooLong);
        assert_eq!(rows(&hub).await, []);
    }

    async fn the_scanner_decides_before_anybody_can_read_it(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = draft(&hub).await;
        let mut app = hub.app.clone();
        let scanner = |command: &str| {
            let mut config = (*hub.app.config).clone();
            config.scan_command = Some(command.into());
            std::sync::Arc::new(config)
        };
        app.config = scanner("grep -qv EICAR");
        let clean = upload(&app, &member, practice, "a.txt", b"testo").await.unwrap();
        assert_eq!(code(upload(&app, &member, practice, "b.txt", b"EICAR").await), Code::Invalid);
        app.config = scanner("no-such-scanner");
        assert!(matches!(upload(&app, &member, practice, "c.txt", b"testo").await, Err(Failure::Fault(_))));
        assert_eq!(rows(&hub).await, [("READY".to_owned(), 0)]);
        assert!(bytes_of(&hub, &clean).await.is_some());
    }

    async fn of_many_uploads_at_once_only_those_that_have_room_get_in(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = draft(&hub).await;
        let mut config = (*hub.app.config).clone();
        config.territory_documents_mb = 1;
        let app = App { config: std::sync::Arc::new(config), ..hub.app.clone() };
        static QUARTER: [u8; 300_000] = [b'a'; 300_000];
        let tasks: Vec<_> = (0..8).map(|_| {
            let (app, actor) = (app.clone(), member.clone());
            tokio::spawn(async move { upload(&app, &actor, practice, "a.txt", &QUARTER).await })
        }).collect();
        let mut taken = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => taken += 1,
                refused => assert_eq!(code(refused), Code::TooMany),
            }
        }
        assert_eq!((taken, rows(&hub).await.len()), (3, 3));
        for _ in 0..97 {
            upload(&hub.app, &member, practice, "a.txt", b"a").await.unwrap();
        }
        assert_eq!(code(upload(&hub.app, &member, practice, "a.txt", b"a").await), Code::TooMany);
    }

    async fn a_document_that_is_let_go_and_taken_at_once_is_either_there_or_refused(hub: Hub) {
        let (member, troia) = (hub.member("bitonto").await, hub.member("troia").await);
        let public = practice(&hub).await.id;
        let foreign = hub.draft("troia", "Altra").await["id"].take();
        for n in 0..10 {
            let document = upload(&hub.app, &member, public, "a.txt", b"testo").await.unwrap();
            let held = hub.done(&member, ADD, item(public, &document)).await["item"]["id"].take();
            let mut wanted = item(public, &document);
            wanted["practice"] = foreign.clone();
            let (_, taken) = tokio::join!(
                hub.done(&member, REMOVE, json!({ "item": held })),
                hub.data(&troia, ADD, json!({ "input": wanted })),
            );
            let got = taken["addKitItem"]["userErrors"] == json!([]);
            documents::sweep(&hub.app).await.unwrap();
            assert_eq!(bytes_of(&hub, &document).await.is_some(), got, "round {n}");
        }
    }

    async fn a_list_of_kits_asks_once_for_all_documents(hub: Hub) {
        let member = hub.member("bitonto").await;
        let practice = practice(&hub).await.id;
        let query = "{ practices { nodes { kit { document { name } } } } }";
        let (_, before) = hub.statements(hub.data(&Actor::Nobody, query, json!({}))).await;
        for _ in 0..5 {
            let document = upload(&hub.app, &member, practice, "a.txt", b"testo").await.unwrap();
            hub.done(&member, ADD, item(practice, &document)).await;
        }
        let (data, after) = hub.statements(hub.data(&Actor::Nobody, query, json!({}))).await;
        assert_eq!(data["practices"]["nodes"][0]["kit"].as_array().unwrap().len(), 5);
        assert_eq!(after, before + 1);
    }
}
