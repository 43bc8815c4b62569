//! By chance: messages, changes of mind, hours that pass, planners and digesters of two instances, killed at any point of
//! their work. In the end each item has been told in exactly one way: the one that was wanted when it came.
use super::{Talk, prefer, queued};
use crate::{fuzz::random::Random, support::Hub};
use innesto::{
    app::App,
    domain::{
        mail::LetterKind,
        notification::{Category, Frequency},
        page::PageRequest,
        word::Word,
    },
    service::notifications::{self, Change, Filter},
    worker,
};
use std::{collections::BTreeMap, future::poll_fn, pin::pin, task::Poll};

/// How an item is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Mail,
    Digest,
    Off,
}

/// Works until it is done, or is killed after it was woken so many times.
async fn killed_after<F: Future>(work: F, wakes: usize) {
    let (mut work, mut left) = (pin!(work), wakes);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        work.as_mut().poll(context).map(drop)
    })
    .await;
}

/// What has reached the reader, by the number of its event.
async fn items(hub: &Hub, talk: &Talk) -> Vec<i64> {
    let (filter, mut all, mut page) = (Filter::default(), Vec::new(), PageRequest::first(100));
    loop {
        let (found, _) = notifications::list(&hub.app, &talk.case.owner, &filter, &page, false).await.unwrap();
        all.extend(found.items.iter().map(|(_, item)| item.event));
        page.after = found.items.last().map(|(cursor, _)| cursor.clone());
        if !found.has_next {
            return all;
        }
    }
}

/// What the queue has of an item.
async fn told(hub: &Hub, talk: &Talk) -> BTreeMap<i64, Vec<Way>> {
    let mut told: BTreeMap<i64, Vec<Way>> =
        items(hub, talk).await.into_iter().map(|event| (event, Vec::new())).collect();
    for mail in queued(hub, &format!("person:{}", talk.me())).await {
        if mail.letter == LetterKind::Digest.as_str() {
            let (after, through) = notifications::marks(&mail.data)[Category::Messages.as_str()];
            told.range_mut(after + 1..=through).for_each(|(_, ways)| ways.push(Way::Digest));
        } else if let Some(event) = mail.cause.strip_prefix("event:")
            && let Some(ways) = told.get_mut(&event.parse().unwrap())
        {
            ways.push(Way::Mail);
        }
    }
    told
}

async fn story(hub: &Hub, seed: u64) {
    let talk = Talk::of(hub).await;
    let apps: [App; 2] = [hub.app.clone(), hub.another().await];
    let mut random = Random::new(seed);
    let (mut wanted, mut expected) = (Frequency::AtOnce, BTreeMap::<i64, Way>::new());
    for step in 0..60 {
        let app = apps[random.below(2)].clone();
        let wakes = 1 + random.below(40);
        match random.below(12) {
            0..=3 => drop(talk.says(hub, &format!("{step}")).await),
            4 => worker::plan_due(&app).await.unwrap(),
            5 => killed_after(worker::plan_due(&app), wakes).await,
            6 => worker::digests_due(&app).await.unwrap(),
            7 => killed_after(worker::digests_due(&app), wakes).await,
            8 => {
                let hours = random.one_in(2).then(|| ("19:00".to_owned(), "08:15".to_owned()));
                let change = Change { hours: Some(hours), weekends_off: Some(random.one_in(2)), ..Change::default() };
                notifications::update(&app, &talk.case.owner, &change).await.unwrap();
            }
            9 => {
                let after = Frequency::ALL[random.below(Frequency::ALL.len())];
                prefer(hub, &talk.case.owner, Category::Messages, after).await;
                wanted = after;
                if after == Frequency::Off {
                    let told = told(hub, &talk).await;
                    for (event, way) in &mut expected {
                        if told[event].is_empty() {
                            *way = Way::Off;
                        }
                    }
                }
            }
            _ => hub.app.clock.advance_seconds(i64::try_from(random.below(40 * 3_600)).unwrap()),
        }
        for event in items(hub, &talk).await {
            expected.entry(event).or_insert(match wanted {
                Frequency::AtOnce => Way::Mail,
                Frequency::Daily | Frequency::Weekly => Way::Digest,
                Frequency::Off => Way::Off,
            });
        }
    }
    worker::plan_due(&hub.app).await.unwrap();
    for event in items(hub, &talk).await {
        expected.entry(event).or_insert(match wanted {
            Frequency::AtOnce => Way::Mail,
            Frequency::Daily | Frequency::Weekly => Way::Digest,
            Frequency::Off => Way::Off,
        });
    }
    // Past every slot, and past a quiet weekend, hour by hour as a hub that runs.
    for _ in 0..12 * 24 {
        worker::digests_due(&hub.app).await.unwrap();
        hub.app.clock.advance_seconds(3_600);
    }
    let told = told(hub, &talk).await;
    assert_eq!(told.len(), expected.len(), "seed {seed}");
    for (event, ways) in told {
        let one = match ways.as_slice() {
            [] => Way::Off,
            [way] => *way,
            several => panic!("seed {seed}: event {event} was told as {several:?}"),
        };
        assert_eq!(one, expected[&event], "seed {seed}: event {event}");
    }
    hub.deliver().await;
    hub.mailbox();
}

on_both! {
    async fn each_item_is_told_in_exactly_one_way(hub: Hub) {
        story(&hub, 1).await;
    }
    async fn each_item_of_another_story_too(hub: Hub) {
        story(&hub, 2).await;
    }
    async fn and_of_a_third(hub: Hub) {
        story(&hub, 3).await;
    }
    async fn and_of_a_fourth(hub: Hub) {
        story(&hub, 4).await;
    }
}
