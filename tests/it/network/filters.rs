//! Parts of the network: by period, field, province and level; what is missing; bad wishes.
use super::history::{join, look};
use crate::{
    requests::{Cast, document, good, more_territories, practice_with, request_in},
    support::Hub,
};
use innesto::{
    domain::{
        network::{Counts, count::Cell},
        permission::Actor,
        request::{Request, RequestState, Step},
        text::Language,
    },
    graphql::Ask,
};
use serde_json::{Value, json};

/// Troia's Ambito asks Bitonto for a practice in this field, and is told yes or nothing.
async fn asked(hub: &Hub, cast: &Cast, field: &str, yes: bool) -> Request {
    let asked = practice_with(hub, |practice| practice.field = Some(field.into())).await;
    let request = request_in(hub, &asked, RequestState::Sent, 0, |_| ()).await;
    let steps: &[Step] = if yes { &[Step::Acknowledge, Step::Accept] } else { &[Step::Acknowledge] };
    for step in steps {
        let (mutation, mut input) = good(*step, &request, cast.mentor).unwrap();
        if *step == Step::Accept {
            input["firstDate"] = json!(hub.app.clock.now().date_in_italy().to_string());
        }
        hub.done(&cast.owner, &document(mutation), input).await;
    }
    request
}

fn total(seen: &Value) -> i64 {
    seen["network"]["metrics"]["requests"]["total"].as_i64().unwrap()
}

