//! The notification centre: the same items as the mails, read or not, and told only as far as their reader may see.
mod chance;
mod digests;
mod preferences;
mod unsubscribe;

use crate::{
    letters::{Case, email, write},
    requests::opaque,
    support::Hub,
};
use innesto::{
    domain::{
        id::{ConversationId, MessageId, NotificationId, PersonId},
        mail::{Mail, MailState},
        notification::{Category, Frequency},
        permission::{Actor, Member, Role, Scope},
    },
    mail::Outgoing,
    service::{
        conversations,
        invitations::{self, NewInvitation},
        notifications::{self, Change, Filter},
    },
    store::{contacts, notifications as stored, outbox, sql::sql},
    worker,
};
use serde_json::{Value, json};

/// A conversation about a request in which the owner has written, so that what the author writes reaches the owner.
pub struct Talk {
    pub case: Case,
    pub id: ConversationId,
}

impl Talk {
    /// With nothing left to tell.
    pub async fn of(hub: &Hub) -> Self {
        let case = Case::of(hub).await;
        let request = case.sent(hub).await;
        let id = case.talk(hub, request).await;
        write(hub, &case.owner, id, "Buongiorno").await;
        hub.deliver().await;
        hub.mailbox();
        Self { case, id }
    }

    /// Who reads.
    pub fn me(&self) -> PersonId {
        self.case.owner.person().unwrap()
    }

    /// The author writes.
    pub async fn says(&self, hub: &Hub, body: &str) -> MessageId {
        write(hub, &self.case.author, self.id, body).await
    }

    /// The owner wants to be told of messages so.
    pub async fn wants(&self, hub: &Hub, frequency: Frequency) {
        prefer(hub, &self.case.owner, Category::Messages, frequency).await;
    }

    /// The mails to the owner since it was last asked.
    pub async fn mails(&self, hub: &Hub) -> Vec<Outgoing> {
        hub.deliver().await;
        let me = email(hub, &self.case.owner).await;
        hub.mailbox().into_iter().filter(|mail| mail.to.email == me).collect()
    }

    /// How many items the owner has.
    pub async fn items(&self, hub: &Hub) -> i64 {
        stored::count(&hub.app.store, self.me(), &Filter::default()).await.unwrap()
    }
}

pub async fn prefer(hub: &Hub, who: &Actor, category: Category, frequency: Frequency) {
    let change = Change { frequencies: vec![(category, frequency)], ..Change::default() };
    notifications::update(&hub.app, who, &change).await.unwrap();
}

/// Moves the clock on to an instant.
pub fn until(hub: &Hub, at: &str) {
    let at = innesto::domain::time::Ts::new(at.parse().unwrap());
    let seconds = (at.micros() - hub.app.clock.now().micros()) / 1_000_000;
    assert!(seconds >= 0, "the clock goes forward");
    hub.app.clock.advance_seconds(seconds);
}

/// The mails of the queue to this recipient, oldest first.
pub async fn queued(hub: &Hub, recipient: &str) -> Vec<Mail> {
    #[derive(sqlx::FromRow)]
    struct Key {
        id: innesto::domain::id::OutboxId,
    }
    let keys = sql("SELECT id FROM outbox WHERE recipient = ").value(recipient).text(" ORDER BY id");
    let mut mails = Vec::new();
    for Key { id } in keys.all::<Key>(&hub.app.store).await.unwrap() {
        mails.extend(outbox::find(&hub.app.store, id).await.unwrap());
    }
    mails
}

const CENTRE: &str =
    "query($filter: NotificationFilter) { viewer { unreadNotifications notifications(filter: $filter) {
    totalCount nodes { id kind category sentence number isRead subject { __typename id } } } } }";

async fn centre(hub: &Hub, who: &Actor, filter: Value) -> Value {
    hub.data(who, CENTRE, json!({ "filter": filter })).await["viewer"].take()
}

const MARK: &str = "mutation($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) {
    unreadNotifications userErrors { code message } } }";

