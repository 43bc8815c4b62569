//! Territories: the two kinds of them; the interface and the queries that find them are beside.
mod expertise;
mod interface;
mod mailbox;
mod parts;
mod query;
mod responsiveness;

pub use expertise::Territories;
pub use interface::TerritoryObject;
pub use parts::{GeoPoint, KindObject, LegalFormObject, Province};
pub use query::TerritoryQuery;

use expertise::{Expertise, expertise_of};
use mailbox::{mailbox_of, sees_mailbox};
use responsiveness::{Responsiveness, responsiveness_of};

use super::{
    Ask,
    contact::{self, ContactObject},
    conversation::unread_at,
    id::opaque,
    matching::{PracticeMatch, suggested_to},
    member::{self, InvitationObject, MembershipObject},
    need::{self, NeedObject, NeedState, StandingMatchObject},
    page::{PageArgs, Paged},
    practice::{self, PracticeObject, StatusObject},
    request::{ReplicationRequestState, RequestDirection, RequestObject, of_territory},
};
use crate::{
    domain::{id::TerritoryId, permission::Action, refusal::Fault, territory},
    service::requests,
};
use async_graphql::{Context, ID, Object, Result};
use futures_util::FutureExt;
use std::sync::Arc;

/// Comuni that plan social services together (Ambito territoriale sociale).
pub struct Ambito(pub Arc<territory::Territory>);

/// A municipality.
pub struct Comune(pub Arc<territory::Territory>);

