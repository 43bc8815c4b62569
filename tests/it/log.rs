//! The numbered log: no gaps, in commit order, nothing lost, whoever writes at once.
use innesto::{
    domain::event::{EventKind, NewEvent},
    store::events,
};

on_both! {
    async fn events_of_many_writers_are_numbered_without_gaps_and_a_follower_misses_none(hub: Hub) {
        let (writers, each) = (8, 20);
        let bitonto = hub.territory("bitonto").await;
        let tasks: Vec<_> = (0..writers).map(|writer| {
            let app = hub.app.clone();
            tokio::spawn(async move {
                for n in 0..each {
                    let mut tx = app.store.begin().await.unwrap();
                    for _ in 0..=(n % 3) {
                        tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto).note("writer", writer));
                    }
                    tx.commit(app.clock.now()).await.unwrap();
                }
            })
        }).collect();
        let expected: i64 = writers * (0..each).map(|n| n % 3 + 1).sum::<i64>();
        let mut seen = Vec::new();
        while i64::try_from(seen.len()).unwrap() < expected {
            let after = seen.last().copied().unwrap_or(0);
            seen.extend(events::after(&hub.app.store, after, 7).await.unwrap().into_iter().map(|event| event.seq));
            tokio::task::yield_now().await;
        }
        for task in tasks { task.await.unwrap(); }
        assert_eq!(seen, (1..=expected).collect::<Vec<_>>());
        assert_eq!(events::head(&hub.app.store).await.unwrap(), expected);
    }

    async fn a_dropped_transaction_leaves_no_event_and_no_gap(hub: Hub) {
        let bitonto = hub.territory("bitonto").await;
        let mut lost = hub.app.store.begin().await.unwrap();
        lost.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto));
        drop(lost);
        let mut kept = hub.app.store.begin().await.unwrap();
        kept.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto));
        kept.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(events::after(&hub.app.store, 0, 10).await.unwrap().len(), 1);
        assert_eq!(*hub.app.store.wake_ups().borrow(), 1);
    }
}
