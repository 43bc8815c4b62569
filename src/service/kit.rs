//! The documents of a practice's kit: added, changed, moved and removed under the practice's lock, so that places and
//! completeness always fit.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{DocumentId, KitItemId, PracticeId},
        permission::{Action, Actor, PracticeStatus},
        practice::{Change, KitItem, Practice, kit::MOST, kit::completeness, kit::link},
        privacy,
        refusal::{Code, Fault, Outcome, Refusal, Refusals},
        term::Scheme,
        text::{body, line},
    },
    service::{documents::usable, practices::find_many as practices_seen, practices::locked, vocabulary::Vocabulary},
    store::{Tx, documents, kit, practices},
};

/// What is given of an item; a new one needs all but two of link, text and document.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each is documented in `KitItem`")]
pub struct ItemChanges {
    pub kind: Option<String>,
    pub phase: Option<String>,
    pub title: Option<String>,
    pub link: Change<String>,
    pub text: Change<String>,
    pub document: Change<DocumentId>,
    /// The author says that what looks like personal data is none.
    pub no_personal_data: bool,
}

/// A kit that is being changed.
struct Open {
    tx: Tx,
    practice: Practice,
    items: Vec<KitItem>,
}

impl Open {
    async fn of(app: &App, actor: &Actor, id: PracticeId) -> Outcome<Self> {
        let mut tx = app.store.begin().await?;
        let practice = locked(&mut tx, actor, id, "practice").await?;
        actor.may(Action::EditPractice, &practice.subject())?;
        practice.stands_at(&[PracticeStatus::Draft, PracticeStatus::UnderReview, PracticeStatus::Published])?;
        let items = kit::of_practices(&mut tx, &[id]).await?;
        Ok(Self { tx, practice, items })
    }

    /// The kit that holds this item, and the item's place.
    async fn with(app: &App, actor: &Actor, id: KitItemId) -> Outcome<(Self, usize)> {
        let missing = || Refusal::not_found("item");
        let found = kit::find_many(&app.store, &[id]).await?.pop().ok_or_else(missing)?;
        // A kit that may not be seen has no items either.
        let seen = practices_seen(app, actor, &[found.practice]).await?;
        if seen.is_empty() {
            return Err(missing().into());
        }
        let open = Self::of(app, actor, found.practice).await?;
        let place = open.items.iter().position(|item| item.id == id).ok_or_else(missing)?;
        Ok((open, place))
    }

    async fn check(&mut self, app: &App, changes: ItemChanges, item: &mut KitItem) -> Outcome<()> {
        let mut refusals = Refusals::default();
        let vocabulary = Vocabulary::read(app, &mut self.tx).await?;
        for (given, scheme, field, slot) in [
            (changes.kind, Scheme::KitKind, "kind", &mut item.kind),
            (changes.phase, Scheme::KitPhase, "phase", &mut item.phase),
        ] {
            if let Some(code) = given.filter(|code| code != slot) {
                refusals.take(vocabulary.check(scheme, field, &code));
                *slot = code;
            }
        }
        if let Some(title) = changes.title {
            item.title = refusals.take(line("title", &title, 160)).unwrap_or_default();
        }
        if let Some(given) = changes.link.maybe() {
            item.link = refusals.take(given.map(|given| link("link", &given)).transpose()).flatten();
        }
        if let Some(text) = changes.text.maybe() {
            let text = refusals.take(text.map(|text| body("text", &text, 20_000)).transpose()).flatten();
            item.text = text.filter(|text| !text.is_empty());
        }
        if let Some(given) = changes.document.maybe() {
            item.document = given;
        }
        let given = [item.link.is_some(), item.text.is_some(), item.document.is_some()];
        if refusals.is_empty() && given.iter().filter(|given| **given).count() != 1 {
            refusals.push(Refusal::new(Code::Invalid).on("link").say(
                "Indicate un collegamento, un testo o un documento: uno solo dei tre.",
                "Give a link, a text or a document: exactly one of the three.",
            ));
        }
        if self.practice.status == PracticeStatus::Published && !changes.no_personal_data {
            refusals.take(privacy::check("title", &item.title));
            refusals.take(privacy::check("text", item.text.as_deref().unwrap_or_default()));
        }
        refusals.none()
    }

    /// Renumbers, scores and commits.
    async fn close(mut self, app: &App, actor: &Actor) -> Outcome<Practice> {
        for (position, item) in (0_i64..).zip(&self.items) {
            if item.position != position {
                kit::update_position(&mut self.tx, item.id, position).await?;
            }
        }
        self.practice.kit_completeness = completeness(self.items.iter().map(|item| item.phase.as_str()));
        self.practice.updated_at = app.clock.now();
        practices::update_kit_score(&mut self.tx, &self.practice).await?;
        self.tx.emit(NewEvent::new(EventKind::KitChanged, self.practice.id).by(actor.person()));
        self.tx.commit(app.clock.now()).await?;
        Ok(self.practice)
    }
}

