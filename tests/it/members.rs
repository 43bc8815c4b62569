//! Members of a territory: invited, changed, removed; never without a coordinator.
use innesto::{
    domain::{
        event::EventKind,
        permission::{Actor, Role},
    },
    service::members,
    store::{events, people},
};
use serde_json::{Value, json};

const INVITE: &str = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) {
    invitation { id state email viewerActions expiresAt } userErrors { code field message } } }";
const REVOKE: &str = "mutation($input: RevokeInvitationInput!) { revokeInvitation(input: $input) {
    invitation { state viewerActions } userErrors { code message } } }";
const REMOVE: &str = "mutation($input: RemoveMemberInput!) { removeMember(input: $input) {
    membership { role } userErrors { code field message } } }";
const CHANGE: &str = "mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) {
    membership { role } userErrors { code field message } } }";

/// The opaque id of a territory or person, as the schema gives it.
async fn ids(hub: &crate::support::Hub, actor: &Actor, slug: &str) -> (Value, Vec<Value>) {
    let query = "query($by: TerritoryKey!) { territory(by: $by) { id members { nodes { person { id } } } } }";
    let mut data = hub.data(actor, query, json!({ "by": { "slug": slug } })).await["territory"].take();
    let people = data["members"]["nodes"].as_array().into_iter().flatten().map(|node| node["person"]["id"].clone());
    let people = people.collect();
    (data["id"].take(), people)
}

