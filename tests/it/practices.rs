//! Practices from the first draft to the public: written, changed, reviewed, guarded, listed.
use crate::support::Hub;
use innesto::domain::permission::Actor;
use serde_json::{Value, json};

pub const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) {
    practice { id slug title status version owner { slug } field { code } targets { code } method { html } viewerActions }
    userErrors { code field message } } }";
const UPDATE: &str = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) {
    practice { id title abstract version field { code } startedOn indicators { code value } supportOffer { levels isOpen } }
    userErrors { code field message } } }";
const SUBMIT: &str = "mutation($input: SubmitPracticeInput!) { submitPractice(input: $input) {
    practice { status viewerActions } userErrors { code field message } } }";
const RETURN: &str = "mutation($input: ReturnPracticeInput!) { returnPractice(input: $input) {
    practice { status reviewNote { source } } userErrors { code field message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) {
    practice { status publishedAt version } userErrors { code field message } } }";
const ARCHIVE: &str = "mutation($input: ArchivePracticeInput!) { archivePractice(input: $input) {
    practice { status publishedAt } userErrors { code field message } } }";
const READ: &str =
    "query($slug: String!) { practice(by: { slug: $slug }) { id title reviewNote { source } viewerActions } }";

fn full(owner: &Value, title: &str) -> Value {
    json!({
        "owner": owner, "title": title, "abstract": "In breve.", "field": "SOCIO_EDU", "otherFields": ["SERVICE_DELIVERY"],
        "targets": ["MINORS", "FAMILIES"], "tools": ["CO_DESIGN"], "funds": ["FNPS"], "method": "**Ascolto**",
        "results": "Famiglie coinvolte.", "supportLevels": ["DOCUMENTS", "MENTORING"], "supportCapacity": 2, "supportOpen": true,
        "budgetEur": 100_000, "evidenceLevel": 2,
        "indicators": [{ "code": "people_served", "name": "Persone seguite", "unit": "persone", "value": 12 }],
    })
}

impl Hub {
    pub async fn territory_id(&self, slug: &str) -> Value {
        let query = "query($slug: String!) { territory(by: { slug: $slug }) { id } }";
        self.data(&Actor::Nobody, query, json!({ "slug": slug })).await["territory"]["id"].take()
    }

    /// A draft of a territory with two contacts, ready for review.
    pub async fn draft(&self, owner: &str, title: &str) -> Value {
        let id = self.territory_id(owner).await;
        let practice = self.done(&Actor::System, CREATE, full(&id, title)).await["practice"].take();
        let add = "mutation($input: AddContactPersonInput!) { addContactPerson(input: $input) { contact { id } userErrors { code message } } }";
        let mut contacts = Vec::new();
        for n in 0..2 {
            let input = json!({ "territory": id, "name": format!("Referente {n}"), "role": "Ufficio di Piano",
                "email": format!("r{n}@{owner}.invalid"), "isRoleMailbox": n == 1 });
            contacts.push(self.done(&Actor::System, add, input).await["contact"]["id"].take());
        }
        let set = "mutation($input: SetPracticeContactsInput!) { setPracticeContacts(input: $input) { practice { id } userErrors { code message } } }";
        self.done(&Actor::System, set, json!({ "practice": practice["id"], "contacts": contacts })).await;
        practice
    }

    /// A public practice with two contacts.
    pub async fn publish(&self, owner: &str, title: &str) -> Value {
        let practice = self.draft(owner, title).await;
        self.done(&Actor::System, SUBMIT, json!({ "practice": practice["id"] })).await;
        self.done(&Actor::System, PUBLISH, json!({ "practice": practice["id"] })).await;
        practice
    }

