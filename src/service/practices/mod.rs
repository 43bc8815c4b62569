//! Practices: reading what one may see; writing, reviewing and copying in the files beside.
mod copy;
mod discard;
mod review;
mod write;

pub use copy::{Birth, draft_copy_in};
pub use discard::delete;
pub use review::{archive, publish, return_with_remarks, submit};
pub(crate) use write::insert_with_free_slug;
pub use write::{create, edit};

use crate::{
    app::App,
    domain::{
        id::{PracticeId, TerritoryId},
        page::{Key, Page, PageRequest},
        permission::{Action, Actor, Member, Scope, StaffRole},
        practice::Practice,
        refusal::{Code, Fault, Outcome, Refusal},
    },
    store::{Tx, practices},
};
pub use practices::{Filter, Sees, Sort};

/// The ways a practice is found.
#[derive(Clone, Debug)]
pub enum PracticeKey {
    /// By its id.
    Id(PracticeId),
    /// By the end of its address.
    Slug(String),
}

/// Whose unpublished practices `actor` sees in lists.
#[must_use]
pub fn sees(actor: &Actor) -> Sees {
    match actor {
        Actor::System => Sees { all: true, ..Sees::default() },
        Actor::Person(Member { scopes: Some(scopes), .. }) if !scopes.contains(&Scope::ReadOwn) => Sees::default(),
        _ => Sees {
            all: false,
            staff: actor.is(StaffRole::Facilitator) || actor.is(StaffRole::Steward),
            own: actor.territories(),
        },
    }
}

fn may_see(actor: &Actor, practice: &Practice) -> bool {
    actor.may(Action::SeePractice, &practice.subject()).is_ok()
}

/// The practice, if there is one that `actor` may see.
///
/// # Errors
/// A fault from the database.
pub async fn find(app: &App, actor: &Actor, key: &PracticeKey) -> Result<Option<Practice>, Fault> {
    let found = match key {
        PracticeKey::Id(id) => practices::find(&app.store, *id).await?,
        PracticeKey::Slug(slug) => practices::find_by_slug(&app.store, slug).await?,
    };
    Ok(found.filter(|practice| may_see(actor, practice)))
}

/// The practices with these ids that `actor` may see, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[PracticeId]) -> Result<Vec<Practice>, Fault> {
    let mut found = practices::find_many(&app.store, ids).await?;
    found.retain(|practice| may_see(actor, practice));
    Ok(found)
}

/// As [`find_many`], in brief: what lists seldom show is not read, and stands as in an empty draft.
///
/// # Errors
/// A fault from the database.
pub async fn find_many_brief(app: &App, actor: &Actor, ids: &[PracticeId]) -> Result<Vec<Practice>, Fault> {
    let mut found = practices::find_many_brief(&app.store, ids).await?;
    found.retain(|practice| may_see(actor, practice));
    Ok(found)
}

/// One page of the practices that `actor` may see, in brief as [`find_many_brief`] has it.
///
/// # Errors
/// `INVALID` where a cursor belongs to a list sorted in another way.
pub async fn list(app: &App, actor: &Actor, filter: Filter, sort: Sort, page: &PageRequest) -> Outcome<Page<Practice>> {
    for (name, cursor) in [("after", &page.after), ("before", &page.before)] {
        if cursor.as_ref().is_some_and(|cursor| matches!(cursor.key, Key::Text(_)) != (sort == Sort::Title)) {
            return Err(Refusal::new(Code::Invalid)
                .on(name)
                .say(
                    "Il segnaposto viene da un elenco ordinato in altro modo: ricominciate dalla prima pagina.",
                    "The cursor comes from a list sorted in another way: begin with the first page again.",
                )
                .into());
        }
    }
    let filter = Filter { sees: sees(actor), ..filter };
    Ok(practices::list(&app.store, &filter, sort, page).await?)
}

/// How many practices of a list `actor` may see.
///
/// # Errors
/// A fault from the database.
pub async fn count(app: &App, actor: &Actor, filter: Filter) -> Result<i64, Fault> {
    practices::count(&app.store, &Filter { sees: sees(actor), ..filter }).await
}

/// How many published practices each of these territories has.
///
/// # Errors
/// A fault from the database.
pub async fn owner_counters(app: &App, owners: &[TerritoryId]) -> Result<Vec<(TerritoryId, i64)>, Fault> {
    practices::owner_counters(&app.store, owners).await
}

/// A practice that is going to be changed, locked; what `actor` may not see is not found.
pub(crate) async fn locked(tx: &mut Tx, actor: &Actor, id: PracticeId, field: &str) -> Outcome<Practice> {
    let found = practices::find_for_update(tx, id).await?.filter(|practice| may_see(actor, practice));
    Ok(found.ok_or_else(|| Refusal::not_found(field))?)
}
