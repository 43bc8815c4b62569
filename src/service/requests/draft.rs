//! A request before it is sent: drafted, changed, thrown away.
use super::engine::{On, Told, may_see, nil, record, signed_in, turn};
use crate::{
    app::App,
    domain::{
        calendar::days_after,
        id::{Id, KitItemId, PracticeId, RequestId, TerritoryId},
        permission::{Action, Actor, PracticeStatus, Subject},
        practice::{Practice, SupportLevel},
        refusal::{Code, Outcome, Refusal, Refusals},
        request::{Awaiting, MOST_KIT, MOST_NEED, Party, Request, RequestState, Step, guard, number},
        text,
        time::{Date, Ts},
        word::Word,
    },
    service::idempotency::{self, Key},
    store::{Tx, kit, practices, requests},
};
use serde::Serialize;
use serde_json::Map;

/// What the requester wishes. What is left out stays as it was.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Wish {
    /// Why and for whom, at most 4,000 characters.
    pub need: Option<String>,
    /// What help; one that the practice offers.
    pub support_level: Option<Option<SupportLevel>>,
    /// Documents of the practice's kit, at most 50.
    pub kit_wanted: Option<Vec<KitItemId>>,
    /// From today to five years ahead.
    pub wished_start: Option<Option<Date>>,
}

/// A draft to be made.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// What is to be copied.
    pub practice: PracticeId,
    /// Who asks; may be left out by who works in one territory only.
    pub requester: Option<TerritoryId>,
    /// What it wishes.
    pub wish: Wish,
    /// Made up to show how the hub works: only a demonstration's own are, and what comes of them.
    #[serde(skip)]
    pub illustrative: bool,
    /// Makes a repeat harmless.
    #[serde(skip)]
    pub key: Option<String>,
}

/// Makes a draft, with the next number of the year. Says before anything is written where the owner is closed or full.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn create(app: &App, actor: &Actor, draft: Draft) -> Outcome<Request> {
    signed_in(actor, Step::Create)?;
    let now = app.clock.now();
    let id: RequestId = app.clock.id();
    let mut tx = app.store.begin().await?;
    let key = Key { key: draft.key.as_deref(), action: Step::Create.as_str(), input: &draft };
    if let Some(done) = idempotency::claim(&mut tx, actor.person(), key, id.uuid(), now).await? {
        let done = requests::find(&mut tx, Id::of(done)).await?.filter(|done| may_see(actor, done));
        return done.ok_or_else(|| Refusal::not_found("idempotencyKey").into());
    }
    let practice = practices::find(&mut tx, draft.practice).await?;
    let seen = practice.filter(|practice| actor.may(Action::SeePractice, &practice.subject()).is_ok());
    let practice = seen.ok_or_else(|| Refusal::not_found("practice"))?;
    let requester = requester(actor, draft.requester)?;
    let subject = Subject::Request { requester, owner: practice.owner, state: RequestState::Draft };
    // Somebody of the owner, asking for the owner, is told so rather than that it is not theirs to ask.
    if requester == practice.owner {
        return Err(own_practice().into());
    }
    actor.may(Action::Request(Step::Create), &subject)?;
    available(&practice)?;
    let mut request = blank(id, &practice, requester, now);
    request.author = actor.person();
    request.illustrative = draft.illustrative;
    let mut refusals = Refusals::default();
    draft.wish.fill(&mut tx, &practice, &mut request, &mut refusals).await?;
    refusals.none()?;
    let year = now.date_in_italy().year();
    // The year's row is locked from here on: who asks at the same moment waits, and then finds this request.
    request.number = number(year, requests::next_number(&mut tx, year).await?);
    let open = requests::open_for(&mut tx, &[practice.id]).await?;
    if let Some(open) = open.into_iter().find(|open| open.requester == requester) {
        return Err(guard::duplicate(Some(&open.number)).into());
    }
    if !requests::insert(&mut tx, &request).await? {
        return Err(guard::duplicate(None).into());
    }
    let told = Told {
        step: Step::Create,
        from: None,
        party: Party::Requester,
        person: actor.person(),
        reason: None,
        text: String::new(),
        data: Map::new(),
    };
    record(&mut tx, app, &request, told, now).await?;
    tx.commit(now).await?;
    Ok(request)
}

fn requester(actor: &Actor, given: Option<TerritoryId>) -> Result<TerritoryId, Refusal> {
    match (given, actor.territories().as_slice()) {
        (Some(given), _) => Ok(given),
        (None, [only]) => Ok(*only),
        // Nowhere at home: the permission says so.
        (None, []) => Ok(nil()),
        (None, _) => Err(Refusal::new(Code::Required).on("requester").say(
            "Lavorate per più territori: indicate per quale chiedete.",
            "You work for several territories: say for which you ask.",
        )),
    }
}

fn own_practice() -> Refusal {
    Refusal::new(Code::OwnPractice).on("practice").say(
        "La pratica è già del vostro territorio: non serve chiederla.",
        "The practice is your own territory's: there is no need to ask for it.",
    )
}

