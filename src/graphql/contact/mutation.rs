//! What is done with contacts and role mailboxes.
use super::{
    super::{
        Ask,
        error::UserError,
        id::{expect, expect_all},
        practice::{PracticeObject, change},
        territory::TerritoryObject,
    },
    ContactObject, VisibilityObject,
};
use crate::{
    domain::{id::kind, practice::Change},
    service::contacts::{self, ContactChanges},
};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use std::sync::Arc;

/// A contact to add.
#[derive(InputObject)]
pub struct AddContactPersonInput {
    /// Whose contact, one of the viewer's territories.
    territory: ID,
    /// Name of the person or office, at most 120 characters.
    name: String,
    /// What it does there, at most 160 characters.
    role: String,
    /// E-mail address; needed where requests or messages are to reach it.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Whether it is a mailbox that stays when people leave, not a person.
    #[graphql(default)]
    is_role_mailbox: bool,
    /// Who sees address and telephone; left out, `RELAY` for a person and `PUBLIC` for a role mailbox.
    visibility: Option<VisibilityObject>,
    /// Whether requests and messages are sent here too.
    #[graphql(default = true)]
    accepts_requests: bool,
}

/// A contact to change. What is left out stays.
#[derive(InputObject)]
pub struct UpdateContactPersonInput {
    /// Which.
    contact: ID,
    /// The version that was read.
    expected_version: i64,
    /// Name of the person or office, at most 120 characters.
    name: Option<String>,
    /// What it does there, at most 160 characters.
    role: Option<String>,
    /// E-mail address; null removes it.
    email: MaybeUndefined<String>,
    /// Telephone; null removes it.
    phone: MaybeUndefined<String>,
    /// Who sees address and telephone.
    visibility: Option<VisibilityObject>,
    /// Whether requests and messages are sent here too.
    accepts_requests: Option<bool>,
    /// Whether it is a mailbox that stays when people leave, not a person. Who sees the address stays as it is.
    is_role_mailbox: Option<bool>,
}

/// A contact to remove.
#[derive(InputObject)]
pub struct RemoveContactPersonInput {
    /// Which.
    contact: ID,
}

/// Who answers for a practice.
#[derive(InputObject)]
pub struct SetPracticeContactsInput {
    /// Which.
    practice: ID,
    /// All its contacts in order, at most 5, of the practice's owner.
    contacts: Vec<ID>,
}

/// A territory's role mailbox.
#[derive(InputObject)]
pub struct SetTerritoryMailboxInput {
    /// Which, one of the viewer's.
    territory: ID,
    /// E-mail address; null takes it away.
    mailbox: Option<String>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $object:ty })*) => { $(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            $(#[$field_doc])*
            $field: Option<$object>,
            /// What the viewer can mend; empty where it was done.
            user_errors: Vec<UserError>,
        }
    )* };
}
payloads! {
    /// What came of adding a contact.
    AddContactPersonPayload {
        /// The contact; null where it was not done.
        contact: ContactObject
    }
    /// What came of changing a contact.
    UpdateContactPersonPayload {
        /// The contact; null where it was not done.
        contact: ContactObject
    }
    /// What came of removing a contact.
    RemoveContactPersonPayload {
        /// The contact as it was left; null where it was not done.
        contact: ContactObject
    }
    /// What came of saying who answers for a practice.
    SetPracticeContactsPayload {
        /// The practice; null where it was not done.
        practice: PracticeObject
    }
    /// What came of giving a territory a mailbox.
    SetTerritoryMailboxPayload {
        /// The territory; null where it was not done.
        territory: TerritoryObject
    }
}

/// Mutations of contacts.
#[derive(Default)]
pub struct ContactMutation;

/// Mutations of contacts.
#[Object]
impl ContactMutation {
    /// Adds a contact to one of the viewer's territories.
    async fn add_contact_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to add.")] input: AddContactPersonInput,
    ) -> Result<AddContactPersonPayload> {
        let ask = Ask::of(ctx);
        let territory = expect::<kind::Territory>(&input.territory)?;
        let given = |value: Option<String>| value.map_or(Change::Keep, Change::Set);
        let changes = ContactChanges {
            name: Some(input.name),
            role: Some(input.role),
            email: given(input.email),
            phone: given(input.phone),
            visibility: input.visibility.map(Into::into),
            accepts_requests: Some(input.accepts_requests),
            is_role_mailbox: Some(input.is_role_mailbox),
        };
        let done = contacts::add(&ask.app, &ask.actor, territory, changes).await;
        let (contact, user_errors) = ask.settle(done)?;
        Ok(AddContactPersonPayload { contact: contact.map(|c| ContactObject(Arc::new(c))), user_errors })
    }

    /// Changes what is given of a contact.
    async fn update_contact_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateContactPersonInput,
    ) -> Result<UpdateContactPersonPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::ContactPerson>(&input.contact)?;
        let changes = ContactChanges {
            name: input.name,
            role: input.role,
            email: change(input.email),
            phone: change(input.phone),
            visibility: input.visibility.map(Into::into),
            accepts_requests: input.accepts_requests,
            is_role_mailbox: input.is_role_mailbox,
        };
        let done = contacts::edit(&ask.app, &ask.actor, id, input.expected_version, changes).await;
        let (contact, user_errors) = ask.settle(done)?;
        Ok(UpdateContactPersonPayload { contact: contact.map(|c| ContactObject(Arc::new(c))), user_errors })
    }

    /// Removes a contact from its territory and all practices; its address and telephone are erased.
    async fn remove_contact_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to remove.")] input: RemoveContactPersonInput,
    ) -> Result<RemoveContactPersonPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::ContactPerson>(&input.contact)?;
        let (contact, user_errors) = ask.settle(contacts::remove(&ask.app, &ask.actor, id).await)?;
        Ok(RemoveContactPersonPayload { contact: contact.map(|c| ContactObject(Arc::new(c))), user_errors })
    }

    /// Says who answers for a practice.
    async fn set_practice_contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who answers for which.")] input: SetPracticeContactsInput,
    ) -> Result<SetPracticeContactsPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        let ids = expect_all::<kind::ContactPerson>(&input.contacts)?;
        let done = contacts::set_of_practice(&ask.app, &ask.actor, id, ids).await;
        let (practice, user_errors) = ask.settle(done)?;
        Ok(SetPracticeContactsPayload { practice: practice.map(PracticeObject::whole), user_errors })
    }

    /// Gives one of the viewer's territories a role mailbox, which stays when people leave.
    async fn set_territory_mailbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which mailbox.")] input: SetTerritoryMailboxInput,
    ) -> Result<SetTerritoryMailboxPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Territory>(&input.territory)?;
        let done = contacts::set_mailbox(&ask.app, &ask.actor, id, input.mailbox).await;
        let (territory, user_errors) = ask.settle(done)?;
        Ok(SetTerritoryMailboxPayload { territory: territory.map(|t| Arc::new(t).into()), user_errors })
    }
}
