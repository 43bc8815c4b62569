//! The schema, put together from its subjects.
use super::{
    audit::{AuditEntry, AuditQuery},
    contact::{ContactMutation, ContactObject, DutiesMutation},
    conversation::{ConversationMutation, ConversationObject, ConversationQuery, MessageObject},
    guard::limits,
    kit::KitMutation,
    limit::LimitQuery,
    lineage::{LineageMutation, LineageQuery},
    live::LiveSubscription,
    mail::{MailLogEntry, MailQuery},
    matching::{MatchingMutation, MatchingQuery},
    member::{InvitationObject, MemberMutation, MembershipObject},
    need::{NeedMutation, NeedObject, NeedQuery, StandingMatchObject},
    network::NetworkQuery,
    node::NodeQuery,
    notification::{NotificationMutation, NotificationObject, NotificationSettingsMutation},
    page::Paged,
    person::PersonMutation,
    practice::{PracticeMutation, PracticeObject, PracticeQuery},
    request::{RequestMutation, RequestObject, RequestQuery},
    search::{SearchHit, SearchQuery},
    server::ServerQuery,
    sign_in::SignInMutation,
    suppression::{SuppressedAddress, SuppressionMutation, SuppressionQuery},
    synonym::{Synonym, SynonymMutation, SynonymQuery},
    task::{TaskObject, TaskQuery},
    term::TermQuery,
    territory::{Territories, TerritoryQuery},
    token::{ApiTokenObject, TokenMutation},
    viewer::{SessionObject, ViewerQuery},
    vocabulary::VocabularyMutation,
};
use async_graphql::{MergedObject, Schema, SchemaBuilder, ValidationMode};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    AuditQuery,
    ConversationQuery,
    LimitQuery,
    LineageQuery,
    MailQuery,
    MatchingQuery,
    NeedQuery,
    NetworkQuery,
    NodeQuery,
    PracticeQuery,
    RequestQuery,
    SearchQuery,
    ServerQuery,
    SuppressionQuery,
    SynonymQuery,
    TaskQuery,
    TermQuery,
    TerritoryQuery,
    ViewerQuery,
);

/// Everything that can be changed.
#[derive(MergedObject, Default)]
pub struct Mutation(
    ContactMutation,
    ConversationMutation,
    DutiesMutation,
    KitMutation,
    LineageMutation,
    MatchingMutation,
    MemberMutation,
    NeedMutation,
    NotificationMutation,
    NotificationSettingsMutation,
    PersonMutation,
    PracticeMutation,
    RequestMutation,
    SignInMutation,
    SuppressionMutation,
    SynonymMutation,
    TokenMutation,
    VocabularyMutation,
);

/// The hub's schema.
pub type HubSchema = Schema<Query, Mutation, LiveSubscription>;

/// Builds it to be asked without a guard in front: the engine validates, and its limits are a first fence against
/// documents made to hurt.
#[must_use]
pub fn build() -> HubSchema {
    builder().limit_depth(24).limit_aliases(100).limit_directives(20).finish()
}

/// Builds it to be asked only what [`super::guard::Guard`] has approved: nothing is validated twice.
#[must_use]
pub fn build_behind_guard() -> HubSchema {
    builder_behind_guard().finish()
}

/// The same, for whoever adds to it: a test may have a field break.
#[must_use]
pub fn builder_behind_guard() -> SchemaBuilder<Query, Mutation, LiveSubscription> {
    builder().validation_mode(ValidationMode::Fast)
}

fn builder() -> SchemaBuilder<Query, Mutation, LiveSubscription> {
    Schema::build(Query::default(), Mutation::default(), LiveSubscription)
        .override_output_type_description::<Paged<ApiTokenObject>>("A page of API tokens, newest first.")
        .override_output_type_description::<Paged<AuditEntry>>("A page of what happened, the latest first.")
        .override_output_type_description::<Paged<ContactObject>>("A page of contact people.")
        .override_output_type_description::<Paged<ConversationObject>>("A page of conversations.")
        .override_output_type_description::<Paged<InvitationObject>>("A page of invitations.")
        .override_output_type_description::<Paged<MailLogEntry>>("A page of mails, the latest first.")
        .override_output_type_description::<Paged<MembershipObject>>("A page of members.")
        .override_output_type_description::<Paged<MessageObject>>("A page of messages, in their order.")
        .override_output_type_description::<Paged<NeedObject>>("A page of needs.")
        .override_output_type_description::<Paged<NotificationObject>>("A page of notifications, the latest first.")
        .override_output_type_description::<Paged<PracticeObject>>("A page of practices.")
        .override_output_type_description::<Paged<RequestObject>>("A page of replication requests.")
        .override_output_type_description::<Paged<SearchHit>>("A page of practices that were found.")
        .override_output_type_description::<Paged<SessionObject>>("A page of sessions, newest first.")
        .override_output_type_description::<Paged<StandingMatchObject>>(
            "A page of needs with practices that answer them.",
        )
        .override_output_type_description::<Paged<SuppressedAddress>>(
            "A page of addresses that the hub does not write to, the latest first.",
        )
        .override_output_type_description::<Paged<Synonym>>("A page of synonyms, by word.")
        .override_output_type_description::<Paged<TaskObject>>("A page of what waits, the most urgent first.")
        .override_output_type_description::<Territories>("A page of territories.")
        // Counts inline fragments and spreads too, as the guard does.
        .limit_recursive_depth(limits::NESTING + 2)
}

/// The schema as text, as `schema.graphql` holds it.
#[must_use]
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    build().sdl_with_options(SDLExportOptions::new().include_specified_by())
}
