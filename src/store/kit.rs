//! The documents of the practices' kits.
use super::{Conn, Result, Tx, documents, sql::*};
use crate::domain::{
    id::{KitItemId, PracticeId},
    practice::KitItem,
};

record!(KitItem { id, practice, version, position, kind, phase, title, link, text, document, created_at });

const SELECT: &str = "SELECT k.id, k.practice, k.version, k.position, k.kind, k.phase, k.title, k.link, k.text, \
    k.document, k.created_at FROM kit_item k";

/// The items with these ids, in no order, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[KitItemId]) -> Result<Vec<KitItem>> {
    sql(SELECT).text(" WHERE k.id").any(ids).all(on).await
}

/// The items of these practices, in each kit's order.
///
/// # Errors
/// A fault from the database.
pub async fn of_practices(on: impl Into<Conn<'_>>, practices: &[PracticeId]) -> Result<Vec<KitItem>> {
    sql(SELECT).text(" WHERE k.practice").any(practices).text(" ORDER BY k.practice, k.position, k.id").all(on).await
}

/// Adds an item.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, k: &KitItem) -> Result<()> {
    sql("INSERT INTO kit_item (id, practice, version, position, kind, phase, title, link, text, document, \
         created_at) VALUES (")
    .values([
        k.id.into(),
        k.practice.into(),
        k.version.into(),
        k.position.into(),
        (&k.kind).into(),
        (&k.phase).into(),
        (&k.title).into(),
        k.link.clone().into(),
        k.text.clone().into(),
        k.document.into(),
        k.created_at.into(),
    ])
    .text(")")
    .run(tx)
    .await
    .map(drop)
}

/// Writes everything that an edit may have changed. The caller holds the practice's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, k: &KitItem) -> Result<()> {
    sql("UPDATE kit_item SET version = ")
        .value(k.version)
        .text(", kind = ")
        .value(&k.kind)
        .text(", phase = ")
        .value(&k.phase)
        .text(", title = ")
        .value(&k.title)
        .text(", link = ")
        .value(k.link.clone())
        .text(", text = ")
        .value(k.text.clone())
        .text(", document = ")
        .value(k.document)
        .text(" WHERE id = ")
        .value(k.id)
        .run(tx)
        .await
        .map(drop)
}

/// Moves an item to a place.
///
/// # Errors
/// A fault from the database.
pub async fn update_position(tx: &mut Tx, id: KitItemId, position: i64) -> Result<()> {
    sql("UPDATE kit_item SET position = ").value(position).text(" WHERE id = ").value(id).run(tx).await.map(drop)
}

/// Removes an item, and lets its document go.
///
/// # Errors
/// A fault from the database.
pub async fn delete(tx: &mut Tx, k: &KitItem) -> Result<()> {
    sql("DELETE FROM kit_item WHERE id = ").value(k.id).run(tx).await?;
    match k.document {
        Some(document) => documents::release(tx, document).await,
        None => Ok(()),
    }
}
