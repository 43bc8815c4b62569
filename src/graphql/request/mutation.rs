//! The steps of a request as mutations: each one line, since each is one use case.
use super::{RequestObject, input::*};
use crate::{
    graphql::{Ask, error::UserError},
    service::requests,
};
use async_graphql::{Context, Object, Result, SimpleObject};

/// The payloads: all alike, each of its own name.
macro_rules! payloads {
    ($($name:ident of $mutation:literal),* $(,)?) => { $(
        #[doc = concat!("What came of `", $mutation, "`.")]
        #[derive(SimpleObject)]
        pub struct $name {
            /// The request as it stands now; null where nothing was done.
            replication_request: Option<RequestObject>,
            /// Why nothing was done, and what to do; empty where it was.
            user_errors: Vec<UserError>,
        }
        impl From<(Option<crate::domain::request::Request>, Vec<UserError>)> for $name {
            fn from((request, user_errors): (Option<crate::domain::request::Request>, Vec<UserError>)) -> Self {
                Self { replication_request: request.map(Into::into), user_errors }
            }
        }
    )* };
}
payloads! {
    DraftReplicationRequestPayload of "draftReplicationRequest",
    UpdateReplicationRequestPayload of "updateReplicationRequest",
    DiscardReplicationRequestPayload of "discardReplicationRequest",
    SendReplicationRequestPayload of "sendReplicationRequest",
    AcknowledgeReplicationRequestPayload of "acknowledgeReplicationRequest",
    AcceptReplicationRequestPayload of "acceptReplicationRequest",
    DeclineReplicationRequestPayload of "declineReplicationRequest",
    ExtendReplicationRequestPayload of "extendReplicationRequest",
    SendReplicationRequestAgainPayload of "sendReplicationRequestAgain",
    RecordAgreementPayload of "recordAgreement",
    StartReplicationPayload of "startReplication",
    CheckInReplicationPayload of "checkInReplication",
    CompleteReplicationRequestPayload of "completeReplicationRequest",
    InterruptReplicationPayload of "interruptReplication",
    ReopenReplicationPayload of "reopenReplication",
    ConfirmOutcomePayload of "confirmOutcome",
    FollowUpReplicationPayload of "followUpReplication",
    WithdrawReplicationRequestPayload of "withdrawReplicationRequest",
    AnnulReplicationRequestPayload of "annulReplicationRequest",
}

/// Mutations of requests.
#[derive(Default)]
pub struct RequestMutation;

/// Mutations of requests.
#[Object]
impl RequestMutation {
    /// Drafts a request for a practice, on behalf of a territory of the viewer's.
    async fn draft_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: DraftReplicationRequestInput,
    ) -> Result<DraftReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::create(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Changes a draft.
    async fn update_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: UpdateReplicationRequestInput,
    ) -> Result<UpdateReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::edit(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Throws a draft away.
    async fn discard_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: DiscardReplicationRequestInput,
    ) -> Result<DiscardReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::discard(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Sends a draft to the owner of the practice.
    async fn send_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: SendReplicationRequestInput,
    ) -> Result<SendReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::send(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Takes a request up: the owner has seen it and is deciding.
    async fn acknowledge_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: AcknowledgeReplicationRequestInput,
    ) -> Result<AcknowledgeReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::acknowledge(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Accepts a request, with a level of support, a named mentor and a first date.
    async fn accept_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: AcceptReplicationRequestInput,
    ) -> Result<AcceptReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::accept(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Declines a request, with a reason.
    async fn decline_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: DeclineReplicationRequestInput,
    ) -> Result<DeclineReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::decline(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Gives the owner more time before the request expires; once.
    async fn extend_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: ExtendReplicationRequestInput,
    ) -> Result<ExtendReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::extend(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Sends an expired request once more.
    async fn send_replication_request_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: SendReplicationRequestAgainInput,
    ) -> Result<SendReplicationRequestAgainPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::send_again(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Records the act in which the two territories agreed, or corrects it.
    async fn record_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: RecordAgreementInput,
    ) -> Result<RecordAgreementPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::record_agreement(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Begins the work; with full support only after the agreement is recorded.
    async fn start_replication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: StartReplicationInput,
    ) -> Result<StartReplicationPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::start(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Says how the work goes, and may pause it.
    async fn check_in_replication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: CheckInReplicationInput,
    ) -> Result<CheckInReplicationPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::check_in(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Tells what came of it. Unless it was given up, the requester gets a draft practice made from the original.
    async fn complete_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: CompleteReplicationRequestInput,
    ) -> Result<CompleteReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::complete(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Stops the work, with a reason and what was learned.
    async fn interrupt_replication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: InterruptReplicationInput,
    ) -> Result<InterruptReplicationPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::interrupt(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Takes interrupted work up again, within twelve months.
    async fn reopen_replication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: ReopenReplicationInput,
    ) -> Result<ReopenReplicationPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::reopen(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// The owner confirms, annotates or disputes the outcome; once.
    async fn confirm_outcome(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: ConfirmOutcomeInput,
    ) -> Result<ConfirmOutcomePayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::confirm_outcome(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Says whether the copy still runs, 6 and 12 months after the completion.
    async fn follow_up_replication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: FollowUpReplicationInput,
    ) -> Result<FollowUpReplicationPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::follow_up(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Takes a request back, with a reason.
    async fn withdraw_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: WithdrawReplicationRequestInput,
    ) -> Result<WithdrawReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::withdraw(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }

    /// Strikes a request out as duplicate, error or abuse.
    async fn annul_replication_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the step is told.")] input: AnnulReplicationRequestInput,
    ) -> Result<AnnulReplicationRequestPayload> {
        let ask = Ask::of(ctx);
        ask.settle(requests::annul(&ask.app, &ask.actor, input.read()?).await).map(Into::into)
    }
}
