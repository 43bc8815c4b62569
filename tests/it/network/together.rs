//! Two at once, and what is taken back: the sums stay those of what is there.
use super::{History, look};
use crate::{
    requests::{Cast, document, good, practice, practice_with, request_in},
    support::Hub,
};
use innesto::{
    domain::{
        id::TerritoryId,
        lineage::LineageKind,
        permission::{Actor, Member, PracticeStatus, Role},
        request::{RequestState, Step},
    },
    service::{
        lineage::{self, Declaration},
        network, practices,
    },
};
use serde_json::json;

/// Somebody who works for both.
async fn of_both(hub: &Hub, territories: [TerritoryId; 2]) -> Actor {
    let memberships = territories.map(|territory| (territory, Role::Member)).to_vec();
    Actor::Person(Member { person: hub.person().await, memberships, staff: Vec::new(), scopes: None })
}

on_both! {
    async fn steps_taken_at_once_are_all_counted(hub: Hub) {
        let cast = Cast::of(&hub).await;
        network::recount(&hub.app, false).await.unwrap();
        let (nardo, mut tasks) = (hub.territory("ambito-nardo").await, Vec::new());
        for n in 0..20 {
            let asked = practice_with(&hub, |practice| {
                practice.field = Some(["SOCIO_EDU", "ORG_PROCESS"][n % 2].into());
            });
            let asked = asked.await;
            let request = request_in(&hub, &asked, RequestState::Sent, 40 * i64::from(n % 4 == 0), |request| {
                if n % 3 == 0 {
                    request.requester = nardo;
                }
            });
            let (mutation, input) = good(Step::Acknowledge, &request.await, cast.mentor).unwrap();
            let (app, schema, owner) = (hub.app.clone(), hub.schema.clone(), cast.owner.clone());
            tasks.push(tokio::spawn(async move {
                let ask = innesto::graphql::Ask::new(&app, owner, innesto::domain::text::Language::It, "race".into());
                let variables = async_graphql::Variables::from_json(json!({ "input": input }));
                let asked = async_graphql::Request::new(document(mutation)).variables(variables).data(ask);
                serde_json::to_value(schema.execute(asked).await).unwrap()
            }));
        }
        for task in tasks {
            let answer = task.await.unwrap();
            assert_eq!(answer["data"]["acknowledgeReplicationRequest"]["userErrors"], json!([]), "{answer}");
        }
        let counted = look(&hub, json!({})).await;
        assert_eq!(counted["network"]["metrics"]["requests"]["acknowledged"], 20);
        network::recount(&hub.app, true).await.unwrap();
        let mut anew = look(&hub, json!({})).await;
        anew["network"]["asOf"] = counted["network"]["asOf"].clone();
        assert_eq!(anew, counted);
    }

    async fn two_who_count_anew_at_once_count_once(hub: Hub) {
        History::happened(&hub, 5, 6).await;
        let before = look(&hub, json!({})).await["network"]["metrics"]["requests"].take();
        let again = |app: innesto::app::App| tokio::spawn(async move { network::recount(&app, false).await });
        let (one, other) = (again(hub.app.clone()), again(hub.app.clone()));
        one.await.unwrap().unwrap();
        other.await.unwrap().unwrap();
        assert_eq!(look(&hub, json!({})).await["network"]["metrics"]["requests"], before);
    }

    async fn a_copy_that_is_thrown_away_counts_no_longer(hub: Hub) {
        let (original, troia) = (practice(&hub).await, hub.territory("ambito-troia").await);
        let draft = practice_with(&hub, |practice| {
            (practice.owner, practice.status, practice.published_at) = (troia, PracticeStatus::Draft, None);
        });
        let draft = draft.await;
        let both = of_both(&hub, [original.owner, troia]).await;
        let (child, parent, kind) = (draft.id, original.id, LineageKind::Copied);
        let declared = Declaration { child, parent, kind, note: String::new() };
        lineage::declare(&hub.app, &both, declared).await.unwrap();
        let told = async || look(&hub, json!({})).await["network"]["metrics"]["replications"].take();
        assert_eq!(told().await, 1);
        practices::delete(&hub.app, &both, draft.id, draft.version).await.unwrap();
        assert_eq!(told().await, 0);
        let network = look(&hub, json!({})).await["network"].take();
        assert_eq!((&network["edges"], &network["metrics"]["reach"]), (&json!([]), &json!(0)));
    }
}
