//! Which letter goes to whom: each event makes exactly the mails it should, whoever plans them and however often.
use crate::support::Hub;
use innesto::{
    domain::{
        contact::ContactPerson,
        conversation::About,
        id::{ConversationId, MessageId, RequestId},
        mail::MailState,
        permission::{Actor, PracticeStatus, Role, Visibility},
        practice::{Practice, SupportLevel},
        request::{Outcome, OutcomeResult},
        word::Word,
    },
    service::{
        conversations::{self, Post, Start},
        invitations::{self, NewInvitation},
        requests::{self, Accept, Complete, Draft, On, Wish},
    },
    store::{contacts, events, outbox, people, practices, sql::sql, territories},
    worker,
};

pub struct Case {
    pub practice: Practice,
    pub contact: ContactPerson,
    /// A member of Troia.
    pub author: Actor,
    /// A member of Bitonto.
    pub owner: Actor,
}

impl Case {
    /// A practice of Bitonto with a contact and the town's mailbox, a member on each side.
    pub async fn of(hub: &Hub) -> Self {
        let (now, bitonto) = (hub.app.clock.now(), hub.territory("bitonto").await);
        let mut practice = Practice::draft(hub.app.clock.id(), bitonto, None, now);
        (practice.slug, practice.title) = ("in-con-tra".into(), "In.Con.Tra".into());
        (practice.status, practice.published_at) = (PracticeStatus::Published, Some(now));
        practice.support_levels = SupportLevel::ALL.to_vec();
        (practice.support_open, practice.support_capacity) = (true, 5);
        let contact = ContactPerson {
            id: hub.app.clock.id(),
            territory: bitonto,
            person: None,
            name: "Ada Prova".into(),
            role: "referente".into(),
            email: Some("ada@bitonto.invalid".into()),
            phone: None,
            visibility: Visibility::Relay,
            accepts_requests: true,
            is_role_mailbox: false,
            version: 1,
            created_at: now,
            removed_at: None,
        };
        let silent = ContactPerson {
            id: hub.app.clock.id(),
            email: Some("silent@bitonto.invalid".into()),
            accepts_requests: false,
            ..contact.clone()
        };
        let mut tx = hub.app.store.begin().await.unwrap();
        assert!(practices::insert(&mut tx, &practice).await.unwrap());
        for contact in [&contact, &silent] {
            contacts::insert(&mut tx, contact).await.unwrap();
        }
        contacts::set_of_practice(&mut tx, practice.id, &[contact.id, silent.id]).await.unwrap();
        territories::update_mailbox(&mut tx, bitonto, Some("piano@bitonto.invalid".into())).await.unwrap();
        tx.commit(now).await.unwrap();
        Self { practice, contact, author: hub.member("ambito-troia").await, owner: hub.member("bitonto").await }
    }

    pub async fn draft(&self, hub: &Hub) -> RequestId {
        let wish = Wish {
            need: Some("Un luogo per i ragazzi".into()),
            support_level: Some(Some(SupportLevel::Documents)),
            ..Wish::default()
        };
        let draft = Draft { practice: self.practice.id, requester: None, wish, illustrative: false, key: None };
        requests::create(&hub.app, &self.author, draft).await.unwrap().id
    }

    pub async fn sent(&self, hub: &Hub) -> RequestId {
        let id = self.draft(hub).await;
        requests::send(&hub.app, &self.author, On::request(id)).await.unwrap();
        id
    }

    /// The request's conversation.
    pub async fn talk(&self, hub: &Hub, request: RequestId) -> ConversationId {
        let (from, to) = (hub.territory("ambito-troia").await, self.practice.owner);
        let mut tx = hub.app.store.begin().await.unwrap();
        let id = conversations::open_in(&mut tx, &hub.app, About::Request(request), (from, to), "Prova").await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        id
    }
}

pub async fn email(hub: &Hub, who: &Actor) -> String {
    let found = people::find_many(&hub.app.store, &[who.person().unwrap()]).await.unwrap();
    found[0].email.clone().unwrap()
}

pub async fn write(hub: &Hub, who: &Actor, conversation: ConversationId, body: &str) -> MessageId {
    let post = Post { conversation, on_behalf_of: None, body: body.into(), key: None };
    conversations::post(&hub.app, who, post).await.unwrap().id
}

/// The mails of the last event: `address: letter`, with the state.
async fn of_last_event(hub: &Hub) -> Vec<(String, String, MailState)> {
    let cause = format!("event:{}", events::head(&hub.app.store).await.unwrap());
    let mails = outbox::find_by_cause(&hub.app.store, &cause).await.unwrap();
    mails.into_iter().map(|mail| (mail.address, mail.letter, mail.state)).collect()
}

pub async fn change(hub: &Hub, statement: &'static str) {
    let mut tx = hub.app.store.begin().await.unwrap();
    sql(statement).run(&mut tx).await.unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
}

