//! What the hub says of itself, and that it keeps to it.
use innesto::domain::permission::Actor;
use serde_json::json;

on_both! {
    async fn the_hub_says_what_it_is_and_what_it_accepts_at_most(hub: Hub) {
        let query = "{ serverInfo { name version publicUrl sourceUrl licence isDemo limits { pageSize nodes } } }";
        let data = hub.data(&Actor::Nobody, query, json!({})).await;
        let info = &data["serverInfo"];
        assert_eq!((&info["name"], &info["version"]), (&json!("innesto"), &json!(env!("CARGO_PKG_VERSION"))));
        assert_eq!((&info["publicUrl"], &info["isDemo"]), (&json!("http://127.0.0.1:8080/"), &json!(false)));
        let read = |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let publiccode = read("publiccode.yml");
        assert!(publiccode.contains(&format!("\nurl: {}", info["sourceUrl"])), "publiccode.yml names another place: {info}");
        assert!(publiccode.contains(&format!("license: {}", info["licence"].as_str().unwrap())), "{info}");
        let (limits, troia) = (&info["limits"], hub.territory("troia").await);
        let page = |size: i64| format!("{{ territories(first: {size}) {{ totalCount }} }}");
        let most = limits["pageSize"].as_i64().unwrap();
        hub.data(&Actor::Nobody, &page(most), json!({})).await;
        let refused = hub.ask(&Actor::Nobody, &page(most + 1), json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let ids = |count: i64| json!({ "ids": vec![crate::requests::opaque(troia); usize::try_from(count).unwrap()] });
        let most = limits["nodes"].as_i64().unwrap();
        hub.data(&Actor::Nobody, nodes, ids(most)).await;
        let refused = hub.ask(&Actor::Nobody, nodes, ids(most + 1)).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_ARGUMENT");
    }

    async fn a_province_is_told_by_its_letters_and_its_name(hub: Hub) {
        let query = "{ territory(by: { slug: \"nardo\" }) { province { code name } } }";
        let data = hub.data(&Actor::Nobody, query, json!({})).await;
        assert_eq!(data["territory"]["province"], json!({ "code": "LE", "name": "Lecce" }));
    }
}
