//! The one way every step is taken: load and lock, ask permission, table and guard, let the use case change what is its
//! own, then write the row, the story, the deadlines, the counters and the event, and commit.
use crate::{
    app::App,
    domain::{
        calendar::Patron,
        event::NewEvent,
        id::{Id, PersonId, RequestId},
        permission::{Action, Actor, Subject},
        practice::Practice,
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        request::{
            Awaiting, Moment, Party, Request, RequestState, Step, deadline, event,
            guard::{self, Facts},
            is_carried,
            lifecycle::Transition,
        },
        text,
        time::{Date, Ts},
        word::Word,
    },
    service::{
        idempotency::{self, Key},
        network,
    },
    store::{Tx, practices, requests, terms},
};
use serde::Serialize;
use serde_json::{Map, Value};

/// The patron's day of whoever's turn it is, where the hub knows it: no working day there.
///
/// # Errors
/// A fault from the database.
pub async fn patron(app: &App, request: &Request) -> Result<Option<Patron>, Fault> {
    let patrons = &app.config.timing.patrons;
    if patrons.is_empty() {
        return Ok(None);
    }
    let side = if request.awaiting == Awaiting::Owner { request.owner } else { request.requester };
    let atlas = app.store.atlas().await?;
    Ok(atlas.territory(side).and_then(|territory| patrons.get(&territory.slug)).copied())
}

/// What every step is told.
#[derive(Clone, Debug, Serialize)]
pub struct On {
    /// Which request.
    pub request: RequestId,
    /// The version that was read; where it is not the present one, nothing is done.
    #[serde(skip)]
    pub expected_version: Option<i64>,
    /// Makes a repeat harmless.
    #[serde(skip)]
    pub key: Option<String>,
    /// Code of the reason, where the table wants one.
    pub reason: Option<String>,
    /// What is said with it, at most 4,000 characters.
    pub note: String,
}

impl On {
    /// This request, and nothing else said.
    #[must_use]
    pub const fn request(request: RequestId) -> Self {
        Self { request, expected_version: None, key: None, reason: None, note: String::new() }
    }
}

/// A step half way: allowed, but not yet written.
pub(super) struct Turn {
    app: App,
    pub tx: Tx,
    pub request: Request,
    /// Locked, where the step's guard reads it.
    pub practice: Option<Practice>,
    pub line: &'static Transition,
    pub reason: Option<String>,
    pub now: Ts,
    pub actor: Option<PersonId>,
    party: Party,
    version: i64,
    note: String,
    data: Map<String, Value>,
}

/// Either is the answer to "may this step be taken?".
pub(super) enum Begun {
    /// It may.
    Turn(Box<Turn>),
    /// It was, by the same person with the same key.
    Already(Box<Request>),
}

/// The turn that has begun, or the function returns what a repeat gets.
macro_rules! turn {
    ($app:expr, $actor:expr, $step:expr, $on:expr, $input:expr) => {
        match $crate::service::requests::engine::begin($app, $actor, $step, $on, $input).await? {
            $crate::service::requests::engine::Begun::Turn(turn) => *turn,
            $crate::service::requests::engine::Begun::Already(request) => return Ok(*request),
        }
    };
}
pub(super) use turn;

/// Who is not signed in hears so before anything is looked for.
pub(super) fn signed_in(actor: &Actor, step: Step) -> Result<(), Refusal> {
    let nowhere = Subject::Request { requester: nil(), owner: nil(), state: RequestState::Draft };
    if *actor == Actor::Nobody { actor.may(Action::Request(step), &nowhere) } else { Ok(()) }
}

pub(super) const fn nil<K>() -> Id<K> {
    Id::of(uuid::Uuid::nil())
}

/// Begins a step: everything is checked that does not depend on the step's own input.
pub(super) async fn begin<T: Serialize + Sync>(
    app: &App,
    actor: &Actor,
    step: Step,
    on: &On,
    input: &T,
) -> Outcome<Begun> {
    signed_in(actor, step)?;
    let note = text::body("note", &on.note, 4000)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let key = Key { key: on.key.as_deref(), action: step.as_str(), input: &(on, input) };
    if idempotency::claim(&mut tx, actor.person(), key, on.request.uuid(), now).await?.is_some() {
        let done = requests::find(&mut tx, on.request).await?.filter(|done| may_see(actor, done));
        return Ok(Begun::Already(Box::new(done.ok_or_else(|| Refusal::not_found("id"))?)));
    }
    let request = requests::find_for_update(&mut tx, on.request).await?.filter(|request| may_see(actor, request));
    let request = request.ok_or_else(|| Refusal::not_found("id"))?;
    actor.may(Action::Request(step), &request.subject())?;
    if on.expected_version.is_some_and(|version| version != request.version) {
        return Err(Refusal::conflict(request.version).into());
    }
    let practice = match guard::needs_practice(step) {
        true => practices::find_for_update(&mut tx, request.practice).await?,
        false => None,
    };
    let other = match guard::needs_other_open(step) {
        true => other_open(&mut tx, &request).await?,
        false => None,
    };
    let facts = Facts {
        request: &request,
        practice: practice.as_ref(),
        other_open: other.as_deref(),
        now,
        timing: &app.config.timing,
    };
    let (line, party) = guard::possible(step, actor, facts)?;
    let version = request.version;
    let mut turn = Turn {
        app: app.clone(),
        tx,
        request,
        practice,
        line,
        reason: None,
        now,
        actor: actor.person(),
        party,
        version,
        note,
        data: Map::new(),
    };
    turn.check_words(on.reason.as_deref()).await?;
    Ok(Begun::Turn(Box::new(turn)))
}

