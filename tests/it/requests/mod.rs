//! Replication requests: the table walked, the story told, everything refused, everything raced.
mod actions;
mod lists;
mod parties;
mod races;
mod refusals;
mod stories;

use crate::support::Hub;
use innesto::{
    domain::{
        event::{EventKind, NewEvent},
        id::{ContactId, KitItemId, PracticeId, TerritoryId},
        permission::{Actor, PracticeStatus},
        practice::{Indicator, Practice, SupportLevel},
        request::{OutcomeResult, Party, Request, RequestState, Step, awaiting, is_carried, outcome},
        territory::{Territory, TerritoryKind},
        word::Word,
    },
    store::{practices, requests, sql::sql, territories},
};
use serde_json::{Value, json};

/// The people of a story: Troia asks Bitonto.
pub struct Cast {
    pub requester: Actor,
    pub owner: Actor,
    pub facilitator: Actor,
    pub steward: Actor,
    pub neighbour: Actor,
    pub stranger: Actor,
    pub mentor: ContactId,
}

impl Cast {
    pub async fn of(hub: &Hub) -> Self {
        Self {
            requester: hub.member("ambito-troia").await,
            owner: hub.member("bitonto").await,
            facilitator: hub.facilitator().await,
            steward: hub.steward().await,
            neighbour: hub.member("ambito-nardo").await,
            stranger: hub.stranger().await,
            mentor: contact(hub, "bitonto").await,
        }
    }

    /// Everybody, with the quality in which the table knows them.
    pub fn all(&self) -> Vec<(Actor, Option<Party>)> {
        vec![
            (self.requester.clone(), Some(Party::Requester)),
            (self.owner.clone(), Some(Party::Owner)),
            (self.facilitator.clone(), Some(Party::Facilitator)),
            (self.steward.clone(), Some(Party::Steward)),
            (self.neighbour.clone(), None),
            (self.stranger.clone(), None),
            (Actor::Nobody, None),
        ]
    }

    pub fn acting_as(&self, party: Party) -> &Actor {
        match party {
            Party::Requester => &self.requester,
            Party::Owner => &self.owner,
            Party::Facilitator => &self.facilitator,
            Party::Steward => &self.steward,
            Party::System => &Actor::System,
        }
    }
}