on_both! {
    async fn a_request_belongs_to_the_month_and_the_field_it_was_sent_in(hub: Hub) {
        let cast = Cast::of(&hub).await;
        asked(&hub, &cast, "SOCIO_EDU", true).await;
        hub.app.clock.advance_seconds(40 * 86_400);
        asked(&hub, &cast, "ORG_PROCESS", false).await;
        let total = async |filter| total(&look(&hub, filter).await);
        assert_eq!(total(json!({})).await, 2);
        assert_eq!(total(json!({ "from": "2026-03", "to": "2026-03" })).await, 1);
        assert_eq!(total(json!({ "from": "2026-04" })).await, 1);
        assert_eq!(total(json!({ "to": "2026-02" })).await, 0);
        assert_eq!(total(json!({ "field": "SOCIO_EDU" })).await, 1);
        assert_eq!(total(json!({ "field": "SOCIO_EDU", "from": "2026-04" })).await, 0);
        assert_eq!(total(json!({ "province": "ba" })).await, 2, "what was asked of it");
        assert_eq!(total(json!({ "province": "FG" })).await, 2, "what it asked");
        assert_eq!(total(json!({ "province": "LE" })).await, 0);
        let by_field = "{ statistics(bucket: WHOLE, by: FIELD) { from field { code } requests { total acknowledged accepted } } }";
        assert_eq!(hub.data(&Actor::Nobody, by_field, json!({})).await["statistics"], json!([
            { "from": "2026-03", "field": { "code": "ORG_PROCESS" }, "requests": { "total": 1, "acknowledged": 1, "accepted": 0 } },
            { "from": "2026-03", "field": { "code": "SOCIO_EDU" }, "requests": { "total": 1, "acknowledged": 0, "accepted": 1 } },
        ]));
        let series = "{ statistics(bucket: QUARTER, by: PROVINCE) { from province { code } requests { total } waiting { answered medianDays } } }";
        assert_eq!(hub.data(&Actor::Nobody, series, json!({})).await["statistics"], json!([
            { "from": "2026-01", "province": { "code": "BA" }, "requests": { "total": 1 }, "waiting": { "answered": 1, "medianDays": 0.0 } },
            { "from": "2026-04", "province": { "code": "BA" }, "requests": { "total": 1 }, "waiting": { "answered": 0, "medianDays": null } },
        ]));
    }

    async fn comuni_stand_for_themselves_or_in_their_ambito(hub: Hub) {
        let cast = Cast::of(&hub).await;
        asked(&hub, &cast, "SOCIO_EDU", true).await;
        join(&hub, "bitonto", "ambito-bitonto").await;
        let ends = |seen: Value| -> Vec<Value> {
            seen["network"]["edges"].as_array().unwrap().iter().map(|e| json!([e["from"]["slug"], e["to"]["slug"]])).collect()
        };
        let level = async |level: &str| look(&hub, json!({ "level": level })).await;
        assert_eq!(ends(level("ALL").await), [json!(["ambito-troia", "bitonto"])]);
        assert_eq!(ends(level("ROLLED_UP").await), [json!(["ambito-troia", "ambito-bitonto"])]);
        assert_eq!(ends(level("COMUNE").await), [json!(null); 0]);
        assert_eq!(ends(level("AMBITO").await), [json!(null); 0]);
        let rolled = level("ROLLED_UP").await["network"].take();
        assert_eq!((&rolled["metrics"]["reach"], &rolled["metrics"]["ambiti"]), (&json!(2), &json!(3)));
        let owner = rolled["nodes"].as_array().unwrap().iter().find(|n| n["territory"]["slug"] == "ambito-bitonto").unwrap();
        assert_eq!((&owner["practicesRun"], &owner["inDegree"]), (&json!(1), &json!(1)));
        assert_eq!(rolled["metrics"]["busiestShare"], json!(1.0));
    }

    async fn what_is_missing_is_told(hub: Hub) {
        asked(&hub, &Cast::of(&hub).await, "SOCIO_EDU", false).await;
        let member = hub.member("ambito-troia").await;
        let territory = crate::requests::opaque(hub.territory("ambito-troia").await);
        let post = "mutation($input: PostNeedInput!) { postNeed(input: $input) { need { id } userErrors { code message } } }";
        let input = json!({ "territory": territory, "text": "Cerchiamo un servizio di notte per gli anziani",
            "field": "SERVICE_DELIVERY", "targets": ["OLDER_PEOPLE"] });
        hub.done(&member, post, input).await;
        let gaps = look(&hub, json!({})).await["network"]["metrics"]["gaps"].take();
        let fields: Vec<&str> = gaps["fields"].as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
        assert_eq!(fields, ["ORG_PROCESS", "SERVICE_DELIVERY", "RESOURCE_OPT", "ADMIN_PROCUREMENT"]);
        assert_eq!(gaps["unansweredNeeds"][0]["text"], "Cerchiamo un servizio di notte per gli anziani");
        let elsewhere = look(&hub, json!({ "province": "LE" })).await["network"]["metrics"]["gaps"].take();
        assert_eq!((elsewhere["unansweredNeeds"].clone(), elsewhere["fields"].as_array().map(Vec::len)), (json!([]), Some(5)));
    }

    async fn what_is_missing_is_never_told_from_memory(hub: Hub) {
        let may_be_kept = async |query: &str| {
            let ask = Ask::new(&hub.app, Actor::Nobody, Language::It, "test".into());
            hub.schema.execute(async_graphql::Request::new(query).data(ask)).await.cache_control.public
        };
        assert!(may_be_kept("{ network { nodes { pageRank } metrics { reach gaps { fields { code } } } } }").await);
        assert!(!may_be_kept("{ network { metrics { gaps { unansweredNeeds { id } } } } }").await);
    }

    async fn what_is_too_much_to_draw_is_counted_all_the_same(hub: Hub) {
        let territories = more_territories(&hub, 102).await;
        let (now, mut tx) = (hub.app.clock.now(), hub.app.store.begin().await.unwrap());
        let one = Counts { states: [1, 0, 0, 0, 0, 0, 0, 0, 0], ..Counts::default() };
        for requester in &territories {
            for owner in territories.iter().filter(|owner| *owner != requester) {
                let (requester, owner, field) = (*requester, *owner, "SOCIO_EDU".to_owned());
                let cell = Cell { requester, owner, province: "BA".into(), month: 24_314, field };
                tx.network().add(&cell, &one, now);
            }
        }
        tx.commit(now).await.unwrap();
        let look = "{ network { isCut edges { source } nodes { inDegree } metrics { requests { total } density } } }";
        let network = hub.data(&Actor::Nobody, look, json!({})).await["network"].take();
        assert_eq!((&network["isCut"], network["edges"].as_array().map(Vec::len)), (&json!(true), Some(10_000)));
        let nodes = network["nodes"].as_array().unwrap();
        assert!(nodes.len() == 102 && nodes.iter().all(|node| node["inDegree"] == 101));
        assert_eq!(network["metrics"], json!({ "requests": { "total": 10_302 }, "density": 1.0 }));
    }

    async fn what_is_not_there_is_named(hub: Hub) {
        let told = async |query: &str| {
            let answer = hub.ask(&Actor::Nobody, query, json!({})).await;
            (answer["data"].clone(), answer["errors"][0]["message"].as_str().unwrap_or_default().to_owned())
        };
        for (filter, said) in [
            ("field: \"BOH\"", "Non c'è un tema «BOH»"),
            ("province: \"ZZ\"", "Nessun territorio sta nella provincia «ZZ»"),
            ("from: \"2026-03\", to: \"2026-02\"", "Il periodo finisce prima di cominciare"),
        ] {
            for (field, inner) in [("network", "asOf"), ("statistics", "from")] {
                let (data, message) = told(&format!("{{ {field}(filter: {{ {filter} }}) {{ {inner} }} }}")).await;
                assert_eq!(data, json!({ field: null }), "{filter}");
                assert!(message.contains(said), "{message}");
            }
        }
        let (_, message) = told("{ statistics(filter: { from: \"1990-01\" }) { from } }").await;
        assert!(message.contains("Al massimo 120 mesi"), "{message}");
    }
}
