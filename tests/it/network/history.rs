//! A history by chance: territories ask one another, answer or do not, talk, copy. The same for the same seed.
use crate::{
    requests::{contact, document, good, more_territories, opaque, practice_with},
    support::Hub,
};
use innesto::{
    domain::{
        id::{ContactId, PracticeId, TerritoryId},
        permission::{Actor, Member, Role},
        request::{Request, Step},
    },
    service::lineage::{self, Declaration},
    store::{requests, sql::sql},
};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

pub const LOOK: &str = "query($filter: NetworkFilter) {
    network(filter: $filter) {
        nodes { territory { slug } practicesRun requestsSent { total } requestsReceived { total } given received inDegree
            outDegree pageRank betweenness community component x y }
        edges { from { slug } to { slug } source target requests { total SENT: sent ACKNOWLEDGED: acknowledged
            ACCEPTED: accepted IN_PROGRESS: inProgress COMPLETED: completed DECLINED: declined WITHDRAWN: withdrawn
            EXPIRED: expired INTERRUPTED: interrupted } replications messages lastActivity medianDaysToAnswer }
        metrics { requests { total acknowledged } replications reach ambiti density reciprocity components largestComponent
            busiest { slug } busiestShare waiting { answered lowerQuartileDays medianDays upperQuartileDays }
            survival { months known running share } gaps { fields { code } unansweredNeeds { text } } }
        asOf
    }
    statistics(filter: $filter) { from requests { total } replications messages waiting { answered medianDays } }
}";

pub async fn look(hub: &Hub, filter: Value) -> Value {
    hub.data(&Actor::Nobody, LOOK, json!({ "filter": filter })).await
}

struct Place {
    id: TerritoryId,
    actor: Actor,
    mentor: ContactId,
    practices: Vec<PracticeId>,
}

pub struct History {
    places: Vec<Place>,
}

/// Somebody who works there.
async fn at(hub: &Hub, id: TerritoryId, slug: &str) -> Place {
    let person = hub.person().await;
    let actor =
        Actor::Person(Member { person, memberships: vec![(id, Role::Member)], staff: Vec::new(), scopes: None });
    let mentor = contact(hub, slug).await;
    let mut practices = Vec::new();
    for field in ["SOCIO_EDU", "ORG_PROCESS"] {
        let owned = practice_with(hub, |practice| {
            practice.owner = id;
            practice.field = Some(field.into());
        });
        practices.push(owned.await.id);
    }
    Place { id, actor, mentor, practices }
}

impl History {
    /// So many requests more, among nine territories that are there already or come now.
    pub async fn happened(hub: &Hub, seed: u64, requests: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut places = Vec::new();
        for slug in ["bitonto", "troia", "ambito-nardo"] {
            let id = hub.territory(slug).await;
            places.push(at(hub, id, slug).await);
        }
        if innesto::store::territories::find_by_slug(&hub.app.store, "comune-0").await.unwrap().is_none() {
            more_territories(hub, 6).await;
        }
        for n in 0..6 {
            let slug = format!("comune-{n}");
            places.push(at(hub, hub.territory(&slug).await, &slug).await);
        }
        let history = Self { places };
        for _ in 0..requests {
            history.one(hub, &mut rng).await;
            hub.app.clock.advance_seconds(rng.random_range(0..60) * 3600);
        }
        for _ in 0..3 {
            history.copied_without_a_request(hub, &mut rng).await;
        }
        history
    }

    async fn one(&self, hub: &Hub, rng: &mut StdRng) {
        // Some are asked much more than others.
        let owner = &self.places[rng.random_range(0..self.places.len()).min(rng.random_range(0..self.places.len()))];
        let asker = self.places.iter().filter(|place| place.id != owner.id).collect::<Vec<_>>();
        let asker = *asker.choose(rng).unwrap();
        let practice = *owner.practices.choose(rng).unwrap();
        let draft = "mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
            replicationRequest { id number } userErrors { code } } }";
        let input = json!({ "practice": opaque(practice), "need": "Serve", "supportLevel": "DOCUMENTS" });
        let mut drafted = hub.data(&asker.actor, draft, json!({ "input": input })).await;
        let number = drafted["draftReplicationRequest"]["replicationRequest"]["number"].take();
        // The same pair may have an open one.
        let Some(number) = number.as_str() else { return };
        let request = requests::find_by_number(&hub.app.store, number).await.unwrap().unwrap();
        let steps: &[&[Step]] = &[
            &[],
            &[Step::Send],
            &[Step::Send, Step::Withdraw],
            &[Step::Send, Step::Acknowledge],
            &[Step::Send, Step::Decline],
            &[Step::Send, Step::Acknowledge, Step::Decline],
            &[Step::Send, Step::Acknowledge, Step::Accept],
            &[Step::Send, Step::Acknowledge, Step::Accept, Step::Start],
            &[Step::Send, Step::Acknowledge, Step::Accept, Step::Start, Step::Interrupt],
            &[Step::Send, Step::Acknowledge, Step::Accept, Step::Start, Step::Interrupt, Step::Reopen],
            &[Step::Send, Step::Acknowledge, Step::Accept, Step::Complete, Step::ConfirmOutcome],
            &[Step::Send, Step::Acknowledge, Step::Accept, Step::Start, Step::Complete],
        ];
        let path = *steps.choose(rng).unwrap();
        for step in path {
            let level = if path.contains(&Step::Start) { "MENTORING" } else { "DOCUMENTS" };
            step_by(hub, (*step, level), &request, (asker, owner)).await;
            if rng.random_bool(0.4) && *step != Step::Withdraw {
                message(hub, &request, &asker.actor).await;
            }
            hub.app.clock.advance_seconds(rng.random_range(1..140) * 3600);
        }
    }

    /// Two owners agree that one practice is a copy of the other's.
    async fn copied_without_a_request(&self, hub: &Hub, rng: &mut StdRng) {
        let [child, parent] = self.places.sample(rng, 2).collect::<Vec<_>>()[..] else { return };
        let (copy, original) = (child.practices[0], parent.practices[0]);
        let kind = innesto::domain::lineage::LineageKind::Copied;
        let declared = Declaration { child: copy, parent: original, kind, note: String::new() };
        // Where the other was declared a copy of this one, a circle is refused.
        if lineage::declare(&hub.app, &child.actor, declared).await.is_ok() {
            lineage::confirm(&hub.app, &parent.actor, copy, original).await.unwrap();
        }
    }

    /// What happened, told from the requests themselves as those who sent them read them.
    pub async fn by_hand(&self, hub: &Hub) -> Value {
        let mut told = Vec::new();
        for place in &self.places {
            sent_by(hub, place, &mut told).await;
        }
        let practices = "{ practices(first: 100) { nodes { owner { slug } lineage { parents { isFromRequest isConfirmed
            child { owner { slug } } parent { owner { slug } } } } } } }";
        let practices = hub.data(&Actor::Nobody, practices, json!({})).await["practices"]["nodes"].take();
        let (mut copies, mut nodes) = (Vec::new(), Vec::new());
        for practice in practices.as_array().unwrap() {
            nodes.push(practice["owner"]["slug"].clone());
            for edge in practice["lineage"]["parents"].as_array().unwrap() {
                assert_eq!((&edge["isFromRequest"], &edge["isConfirmed"]), (&json!(false), &json!(true)));
                copies.push(json!([edge["child"]["owner"]["slug"], edge["parent"]["owner"]["slug"]]));
            }
        }
        nodes.sort_by_key(Value::to_string);
        nodes.dedup();
        json!({ "requests": told, "copies": copies, "nodes": nodes })
    }
}

