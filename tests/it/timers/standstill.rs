//! The hub stands still for a while, or there are several of it.
use super::{Stage, evening, mails_after};
use crate::support::Hub;
use innesto::{
    app::App,
    domain::{event::EventKind, id::RequestId, request::RequestState, word::Word},
    store::{self, events, requests, sql::sql},
    worker,
};

/// So many days on which nobody works but people.
fn sleep(hub: &Hub, days: i64) {
    hub.app.clock.advance_seconds(days * 24 * 3600);
}

/// The letters that came after number `seq`, each once however many read it, in the order they came.
async fn letters_after(hub: &Hub, seq: i64) -> (Vec<String>, i64) {
    let (mails, last) = mails_after(hub, seq).await;
    let mut letters: Vec<String> = mails.into_iter().map(|mail| mail.letter).collect();
    letters.dedup();
    (letters, last)
}

async fn sent(hub: &Hub, stage: &Stage) -> (RequestId, i64) {
    let id = stage.draft(hub).await;
    stage.act(hub, id, "send").await;
    evening(hub).await;
    (id, events::head(&hub.app.store).await.unwrap())
}

async fn state(hub: &Hub, id: RequestId) -> RequestState {
    requests::find(&hub.app.store, id).await.unwrap().unwrap().state
}

on_both! {
    async fn after_a_week_down_one_reminder_goes_and_the_next_waits_its_turn(hub: Hub) {
        let stage = Stage::of(&hub).await;
        sent(&hub, &stage).await;
        let (met, _) = sent(&hub, &stage).await;
        // Down from the sixth day to the thirteenth; people go on.
        sleep(&hub, 4);
        let seq_down = events::head(&hub.app.store).await.unwrap();
        stage.act(&hub, met, "acknowledge").await;
        sleep(&hub, 7);
        evening(&hub).await;
        let (letters, last) = letters_after(&hub, seq_down).await;
        assert_eq!(letters, ["acknowledged", "request_reminder"], "one of one request, none of the one that was met");
        // The second was due the next day; whoever was reminded late has a week.
        let mut on = Vec::new();
        let mut seq = last;
        for day in 0..9 {
            evening(&hub).await;
            let (letters, last) = letters_after(&hub, seq).await;
            seq = last;
            on.extend(letters.into_iter().filter(|letter| letter == "request_reminder").map(|_| day));
        }
        assert_eq!(on, [6], "no two reminders within a week");
    }

    async fn after_months_down_nobody_is_passed_over_unwarned(hub: Hub) {
        let stage = Stage::of(&hub).await;
        let (id, mut seq) = sent(&hub, &stage).await;
        sleep(&hub, 99);
        let mut told = Vec::new();
        for day in 0..30 {
            evening(&hub).await;
            let (letters, last) = letters_after(&hub, seq).await;
            seq = last;
            told.extend(letters.into_iter().map(|letter| (day, letter)));
        }
        let expected = [(0, "request_reminder"), (7, "request_stuck"), (14, "expired_with_alternatives"), (14, "expired")];
        assert_eq!(told, expected.map(|(day, letter)| (day, letter.to_owned())));
        assert_eq!(state(&hub, id).await, RequestState::Expired);
    }

    async fn a_reminder_that_is_still_in_the_queue_when_somebody_acts_is_not_sent(hub: Hub) {
        let stage = Stage::of(&hub).await;
        let (id, seq) = sent(&hub, &stage).await;
        sleep(&hub, 7);
        worker::deadlines_due(&hub.app).await.unwrap();
        worker::plan_due(&hub.app).await.unwrap();
        stage.act(&hub, id, "acknowledge").await;
        hub.deliver().await;
        let (mails, _) = mails_after(&hub, seq).await;
        let reminder = mails.iter().find(|mail| mail.letter == "request_reminder").unwrap();
        assert_eq!((reminder.state.as_str(), reminder.reason.as_deref()), ("SUPPRESSED", Some("somebody has acted")));
    }

    async fn several_instances_do_each_once(hub: Hub) {
        let stage = Stage::of(&hub).await;
        let mut all = Vec::new();
        for _ in 0..6 { all.push(sent(&hub, &stage).await.0); }
        let instances = [hub.app.clone(), hub.another().await, hub.another().await];
        let together = async |instances: &[App]| {
            let tasks: Vec<_> = instances.iter().cloned().map(|app| tokio::spawn(async move {
                worker::deadlines_due(&app).await.unwrap();
                worker::plan_due(&app).await.unwrap();
            })).collect();
            for task in tasks { task.await.unwrap(); }
        };
        for _ in 0..60 {
            sleep(&hub, 1);
            together(&instances).await;
        }
        let kinds: Vec<_> = events::after(&hub.app.store, 0, 10_000).await.unwrap().into_iter().map(|event| event.kind).collect();
        let count = |kind| kinds.iter().filter(|found| **found == kind).count();
        // Two reminders and a call for help for each, and one end.
        assert_eq!((count(EventKind::DeadlineReached), count(EventKind::RequestExpired)), (6 * 3, 6));
        for id in all {
            assert_eq!(state(&hub, id).await, RequestState::Expired);
            assert_eq!(store::requests::deadlines_of(&hub.app.store, &[id]).await.unwrap(), []);
        }
        hub.deliver().await;
    }

    async fn deadlines_of_before_there_were_timers_are_taken_up_where_they_stand(hub: Hub) {
        let stage = Stage::of(&hub).await;
        let (id, mut seq) = sent(&hub, &stage).await;
        // As the migration leaves them: one deadline, of no timer.
        let mut tx = hub.app.store.begin().await.unwrap();
        let other = "DELETE FROM request_deadline WHERE timer <> 'sent_reminder'";
        assert!(sql(other).run(&mut tx).await.unwrap() > 0);
        let old = "UPDATE request_deadline SET timer = '', wakes_at = due_at";
        assert_eq!(sql(old).run(&mut tx).await.unwrap(), 1);
        tx.commit(hub.app.clock.now()).await.unwrap();
        let mut told = Vec::new();
        for day in 1..60 {
            evening(&hub).await;
            let (letters, last) = letters_after(&hub, seq).await;
            seq = last;
            told.extend(letters.into_iter().map(|letter| (day, letter)));
        }
        let letters: Vec<&str> = told.iter().map(|(_, letter)| letter.as_str()).collect();
        let expected = ["request_reminder", "request_reminder", "request_stuck", "expired_with_alternatives", "expired"];
        assert_eq!(letters, expected, "{told:?}");
        assert_eq!(state(&hub, id).await, RequestState::Expired);
    }
}
