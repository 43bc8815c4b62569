//! Addresses that are not written to any more: read and let go by stewards.
use super::{
    Ask,
    error::UserError,
    id::{expect, opaque},
    page::{PageArgs, Paged, asks_for, connection},
    scalar::DateTime,
};
use crate::{
    domain::{
        bounce::{BounceCause, Suppression},
        id::{SuppressionId, kind},
    },
    service::suppressions,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

/// Why mails came back from an address.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "BounceCause", remote = "BounceCause")]
pub enum BounceCauseObject {
    /// There is no such mailbox.
    NoMailbox,
    /// There is, but it is closed.
    Closed,
    /// There is no such domain, or it takes no mail.
    NoDomain,
    /// The mailbox is full.
    Full,
    /// The server did not want the mail.
    Refused,
    /// The server could not be reached for days.
    Unreachable,
    /// Something else.
    Other,
}

/// An address that the hub does not write to, because its mails come back from there. Codes to sign in with are still
/// sent: who uses one has shown that mails arrive, and the address is let go.
pub struct SuppressedAddress(Suppression);

/// An address that the hub does not write to, because its mails come back from there. Codes to sign in with are still
/// sent: who uses one has shown that mails arrive, and the address is let go.
#[Object]
impl SuppressedAddress {
    /// The opaque id, for `liftAddressSuppression`.
    pub async fn id(&self) -> ID {
        opaque(self.0.id)
    }
    /// The address.
    async fn address(&self) -> &str {
        &self.0.address
    }
    /// Why the last mail came back.
    async fn cause(&self) -> BounceCauseObject {
        self.0.cause.into()
    }
    /// The same in a few words, in the viewer's language.
    async fn reason(&self, ctx: &Context<'_>) -> &str {
        self.0.cause.words(Ask::of(ctx).language)
    }
    /// What the server said, at most 300 characters.
    async fn said(&self) -> &str {
        &self.0.said
    }
    /// How many mails came back in a row.
    async fn failures(&self) -> i64 {
        self.0.failures
    }
    /// Since when the hub does not write there.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since.unwrap_or(self.0.last_at))
    }
    /// When the last mail came back.
    async fn last_failure_at(&self) -> DateTime {
        DateTime(self.0.last_at)
    }
}

impl Ask {
    /// An address that is not written to, for stewards.
    pub(super) async fn suppressed_address(&self, id: SuppressionId) -> Result<Option<SuppressedAddress>> {
        let found = suppressions::find(&self.app, &self.actor, id).await.map_err(|fault| self.fault(&fault))?;
        Ok(found.map(SuppressedAddress))
    }
}

/// An address to let go.
#[derive(InputObject)]
pub struct LiftAddressSuppressionInput {
    /// Which, by `SuppressedAddress.id`.
    address: ID,
}

/// What came of letting an address go.
#[derive(SimpleObject)]
pub struct LiftAddressSuppressionPayload {
    /// The address as it was held; null where it was not done.
    suppressed_address: Option<SuppressedAddress>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Queries about addresses that are not written to.
#[derive(Default)]
pub struct SuppressionQuery;

/// Queries about addresses that are not written to.
#[Object]
impl SuppressionQuery {
    /// The addresses that the hub does not write to, the latest first: for stewards; 20 at a time unless asked
    /// otherwise. Null, with an error, for all others.
    async fn suppressed_addresses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Paged<SuppressedAddress>>> {
        Some(listed(ctx, PageArgs { first, after, last, before }).await)
    }
}

async fn listed(ctx: &Context<'_>, args: PageArgs) -> Result<Paged<SuppressedAddress>> {
    let (ask, page) = (Ask::of(ctx), args.request(20)?);
    let listed = suppressions::list(&ask.app, &ask.actor, &page, asks_for(ctx, "totalCount")).await;
    let (page, total) = ask.read(listed)?;
    Ok(connection(page, total, SuppressedAddress))
}

/// Mutations of addresses that are not written to.
#[derive(Default)]
pub struct SuppressionMutation;

/// Mutations of addresses that are not written to.
#[Object]
impl SuppressionMutation {
    /// Lets the hub write to an address again: for stewards, once somebody has mended the mailbox.
    async fn lift_address_suppression(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: LiftAddressSuppressionInput,
    ) -> Result<LiftAddressSuppressionPayload> {
        let ask = Ask::of(ctx);
        let id = expect::<kind::SuppressedAddress>(&input.address)?;
        let (lifted, user_errors) = ask.settle(suppressions::lift(&ask.app, &ask.actor, id).await)?;
        Ok(LiftAddressSuppressionPayload { suppressed_address: lifted.map(SuppressedAddress), user_errors })
    }
}
