//! When a person is told: as it prefers for each kind of event, and never in quiet hours.
use super::{Talk, prefer, queued, until};
use innesto::{
    domain::{
        mail::MailState,
        notification::{Category, Frequency},
    },
    service::notifications::{self, Change},
    worker,
};
use serde_json::json;

const READ: &str = "{ viewer { notificationPreferences { preferences { category frequency usual canChange }
    quietHours { from until } weekendsOff } } }";
const CHANGE: &str =
    "mutation($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) {
    notificationPreferences { preferences { category frequency } quietHours { from until } weekendsOff }
    userErrors { code field message } } }";

on_both! {
    async fn one_says_of_each_kind_when_and_at_which_hours_not(hub: Hub) {
        let me = hub.member("troia").await;
        let told = hub.data(&me, READ, json!({})).await["viewer"]["notificationPreferences"].take();
        let all = told["preferences"].as_array().unwrap();
        assert!(all.iter().all(|one| one["frequency"] == "AT_ONCE" && one["usual"] == "AT_ONCE"), "{told}");
        assert!(all.iter().all(|one| one["canChange"] == (one["category"] != "ESSENTIAL")) && all.len() == 7);
        assert_eq!((&told["quietHours"], &told["weekendsOff"]), (&json!(null), &json!(false)));

        let input = json!({ "preferences": [{ "category": "MESSAGES", "frequency": "DAILY" }], "quietHours": { "from": "20:00", "until": "07:30" }, "weekendsOff": true });
        let told = hub.done(&me, CHANGE, input).await["notificationPreferences"].take();
        assert_eq!((&told["quietHours"], &told["weekendsOff"]), (&json!({ "from": "20:00", "until": "07:30" }), &json!(true)));
        assert_eq!(told["preferences"].as_array().unwrap().iter().filter(|one| one["frequency"] == "DAILY").count(), 1);
        // What is left out stays; null takes away.
        let told = hub.done(&me, CHANGE, json!({ "weekendsOff": false })).await["notificationPreferences"].take();
        assert_eq!(told["quietHours"]["from"], "20:00");
        let told = hub.done(&me, CHANGE, json!({ "quietHours": null })).await["notificationPreferences"].take();
        assert_eq!((&told["quietHours"], &told["weekendsOff"]), (&json!(null), &json!(false)));

        for (wrong, code) in [
            (json!({ "preferences": [{ "category": "ESSENTIAL", "frequency": "OFF" }] }), "INVALID"),
            (json!({ "preferences": [{ "category": "ESSENTIAL", "frequency": "DAILY" }] }), "INVALID"),
            (json!({ "quietHours": { "from": "20:00", "until": "20:00" } }), "INVALID"),
            (json!({ "quietHours": { "from": "8", "until": "25:00" } }), "INVALID"),
        ] {
            assert_eq!(hub.refused(&me, CHANGE, wrong).await, code);
        }
        hub.done(&me, CHANGE, json!({ "preferences": [{ "category": "ESSENTIAL", "frequency": "AT_ONCE" }] })).await;
    }

    async fn what_is_off_stays_in_the_centre(hub: Hub) {
        let talk = Talk::of(&hub).await;
        talk.wants(&hub, Frequency::Off).await;
        talk.says(&hub, "Nessuna e-mail").await;
        assert!(talk.mails(&hub).await.is_empty());
        assert_eq!(talk.items(&hub).await, 1);
        // What was not told before is not told afterwards.
        talk.wants(&hub, Frequency::AtOnce).await;
        assert!(talk.mails(&hub).await.is_empty());
        talk.says(&hub, "Questa sì").await;
        assert_eq!(talk.mails(&hub).await.len(), 1);
    }

    async fn a_mail_waits_for_the_end_of_the_quiet_hours_and_of_the_weekend(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let change = Change { hours: Some(Some(("18:00".into(), "08:00".into()))), weekends_off: Some(true), ..Change::default() };
        notifications::update(&hub.app, &talk.case.owner, &change).await.unwrap();
        talk.says(&hub, "Di giorno").await;
        assert_eq!(talk.mails(&hub).await.len(), 1);
        until(&hub, "2026-03-06T17:00:00Z");
        talk.says(&hub, "Venerdì sera").await;
        assert!(talk.mails(&hub).await.is_empty());
        let waiting = queued(&hub, &format!("person:{}", talk.me())).await.pop().unwrap();
        assert_eq!((waiting.state, waiting.due_at.to_string()), (MailState::Queued, "2026-03-09T07:00:00Z".into()));
        until(&hub, "2026-03-09T06:59:59Z");
        assert!(talk.mails(&hub).await.is_empty());
        hub.app.clock.advance_seconds(1);
        assert_eq!(talk.mails(&hub).await.len(), 1);
    }

    async fn the_clocks_jump_while_it_is_quiet(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let change = Change { hours: Some(Some(("20:00".into(), "07:00".into()))), ..Change::default() };
        notifications::update(&hub.app, &talk.case.owner, &change).await.unwrap();
        prefer(&hub, &talk.case.owner, Category::Progress, Frequency::Daily).await;
        // Half past nine in winter; seven in summer, nine hours and a half later by the clock and eight and a half in truth.
        until(&hub, "2026-03-28T20:30:00Z");
        talk.says(&hub, "La notte in cui cambia l'ora").await;
        worker::plan_due(&hub.app).await.unwrap();
        let waiting = queued(&hub, &format!("person:{}", talk.me())).await.pop().unwrap();
        assert_eq!(waiting.due_at.to_string(), "2026-03-29T05:00:00Z");
        until(&hub, "2026-03-29T05:00:00Z");
        assert_eq!(talk.mails(&hub).await.len(), 1);
    }
}
