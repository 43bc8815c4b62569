//! Contact people and role mailboxes: the object, lists, and beside it the mutations.
mod duties;
mod mutation;

pub use duties::DutiesMutation;
pub use mutation::ContactMutation;

use super::{
    Ask,
    id::opaque,
    loaders::Source,
    page::{PageArgs, Paged, asks_for, connection},
    practice::PracticeObject,
    territory::TerritoryObject,
};
use crate::{
    app::App,
    domain::{
        contact::ContactPerson,
        id::{ContactId, PracticeId, TerritoryId},
        permission::{Action, Actor, Visibility},
        practice::Practice,
        refusal::Fault,
    },
    service::{contacts, duties::may_hand_over},
};
use async_graphql::{Context, Enum, ID, Object, Result};
use duties::{ContactDuties, DutiesOf};
use std::{collections::HashMap, sync::Arc};

/// Who may see a contact's address and telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Visibility", name = "ContactVisibility")]
pub enum VisibilityObject {
    /// Everybody.
    Public,
    /// Signed-in staff.
    Members,
    /// The two sides of an accepted request.
    Parties,
    /// Nobody: the hub forwards.
    Relay,
}

/// What a viewer may do with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ContactAction {
    /// Change it: `updateContactPerson`.
    UpdateContactPerson,
    /// Remove it: `removeContactPerson`.
    RemoveContactPerson,
}

/// Somebody, or a mailbox, that answers for practices of a territory.
pub struct ContactObject(pub Arc<ContactPerson>);

impl ContactObject {
    async fn address_is_seen(&self, ctx: &Context<'_>) -> Result<bool> {
        let ask = Ask::of(ctx);
        let asks_parties = self.0.visibility == Visibility::Parties && ask.actor.person().is_some();
        let partners = if asks_parties {
            ask.load::<PartiesOf>(self.0.territory).await?.unwrap_or_default()
        } else {
            Arc::default()
        };
        Ok(ask.actor.may(Action::SeeContactAddress, &self.0.subject(&partners)).is_ok())
    }

    /// A part of the address for the field of that name: none where there is none or the viewer may not see it.
    async fn where_seen<'a>(&self, ctx: &Context<'_>, part: Option<&'a str>) -> Option<Result<&'a str>> {
        let part = part?;
        self.address_is_seen(ctx).await.map(|seen| seen.then_some(part)).transpose()
    }
}

/// Somebody, or a mailbox, that answers for practices of a territory.
#[Object(crate = "crate::graphql::engine", name = "ContactPerson")]
impl ContactObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// Name of the person or office.
    fn name(&self) -> &str {
        &self.0.name
    }
    /// What it does there.
    fn role(&self) -> &str {
        &self.0.role
    }
    /// Whose contact.
    async fn territory(&self, ctx: &Context<'_>) -> Result<TerritoryObject> {
        Ask::of(ctx).territory(self.0.territory).await
    }
    /// Who sees address and telephone.
    fn visibility(&self) -> VisibilityObject {
        self.0.visibility.into()
    }
    /// Whether the viewer sees address and telephone; where not, `email` and `phone` are null though they may exist.
    async fn viewer_can_see_address(&self, ctx: &Context<'_>) -> Result<bool> {
        self.address_is_seen(ctx).await
    }
    /// E-mail address; null where the viewer may not see it, or where there is none.
    async fn email(&self, ctx: &Context<'_>) -> Option<Result<&str>> {
        self.where_seen(ctx, self.0.email.as_deref()).await
    }
    /// Telephone; null where the viewer may not see it, or where there is none.
    async fn phone(&self, ctx: &Context<'_>) -> Option<Result<&str>> {
        self.where_seen(ctx, self.0.phone.as_deref()).await
    }
    /// Whether it is a mailbox that stays when people leave, not a person.
    fn is_role_mailbox(&self) -> bool {
        self.0.is_role_mailbox
    }
    /// Whether requests and messages are sent here too.
    fn accepts_requests(&self) -> bool {
        self.0.accepts_requests
    }
    /// The practices it answers for, as far as the viewer may see them.
    async fn practices(&self, ctx: &Context<'_>) -> Result<Vec<PracticeObject>> {
        let practices = Ask::of(ctx).load::<PracticesOf>(self.0.id).await?.unwrap_or_default();
        Ok(practices.iter().map(|practice| PracticeObject::whole(Arc::clone(practice))).collect())
    }
    /// What it answers for, and what would pass to another by `handOverDuties`; null for who may not do that.
    async fn duties(&self, ctx: &Context<'_>) -> Option<Result<ContactDuties>> {
        let ask = Ask::of(ctx);
        if !may_hand_over(&ask.actor, self.0.territory) {
            return None;
        }
        Some(ask.load_known::<DutiesOf>(self.0.id).await)
    }
    /// Give it as `expectedVersion` when changing it.
    fn version(&self) -> i64 {
        self.0.version
    }
    /// What the viewer may do now.
    fn viewer_actions(&self, ctx: &Context<'_>) -> Vec<ContactAction> {
        let may = may_manage(&Ask::of(ctx).actor, self.0.territory);
        if may { vec![ContactAction::UpdateContactPerson, ContactAction::RemoveContactPerson] } else { Vec::new() }
    }
}