async fn step_by(hub: &Hub, (step, level): (Step, &str), request: &Request, (asker, owner): (&Place, &Place)) {
    let (mutation, mut input) = good(step, request, owner.mentor).unwrap();
    let today = hub.app.clock.now().date_in_italy();
    if step == Step::Accept {
        input["supportLevel"] = json!(level);
        input["firstDate"] = json!(today.to_string());
    }
    if step == Step::Start {
        input["startedOn"] = json!(today.to_string());
    }
    let owners = [Step::Acknowledge, Step::Accept, Step::Decline, Step::ConfirmOutcome].contains(&step);
    let actor = if owners { &owner.actor } else { &asker.actor };
    let answer = hub.data(actor, &document(mutation), json!({ "input": input })).await;
    assert_eq!(answer[mutation]["userErrors"], json!([]), "{mutation}");
}

async fn message(hub: &Hub, request: &Request, by: &Actor) {
    let query = "query($number: String!) { replicationRequest(by: { number: $number }) { conversation { id } } }";
    let found = hub.data(by, query, json!({ "number": request.number })).await;
    let conversation = &found["replicationRequest"]["conversation"]["id"];
    if conversation.is_string() {
        let post = "mutation($input: PostMessageInput!) { postMessage(input: $input) { userErrors { code } } }";
        hub.done(by, post, json!({ "conversation": conversation, "body": "Come procediamo?" })).await;
    }
}

async fn sent_by(hub: &Hub, place: &Place, told: &mut Vec<Value>) {
    let query = "query($of: ID!, $after: String) { node(id: $of) { ... on Territory { requests(direction: SENT, first: 50,
        after: $after) { pageInfo { hasNextPage endCursor } nodes { state sentAt requester { slug } owner { slug } copy { id }
        timeline { from to at } conversation { messages(first: 1) { totalCount } } } } } } }";
    let mut after = Value::Null;
    loop {
        let asked = json!({ "of": opaque(place.id), "after": after });
        let page = hub.data(&place.actor, query, asked).await["node"]["requests"].take();
        for request in page["nodes"].as_array().unwrap().iter().filter(|request| !request["sentAt"].is_null()) {
            let answers = |step: &&Value| {
                ["SENT", "ACKNOWLEDGED"].map(Value::from).contains(&step["from"])
                    && ["ACCEPTED", "DECLINED"].map(Value::from).contains(&step["to"])
            };
            let answered = request["timeline"].as_array().unwrap().iter().find(answers);
            told.push(json!({
                "from": request["requester"]["slug"], "to": request["owner"]["slug"], "state": request["state"],
                "sent": request["sentAt"], "answered": answered.map(|step| step["at"].clone()),
                "messages": request["conversation"]["messages"]["totalCount"].as_i64().unwrap_or_default(),
                "copied": !request["copy"].is_null(),
            }));
        }
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Puts Comuni into an Ambito.
pub async fn join(hub: &Hub, comune: &str, ambito: &str) {
    let (comune, ambito) = (hub.territory(comune).await, hub.territory(ambito).await);
    let mut tx = hub.app.store.begin().await.unwrap();
    let join = sql("UPDATE territory SET ambito = ").value(ambito).text(" WHERE id = ").value(comune);
    join.run(&mut tx).await.unwrap();
    let news = innesto::domain::event::NewEvent::new(innesto::domain::event::EventKind::TerritoriesImported, ambito);
    tx.emit(news);
    tx.commit(hub.app.clock.now()).await.unwrap();
}
