//! What is declared and confirmed about the lineage.
use super::{
    super::{Ask, error::UserError, id::expect},
    KindObject, LineageEdge,
};
use crate::{
    domain::id::kind,
    service::lineage::{self, Declaration},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

/// What comes from what.
#[derive(InputObject)]
pub struct DeclareLineageInput {
    /// The practice that came later, of one of the viewer's territories.
    child: ID,
    /// The practice it comes from.
    parent: ID,
    /// How it comes from it.
    kind: KindObject,
    /// A remark, at most 500 characters.
    #[graphql(default)]
    note: String,
}

/// A declared edge to confirm.
#[derive(InputObject)]
pub struct ConfirmLineageInput {
    /// The practice that came later.
    child: ID,
    /// The practice it comes from, of one of the viewer's territories.
    parent: ID,
}

/// What came of declaring an edge.
#[derive(SimpleObject)]
pub struct DeclareLineagePayload {
    /// The edge; null where it was not done.
    edge: Option<LineageEdge>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// What came of confirming an edge.
#[derive(SimpleObject)]
pub struct ConfirmLineagePayload {
    /// The edge; null where it was not done.
    edge: Option<LineageEdge>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of the lineage.
#[derive(Default)]
pub struct LineageMutation;

/// Mutations of the lineage.
#[Object]
impl LineageMutation {
    /// Says that a practice of the viewer's territory comes from another. Unconfirmed until the other's owner agrees.
    async fn declare_lineage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What comes from what.")] input: DeclareLineageInput,
    ) -> Result<DeclareLineagePayload> {
        let ask = Ask::of(ctx);
        let (child, parent) = (expect::<kind::Practice>(&input.child)?, expect::<kind::Practice>(&input.parent)?);
        let declaration = Declaration { child, parent, kind: input.kind.into(), note: input.note };
        let (edge, user_errors) = ask.settle(lineage::declare(&ask.app, &ask.actor, declaration).await)?;
        Ok(DeclareLineagePayload { edge: edge.map(LineageEdge), user_errors })
    }

    /// Confirms that another's practice comes from one of the viewer's territory. Twice is as once.
    async fn confirm_lineage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which edge.")] input: ConfirmLineageInput,
    ) -> Result<ConfirmLineagePayload> {
        let ask = Ask::of(ctx);
        let (child, parent) = (expect::<kind::Practice>(&input.child)?, expect::<kind::Practice>(&input.parent)?);
        let (edge, user_errors) = ask.settle(lineage::confirm(&ask.app, &ask.actor, child, parent).await)?;
        Ok(ConfirmLineagePayload { edge: edge.map(LineageEdge), user_errors })
    }
}
