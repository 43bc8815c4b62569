//! The demonstration's history: the same each time, all of it flagged, in the order of time, and every state, reason and
//! result of the life cycle in it.
use crate::support::{START, server::Place};
use innesto::{
    app::App,
    clock::Clock,
    domain::{
        calendar::working_days_between,
        event::{Event, EventKind},
        id::{Id, PracticeId, RequestId},
        permission::PracticeStatus,
        practice::{Practice, Provenance},
        request::{Awaiting, OutcomeResult, Request, RequestState, Step, Verdict, Vitality},
        time::Ts,
        word::Word,
    },
    service::{
        demo::{self, history},
        needs,
    },
    store::{Engine, conversations, events, outbox, practices, requests, sql::sql},
    worker,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// A demonstration that was filled at that moment, and what it holds.
struct Filled {
    app: App,
    events: Vec<Event>,
    requests: Vec<Request>,
    _place: Place,
}

impl Filled {
    async fn on(engine: Engine) -> Self {
        let place = Place::empty(engine).await;
        let app = App { clock: Clock::standing(Ts::new(START.parse().unwrap())), ..place.app().await.in_memory() };
        demo::fill(&app, true).await.unwrap();
        let events = events::after(&app.store, 0, 100_000).await.unwrap();
        let made = events.iter().filter(|event| event.kind == EventKind::RequestCreated);
        let ids: Vec<RequestId> = made.map(|event| Id::of(event.subject)).collect();
        let mut requests = requests::find_many(&app.store, &ids).await.unwrap();
        requests.sort_by(|a, b| a.number.cmp(&b.number));
        Self { app, events, requests, _place: place }
    }

    async fn practices(&self, ids: impl Iterator<Item = PracticeId>) -> BTreeMap<PracticeId, Practice> {
        let ids: BTreeSet<PracticeId> = ids.collect();
        let found = practices::find_many(&self.app.store, &ids.into_iter().collect::<Vec<_>>()).await.unwrap();
        found.into_iter().map(|practice| (practice.id, practice)).collect()
    }

    /// All that must be the same each time: what, who, when and what is said, without ids.
    async fn digest(&self) -> String {
        let atlas = self.app.store.atlas().await.unwrap();
        let slug = |id| atlas.territory(id).unwrap().slug.clone();
        let practices = self.practices(self.requests.iter().map(|request| request.practice)).await;
        let mut told = String::new();
        for event in &self.events {
            writeln!(told, "{} {} {}", event.seq, event.at, event.kind.as_str()).unwrap();
        }
        for r in &self.requests {
            let (practice, outcome) = (&practices[&r.practice].slug, serde_json::to_string(&r.outcome).unwrap());
            let story = requests::story_of(&self.app.store, &[r.id]).await.unwrap();
            let steps: Vec<_> =
                story.iter().map(|m| format!("{:?} {} {:?} {}", m.step, m.at, m.reason, m.text)).collect();
            writeln!(
                told,
                "{} {:?} {} {} {practice} {:?} {} {outcome} {:?}\n{}",
                r.number,
                r.state,
                slug(r.requester),
                slug(r.owner),
                r.support_level,
                r.need,
                r.follow_ups,
                steps.join("\n")
            )
            .unwrap();
        }
        told
    }

    fn words<'a>(&'a self, kind: EventKind, name: &'a str) -> BTreeSet<&'a str> {
        let of = self.events.iter().filter(move |event| event.kind == kind);
        of.filter_map(|event| event.data.get(name)?.as_str()).collect()
    }

    fn requests_are_of_every_sort(&self) {
        let (count, all) =
            (self.requests.len(), |what: &str| self.requests.iter().filter(|r| r.state.as_str() == what).count());
        assert!((140..=170).contains(&count), "{count}");
        for state in RequestState::ALL {
            assert!(all(state.as_str()) > 0, "{state:?}");
        }
        assert!(self.requests.iter().all(|request| request.illustrative));
        for (kind, reasons) in
            [(EventKind::RequestDeclined, 6), (EventKind::RequestInterrupted, 8), (EventKind::RequestWithdrawn, 4)]
        {
            assert_eq!(self.words(kind, "reason").len(), reasons, "{kind:?}");
        }
        assert_eq!(self.words(EventKind::RequestCompleted, "result").len(), OutcomeResult::ALL.len());
        assert_eq!(self.words(EventKind::OutcomeConfirmed, "verdict").len(), Verdict::ALL.len());
        assert_eq!(self.words(EventKind::RequestFollowedUp, "vitality").len(), Vitality::ALL.len());
        for step in Step::ALL.iter().filter(|step| **step != Step::Edit) {
            let kind = innesto::domain::request::event(*step);
            assert!(self.events.iter().any(|event| event.kind == kind), "{step:?}");
        }
        for timer in ["sent_reminder", "sent_escalation", "check_in_every", "follow_ups", "answer_warning"] {
            assert!(self.words(EventKind::DeadlineReached, "timer").contains(timer), "{timer}");
        }
    }

    fn the_log_is_in_order(&self) {
        assert!(self.events.iter().zip(1..).all(|(event, seq)| event.seq == seq));
        assert!(self.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
        assert!(self.events.last().unwrap().at <= self.app.clock.now());
        let days = (self.events.last().unwrap().at.micros() - self.events[0].at.micros()) / 86_400_000_000;
        assert!(days > 700, "{days}");
    }

    /// The reach, the answers and the copies of a network.
    async fn it_looks_like_a_network(&self) {
        let atlas = self.app.store.atlas().await.unwrap();
        let ambito = |id| {
            let territory = atlas.territory(id).unwrap();
            territory.ambito.unwrap_or(territory.id)
        };
        let reach: BTreeSet<_> = self.requests.iter().flat_map(|r| [ambito(r.requester), ambito(r.owner)]).collect();
        assert!((26..=40).contains(&reach.len()), "{}", reach.len());
        let answered = self
            .events
            .iter()
            .filter(|event| matches!(event.kind, EventKind::RequestAccepted | EventKind::RequestDeclined));
        // Who lets go what it had accepted has answered before.
        let mut answered_once = BTreeSet::new();
        let answered = answered.filter(|event| answered_once.insert(event.subject));
        let mut waits: Vec<i64> = answered
            .filter_map(|event| {
                let request = self.requests.iter().find(|request| request.id.uuid() == event.subject)?;
                Some(working_days_between(request.sent_at?, event.at))
            })
            .collect();
        waits.sort_unstable();
        let median = waits[waits.len() / 2];
        assert!((4..=9).contains(&median), "{median}");

        let copies = self.practices(self.requests.iter().filter_map(|request| request.copy)).await;
        assert!(copies.values().all(|copy| copy.provenance == Provenance::Illustrative));
        let published = copies.values().filter(|copy| copy.status == PracticeStatus::Published).count();
        assert!((35..copies.len()).contains(&published), "{published}");
        let grandchildren =
            self.requests.iter().filter(|r| r.copy.is_some() && copies.contains_key(&r.practice)).count();
        assert!(grandchildren >= 4, "{grandchildren}");
        let ids: Vec<RequestId> = self.requests.iter().map(|request| request.id).collect();
        let talks = conversations::find_by_request(&self.app.store, &ids).await.unwrap();
        let lively = talks.iter().filter(|talk| talk.messages_count >= 1).count();
        assert!((talks.len() * 2 / 5..talks.len() * 4 / 5).contains(&lively), "{lively} of {}", talks.len());
    }

    /// What waits for the demonstration's own people is to be seen through at a glance.
    async fn inboxes_are_small(&self) {
        let atlas = self.app.store.atlas().await.unwrap();
        let called = |slug: &str| atlas.territories().find(|territory| territory.slug == slug).unwrap().id;
        let (bitonto, nardo) = (called("bitonto"), called("ambito-nardo"));
        let open = |request: &&Request| request.state.is_open();
        let waiting = |request: &&Request| request.owner == bitonto && request.awaiting == Awaiting::Owner;
        assert!((2..=6).contains(&self.requests.iter().filter(open).filter(waiting).count()));
        assert_eq!(self.requests.iter().filter(open).filter(|request| request.requester == nardo).count(), 3);
        let practices = self.practices(self.requests.iter().map(|request| request.practice)).await;
        let incontra = practices.values().find(|practice| practice.slug == "incontra-bitonto").unwrap();
        assert!(incontra.active_requests < incontra.support_capacity - 1);
        assert!(practices.values().all(|practice| practice.active_requests <= practice.support_capacity));
    }

    /// The start of the server has nothing to tell anybody.
    async fn nothing_is_due(&self) {
        worker::deadlines_due(&self.app).await.unwrap();
        assert_eq!(events::head(&self.app.store).await.unwrap(), self.events.last().unwrap().seq);
        needs::follow(&self.app).await.unwrap();
        worker::deliver_due(&self.app).await.unwrap();
        assert_eq!(outbox::count(&self.app.store, innesto::domain::mail::MailState::ALL).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn two_years_of_a_network_are_told_the_same_way_on_both_engines() {
    let told = Filled::on(Engine::Sqlite).await;
    told.requests_are_of_every_sort();
    told.the_log_is_in_order();
    told.it_looks_like_a_network().await;
    told.inboxes_are_small().await;
    told.nothing_is_due().await;
    let again = Filled::on(Engine::Postgres).await;
    again.the_log_is_in_order();
    let (one, other) = (told.digest().await, again.digest().await);
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert_eq!((differs, one.len()), (None, other.len()));
    again.nothing_is_due().await;
}

#[tokio::test]
async fn a_history_can_be_told_up_to_any_day_and_a_second_start_adds_nothing() {
    let told = Filled::on(Engine::Sqlite).await;
    demo::fill(&told.app, true).await.unwrap();
    assert_eq!(events::head(&told.app.store).await.unwrap(), told.events.last().unwrap().seq);
    let file = history::read(include_bytes!("../../data/demo/history.json")).unwrap();
    let cast = history::Cast::of(&told.app, &file).await.unwrap();
    for day in 0..73 {
        let until = told.app.clock.now().plus_days(day * 10 + 1);
        let plan = history::plan(&file, &cast, (until.plus_days(-730), until), history::SEED).unwrap();
        assert!(plan.moments.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(plan.moments.last().unwrap().0 < until);
    }
}

async fn begins_again_on(engine: Engine) {
    let place = Place::empty(engine).await;
    let app = place.app().await.in_memory();
    demo::fill(&app, false).await.unwrap();
    assert_eq!(requests::next_wake(&app.store).await.unwrap(), None, "no history was asked for");
    let whole = events::head(&app.store).await.unwrap();
    demo::fill(&app, true).await.unwrap();
    assert_eq!(events::head(&app.store).await.unwrap(), whole, "what is filled is left alone");
    let mut tx = app.store.begin().await.unwrap();
    sql("DELETE FROM dataset WHERE name = 'demo.filled'").run(&mut tx).await.unwrap();
    tx.commit(app.clock.now()).await.unwrap();
    app.store.close().await;
    let app = place.app().await.in_memory();
    demo::fill(&app, false).await.unwrap();
    assert_eq!(events::head(&app.store).await.unwrap(), whole, "what was cut off is begun again");
}

#[tokio::test]
async fn a_start_that_was_cut_off_is_begun_again_on_sqlite() {
    begins_again_on(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_start_that_was_cut_off_is_begun_again_on_postgres() {
    begins_again_on(Engine::Postgres).await;
}
