//! Standing matches: found once, told once to whom it concerns, whoever follows, however often it is killed.
use crate::{fuzz::random::Random, letters::email, support::Hub};
use innesto::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::PracticeId,
        mail::MailState,
        need::{Changes as NeedChanges, MOST_MATCHES, Need},
        permission::{Actor, PracticeStatus},
        practice::{Change, Changes, Practice, SupportLevel},
    },
    service::{
        needs::{self, Edit},
        practices::{self, PracticeKey},
    },
    store::{events, outbox, practices as stored, sql::sql},
    worker,
};
use serde_json::{Value, json};

const KEPT: &str = "query($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Need {
    standingMatches(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { score foundAt practice { title owner { slug } } need { id } } } } } }";
const TO_HELP: &str = "query($slug: String!) { territory(by: { slug: $slug }) {
    needsWeCanHelp { totalCount nodes { need { text territory { slug } } practice { title } score } } } }";

async fn follow(app: &App) {
    assert!(needs::follow(app).await.unwrap(), "the index is ready");
    assert_eq!(events::lag(&app.store, "needs").await.unwrap(), 0);
}

impl Hub {
    /// The titles of the practices kept for a need, the latest found first.
    async fn kept(&self, who: &Actor, need: &Need) -> Vec<String> {
        let list = self.data(who, KEPT, json!({ "id": need.id.opaque() })).await["node"]["standingMatches"].take();
        let nodes = list["nodes"].as_array().unwrap();
        if nodes.len() < 20 {
            assert_eq!(list["totalCount"], nodes.len());
        }
        nodes.iter().map(|m| m["practice"]["title"].as_str().unwrap().to_owned()).collect()
    }

    async fn told(&self) -> usize {
        let log = events::after(&self.app.store, 0, 10_000).await.unwrap();
        log.iter().filter(|event| event.kind == EventKind::NeedMatched).count()
    }

    async fn practice(&self, slug: &str) -> Practice {
        practices::find(&self.app, &Actor::System, &PracticeKey::Slug(slug.into())).await.unwrap().unwrap()
    }

    async fn change_practice(&self, slug: &str, changes: Changes) {
        let now = self.practice(slug).await;
        practices::edit(&self.app, &Actor::System, now.id, now.version, changes, false).await.unwrap();
    }

    async fn aim_at(&self, who: &Actor, need: &Need, targets: &[&str]) -> Need {
        let version = needs::find_many(&self.app, &[need.id]).await.unwrap()[0].version;
        let targets = Change::Set(targets.iter().map(|code| (*code).to_owned()).collect());
        let says = NeedChanges { targets, ..NeedChanges::default() };
        let edit = Edit { need: need.id, expected_version: version, says, no_personal_data: false };
        needs::edit(&self.app, who, edit).await.unwrap()
    }

    /// A public practice for these target groups.
    async fn one(&self, owner: &str, targets: &[&str]) -> PracticeId {
        let (now, owner, id) = (self.app.clock.now(), self.territory(owner).await, self.app.clock.id());
        let practice = Practice {
            slug: id.uuid().simple().to_string(),
            title: "Una".into(),
            summary: "In breve.".into(),
            objectives: "Scopo.".into(),
            results: "Esito.".into(),
            status: PracticeStatus::Published,
            published_at: Some(now),
            field: Some("SOCIO_EDU".into()),
            targets: targets.iter().map(|code| (*code).to_owned()).collect(),
            support_open: true,
            evidence_level: 2,
            support_levels: vec![SupportLevel::Documents],
            ..Practice::draft(id, owner, None, now)
        };
        let mut tx = self.app.store.begin().await.unwrap();
        assert!(stored::insert(&mut tx, &practice).await.unwrap());
        tx.emit(NewEvent::new(EventKind::PracticePublished, id).id("owner", owner));
        tx.commit(now).await.unwrap();
        id
    }

