//! The board of needs: the newest first, in pages, narrowed, and in few statements.
use innesto::{
    domain::{need::Changes, permission::Actor, practice::Change},
    service::needs::{self, Post},
};
use serde_json::{Value, json};

const BOARD: &str = "query($filter: NeedFilter, $first: Int, $after: String, $last: Int, $before: String) {
    needs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { text } } }";

fn texts(list: &Value) -> Vec<String> {
    list["nodes"].as_array().unwrap().iter().map(|need| need["text"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn the_board_has_the_open_ones_newest_first_and_pages_both_ways(hub: Hub) {
        let member = hub.member("bitonto").await;
        let mut all = Vec::new();
        for n in 0..7 {
            // Some in the same instant.
            if n % 3 == 0 { hub.app.clock.advance_seconds(1); }
            all.push(hub.need(&member, "bitonto", &format!("{n}"), &[]).await);
        }
        hub.close_need(&member, &all[3]).await.unwrap();
        let board = async |variables: Value| hub.data(&Actor::Nobody, BOARD, variables).await["needs"].take();
        let whole = board(json!({})).await;
        assert_eq!((texts(&whole), &whole["totalCount"]), (["6", "5", "4", "2", "1", "0"].map(String::from).to_vec(), &json!(6)));
        let first = board(json!({ "first": 4 })).await;
        assert_eq!((texts(&first), &first["pageInfo"]["hasNextPage"]), (["6", "5", "4", "2"].map(String::from).to_vec(), &json!(true)));
        let next = board(json!({ "first": 4, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!((texts(&next), &next["pageInfo"]["hasNextPage"]), (["1", "0"].map(String::from).to_vec(), &json!(false)));
        let back = board(json!({ "last": 2, "before": next["pageInfo"]["startCursor"] })).await;
        assert_eq!((texts(&back), &back["pageInfo"]["hasPreviousPage"]), (["4", "2"].map(String::from).to_vec(), &json!(true)));
        let closed = board(json!({ "filter": { "state": "CLOSED" } })).await;
        assert_eq!((texts(&closed), &closed["totalCount"]), (vec!["3".to_owned()], &json!(1)));
        let answer = hub.ask(&Actor::Nobody, BOARD, json!({ "first": 101 })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
        // A cursor of a list that is sorted otherwise.
        let titles = hub.publish("troia", "Prova").await;
        let query = "{ practices(orderBy: TITLE) { pageInfo { endCursor } } }";
        let cursor = hub.data(&Actor::Nobody, query, json!({})).await["practices"]["pageInfo"]["endCursor"].take();
        let answer = hub.ask(&Actor::Nobody, BOARD, json!({ "after": cursor })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID", "{titles}");
    }

    async fn it_is_narrowed_by_what_is_looked_for_and_by_whom(hub: Hub) {
        let (bitonto, troia) = (hub.member("bitonto").await, hub.member("troia").await);
        let codes = |codes: &[&str]| Change::Set(codes.iter().map(|code| (*code).to_owned()).collect());
        for (who, at, text, field, targets) in [
            (&bitonto, "bitonto", "a", Some("SOCIO_EDU"), &["MINORS"][..]),
            (&bitonto, "bitonto", "b", Some("ORG_PROCESS"), &["FAMILIES"]),
            (&bitonto, "bitonto", "c", None, &["MINORS", "FAMILIES"]),
            (&troia, "troia", "d", Some("SOCIO_EDU"), &[]),
        ] {
            let says = Changes { text: Change::Set(text.into()), field: field.map_or(Change::Keep, |f| Change::Set(f.into())),
                targets: codes(targets), ..Changes::default() };
            needs::post(&hub.app, who, Post { says, ..hub.wanted(at, "", &[]).await }).await.unwrap();
        }
        let board = async |filter: Value| {
            let list = hub.data(&Actor::Nobody, BOARD, json!({ "filter": filter })).await["needs"].take();
            assert_eq!(list["totalCount"], texts(&list).len());
            texts(&list).concat()
        };
        assert_eq!(board(json!({ "fields": ["SOCIO_EDU"] })).await, "da");
        assert_eq!(board(json!({ "fields": ["SOCIO_EDU", "ORG_PROCESS"] })).await, "dba");
        assert_eq!(board(json!({ "targets": ["MINORS"] })).await, "ca");
        assert_eq!(board(json!({ "targets": ["FAMILIES"], "fields": ["ORG_PROCESS"] })).await, "b");
        assert_eq!(board(json!({ "province": "fg" })).await, "d");
        assert_eq!(board(json!({ "territory": hub.territory_id("bitonto").await, "targets": ["MINORS"] })).await, "ca");
        assert_eq!(board(json!({ "territory": hub.territory_id("nardo").await })).await, "");
        let query = "query($states: [NeedState!]) { territory(by: { slug: \"bitonto\" }) { needs(states: $states) { totalCount nodes { text } } } }";
        let of = async |states: Value| texts(&hub.data(&Actor::Nobody, query, json!({ "states": states })).await["territory"]["needs"]).concat();
        assert_eq!((of(json!(null)).await, of(json!(["CLOSED"])).await, of(json!(["CLOSED", "OPEN"])).await), ("cba".into(), String::new(), "cba".into()));
    }

    async fn fifty_needs_cost_two_statements(hub: Hub) {
        let member = hub.member("bitonto").await;
        for n in 0..25 {
            hub.need(&member, "bitonto", &format!("{n}"), &["MINORS"]).await;
        }
        let other = hub.member("troia").await;
        for n in 0..25 {
            hub.need(&other, "troia", &format!("{n}"), &["FAMILIES"]).await;
        }
        hub.listen().await;
        let query = "{ needs(first: 50) { nodes { id text watching viewerActions territory { name province { name } } field { label }
            targets { label } tools { label } funds { label } budgetEur state badge version createdAt } } }";
        let (board, statements) = hub.statements(hub.data(&member, query, json!({}))).await;
        assert_eq!(board["needs"]["nodes"].as_array().unwrap().iter().filter(|need| need["watching"] == true).count(), 25);
        // The needs, and which of them the viewer watches; territories and vocabularies are in memory.
        assert_eq!(statements, 2);
    }
}
