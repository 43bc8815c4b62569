//! Needs: posted, changed, watched, closed; by whom, within which limits, and what two at once come to.
mod board;
mod standing;

use crate::support::Hub;
use innesto::{
    domain::{
        need::{Changes, MOST_OPEN, Need, NeedClosing, NeedState},
        permission::{Actor, Member, Scope},
        practice::Change,
        refusal::{Code, Failure, Outcome},
    },
    service::needs::{self, Close, Edit, Post},
    store::{events, sql::sql},
};
use serde_json::{Value, json};

pub const POST: &str = "mutation($input: PostNeedInput!) { postNeed(input: $input) {
    need { id text state version watching viewerActions territory { slug } field { code } targets { code } tools { code }
        funds { code } budgetEur staffFte months isIllustrative badge closedBecause closedAt }
    userErrors { code field message } } }";
const UPDATE: &str = "mutation($input: UpdateNeedInput!) { updateNeed(input: $input) {
    need { text version budgetEur targets { code } createdAt updatedAt } userErrors { code field message } } }";
pub const CLOSE: &str = "mutation($input: CloseNeedInput!) { closeNeed(input: $input) {
    need { state closedBecause closingNote closedAt viewerActions } userErrors { code field message } } }";
const WATCH: &str = "mutation($input: WatchNeedInput!) { watchNeed(input: $input) {
    need { watching viewerActions } userErrors { code field message } } }";
const UNWATCH: &str = "mutation($input: UnwatchNeedInput!) { unwatchNeed(input: $input) {
    need { watching viewerActions } userErrors { code field message } } }";
const READ: &str = "query($id: ID!) { node(id: $id) { ... on Need { text state watching viewerActions } } }";

impl Hub {
    /// A need of a territory, posted by this member of it.
    pub async fn need(&self, who: &Actor, territory: &str, text: &str, targets: &[&str]) -> Need {
        needs::post(&self.app, who, self.wanted(territory, text, targets).await).await.unwrap()
    }

    pub async fn wanted(&self, territory: &str, text: &str, targets: &[&str]) -> Post {
        let says = Changes {
            text: Change::Set(text.into()),
            targets: Change::Set(targets.iter().map(|code| (*code).to_owned()).collect()),
            ..Changes::default()
        };
        let territory = self.territory(territory).await;
        Post { territory, says, no_personal_data: false, illustrative: false, key: None }
    }

    pub async fn close_need(&self, who: &Actor, need: &Need) -> Outcome<Need> {
        let close =
            Close { need: need.id, because: NeedClosing::FoundHere, note: String::new(), no_personal_data: false };
        needs::close(&self.app, who, close).await
    }

    pub async fn edit_need(&self, who: &Actor, need: &Need, text: &str) -> Outcome<Need> {
        let says = Changes { text: Change::Set(text.into()), ..Changes::default() };
        let edit = Edit { need: need.id, expected_version: need.version, says, no_personal_data: false };
        needs::edit(&self.app, who, edit).await
    }