fn available(practice: &Practice) -> Result<(), Refusal> {
    if practice.status != PracticeStatus::Published {
        return Err(Refusal::new(Code::WrongState).on("practice").say(
            "La pratica non è pubblicata: si possono chiedere solo pratiche pubblicate.",
            "The practice is not published: only published practices can be asked for.",
        ));
    }
    practice.takes_requests()
}

fn blank(id: RequestId, practice: &Practice, requester: TerritoryId, now: Ts) -> Request {
    Request {
        id,
        number: String::new(),
        practice: practice.id,
        requester,
        owner: practice.owner,
        author: None,
        state: RequestState::Draft,
        state_since: now,
        awaiting: Awaiting::Requester,
        awaiting_since: now,
        version: 1,
        support_level: None,
        need: String::new(),
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
        created_at: now,
        updated_at: now,
        sent_at: None,
    }
}

impl Wish {
    /// Writes the wish into the request, as far as it can be granted.
    async fn fill(
        self,
        tx: &mut Tx,
        practice: &Practice,
        request: &mut Request,
        refusals: &mut Refusals,
    ) -> Outcome<()> {
        if let Some(need) = self.need
            && let Some(need) = refusals.take(text::body("need", &need, MOST_NEED))
        {
            request.need = need;
        }
        if let Some(level) = self.support_level {
            let offered = level.map(|level| offered("supportLevel", practice, level)).transpose();
            request.support_level = refusals.take(offered).flatten();
        }
        if let Some(start) = self.wished_start {
            let today = request.updated_at.date_in_italy();
            request.wished_start = refusals.take(from_today("wishedStart", start, today, 5 * 366)).flatten();
        }
        if let Some(wanted) = self.kit_wanted {
            let items = kit::find_many(tx, &wanted).await?;
            let here = items.iter().filter(|item| item.practice == practice.id).map(|item| item.id).collect::<Vec<_>>();
            request.kit_wanted = refusals.take(within_kit(wanted, &here)).unwrap_or_default();
        }
        Ok(())
    }
}

fn within_kit(mut wanted: Vec<KitItemId>, kit: &[KitItemId]) -> Result<Vec<KitItemId>, Refusal> {
    let mut seen = Vec::new();
    wanted.retain(|item| {
        !seen.contains(item) && {
            seen.push(*item);
            true
        }
    });
    if wanted.len() > MOST_KIT {
        return Err(Refusal::new(Code::TooLong)
            .on("kitWanted")
            .say(format!("Al massimo {MOST_KIT} documenti."), format!("At most {MOST_KIT} documents.")));
    }
    if wanted.iter().any(|item| !kit.contains(item)) {
        return Err(Refusal::new(Code::NotFound).on("kitWanted").say(
            "Un documento indicato non è nel kit di questa pratica: ricaricate il kit e scegliete di nuovo.",
            "One of these documents is not in this practice's kit: reload the kit and choose again.",
        ));
    }
    Ok(wanted)
}

/// A level that the practice offers.
pub(super) fn offered(field: &str, practice: &Practice, level: SupportLevel) -> Result<SupportLevel, Refusal> {
    if practice.support_levels.contains(&level) {
        return Ok(level);
    }
    let levels: Vec<&str> = practice.support_levels.iter().map(|level| level.as_str()).collect();
    let levels = if levels.is_empty() { "—".to_owned() } else { levels.join(", ") };
    Err(Refusal::new(Code::Invalid).on(field).say(
        format!("La pratica non offre questo sostegno. Offre: {levels}."),
        format!("The practice does not offer this support. It offers: {levels}."),
    ))
}

/// A day from today to `most` days ahead.
pub(super) fn from_today(field: &str, day: Option<Date>, today: Date, most: i32) -> Result<Option<Date>, Refusal> {
    let last = days_after(today, most);
    if day.is_some_and(|day| day < today || day > last) {
        return Err(Refusal::new(Code::Invalid).on(field).say(
            format!("Indicate un giorno da oggi al {}.", last.strftime("%d/%m/%Y")),
            format!("Give a day from today to {last}."),
        ));
    }
    Ok(day)
}

/// A draft to be changed.
#[derive(Clone, Debug, Serialize)]
pub struct Edit {
    /// Which one.
    pub on: On,
    /// What is wished now.
    pub wish: Wish,
}

/// Changes a draft.
///
/// # Errors
/// Refusals by field, or a fault from the database.
pub async fn edit(app: &App, actor: &Actor, input: Edit) -> Outcome<Request> {
    let mut turn = turn!(app, actor, Step::Edit, &input.on, &input);
    let practice = practices::find(&mut turn.tx, turn.request.practice).await?;
    let practice = practice.ok_or_else(|| Refusal::not_found("practice"))?;
    let mut refusals = Refusals::default();
    turn.request.updated_at = turn.now;
    input.wish.fill(&mut turn.tx, &practice, &mut turn.request, &mut refusals).await?;
    refusals.none()?;
    turn.finish().await
}

/// Throws a draft away; the hub does so with one that nobody touched for long.
///
/// # Errors
/// Refusals, or a fault from the database.
pub async fn discard(app: &App, actor: &Actor, on: On) -> Outcome<Request> {
    turn!(app, actor, Step::Discard, &on, &()).finish().await
}
