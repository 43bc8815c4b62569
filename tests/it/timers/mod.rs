//! Requests walked through their whole lives, day by day: every mail is compared with the life cycle's table, to whom
//! and on which day. And what becomes of it when the hub stands still, or when there are several.
mod standstill;
mod table;

use crate::{
    letters::{Case, email},
    support::Hub,
};
use innesto::{
    domain::{
        contact::ContactPerson,
        conversation::About,
        event::EventKind,
        id::{ConversationId, PracticeId, RequestId},
        mail::{Mail, MailState},
        permission::Actor,
        practice::SupportLevel,
        request::{Agreement, AgreementKind, Outcome, OutcomeResult, Progress, Verdict, Vitality},
        word::Word,
    },
    service::{
        conversations::{self, Post},
        requests::{self, Accept, CheckIn, Complete, Confirm, Draft, Extend, Follow, On, RecordAgreement, Start, Wish},
    },
    store::{self, contacts, events, outbox, practices},
    worker,
};
use std::collections::BTreeMap;
use table::{Model, day};

/// Who is who in all stories: Troia asks Bitonto.
pub struct Stage {
    case: Case,
    facilitator: Actor,
    steward: Actor,
    /// Addresses by the table's names.
    to: BTreeMap<&'static str, Vec<String>>,
}

impl Stage {
    pub async fn of(hub: &Hub) -> Self {
        let case = Case::of(hub).await;
        let (facilitator, steward) = (hub.facilitator().await, hub.steward().await);
        let author = email(hub, &case.author).await;
        let (contact, mailbox) = ("ada@bitonto.invalid".to_owned(), "piano@bitonto.invalid".to_owned());
        let coordinators = (hub.coordinator("ambito-troia").await, hub.coordinator("bitonto").await);
        let to = BTreeMap::from([
            ("author", vec![author.clone()]),
            ("requester", vec![author.clone()]),
            ("requester_coordinator", vec![email(hub, &coordinators.0).await]),
            ("owner_contacts", vec![contact.clone()]),
            ("owner_mailbox", vec![mailbox]),
            ("owner_coordinator", vec![email(hub, &coordinators.1).await]),
            ("both", vec![author, contact]),
            ("facilitator", vec![email(hub, &facilitator).await]),
        ]);
        Self { case, facilitator, steward, to }
    }

    /// A draft for a practice of its own, of the same contact.
    pub async fn draft(&self, hub: &Hub) -> RequestId {
        let practice = another_practice(hub, &self.case).await;
        drafted_for(hub, &self.case, practice).await
    }

    /// Takes the step, in the table's word and how: `accept FULL`.
    pub async fn act(&self, hub: &Hub, id: RequestId, step: &str) {
        let (event, how) = step.split_once(' ').unwrap_or((step, ""));
        let (app, author, owner) = (&hub.app, &self.case.author, &self.case.owner);
        let today = day(app.clock.now());
        let on = || On::request(id);
        let because = |reason: &str| On { reason: Some(reason.into()), note: "Perché sì".into(), ..on() };
        let done = match event {
            "question" | "answer" => {
                let who = if event == "question" { owner } else { author };
                let post =
                    Post { conversation: self.talk(hub, id).await, on_behalf_of: None, body: how.into(), key: None };
                conversations::post(app, who, post).await.unwrap();
                return;
            }
            "send" => requests::send(app, author, on()).await,
            "acknowledge" => requests::acknowledge(app, owner, on()).await,
            "accept" => {
                let (support_level, mentor) = (SupportLevel::parse(how).unwrap(), self.case.contact.id);
                requests::accept(app, owner, Accept { on: on(), support_level, mentor, first_date: today }).await
            }
            "decline" => requests::decline(app, owner, because("NO_CAPACITY")).await,
            "extend" => requests::extend(app, &self.facilitator, Extend { on: because(""), days: 30 }).await,
            "send_again" => requests::send_again(app, author, on()).await,
            "record_agreement" => {
                let numbers = ("12/2026".to_owned(), "4711".to_owned());
                let kind = AgreementKind::Agreement;
                let agreement = Agreement { kind, act_number: numbers.0, act_date: today, protocol_number: numbers.1 };
                requests::record_agreement(app, owner, RecordAgreement { on: on(), agreement }).await
            }
            "start" => requests::start(app, owner, Start { on: on(), started_on: today }).await,
            "check_in" => {
                let progress = if how == "stuck" { Progress::Stuck } else { Progress::OnTrack };
                let pause_until = how.strip_prefix("until ").map(|day| day.parse().unwrap());
                requests::check_in(app, author, CheckIn { on: because(""), progress, pause_until }).await
            }
            "complete" => requests::complete(app, author, Complete { on: on(), outcome: outcome(today) }).await,
            "confirm_outcome" => {
                let verdict = if how == "disputed" { Verdict::Dispute } else { Verdict::Confirm };
                requests::confirm_outcome(app, owner, Confirm { on: because(""), verdict }).await
            }
            "follow_up" => requests::follow_up(app, author, Follow { on: on(), vitality: Vitality::Active }).await,
            "interrupt" => requests::interrupt(app, author, because("BUDGET")).await,
            "reopen" => requests::reopen(app, author, on()).await,
            "withdraw" => requests::withdraw(app, author, because("NEED_GONE")).await,
            "annul" => requests::annul(app, &self.steward, because("ERROR")).await,
            other => panic!("{other}"),
        };
        done.unwrap_or_else(|failure| panic!("{step} on {today}: {failure}"));
    }

