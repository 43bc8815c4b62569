//! The schema, put together from its subjects.
use super::{
    contact::ContactMutation,
    conversation::{ConversationMutation, ConversationQuery},
    kit::KitMutation,
    lineage::{LineageMutation, LineageQuery},
    member::MemberMutation,
    node::NodeQuery,
    person::PersonMutation,
    practice::{PracticeMutation, PracticeQuery},
    request::{RequestMutation, RequestQuery},
    sign_in::SignInMutation,
    term::TermQuery,
    territory::TerritoryQuery,
    token::TokenMutation,
    viewer::ViewerQuery,
};
use async_graphql::{EmptySubscription, MergedObject, Schema};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    ConversationQuery,
    LineageQuery,
    NodeQuery,
    PracticeQuery,
    RequestQuery,
    TermQuery,
    TerritoryQuery,
    ViewerQuery,
);

/// Everything that can be changed.
#[derive(MergedObject, Default)]
pub struct Mutation(
    ContactMutation,
    ConversationMutation,
    KitMutation,
    LineageMutation,
    MemberMutation,
    PersonMutation,
    PracticeMutation,
    RequestMutation,
    SignInMutation,
    TokenMutation,
);

/// The hub's schema.
pub type HubSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds it. The limits are a first fence against documents made to hurt.
#[must_use]
pub fn build() -> HubSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .limit_depth(24)
        .limit_recursive_depth(64)
        .limit_aliases(100)
        .limit_directives(20)
        .finish()
}

/// The schema as text, as `schema.graphql` holds it.
#[must_use]
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    build().sdl_with_options(SDLExportOptions::new().include_specified_by())
}
