//! What an Ambito and a Comune have in common, as the schema says it; what the fields answer stands beside their kinds.
#![expect(clippy::duplicated_attributes, reason = "async-graphql names each argument of each field again")]
use super::{
    super::{
        contact::ContactObject,
        matching::PracticeMatch,
        member::{InvitationObject, MembershipObject},
        need::{NeedObject, NeedState, StandingMatchObject},
        page::Paged,
        practice::{PracticeObject, StatusObject},
        request::{ReplicationRequestState, RequestDirection, RequestObject},
    },
    Ambito, Comune, Expertise, GeoPoint, Province, Responsiveness,
};
use crate::domain::territory::{Territory, TerritoryKind};
use async_graphql::{ID, Interface, Result};
use std::sync::Arc;

/// What an Ambito and a Comune have in common: it owns practices, sends and receives requests.
#[derive(Interface)]
#[graphql(
    crate = "crate::graphql::engine",
    name = "Territory",
    field(name = "id", ty = "ID", desc = "Opaque id."),
    field(name = "slug", ty = "String", desc = "The end of its address, unique and readable."),
    field(name = "name", ty = "String", desc = "Official name, without \"Ambito di\" or \"Comune di\"."),
    field(name = "full_name", ty = "String", desc = "The name with what it is: \"Ambito di Bitonto\"."),
    field(name = "aliases", ty = "Vec<String>", desc = "Other names and codes it is found by."),
    field(name = "province", ty = "Province", desc = "The province it lies in."),
    field(name = "population", ty = "Option<i64>", desc = "Inhabitants, as in the list in use."),
    field(name = "area_km2", ty = "Option<f64>", desc = "Square kilometres."),
    field(name = "location", ty = "Option<GeoPoint>", desc = "Centroid of the territory."),
    field(name = "practices_count", ty = "i64", desc = "How many published practices it has."),
    field(
        name = "suggested_practices",
        ty = "Vec<PracticeMatch>",
        desc = "Practices of others that answer its open needs, or where it has none are like its own, the best first; neither what it copied nor, for its members, what it has an open request for. Empty where nothing is known of it.",
        arg(name = "first", ty = "i32", desc = "So many, at most 20.", default = 5)
    ),
    field(
        name = "responsiveness",
        ty = "Option<Result<Responsiveness>>",
        desc = "How it answers the requests it receives; null where it received none in the last two years."
    ),
    field(
        name = "expertise",
        ty = "Result<Vec<Expertise>>",
        desc = "What it knows how to do, the best first: fields, target groups and tools together.",
        arg(name = "first", ty = "i32", default = 10, desc = "So many, at most 50.")
    ),
    field(
        name = "practices",
        ty = "Option<Result<Paged<PracticeObject>>>",
        desc = "Its practices, the latest published first; 20 at a time unless asked otherwise.",
        arg(
            name = "status",
            ty = "Option<StatusObject>",
            desc = "Published ones when left out. Others show only where the viewer may see them."
        ),
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "contacts",
        ty = "Option<Result<Paged<ContactObject>>>",
        desc = "Its contact people and role mailboxes, first added first; 20 at a time unless asked otherwise.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "mailbox",
        ty = "Option<Result<String>>",
        desc = "Its role mailbox, to which the hub sends what concerns it; null where it has none or the viewer may not see it."
    ),
    field(name = "viewer_can_see_mailbox", ty = "bool", desc = "Whether the viewer may see its role mailbox."),
    field(
        name = "requests",
        ty = "Option<Result<Paged<RequestObject>>>",
        desc = "Its replication requests, the latest change first; null where the viewer may not see them.",
        arg(name = "direction", ty = "Option<RequestDirection>", desc = "Only those sent, or only those received."),
        arg(name = "states", ty = "Option<Vec<ReplicationRequestState>>", desc = "Only in one of these states."),
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "needs",
        ty = "Option<Result<Paged<NeedObject>>>",
        desc = "What it looks for, the newest first; 20 at a time unless asked otherwise.",
        arg(name = "states", ty = "Option<Vec<NeedState>>", desc = "Only in one of these states; open when left out."),
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "needs_we_can_help",
        ty = "Option<Result<Paged<StandingMatchObject>>>",
        desc = "Open needs of others that its practices answer, the latest found first; null for who is no member of it.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(name = "viewer_can_see_requests", ty = "bool", desc = "Whether the viewer may see its requests."),
    field(
        name = "viewer_unread_messages",
        ty = "Option<Result<i64>>",
        desc = "Messages by others that the viewer has not read in its conversations; null where these are not the viewer's."
    ),
    field(name = "viewer_can_see_members", ty = "bool", desc = "Whether the viewer may see members and invitations."),
    field(
        name = "viewer_can_manage_members",
        ty = "bool",
        desc = "Whether the viewer may invite, change and remove members."
    ),
    field(
        name = "members",
        ty = "Option<Result<Paged<MembershipObject>>>",
        desc = "Who works here, in the order they came; null where the viewer may not see it.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    ),
    field(
        name = "invitations",
        ty = "Option<Result<Paged<InvitationObject>>>",
        desc = "Who was invited, the newest first; null where the viewer may not see it.",
        arg(name = "first", ty = "Option<i32>", desc = "So many from the start, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "So many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor.")
    )
)]
pub enum TerritoryObject {
    /// An Ambito.
    Ambito(Ambito),
    /// A Comune.
    Comune(Comune),
}

impl From<Arc<Territory>> for TerritoryObject {
    fn from(territory: Arc<Territory>) -> Self {
        match territory.kind {
            TerritoryKind::Ambito => Self::Ambito(Ambito(territory)),
            TerritoryKind::Comune => Self::Comune(Comune(territory)),
        }
    }
}
