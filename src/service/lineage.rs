//! Who copied what from whom: declared by the child's owner, confirmed by the parent's, never in a circle.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{PersonId, PracticeId},
        lineage::{DEEPEST, Edge, LineageKind, MOST_IN_TREE, MOST_PARENTS},
        permission::{Action, Actor, PracticeStatus},
        practice::Practice,
        privacy,
        refusal::{Code, Failure, Fault, Outcome, Refusal, Refusals},
        text::body,
    },
    service::{
        network,
        practices::{locked, sees},
    },
    store::{Tx, lineage, practices},
};
pub use lineage::Descent;

/// What somebody declares.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The practice that came later.
    pub child: PracticeId,
    /// The practice it comes from.
    pub parent: PracticeId,
    /// How it comes from it.
    pub kind: LineageKind,
    /// A remark.
    pub note: String,
}

/// Declares that a practice comes from another. It is confirmed at once where the same person may confirm it.
///
/// # Errors
/// `CYCLE` where the parent comes from the child, `DUPLICATE` where it was declared already.
pub async fn declare(app: &App, actor: &Actor, declaration: Declaration) -> Outcome<Edge> {
    let Declaration { child, parent, kind, note } = declaration;
    let mut refusals = Refusals::default();
    let note = refusals.take(body("note", &note, 500)).unwrap_or_default();
    refusals.take(privacy::check("note", &note));
    refusals.none()?;
    if child == parent {
        return Err(cycle().into());
    }
    let mut tx = app.store.begin().await?;
    let (child, parent) = both(&mut tx, actor, child, parent).await?;
    actor.may(Action::DeclareLineage, &child.subject())?;
    child.stands_at(&[PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Published])?;
    let now = app.clock.now();
    let confirmed_at = actor.may(Action::ConfirmLineage, &parent.subject()).is_ok().then_some(now);
    let (child, parent) = (child.id, parent.id);
    let edge =
        Edge { child, parent, kind, request: None, note, declared_by: actor.person(), declared_at: now, confirmed_at };
    lineage::lock(&mut tx).await?;
    if lineage::find_for_update(&mut tx, child, parent).await?.is_some() {
        return Err(Refusal::new(Code::Duplicate)
            .on("parent")
            .say("Questo legame è già dichiarato.", "This link is declared already.")
            .into());
    }
    if lineage::count_parents(&mut tx, child).await? >= MOST_PARENTS {
        return Err(Refusal::new(Code::TooLong)
            .on("parent")
            .say(
                format!("Una pratica può avere al massimo {MOST_PARENTS} origini."),
                format!("A practice can have at most {MOST_PARENTS} parents."),
            )
            .into());
    }
    if lineage::descends(&mut tx, parent, child).await? {
        return Err(cycle().into());
    }
    write(&mut tx, app, &edge).await?;
    tx.commit(now).await?;
    Ok(edge)
}

fn cycle() -> Refusal {
    Refusal::new(Code::Cycle).on("parent").say(
        "Il legame chiuderebbe un cerchio: la pratica di origine deriva già da questa.",
        "The link would close a circle: the parent comes from this practice already.",
    )
}

/// Locks both practices in one order for everybody, so that two declarations never wait for each other.
async fn both(tx: &mut Tx, actor: &Actor, child: PracticeId, parent: PracticeId) -> Outcome<(Practice, Practice)> {
    if child < parent {
        let child = locked(tx, actor, child, "child").await?;
        Ok((child, locked(tx, actor, parent, "parent").await?))
    } else {
        let parent = locked(tx, actor, parent, "parent").await?;
        Ok((locked(tx, actor, child, "child").await?, parent))
    }
}

/// Adds the edge of a practice that is new, so that no circle can close; within somebody's transaction.
pub(crate) async fn add_in(tx: &mut Tx, app: &App, edge: &Edge) -> Result<(), Fault> {
    lineage::lock(tx).await?;
    write(tx, app, edge).await
}

/// A copy that no request brought counts in the network; one that a request brought counts with its request.
async fn count_in(tx: &mut Tx, app: &App, edge: &Edge) -> Result<(), Fault> {
    match edge.confirmed_at.filter(|_| edge.is_replication() && edge.request.is_none()) {
        Some(at) => network::copied(tx, app, edge.child, edge.parent, at).await,
        None => Ok(()),
    }
}

/// Writes an edge that closes no circle, with the counter and the events.
pub(crate) async fn write(tx: &mut Tx, app: &App, edge: &Edge) -> Result<(), Fault> {
    lineage::insert(tx, edge).await?;
    if edge.is_replication() {
        practices::update_counters(tx, edge.parent, 0, 0, 1).await?;
    }
    count_in(tx, app, edge).await?;
    let event = NewEvent::new(EventKind::LineageDeclared, edge.child).by(edge.declared_by).id("parent", edge.parent);
    tx.emit(event);
    if edge.confirmed_at.is_some() {
        tx.emit(NewEvent::new(EventKind::LineageConfirmed, edge.child).by(edge.declared_by).id("parent", edge.parent));
    }
    Ok(())
}