    /// Fifty public practices of three owners, each with two contacts and all kinds of terms, written straight into the
    /// store: through the use cases it would take minutes.
    async fn fifty(&self) {
        use innesto::{
            domain::{
                contact::ContactPerson,
                permission::{PracticeStatus, Visibility},
                practice::Practice,
            },
            store::{contacts, practices},
        };
        let (now, mut owners) = (self.app.clock.now(), Vec::new());
        for owner in ["bitonto", "troia", "nardo"] {
            owners.push(self.territory(owner).await);
        }
        let mut tx = self.app.store.begin().await.unwrap();
        let mut people = Vec::new();
        for owner in &owners {
            for visibility in [Visibility::Relay, Visibility::Public] {
                let contact = ContactPerson {
                    id: self.app.clock.id(),
                    territory: *owner,
                    person: None,
                    name: "Referente".into(),
                    role: "Ufficio".into(),
                    email: Some("r@esempio.invalid".into()),
                    phone: None,
                    visibility,
                    accepts_requests: true,
                    is_role_mailbox: false,
                    version: 1,
                    created_at: now,
                    removed_at: None,
                };
                contacts::insert(&mut tx, &contact).await.unwrap();
                people.push(contact.id);
            }
        }
        for n in 0..50 {
            let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
            let practice = Practice {
                slug: format!("pratica-{n}"),
                title: format!("Pratica {n}"),
                status: PracticeStatus::Published,
                published_at: Some(now),
                field: Some("SOCIO_EDU".into()),
                other_fields: codes(&["ORG_PROCESS"]),
                targets: codes(&["MINORS", "FAMILIES"]),
                tools: codes(&["PUA"]),
                funds: codes(&["FNA"]),
                context: "x".into(),
                ..Practice::draft(self.app.clock.id(), owners[n % 3], None, now)
            };
            assert!(practices::insert(&mut tx, &practice).await.unwrap());
            contacts::set_of_practice(&mut tx, practice.id, &people[n % 3 * 2..][..2]).await.unwrap();
        }
        tx.commit(now).await.unwrap();
    }