on_both! {
    async fn what_is_mailed_to_a_person_stands_in_its_centre(hub: Hub) {
        let case = Case::of(&hub).await;
        let request = case.sent(&hub).await;
        let told = centre(&hub, &case.author, json!({})).await;
        assert_eq!((&told["unreadNotifications"], &told["notifications"]["totalCount"]), (&json!(0), &json!(0)), "not planned yet");
        hub.deliver().await;
        assert_eq!(hub.mailbox().len(), 3);
        let told = centre(&hub, &case.author, json!({ "unread": true, "kinds": ["REQUEST_COPY"] })).await;
        let item = &told["notifications"]["nodes"][0];
        assert_eq!((&told["unreadNotifications"], &item["kind"], &item["category"]), (&json!(1), &json!("REQUEST_COPY"), &json!("PROGRESS")));
        assert_eq!((&item["sentence"], &item["number"]), (&json!("La vostra richiesta al Comune di Bitonto: «In.Con.Tra»"), &json!("REQ-2026-0001")));
        assert_eq!((&item["subject"]["__typename"], &item["subject"]["id"]), (&json!("ReplicationRequest"), &json!(opaque(request))));
        let talk = case.talk(&hub, request).await;
        write(&hub, &case.owner, talk, "Quanti ragazzi?").await;
        hub.deliver().await;
        let told = centre(&hub, &case.author, json!({ "categories": ["MESSAGES"] })).await;
        let item = &told["notifications"]["nodes"][0];
        assert_eq!(item["sentence"], "Nuovo messaggio dal Comune di Bitonto: REQ-2026-0001: In.Con.Tra");
        assert_eq!((&item["subject"]["__typename"], &item["number"], &told["unreadNotifications"]), (&json!("Conversation"), &json!("REQ-2026-0001"), &json!(2)));
        // A contact without an account, a mailbox and the writer have only mails.
        assert_eq!(centre(&hub, &case.owner, json!({})).await["notifications"]["nodes"], json!([]));
        hub.mailbox();
    }

    async fn what_is_read_is_read_one_by_one_or_up_to_a_place(hub: Hub) {
        let talk = Talk::of(&hub).await;
        for n in 0..5 { talk.says(&hub, &format!("{n}")).await; hub.deliver().await; hub.app.clock.advance_seconds(1); }
        let me = &talk.case.owner;
        let told = centre(&hub, me, json!({})).await;
        let ids: Vec<&Value> = told["notifications"]["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
        assert_eq!((ids.len(), &told["unreadNotifications"]), (5, &json!(5)));
        for _ in 0..2 {
            let done = hub.done(me, MARK, json!({ "ids": [ids[0], ids[0]] })).await;
            assert_eq!(done["unreadNotifications"], 4);
        }
        assert_eq!(hub.done(me, MARK, json!({ "upTo": ids[3] })).await["unreadNotifications"], 2);
        let read = centre(&hub, me, json!({ "unread": false })).await;
        assert_eq!(read["notifications"]["totalCount"], 3);
        assert_eq!(hub.refused(me, MARK, json!({})).await, "REQUIRED");
        assert_eq!(hub.refused(&talk.case.author, MARK, json!({ "ids": [ids[1]] })).await, "NOT_FOUND");
        assert_eq!(hub.refused(&talk.case.author, MARK, json!({ "upTo": ids[1] })).await, "NOT_FOUND");
        assert_eq!(centre(&hub, me, json!({})).await["unreadNotifications"], 2);
    }

    async fn what_one_may_no_longer_see_is_told_no_more(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let message = talk.says(&hub, "Segreto").await;
        hub.deliver().await;
        let me = &talk.case.owner;
        let node = async |who: &Actor| centre(&hub, who, json!({})).await["notifications"]["nodes"][0].take();
        assert_eq!(node(me).await["subject"]["__typename"], "Conversation");
        let gone = Actor::Person(Member { person: talk.me(), memberships: vec![], staff: vec![], scopes: None });
        let told = node(&gone).await;
        assert_eq!((&told["subject"], &told["number"]), (&Value::Null, &Value::Null));
        assert_eq!(told["sentence"], "Riguarda qualcosa che non c'è più, o che non potete più vedere.");
        conversations::retract(&hub.app, &talk.case.author, message).await.unwrap();
        assert!(node(me).await["sentence"].as_str().unwrap().starts_with("Riguarda qualcosa"));
    }

    async fn a_token_reads_the_centre_with_its_scope_alone(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let token = |scopes: &[Scope]| match &talk.case.owner {
            Actor::Person(member) => Actor::Person(Member { scopes: Some(scopes.to_vec()), ..member.clone() }),
            _ => unreachable!(),
        };
        let ask = "{ viewer { unreadNotifications notifications { totalCount } notificationPreferences { weekendsOff } } }";
        let public = hub.data(&token(&[Scope::ReadPublic]), ask, json!({})).await;
        assert_eq!(public["viewer"], json!({ "unreadNotifications": null, "notifications": null, "notificationPreferences": null }));
        let own = hub.data(&token(&[Scope::ReadOwn]), ask, json!({})).await;
        assert_eq!(own["viewer"]["unreadNotifications"], 0);
        assert_eq!(hub.refused(&token(&[Scope::ReadOwn]), MARK, json!({ "ids": [opaque(NotificationId::of(uuid::Uuid::nil()))] })).await, "FORBIDDEN");
    }

    async fn codes_and_invitations_are_no_notifications(hub: Hub) {
        let (coordinator, invited) = (hub.coordinator("troia").await, hub.stranger().await);
        let email = email(&hub, &invited).await;
        let new = NewInvitation { territory: hub.territory("troia").await, email: email.clone(), name: "Bice".into(), role: Role::Member };
        invitations::invite(&hub.app, &coordinator, &new).await.unwrap();
        hub.deliver().await;
        hub.signed_in(&email).await;
        hub.deliver().await;
        let mails = hub.mailbox();
        assert!(!mails.is_empty() && mails.iter().all(|mail| mail.unsubscribe.is_none()));
        assert_eq!(centre(&hub, &invited, json!({})).await["notifications"]["totalCount"], 0);
    }

    async fn a_contact_with_an_account_has_the_item_and_decides_about_its_mails(hub: Hub) {
        let case = Case::of(&hub).await;
        let owner = case.owner.person().unwrap();
        let mut tx = hub.app.store.begin().await.unwrap();
        let contact = sql("UPDATE contact_person SET person = ").value(owner).text(" WHERE id = ").value(case.contact.id);
        contact.run(&mut tx).await.unwrap();
        tx.commit(hub.app.clock.now()).await.unwrap();
        assert_eq!(contacts::find_many(&hub.app.store, &[case.contact.id]).await.unwrap()[0].person, Some(owner));
        prefer(&hub, &case.owner, Category::YourTurn, Frequency::Off).await;
        case.sent(&hub).await;
        hub.deliver().await;
        let to: Vec<_> = hub.mailbox().into_iter().map(|mail| mail.to.email).collect();
        assert!(!to.contains(&"ada@bitonto.invalid".to_owned()) && to.contains(&"piano@bitonto.invalid".to_owned()), "{to:?}");
        let told = centre(&hub, &case.owner, json!({})).await;
        assert_eq!(told["notifications"]["nodes"][0]["kind"], "REQUEST_RECEIVED");
    }

    async fn a_page_costs_as_many_statements_whatever_its_length(hub: Hub) {
        let talk = Talk::of(&hub).await;
        let ask = "query($n: Int) { viewer { notifications(first: $n) { nodes { sentence number subject { __typename } } } } }";
        // Territories are read into memory by whoever asks first.
        hub.data(&talk.case.owner, ask, json!({ "n": 1 })).await;
        let mut cost = Vec::new();
        for n in [1, 12] {
            for _ in 0..n { talk.says(&hub, "x").await; }
            hub.deliver().await;
            let (_, statements) = hub.statements(hub.data(&talk.case.owner, ask, json!({ "n": n }))).await;
            cost.push(statements);
        }
        assert_eq!(cost[0], cost[1]);
        assert!(cost[0] <= 8, "{cost:?}");
    }

    async fn planners_at_once_write_each_item_once(hub: Hub) {
        let talk = Talk::of(&hub).await;
        for n in 0..120 { talk.says(&hub, &format!("{n}")).await; }
        let another = hub.another().await;
        let planners: Vec<_> = [hub.app.clone(), another.clone(), hub.app.clone(), another].into_iter()
            .map(|app| tokio::spawn(async move { worker::plan_due(&app).await.unwrap() })).collect();
        for planner in planners { planner.await.unwrap(); }
        assert_eq!(talk.items(&hub).await, 120);
        let mails = queued(&hub, &format!("person:{}", talk.me())).await;
        assert_eq!(mails.iter().filter(|mail| mail.state == MailState::Queued).count(), 120);
        hub.deliver().await;
    }
}