/// Confirms that another's practice comes from one's own. Confirming twice changes nothing.
///
/// # Errors
/// `NOT_FOUND` where nothing of the kind was declared or the practice may not be seen.
pub async fn confirm(app: &App, actor: &Actor, child: PracticeId, parent: PracticeId) -> Outcome<Edge> {
    let mut tx = app.store.begin().await?;
    let (_, parent) = both(&mut tx, actor, child, parent).await?;
    actor.may(Action::ConfirmLineage, &parent.subject())?;
    let Some(edge) = confirm_in(&mut tx, app, child, parent.id, actor.person()).await? else {
        return Err(Refusal::not_found("child").into());
    };
    tx.commit(app.clock.now()).await?;
    Ok(edge)
}

/// Marks an edge as confirmed within somebody's transaction, which has asked whether it may; `None` where there is no
/// such edge. The parent's counter rises where the child counts as a replication only now.
///
/// # Errors
/// A fault from the database.
pub async fn confirm_in(
    tx: &mut Tx,
    app: &App,
    child: PracticeId,
    parent: PracticeId,
    by: Option<PersonId>,
) -> Result<Option<Edge>, Fault> {
    let Some(before) = lineage::find_for_update(tx, child, parent).await? else { return Ok(None) };
    if before.confirmed_at.is_some() {
        return Ok(Some(before));
    }
    let now = app.clock.now();
    lineage::confirm(tx, child, parent, now).await?;
    let after = Edge { confirmed_at: Some(now), ..before.clone() };
    if after.is_replication() && !before.is_replication() {
        practices::update_counters(tx, parent, 0, 0, 1).await?;
    }
    count_in(tx, app, &after).await?;
    tx.emit(NewEvent::new(EventKind::LineageConfirmed, child).by(by).id("parent", parent));
    Ok(Some(after))
}

/// A practice with what lies above and below it.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The practices, nearest first; the asked one is the first.
    pub practices: Vec<Practice>,
    /// The edges among them.
    pub edges: Vec<Edge>,
    /// Whether there are more than fit.
    pub cut: bool,
}

/// The lineage around a practice, at most `depth` steps up and down, as far as `actor` may see it.
///
/// # Errors
/// `NOT_FOUND`, or `INVALID` where `depth` is not 1 to 10.
pub async fn tree(app: &App, actor: &Actor, root: PracticeId, depth: i64) -> Outcome<Tree> {
    if !(1..=DEEPEST).contains(&depth) {
        return Err(Refusal::new(Code::Invalid)
            .on("depth")
            .say(format!("La profondità va da 1 a {DEEPEST}."), format!("The depth is from 1 to {DEEPEST}."))
            .into());
    }
    let mut ids = lineage::around(&app.store, &sees(actor), root, depth, MOST_IN_TREE + 1).await?;
    let cut = i64::try_from(ids.len()).is_ok_and(|n| n > MOST_IN_TREE);
    ids.truncate(usize::try_from(MOST_IN_TREE).unwrap_or(usize::MAX));
    let mut found = crate::service::practices::find_many(app, actor, &ids).await?;
    found.sort_by_key(|practice| ids.iter().position(|id| *id == practice.id));
    if found.first().is_none_or(|first| first.id != root) {
        return Err(Failure::from(Refusal::not_found("practice")));
    }
    Ok(Tree { practices: found, edges: lineage::among(&app.store, &ids).await?, cut })
}

/// The edges both of whose ends `actor` may see, in one order that does not change, from after this one on.
///
/// # Errors
/// A fault from the database.
pub async fn list(app: &App, actor: &Actor, after: Option<&Edge>, limit: i64) -> Result<Vec<Edge>, Fault> {
    let after = after.map(|edge| (edge.child, edge.parent));
    lineage::list(&app.store, &sees(actor), after, limit).await
}

/// The edges to the parents of these practices that `actor` may see.
///
/// # Errors
/// A fault from the database.
pub async fn parents_of(app: &App, actor: &Actor, children: &[PracticeId]) -> Result<Vec<Edge>, Fault> {
    lineage::parents_of(&app.store, &sees(actor), children).await
}

/// The edges to the children of these practices that `actor` may see.
///
/// # Errors
/// A fault from the database.
pub async fn children_of(app: &App, actor: &Actor, parents: &[PracticeId]) -> Result<Vec<Edge>, Fault> {
    lineage::children_of(&app.store, &sees(actor), parents).await
}

/// How much comes from each of these practices, as far as `actor` may see it.
///
/// # Errors
/// A fault from the database.
pub async fn descent(app: &App, actor: &Actor, roots: &[PracticeId]) -> Result<Vec<(PracticeId, Descent)>, Fault> {
    lineage::descent(&app.store, &sees(actor), roots).await
}