fn outcome() -> Outcome {
    Outcome {
        result: OutcomeResult::Adapted,
        started_on: None,
        ended_on: None,
        core_kept: Vec::new(),
        changes: String::new(),
        hours_given: None,
        hours_spent: None,
        setup_cost_eur: None,
        yearly_cost_eur: None,
        indicators: Vec::new(),
        obstacles: String::new(),
        lessons: "Partire dalle persone".into(),
        satisfaction: Some(5),
    }
}

on_both! {
    async fn every_step_writes_to_exactly_those_it_should(hub: Hub) {
        let case = Case::of(&hub).await;
        let (author, coordinator) = (email(&hub, &case.author).await, hub.coordinator("ambito-troia").await);
        let (coordinator, facilitator) = (email(&hub, &coordinator).await, email(&hub, &hub.facilitator().await).await);
        let id = case.draft(&hub).await;
        assert!(hub.mailed().await.is_empty(), "a draft is nobody's business");
        requests::send(&hub.app, &case.author, On::request(id)).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        let mut to: Vec<_> = mails.iter().map(|mail| mail.to.email.as_str()).collect();
        to.sort_unstable();
        let mut expected = vec!["ada@bitonto.invalid", "piano@bitonto.invalid", &author];
        expected.sort_unstable();
        assert_eq!(to, expected);
        let received = mails.iter().find(|mail| mail.to.email == "ada@bitonto.invalid").unwrap();
        assert!(received.subject.starts_with("[REQ-2026-0001]"), "{}", received.subject);
        assert!(received.text.contains("Un luogo per i ragazzi") && received.text.contains("/requests/REQ-2026-0001"));
        // Ten working days from Monday 2 March; forty-five days.
        assert!(received.text.contains("16 marzo 2026") && received.text.contains("16 aprile 2026"), "{}", received.text);
        let root = received.in_reply_to.clone().unwrap();
        assert!(mails.iter().all(|mail| mail.references == [root.clone()]));

        requests::acknowledge(&hub.app, &case.owner, On::request(id)).await.unwrap();
        let told = |what: &str, to: &[&String]| { let mut all: Vec<_> = to.iter().map(|to| format!("{to}: [REQ-2026-0001] {what}")).collect(); all.sort(); all };
        assert_eq!(hub.mailed().await, told("Richiesta presa in carico: «In.Con.Tra»", &[&author]));

        let accept = Accept { on: On { note: "Volentieri".into(), ..On::request(id) }, support_level: SupportLevel::Documents, mentor: case.contact.id, first_date: "2026-03-20".parse().unwrap() };
        requests::accept(&hub.app, &case.owner, accept).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        let mut to: Vec<_> = mails.iter().map(|mail| format!("{}: {}", mail.to.email, mail.subject)).collect();
        to.sort();
        assert_eq!(to, told("Richiesta accettata: «In.Con.Tra»", &[&author, &coordinator]));
        assert!(mails.iter().all(|mail| mail.text.contains("Ada Prova") && mail.text.contains("Volentieri") && mail.in_reply_to.as_ref() == Some(&root)));

        requests::complete(&hub.app, &case.author, Complete { on: On::request(id), outcome: outcome() }).await.unwrap();
        hub.deliver().await;
        let mut to: Vec<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect();
        to.sort();
        let mut expected = vec!["ada@bitonto.invalid".to_owned(), facilitator];
        expected.sort();
        assert_eq!(to, expected);
    }

    async fn a_refusal_brings_the_reason_and_an_owner_without_contacts_is_still_reached(hub: Hub) {
        let case = Case::of(&hub).await;
        change(&hub, "DELETE FROM practice_contact").await;
        change(&hub, "UPDATE territory SET mailbox = NULL").await;
        let coordinator = email(&hub, &hub.coordinator("bitonto").await).await;
        let id = case.sent(&hub).await;
        hub.deliver().await;
        let to: Vec<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect();
        assert!(to.len() == 2 && to.contains(&coordinator), "{to:?}");
        let decline = On { reason: Some("NO_CAPACITY".into()), note: "Riprovate in autunno".into(), ..On::request(id) };
        requests::decline(&hub.app, &case.owner, decline).await.unwrap();
        hub.deliver().await;
        let mails = hub.mailbox();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to.email, email(&hub, &case.author).await);
        assert!(mails[0].text.contains("NO_CAPACITY (it)") && mails[0].text.contains("Riprovate in autunno"), "{}", mails[0].text);
    }

    async fn planning_twice_or_twice_at_once_makes_no_mail_twice(hub: Hub) {
        let case = Case::of(&hub).await;
        let id = case.sent(&hub).await;
        let talk = case.talk(&hub, id).await;
        for n in 0..100 { write(&hub, &case.author, talk, &format!("Messaggio {n}")).await; }
        let planners: Vec<_> = (0..4).map(|_| {
            let app = hub.app.clone();
            tokio::spawn(async move { worker::plan_due(&app).await.unwrap() })
        }).collect();
        for planner in planners { planner.await.unwrap(); }
        worker::plan_due(&hub.app).await.unwrap();
        // Three of the request; each message to the contact and the mailbox.
        assert_eq!(outbox::count(&hub.app.store, &[MailState::Queued]).await.unwrap(), 3 + 200);
        assert_eq!(events::lag(&hub.app.store, "letters").await.unwrap(), 0);
        hub.deliver().await;
        assert_eq!(hub.mailbox().len(), 203);
    }

    async fn a_message_goes_to_those_who_talked_and_never_to_its_author(hub: Hub) {
        let case = Case::of(&hub).await;
        let (author, owner) = (email(&hub, &case.author).await, email(&hub, &case.owner).await);
        let id = case.sent(&hub).await;
        let talk = case.talk(&hub, id).await;
        hub.mailed().await;
        let recipients = async || { hub.deliver().await; let mut to: Vec<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect(); to.sort(); to };
        write(&hub, &case.author, talk, "Nessuno ha ancora scritto").await;
        assert_eq!(recipients().await, ["ada@bitonto.invalid", "piano@bitonto.invalid"]);
        write(&hub, &case.owner, talk, "Rispondo io").await;
        assert_eq!(recipients().await, std::slice::from_ref(&author));
        write(&hub, &case.author, talk, "Grazie").await;
        assert_eq!(recipients().await, std::slice::from_ref(&owner));
        requests::acknowledge(&hub.app, &case.owner, On::request(id)).await.unwrap();
        hub.mailed().await;
        write(&hub, &case.owner, talk, "Quanti ragazzi?").await;
        hub.deliver().await;
        let mail = hub.mailbox().remove(0);
        assert!(mail.subject.starts_with("[REQ-2026-0001] Nuovo messaggio dal Comune di Bitonto"), "{}", mail.subject);
        // It is the requester's turn now: five working days.
        assert!(mail.text.contains("Quanti ragazzi?") && mail.text.contains("9 marzo 2026"), "{}", mail.text);
    }

    async fn a_conversation_about_nothing_reaches_who_answers_for_the_other_side(hub: Hub) {
        let (from, to) = (hub.territory("troia").await, hub.territory("nardo").await);
        let (who, member) = (hub.member("troia").await, hub.member("nardo").await);
        let start = |subject: &str| Start { from, to, subject: subject.into(), practice: None, need: None, body: "Buongiorno".into(), key: None };
        conversations::start(&hub.app, &who, start("Uno")).await.unwrap();
        assert_eq!(hub.mailed().await, [format!("{}: Nuovo messaggio dal Comune di Troia: Uno", email(&hub, &member).await)]);
        let coordinator = email(&hub, &hub.coordinator("nardo").await).await;
        conversations::start(&hub.app, &who, start("Due")).await.unwrap();
        assert_eq!(hub.mailed().await, [format!("{coordinator}: Nuovo messaggio dal Comune di Troia: Due")]);
    }

    async fn what_is_gone_by_the_time_is_not_sent(hub: Hub) {
        let case = Case::of(&hub).await;
        let id = case.sent(&hub).await;
        let talk = case.talk(&hub, id).await;
        hub.mailed().await;
        let message = write(&hub, &case.owner, talk, "Ops").await;
        worker::plan_due(&hub.app).await.unwrap();
        let planned = format!("event:{}", events::head(&hub.app.store).await.unwrap());
        conversations::retract(&hub.app, &case.owner, message).await.unwrap();
        assert!(hub.mailed().await.is_empty());
        let kept = outbox::find_by_cause(&hub.app.store, &planned).await.unwrap().remove(0);
        assert_eq!((kept.state, kept.reason.as_deref()), (MailState::Suppressed, Some("the message was taken back")));

        write(&hub, &case.owner, talk, "Chi legge?").await;
        worker::plan_due(&hub.app).await.unwrap();
        change(&hub, "DELETE FROM membership WHERE territory IN (SELECT id FROM territory WHERE slug = 'ambito-troia')").await;
        assert!(hub.mailed().await.is_empty());
        assert_eq!(of_last_event(&hub).await[0].2, MailState::Suppressed);
    }

    async fn an_invitation_reaches_the_address_it_names_unless_it_was_taken_back(hub: Hub) {
        let coordinator = hub.coordinator("troia").await;
        let invite = async |email: &str| {
            let new = NewInvitation { territory: hub.territory("troia").await, email: email.into(), name: "Bice Prova".into(), role: Role::Member };
            invitations::invite(&hub.app, &coordinator, &new).await.unwrap().id
        };
        invite("bice@troia.invalid").await;
        assert_eq!(of_last_event(&hub).await, []);
        hub.deliver().await;
        assert_eq!(of_last_event(&hub).await, [("bice@troia.invalid".into(), "invitation".into(), MailState::Sent)]);
        let mail = hub.mailbox().remove(0);
        assert!(mail.text.contains("Comune di Troia") && mail.text.contains("Responsabile dell'Ufficio di Piano"), "{}", mail.text);
        let taken_back = invite("carla@troia.invalid").await;
        worker::plan_due(&hub.app).await.unwrap();
        invitations::revoke(&hub.app, &coordinator, taken_back).await.unwrap();
        assert!(hub.mailed().await.is_empty());
    }
}
