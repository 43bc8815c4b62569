//! Two at once, ten at once, twenty at once: exactly one wins, and nothing is lost.
use super::{Cast, document, good, more_territories, practice, practice_with, request_in, trace};
use innesto::{
    domain::{
        id::{PersonId, TerritoryId},
        permission::{Actor, Member, Role},
        refusal::{Code, Failure},
        request::{Request, RequestState, Step, lifecycle},
        word::Word,
    },
    service::requests::{self, Draft, On, Wish},
    store,
};
use serde_json::json;

fn member_of(person: PersonId, territory: TerritoryId) -> Actor {
    Actor::Person(Member { person, memberships: vec![(territory, Role::Member)], staff: Vec::new(), scopes: None })
}

fn code(outcome: &Result<Request, Failure>) -> Option<Code> {
    match outcome {
        Ok(_) => None,
        Err(Failure::Refused(refusals)) => Some(refusals[0].code),
        Err(Failure::Fault(fault)) => panic!("{fault:?}"),
    }
}

async fn together<T: Send + 'static>(tasks: Vec<impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let tasks: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

on_both! {
    async fn every_step_of_the_table_taken_twice_at_once_is_taken_once(hub: Hub) {
        let cast = Cast::of(&hub).await;
        for line in lifecycle::transitions() {
            let (Some(from), Some(party)) = (line.from, line.actors.iter().find(|party| party.as_str() != "SYSTEM")) else { continue };
            let days = if line.event == Step::FollowUp { 200 } else { 1 };
            let request = request_in(&hub, &practice(&hub).await, from, days, |_| ()).await;
            let before = trace(&hub, &request).await;
            let (mutation, mut input) = good(line.event, &request, cast.mentor).unwrap();
            input["expectedVersion"] = json!(1);
            let task = || {
                let (schema, app, actor, input) = (hub.schema.clone(), hub.app.clone(), cast.acting_as(*party).clone(), input.clone());
                async move {
                    let ask = innesto::graphql::Ask::new(&app, actor, innesto::domain::text::Language::It, "race".into());
                    let variables = async_graphql::Variables::from_json(json!({ "input": input }));
                    let query = async_graphql::Request::new(document(mutation)).variables(variables).data(ask);
                    let answer = serde_json::to_value(schema.execute(query).await).unwrap();
                    assert_eq!(answer.get("errors"), None, "{mutation}");
                    answer["data"][mutation]["userErrors"][0]["code"].as_str().map(str::to_owned)
                }
            };
            let mut codes = together(vec![task(), task()]).await;
            codes.sort();
            assert_eq!(codes, [None, Some("CONFLICT".into())], "{mutation} out of {from:?}");
            let after = trace(&hub, &request).await;
            assert_eq!(after.0.unwrap().version, 2);
            assert_eq!((after.1 - before.1, after.2 - before.2), (0, 1), "{mutation} out of {from:?}");
        }
    }

    async fn of_two_different_answers_one_counts(hub: Hub) {
        let cast = Cast::of(&hub).await;
        for _ in 0..5 {
            let asked = practice(&hub).await;
            let request = request_in(&hub, &asked, RequestState::Sent, 1, |_| ()).await;
            let decline = { let (app, actor) = (hub.app.clone(), cast.owner.clone());
                async move { requests::decline(&app, &actor, On { reason: Some("OTHER".into()), ..On::request(request.id) }).await } };
            let withdraw = { let (app, actor) = (hub.app.clone(), cast.requester.clone());
                async move { requests::withdraw(&app, &actor, On { reason: Some("OTHER".into()), ..On::request(request.id) }).await } };
            let (one, two) = tokio::join!(tokio::spawn(decline), tokio::spawn(withdraw));
            let codes = [code(&one.unwrap()), code(&two.unwrap())];
            assert!(codes.contains(&None) && codes.contains(&Some(Code::WrongState)), "{codes:?}");
            let asked = store::practices::find(&hub.app.store, asked.id).await.unwrap().unwrap();
            assert_eq!(asked.active_requests, 0);
        }
    }

    async fn of_ten_who_send_at_once_to_an_owner_with_room_for_one_exactly_one_is_sent(hub: Hub) {
        let practice = practice_with(&hub, |p| p.support_capacity = 1).await;
        let mut tasks = Vec::new();
        for territory in more_territories(&hub, 10).await {
            let request = request_in(&hub, &practice, RequestState::Draft, 0, |r| r.requester = territory).await;
            let (app, actor) = (hub.app.clone(), member_of(hub.person().await, territory));
            tasks.push(async move { requests::send(&app, &actor, On::request(request.id)).await });
        }
        let codes: Vec<_> = together(tasks).await.iter().map(code).collect();
        assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == Some(Code::OwnerFull)).count(), 9, "{codes:?}");
        let practice = store::practices::find(&hub.app.store, practice.id).await.unwrap().unwrap();
        assert_eq!((practice.active_requests, practice.requests_count), (1, 1));
    }

    async fn twenty_drafts_at_once_are_numbered_without_gaps(hub: Hub) {
        let practice = practice(&hub).await;
        let mut tasks = Vec::new();
        for (n, territory) in more_territories(&hub, 20).await.into_iter().enumerate() {
            let (app, actor) = (hub.app.clone(), member_of(hub.person().await, territory));
            // Every fourth is refused after its number was taken, or before.
            let need = if n % 4 == 3 { "x".repeat(4001) } else { "Serve".into() };
            let wish = Wish { need: Some(need), ..Wish::default() };
            let draft = Draft { practice: practice.id, requester: None, wish, illustrative: false, key: None };
            tasks.push(async move { requests::create(&app, &actor, draft).await });
        }
        let mut numbers: Vec<String> = together(tasks).await.into_iter().filter_map(|made| made.ok().map(|r| r.number)).collect();
        numbers.sort();
        assert_eq!(numbers, (1..=15).map(|n| format!("REQ-2026-{n:04}")).collect::<Vec<_>>());
        hub.app.clock.advance_seconds(86_400 * 365);
        let actor = hub.member("ambito-troia").await;
        let draft = Draft { practice: practice.id, requester: None, wish: Wish::default(), illustrative: false, key: None };
        assert_eq!(requests::create(&hub.app, &actor, draft).await.unwrap().number, "REQ-2027-0001");
    }

    async fn of_two_colleagues_who_draft_at_once_one_is_told_of_the_other(hub: Hub) {
        let practice = practice(&hub).await;
        let mut tasks = Vec::new();
        for _ in 0..6 {
            let (app, actor) = (hub.app.clone(), hub.member("ambito-troia").await);
            let draft = Draft { practice: practice.id, requester: None, wish: Wish::default(), illustrative: false, key: None };
            tasks.push(async move { requests::create(&app, &actor, draft).await });
        }
        let codes: Vec<_> = together(tasks).await.iter().map(code).collect();
        assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == Some(Code::Duplicate)).count(), 5, "{codes:?}");
    }

    async fn one_key_at_once_does_it_once_and_both_get_the_same(hub: Hub) {
        let (practice, actor) = (practice(&hub).await, hub.member("ambito-troia").await);
        let key = || Some("un clic".to_owned());
        let tasks = (0..6).map(|_| {
            let (app, actor) = (hub.app.clone(), actor.clone());
            let wish = Wish { need: Some("Serve".into()), support_level: Some(Some(practice.support_levels[0])), ..Wish::default() };
            let draft = Draft { practice: practice.id, requester: None, wish, illustrative: false, key: key() };
            async move { requests::create(&app, &actor, draft).await.unwrap() }
        }).collect();
        let made = together(tasks).await;
        assert!(made.iter().all(|request| *request == made[0]));
        let id = made[0].id;
        let tasks = (0..6).map(|_| {
            let (app, actor) = (hub.app.clone(), actor.clone());
            async move { requests::send(&app, &actor, On { key: key().map(|key| key + " due"), ..On::request(id) }).await.unwrap() }
        }).collect();
        let sent = together(tasks).await;
        assert!(sent.iter().all(|request| request.version == 2 && request.state == RequestState::Sent));
        assert_eq!(trace(&hub, &sent[0]).await.2, 2, "one was drafted, one sent");
    }
}