/// The opaque id a client sees.
pub fn opaque<K: innesto::domain::id::Kind>(id: innesto::domain::id::Id<K>) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let mut bytes = format!("{}:", K::NAME).into_bytes();
    bytes.extend_from_slice(id.uuid().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A published practice of Bitonto that offers everything to whoever asks.
pub async fn practice(hub: &Hub) -> Practice {
    practice_with(hub, |_| ()).await
}

pub async fn practice_with(hub: &Hub, change: impl FnOnce(&mut Practice)) -> Practice {
    let owner = hub.territory("bitonto").await;
    let mut practice = Practice::draft(hub.app.clock.id(), owner, None, hub.app.clock.now());
    practice.slug = practice.id.uuid().simple().to_string();
    practice.title = "In.Con.Tra".into();
    practice.status = PracticeStatus::Published;
    practice.published_at = Some(hub.app.clock.now());
    practice.field = Some("SOCIO_EDU".into());
    practice.targets = vec!["MINORS".into(), "FAMILIES".into()];
    practice.core_elements = vec!["Il piano partecipato".into(), "I laboratori".into()];
    practice.indicators = vec![Indicator {
        code: "people_served".into(),
        name: "Persone raggiunte".into(),
        unit: "persone".into(),
        baseline: None,
        value: Some(120.0),
        measured_on: None,
        source: "registro".into(),
    }];
    practice.support_levels = SupportLevel::ALL.to_vec();
    (practice.support_open, practice.support_capacity) = (true, 20);
    change(&mut practice);
    let mut tx = hub.app.store.begin().await.unwrap();
    assert!(practices::insert(&mut tx, &practice).await.unwrap());
    practices::update_counters(&mut tx, practice.id, 0, practice.active_requests, 0).await.unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
    practice
}

pub async fn contact(hub: &Hub, slug: &str) -> ContactId {
    let (id, territory): (ContactId, _) = (hub.app.clock.id(), hub.territory(slug).await);
    let mut tx = hub.app.store.begin().await.unwrap();
    sql("INSERT INTO contact_person (id, territory, name, role, visibility, accepts_requests, created_at) VALUES (")
        .values([id.into(), territory.into(), "Ada Prova".into(), "referente".into(), "RELAY".into(), true.into()])
        .text(", ")
        .value(hub.app.clock.now())
        .text(")")
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
    id
}

pub async fn kit_item(hub: &Hub, practice: PracticeId) -> KitItemId {
    let id: KitItemId = hub.app.clock.id();
    let mut tx = hub.app.store.begin().await.unwrap();
    sql("INSERT INTO kit_item (id, practice, position, kind, phase, title, text, created_at) VALUES (")
        .values([id.into(), practice.into(), 1.into(), "RESOLUTION".into(), "DECIDE".into(), "Delibera".into()])
        .text(", 'testo', ")
        .value(hub.app.clock.now())
        .text(")")
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit(hub.app.clock.now()).await.unwrap();
    id
}

/// So many further territories.
pub async fn more_territories(hub: &Hub, count: usize) -> Vec<TerritoryId> {
    let mut tx = hub.app.store.begin().await.unwrap();
    let bitonto = territories::find_by_slug(&hub.app.store, "bitonto").await.unwrap().unwrap();
    let mut ids = Vec::new();
    for n in 0..count {
        let slug = format!("comune-{n}");
        let territory = Territory {
            id: hub.app.clock.id(),
            kind: TerritoryKind::Comune,
            name: slug.clone(),
            slug,
            istat_code: None,
            belfiore_code: None,
            ..bitonto.clone()
        };
        territories::save(&mut tx, &territory).await.unwrap();
        ids.push(territory.id);
    }
    tx.emit(NewEvent::new(EventKind::TerritoriesImported, bitonto.id));
    tx.commit(hub.app.clock.now()).await.unwrap();
    ids
}

/// A request of Troia for that practice, put straight where it shall stand, since `days` ago.
pub async fn request_in(
    hub: &Hub,
    practice: &Practice,
    state: RequestState,
    days: i64,
    change: impl FnOnce(&mut Request),
) -> Request {
    let now = hub.app.clock.now();
    let since = now.plus_days(-days);
    let mut tx = hub.app.store.begin().await.unwrap();
    let number = requests::next_number(&mut tx, 2026).await.unwrap();
    let mut request = Request {
        id: hub.app.clock.id(),
        number: innesto::domain::request::number(2026, number),
        practice: practice.id,
        requester: hub.territory("ambito-troia").await,
        owner: practice.owner,
        author: None,
        state,
        state_since: since,
        awaiting: awaiting(state, false),
        awaiting_since: since,
        version: 1,
        support_level: Some(SupportLevel::Documents),
        need: "Un luogo per i ragazzi di due frazioni".into(),
        kit_wanted: Vec::new(),
        wished_start: None,
        mentor: None,
        first_date: None,
        agreement: None,
        started_on: None,
        checked_in_at: None,
        paused_until: None,
        extended_days: 0,
        outcome: None,
        confirmation: None,
        follow_ups: Vec::new(),
        copy: None,
        illustrative: false,
        created_at: since,
        updated_at: since,
        sent_at: (state != RequestState::Draft).then_some(since),
    };
    if state == RequestState::Completed {
        request.outcome = Some(told());
    }
    change(&mut request);
    assert!(requests::insert(&mut tx, &request).await.unwrap());
    if is_carried(state) {
        practices::update_counters(&mut tx, practice.id, 1, 1, 0).await.unwrap();
    }
    tx.commit(now).await.unwrap();
    request
}

pub fn told() -> innesto::domain::request::Outcome {
    outcome::Outcome {
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
        lessons: "Cominciare presto".into(),
        satisfaction: Some(4),
    }
}

/// The mutation of a step, and what it is told when all is well; none for steps of the hub itself.
pub fn good(step: Step, request: &Request, mentor: ContactId) -> Option<(&'static str, Value)> {
    let (name, own) = match step {
        Step::Create | Step::Expire => return None,
        Step::Edit => ("updateReplicationRequest", json!({ "need": "Ancora più chiaro" })),
        Step::Discard => ("discardReplicationRequest", json!({})),
        Step::Send => ("sendReplicationRequest", json!({})),
        Step::Acknowledge => ("acknowledgeReplicationRequest", json!({})),
        Step::Accept => {
            let own = json!({ "supportLevel": "DOCUMENTS", "mentor": opaque(mentor), "firstDate": "2026-03-16" });
            ("acceptReplicationRequest", own)
        }
        Step::Decline => ("declineReplicationRequest", json!({ "reason": "NO_CAPACITY" })),
        Step::Extend => ("extendReplicationRequest", json!({ "days": 30 })),
        Step::SendAgain => ("sendReplicationRequestAgain", json!({})),
        Step::RecordAgreement => {
            let own = json!({ "kind": "AGREEMENT", "actNumber": "12", "actDate": "2026-02-20", "protocolNumber": "4711/2026" });
            ("recordAgreement", own)
        }
        Step::Start => ("startReplication", json!({ "startedOn": "2026-03-02" })),
        Step::CheckIn => ("checkInReplication", json!({ "progress": "ON_TRACK" })),
        Step::Complete => {
            let own = json!({ "result": "ADAPTED", "startedOn": "2026-01-07", "endedOn": "2026-03-01",
                "changes": "Un laboratorio solo, per spazi", "obstacles": "Spazi", "lessons": "Cominciare presto",
                "coreElementsKept": ["I laboratori"], "indicators": [{ "code": "people_served", "value": 30.0 }],
                "hoursGiven": 12, "hoursSpent": 200, "satisfaction": 5 });
            ("completeReplicationRequest", own)
        }
        Step::Interrupt => ("interruptReplication", json!({ "reason": "BUDGET", "lessons": "Chiedere prima i fondi" })),
        Step::Reopen => ("reopenReplication", json!({})),
        Step::ConfirmOutcome => ("confirmOutcome", json!({ "verdict": "CONFIRM" })),
        Step::FollowUp => ("followUpReplication", json!({ "vitality": "ACTIVE" })),
        Step::Withdraw => ("withdrawReplicationRequest", json!({ "reason": "NEED_GONE" })),
        Step::Annul => ("annulReplicationRequest", json!({ "reason": "DUPLICATE" })),
    };
    let mut input = own;
    input["id"] = json!(opaque(request.id));
    if step != Step::Interrupt {
        input["note"] = json!("Lo chiede il territorio per telefono");
    }
    Some((name, input))
}

/// A mutation's document that reads back what most tests look at.
pub fn document(mutation: &str) -> String {
    let input = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    format!(
        "mutation($input: {input}!) {{ {mutation}(input: $input) {{
            replicationRequest {{ id number state awaiting version viewerActions }} userErrors {{ code field message }} }} }}"
    )
}

/// What the database holds, to see that nothing has changed: the request as it stands, and how many rows there are.
pub async fn trace(hub: &Hub, request: &Request) -> (Option<Request>, i64, i64, i64, i64) {
    struct Count {
        n: i64,
    }
    impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Count
    where
        for<'c> &'c str: sqlx::ColumnIndex<R>,
        i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    {
        fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
            Ok(Self { n: row.try_get("n")? })
        }
    }
    let store = &hub.app.store;
    let row = requests::find(store, request.id).await.unwrap();
    let counts = sql(
        "SELECT (SELECT COUNT(*) FROM replication_request) AS n UNION ALL SELECT (SELECT COUNT(*) FROM request_event) \
        UNION ALL SELECT (SELECT seq FROM log_head) UNION ALL SELECT (SELECT COUNT(*) FROM idempotency)",
    );
    let counts: Vec<Count> = counts.all(store).await.unwrap();
    (row, counts[0].n, counts[1].n, counts[2].n, counts[3].n)
}
