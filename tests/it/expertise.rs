//! What territories know how to do: told from public facts, ranked, in as many statements for fifty as for one.
use crate::{
    requests::{Cast, document, opaque, practice_with},
    support::Hub,
};
use innesto::{
    domain::{
        id::{PracticeId, TerritoryId},
        lineage::{Edge, LineageKind},
        permission::{Actor, PracticeStatus},
        practice::{Practice, Provenance},
        territory::{Territory, TerritoryKind},
    },
    store::{lineage, territories},
};
use serde_json::{Value, json};

const DRAFT: &str = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
    replicationRequest { id } userErrors { code } } }";
const OF: &str =
    "query($slug: String!, $first: Int! = 10) { territory(by: { slug: $slug }) { expertise(first: $first) {
    term { scheme code } score practicesRun copiedByOthers requestsAnswered medianDaysToAnswer } } }";
const RANKED: &str =
    "query($in: ExpertInInput!, $filter: TerritoryFilter, $first: Int, $after: String, $last: Int, $before: String) {
    territories(expertIn: $in, filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount
        edges { cursor node { slug } expertise { score practicesRun copiedByOthers requestsAnswered term { code } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// What a territory knows: code, practices, copies, answers, median.
async fn known(hub: &Hub, slug: &str) -> Vec<(String, i64, i64, i64, Option<f64>)> {
    let told = hub.data(&Actor::Nobody, OF, json!({ "slug": slug })).await["territory"]["expertise"].take();
    let row = |of: &Value| {
        let number = |name: &str| of[name].as_i64().unwrap();
        let code = of["term"]["code"].as_str().unwrap().to_owned();
        let median = of["medianDaysToAnswer"].as_f64();
        (code, number("practicesRun"), number("copiedByOthers"), number("requestsAnswered"), median)
    };
    told.as_array().unwrap().iter().map(row).collect()
}

/// A published practice of this territory with these targets, and no field.
async fn practice_of(hub: &Hub, owner: TerritoryId, targets: &[&str]) -> Practice {
    practice_with(hub, |p| {
        (p.owner, p.field) = (owner, None);
        p.targets = targets.iter().map(|code| (*code).to_owned()).collect();
    })
    .await
}

async fn copied(hub: &Hub, child: PracticeId, parent: PracticeId, kind: LineageKind, confirmed: bool) {
    let declared_at = hub.app.clock.now();
    let edge = Edge {
        child,
        parent,
        kind,
        request: None,
        note: String::new(),
        declared_by: None,
        declared_at,
        confirmed_at: confirmed.then_some(declared_at),
    };
    let mut tx = hub.app.store.begin().await.unwrap();
    lineage::insert(&mut tx, &edge).await.unwrap();
    tx.commit(declared_at).await.unwrap();
}

/// So many Comuni of a province of their own, by slug.
async fn comuni(hub: &Hub, number: usize) -> Vec<TerritoryId> {
    let mut tx = hub.app.store.begin().await.unwrap();
    let mut ids = Vec::new();
    for n in 0..number {
        let slug = format!("comune-{n:02}");
        let comune = Territory {
            id: hub.app.clock.id(),
            kind: TerritoryKind::Comune,
            name: slug.clone(),
            slug,
            aliases: Vec::new(),
            province: "BR".into(),
            legal_form: None,
            seat: None,
            ambito: None,
            istat_code: None,
            belfiore_code: None,
            ipa_code: None,
            population: None,
            area_km2: None,
            latitude: None,
            longitude: None,
            area_class: None,
            mailbox: None,
        };
        territories::save(&mut tx, &comune).await.unwrap();
        ids.push(comune.id);
    }
    use innesto::domain::{
        event::{EventKind, NewEvent},
        id::{Id, kind},
    };
    tx.emit(NewEvent::new(EventKind::TerritoriesImported, Id::<kind::Territory>::of(uuid::Uuid::nil())));
    tx.commit(hub.app.clock.now()).await.unwrap();
    ids
}

on_both! {
    async fn it_is_told_from_public_facts_alone(hub: Hub) {
        assert_eq!(known(&hub, "bitonto").await, []);
        let [bitonto, troia, nardo] = [hub.territory("bitonto").await, hub.territory("troia").await, hub.territory("nardo").await];
        let original = practice_with(&hub, |p| {
            p.other_fields = vec!["ORG_PROCESS".into()];
            p.targets = vec!["MINORS".into()];
            p.funds = vec!["FNA".into()];
        }).await;
        // None of these is public, or a fact.
        practice_with(&hub, |p| p.status = PracticeStatus::Draft).await;
        practice_with(&hub, |p| p.status = PracticeStatus::UnderReview).await;
        practice_with(&hub, |p| p.status = PracticeStatus::Archived).await;
        practice_with(&hub, |p| p.provenance = Provenance::Illustrative).await;
        // Of two copies in Troia one counts, a draft's not yet, an idea taken up never, nor one of one's own.
        for _ in 0..2 {
            copied(&hub, practice_of(&hub, troia, &["FAMILIES"]).await.id, original.id, LineageKind::Copied, true).await;
        }
        let idea = practice_of(&hub, nardo, &[]).await;
        copied(&hub, idea.id, original.id, LineageKind::InspiredBy, true).await;
        let unconfirmed = practice_of(&hub, nardo, &[]).await;
        copied(&hub, unconfirmed.id, original.id, LineageKind::Copied, false).await;
        let draft = practice_with(&hub, |p| (p.owner, p.status) = (nardo, PracticeStatus::Draft)).await;
        copied(&hub, draft.id, original.id, LineageKind::Adapted, true).await;
        copied(&hub, practice_of(&hub, bitonto, &[]).await.id, original.id, LineageKind::Copied, true).await;
        let told = |code: &str| (code.to_owned(), 1, 1, 0, None);
        // The primary field and the target weigh the same, the secondary field less; funds are no expertise.
        assert_eq!(known(&hub, "bitonto").await, [told("SOCIO_EDU"), told("MINORS"), told("ORG_PROCESS")]);
        assert_eq!(known(&hub, "troia").await, [("FAMILIES".into(), 2, 0, 0, None)]);
        let answer = hub.data(&Actor::Nobody, OF, json!({ "slug": "bitonto", "first": 1 })).await;
        assert_eq!(answer["territory"]["expertise"].as_array().unwrap().len(), 1);
        let answer = hub.ask(&Actor::Nobody, OF, json!({ "slug": "bitonto", "first": 51 })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
    }

    async fn answers_count_by_the_working_days_they_took(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let day = |days: i64| hub.app.clock.advance_seconds(days * 86_400);
        let mut requests = Vec::new();
        for _ in 0..3 {
            let id = opaque(practice_with(&hub, |p| p.targets = vec!["MINORS".into()]).await.id);
            let input = json!({ "practice": id, "need": "Serve", "supportLevel": "DOCUMENTS" });
            let id = hub.done(&cast.requester, DRAFT, input).await["replicationRequest"]["id"].take();
            hub.done(&cast.requester, &document("sendReplicationRequest"), json!({ "id": id })).await;
            requests.push(id);
        }
        let decline = async |id: &Value| {
            let input = json!({ "id": id, "reason": "NO_CAPACITY" });
            hub.done(&cast.owner, &document("declineReplicationRequest"), input).await;
        };
        let score = async || {
            let told = hub.data(&Actor::Nobody, OF, json!({ "slug": "bitonto" })).await;
            told["territory"]["expertise"][0]["score"].as_f64().unwrap()
        };
        let before = score().await;
        // Sent on Monday 2 March, answered on Thursday 5: three working days.
        day(3);
        decline(&requests[0]).await;
        let told = |answered, median| vec![("SOCIO_EDU".to_owned(), 3, 0, answered, Some(median)), ("MINORS".to_owned(), 3, 0, answered, Some(median))];
        assert_eq!(known(&hub, "bitonto").await, told(1, 3.0));
        let quick = score().await;
        assert!(quick > before);
        // On Wednesday 11, after a weekend: seven. A slow answer counts, but less.
        day(6);
        decline(&requests[1]).await;
        assert_eq!(known(&hub, "bitonto").await, told(2, 5.0));
        let slow = score().await;
        assert!(slow > quick && slow - quick < quick - before);
        day(731);
        assert_eq!(score().await.to_bits(), before.to_bits(), "what is older than two years is not counted");
    }

    async fn who_knows_most_is_first_and_pages_go_both_ways(hub: Hub) {
        let ids = comuni(&hub, 7).await;
        for (n, id) in ids.iter().enumerate().skip(1) {
            // The last two know the same.
            for _ in 0..n.min(5) {
                practice_of(&hub, *id, &["OLDER_PEOPLE"]).await;
            }
        }
        practice_of(&hub, hub.territory("bitonto").await, &["OLDER_PEOPLE"]).await;
        let ask = async |more: Value| {
            let mut asked = json!({ "in": { "target": "OLDER_PEOPLE" }, "filter": { "province": "br" } });
            asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            hub.data(&Actor::Nobody, RANKED, asked).await["territories"].take()
        };
        let practices = |page: &Value| {
            let edges = page["edges"].as_array().unwrap().iter();
            edges.map(|edge| edge["expertise"]["practicesRun"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let all = ask(json!({})).await;
        assert_eq!((practices(&all), &all["totalCount"]), (vec![5, 5, 4, 3, 2, 1], &json!(6)));
        assert_eq!(all["edges"][0]["expertise"]["term"]["code"], "OLDER_PEOPLE");
        let slugs = |page: &Value| {
            let edges = page["edges"].as_array().unwrap().iter();
            edges.map(|edge| edge["node"]["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        // One at a time forwards, then backwards, through the two with the same score.
        let (mut forwards, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = ask(json!({ "first": 1, "after": after })).await;
            forwards.extend(slugs(&page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false { break; }
        }
        assert_eq!(forwards, slugs(&all));
        let (mut backwards, mut before) = (Vec::new(), Value::Null);
        loop {
            let page = ask(json!({ "last": 2, "before": before })).await;
            backwards.splice(0..0, slugs(&page));
            before = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == false { break; }
        }
        assert_eq!(backwards, slugs(&all));
        let everywhere = ask(json!({ "filter": null })).await;
        assert_eq!(everywhere["totalCount"], 7);
        assert_eq!(ask(json!({ "filter": { "kind": "AMBITO" } })).await["edges"], json!([]));
        assert_eq!(ask(json!({ "in": { "field": "SOCIO_EDU" } })).await["edges"], json!([]));
        // Where there is no ranking there is nothing to tell.
        let plain = hub.data(&Actor::Nobody, "{ territories(first: 1) { edges { cursor expertise { score } } } }", json!({})).await;
        assert_eq!(plain["territories"]["edges"][0]["expertise"], json!(null));
        let of_slugs = plain["territories"]["edges"][0]["cursor"].clone();
        for wrong in [json!({ "in": { "tool": "NONSENSE" } }), json!({ "in": { "tool": "PUA" }, "after": of_slugs })] {
            let answer = hub.ask(&Actor::Nobody, RANKED, wrong).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID");
        }
    }

    async fn fifty_territories_ask_as_often_as_one(hub: Hub) {
        let ids = comuni(&hub, 50).await;
        let original = practice_of(&hub, ids[0], &["MINORS"]).await;
        for id in &ids[1..] {
            let copy = practice_of(&hub, *id, &["MINORS", "FAMILIES"]).await;
            copied(&hub, copy.id, original.id, LineageKind::Copied, true).await;
        }
        hub.listen().await;
        let of_each = "query($first: Int) { territories(first: $first, filter: { province: \"BR\" }) { nodes { slug expertise { score term { code label } copiedByOthers } } } }";
        let (data, many) = hub.statements(hub.data(&Actor::Nobody, of_each, json!({ "first": 50 }))).await;
        let nodes = data["territories"]["nodes"].as_array().unwrap();
        assert_eq!((nodes.len(), &nodes[0]["expertise"][0]["copiedByOthers"]), (50, &json!(49)));
        assert_eq!(nodes[1]["expertise"].as_array().unwrap().len(), 2);
        let (_, one) = hub.statements(hub.data(&Actor::Nobody, of_each, json!({ "first": 1 }))).await;
        assert_eq!((many, one), (2, 2));
        let ranked = json!({ "in": { "target": "MINORS" }, "first": 50 });
        let (data, statements) = hub.statements(hub.data(&Actor::Nobody, RANKED, ranked)).await;
        assert_eq!(data["territories"]["edges"][0]["node"]["slug"], "comune-00");
        assert_eq!(statements, 2);
    }
}
