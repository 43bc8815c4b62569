//! What the columns of a sheet hold, for programs (W3C, "Metadata Vocabulary for Tabular Data", 2015): the file beside a
//! sheet at the address where the standard has readers look for it.
use super::{
    csv::{self, BETWEEN},
    dataset::{Dataset, Kind, Said},
};
use crate::http::open::LICENCE;
use serde_json::{Value, json};

/// What follows the name of a sheet.
pub(super) const SUFFIX: &str = "-metadata.json";
pub(super) const MEDIA_TYPE: &str = "application/csvm+json";

/// The description of a dataset's sheet.
pub(super) fn described(dataset: &Dataset, attribution: &str) -> Value {
    let columns: Vec<Value> = csv::columns(&(dataset.columns)()).iter().map(column).collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "it" }],
        "url": format!("{}.csv", dataset.name),
        "dc:title": dataset.title.0,
        "dc:description": dataset.about.0,
        "dc:license": { "@id": LICENCE },
        "dc:rights": attribution,
        "dialect": { "encoding": "utf-8", "lineTerminators": ["\r\n"], "header": true },
        "tableSchema": { "columns": columns },
    })
}

fn column(said: &Said) -> Value {
    let mut told = json!({
        "name": said.name,
        "titles": said.name,
        "dc:description": [{ "@value": said.about.0, "@language": "it" }, { "@value": said.about.1, "@language": "en" }],
        "datatype": datatype(said.kind),
    });
    if said.kind == Kind::Texts {
        told["separator"] = BETWEEN.into();
    }
    told
}

const fn datatype(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Long | Kind::Code | Kind::Texts | Kind::Objects(_) => "string",
        Kind::Url => "anyURI",
        Kind::Integer => "integer",
        Kind::Decimal => "double",
        Kind::Boolean => "boolean",
        Kind::Day => "date",
        Kind::Month => "gYearMonth",
        Kind::Instant => "dateTime",
    }
}
