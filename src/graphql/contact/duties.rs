//! What contact people answer for, and how it passes to another.
use super::super::{Ask, error::UserError, id::expect, loaders::Source};
use super::ContactObject;
use crate::{
    app::App,
    domain::{
        id::{ContactId, kind},
        permission::Actor,
        refusal::Fault,
    },
    service::duties::{self, Duties},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use std::{collections::HashMap, sync::Arc};

/// What a contact person answers for: what would pass to another by `handOverDuties`.
#[derive(Clone, Copy, SimpleObject)]
pub struct ContactDuties {
    /// How many practices it is a contact of.
    practices: i64,
    /// Of how many open requests it is the mentor.
    requests: i64,
}

impl From<Duties> for ContactDuties {
    fn from(duties: Duties) -> Self {
        Self { practices: duties.practices, requests: duties.requests }
    }
}

/// What contacts answer for, of territories whose duties the viewer may pass on.
pub(super) struct DutiesOf;

impl Source for DutiesOf {
    type Key = ContactId;
    type Value = ContactDuties;

    async fn fetch(
        app: &App,
        _: &Actor,
        ids: &[ContactId],
    ) -> std::result::Result<HashMap<ContactId, ContactDuties>, Fault> {
        let found = duties::of_contacts(app, ids).await?;
        Ok(found.into_iter().map(|duties| (duties.contact, duties.into())).collect())
    }
}

/// Whose duties pass to whom.
#[derive(InputObject)]
pub struct HandOverDutiesInput {
    /// The territory that both belong to.
    territory: ID,
    /// The contact person who leaves.
    leaving: ID,
    /// The contact person who takes over.
    successor: ID,
}

/// What came of handing over.
#[derive(SimpleObject)]
pub struct HandOverDutiesPayload {
    /// Who left: answers for nothing any more, and may be removed. Null where it was not done.
    leaving: Option<ContactObject>,
    /// Who took over; null where it was not done.
    successor: Option<ContactObject>,
    /// What passed over; null where it was not done.
    handed_over: Option<ContactDuties>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of duties.
#[derive(Default)]
pub struct DutiesMutation;

/// Mutations of duties.
#[Object]
impl DutiesMutation {
    /// Passes all that one contact person answers for to another of the same territory: as a contact of practices, and
    /// as a mentor of open requests. `ContactPerson.duties` says before how much that is. Doing it again changes nothing.
    async fn hand_over_duties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From whom to whom.")] input: HandOverDutiesInput,
    ) -> Result<HandOverDutiesPayload> {
        let ask = Ask::of(ctx);
        let territory = expect::<kind::Territory>(&input.territory)?;
        let leaving = expect::<kind::ContactPerson>(&input.leaving)?;
        let successor = expect::<kind::ContactPerson>(&input.successor)?;
        let done = duties::hand_over(&ask.app, &ask.actor, territory, leaving, successor).await;
        let (done, user_errors) = ask.settle(done)?;
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let handed_over = done
            .as_ref()
            .map(|done| ContactDuties { practices: count(done.practices), requests: count(done.requests) });
        let (from, to) = done.map(|done| (done.from, done.to)).unzip();
        let contact = |contact| ContactObject(Arc::new(contact));
        let (leaving, successor) = (from.map(contact), to.map(contact));
        Ok(HandOverDutiesPayload { leaving, successor, handed_over, user_errors })
    }
}