/// Whether this actor may see the request at all: what it may not see is not found.
pub(super) fn may_see(actor: &Actor, request: &Request) -> bool {
    actor.may(Action::SeeRequest, &request.subject()).is_ok()
}

/// The number of another open request of the same pair.
async fn other_open(tx: &mut Tx, request: &Request) -> Result<Option<String>, Fault> {
    let open = requests::open_for(tx, &[request.practice]).await?;
    let other = open.into_iter().find(|open| open.requester == request.requester && open.id != request.id);
    Ok(other.map(|open| open.number))
}

impl Turn {
    /// Checks the reason against the vocabulary that the table names, and that what must be said is said.
    async fn check_words(&mut self, reason: Option<&str>) -> Outcome<()> {
        let mut refusals = Refusals::default();
        if let Some(field) = guard::text_due(self.line, self.party)
            && self.note.is_empty()
        {
            refusals.push(Refusal::required(field));
        }
        if let Some(scheme) = guard::reason_due(self.line) {
            let today = self.today();
            let terms = terms::all(&mut self.tx).await?;
            let valid = terms.into_iter().filter(|term| term.scheme == scheme && term.is_valid_on(today));
            let codes: Vec<String> = valid.map(|term| term.code).collect();
            self.reason = refusals.take(known(reason, &codes));
        }
        refusals.none()
    }

    /// The day it is in Italy.
    pub fn today(&self) -> Date {
        self.now.date_in_italy()
    }

    /// Notes a further code, number or id, in the story and in the event.
    pub fn note(&mut self, name: &str, value: impl Into<Value>) {
        self.data.insert(name.to_owned(), value.into());
    }

    /// Writes everything and commits.
    pub async fn finish(mut self) -> Outcome<Request> {
        let (from, now) = (self.request.state, self.now);
        let first = self.line.to == RequestState::Sent && self.request.sent_at.is_none();
        if first {
            self.request.sent_at = Some(now);
        }
        self.request.step_to(self.line.to, now);
        match requests::update(&mut self.tx, &self.request, self.version).await? {
            Some(1) => {}
            Some(_) => return Err(Refusal::conflict(self.request.version).into()),
            None => return Err(guard::duplicate(None).into()),
        }
        let active = i64::from(is_carried(self.line.to)) - i64::from(is_carried(from));
        if first || active != 0 {
            practices::update_counters(&mut self.tx, self.request.practice, i64::from(first), active, 0).await?;
        }
        let told = Told {
            step: self.line.event,
            from: Some(from),
            party: self.party,
            person: self.actor,
            reason: self.reason,
            text: self.note,
            data: self.data,
        };
        record(&mut self.tx, &self.app, &self.request, told, now).await?;
        network::stepped(&mut self.tx, &self.app, &self.request, from, now).await?;
        self.tx.commit(now).await?;
        Ok(self.request)
    }
}

fn known(reason: Option<&str>, codes: &[String]) -> Result<String, Refusal> {
    let reason = reason.map(|code| code.trim().to_uppercase()).filter(|code| !code.is_empty());
    let reason = reason.ok_or_else(|| Refusal::required("reason"))?;
    if codes.contains(&reason) {
        return Ok(reason);
    }
    let list = codes.join(", ");
    Err(Refusal::new(Code::Invalid).on("reason").say(
        format!("Motivo non previsto: scegliete tra {list}."),
        format!("There is no such reason: choose one of {list}."),
    ))
}

/// What a step adds to the story.
pub(super) struct Told {
    pub step: Step,
    pub from: Option<RequestState>,
    pub party: Party,
    pub person: Option<PersonId>,
    pub reason: Option<String>,
    pub text: String,
    pub data: Map<String, Value>,
}

/// Writes the story, the deadlines and the event of a step that brought the request where it is.
pub(super) async fn record(tx: &mut Tx, app: &App, request: &Request, told: Told, now: Ts) -> Outcome<()> {
    let mut news = NewEvent::new(event(told.step), request.id)
        .by(told.person)
        .id("practice", request.practice)
        .id("requester", request.requester)
        .id("owner", request.owner)
        .note("version", request.version)
        .note("party", told.party.as_str());
    if let Some(reason) = &told.reason {
        news = news.note("reason", reason.as_str());
    }
    for (name, value) in &told.data {
        news = news.note(name, value.clone());
    }
    let moment = Moment {
        request: request.id,
        version: request.version,
        step: told.step,
        from_state: told.from,
        to_state: request.state,
        party: told.party,
        person: told.person,
        at: now,
        reason: told.reason,
        text: told.text,
        data: told.data,
    };
    requests::insert_moment(tx, &moment).await?;
    renew_deadlines(tx, app, request, told.from == Some(request.state)).await?;
    tx.emit(news);
    Ok(())
}

/// Puts the deadlines of where the request stands now in the place of those it had; `stays` where its state and turn are
/// the same as before.
pub(super) async fn renew_deadlines(tx: &mut Tx, app: &App, request: &Request, stays: bool) -> Result<(), Fault> {
    let old = match stays {
        true => requests::deadlines_of(&mut *tx, &[request.id]).await?.into_iter().map(|(_, old)| old).collect(),
        false => Vec::new(),
    };
    let patron = patron(app, request).await?;
    let new = deadline::renewed(request, &old, app.clock.now(), &app.config.timing, patron);
    requests::replace_deadlines(tx, request.id, &new).await
}