    async fn talk(&self, hub: &Hub, request: RequestId) -> ConversationId {
        let (from, to) = (hub.territory("ambito-troia").await, self.case.practice.owner);
        let mut tx = hub.app.store.begin().await.unwrap();
        let id = conversations::open_in(&mut tx, &hub.app, About::Request(request), (from, to), "Prova").await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        id
    }
}

/// Another practice of the same owner and contact.
pub async fn another_practice(hub: &Hub, case: &Case) -> PracticeId {
    let mut practice = case.practice.clone();
    practice.id = hub.app.clock.id();
    practice.slug = practice.id.uuid().simple().to_string();
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(practices::insert(&mut tx, &practice).await.unwrap());
    let contact: &ContactPerson = &case.contact;
    contacts::set_of_practice(&mut tx, practice.id, &[contact.id]).await.unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
    practice.id
}

async fn drafted_for(hub: &Hub, case: &Case, practice: PracticeId) -> RequestId {
    let wish = Wish {
        need: Some("Un luogo per i ragazzi".into()),
        support_level: Some(Some(SupportLevel::Documents)),
        ..Wish::default()
    };
    let draft = Draft { practice, requester: None, wish, illustrative: false, key: None };
    requests::create(&hub.app, &case.author, draft).await.unwrap().id
}

/// A request for this practice, sent by the author.
pub async fn sent_for(hub: &Hub, case: &Case, practice: PracticeId) {
    let id = drafted_for(hub, case, practice).await;
    requests::send(&hub.app, &case.author, On::request(id)).await.unwrap();
}

fn outcome(today: innesto::domain::time::Date) -> Outcome {
    Outcome {
        result: OutcomeResult::Abandoned,
        started_on: Some(today),
        ended_on: Some(today),
        core_kept: Vec::new(),
        changes: "Fermata subito".into(),
        hours_given: None,
        hours_spent: None,
        setup_cost_eur: None,
        yearly_cost_eur: None,
        indicators: Vec::new(),
        obstacles: "Il bilancio".into(),
        lessons: "Partire dalle persone".into(),
        satisfaction: Some(5),
    }
}

/// All mails that came of events after number `seq`, of whichever request, and the number of the last event.
pub async fn mails_after(hub: &Hub, seq: i64) -> (Vec<Mail>, i64) {
    let (mut mails, mut last) = (Vec::new(), seq);
    for event in events::after(&hub.app.store, seq, 10_000).await.unwrap() {
        mails.extend(outbox::find_by_cause(&hub.app.store, &format!("event:{}", event.seq)).await.unwrap());
        last = event.seq;
    }
    (mails, last)
}

/// What the worker does in the evening of a day, and the next morning.
pub async fn evening(hub: &Hub) {
    hub.app.clock.advance_seconds(12 * 3600);
    worker::deadlines_due(&hub.app).await.unwrap();
    hub.deliver().await;
    hub.app.clock.advance_seconds(12 * 3600);
}

