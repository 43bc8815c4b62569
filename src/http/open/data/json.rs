//! JSON: one object that says whose it is, with the rows under `records`; written piece by piece.
use super::{
    dataset::{Column, Record, said},
    edition::{Edition, Facts},
};
use crate::{
    domain::refusal::Fault,
    http::open::{LICENCE, LICENCE_NAME, kept::Pieces},
};
use axum::body::Bytes;
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use serde_json::{Map, Value, json};

pub(super) const MEDIA_TYPE: &str = "application/json";

/// What a JSON answer says of itself.
pub(in crate::http) fn envelope(facts: &Facts) -> Map<String, Value> {
    let told = json!({
        "dataset": facts.dataset,
        "title": { "it": facts.title.0, "en": facts.title.1 },
        "licence": LICENCE,
        "licence_name": LICENCE_NAME,
        "attribution": facts.attribution,
        "source": facts.address,
        "as_of": facts.as_of.to_string(),
        "version": facts.version,
    });
    match told {
        Value::Object(told) => told,
        _ => Map::new(),
    }
}

/// Writes rows as JSON.
pub(super) fn written<R: Send + 'static>(
    edition: &Edition,
    columns: &'static [Column<R>],
    rows: BoxStream<'static, Result<Vec<R>, Fault>>,
) -> Pieces {
    let mut head = Value::Object(envelope(&edition.facts)).to_string();
    head.truncate(head.len() - 1); // the object goes on
    head.push_str(",\"records\":[\n");
    let (said, mut first) = (said(columns), true);
    let body = rows.and_then(move |rows| {
        let mut piece = Vec::new();
        let made = rows.iter().try_for_each(|row| {
            if !std::mem::take(&mut first) {
                piece.extend_from_slice(b",\n");
            }
            let cells: Vec<_> = columns.iter().map(|column| (column.of)(row)).collect();
            serde_json::to_writer(&mut piece, &Record(&said, &cells))
        });
        let made = made.map(|()| Bytes::from(piece)).map_err(Fault::new);
        async move { made }
    });
    let end = stream::once(async { Ok(Bytes::from_static(b"\n]}\n")) });
    stream::once(async move { Ok(Bytes::from(head)) }).chain(body).chain(end).boxed()
}