    /// The codes and fields that a mutation refuses with.
    async fn refusals(&self, actor: &Actor, mutation: &str, input: Value) -> Vec<String> {
        let mut data = self.data(actor, mutation, json!({ "input": input })).await;
        let payload = data.as_object_mut().unwrap().values_mut().next().unwrap().take();
        let errors = payload["userErrors"].as_array().unwrap().iter();
        errors
            .map(|e| {
                let path: Vec<_> = e["field"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
                format!("{} {}", e["code"].as_str().unwrap(), path.join("."))
            })
            .collect()
    }
}

fn code<T>(outcome: &Outcome<T>) -> Option<Code> {
    match outcome {
        Err(Failure::Refused(refusals)) => Some(refusals[0].code),
        Err(Failure::Fault(fault)) => panic!("{fault:?}"),
        Ok(_) => None,
    }
}

on_both! {
    async fn a_need_is_posted_changed_watched_and_closed(hub: Hub) {
        let (member, colleague) = (hub.member("bitonto").await, hub.member("bitonto").await);
        let (other, steward) = (hub.member("troia").await, hub.steward().await);
        let bitonto = hub.territory_id("bitonto").await;
        let input = json!({ "territory": bitonto, "text": " Un luogo per i ragazzi\r\ndopo la scuola ", "field": "SOCIO_EDU",
            "targets": ["MINORS", "FAMILIES", "MINORS"], "tools": ["WORKSHOPS"], "funds": ["FNPS"], "budgetEur": 40_000, "staffFte": 1.5, "months": 6 });
        let need = hub.done(&member, POST, input).await["need"].take();
        assert_eq!(need, json!({ "id": need["id"], "text": "Un luogo per i ragazzi\ndopo la scuola", "state": "OPEN", "version": 1,
            "watching": true, "viewerActions": ["EDIT", "CLOSE", "UNWATCH", "FIND"], "territory": { "slug": "bitonto" },
            "field": { "code": "SOCIO_EDU" }, "targets": [{ "code": "MINORS" }, { "code": "FAMILIES" }], "tools": [{ "code": "WORKSHOPS" }],
            "funds": [{ "code": "FNPS" }], "budgetEur": 40_000, "staffFte": 1.5, "months": 6, "isIllustrative": false, "badge": null,
            "closedBecause": null, "closedAt": null }));
        let id = &need["id"];
        let seen = async |who: &Actor| hub.data(who, READ, json!({ "id": id })).await["node"].take();
        let actions = async |who: &Actor| { let seen = seen(who).await; (seen["watching"].clone(), seen["viewerActions"].clone()) };
        assert_eq!(actions(&Actor::Nobody).await, (json!(false), json!(["FIND"])));
        assert_eq!(actions(&steward).await, (json!(false), json!(["FIND"])));
        assert_eq!(actions(&other).await, (json!(false), json!(["FIND", "OFFER_HELP"])));
        assert_eq!(actions(&colleague).await, (json!(false), json!(["EDIT", "CLOSE", "WATCH", "FIND"])));
        for _ in 0..2 {
            assert_eq!(hub.done(&colleague, WATCH, json!({ "need": id })).await["need"]["watching"], true);
        }
        assert_eq!(hub.done(&colleague, UNWATCH, json!({ "need": id })).await["need"]["watching"], false);
        assert_eq!(actions(&member).await.0, json!(true), "everybody watches alone");

        hub.app.clock.advance_seconds(60);
        let edit = json!({ "need": id, "expectedVersion": 1, "budgetEur": null, "targets": ["MINORS"] });
        let done = hub.done(&colleague, UPDATE, edit.clone()).await["need"].take();
        assert_eq!(done, json!({ "text": "Un luogo per i ragazzi\ndopo la scuola", "version": 2, "budgetEur": null,
            "targets": [{ "code": "MINORS" }], "createdAt": "2026-03-02T09:00:00Z", "updatedAt": "2026-03-02T09:01:00Z" }));
        assert_eq!(hub.refused(&colleague, UPDATE, edit).await, "CONFLICT");
        let same = json!({ "need": id, "expectedVersion": 2, "targets": ["MINORS"] });
        assert_eq!(hub.done(&colleague, UPDATE, same).await["need"]["version"], 2, "what changes nothing makes no version");

        assert_eq!(hub.refusals(&colleague, CLOSE, json!({ "need": id, "reason": "OTHER", "note": " " })).await, ["REQUIRED note"]);
        assert_eq!(hub.refusals(&colleague, CLOSE, json!({ "need": id, "reason": "OTHER", "note": "x".repeat(501) })).await, ["TOO_LONG note"]);
        let done = hub.done(&colleague, CLOSE, json!({ "need": id, "reason": "OTHER", "note": "Rinviato" })).await["need"].take();
        assert_eq!(done, json!({ "state": "CLOSED", "closedBecause": "OTHER", "closingNote": "Rinviato",
            "closedAt": "2026-03-02T09:01:00Z", "viewerActions": [] }));
        assert_eq!(hub.refused(&member, CLOSE, json!({ "need": id, "reason": "FOUND_HERE" })).await, "WRONG_STATE");
        assert_eq!(hub.refused(&member, UPDATE, json!({ "need": id, "expectedVersion": 3, "text": "x" })).await, "WRONG_STATE");
        assert_eq!(hub.refused(&colleague, WATCH, json!({ "need": id })).await, "WRONG_STATE");
        assert_eq!(seen(&Actor::Nobody).await, json!({ "text": "Un luogo per i ragazzi\ndopo la scuola", "state": "CLOSED", "watching": false, "viewerActions": [] }));
        assert_eq!(actions(&member).await, (json!(true), json!(["UNWATCH"])));
        hub.done(&member, UNWATCH, json!({ "need": id })).await;
        let log: Vec<_> = events::after(&hub.app.store, 0, 100).await.unwrap().into_iter().map(|event| (event.kind, event.actor)).collect();
        use innesto::domain::event::EventKind as K;
        assert_eq!(log, [(K::NeedPosted, member.person()), (K::NeedChanged, colleague.person()), (K::NeedClosed, colleague.person())]);
    }

    async fn what_a_need_must_say_and_may_not_is_told_at_once(hub: Hub) {
        let member = hub.member("bitonto").await;
        let bitonto = hub.territory_id("bitonto").await;
        let post = async |with: Value| {
            let mut input = json!({ "territory": bitonto });
            input.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
            hub.refusals(&member, POST, input).await
        };
        assert_eq!(post(json!({ "text": " ", "tools": ["PUA"], "budgetEur": 1 })).await, ["REQUIRED text"]);
        assert_eq!(
            post(json!({ "text": "x".repeat(2_001), "field": "GATTI", "targets": ["MINORS", "CANI"], "tools": ["x".repeat(61)],
                "funds": vec!["FNPS"; 11], "budgetEur": -1, "staffFte": 1_000.5, "months": 241 })).await,
            ["TOO_LONG text", "TOO_LONG tools.0", "TOO_LONG funds", "INVALID budgetEur", "INVALID months", "INVALID staffFte",
                "INVALID field", "INVALID targets.1"],
        );
        for one in [json!({ "text": "Aiuto" }), json!({ "field": "SOCIO_EDU" }), json!({ "targets": ["MINORS"] })] {
            assert_eq!(post(one).await, Vec::<String>::new());
        }
        let need = hub.need(&member, "bitonto", "", &["MINORS"]).await;
        let id = json!(need.id.opaque());
        assert_eq!(hub.refusals(&member, UPDATE, json!({ "need": id, "expectedVersion": 1, "targets": null })).await, ["REQUIRED text"]);
        // A code that has ended since stays; a new one must be valid.
        let mut tx = hub.app.store.begin().await.unwrap();
        sql("UPDATE term SET valid_to = '2026-01-01' WHERE code IN ('MINORS', 'FAMILIES')").run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(hub.refusals(&member, UPDATE, json!({ "need": id, "expectedVersion": 1, "targets": ["MINORS", "FAMILIES"], "months": 3 })).await, ["INVALID targets.1"]);
        hub.done(&member, UPDATE, json!({ "need": id, "expectedVersion": 1, "months": 3 })).await;
    }

    async fn personal_data_is_refused_unless_confirmed(hub: Hub) {
        let member = hub.member("bitonto").await;
        let bitonto = hub.territory_id("bitonto").await;
        let mut input = json!({ "territory": bitonto, "text": "Per il signor RSSMRA85T10A562S" });
        assert_eq!(hub.refusals(&member, POST, input.clone()).await, ["CASE_DATA text"]);
        input["confirmNoPersonalData"] = json!(true);
        let id = hub.done(&member, POST, input).await["need"]["id"].take();
        // What was confirmed stays confirmed; what is new is judged again.
        let edit = |version: i64, text: &str| json!({ "need": id, "expectedVersion": version, "text": text });
        hub.done(&member, UPDATE, edit(1, "Per RSSMRA85T10A562S e altri")).await;
        assert_eq!(hub.refusals(&member, UPDATE, edit(2, "Chiamare il 333 1234567")).await, ["CASE_DATA text"]);
        let mut close = json!({ "need": id, "reason": "FOUND_ELSEWHERE", "note": "Sentite il 333 1234567" });
        assert_eq!(hub.refusals(&member, CLOSE, close.clone()).await, ["CASE_DATA note"]);
        close["confirmNoPersonalData"] = json!(true);
        hub.done(&member, CLOSE, close).await;
    }

    async fn only_its_members_write_and_watch_and_a_token_within_its_scopes(hub: Hub) {
        let member = hub.member("bitonto").await;
        let need = hub.need(&member, "bitonto", "Un luogo per i ragazzi", &["MINORS"]).await;
        let id = json!(need.id.opaque());
        let bitonto = hub.territory_id("bitonto").await;
        let token = |scopes: &[Scope]| match &member {
            Actor::Person(member) => Actor::Person(Member { scopes: Some(scopes.to_vec()), ..member.clone() }),
            _ => unreachable!(),
        };
        for (who, expected) in [
            (Actor::Nobody, "SIGN_IN_NEEDED"), (hub.stranger().await, "FORBIDDEN"), (hub.coordinator("troia").await, "FORBIDDEN"),
            // Of the Ambito around it: a territory of its own.
            (hub.coordinator("ambito-bitonto").await, "FORBIDDEN"), (hub.facilitator().await, "FORBIDDEN"), (hub.steward().await, "FORBIDDEN"),
            (token(&[Scope::ReadOwn]), "FORBIDDEN"),
        ] {
            for (mutation, input) in [
                (POST, json!({ "territory": bitonto, "text": "x" })), (UPDATE, json!({ "need": id, "expectedVersion": 1, "text": "x" })),
                (CLOSE, json!({ "need": id, "reason": "FOUND_HERE" })), (WATCH, json!({ "need": id })), (UNWATCH, json!({ "need": id })),
            ] {
                assert_eq!(hub.refused(&who, mutation, input).await, expected, "{who:?} {mutation}");
            }
        }
        let watching = async |who: &Actor| hub.data(who, READ, json!({ "id": id })).await["node"]["watching"].take();
        assert_eq!(watching(&token(&[Scope::ReadOwn])).await, true);
        assert_eq!(watching(&token(&[Scope::ReadPublic])).await, false);
        let Actor::Person(person) = &member else { unreachable!() };
        let left = Actor::Person(Member { memberships: vec![], ..person.clone() });
        assert_eq!(watching(&left).await, false, "who left watches no longer");
        let missing = json!(innesto::domain::id::NeedId::of(need.territory.uuid()).opaque());
        assert_eq!(hub.refusals(&member, UPDATE, json!({ "need": missing, "expectedVersion": 1 })).await, ["NOT_FOUND need"]);
    }

    async fn a_repeated_click_posts_once_even_at_once(hub: Hub) {
        let member = hub.member("bitonto").await;
        let post = Post { key: Some("clic".into()), ..hub.wanted("bitonto", "Un luogo", &["MINORS"]).await };
        let tasks: Vec<_> = (0..6).map(|_| {
            let (app, who, post) = (hub.app.clone(), member.clone(), post.clone());
            tokio::spawn(async move { needs::post(&app, &who, post).await.unwrap().id })
        }).collect();
        let mut ids = Vec::new();
        for task in tasks { ids.push(task.await.unwrap()); }
        assert!(ids.iter().all(|id| *id == ids[0]));
        let another = Post { key: post.key.clone(), ..hub.wanted("bitonto", "Altro", &["MINORS"]).await };
        assert_eq!(code(&needs::post(&hub.app, &member, another).await), Some(Code::KeyReused));
        assert_eq!(events::head(&hub.app.store).await.unwrap(), 1);
    }

    async fn of_two_edits_and_of_an_edit_and_a_closing_at_once_nothing_is_lost(hub: Hub) {
        let member = hub.member("bitonto").await;
        for round in 0..8 {
            let need = hub.need(&member, "bitonto", "Prima", &[]).await;
            let (one, other) = tokio::join!(hub.edit_need(&member, &need, "Una"), hub.edit_need(&member, &need, "Altra"));
            let codes = [code(&one), code(&other)];
            assert!(codes.contains(&None) && codes.contains(&Some(Code::Conflict)), "{round}: {codes:?}");
            let need = one.or(other).unwrap();
            let (edited, closed) = tokio::join!(hub.edit_need(&member, &need, "Dopo"), hub.close_need(&member, &need));
            let now = needs::find_many(&hub.app, &[need.id]).await.unwrap().remove(0);
            assert_eq!((code(&closed), now.state), (None, NeedState::Closed));
            match code(&edited) {
                None => assert_eq!((now.wanted.text.as_str(), now.version), ("Dopo", 4)),
                Some(code) => assert_eq!((code, now.wanted.text == "Dopo", now.version), (Code::WrongState, false, 3)),
            }
            let (one, other) = tokio::join!(hub.close_need(&member, &need), hub.close_need(&member, &need));
            assert_eq!([code(&one), code(&other)], [Some(Code::WrongState); 2]);
        }
    }

    async fn a_territory_has_no_more_open_needs_than_anybody_reads(hub: Hub) {
        let member = hub.member("bitonto").await;
        let mut open = Vec::new();
        for n in 0..MOST_OPEN - 1 { open.push(hub.need(&member, "bitonto", &format!("Bisogno {n}"), &[]).await); }
        // The last place is one.
        let tasks: Vec<_> = (0..5).map(|n| {
            let (app, who) = (hub.app.clone(), member.clone());
            let post = Post { key: Some(format!("{n}")), territory: open[0].territory, no_personal_data: false, illustrative: false,
                says: Changes { text: Change::Set(format!("Ultimo {n}")), ..Changes::default() } };
            tokio::spawn(async move { code(&needs::post(&app, &who, post).await) })
        }).collect();
        let mut codes = Vec::new();
        for task in tasks { codes.push(task.await.unwrap()); }
        codes.sort_by_key(Option::is_some);
        assert_eq!(codes, [None, Some(Code::TooMany), Some(Code::TooMany), Some(Code::TooMany), Some(Code::TooMany)]);
        hub.close_need(&member, &open[0]).await.unwrap();
        hub.need(&member, "bitonto", "C'è di nuovo posto", &[]).await;
        let other = hub.member("troia").await;
        hub.need(&other, "troia", "Altrove", &[]).await;
    }

    async fn help_is_offered_in_a_conversation_about_the_need(hub: Hub) {
        let (member, helper) = (hub.member("bitonto").await, hub.member("troia").await);
        let need = json!(hub.need(&member, "bitonto", "Un luogo per i ragazzi", &["MINORS"]).await.id.opaque());
        let (bitonto, troia, nardo) = (hub.territory_id("bitonto").await, hub.territory_id("troia").await, hub.territory_id("nardo").await);
        let start = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
            conversation { id about { ... on Need { id text } } } userErrors { code field message } } }";
        let input = json!({ "from": troia, "to": bitonto, "subject": "Possiamo aiutarvi", "body": "Noi lo facciamo da anni.", "need": need });
        let talk = hub.done(&helper, start, input.clone()).await["conversation"].take();
        assert_eq!(talk["about"], json!({ "id": need, "text": "Un luogo per i ragazzi" }));
        let read = "query($id: ID!) { node(id: $id) { ... on Conversation { about { __typename } } } }";
        assert_eq!(hub.data(&member, read, json!({ "id": talk["id"] })).await["node"]["about"]["__typename"], "Need");
        let with = |changes: Value| { let mut input = input.clone(); input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone()); input };
        assert_eq!(hub.refusals(&helper, start, with(json!({ "to": nardo }))).await, ["INVALID need"], "a third's");
        let practice = hub.publish("troia", "Doposcuola").await["id"].take();
        assert_eq!(hub.refusals(&helper, start, with(json!({ "practice": practice }))).await, ["INVALID need"]);
        let unknown = json!(innesto::domain::id::NeedId::of(hub.territory("troia").await.uuid()).opaque());
        assert_eq!(hub.refusals(&helper, start, with(json!({ "need": unknown }))).await, ["NOT_FOUND need"]);
        hub.mailed().await;
    }

    async fn who_is_erased_watches_nothing(hub: Hub) {
        let member = hub.member("bitonto").await;
        let need = hub.need(&member, "bitonto", "Un luogo", &[]).await;
        let email = crate::letters::email(&hub, &member).await;
        innesto::service::people::erase_person(&hub.app, &Actor::System, &email).await.unwrap();
        assert_eq!(innesto::store::needs::watchers(&hub.app.store, &[need.id]).await.unwrap(), []);
        assert_eq!(needs::find_many(&hub.app, &[need.id]).await.unwrap().len(), 1);
    }
}
