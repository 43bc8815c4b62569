//! The reuse kit of a practice: its items, and what is done with them.
use super::{
    Ask,
    document::{DocumentObject, DocumentOf},
    error::UserError,
    id::{expect, opaque},
    loaders::Source,
    markdown::{Markdown, written},
    practice::{PracticeObject, change},
    scalar::DateTime,
    term::TermObject,
};
use crate::{
    app::App,
    domain::{
        id::{KitItemId, PracticeId, kind},
        permission::Actor,
        practice::{Change, KitItem},
        refusal::Fault,
        term::Scheme,
    },
    service::kit::{self, ItemChanges},
};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// What lets others copy a practice: a link, a text or an uploaded document.
pub struct KitItemObject(pub Arc<KitItem>);

/// What lets others copy a practice: a link, a text or an uploaded document.
#[Object(name = "KitItem")]
impl KitItemObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// What it is: resolution, tender, agreement, regulation, form, indicator sheet …
    async fn kind(&self, ctx: &Context<'_>) -> Result<TermObject> {
        Ask::of(ctx).term(Scheme::KitKind, &self.0.kind).await
    }
    /// In which phase of the way it helps.
    async fn phase(&self, ctx: &Context<'_>) -> Result<TermObject> {
        Ask::of(ctx).term(Scheme::KitPhase, &self.0.phase).await
    }
    /// One line.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Where it is on the web; null where it is something else.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }
    /// What it says; null where it is something else.
    async fn text(&self) -> Option<Markdown> {
        self.0.text.as_deref().and_then(written)
    }
    /// The uploaded document that it is; null where it is something else.
    async fn document(&self, ctx: &Context<'_>) -> Option<Result<DocumentObject>> {
        let id = self.0.document?;
        Some(Ask::of(ctx).load_known::<DocumentOf>(id).await.map(DocumentObject))
    }
    /// Place in the kit: 0, 1, 2 …
    async fn position(&self) -> i64 {
        self.0.position
    }
    /// The practice it belongs to.
    async fn practice(&self, ctx: &Context<'_>) -> Option<Result<PracticeObject>> {
        Ask::of(ctx).practice(self.0.practice).await.transpose()
    }
    /// Give it as `expectedVersion` when changing it.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

type Read<S> = std::result::Result<HashMap<<S as Source>::Key, <S as Source>::Value>, Fault>;

/// The kits of practices that the viewer was given already.
pub struct KitOf;

impl Source for KitOf {
    type Key = PracticeId;
    type Value = Arc<Vec<Arc<KitItem>>>;

    async fn fetch(app: &App, _: &Actor, ids: &[PracticeId]) -> Read<Self> {
        let mut kits: HashMap<PracticeId, Vec<Arc<KitItem>>> = HashMap::new();
        for item in kit::of_practices(app, ids).await? {
            kits.entry(item.practice).or_default().push(Arc::new(item));
        }
        Ok(kits.into_iter().map(|(practice, items)| (practice, Arc::new(items))).collect())
    }
}

/// Kit items by id, where the viewer may see their practice.
pub struct KitItemById;

impl Source for KitItemById {
    type Key = KitItemId;
    type Value = Arc<KitItem>;

    async fn fetch(app: &App, actor: &Actor, ids: &[KitItemId]) -> Read<Self> {
        Ok(kit::find_many(app, actor, ids).await?.into_iter().map(|item| (item.id, Arc::new(item))).collect())
    }
}

/// What to add at the end of a kit: a link, a text or an uploaded document, exactly one of the three.
#[derive(InputObject)]
pub struct AddKitItemInput {
    /// Whose kit.
    practice: ID,
    /// Code from `vocabulary(scheme: KIT_KIND)`.
    kind: String,
    /// Code from `vocabulary(scheme: KIT_PHASE)`.
    phase: String,
    /// One line, at most 160 characters.
    title: String,
    /// Where it is on the web: http or https, at most 2,000 characters.
    link: Option<String>,
    /// What it says: Markdown, at most 20,000 characters.
    text: Option<String>,
    /// A document that was uploaded by `POST /documents`.
    document: Option<ID>,
    /// The texts of a public practice are searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
}

