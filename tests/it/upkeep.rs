//! What has served its time is forgotten, a little at a time, and nothing else is.
use crate::support::Hub;
use innesto::{service::upkeep, store::sql::sql};
use serde_json::json;

#[derive(sqlx::FromRow)]
struct Count {
    n: i64,
}

/// How many keys, codes, sessions and invitations are kept.
async fn kept(hub: &Hub) -> [i64; 4] {
    let count = async |sql: innesto::store::sql::Sql| sql.one::<Count>(&hub.app.store).await.unwrap().n;
    [
        count(sql("SELECT COUNT(*) AS n FROM idempotency")).await,
        count(sql("SELECT COUNT(*) AS n FROM challenge")).await,
        count(sql("SELECT COUNT(*) AS n FROM session")).await,
        count(sql("SELECT COUNT(*) AS n FROM invitation")).await,
    ]
}

on_both! {
    async fn each_kind_is_forgotten_when_its_time_is_over_and_not_before(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let me = "query { viewer { person { email } } }";
        let email = hub.data(&coordinator, me, json!({})).await["viewer"]["person"]["email"].take();
        hub.signed_in(email.as_str().unwrap()).await;
        let invite = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } userErrors { code } } }";
        let input = json!({ "territory": crate::requests::opaque(hub.territory("bitonto").await), "email": "bruno@bitonto.invalid", "name": "Bruno", "role": "MEMBER" });
        hub.done(&coordinator, invite, input).await;
        let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) { replicationRequest { id } userErrors { code } } }";
        let practice = crate::requests::practice(&hub).await;
        let input = json!({ "practice": crate::requests::opaque(practice.id), "idempotencyKey": "clic" });
        hub.done(&hub.member("ambito-troia").await, draft, input).await;
        assert_eq!(kept(&hub).await, [1, 1, 1, 1]);
        // Days from the start after which each is gone: a code is kept for one, a key for thirty; a session ends after
        // ninety and is kept as long again, an invitation is kept half a year after its end.
        for (days, left) in [(0, [1, 1, 1, 1]), (2, [1, 0, 1, 1]), (31, [0, 0, 1, 1]), (150, [0, 0, 1, 1]), (181, [0, 0, 0, 1]), (300, [0, 0, 0, 0])] {
            let start = innesto::domain::time::Ts::new(crate::support::START.parse().unwrap());
            let seconds = (start.plus_days(days).micros() - hub.app.clock.now().micros()) / 1_000_000;
            hub.app.clock.advance_seconds(seconds + 1);
            assert!(!upkeep::forget(&hub.app).await.unwrap());
            assert_eq!(kept(&hub).await, left, "after {days} days");
        }
    }

    async fn what_became_of_a_mail_is_forgotten_after_four_hundred_days_but_not_what_still_waits(hub: Hub) {
        let mails = async || {
            let count = sql("SELECT COUNT(*) AS n FROM outbox").one::<Count>(&hub.app.store);
            count.await.unwrap().n
        };
        let coordinator = hub.coordinator("bitonto").await;
        let invite = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } userErrors { code } } }";
        for (name, sent) in [("bruno", true), ("bice", false)] {
            let input = json!({ "territory": crate::requests::opaque(hub.territory("bitonto").await), "email": format!("{name}@bitonto.invalid"), "name": name, "role": "MEMBER" });
            hub.done(&coordinator, invite, input).await;
            if sent { hub.deliver().await } else { innesto::worker::plan_due(&hub.app).await.unwrap() }
        }
        for (days, left) in [(0, 2), (upkeep::MAIL_KEPT_DAYS - 1, 2), (2, 1)] {
            hub.app.clock.advance_seconds(days * 86_400);
            upkeep::forget(&hub.app).await.unwrap();
            assert_eq!(mails().await, left, "{days} days later");
        }
        hub.deliver().await;
    }

    async fn one_call_takes_no_more_than_a_lot_and_says_that_more_is_left(hub: Hub) {
        let (person, now) = (hub.person().await, hub.app.clock.now());
        let mut tx = hub.app.store.begin().await.unwrap();
        for n in 0..=upkeep::LOT {
            sql("INSERT INTO idempotency (person, key, action, fingerprint, result, created_at) VALUES (")
                .values([person.into(), n.to_string().into(), "draft".into(), vec![0_u8].into(), person.uuid().into(), now.into()])
                .text(")").run(&mut tx).await.unwrap();
        }
        tx.commit(now).await.unwrap();
        hub.app.clock.advance_seconds(31 * 86_400);
        assert!(upkeep::forget(&hub.app).await.unwrap());
        assert_eq!(kept(&hub).await[0], 1);
        assert!(!upkeep::forget(&hub.app).await.unwrap());
        assert_eq!(kept(&hub).await[0], 0);
    }
}