    /// So many public practices of Troia, straight into the store, as one publication each.
    async fn many(&self, count: usize, evidence_level: i64) -> Vec<PracticeId> {
        let (now, owner) = (self.app.clock.now(), self.territory("troia").await);
        let (mut ids, mut tx) = (Vec::new(), self.app.store.begin().await.unwrap());
        for _ in 0..count {
            let id = self.app.clock.id();
            let practice = Practice {
                slug: id.uuid().simple().to_string(),
                title: format!("Livello {evidence_level}"),
                status: PracticeStatus::Published,
                published_at: Some(now),
                field: Some("SOCIO_EDU".into()),
                targets: vec!["MINORS".into()],
                support_open: true,
                evidence_level,
                ..Practice::draft(id, owner, None, now)
            };
            assert!(stored::insert(&mut tx, &practice).await.unwrap());
            tx.emit(NewEvent::new(EventKind::PracticePublished, id).id("owner", owner));
            ids.push(id);
        }
        tx.commit(now).await.unwrap();
        ids
    }
}

on_both! {
    async fn what_is_there_when_a_need_is_posted_stands_on_its_page_and_is_told_to_nobody(hub: Hub) {
        let (member, helper) = (hub.member("bitonto").await, hub.member("troia").await);
        hub.publish("troia", "Doposcuola").await;
        hub.publish("bitonto", "Propria").await;
        let need = hub.need(&member, "bitonto", "", &["MINORS"]).await;
        let far = hub.need(&member, "bitonto", "Per altri", &["OLDER_PEOPLE"]).await;
        follow(&hub.app).await;
        assert_eq!(hub.kept(&member, &need).await, ["Doposcuola"], "not one's own");
        assert_eq!(hub.kept(&member, &far).await, Vec::<String>::new());
        assert_eq!((hub.told().await, hub.mailed().await), (0, vec![]));
        // What is kept is what is found, with the same score.
        let now = "query($id: ID!) { node(id: $id) { ... on Need { matches(first: 3) { score practice { title } reasons { sentence } }
            standingMatches { nodes { score } } } } }";
        let seen = hub.data(&member, now, json!({ "id": need.id.opaque() })).await["node"].take();
        assert_eq!(seen["matches"][0]["practice"]["title"], "Doposcuola");
        assert_eq!(seen["matches"][0]["score"], seen["standingMatches"]["nodes"][0]["score"]);
        assert!(seen["matches"][0]["score"].as_f64().unwrap() >= 50.0, "{seen}");
        for other in [&Actor::Nobody, &helper, &hub.steward().await] {
            let seen = hub.data(other, KEPT, json!({ "id": need.id.opaque() })).await;
            assert_eq!(seen["node"]["standingMatches"], json!(null));
        }
        let to_help = async |who: &Actor, slug: &str| hub.data(who, TO_HELP, json!({ "slug": slug })).await["territory"]["needsWeCanHelp"].take();
        let seen = to_help(&helper, "troia").await;
        assert_eq!((&seen["totalCount"], &seen["nodes"][0]["need"]["territory"]["slug"], &seen["nodes"][0]["practice"]["title"]), (&json!(1), &json!("bitonto"), &json!("Doposcuola")));
        assert_eq!(to_help(&member, "bitonto").await, json!({ "totalCount": 0, "nodes": [] }));
        for other in [&Actor::Nobody, &member, &hub.steward().await] {
            assert_eq!(to_help(other, "troia").await, json!(null));
        }
        hub.close_need(&member, &need).await.unwrap();
        follow(&hub.app).await;
        assert_eq!(to_help(&helper, "troia").await["totalCount"], 0, "who looks no longer needs no help");
        assert_eq!(hub.kept(&member, &need).await, ["Doposcuola"], "a closed need keeps what it had");
    }

    async fn what_comes_later_is_told_once_to_who_watches_however_often_it_changes(hub: Hub) {
        let (member, colleague, silent) = (hub.member("bitonto").await, hub.member("bitonto").await, hub.member("bitonto").await);
        let other = hub.member("troia").await;
        let need = hub.need(&member, "bitonto", "Un luogo per i ragazzi", &["MINORS"]).await;
        needs::watch(&hub.app, &colleague, need.id).await.unwrap();
        needs::watch(&hub.app, &silent, need.id).await.unwrap();
        needs::unwatch(&hub.app, &silent, need.id).await.unwrap();
        follow(&hub.app).await;
        hub.publish("troia", "Doposcuola").await;
        follow(&hub.app).await;
        hub.deliver().await;
        let mails = hub.mailbox();
        let mut to: Vec<_> = mails.iter().map(|mail| mail.to.email.clone()).collect();
        to.sort();
        let mut expected = vec![email(&hub, &member).await, email(&hub, &colleague).await];
        expected.sort();
        assert_eq!(to, expected);
        assert_eq!(mails[0].subject, "Una pratica per ciò che cercate: «Doposcuola»");
        assert!(mails[0].text.contains("> Un luogo per i ragazzi") && mails[0].text.contains("/practices/doposcuola"), "{}", mails[0].text);
        for n in 0..3 {
            hub.change_practice("doposcuola", Changes { context: Change::Set(format!("Cambia {n}")), ..Changes::default() }).await;
            follow(&hub.app).await;
        }
        assert_eq!((hub.kept(&member, &need).await, hub.told().await), (vec!["Doposcuola".to_owned()], 1));
        assert_eq!(hub.mailed().await, Vec::<String>::new());
        // One that did not fit before, and does now.
        hub.publish("nardo", "Anziani").await;
        let older = Changes { targets: Change::Set(vec!["OLDER_PEOPLE".into()]), ..Changes::default() };
        hub.change_practice("anziani", older).await;
        follow(&hub.app).await;
        assert_eq!(hub.told().await, 1);
        hub.change_practice("anziani", Changes { targets: Change::Set(vec!["MINORS".into()]), ..Changes::default() }).await;
        follow(&hub.app).await;
        assert_eq!(hub.mailed().await.len(), 2);
        assert_eq!(hub.told().await, 2);
        let help = hub.data(&other, TO_HELP, json!({ "slug": "troia" })).await;
        assert_eq!(help["territory"]["needsWeCanHelp"]["totalCount"], 1);
    }

    async fn who_comes_after_whom_is_told_by_the_log_however_late_it_is_followed(hub: Hub) {
        let member = hub.member("bitonto").await;
        hub.publish("troia", "Prima").await;
        let need = hub.need(&member, "bitonto", "", &["MINORS"]).await;
        hub.publish("troia", "Dopo").await;
        // Nobody followed until now: as after a long standstill.
        follow(&hub.app).await;
        let mut kept = hub.kept(&member, &need).await;
        kept.sort();
        assert_eq!(kept, ["Dopo", "Prima"]);
        assert_eq!(hub.mailed().await, [format!("{}: Una pratica per ciò che cercate: «Dopo»", email(&hub, &member).await)]);
        // An edit finds anew, and tells nobody: it stands on the page.
        hub.publish("nardo", "Di nuovo").await;
        let older = hub.aim_at(&member, &need, &["OLDER_PEOPLE"]).await;
        follow(&hub.app).await;
        assert_eq!(hub.kept(&member, &older).await, Vec::<String>::new(), "what fits no longer is not listed");
        hub.aim_at(&member, &older, &["FAMILIES"]).await;
        follow(&hub.app).await;
        assert_eq!(hub.kept(&member, &need).await.len(), 3);
        assert_eq!((hub.told().await, hub.mailed().await), (1, vec![]));
        hub.change_practice("dopo", Changes { context: Change::Set("Cambia".into()), ..Changes::default() }).await;
        follow(&hub.app).await;
        assert_eq!((hub.told().await, hub.mailed().await), (1, vec![]), "told once, it is not told again");
        let coordinator = hub.coordinator("troia").await;
        practices::archive(&hub.app, &coordinator, hub.practice("dopo").await.id).await.unwrap();
        assert_eq!(hub.kept(&member, &need).await.len(), 2, "what was put away is gone at once");
        follow(&hub.app).await;
        assert_eq!(hub.kept(&member, &need).await.len(), 2);
    }

    async fn several_needs_that_one_practice_answers_are_one_mail(hub: Hub) {
        let (member, elsewhere) = (hub.member("bitonto").await, hub.member("nardo").await);
        hub.need(&member, "bitonto", "Per i ragazzi", &["MINORS"]).await;
        hub.need(&member, "bitonto", "", &["FAMILIES"]).await;
        hub.need(&elsewhere, "nardo", "Altrove", &["MINORS"]).await;
        hub.publish("troia", "Doposcuola").await;
        follow(&hub.app).await;
        assert_eq!(hub.told().await, 3);
        hub.deliver().await;
        let mails = hub.mailbox();
        assert_eq!(mails.len(), 2);
        let own = email(&hub, &member).await;
        let mail = mails.iter().find(|mail| mail.to.email == own).unwrap();
        assert!(mail.text.contains("> Per i ragazzi") && mail.text.contains("> FAMILIES (it)") && !mail.text.contains("Altrove"), "{}", mail.text);
    }

    async fn what_no_longer_concerns_the_reader_is_not_sent(hub: Hub) {
        let coordinator = hub.coordinator("troia").await;
        let mut expected = Vec::new();
        let mut watchers = Vec::new();
        for n in 0..4 {
            let member = hub.member("bitonto").await;
            let need = hub.need(&member, "bitonto", &format!("{n}"), &["MINORS"]).await;
            watchers.push((member, need));
        }
        hub.publish("troia", "Doposcuola").await;
        follow(&hub.app).await;
        worker::plan_due(&hub.app).await.unwrap();
        needs::unwatch(&hub.app, &watchers[0].0, watchers[0].1.id).await.unwrap();
        hub.close_need(&watchers[1].0, &watchers[1].1).await.unwrap();
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("DELETE FROM membership WHERE person = ").value(watchers[2].0.person().unwrap()).run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        expected.push(format!("{}: Una pratica per ciò che cercate: «Doposcuola»", email(&hub, &watchers[3].0).await));
        assert_eq!(hub.mailed().await, expected);
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Suppressed]).await.unwrap(), 3);
        hub.publish("troia", "Seconda").await;
        follow(&hub.app).await;
        worker::plan_due(&hub.app).await.unwrap();
        practices::archive(&hub.app, &coordinator, hub.practice("seconda").await.id).await.unwrap();
        assert_eq!(hub.mailed().await, Vec::<String>::new());
    }

    async fn two_instances_and_one_that_is_killed_again_and_again_tell_of_each_match_once(hub: Hub) {
        let member = hub.member("bitonto").await;
        let need = hub.need(&member, "bitonto", "", &["MINORS"]).await;
        follow(&hub.app).await;
        let other = hub.another().await;
        for round in 0..6_usize {
            hub.many(20, 2).await;
            // One is stopped at some point of its work, another begins at once.
            let killed = tokio::spawn({ let app = hub.app.clone(); async move { needs::follow(&app).await.map(drop) } });
            for _ in 0..round * 7 { tokio::task::yield_now().await; }
            killed.abort();
            let _ = killed.await;
            let both = [hub.app.clone(), other.clone(), other.clone()].map(|app| tokio::spawn(async move { needs::follow(&app).await.unwrap() }));
            for one in both { assert!(one.await.unwrap()); }
            follow(&hub.app).await;
            let pairs: std::collections::BTreeSet<_> = events::after(&hub.app.store, 0, 10_000).await.unwrap().into_iter()
                .filter(|event| event.kind == EventKind::NeedMatched).map(|event| event.data["practice"].to_string()).collect();
            assert_eq!(hub.told().await, pairs.len(), "round {round}");
            assert_eq!(pairs.len(), ((round + 1) * 20).min(MOST_MATCHES), "round {round}");
        }
        let list = hub.data(&member, KEPT, json!({ "id": need.id.opaque(), "first": 100 })).await["node"]["standingMatches"].take();
        assert_eq!(list["totalCount"], MOST_MATCHES);
        hub.mailed().await;
        other.store.close().await;
    }

    async fn in_whatever_order_things_happen_and_are_followed_what_is_kept_is_what_is_found(hub: Hub) {
        let member = hub.member("bitonto").await;
        let owners = [("troia", hub.coordinator("troia").await), ("nardo", hub.coordinator("nardo").await), ("bitonto", hub.coordinator("bitonto").await)];
        let (mut random, mut open, mut public) = (Random::new(7), Vec::new(), Vec::new());
        for _ in 0..150 {
            let targets = [random.pick(&["MINORS", "FAMILIES", "OLDER_PEOPLE"]), random.pick(&["MINORS", "DISABILITY", "OLDER_PEOPLE"])];
            let codes: Vec<String> = targets.iter().map(|code| (*code).to_owned()).collect();
            match random.below(8) {
                0 if public.len() < 15 => {
                    let owner = random.below(3);
                    public.push((hub.one(owners[owner].0, &targets).await, owner));
                }
                1 if !public.is_empty() => {
                    let (id, owner) = public.swap_remove(random.below(public.len()));
                    practices::archive(&hub.app, &owners[owner].1, id).await.unwrap();
                }
                2 | 3 if !public.is_empty() => {
                    let (id, _) = public[random.below(public.len())];
                    let now = stored::find(&hub.app.store, id).await.unwrap().unwrap();
                    let changes = Changes { targets: Change::Set(codes), ..Changes::default() };
                    practices::edit(&hub.app, &Actor::System, id, now.version, changes, true).await.unwrap();
                }
                4 if open.len() < 10 => open.push(hub.need(&member, "bitonto", "", &targets).await),
                5 if !open.is_empty() => { hub.aim_at(&member, &open[random.below(open.len())], &targets).await; }
                6 if open.len() > 3 => { hub.close_need(&member, &open.swap_remove(random.below(open.len()))).await.unwrap(); }
                _ if random.one_in(2) => follow(&hub.app).await,
                _ => {}
            }
        }
        follow(&hub.app).await;
        let mut fits = 0;
        for need in &open {
            let need = needs::find_many(&hub.app, &[need.id]).await.unwrap().remove(0);
            let (_, found) = needs::matches(&hub.app, &need, 20).await.unwrap();
            let mut found: Vec<_> = found.matches.iter().filter(|one| one.judged.score >= 50.0).map(|one| (one.practice.id, one.judged.score)).collect();
            let page = innesto::domain::page::PageRequest::first(100);
            let kept = innesto::store::needs::matches_of(&hub.app.store, need.id, &page).await.unwrap();
            let mut kept: Vec<_> = kept.items.iter().map(|(_, one)| (one.practice, one.score)).collect();
            found.sort_by_key(|one| one.0);
            kept.sort_by_key(|one| one.0);
            assert_eq!(kept, found, "{need:?}");
            fits += kept.len();
        }
        assert!(fits > 10, "{fits}");
        let told: Vec<_> = events::after(&hub.app.store, 0, 10_000).await.unwrap().into_iter().filter(|event| event.kind == EventKind::NeedMatched)
            .map(|event| (event.subject, event.data["practice"].to_string())).collect();
        let once: std::collections::BTreeSet<_> = told.iter().collect();
        assert_eq!((told.len(), told.is_empty()), (once.len(), false), "told once");
        hub.mailed().await;
    }

    async fn a_need_keeps_its_best_and_pages_through_them(hub: Hub) {
        let member = hub.member("bitonto").await;
        hub.many(MOST_MATCHES + 10, 2).await;
        let need = hub.need(&member, "bitonto", "", &["MINORS"]).await;
        follow(&hub.app).await;
        let page = async |first: usize, after: Value| {
            let variables = json!({ "id": need.id.opaque(), "first": first, "after": after });
            hub.data(&member, KEPT, variables).await["node"]["standingMatches"].take()
        };
        let first = page(40, Value::Null).await;
        assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(MOST_MATCHES), &json!(true)));
        let rest = page(40, first["pageInfo"]["endCursor"].clone()).await;
        assert_eq!((rest["nodes"].as_array().unwrap().len(), &rest["pageInfo"]["hasNextPage"]), (10, &json!(false)));
        // A better one takes the place of one that fits less.
        hub.app.clock.advance_seconds(1);
        hub.many(1, 4).await;
        follow(&hub.app).await;
        let now = page(1, Value::Null).await;
        assert_eq!((&now["totalCount"], &now["nodes"][0]["practice"]["title"]), (&json!(MOST_MATCHES), &json!("Livello 4")));
        assert_eq!((hub.told().await, hub.mailed().await.len()), (1, 1));
    }
}