on_both! {
    async fn somebody_invited_joins_by_signing_in(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let (bitonto, _) = ids(&hub, &coordinator, "bitonto").await;
        let input = json!({ "territory": bitonto, "email": "Bruno@Bitonto.invalid", "name": "Bruno", "role": "MEMBER" });
        let invited = hub.done(&coordinator, INVITE, input.clone()).await["invitation"].take();
        assert_eq!((&invited["state"], &invited["email"], &invited["expiresAt"]), (&json!("PENDING"), &json!("bruno@bitonto.invalid"), &json!("2026-03-16T09:00:00Z")));
        assert_eq!(hub.refused(&coordinator, INVITE, input.clone()).await, "DUPLICATE");
        let event = events::after(&hub.app.store, 0, 10).await.unwrap().pop().unwrap();
        assert_eq!((event.kind, event.actor), (EventKind::MemberInvited, coordinator.person()));
        let browser = hub.signed_in("bruno@bitonto.invalid").await;
        let bruno = browser.actor(&hub).await;
        assert!(bruno.belongs_to(hub.territory("bitonto").await));
        let (_, members) = ids(&hub, &bruno, "bitonto").await;
        assert_eq!(members.len(), 2);
        let node = hub.data(&coordinator, "query($id: ID!) { node(id: $id) { ... on Invitation { state viewerActions } } }", json!({ "id": invited["id"] })).await;
        assert_eq!(node["node"], json!({ "state": "ACCEPTED", "viewerActions": [] }));
        assert_eq!(hub.refused(&coordinator, INVITE, input).await, "DUPLICATE");
        assert_eq!(hub.refused(&coordinator, REVOKE, json!({ "invitation": invited["id"] })).await, "WRONG_STATE");
    }

    async fn an_invitation_taken_back_or_too_old_lets_nobody_in(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let (bitonto, _) = ids(&hub, &coordinator, "bitonto").await;
        let input = json!({ "territory": bitonto, "email": "carla@bitonto.invalid", "name": "Carla", "role": "COORDINATOR" });
        let invited = hub.done(&coordinator, INVITE, input.clone()).await["invitation"].take();
        let revoked = hub.done(&coordinator, REVOKE, json!({ "invitation": invited["id"] })).await;
        assert_eq!(revoked["invitation"], json!({ "state": "REVOKED", "viewerActions": [] }));
        let mut browser = crate::support::browser::Browser::default();
        browser.request_code(&hub, "carla@bitonto.invalid").await;
        assert_eq!(hub.code_for("carla@bitonto.invalid").await, None);
        hub.done(&coordinator, INVITE, input.clone()).await;
        hub.app.clock.advance_seconds(14 * 86_400);
        browser.request_code(&hub, "carla@bitonto.invalid").await;
        assert_eq!(hub.code_for("carla@bitonto.invalid").await, None);
        hub.done(&coordinator, INVITE, input).await;
        let query = "query($by: TerritoryKey!) { territory(by: $by) { invitations { totalCount nodes { state } } } }";
        let listed = hub.data(&coordinator, query, json!({ "by": { "slug": "bitonto" } })).await;
        assert_eq!(listed["territory"]["invitations"], json!({ "totalCount": 3, "nodes": [{ "state": "PENDING" }, { "state": "EXPIRED" }, { "state": "REVOKED" }] }));
    }

    async fn only_a_coordinator_of_the_same_territory_manages_members(hub: Hub) {
        let (coordinator, member, stranger) = (hub.coordinator("bitonto").await, hub.member("bitonto").await, hub.coordinator("troia").await);
        let (bitonto, people) = ids(&hub, &coordinator, "bitonto").await;
        let input = json!({ "territory": bitonto, "email": "x@y.invalid", "name": "X", "role": "MEMBER" });
        let invitation = hub.done(&coordinator, INVITE, input.clone()).await["invitation"]["id"].take();
        for (actor, expected) in [(&member, "FORBIDDEN"), (&stranger, "FORBIDDEN"), (&Actor::Nobody, "SIGN_IN_NEEDED"), (&hub.steward().await, "FORBIDDEN")] {
            assert_eq!(hub.refused(actor, INVITE, input.clone()).await, expected);
            assert_eq!(hub.refused(actor, REMOVE, json!({ "territory": bitonto, "person": people[1] })).await, expected);
            assert_eq!(hub.refused(actor, CHANGE, json!({ "territory": bitonto, "person": people[1], "role": "COORDINATOR" })).await, expected);
        }
        assert_eq!(hub.refused(&member, REVOKE, json!({ "invitation": invitation })).await, "FORBIDDEN");
        assert_eq!(hub.refused(&stranger, REVOKE, json!({ "invitation": invitation })).await, "NOT_FOUND");
        assert_eq!(ids(&hub, &coordinator, "bitonto").await.1.len(), 2);
    }

    async fn the_last_coordinator_stays(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        let member = hub.member("bitonto").await;
        let (bitonto, people) = ids(&hub, &coordinator, "bitonto").await;
        let (first, second) = (&people[0], &people[1]);
        assert_eq!(hub.refused(&coordinator, REMOVE, json!({ "territory": bitonto, "person": first })).await, "WRONG_STATE");
        assert_eq!(hub.refused(&coordinator, CHANGE, json!({ "territory": bitonto, "person": first, "role": "MEMBER" })).await, "WRONG_STATE");
        let query = "query($by: TerritoryKey!) { territory(by: $by) { members { totalCount nodes { role viewerActions } } } }";
        let listed = hub.data(&coordinator, query, json!({ "by": { "slug": "bitonto" } })).await["territory"]["members"].take();
        assert_eq!(listed, json!({ "totalCount": 2, "nodes": [{ "role": "COORDINATOR", "viewerActions": [] }, { "role": "MEMBER", "viewerActions": ["CHANGE_ROLE", "REMOVE"] }] }));
        let changed = hub.done(&coordinator, CHANGE, json!({ "territory": bitonto, "person": second, "role": "COORDINATOR" })).await;
        assert_eq!(changed["membership"]["role"], "COORDINATOR");
        hub.done(&coordinator, REMOVE, json!({ "territory": bitonto, "person": first })).await;
        // The one who was removed still believes to be a coordinator in this request.
        assert_eq!(hub.refused(&coordinator, REMOVE, json!({ "territory": bitonto, "person": second })).await, "FORBIDDEN");
        let left = people::memberships_of(&hub.app.store, &[coordinator.person().unwrap(), member.person().unwrap()]).await.unwrap();
        assert_eq!(left.len(), 1);
    }

    async fn of_two_coordinators_who_remove_each_other_one_remains(hub: Hub) {
        let territory = hub.territory("bitonto").await;
        for round in 0..5 {
            let (one, two) = (hub.coordinator("bitonto").await, hub.coordinator("bitonto").await);
            let everybody = people::coordinators(&hub.app.store, &[territory]).await.unwrap()[0].1;
            let tasks = [(one.clone(), two.person().unwrap()), (two.clone(), one.person().unwrap())].map(|(actor, other)| {
                let app = hub.app.clone();
                tokio::spawn(async move {
                    if round % 2 == 0 {
                        members::remove(&app, &actor, territory, other).await.is_ok()
                    } else {
                        members::change_role(&app, &actor, territory, other, Role::Member).await.is_ok()
                    }
                })
            });
            let mut won = 0;
            for task in tasks { won += u32::from(task.await.unwrap()); }
            assert_eq!(won, 1, "round {round}");
            assert_eq!(people::coordinators(&hub.app.store, &[territory]).await.unwrap()[0].1, everybody - 1);
        }
    }

    async fn an_address_is_seen_by_oneself_and_ones_coordinator_and_a_name_by_who_is_signed_in(hub: Hub) {
        let (coordinator, member, colleague) = (hub.coordinator("bitonto").await, hub.member("bitonto").await, hub.member("bitonto").await);
        let (_, people) = ids(&hub, &coordinator, "bitonto").await;
        let query = "query($id: ID!) { node(id: $id) { ... on Person { name email viewerCanSeeName viewerCanSeeEmail } } }";
        for (actor, sees) in [
            (&member, true), (&coordinator, true), (&colleague, false), (&hub.coordinator("troia").await, false),
            (&hub.facilitator().await, false), (&hub.steward().await, false),
        ] {
            let person = hub.data(actor, query, json!({ "id": people[1] })).await["node"].take();
            assert_eq!((&person["viewerCanSeeName"], &person["name"]), (&json!(true), &json!("Persona di prova")));
            assert_eq!((&person["viewerCanSeeEmail"], person["email"].is_string()), (&json!(sees), sees));
        }
        assert_eq!(hub.data(&Actor::Nobody, query, json!({ "id": people[1] })).await["node"], json!(null));
    }

    async fn fifty_members_with_name_address_and_actions_take_four_statements(hub: Hub) {
        let coordinator = hub.coordinator("bitonto").await;
        for _ in 0..49 { hub.member("bitonto").await; }
        hub.listen().await;
        let query = "{ territory(by: { slug: \"bitonto\" }) { members(first: 50) { nodes { role viewerActions person { name email } } } } }";
        let (data, statements) = hub.statements(hub.data(&coordinator, query, json!({}))).await;
        let nodes = data["territory"]["members"]["nodes"].as_array().unwrap();
        assert!(nodes.len() == 50 && nodes.iter().all(|node| node["person"]["email"].is_string()));
        assert_eq!(statements, 4);
    }

    async fn a_profile_changes_ones_own_name_and_language(hub: Hub) {
        let mutation = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { person { name } userErrors { code field message } } }";
        let member = hub.member("bitonto").await;
        let done = hub.done(&member, mutation, json!({ "name": " Ada ", "language": "EN" })).await;
        assert_eq!(done["person"]["name"], "Ada");
        let viewer = hub.data(&member, "{ viewer { language person { name } } }", json!({})).await;
        assert_eq!(viewer["viewer"], json!({ "language": "EN", "person": { "name": "Ada" } }));
        assert_eq!(hub.refused(&member, mutation, json!({ "name": "" })).await, "REQUIRED");
        assert_eq!(hub.refused(&Actor::Nobody, mutation, json!({ "name": "X" })).await, "SIGN_IN_NEEDED");
    }

    async fn the_command_line_adds_members_and_staff_and_takes_no_role_away(hub: Hub) {
        let bitonto = hub.territory("bitonto").await;
        let email = "dora@bitonto.invalid";
        let dora = members::add_member(&hub.app, &Actor::System, email, "Dora", bitonto, Role::Coordinator).await.unwrap();
        let again = members::add_member(&hub.app, &Actor::System, email, "Dora B.", bitonto, Role::Member).await.unwrap();
        assert_eq!(dora, again);
        let is = people::memberships_of(&hub.app.store, &[dora]).await.unwrap();
        assert_eq!((is.len(), is[0].role), (1, Role::Coordinator));
        let staff = innesto::service::people::add_staff(&hub.app, &Actor::System, email, "Dora", innesto::domain::permission::StaffRole::Steward);
        assert_eq!(staff.await.unwrap(), dora);
        assert_eq!(people::staff_roles(&hub.app.store, dora).await.unwrap().len(), 1);
        let stranger = hub.stranger().await;
        let refused = innesto::service::people::add_staff(&hub.app, &stranger, "e@f.invalid", "E", innesto::domain::permission::StaffRole::Steward);
        assert!(refused.await.is_err());
    }
}
