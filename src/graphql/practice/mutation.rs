//! What is done with practices.
use super::{
    super::{
        Ask,
        error::UserError,
        id::{expect, opaque},
    },
    PracticeObject,
    input::PracticeFieldsInput,
};
use crate::{
    domain::{id::kind, practice::Practice, refusal::Outcome},
    service::practices,
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// A practice to write.
#[derive(InputObject)]
pub struct CreatePracticeInput {
    /// The territory that did it, one of the viewer's.
    owner: ID,
    /// What it says; at least a title.
    #[graphql(flatten)]
    fields: PracticeFieldsInput,
}

/// A practice to change.
#[derive(InputObject)]
pub struct UpdatePracticeInput {
    /// Which.
    practice: ID,
    /// The version that was read.
    expected_version: i64,
    /// The texts of a public practice are searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
    /// What changes.
    #[graphql(flatten)]
    fields: PracticeFieldsInput,
}

/// A draft to hand in for review.
#[derive(InputObject)]
pub struct SubmitPracticeInput {
    /// Which.
    practice: ID,
}

/// A practice to send back.
#[derive(InputObject)]
pub struct ReturnPracticeInput {
    /// Which.
    practice: ID,
    /// What should be changed: Markdown, at most 2,000 characters.
    remarks: String,
}

/// A practice to make public.
#[derive(InputObject)]
pub struct PublishPracticeInput {
    /// Which.
    practice: ID,
    /// The version that was read; left out, whatever is there is published.
    expected_version: Option<i64>,
    /// All texts are searched for fiscal codes, IBANs and telephone numbers. Say true where what was found is no
    /// person's.
    #[graphql(default)]
    confirm_no_personal_data: bool,
}

/// A practice to put away.
#[derive(InputObject)]
pub struct ArchivePracticeInput {
    /// Which.
    practice: ID,
}

/// A draft to throw away.
#[derive(InputObject)]
pub struct DeletePracticeInput {
    /// Which.
    practice: ID,
    /// The version that was read.
    expected_version: i64,
}

/// What came of throwing a draft away.
#[derive(SimpleObject)]
pub struct DeletePracticePayload {
    /// The id that it had; null where it was not done.
    deleted: Option<ID>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The practice; null where it was not done.
            practice: Option<PracticeObject>,
            /// What the viewer can mend; empty where it was done.
            user_errors: Vec<UserError>,
        }
        impl $name {
            fn of(ask: &Ask, outcome: Outcome<Practice>) -> Result<Self> {
                let (practice, user_errors) = ask.settle(outcome)?;
                Ok(Self { practice: practice.map(PracticeObject::whole), user_errors })
            }
        }
    )* };
}
payloads! {
    /// What came of writing a practice.
    CreatePracticePayload
    /// What came of changing a practice.
    UpdatePracticePayload
    /// What came of handing a practice in.
    SubmitPracticePayload
    /// What came of sending a practice back.
    ReturnPracticePayload
    /// What came of publishing a practice.
    PublishPracticePayload
    /// What came of putting a practice away.
    ArchivePracticePayload
}

/// Mutations of practices.
#[derive(Default)]
pub struct PracticeMutation;

/// Mutations of practices.
#[Object]
impl PracticeMutation {
    /// Writes a new draft of one of the viewer's territories.
    async fn create_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to write.")] input: CreatePracticeInput,
    ) -> Result<CreatePracticePayload> {
        let ask = Ask::of(ctx);
        let owner = expect::<kind::Territory>(&input.owner)?;
        CreatePracticePayload::of(ask, practices::create(&ask.app, &ask.actor, owner, input.fields.into()).await)
    }

    /// Changes what is given. A public practice changes for everybody at once.
    async fn update_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdatePracticeInput,
    ) -> Result<UpdatePracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        let (version, confirmed) = (input.expected_version, input.confirm_no_personal_data);
        let done = practices::edit(&ask.app, &ask.actor, id, version, input.fields.into(), confirmed).await;
        UpdatePracticePayload::of(ask, done)
    }

    /// Hands a draft in for review: it needs title, abstract, field, a target group, objectives or method, results and
    /// a contact.
    async fn submit_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to hand in.")] input: SubmitPracticeInput,
    ) -> Result<SubmitPracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        SubmitPracticePayload::of(ask, practices::submit(&ask.app, &ask.actor, id).await)
    }

    /// Sends a practice under review back to its authors with remarks.
    async fn return_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to send back, and why.")] input: ReturnPracticeInput,
    ) -> Result<ReturnPracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        let done = practices::return_with_remarks(&ask.app, &ask.actor, id, &input.remarks).await;
        ReturnPracticePayload::of(ask, done)
    }

    /// Makes a practice under review public.
    async fn publish_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to publish.")] input: PublishPracticeInput,
    ) -> Result<PublishPracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        let (version, confirmed) = (input.expected_version, input.confirm_no_personal_data);
        let done = practices::publish(&ask.app, &ask.actor, id, version, confirmed).await;
        PublishPracticePayload::of(ask, done)
    }

    /// Puts a public practice away: no longer offered, still readable by its address.
    async fn archive_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put away.")] input: ArchivePracticeInput,
    ) -> Result<ArchivePracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        ArchivePracticePayload::of(ask, practices::archive(&ask.app, &ask.actor, id).await)
    }

    /// Throws a draft away that was never public, for good, with its kit and its lineage.
    async fn delete_practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to throw away.")] input: DeletePracticeInput,
    ) -> Result<DeletePracticePayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Practice>(&input.practice)?;
        let done = practices::delete(&ask.app, &ask.actor, id, input.expected_version).await;
        let (done, user_errors) = ask.settle(done)?;
        Ok(DeletePracticePayload { deleted: done.map(|practice| opaque(practice.id)), user_errors })
    }
}
