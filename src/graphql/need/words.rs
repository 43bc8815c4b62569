//! The words of a need.
use crate::domain::need::{self, NeedClosing};
use async_graphql::Enum;

/// Whether somebody still looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "need::NeedState")]
pub enum NeedState {
    /// Somebody does.
    Open,
    /// Nobody does any more; it stays readable.
    Closed,
}

/// Why nobody looks any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "NeedClosing", name = "NeedClosing")]
pub enum ClosingObject {
    /// Somebody of the hub had what was needed.
    FoundHere,
    /// It was found somewhere else.
    FoundElsewhere,
    /// It is needed no longer.
    NoLongerNeeded,
    /// As the note says.
    Other,
}

/// What a viewer may do with a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "need::NeedAction")]
pub enum NeedAction {
    /// Change what it says: `updateNeed`.
    Edit,
    /// Say that nobody looks any more: `closeNeed`.
    Close,
    /// Be told of practices that answer it: `watchNeed`.
    Watch,
    /// Be told no longer: `unwatchNeed`.
    Unwatch,
    /// See which practices answer it: `matches`.
    Find,
    /// Write to the territory that looks: `startConversation`.
    OfferHelp,
}