/// A document of a kit to change. What is left out stays; to turn a link into a text, give the text and a
/// null link; the same with a document.
#[derive(InputObject)]
pub struct UpdateKitItemInput {
    /// Which.
    item: ID,
    /// The version that was read.
    expected_version: i64,
    /// Code from `vocabulary(scheme: KIT_KIND)`.
    kind: Option<String>,
    /// Code from `vocabulary(scheme: KIT_PHASE)`.
    phase: Option<String>,
    /// One line, at most 160 characters.
    title: Option<String>,
    /// Where it is on the web: http or https, at most 2,000 characters.
    link: MaybeUndefined<String>,
    /// What it says: Markdown, at most 20,000 characters.
    text: MaybeUndefined<String>,
    /// A document that was uploaded by `POST /documents`.
    document: MaybeUndefined<ID>,
    /// The texts of a public practice are searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
}

/// A document of a kit to move.
#[derive(InputObject)]
pub struct MoveKitItemInput {
    /// Which.
    item: ID,
    /// Its new place, counted from 0; beyond the end means the end.
    position: i64,
}

/// A document of a kit to remove.
#[derive(InputObject)]
pub struct RemoveKitItemInput {
    /// Which.
    item: ID,
}

/// What came of adding a document.
#[derive(SimpleObject)]
pub struct AddKitItemPayload {
    /// The item; null where it was not done.
    item: Option<KitItemObject>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// What came of changing a document.
#[derive(SimpleObject)]
pub struct UpdateKitItemPayload {
    /// The item; null where it was not done.
    item: Option<KitItemObject>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// What came of moving a document.
#[derive(SimpleObject)]
pub struct MoveKitItemPayload {
    /// The practice with its kit; null where it was not done.
    practice: Option<PracticeObject>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// What came of removing a document.
#[derive(SimpleObject)]
pub struct RemoveKitItemPayload {
    /// The practice with its kit; null where it was not done.
    practice: Option<PracticeObject>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of kits.
#[derive(Default)]
pub struct KitMutation;

/// Mutations of kits.
#[Object]
impl KitMutation {
    /// Adds a document to the end of a practice's kit, which has at most 50.
    async fn add_kit_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to add.")] input: AddKitItemInput,
    ) -> Result<AddKitItemPayload> {
        let ask = Ask::of(ctx);
        let practice = expect::<kind::Practice>(&input.practice)?;
        let document = input.document.as_ref().map(expect::<kind::Document>).transpose()?;
        let given = |value: Option<String>| value.map_or(Change::Keep, Change::Set);
        let changes = ItemChanges {
            kind: Some(input.kind),
            phase: Some(input.phase),
            title: Some(input.title),
            link: given(input.link),
            text: given(input.text),
            document: document.map_or(Change::Keep, Change::Set),
            no_personal_data: input.confirm_no_personal_data,
        };
        let (item, user_errors) = ask.settle(kit::add(&ask.app, &ask.actor, practice, changes).await)?;
        Ok(AddKitItemPayload { item: item.map(|item| KitItemObject(Arc::new(item))), user_errors })
    }

    /// Changes what is given of a document.
    async fn update_kit_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateKitItemInput,
    ) -> Result<UpdateKitItemPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::KitItem>(&input.item)?;
        let document = match change(input.document) {
            Change::Set(id) => Change::Set(expect::<kind::Document>(&id)?),
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
        };
        let changes = ItemChanges {
            kind: input.kind,
            phase: input.phase,
            title: input.title,
            link: change(input.link),
            text: change(input.text),
            document,
            no_personal_data: input.confirm_no_personal_data,
        };
        let done = kit::edit(&ask.app, &ask.actor, id, input.expected_version, changes).await;
        let (item, user_errors) = ask.settle(done)?;
        Ok(UpdateKitItemPayload { item: item.map(|item| KitItemObject(Arc::new(item))), user_errors })
    }

    /// Moves a document to another place of its kit.
    async fn move_kit_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to move where.")] input: MoveKitItemInput,
    ) -> Result<MoveKitItemPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::KitItem>(&input.item)?;
        let place = usize::try_from(input.position.max(0)).unwrap_or(usize::MAX);
        let (practice, user_errors) = ask.settle(kit::move_to(&ask.app, &ask.actor, id, place).await)?;
        Ok(MoveKitItemPayload { practice: practice.map(PracticeObject::whole), user_errors })
    }

    /// Removes a document from its kit.
    async fn remove_kit_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to remove.")] input: RemoveKitItemInput,
    ) -> Result<RemoveKitItemPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::KitItem>(&input.item)?;
        let (practice, user_errors) = ask.settle(kit::remove(&ask.app, &ask.actor, id).await)?;
        Ok(RemoveKitItemPayload { practice: practice.map(PracticeObject::whole), user_errors })
    }
}
