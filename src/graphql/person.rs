//! People as others see them: a name for those who are signed in, an address for hardly anybody.
use super::{Ask, error::UserError, id::opaque, loaders::Source};
use crate::{
    app::App,
    domain::{
        id::{PersonId, TerritoryId},
        permission::{Action, Actor, Subject},
        person,
        refusal::Fault,
        text,
    },
    service::people,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// The languages of the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "text::Language")]
pub enum Language {
    /// Italian.
    It,
    /// English.
    En,
}

/// Somebody who works, or worked, in a territory or for the hub.
pub struct PersonObject {
    person: Arc<person::Person>,
    /// Who looks, where that is not who asked: at signing in.
    seen_by: Option<Actor>,
}

impl From<Arc<person::Person>> for PersonObject {
    fn from(person: Arc<person::Person>) -> Self {
        Self { person, seen_by: None }
    }
}

impl PersonObject {
    /// The person as `actor` sees it, whoever asked.
    pub(super) const fn seen_by(person: Arc<person::Person>, actor: Actor) -> Self {
        Self { person, seen_by: Some(actor) }
    }

    fn may(&self, ask: &Ask, action: Action, territories: &[TerritoryId]) -> bool {
        let subject = Subject::Colleague { person: Some(self.person.id), territories };
        self.seen_by.as_ref().unwrap_or(&ask.actor).may(action, &subject).is_ok()
    }

    async fn may_see_email(&self, ask: &Ask) -> Result<bool> {
        // Its own address costs no statement.
        if self.may(ask, Action::SeePersonEmail, &[]) {
            return Ok(true);
        }
        let territories = ask.load::<TerritoriesOf>(self.person.id).await?.unwrap_or_default();
        Ok(self.may(ask, Action::SeePersonEmail, &territories))
    }
}

/// Somebody who works, or worked, in a territory or for the hub.
#[Object(name = "Person")]
impl PersonObject {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        opaque(self.person.id)
    }
    /// Name and surname; null for who is not signed in.
    async fn name(&self, ctx: &Context<'_>) -> Option<&str> {
        self.may(Ask::of(ctx), Action::SeePersonName, &[]).then_some(&self.person.name)
    }
    /// Whether the viewer may see the name.
    async fn viewer_can_see_name(&self, ctx: &Context<'_>) -> bool {
        self.may(Ask::of(ctx), Action::SeePersonName, &[])
    }
    /// Work address; only the person and the coordinators of the person's territories see it.
    async fn email(&self, ctx: &Context<'_>) -> Option<Result<&str>> {
        let email = self.person.email.as_deref()?;
        self.may_see_email(Ask::of(ctx)).await.map(|may| may.then_some(email)).transpose()
    }
    /// Whether the viewer may see the address.
    async fn viewer_can_see_email(&self, ctx: &Context<'_>) -> Result<bool> {
        self.may_see_email(Ask::of(ctx)).await
    }
    /// Whether the person's name and address were taken away for good.
    async fn is_erased(&self) -> bool {
        self.person.email.is_none()
    }
}

/// People by id.
pub struct PersonById;

impl Source for PersonById {
    type Key = PersonId;
    type Value = Arc<person::Person>;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[PersonId],
    ) -> std::result::Result<HashMap<PersonId, Self::Value>, Fault> {
        Ok(people::find_many(app, ids).await?.into_iter().map(|p| (p.id, Arc::new(p))).collect())
    }
}

/// Where people work.
struct TerritoriesOf;

impl Source for TerritoriesOf {
    type Key = PersonId;
    type Value = Arc<Vec<TerritoryId>>;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[PersonId],
    ) -> std::result::Result<HashMap<PersonId, Self::Value>, Fault> {
        let mut by_person: HashMap<PersonId, Vec<TerritoryId>> = HashMap::new();
        for membership in people::memberships_of(app, ids).await? {
            by_person.entry(membership.person).or_default().push(membership.territory);
        }
        Ok(by_person.into_iter().map(|(person, territories)| (person, Arc::new(territories))).collect())
    }
}

impl Ask {
    /// The person with this id, who is surely there: an author, a mover of a step.
    pub(super) async fn person(&self, id: PersonId) -> Result<PersonObject> {
        self.load_known::<PersonById>(id).await.map(Into::into)
    }

    /// The person with this id, for who may see people at all.
    pub(super) async fn visible_person(&self, id: PersonId) -> Result<Option<PersonObject>> {
        let subject = Subject::Colleague { person: Some(id), territories: &[] };
        if self.actor.may(Action::SeePersonName, &subject).is_err() {
            return Ok(None);
        }
        Ok(self.load::<PersonById>(id).await?.map(Into::into))
    }
}

/// What to change about oneself; what is left out stays.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// Name and surname, at most 100 characters.
    name: Option<String>,
    /// The language of answers and mails.
    language: Option<Language>,
}

/// What came of changing one's profile.
#[derive(SimpleObject)]
pub struct UpdateProfilePayload {
    /// Oneself, changed.
    person: Option<PersonObject>,
    /// What must be mended; nothing was changed then.
    user_errors: Vec<UserError>,
}

/// What one changes about oneself.
#[derive(Default)]
pub struct PersonMutation;

/// What one changes about oneself.
#[Object]
impl PersonMutation {
    /// Changes one's own name or language.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateProfileInput,
    ) -> Result<UpdateProfilePayload> {
        let ask = Ask::of(ctx);
        let language = input.language.map(Into::into);
        let outcome = people::update_profile(&ask.app, &ask.actor, input.name.as_deref(), language).await;
        let (person, user_errors) = ask.settle(outcome)?;
        Ok(UpdateProfilePayload { person: person.map(|person| Arc::new(person).into()), user_errors })
    }
}
