//! The network's files, opened by other programs.
use super::{History, said_by};
use crate::open_data::ask::Site;
use serde_json::{Value, json};

on_both! {
    async fn its_files_are_opened_by_other_programs_and_say_the_same(hub: Hub) {
        History::happened(&hub, 3, 25).await;
        let site = Site::of(&hub);
        let graphml = site.get("/data/network.graphml").await;
        assert_eq!(graphml.header("content-type"), "application/graphml+xml");
        let told = json!({
            "graphml": graphml.body,
            "gexf": site.get("/data/network.gexf").await.body,
            "edges": site.get("/data/network.json").await.json()["records"],
            "places": site.get("/data/network-territories.json").await.json()["records"],
        });
        assert!(told["edges"].as_array().unwrap().len() > 5);
        assert_eq!(said_by("graphs.py", &told), "");
        let months = site.get("/data/statistics.json").await.json()["records"].take();
        let sum = |rows: &Value| rows.as_array().unwrap().iter().filter_map(|row| row["requests"].as_i64()).sum::<i64>();
        assert_eq!(sum(&months), sum(&told["edges"]));
    }
}
