//! Who copied what from whom: edges from a child practice to a parent. A child may have several parents; no cycles.
use super::{
    id::{PersonId, PracticeId, RequestId},
    time::Ts,
};

/// The most parents of one practice.
pub const MOST_PARENTS: i64 = 10;
/// The farthest a tree reaches from its practice, and the most steps that descendants are counted over.
pub const DEEPEST: i64 = 10;
/// The most practices in one tree.
pub const MOST_IN_TREE: i64 = 200;
/// The most children that one practice shows at once.
pub const MOST_CHILDREN: i64 = 100;

words! {
    /// How a practice comes from another.
    enum LineageKind {
        /// Done again as it was.
        Copied = "COPIED",
        /// Done again with changes.
        Adapted = "ADAPTED",
        /// Only the idea was taken.
        InspiredBy = "INSPIRED_BY",
        /// It is a part of the other.
        ComponentOf = "COMPONENT_OF",
        /// It grew out of several.
        MergedFrom = "MERGED_FROM",
    }
}

/// A child comes from a parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// What came later.
    pub child: PracticeId,
    /// What it comes from.
    pub parent: PracticeId,
    /// How.
    pub kind: LineageKind,
    /// The replication request it was born of, if any.
    pub request: Option<RequestId>,
    /// A remark, for instance the source of the claim.
    pub note: String,
    /// Who declared it, if a person.
    pub declared_by: Option<PersonId>,
    /// When.
    pub declared_at: Ts,
    /// When the parent's owner confirmed it; until then it is drawn dashed.
    pub confirmed_at: Option<Ts>,
}

impl Edge {
    /// Whether the child counts as a replication of the parent (`replications_count`): it copied or adapted it, and
    /// either the parent's owner confirmed it or it was born of a request, which that owner followed.
    #[must_use]
    pub const fn is_replication(&self) -> bool {
        matches!(self.kind, LineageKind::Copied | LineageKind::Adapted)
            && (self.confirmed_at.is_some() || self.request.is_some())
    }
}
