//! Reading requests, always as somebody: what they may not see is not there.
pub use crate::store::requests::{Open, Sort};

use super::engine::{may_see, nil};
use crate::{
    app::App,
    domain::{
        id::{PracticeId, RequestId, TerritoryId},
        page::{Page, PageRequest},
        permission::{Action, Actor, Subject},
        practice::Practice,
        refusal::Fault,
        request::{
            Awaiting, Deadline, Moment, Request, RequestState, Step,
            guard::{self, Facts},
        },
    },
    store::requests::{self, Sees},
};

/// Most practices offered in place of one that was not to be had.
const ALTERNATIVES: i64 = 5;

/// A request by its id or number, if this actor may see it.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, actor: &Actor, key: &RequestKey) -> Result<Option<Request>, Fault> {
    let found = match key {
        RequestKey::Id(id) => requests::find(&app.store, *id).await?,
        RequestKey::Number(number) => requests::find_by_number(&app.store, &number.trim().to_uppercase()).await?,
    };
    Ok(found.filter(|request| may_see(actor, request)))
}

/// The ways a request is found.
#[derive(Clone, Debug)]
pub enum RequestKey {
    /// By its id.
    Id(RequestId),
    /// By its number, `REQ-2026-0001`.
    Number(String),
}

/// Those of these requests that this actor may see, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[RequestId]) -> Result<Vec<Request>, Fault> {
    let mut found = requests::find_many(&app.store, ids).await?;
    found.retain(|request| may_see(actor, request));
    Ok(found)
}

/// From which side a territory's requests are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Those it sent.
    Sent,
    /// Those it received.
    Received,
}

/// What a list is narrowed to; every given part must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Sent or received by this territory.
    pub territory: Option<TerritoryId>,
    /// Only one of the two.
    pub direction: Option<Direction>,
    /// For this practice.
    pub practice: Option<PracticeId>,
    /// In one of these states; in any where empty.
    pub states: Vec<RequestState>,
    /// Waiting for this side.
    pub awaiting: Option<Awaiting>,
    /// Waiting for one of the actor's territories.
    pub awaiting_actor: bool,
    /// Waiting for somebody for more than so many days.
    pub waiting_days: Option<i64>,
    /// Whether one of its deadlines has passed.
    pub overdue: Option<bool>,
    /// How the list is sorted.
    pub sort: Sort,
}

/// Which requests this actor may see, as the store narrows its lists.
fn sight(actor: &Actor) -> Sees {
    let may = |territory, state| {
        let subject = Subject::Request { requester: territory, owner: territory, state };
        actor.may(Action::SeeRequest, &subject).is_ok()
    };
    let mut own = actor.territories();
    own.retain(|territory| may(*territory, RequestState::Draft));
    Sees { all: may(nil(), RequestState::Sent), own }
}

impl Filter {
    fn seen_by(&self, app: &App, actor: &Actor) -> requests::Filter {
        let (now, sees) = (app.clock.now(), sight(actor));
        let side = |direction| self.territory.filter(|_| self.direction == Some(direction));
        requests::Filter {
            turn_of: self.awaiting_actor.then(|| sees.own.clone()),
            sees,
            requester: side(Direction::Sent),
            owner: side(Direction::Received),
            territory: self.territory.filter(|_| self.direction.is_none()),
            practice: self.practice,
            states: self.states.clone(),
            awaiting: self.awaiting,
            waiting_before: self.waiting_days.map(|days| now.plus_days(-days)),
            overdue: self.overdue.map(|overdue| (overdue, now)),
            sort: self.sort,
        }
    }
}

/// One page of what this actor may see, in the order of the filter.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, actor: &Actor, filter: &Filter, page: &PageRequest) -> Result<Page<Request>, Fault> {
    requests::list(&app.store, &filter.seen_by(app, actor), page).await
}

/// How many this actor may see.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, actor: &Actor, filter: &Filter) -> Result<i64, Fault> {
    requests::count(&app.store, &filter.seen_by(app, actor)).await
}

/// Whether this actor may read the list of that territory's requests.
#[must_use]
pub fn sees(actor: &Actor, territory: TerritoryId) -> bool {
    actor.may(Action::SeeTerritoryRequests, &Subject::Territory(territory)).is_ok()
}

/// The steps this actor may take now: the same question as before a step is taken.
#[must_use]
pub fn steps(
    app: &App,
    actor: &Actor,
    request: &Request,
    practice: Option<&Practice>,
    other_open: Option<&str>,
) -> Vec<Step> {
    let (now, timing) = (app.clock.now(), &app.config.timing);
    guard::steps(actor, Facts { request, practice, other_open, now, timing })
}

/// The stories of these requests, each in order. Give only ids of requests that were seen.
///
/// # Errors
/// A fault from the database.
pub async fn stories_of(app: &App, ids: &[RequestId]) -> Result<Vec<Moment>, Fault> {
    requests::story_of(&app.store, ids).await
}

/// The deadlines of these requests, each the earliest first. Give only ids of requests that were seen.
///
/// # Errors
/// A fault from the database.
pub async fn deadlines_of(app: &App, ids: &[RequestId]) -> Result<Vec<(RequestId, Deadline)>, Fault> {
    requests::deadlines_of(&app.store, ids).await
}

/// The open requests for these practices, of whomever: for [`steps`] only.
///
/// # Errors
/// A fault from the database.
pub async fn open_for(app: &App, practices: &[PracticeId]) -> Result<Vec<requests::Open>, Fault> {
    requests::open_for(&app.store, practices).await
}

/// For each of these requests up to five practices to ask for instead, the nearest first.
///
/// # Errors
/// A fault from the database.
pub async fn alternatives(app: &App, ids: &[RequestId]) -> Result<Vec<(RequestId, PracticeId)>, Fault> {
    requests::alternatives(&app.store, ids, ALTERNATIVES).await
}
