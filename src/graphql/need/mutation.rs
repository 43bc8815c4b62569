//! What is done with needs.
use super::{NeedObject, input::NeedFieldsInput, words::ClosingObject};
use crate::{
    domain::{id::kind, need::Need, refusal::Outcome},
    graphql::{Ask, error::UserError, id::expect},
    service::needs::{self, Close, Edit, Post},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use std::sync::Arc;

/// A need to post: at least words, a field or a target group.
#[derive(InputObject)]
pub struct PostNeedInput {
    /// Who looks, one of the viewer's territories.
    territory: ID,
    /// The text is searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
    /// Makes a repeated click harmless: the same key with the same input gives the need of the first time.
    idempotency_key: Option<String>,
    /// What is looked for.
    #[graphql(flatten)]
    fields: NeedFieldsInput,
}

/// A need to change.
#[derive(InputObject)]
pub struct UpdateNeedInput {
    /// Which.
    need: ID,
    /// The version that was read.
    expected_version: i64,
    /// The text is searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
    /// What changes.
    #[graphql(flatten)]
    fields: NeedFieldsInput,
}

/// A need to close.
#[derive(InputObject)]
pub struct CloseNeedInput {
    /// Which.
    need: ID,
    /// Why.
    reason: ClosingObject,
    /// A word on that, at most 500 characters, that everybody may read; needed for `OTHER`.
    #[graphql(default)]
    note: String,
    /// The note is searched for personal data. Say true where what was found is none.
    #[graphql(default)]
    confirm_no_personal_data: bool,
}

/// A need to watch.
#[derive(InputObject)]
pub struct WatchNeedInput {
    /// Which.
    need: ID,
}

/// A need to watch no longer.
#[derive(InputObject)]
pub struct UnwatchNeedInput {
    /// Which.
    need: ID,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The need; null where it was not done.
            need: Option<NeedObject>,
            /// What the viewer can mend; empty where it was done.
            user_errors: Vec<UserError>,
        }
        impl $name {
            fn of(ask: &Ask, outcome: Outcome<Need>) -> Result<Self> {
                let (need, user_errors) = ask.settle(outcome)?;
                Ok(Self { need: need.map(|need| NeedObject(Arc::new(need))), user_errors })
            }
        }
    )* };
}
payloads! {
    /// What came of posting a need.
    PostNeedPayload
    /// What came of changing a need.
    UpdateNeedPayload
    /// What came of closing a need.
    CloseNeedPayload
    /// What came of watching a need.
    WatchNeedPayload
    /// What came of watching a need no longer.
    UnwatchNeedPayload
}

/// Mutations of needs.
#[derive(Default)]
pub struct NeedMutation;

/// Mutations of needs.
#[Object]
impl NeedMutation {
    /// Says what one of the viewer's territories looks for. Everybody may read it; the viewer is told of practices that
    /// answer it. A territory has at most 50 open needs.
    async fn post_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to post.")] input: PostNeedInput,
    ) -> Result<PostNeedPayload> {
        let ask = Ask::of(ctx);
        let post = Post {
            territory: expect::<kind::Territory>(&input.territory)?,
            says: input.fields.into(),
            no_personal_data: input.confirm_no_personal_data,
            illustrative: false,
            key: input.idempotency_key,
        };
        PostNeedPayload::of(ask, needs::post(&ask.app, &ask.actor, post).await)
    }

    /// Changes what is given of an open need.
    async fn update_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateNeedInput,
    ) -> Result<UpdateNeedPayload> {
        let ask = Ask::of(ctx);
        let edit = Edit {
            need: expect::<kind::Need>(&input.need)?,
            expected_version: input.expected_version,
            says: input.fields.into(),
            no_personal_data: input.confirm_no_personal_data,
        };
        UpdateNeedPayload::of(ask, needs::edit(&ask.app, &ask.actor, edit).await)
    }

    /// Closes a need: it stays readable and changes no more.
    async fn close_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to close, and why.")] input: CloseNeedInput,
    ) -> Result<CloseNeedPayload> {
        let ask = Ask::of(ctx);
        let close = Close {
            need: expect::<kind::Need>(&input.need)?,
            because: input.reason.into(),
            note: input.note,
            no_personal_data: input.confirm_no_personal_data,
        };
        CloseNeedPayload::of(ask, needs::close(&ask.app, &ask.actor, close).await)
    }

    /// Tells the viewer, a member of the territory that looks, of every practice that answers the need from now on.
    /// Twice is as once.
    async fn watch_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to watch.")] input: WatchNeedInput,
    ) -> Result<WatchNeedPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Need>(&input.need)?;
        WatchNeedPayload::of(ask, needs::watch(&ask.app, &ask.actor, id).await)
    }

    /// Tells the viewer no longer. Twice is as once.
    async fn unwatch_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to watch no longer.")] input: UnwatchNeedInput,
    ) -> Result<UnwatchNeedPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::Need>(&input.need)?;
        UnwatchNeedPayload::of(ask, needs::unwatch(&ask.app, &ask.actor, id).await)
    }
}