/// An object with the fields of the interface and its own: `#[Object]` knows no inheritance. What reads from the database
/// is in a box, since the interface gives each of its fields the room that the largest needs.
macro_rules! territory_object {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$doc])*
        #[Object(crate = "crate::graphql::engine")]
        impl $name {
            /// Opaque id.
            pub async fn id(&self) -> ID { opaque(self.0.id) }
            /// The end of its address, unique and readable.
            pub async fn slug(&self) -> String { self.0.slug.clone() }
            /// Official name, without "Ambito di" or "Comune di".
            pub async fn name(&self) -> String { self.0.name.clone() }
            /// The name with what it is: "Ambito di Bitonto".
            pub async fn full_name(&self) -> String { self.0.full_name() }
            /// Other names and codes it is found by.
            pub async fn aliases(&self) -> Vec<String> { self.0.aliases.clone() }
            /// The province it lies in.
            pub async fn province(&self) -> Province { Province(self.0.province.clone()) }
            /// Inhabitants, as in the list in use.
            pub async fn population(&self) -> Option<i64> { self.0.population }
            /// Square kilometres.
            #[graphql(name = "areaKm2")]
            pub async fn area_km2(&self) -> Option<f64> { self.0.area_km2 }
            /// Centroid of the territory.
            pub async fn location(&self) -> Option<GeoPoint> {
                self.0.latitude.zip(self.0.longitude).map(|(latitude, longitude)| GeoPoint { latitude, longitude })
            }
            /// How many published practices it has.
            pub async fn practices_count(&self, ctx: &Context<'_>) -> Result<i64> {
                practice::practices_count(ctx, self.0.id).boxed().await
            }
            /// Practices of others that answer its open needs, or where it has none are like its own, the best first;
            /// neither what it copied nor, for its members, what it has an open request for. Empty where nothing is known
            /// of it.
            pub async fn suggested_practices(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many, at most 20.", default = 5)] first: i32,
            ) -> Result<Vec<PracticeMatch>> {
                suggested_to(ctx, &self.0, first).boxed().await
            }
            /// How it answers the requests it receives; null where it received none in the last two years.
            pub async fn responsiveness(&self, ctx: &Context<'_>) -> Option<Result<Responsiveness>> {
                responsiveness_of(Ask::of(ctx), self.0.id).boxed().await
            }
            /// What it knows how to do, the best first: fields, target groups and tools together.
            pub async fn expertise(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many, at most 50.", default = 10)] first: i32,
            ) -> Result<Vec<Expertise>> {
                expertise_of(Ask::of(ctx), self.0.id, first).boxed().await
            }
            /// Its practices, the latest published first; 20 at a time unless asked otherwise.
            #[expect(clippy::too_many_arguments, reason = "Relay's four and the status")]
            pub async fn practices(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Published ones when left out. Others show only where the viewer may see them.")]
                status: Option<StatusObject>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<PracticeObject>>> {
                let page = PageArgs { first, after, last, before };
                Some(practice::practices_of(ctx, self.0.id, status, page).boxed().await)
            }
            /// Its contact people and role mailboxes, first added first; 20 at a time unless asked otherwise.
            pub async fn contacts(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<ContactObject>>> {
                Some(contact::contacts_of(ctx, self.0.id, PageArgs { first, after, last, before }).boxed().await)
            }
            /// Its role mailbox, to which the hub sends what concerns it; null where it has none or the viewer may not
            /// see it.
            pub async fn mailbox(&self, ctx: &Context<'_>) -> Option<Result<String>> {
                mailbox_of(Ask::of(ctx), self.0.id).boxed().await
            }
            /// Whether the viewer may see its role mailbox.
            pub async fn viewer_can_see_mailbox(&self, ctx: &Context<'_>) -> bool {
                sees_mailbox(Ask::of(ctx), self.0.id)
            }
            /// Its replication requests, the latest change first; null where the viewer may not see them.
            #[expect(clippy::too_many_arguments, reason = "Relay's four and the filter")]
            pub async fn requests(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Only those sent, or only those received.")] direction: Option<RequestDirection>,
                #[graphql(desc = "Only in one of these states.")] states: Option<Vec<ReplicationRequestState>>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<RequestObject>>> {
                of_territory(ctx, self.0.id, direction, states, PageArgs { first, after, last, before }).boxed().await
            }
            /// What it looks for, the newest first; 20 at a time unless asked otherwise.
            #[expect(clippy::too_many_arguments, reason = "Relay's four and the states")]
            pub async fn needs(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Only in one of these states; open when left out.")] states: Option<Vec<NeedState>>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<NeedObject>>> {
                let page = PageArgs { first, after, last, before };
                Some(need::needs_of(ctx, self.0.id, states, page).boxed().await)
            }
            /// Open needs of others that its practices answer, the latest found first; null for who is no member of it.
            pub async fn needs_we_can_help(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<StandingMatchObject>>> {
                need::to_help(ctx, self.0.id, PageArgs { first, after, last, before }).boxed().await
            }
            /// Whether the viewer may see its requests.
            pub async fn viewer_can_see_requests(&self, ctx: &Context<'_>) -> bool {
                requests::sees(&Ask::of(ctx).actor, self.0.id)
            }
            /// Messages by others that the viewer has not read in its conversations; null where these are not the
            /// viewer's.
            pub async fn viewer_unread_messages(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
                unread_at(ctx, self.0.id).boxed().await
            }
            /// Whether the viewer may see members and invitations.
            pub async fn viewer_can_see_members(&self, ctx: &Context<'_>) -> bool {
                member::may(Ask::of(ctx), Action::SeeMembers, self.0.id)
            }
            /// Whether the viewer may invite, change and remove members.
            pub async fn viewer_can_manage_members(&self, ctx: &Context<'_>) -> bool {
                member::may(Ask::of(ctx), Action::ManageMembers, self.0.id)
            }
            /// Who works here, in the order they came; null where the viewer may not see it.
            pub async fn members(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<MembershipObject>>> {
                member::members_of(ctx, self.0.id, PageArgs { first, after, last, before }).boxed().await
            }
            /// Who was invited, the newest first; null where the viewer may not see it.
            pub async fn invitations(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "So many from the start, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                #[graphql(desc = "So many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
            ) -> Option<Result<Paged<InvitationObject>>> {
                member::invitations_of(ctx, self.0.id, PageArgs { first, after, last, before }).boxed().await
            }
            $($own)*
        }
    };
}

territory_object!(
    /// Comuni that plan social services together (Ambito territoriale sociale).
    Ambito {
    /// In which form its Comuni work together, where known.
    async fn legal_form(&self) -> Option<LegalFormObject> { self.0.legal_form.map(Into::into) }
    /// The leading Comune of a convention, or the seat of a consortium.
    async fn seat(&self, ctx: &Context<'_>) -> Option<Result<Comune>> {
        let seat = Ask::of(ctx).find_territory(self.0.seat?).await.transpose()?;
        Some(seat.map(Comune))
    }
    /// Its Comuni, at most 100, by slug.
    async fn comuni(&self, ctx: &Context<'_>) -> Result<Vec<Comune>> {
        let atlas = Ask::of(ctx).atlas().await?;
        Ok(atlas.comuni_of(self.0.id).map(|comune| Comune(Arc::clone(comune))).collect())
    }
});

territory_object!(
    /// A municipality.
    Comune {
    /// ISTAT code: six digits, may change.
    async fn istat_code(&self) -> Option<&str> { self.0.istat_code.as_deref() }
    /// Cadastral (Belfiore) code: stable.
    async fn belfiore_code(&self) -> Option<&str> { self.0.belfiore_code.as_deref() }
    /// Code in the index of public administrations (IPA).
    async fn ipa_code(&self) -> Option<&str> { self.0.ipa_code.as_deref() }
    /// The Ambito it belongs to.
    async fn ambito(&self, ctx: &Context<'_>) -> Option<Result<Ambito>> {
        let ambito = Ask::of(ctx).find_territory(self.0.ambito?).await.transpose()?;
        Some(ambito.map(Ambito))
    }
});

impl Ask {
    /// The territory with this id, which is surely there.
    pub(super) async fn territory(&self, id: TerritoryId) -> Result<TerritoryObject> {
        let missing = || self.fault(&Fault::new(format!("there is no territory {id:?}")));
        self.find_territory(id).await?.map(Into::into).ok_or_else(missing)
    }

    /// The territory with this id, if there is one.
    pub(super) async fn find_territory(&self, id: TerritoryId) -> Result<Option<Arc<territory::Territory>>> {
        Ok(self.atlas().await?.territory(id).map(Arc::clone))
    }
}