    async fn codes(&self, actor: &Actor, mutation: &str, input: Value) -> Vec<(String, String)> {
        let mut data = self.data(actor, mutation, json!({ "input": input })).await;
        let payload = data.as_object_mut().unwrap().values_mut().next().unwrap().take();
        let errors = payload["userErrors"].as_array().unwrap().iter();
        let path = |e: &Value| {
            e["field"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect::<Vec<_>>().join(".")
        };
        errors.map(|e| (e["code"].as_str().unwrap().to_owned(), path(e))).collect()
    }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

on_both! {
    async fn a_practice_goes_from_draft_through_review_to_the_public_and_away(hub: Hub) {
        let (member, coordinator) = (hub.member("bitonto").await, hub.coordinator("bitonto").await);
        let (steward, stranger) = (hub.steward().await, hub.member("troia").await);
        let bitonto = hub.territory_id("bitonto").await;
        let practice = hub.done(&member, CREATE, json!({ "owner": bitonto, "title": "In.Con.Tra" })).await["practice"].take();
        assert_eq!((&practice["slug"], &practice["status"], &practice["version"]), (&json!("in-con-tra"), &json!("DRAFT"), &json!(1)));
        assert_eq!(practice["viewerActions"], json!(["UPDATE_PRACTICE", "SUBMIT_PRACTICE", "DELETE_PRACTICE", "DECLARE_LINEAGE"]));
        let id = &practice["id"];
        for outside in [&Actor::Nobody, &stranger, &steward] {
            let seen = hub.data(outside, READ, json!({ "slug": "in-con-tra" })).await;
            assert_eq!(seen["practice"], json!(null), "a draft is its territory's own");
            assert_eq!(hub.refused(outside, SUBMIT, json!({ "practice": id })).await, "NOT_FOUND");
        }
        // Everything that is missing, at once.
        assert_eq!(
            hub.codes(&member, SUBMIT, json!({ "practice": id })).await,
            pairs(&[("REQUIRED", "abstract"), ("REQUIRED", "field"), ("REQUIRED", "targets"), ("REQUIRED", "objectives"), ("REQUIRED", "results"), ("REQUIRED", "contacts")]),
        );
        let ready = hub.draft("bitonto", "In.Con.Tra").await;
        assert_eq!(ready["slug"], "in-con-tra-2");
        let id = &ready["id"];
        assert_eq!(hub.refused(&steward, PUBLISH, json!({ "practice": id })).await, "NOT_FOUND");
        let done = hub.done(&member, SUBMIT, json!({ "practice": id })).await;
        assert_eq!(done["practice"], json!({ "status": "UNDER_REVIEW", "viewerActions": ["UPDATE_PRACTICE", "DECLARE_LINEAGE"] }));
        assert_eq!(hub.refused(&member, SUBMIT, json!({ "practice": id })).await, "WRONG_STATE");
        assert_eq!(hub.refused(&member, PUBLISH, json!({ "practice": id })).await, "FORBIDDEN");
        assert_eq!(hub.refused(&steward, RETURN, json!({ "practice": id, "remarks": " " })).await, "REQUIRED");
        let done = hub.done(&steward, RETURN, json!({ "practice": id, "remarks": "Aggiungete i costi." })).await;
        assert_eq!(done["practice"]["status"], "DRAFT");
        let seen = hub.data(&member, READ, json!({ "slug": "in-con-tra-2" })).await;
        assert_eq!(seen["practice"]["reviewNote"]["source"], "Aggiungete i costi.");
        hub.done(&member, SUBMIT, json!({ "practice": id })).await;
        let done = hub.done(&steward, PUBLISH, json!({ "practice": id, "expectedVersion": 4 })).await;
        assert_eq!(done["practice"], json!({ "status": "PUBLISHED", "publishedAt": "2026-03-02T09:00:00Z", "version": 5 }));
        assert_eq!(hub.refused(&steward, PUBLISH, json!({ "practice": id })).await, "WRONG_STATE");
        let seen = hub.data(&stranger, READ, json!({ "slug": "in-con-tra-2" })).await;
        assert_eq!(seen["practice"]["viewerActions"], json!(["DRAFT_REPLICATION_REQUEST"]));
        let count = "{ territory(by: { slug: \"bitonto\" }) { practicesCount practices { totalCount nodes { slug } } } }";
        let seen = hub.data(&Actor::Nobody, count, json!({})).await;
        assert_eq!(seen["territory"], json!({ "practicesCount": 1, "practices": { "totalCount": 1, "nodes": [{ "slug": "in-con-tra-2" }] } }));
        assert_eq!(hub.refused(&member, ARCHIVE, json!({ "practice": id })).await, "FORBIDDEN");
        hub.app.clock.advance_seconds(60);
        let done = hub.done(&coordinator, ARCHIVE, json!({ "practice": id })).await;
        assert_eq!(done["practice"], json!({ "status": "ARCHIVED", "publishedAt": "2026-03-02T09:00:00Z" }));
        assert_eq!(hub.data(&Actor::Nobody, count, json!({})).await["territory"]["practicesCount"], 0);
        assert_ne!(hub.data(&Actor::Nobody, READ, json!({ "slug": "in-con-tra-2" })).await["practice"], json!(null));
        assert_eq!(hub.refused(&member, UPDATE, json!({ "practice": id, "expectedVersion": 6, "title": "x" })).await, "WRONG_STATE");
    }

    async fn an_edit_changes_only_what_it_gives_and_null_clears(hub: Hub) {
        let member = hub.member("bitonto").await;
        let id = hub.draft("bitonto", "Prova").await["id"].take();
        let edit = json!({ "practice": id, "expectedVersion": 1, "startedOn": "2024-02", "field": null, "indicators": null, "abstract": "Nuovo" });
        let done = hub.done(&member, UPDATE, edit).await["practice"].take();
        assert_eq!(done, json!({ "id": id, "title": "Prova", "abstract": "Nuovo", "version": 2, "field": null, "startedOn": "2024-02",
            "indicators": [], "supportOffer": { "levels": ["DOCUMENTS", "MENTORING"], "isOpen": true } }));
        let same = hub.done(&member, UPDATE, json!({ "practice": id, "expectedVersion": 2, "abstract": "Nuovo" })).await;
        assert_eq!(same["practice"]["version"], 2, "an edit that changes nothing makes no version");
        assert_eq!(hub.refused(&member, UPDATE, json!({ "practice": id, "expectedVersion": 1, "title": "x" })).await, "CONFLICT");
        let wrong = json!({ "practice": id, "expectedVersion": 2, "title": " ", "field": "NUOVO", "targets": ["MINORS", "GATTI"],
            "endedOn": "2024-01", "supportCapacity": 0, "supportLevels": [], "budgetEur": -1, "staffFte": 1001.5,
            "indicators": [{ "code": "A b", "name": "n", "unit": "u" }], "otherFields": ["A", "B", "C", "D", "E"],
            "abstract": "x".repeat(601) });
        assert_eq!(
            hub.codes(&member, UPDATE, wrong).await,
            pairs(&[
                ("REQUIRED", "title"), ("TOO_LONG", "abstract"), ("TOO_LONG", "otherFields"), ("INVALID", "indicators.0.code"),
                ("INVALID", "budgetEur"), ("INVALID", "staffFte"), ("INVALID", "supportCapacity"), ("INVALID", "endedOn"),
                ("REQUIRED", "supportLevels"), ("INVALID", "field"), ("INVALID", "targets.1"),
            ]),
        );
        let stranger = hub.member("troia").await;
        assert_eq!(hub.refused(&stranger, UPDATE, json!({ "practice": id, "expectedVersion": 2, "title": "x" })).await, "NOT_FOUND");
        assert_eq!(hub.refused(&stranger, CREATE, full(&hub.territory_id("bitonto").await, "x")).await, "FORBIDDEN");
        assert_eq!(hub.refused(&Actor::Nobody, CREATE, full(&hub.territory_id("bitonto").await, "x")).await, "SIGN_IN_NEEDED");
    }

    async fn case_data_is_refused_before_it_becomes_public_unless_confirmed(hub: Hub) {
        let (member, steward) = (hub.member("bitonto").await, hub.steward().await);
        let id = hub.draft("bitonto", "Prova").await["id"].take();
        let edit = json!({ "practice": id, "expectedVersion": 1, "results": "Seguito RSSMRA85T10A562S con esito", "places": ["Sede, 080 1234567"] });
        hub.done(&member, UPDATE, edit).await;
        let add = "mutation($input: AddKitItemInput!) { addKitItem(input: $input) { item { id } userErrors { code field message } } }";
        let item = json!({ "practice": id, "kind": "FORM", "phase": "RUN", "title": "Modulo", "text": "IBAN IT60X0542811101000000123456" });
        hub.done(&member, add, item.clone()).await;
        hub.done(&member, SUBMIT, json!({ "practice": id })).await;
        assert_eq!(
            hub.codes(&steward, PUBLISH, json!({ "practice": id })).await,
            pairs(&[("CASE_DATA", "results"), ("CASE_DATA", "places.0"), ("CASE_DATA", "kit.0.text")]),
        );
        let done = hub.done(&steward, PUBLISH, json!({ "practice": id, "confirmNoPersonalData": true })).await;
        let version = &done["practice"]["version"];
        // What was confirmed stays confirmed; what is new is guarded again, and goes live at once where it passes.
        let edit = json!({ "practice": id, "expectedVersion": version, "context": "Chiamare 333 1234567" });
        assert_eq!(hub.codes(&member, UPDATE, edit).await, pairs(&[("CASE_DATA", "context")]));
        assert_eq!(hub.refused(&member, add, item).await, "CASE_DATA");
        hub.done(&member, UPDATE, json!({ "practice": id, "expectedVersion": version, "title": "Nuovo titolo" })).await;
        let seen = hub.data(&Actor::Nobody, READ, json!({ "slug": "prova" })).await;
        assert_eq!(seen["practice"]["title"], "Nuovo titolo");
        let emptied = json!({ "practice": id, "expectedVersion": 5, "results": null });
        assert_eq!(hub.codes(&member, UPDATE, emptied).await, pairs(&[("REQUIRED", "results")]));
    }

    async fn of_twenty_who_edit_or_publish_at_once_exactly_one_does(hub: Hub) {
        use innesto::{domain::{id::{Id, PracticeId}, practice::{Change, Changes}}, service::practices};
        hub.draft("bitonto", "Prova").await;
        let found = practices::find(&hub.app, &Actor::System, &practices::PracticeKey::Slug("prova".into())).await;
        let id: PracticeId = Id::of(found.unwrap().unwrap().id.uuid());
        let race = |edit: bool| {
            let tasks: Vec<_> = (0..20).map(|n| {
                let app = hub.app.clone();
                tokio::spawn(async move {
                    let changes = Changes { context: Change::Set(format!("testo {n}")), ..Changes::default() };
                    let done = if edit { practices::edit(&app, &Actor::System, id, 1, changes, false).await } else {
                        practices::publish(&app, &Actor::System, id, None, false).await
                    };
                    done.is_ok()
                })
            }).collect();
            async { let mut won = 0; for task in tasks { won += i32::from(task.await.unwrap()); } won }
        };
        assert_eq!(race(true).await, 1);
        practices::submit(&hub.app, &Actor::System, id).await.unwrap();
        assert_eq!(race(false).await, 1);
        let data = hub.data(&Actor::Nobody, "{ territory(by: { slug: \"bitonto\" }) { practicesCount } }", json!({})).await;
        assert_eq!(data["territory"]["practicesCount"], 1);
    }

    async fn of_two_with_the_same_title_each_gets_a_slug(hub: Hub) {
        use innesto::{domain::practice::{Change, Changes}, service::practices};
        let owner = hub.territory("bitonto").await;
        let tasks: Vec<_> = (0..8).map(|_| {
            let app = hub.app.clone();
            let changes = Changes { title: Change::Set("Uguale".into()), ..Changes::default() };
            tokio::spawn(async move { practices::create(&app, &Actor::System, owner, changes).await.unwrap().slug })
        }).collect();
        let mut slugs = Vec::new();
        for task in tasks { slugs.push(task.await.unwrap()); }
        slugs.sort();
        assert_eq!(slugs, ["uguale", "uguale-2", "uguale-3", "uguale-4", "uguale-5", "uguale-6", "uguale-7", "uguale-8"]);
    }

    async fn a_list_reads_long_texts_only_where_they_are_asked_for_and_then_all_at_once(hub: Hub) {
        for title in ["Uno", "Due", "Tre"] {
            hub.publish("bitonto", title).await;
        }
        hub.listen().await;
        let read = async |fields: &str| {
            let query = format!("{{ practices {{ nodes {{ title {fields} }} }} }}");
            hub.statements(hub.data(&Actor::Nobody, &query, json!({}))).await
        };
        assert_eq!(read("abstract").await.1, 1);
        let (data, statements) = read("method { html } results { source }").await;
        assert_eq!(statements, 2);
        for node in data["practices"]["nodes"].as_array().unwrap() {
            assert_eq!(node["method"]["html"], "<p><strong>Ascolto</strong></p>\n");
            assert_eq!(node["results"]["source"], "Famiglie coinvolte.");
        }
    }

    async fn a_character_that_no_text_may_hold_is_looked_for_in_vain(hub: Hub) {
        let query = "query($text: String!, $texts: [String!]) {
            practice(by: { slug: $text }) { id }
            practices(filter: { fields: $texts, targets: $texts, province: $text }) { totalCount } }";
        let found = hub.data(&Actor::Nobody, query, json!({ "text": "a\u{0}b", "texts": ["\u{0}"] })).await;
        assert_eq!(found, json!({ "practice": null, "practices": { "totalCount": 0 } }));
    }

    async fn lists_are_narrowed_sorted_and_paged(hub: Hub) {
        for (owner, title) in [("bitonto", "Beta"), ("troia", "alfa"), ("nardo", "Gamma")] {
            hub.publish(owner, title).await;
            hub.app.clock.advance_seconds(60);
        }
        hub.draft("troia", "Bozza").await;
        let query = "query($filter: PracticeFilter, $orderBy: PracticeOrder!, $first: Int, $after: String) {
            practices(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { totalCount nodes { title } pageInfo { endCursor } } }";
        let titles = |data: &Value| data["practices"]["nodes"].as_array().unwrap().iter().map(|n| n["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let newest = hub.data(&Actor::Nobody, query, json!({ "orderBy": "NEWEST" })).await;
        assert_eq!((titles(&newest), &newest["practices"]["totalCount"]), (vec!["Gamma".into(), "alfa".into(), "Beta".into()], &json!(3)));
        let first = hub.data(&Actor::Nobody, query, json!({ "orderBy": "TITLE", "first": 2 })).await;
        assert_eq!(titles(&first), ["alfa", "Beta"]);
        let after = &first["practices"]["pageInfo"]["endCursor"];
        let second = hub.data(&Actor::Nobody, query, json!({ "orderBy": "TITLE", "first": 2, "after": after })).await;
        assert_eq!(titles(&second), ["Gamma"]);
        let mixed = hub.ask(&Actor::Nobody, query, json!({ "orderBy": "NEWEST", "after": after })).await;
        assert_eq!(mixed["errors"][0]["extensions"]["code"], "INVALID");
        let ambito = hub.territory_id("ambito-troia").await;
        for (filter, expected) in [
            (json!({ "province": "ba" }), vec!["Beta"]),
            (json!({ "ambito": ambito }), vec!["alfa"]),
            (json!({ "fields": ["SERVICE_DELIVERY"], "targets": ["OLDER_PEOPLE", "MINORS"], "tools": ["CO_DESIGN"], "funds": ["FNPS"] }), vec!["Gamma", "alfa", "Beta"]),
            (json!({ "targets": ["OLDER_PEOPLE"] }), vec![]),
            (json!({ "provenance": "ILLUSTRATIVE" }), vec![]),
            (json!({ "hasKit": true }), vec![]),
            (json!({ "hasKit": false, "openToRequests": true, "costAtMost": 100_000, "evidenceAtLeast": 2, "provenance": "REAL" }), vec!["Gamma", "alfa", "Beta"]),
            (json!({ "costAtMost": 99_999 }), vec![]),
            (json!({ "openToRequests": false }), vec![]),
            (json!({ "status": "DRAFT" }), vec![]),
        ] {
            let data = hub.data(&Actor::Nobody, query, json!({ "orderBy": "NEWEST", "filter": filter })).await;
            assert_eq!(titles(&data), expected, "{filter}");
        }
        let member = hub.member("troia").await;
        let drafts = hub.data(&member, query, json!({ "orderBy": "NEWEST", "filter": { "status": "DRAFT" } })).await;
        assert_eq!(titles(&drafts), ["Bozza"]);
    }

    async fn fifty_practices_with_all_around_them_take_two_statements(hub: Hub) {
        hub.fifty().await;
        let fields = "slug title status owner { slug name } field { label } otherFields { label } targets { label } tools { label } funds { label }
            contacts { name role email viewerCanSeeAddress } requestsCount replicationsCount supportOffer { openRequests capacity takesRequests } badge viewerActions";
        let list = format!("{{ practices(first: 50) {{ nodes {{ {fields} }} }} }}");
        let member = hub.member("bitonto").await;
        hub.listen().await;
        let (data, statements) = hub.statements(hub.data(&member, &list, json!({}))).await;
        assert_eq!(data["practices"]["nodes"].as_array().unwrap().len(), 50);
        assert_eq!(data["practices"]["nodes"][0]["contacts"][1]["viewerCanSeeAddress"], true);
        // The practices and their contacts; owners and vocabularies are in memory.
        assert_eq!(statements, 2);
        let page = format!("{{ practice(by: {{ slug: \"pratica-7\" }}) {{ {fields} abstract context {{ html }} method {{ html }} partners {{ name }} indicators {{ code }}
            kit {{ title kind {{ label }} phase {{ label }} }} kitCompleteness provenance {{ kind sources badge }}
            lineage {{ parents {{ kind parent {{ title }} }} children {{ kind child {{ title }} }} descendantsCount generations }} }} }}");
        let (_, statements) = hub.statements(hub.data(&member, &page, json!({}))).await;
        // And its kit, the edges above and below, and what comes from it.
        assert_eq!(statements, 6);
    }

    async fn every_object_is_found_again_by_its_id_by_who_may_see_it(hub: Hub) {
        let practice = hub.draft("bitonto", "Prova").await;
        let member = hub.member("bitonto").await;
        let read = "query($slug: String!) { practice(by: { slug: $slug }) { id contacts { id } } }";
        let seen = hub.data(&member, read, json!({ "slug": "prova" })).await["practice"].take();
        let ids = json!([practice["id"], seen["contacts"][0]["id"]]);
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let mine = hub.data(&member, query, json!({ "ids": ids })).await;
        assert_eq!(mine["nodes"][0], json!({ "__typename": "Practice", "id": practice["id"] }));
        assert_eq!(mine["nodes"][1]["__typename"], "ContactPerson");
        let others = hub.data(&Actor::Nobody, query, json!({ "ids": ids })).await;
        assert_eq!(others["nodes"][0], json!(null));
    }
}
