//! `viewerActions` is exact: in every state and for everybody, a step is listed if and only if its mutation succeeds on
//! a copy; and where no other guard stands in the way, if and only if the table says so.
use super::{Cast, document, good, practice, practice_with, request_in, trace};
use crate::support::Hub;
use innesto::domain::{
    permission::Actor,
    practice::{Practice, SupportLevel},
    request::{AgreementKind, Confirmation, Request, RequestState, Step, Verdict, lifecycle},
    word::Word,
};
use serde_json::{Value, json};

/// One way a request may stand.
struct Case {
    state: RequestState,
    days: i64,
    /// All guards are on the requester's side, so that only the table decides.
    plain: bool,
    request: fn(&mut Request),
    practice: fn(&mut Practice),
    /// Troia has drafted another request meanwhile.
    other_open: bool,
}

const fn case(state: RequestState) -> Case {
    Case { state, days: 1, plain: true, request: |_| (), practice: |_| (), other_open: false }
}

fn cases() -> Vec<Case> {
    use RequestState as S;
    let mut cases: Vec<Case> =
        S::ALL.iter().filter(|state| **state != S::Completed).map(|state| case(*state)).collect();
    cases.push(Case { days: 200, ..case(S::Completed) });
    let odd = |state| Case { plain: false, ..case(state) };
    cases.extend([
        Case { days: 10, ..odd(S::Completed) },
        Case {
            request: |r| {
                let at = r.updated_at;
                r.confirmation = Some(Confirmation { verdict: Verdict::Confirm, note: String::new(), at });
            },
            days: 400,
            ..odd(S::Completed)
        },
        Case { request: |r| r.need.clear(), ..odd(S::Draft) },
        Case { request: |r| r.support_level = None, ..odd(S::Draft) },
        Case { practice: |p| p.support_open = false, ..odd(S::Draft) },
        Case { practice: |p| p.active_requests = 20, ..odd(S::Draft) },
        Case { request: |r| r.extended_days = 10, ..odd(S::Sent) },
        Case { request: |r| r.support_level = Some(SupportLevel::Full), ..odd(S::Accepted) },
        Case {
            request: |r| {
                r.support_level = Some(SupportLevel::Full);
                r.agreement = Some(innesto::domain::request::Agreement {
                    kind: AgreementKind::Convention,
                    act_number: "1".into(),
                    act_date: "2026-01-01".parse().unwrap(),
                    protocol_number: "2".into(),
                });
            },
            ..odd(S::Accepted)
        },
        Case { practice: |p| p.support_open = false, ..odd(S::Expired) },
        Case { other_open: true, ..odd(S::Expired) },
        Case { other_open: true, ..odd(S::Interrupted) },
        Case { days: 400, ..odd(S::Interrupted) },
        Case { request: |r| r.sent_at = None, ..odd(S::Withdrawn) },
    ]);
    cases
}

async fn made(hub: &Hub, case: &Case) -> Request {
    let practice = practice_with(hub, case.practice).await;
    let request = request_in(hub, &practice, case.state, case.days, case.request).await;
    if case.other_open {
        request_in(hub, &practice, RequestState::Draft, 0, |_| ()).await;
    }
    request
}

async fn listed(hub: &Hub, actor: &Actor, request: &Request) -> Vec<String> {
    let query = "query($number: String!) { replicationRequest(by: { number: $number }) { viewerActions } }";
    let data = hub.data(actor, query, json!({ "number": request.number })).await;
    let actions = data["replicationRequest"]["viewerActions"].as_array().cloned().unwrap_or_default();
    actions.iter().map(|action| action.as_str().unwrap().to_lowercase()).collect()
}

async fn tried(hub: &Hub, actor: &Actor, mutation: &str, input: Value) -> Result<Value, String> {
    let data = hub.data(actor, &document(mutation), json!({ "input": input })).await;
    let payload = &data[mutation];
    match payload["userErrors"][0]["code"].as_str() {
        Some(code) => Err(code.to_owned()),
        None => Ok(payload["replicationRequest"].clone()),
    }
}

on_both! {
    async fn what_a_viewer_may_do_is_listed_exactly(hub: Hub) {
        let cast = Cast::of(&hub).await;
        for case in cases() {
            let kept = made(&hub, &case).await;
            let before = trace(&hub, &kept).await;
            let mut to_take = Vec::new();
            for (actor, party) in cast.all() {
                let listed = listed(&hub, &actor, &kept).await;
                for step in Step::ALL {
                    let Some((mutation, input)) = good(*step, &kept, cast.mentor) else { continue };
                    let is_listed = listed.iter().any(|action| action == step.as_str());
                    let in_table = lifecycle::transition(*step, Some(case.state))
                        .is_some_and(|line| party.is_some_and(|party| line.actors.contains(&party)));
                    // Of a draft, also of one thrown away, only the requester knows.
                    assert!(!is_listed || in_table, "{step:?} of {party:?} in {:?}", case.state);
                    if case.plain {
                        assert_eq!(is_listed, in_table, "{step:?} of {party:?} in {:?}", case.state);
                    }
                    if is_listed {
                        to_take.push((actor.clone(), *step, mutation));
                    } else {
                        let refused = tried(&hub, &actor, mutation, input).await;
                        assert!(refused.is_err(), "{step:?} of {party:?} in {:?} is not listed", case.state);
                    }
                }
            }
            // Whatever was refused has left no trace.
            assert_eq!(trace(&hub, &kept).await, before, "{:?}", case.state);
            for (actor, step, mutation) in to_take {
                let copy = made(&hub, &case).await;
                let (_, mut input) = good(step, &copy, cast.mentor).unwrap();
                input["expectedVersion"] = json!(copy.version);
                let done = tried(&hub, &actor, mutation, input).await;
                let line = lifecycle::transition(step, Some(case.state)).unwrap();
                let done = done.unwrap_or_else(|code| panic!("{step:?} in {:?} is listed, but {code}", case.state));
                assert_eq!(done["state"], line.to.as_str(), "{step:?} in {:?}", case.state);
                assert_eq!(done["version"], copy.version + 1);
            }
        }
    }

    async fn a_facilitator_who_acts_for_the_owner_says_why(hub: Hub) {
        let cast = Cast::of(&hub).await;
        let request = request_in(&hub, &practice(&hub).await, RequestState::Sent, 1, |_| ()).await;
        let (mutation, mut input) = good(Step::Acknowledge, &request, cast.mentor).unwrap();
        input["note"] = json!("  ");
        assert_eq!(tried(&hub, &cast.facilitator, mutation, input.clone()).await, Err("REQUIRED".into()));
        input["note"] = json!("La referente è in congedo");
        tried(&hub, &cast.facilitator, mutation, input).await.unwrap();
        let query = "query($number: String!) { replicationRequest(by: { number: $number }) {
            timeline { step from to party text onBehalfOf { slug } } } }";
        let data = hub.data(&cast.requester, query, json!({ "number": request.number })).await;
        assert_eq!(data["replicationRequest"]["timeline"], json!([{ "step": "ACKNOWLEDGE", "from": "SENT",
            "to": "ACKNOWLEDGED", "party": "FACILITATOR", "text": "La referente è in congedo", "onBehalfOf": null }]));
    }
}