/// Whether the document that is given, if one is, may stand in a kit of the actor's.
async fn may_use(app: &App, actor: &Actor, changes: &ItemChanges) -> Outcome<()> {
    match changes.document {
        Change::Set(id) => usable(app, actor, id).await.map(drop),
        Change::Keep | Change::Clear => Ok(()),
    }
}

/// Takes one document for an item and lets another go, in the order of their ids, as everybody locks them.
async fn exchange(tx: &mut Tx, old: Option<DocumentId>, new: Option<DocumentId>) -> Outcome<()> {
    if old == new {
        return Ok(());
    }
    let mut steps: Vec<(DocumentId, bool)> =
        old.map(|id| (id, false)).into_iter().chain(new.map(|id| (id, true))).collect();
    steps.sort_unstable();
    for (id, wanted) in steps {
        if !wanted {
            documents::release(tx, id).await?;
        } else if !documents::take(tx, id).await? {
            return Err(Refusal::not_found("document").into());
        }
    }
    Ok(())
}

/// Adds an item to a practice's kit, at its end.
///
/// # Errors
/// What is wrong with the fields, all at once; `TOO_LONG` where the kit has 50 items.
pub async fn add(app: &App, actor: &Actor, practice: PracticeId, changes: ItemChanges) -> Outcome<KitItem> {
    may_use(app, actor, &changes).await?;
    let mut open = Open::of(app, actor, practice).await?;
    if open.items.len() >= MOST {
        return Err(Refusal::new(Code::TooLong)
            .on("practice")
            .say(format!("Il kit può avere al massimo {MOST} voci."), format!("A kit has at most {MOST} items."))
            .into());
    }
    let mut item = KitItem {
        id: app.clock.id(),
        practice,
        version: 1,
        position: i64::try_from(open.items.len()).unwrap_or(i64::MAX),
        kind: String::new(),
        phase: String::new(),
        title: String::new(),
        link: None,
        text: None,
        document: None,
        created_at: app.clock.now(),
    };
    open.check(app, changes, &mut item).await?;
    exchange(&mut open.tx, None, item.document).await?;
    kit::insert(&mut open.tx, &item).await?;
    open.items.push(item.clone());
    open.close(app, actor).await?;
    Ok(item)
}

/// Changes what is given of an item.
///
/// # Errors
/// `CONFLICT` where somebody changed it in the meantime; what is wrong with the fields, all at once.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: KitItemId,
    expected_version: i64,
    changes: ItemChanges,
) -> Outcome<KitItem> {
    may_use(app, actor, &changes).await?;
    let (mut open, place) = Open::with(app, actor, id).await?;
    let mut item = open.items[place].clone();
    if item.version != expected_version {
        return Err(Refusal::conflict(item.version).into());
    }
    open.check(app, changes, &mut item).await?;
    item.version += 1;
    exchange(&mut open.tx, open.items[place].document, item.document).await?;
    kit::update(&mut open.tx, &item).await?;
    open.items[place] = item.clone();
    open.close(app, actor).await?;
    Ok(item)
}

/// Moves an item to a place of its kit, counted from 0; beyond the end means the end.
///
/// # Errors
/// `NOT_FOUND` where it was removed.
pub async fn move_to(app: &App, actor: &Actor, id: KitItemId, place: usize) -> Outcome<Practice> {
    let (mut open, from) = Open::with(app, actor, id).await?;
    let item = open.items.remove(from);
    open.items.insert(place.min(open.items.len()), item);
    open.close(app, actor).await
}

/// Removes an item.
///
/// # Errors
/// `NOT_FOUND` where it was removed already.
pub async fn remove(app: &App, actor: &Actor, id: KitItemId) -> Outcome<Practice> {
    let (mut open, place) = Open::with(app, actor, id).await?;
    let item = open.items.remove(place);
    kit::delete(&mut open.tx, &item).await?;
    open.close(app, actor).await
}

/// The items of these practices, in each kit's order. The caller may see the practices.
///
/// # Errors
/// A fault from the database.
pub async fn of_practices(app: &App, ids: &[PracticeId]) -> Result<Vec<KitItem>, Fault> {
    kit::of_practices(&app.store, ids).await
}

/// The items with these ids whose practice `actor` may see, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(app: &App, actor: &Actor, ids: &[KitItemId]) -> Result<Vec<KitItem>, Fault> {
    let mut items = kit::find_many(&app.store, ids).await?;
    let practices: Vec<PracticeId> = items.iter().map(|item| item.practice).collect();
    let seen = practices_seen(app, actor, &practices).await?;
    items.retain(|item| seen.iter().any(|practice| practice.id == item.practice));
    Ok(items)
}
