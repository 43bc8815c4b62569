//! Tokens for programs: shown once, checked before the database is asked, limited to their scopes.
use innesto::{
    domain::{
        permission::{Actor, Member, Role, Scope},
        token,
    },
    service::{members, tokens},
};
use serde_json::json;

const CREATE: &str = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    token apiToken { id name prefix scopes expiresAt isLive viewerActions } userErrors { code field message } } }";
const REVOKE: &str = "mutation($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) {
    apiToken { isLive viewerActions } userErrors { code message } } }";

fn read_own() -> serde_json::Value {
    json!({ "name": "Cruscotto", "scopes": ["READ_PUBLIC", "READ_OWN"], "expiresInDays": 30 })
}

on_both! {
    async fn a_token_is_shown_once_and_acts_within_its_scopes(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let made = hub.done(&coordinator, CREATE, read_own()).await;
        let text = made["token"].as_str().unwrap().to_owned();
        assert_eq!(made["apiToken"]["prefix"], text[..10]);
        assert_eq!(made["apiToken"]["expiresAt"], "2026-04-01T09:00:00Z");
        assert!(token::is_sound(&text));
        let (actor, _, _) = tokens::actor_for_token(&hub.app, &text).await.unwrap().unwrap();
        assert!(matches!(&actor, Actor::Person(Member { scopes: Some(scopes), .. }) if *scopes == [Scope::ReadPublic, Scope::ReadOwn]));
        let viewer = hub.data(&actor, "{ viewer { signedInWith scopes canManageAccount apiTokens { nodes { id } } sessions { nodes { id } } person { email } } }", json!({})).await["viewer"].take();
        assert_eq!((&viewer["signedInWith"], &viewer["scopes"]), (&json!("TOKEN"), &json!(["READ_PUBLIC", "READ_OWN"])));
        assert_eq!((&viewer["canManageAccount"], &viewer["apiTokens"], &viewer["sessions"]), (&json!(false), &json!(null), &json!(null)));
        assert!(viewer["person"]["email"].is_string());
        assert_eq!(hub.refused(&actor, CREATE, read_own()).await, "FORBIDDEN");
        assert_eq!(hub.refused(&actor, REVOKE, json!({ "apiToken": made["apiToken"]["id"] })).await, "FORBIDDEN");
        let listed = hub.data(&coordinator, "{ viewer { apiTokens { totalCount nodes { name prefix usedAt } } } }", json!({})).await;
        assert_eq!(listed["viewer"]["apiTokens"], json!({ "totalCount": 1, "nodes": [{ "name": "Cruscotto", "prefix": text[..10], "usedAt": "2026-03-02T09:00:00Z" }] }));
    }

    async fn a_token_that_may_write_cannot_make_another(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let input = json!({ "name": "Tutto", "scopes": ["READ_PUBLIC", "READ_NETWORK", "READ_OWN", "WRITE_OWN"], "expiresInDays": 365 });
        let text = hub.done(&coordinator, CREATE, input.clone()).await["token"].as_str().unwrap().to_owned();
        let (actor, _, _) = tokens::actor_for_token(&hub.app, &text).await.unwrap().unwrap();
        assert_eq!(hub.refused(&actor, CREATE, input).await, "FORBIDDEN");
    }

    async fn a_token_costs_one_statement_a_mistyped_one_none(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let text = hub.done(&coordinator, CREATE, read_own()).await["token"].as_str().unwrap().to_owned();
        let who = |text: String| { let app = hub.app.clone(); let hub = &hub; async move { hub.statements(tokens::actor_for_token(&app, &text)).await } };
        assert_eq!(who(text.clone()).await.1, 2, "the first use is noted");
        assert_eq!(who(text.clone()).await.1, 1);
        hub.app.clock.advance_seconds(3_600);
        assert_eq!((who(text.clone()).await.1, who(text.clone()).await.1), (2, 1));
        let mistyped = format!("{}{}", &text[..39], if text.ends_with('0') { "1" } else { "0" });
        let (found, statements) = who(mistyped).await;
        assert!(found.unwrap().is_none() && statements == 0);
    }

    async fn a_token_ends_by_its_day_or_when_it_is_revoked(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let one = hub.done(&coordinator, CREATE, read_own()).await;
        let two = hub.done(&coordinator, CREATE, read_own()).await;
        let works = |made: &serde_json::Value| { let text = made["token"].as_str().unwrap().to_owned(); let app = hub.app.clone(); async move { tokens::actor_for_token(&app, &text).await.unwrap().is_some() } };
        let stranger = hub.stranger().await;
        assert_eq!(hub.refused(&stranger, REVOKE, json!({ "apiToken": one["apiToken"]["id"] })).await, "NOT_FOUND");
        assert!(works(&one).await);
        let revoked = hub.done(&coordinator, REVOKE, json!({ "apiToken": one["apiToken"]["id"] })).await;
        assert_eq!(revoked["apiToken"], json!({ "isLive": false, "viewerActions": [] }));
        hub.done(&coordinator, REVOKE, json!({ "apiToken": one["apiToken"]["id"] })).await;
        assert!(!works(&one).await && works(&two).await);
        hub.app.clock.advance_seconds(30 * 86_400);
        assert!(!works(&two).await);
    }

    async fn a_token_needs_a_name_a_scope_and_an_end(hub: Hub) {
        let member = hub.member("bitonto").await;
        let answer = hub.data(&member, CREATE, json!({ "input": { "name": " ", "scopes": [], "expiresInDays": 366 } })).await;
        let errors = answer["createApiToken"]["userErrors"].as_array().unwrap();
        let fields: Vec<_> = errors.iter().map(|error| (error["code"].as_str().unwrap(), error["field"][0].as_str().unwrap())).collect();
        assert_eq!(fields, [("REQUIRED", "name"), ("REQUIRED", "scopes"), ("INVALID", "expiresInDays")]);
        assert_eq!(hub.refused(&Actor::Nobody, CREATE, read_own()).await, "SIGN_IN_NEEDED");
    }

    async fn of_many_tokens_made_at_once_twenty_are_made(hub: Hub) {
        let member = hub.member("bitonto").await;
        let tasks: Vec<_> = (0..25).map(|_| {
            let (app, member) = (hub.app.clone(), member.clone());
            tokio::spawn(async move {
                let new = tokens::NewToken { name: "x".into(), scopes: vec![Scope::ReadPublic], days: 1 };
                tokens::create(&app, &member, &new).await.is_ok()
            })
        }).collect();
        let mut made = 0;
        for task in tasks { made += u32::from(task.await.unwrap()); }
        assert_eq!(made, 20);
        assert_eq!(hub.refused(&member, CREATE, read_own()).await, "TOO_MANY");
    }

    async fn the_command_line_makes_a_token_for_an_address(hub: Hub) {
        let bitonto = hub.territory("bitonto").await;
        let email = "ada@bitonto.invalid";
        let ada = members::add_member(&hub.app, &Actor::System, email, "Ada", bitonto, Role::Member).await.unwrap();
        let new = tokens::NewToken { name: "x".into(), scopes: vec![Scope::ReadPublic], days: 1 };
        let (made, text) = tokens::create_for_email(&hub.app, &Actor::System, email, &new).await.unwrap();
        assert_eq!(made.person, ada);
        assert!(tokens::actor_for_token(&hub.app, &text).await.unwrap().is_some());
        let stranger = hub.stranger().await;
        assert!(tokens::create_for_email(&hub.app, &stranger, email, &new).await.is_err());
        assert!(tokens::create_for_email(&hub.app, &Actor::System, "nobody@x.invalid", &new).await.is_err());
    }
}
