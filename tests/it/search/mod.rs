//! Finding practices and territories by words.
mod asks;
mod counts;
mod follow;
mod judged;
mod synonyms;

use crate::support::Hub;
use innesto::{
    app::App,
    domain::{page::PageRequest, practice::Practice},
    service::{
        practices::Filter,
        search::{self, Asked, Hits},
    },
};
use serde_json::Value;

/// The answer to what somebody types, a hundred at a time.
pub async fn found(app: &App, text: &str, filter: Filter) -> Hits {
    let asked = Asked { text: text.into(), filter, page: PageRequest::first(100), facets: true, territories: 5 };
    search::find(app, asked).await.unwrap()
}

/// The slugs of what was found, in its order.
pub fn slugs(hits: &Hits) -> Vec<&str> {
    hits.page.items.iter().map(|(_, (practice, _)): &(_, (Practice, f64))| practice.slug.as_str()).collect()
}

pub const FIND: &str =
    "query($query: String!, $filter: PracticeFilter, $first: Int, $after: String, $last: Int, $before: String) {
    search(query: $query, filter: $filter) {
        totalCount isBuilding suggestion territories { name }
        hits(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { score practice { slug title } passages { part pieces { text isMatch } } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }";

/// The titles of a page of hits.
pub fn titles(search: &Value) -> Vec<&str> {
    search["hits"]["nodes"].as_array().unwrap().iter().map(|hit| hit["practice"]["title"].as_str().unwrap()).collect()
}

impl Hub {
    /// The demonstration's lists and practices.
    pub async fn demonstration(&self) {
        use innesto::service::import::{Origin, practices, synonyms, territories, vocabularies};
        let file = |path: &str| std::fs::read(format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let origin = Origin { source: "prova".into(), as_of: "2026-01-01".parse().unwrap(), by: None };
        let (app, quiet) = (&self.app, |_, _| ());
        territories::run(app, &file("territories/territories.csv"), &origin, false, &quiet).await.unwrap();
        vocabularies::run(app, &file("vocabularies.csv"), &origin, false, &quiet).await.unwrap();
        synonyms::run(app, &file("synonyms.csv"), &origin, false, &quiet).await.unwrap();
        practices::run(app, &file("demo/practices.json"), practices::How::default(), &quiet).await.unwrap();
    }
}