/// Steps by day: sent on the first, and then.
const STORIES: &[(&str, &[(i64, &str)])] = &[
    ("a draft that nobody touches again", &[]),
    (
        "documents only, and nobody answers afterwards",
        &[(1, "send"), (3, "acknowledge"), (30, "accept DOCUMENTS"), (62, "complete")],
    ),
    (
        "full support with questions, pauses, an interruption and a dispute",
        &[
            (0, "send"),
            (8, "acknowledge"),
            (9, "question Quanti ragazzi?"),
            (21, "answer Trenta"),
            (40, "accept FULL"),
            (60, "record_agreement"),
            (75, "start"),
            (140, "check_in stuck"),
            (150, "check_in until 2026-09-30"),
            (330, "interrupt"),
            (350, "reopen"),
            (420, "complete"),
            (425, "confirm_outcome disputed"),
            (610, "follow_up 6m"),
        ],
    ),
    ("declined when the owner has had its reminders", &[(2, "send"), (12, "acknowledge"), (50, "decline")]),
    ("declined at once", &[(2, "send"), (3, "decline")]),
    ("taken back while it waits", &[(2, "send"), (10, "withdraw")]),
    ("a question that nobody answers", &[(4, "send"), (5, "acknowledge"), (6, "question Ci siete?")]),
    ("expired, sent again, extended, expired again", &[(0, "send"), (80, "send_again"), (90, "extend")]),
    (
        "expired and sent again with better luck",
        &[
            (0, "send"),
            (60, "send_again"),
            (61, "acknowledge"),
            (62, "accept MENTORING"),
            (63, "start"),
            (160, "check_in"),
            (200, "complete"),
            (210, "confirm_outcome"),
            (390, "follow_up 6m"),
        ],
    ),
    ("struck out by the steward", &[(0, "send"), (1, "acknowledge"), (2, "annul")]),
];

/// Longer than any story and its timers.
const DAYS: i64 = 830;

on_both! {
    async fn every_mail_of_a_requests_life_is_the_tables_to_whom_and_when_it_says(hub: Hub) {
        let stage = Stage::of(&hub).await;
        let mut cast = Vec::new();
        for (name, steps) in STORIES {
            let id = stage.draft(&hub).await;
            cast.push((id, *name, *steps, Model::drafted(day(hub.app.clock.now()))));
        }
        let (mut seq, mut seen) = (0, std::collections::BTreeSet::new());
        for n in 0..DAYS {
            let today = day(hub.app.clock.now());
            let mut expected = Vec::new();
            for (id, name, steps, model) in &mut cast {
                let mut said = Vec::new();
                for (_, step) in steps.iter().filter(|(day, _)| *day == n) {
                    stage.act(&hub, *id, step).await;
                    match step.split(' ').next() {
                        Some("question") => model.message("REQUESTER", today),
                        Some("answer") => model.message("OWNER", today),
                        _ => said.extend(model.step(step, today)),
                    }
                }
                said.extend(model.today(today));
                for (letter, to) in said {
                    expected.extend(stage.to[&*to].iter().map(|to| format!("{name}: {letter} to {to}")));
                }
            }
            evening(&hub).await;
            let (mails, last) = mails_after(&hub, seq).await;
            seq = last;
            let mut sent = Vec::new();
            for mail in mails {
                assert_eq!(mail.state, MailState::Sent, "{} on {today}: {:?}", mail.letter, mail.reason);
                let id = mail.id("subject").unwrap();
                let Some((_, name, ..)) = cast.iter().find(|(request, ..)| *request == id) else {
                    assert_eq!(mail.letter, "new_message");
                    continue;
                };
                assert_eq!(day(mail.sent_at.unwrap()), today);
                seen.insert(mail.letter.clone());
                sent.push(format!("{name}: {} to {}", mail.letter, mail.address));
            }
            sent.sort();
            expected.sort();
            assert_eq!(sent, expected, "day {n}, {today}");
        }
        for (id, name, _, model) in &cast {
            let request = store::requests::find(&hub.app.store, *id).await.unwrap().unwrap();
            assert_eq!(request.state.as_str(), model.state, "{name}");
        }
        // All letters about requests were seen, and each said something else than the others.
        let other =
            ["sign_in_code", "invitation", "need_matched", "new_message", "digest", "reply_not_taken", "undelivered"];
        let letters = innesto::domain::mail::LetterKind::ALL.iter().map(|kind| kind.as_str());
        let missing: Vec<_> = letters.filter(|letter| !other.contains(letter) && !seen.contains(*letter)).collect();
        assert_eq!(missing, [""; 0]);
        let told = events::after(&hub.app.store, 0, 10_000).await.unwrap();
        assert!(told.iter().filter(|event| event.kind == EventKind::DeadlineReached).count() > 20);
    }
}