/// Whether the viewer manages the contacts of a territory.
pub fn may_manage(actor: &Actor, territory: TerritoryId) -> bool {
    use crate::domain::permission::Subject;
    actor.may(Action::ManageContacts, &Subject::Territory(territory)).is_ok()
}

/// The contacts of a territory, first added first.
pub async fn contacts_of(ctx: &Context<'_>, territory: TerritoryId, args: PageArgs) -> Result<Paged<ContactObject>> {
    let ask = Ask::of(ctx);
    let page = args.request(20)?;
    let fault = |fault: Fault| ask.fault(&fault);
    let total = if asks_for(ctx, "totalCount") {
        Some(contacts::count(&ask.app, territory).await.map_err(fault)?)
    } else {
        None
    };
    let page = contacts::list(&ask.app, territory, &page).await.map_err(fault)?;
    Ok(connection(page, total, |contact| ContactObject(Arc::new(contact))))
}

type Read<S> = std::result::Result<HashMap<<S as Source>::Key, <S as Source>::Value>, Fault>;

/// Contacts by id.
pub struct ContactById;

impl Source for ContactById {
    type Key = ContactId;
    type Value = Arc<ContactPerson>;

    async fn fetch(app: &App, _: &Actor, ids: &[ContactId]) -> Read<Self> {
        Ok(contacts::find_many(app, ids).await?.into_iter().map(|c| (c.id, Arc::new(c))).collect())
    }
}

/// The contacts of practices that the viewer was given already.
pub struct ContactsOf;

impl Source for ContactsOf {
    type Key = PracticeId;
    type Value = Arc<Vec<Arc<ContactPerson>>>;

    async fn fetch(app: &App, _: &Actor, ids: &[PracticeId]) -> Read<Self> {
        let mut by_practice: HashMap<PracticeId, Vec<Arc<ContactPerson>>> = HashMap::new();
        for link in contacts::of_practices(app, ids).await? {
            by_practice.entry(link.practice).or_default().push(Arc::new(link.contact));
        }
        Ok(by_practice.into_iter().map(|(practice, contacts)| (practice, Arc::new(contacts))).collect())
    }
}

/// The practices of contacts.
struct PracticesOf;

impl Source for PracticesOf {
    type Key = ContactId;
    type Value = Arc<Vec<Arc<Practice>>>;

    async fn fetch(app: &App, actor: &Actor, ids: &[ContactId]) -> Read<Self> {
        let found = contacts::practices_of(app, actor, ids).await?;
        let shared = |practices: Vec<Practice>| Arc::new(practices.into_iter().map(Arc::new).collect());
        Ok(found.into_iter().map(|(contact, practices)| (contact, shared(practices))).collect())
    }
}

/// Which of the viewer's territories share an accepted request with territories.
struct PartiesOf;

impl Source for PartiesOf {
    type Key = TerritoryId;
    type Value = Arc<Vec<TerritoryId>>;

    async fn fetch(app: &App, actor: &Actor, ids: &[TerritoryId]) -> Read<Self> {
        Ok(contacts::parties(app, actor, ids).await?.into_iter().map(|(id, parties)| (id, Arc::new(parties))).collect())
    }
}
