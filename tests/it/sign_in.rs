//! Signing in by a code, sessions, and what an onlooker must not learn.
use crate::support::browser::Browser;
use innesto::{
    domain::{event::EventKind, permission::Actor, permission::Role, sign_in::CODES_PER_ADDRESS_A_DAY, text::Language},
    service::{
        members, people, sessions,
        sign_in::{Asking, request_code},
    },
    store::{events, sql::sql},
};
use serde_json::json;

const ADA: &str = "ada@bitonto.invalid";

async fn add_ada(hub: &crate::support::Hub) {
    let bitonto = hub.territory("bitonto").await;
    members::add_member(&hub.app, &Actor::System, ADA, "Ada Prova", bitonto, Role::Coordinator).await.unwrap();
}

fn other(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

async fn ask(app: &innesto::app::App, network: &str) -> bool {
    let asking = Asking { email: ADA, network, session: None, language: Language::It };
    request_code(app, &asking).await.is_ok()
}

#[derive(sqlx::FromRow)]
struct Tries {
    tries: i64,
}

#[derive(sqlx::FromRow)]
struct Count {
    n: i64,
}

on_both! {
    async fn a_code_signs_its_browser_in(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = Browser::default();
        let asked = browser.request_code(&hub, " Ada@Bitonto.invalid ").await;
        assert_eq!(asked, json!({ "expiresAt": "2026-03-02T09:10:00Z", "userErrors": [] }));
        let code = hub.code_for(ADA).await.unwrap();
        let signed = browser.try_code(&hub, &format!(" {} {}", &code[..3], &code[3..])).await;
        assert_eq!(signed["viewer"], json!({
            "person": { "name": "Ada Prova", "email": ADA },
            "memberships": [{ "role": "COORDINATOR", "territory": { "slug": "bitonto" } }],
            "sessions": { "nodes": [{ "isCurrent": true }] },
        }));
        assert_eq!(browser.sign_in_secret, None);
        let viewer = browser.ask(&hub, "{ viewer { signedInWith scopes canManageAccount language staffRoles } }", json!({})).await;
        assert_eq!(viewer["viewer"], json!({
            "signedInWith": "SESSION", "scopes": null, "canManageAccount": true, "language": "IT", "staffRoles": [],
        }));
        let out = browser.ask(&hub, "mutation { signOut { signedOut userErrors { code } } }", json!({})).await;
        assert_eq!(out["signOut"], json!({ "signedOut": true, "userErrors": [] }));
        assert_eq!(browser.session_secret, None);
        let again = browser.ask(&hub, "mutation { signOut { signedOut } viewer: __typename }", json!({})).await;
        assert_eq!(again["signOut"]["signedOut"], false);
    }

    async fn an_unknown_address_gets_the_same_answer_for_the_same_work_and_no_mail(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = Browser::default();
        let (known, work) = hub.statements(browser.request_code(&hub, ADA)).await;
        let (unknown, same_work) = hub.statements(browser.request_code(&hub, "nobody@bitonto.invalid")).await;
        assert_eq!((known, work), (unknown, same_work));
        assert_eq!(hub.code_for("nobody@bitonto.invalid").await, None);
        assert!(hub.code_for(ADA).await.is_some());
    }

    async fn a_code_is_good_only_in_the_browser_that_asked_and_only_once(hub: Hub) {
        add_ada(&hub).await;
        let mut asking = Browser::default();
        asking.request_code(&hub, ADA).await;
        let code = hub.code_for(ADA).await.unwrap();
        let mut stranger = Browser::default();
        assert_eq!(stranger.try_code(&hub, &code).await["userErrors"][0]["code"], "WRONG_CODE");
        stranger.request_code(&hub, "somebody@else.invalid").await;
        assert_eq!(stranger.try_code(&hub, &code).await["userErrors"][0]["code"], "WRONG_CODE");
        let mut twin = asking.clone();
        assert_eq!(asking.try_code(&hub, &code).await["userErrors"], json!([]));
        assert_eq!(twin.try_code(&hub, &code).await["userErrors"][0]["code"], "WRONG_CODE");
        assert_eq!(twin.session_secret, None);
    }

    async fn a_code_ends_after_ten_minutes(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = Browser::default();
        browser.request_code(&hub, ADA).await;
        hub.app.clock.advance_seconds(600);
        let code = hub.code_for(ADA).await.unwrap();
        assert_eq!(browser.try_code(&hub, &code).await["userErrors"][0]["code"], "WRONG_CODE");
    }

    async fn of_twenty_wrong_tries_at_once_five_count_and_then_the_right_code_is_refused(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = Browser::default();
        browser.request_code(&hub, ADA).await;
        let code = hub.code_for(ADA).await.unwrap();
        let tries = (0..20).map(|_| {
            let mut browser = browser.clone();
            let (hub, code) = (&hub, other(&code));
            async move { browser.try_code(hub, code).await["userErrors"][0]["code"].clone() }
        });
        let answers = futures_util::future::join_all(tries).await;
        assert!(answers.iter().all(|answer| answer == "WRONG_CODE"));
        let row: Tries = sql("SELECT tries FROM challenge").one(&hub.app.store).await.unwrap();
        assert_eq!(row.tries, 5);
        assert_eq!(browser.try_code(&hub, &code).await["userErrors"][0]["code"], "WRONG_CODE");
    }

    async fn of_ten_who_use_one_code_at_once_one_is_signed_in(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = Browser::default();
        browser.request_code(&hub, ADA).await;
        let code = hub.code_for(ADA).await.unwrap();
        let tries: Vec<_> = (0..10).map(|_| {
            let (app, code, secret) = (hub.app.clone(), code.clone(), browser.sign_in_secret.clone());
            tokio::spawn(async move {
                let attempt = innesto::service::sign_in::Attempt {
                    code: &code, browser_secret: secret.as_deref(), old_session: None, browser: "", language: innesto::domain::text::Language::It,
                };
                innesto::service::sign_in::sign_in(&app, &attempt).await.is_ok()
            })
        }).collect();
        let mut won = 0;
        for task in tries { won += u32::from(task.await.unwrap()); }
        assert_eq!(won, 1);
        let row: Count = sql("SELECT COUNT(*) AS n FROM session").one(&hub.app.store).await.unwrap();
        assert_eq!(row.n, 1);
    }

    async fn five_codes_an_hour_for_an_address_from_one_network_and_the_owner_elsewhere_is_not_locked_out(hub: Hub) {
        add_ada(&hub).await;
        let asks: Vec<_> = (0..12).map(|_| {
            let app = hub.app.clone();
            tokio::spawn(async move { ask(&app, "192.0.2.1").await })
        }).collect();
        let mut sent = 0;
        for task in asks { sent += u32::from(task.await.unwrap()); }
        assert_eq!(sent, 5);
        hub.app.clock.advance_seconds(600);
        let mut here = Browser { network: "192.0.2.1".into(), ..Browser::default() };
        let refused = here.request_code(&hub, ADA).await;
        assert_eq!(refused["userErrors"][0]["code"], "TOO_MANY");
        assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("51 minuti"), "{refused}");
        assert_eq!(here.request_code(&hub, "somebody@else.invalid").await["userErrors"], json!([]));
        let mut owner = Browser { network: "192.0.2.2".into(), ..Browser::default() };
        assert_eq!(owner.request_code(&hub, ADA).await["userErrors"], json!([]));
        hub.app.clock.advance_seconds(3_000);
        assert_eq!(here.request_code(&hub, ADA).await["userErrors"], json!([]));
    }

    async fn who_has_many_networks_gets_a_hundred_codes_a_day_and_a_browser_known_before_still_gets_its_own(hub: Hub) {
        add_ada(&hub).await;
        let mut known = hub.signed_in(ADA).await;
        known.network = "198.51.100.1".into();
        hub.app.clock.advance_seconds(86_400);
        for i in 0..CODES_PER_ADDRESS_A_DAY {
            assert!(ask(&hub.app, &format!("192.0.2.{i}")).await, "{i}");
        }
        assert!(!ask(&hub.app, "192.0.2.200").await);
        let mut new = Browser { network: "198.51.100.1".into(), ..Browser::default() };
        assert_eq!(new.request_code(&hub, ADA).await["userErrors"][0]["code"], "TOO_MANY");
        // Its session may have ended: the secret alone tells that it was Ada's.
        let id = known.actor(&hub).await.person().unwrap();
        innesto::service::sessions::sign_out(&hub.app, &known.session_secret.clone().unwrap()).await.unwrap();
        assert_eq!(known.request_code(&hub, ADA).await["userErrors"], json!([]));
        let code = hub.code_for(ADA).await.unwrap();
        known.try_code(&hub, &code).await;
        assert_eq!(known.actor(&hub).await.person(), Some(id));
        // Another's browser is not Ada's, and hers has a limit too.
        members::add_member(&hub.app, &Actor::System, "eva@bitonto.invalid", "Eva", hub.territory("bitonto").await, Role::Member).await.unwrap();
        let mut eva = hub.signed_in("eva@bitonto.invalid").await;
        assert_eq!(eva.request_code(&hub, ADA).await["userErrors"][0]["code"], "TOO_MANY");
        for _ in 0..4 { assert_eq!(known.request_code(&hub, ADA).await["userErrors"], json!([])); }
        assert_eq!(known.request_code(&hub, ADA).await["userErrors"][0]["code"], "TOO_MANY");
    }

    async fn thirty_codes_an_hour_from_one_network_address(hub: Hub) {
        let mut browser = Browser { network: "192.0.2.1".into(), ..Browser::default() };
        for i in 0..30 {
            assert_eq!(browser.request_code(&hub, &format!("a{i}@x.invalid")).await["userErrors"], json!([]));
        }
        assert_eq!(browser.request_code(&hub, "a30@x.invalid").await["userErrors"][0]["code"], "TOO_MANY");
        let mut elsewhere = Browser { network: "192.0.2.2".into(), ..Browser::default() };
        assert_eq!(elsewhere.request_code(&hub, "a30@x.invalid").await["userErrors"], json!([]));
    }

    async fn a_session_ends_when_unused_and_at_last_in_any_case(hub: Hub) {
        add_ada(&hub).await;
        let used = hub.signed_in(ADA).await;
        let unused = hub.signed_in(ADA).await;
        for _ in 0..4 {
            hub.app.clock.advance_seconds(20 * 86_400);
            assert!(used.actor(&hub).await.person().is_some());
        }
        assert_eq!(unused.actor(&hub).await, Actor::Nobody);
        hub.app.clock.advance_seconds(10 * 86_400);
        assert_eq!(used.actor(&hub).await, Actor::Nobody);
    }

    async fn a_session_costs_one_statement_and_its_use_is_noted_once_an_hour(hub: Hub) {
        add_ada(&hub).await;
        let browser = hub.signed_in(ADA).await;
        let secret = browser.session_secret.clone().unwrap();
        let who = || async { hub.statements(sessions::actor_for_session(&hub.app, &secret)).await.1 };
        assert_eq!(who().await, 1);
        hub.app.clock.advance_seconds(3_600);
        assert_eq!((who().await, who().await), (2, 1));
        assert!(sessions::actor_for_session(&hub.app, "nonsense").await.unwrap().is_none());
    }

    async fn signing_in_again_ends_the_browsers_old_session(hub: Hub) {
        add_ada(&hub).await;
        let mut browser = hub.signed_in(ADA).await;
        let old = browser.clone();
        browser.request_code(&hub, ADA).await;
        let code = hub.code_for(ADA).await.unwrap();
        browser.try_code(&hub, &code).await;
        assert_eq!(old.actor(&hub).await, Actor::Nobody);
        assert!(browser.actor(&hub).await.person().is_some());
        assert_ne!(old.session_secret, browser.session_secret);
    }

    async fn one_ends_ones_own_sessions_and_nobody_elses(hub: Hub) {
        add_ada(&hub).await;
        let (mut here, there) = (hub.signed_in(ADA).await, hub.signed_in(ADA).await);
        let listed = here.ask(&hub, "{ viewer { sessions { totalCount nodes { id isCurrent browser } } } }", json!({})).await;
        let nodes = &listed["viewer"]["sessions"]["nodes"];
        assert_eq!(listed["viewer"]["sessions"]["totalCount"], 2);
        let id = nodes.as_array().unwrap().iter().find(|node| node["isCurrent"] == false).unwrap()["id"].clone();
        let revoke = "mutation($input: RevokeSessionInput!) { revokeSession(input: $input) { session { id } userErrors { code message } } }";
        let stranger = hub.stranger().await;
        assert_eq!(hub.refused(&stranger, revoke, json!({ "session": id })).await, "NOT_FOUND");
        assert_eq!(hub.refused(&Actor::Nobody, revoke, json!({ "session": id })).await, "SIGN_IN_NEEDED");
        let node = hub.data(&stranger, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(node["node"], json!(null));
        assert!(there.actor(&hub).await.person().is_some());
        let ended = here.ask(&hub, revoke, json!({ "input": { "session": id } })).await;
        assert_eq!(ended["revokeSession"]["session"]["id"], id);
        assert_eq!(there.actor(&hub).await, Actor::Nobody);
        assert!(here.actor(&hub).await.person().is_some());
    }

    async fn an_erased_person_is_nobody_anywhere(hub: Hub) {
        add_ada(&hub).await;
        let browser = hub.signed_in(ADA).await;
        let id = browser.actor(&hub).await.person().unwrap();
        people::erase_person(&hub.app, &Actor::System, ADA).await.unwrap();
        assert_eq!(browser.actor(&hub).await, Actor::Nobody);
        let person = people::find_many(&hub.app, &[id]).await.unwrap().pop().unwrap();
        assert_eq!((person.name.as_str(), person.email), ("Persona cancellata", None));
        assert!(people::memberships_of(&hub.app, &[id]).await.unwrap().is_empty());
        let kinds: Vec<_> = events::after(&hub.app.store, 0, 100).await.unwrap().iter().map(|event| event.kind).collect();
        let last = [EventKind::MemberRemoved, EventKind::SignedOut, EventKind::PersonErased];
        assert_eq!(kinds[kinds.len() - 3..], last);
        for (table, column) in [("outbox", "address"), ("challenge", "email"), ("invitation", "email")] {
            let count = match table {
                "outbox" => sql("SELECT COUNT(*) AS n FROM outbox WHERE address = "),
                "challenge" => sql("SELECT COUNT(*) AS n FROM challenge WHERE email = "),
                _ => sql("SELECT COUNT(*) AS n FROM invitation WHERE email = "),
            };
            let row: Count = count.value(ADA).one(&hub.app.store).await.unwrap();
            assert_eq!(row.n, 0, "{table}.{column}");
        }
        assert!(people::erase_person(&hub.app, &Actor::System, ADA).await.is_err());
    }
}
