//! Uploaded documents: their rows. A row outlives its bytes, never the other way round, so that no bytes are forgotten.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    document::Document,
    id::{DocumentId, PracticeId, TerritoryId},
    time::Ts,
};

record!(Document { id, practice, territory, name, media_type: word, size, sha256, uploaded_by, created_at });

const SELECT: &str = "SELECT d.id, d.practice, d.territory, d.name, d.media_type, d.size, d.sha256, d.uploaded_by, \
    d.created_at FROM document d WHERE d.state = 'READY' AND d.id";

/// Those of these documents that are whole and clean, in no order, whoever asks.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[DocumentId]) -> Result<Vec<Document>> {
    sql(SELECT).any(ids).all(on).await
}

struct Used {
    document: DocumentId,
    practice: PracticeId,
}
record!(Used { document, practice });

/// The practices in whose kits each of these documents stands.
///
/// # Errors
/// A fault from the database.
pub async fn practices_of(on: impl Into<Conn<'_>>, ids: &[DocumentId]) -> Result<Vec<(DocumentId, PracticeId)>> {
    let rows: Vec<Used> = sql("SELECT document, practice FROM kit_item WHERE document").any(ids).all(on).await?;
    Ok(rows.into_iter().map(|row| (row.document, row.practice)).collect())
}

/// What a territory's documents take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes, with those that are on their way.
    pub bytes: i64,
    /// How many no kit uses.
    pub unused: i64,
}
record!(Room { bytes, unused });

/// What a territory's documents take, those left out that were on their way before `until`: nothing of them will come. Holds
/// back whoever else asks until the transaction ends, so that two do not take the same room.
///
/// # Errors
/// A fault from the database.
pub async fn room_for_update(tx: &mut Tx, territory: TerritoryId, until: Ts) -> Result<Room> {
    struct Lock {
        id: TerritoryId,
    }
    record!(Lock { id });
    let lock = sql("SELECT id FROM territory WHERE id = ").value(territory).for_update();
    let held: Option<Lock> = lock.optional(&mut *tx).await?;
    let held = held.map_or(territory, |lock| lock.id);
    doom_pending_before(tx, Some(held), until).await?;
    sql("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes, \
         CAST(COALESCE(SUM(CASE WHEN uses = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS unused \
         FROM document WHERE state <> 'DOOMED' AND territory = ")
    .value(held)
    .one(tx)
    .await
}

/// Notes that a document is on its way: its size is what was announced, its type and hash are not known.
///
/// # Errors
/// A fault from the database.
pub async fn insert_pending(tx: &mut Tx, d: &Document) -> Result<()> {
    sql("INSERT INTO document (id, practice, territory, state, name, media_type, size, sha256, uploaded_by, \
         created_at) VALUES (")
    .values([
        d.id.into(),
        d.practice.into(),
        d.territory.into(),
        "PENDING".into(),
        (&d.name).into(),
        word(d.media_type),
        d.size.into(),
        (&d.sha256).into(),
        d.uploaded_by.into(),
        d.created_at.into(),
    ])
    .text(")")
    .run(tx)
    .await
    .map(drop)
}

/// Makes a document available. False where it was given up meanwhile.
///
/// # Errors
/// A fault from the database.
pub async fn update_ready(tx: &mut Tx, d: &Document) -> Result<bool> {
    let rows = sql("UPDATE document SET state = 'READY', name = ")
        .value(&d.name)
        .text(", media_type = ")
        .value(word(d.media_type))
        .text(", size = ")
        .value(d.size)
        .text(", sha256 = ")
        .value(&d.sha256)
        .text(" WHERE state = 'PENDING' AND id = ")
        .value(d.id)
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// Notes that one more kit item uses it. False where it is not available, or no longer.
///
/// # Errors
/// A fault from the database.
pub async fn take(tx: &mut Tx, id: DocumentId) -> Result<bool> {
    let update = sql("UPDATE document SET uses = uses + 1 WHERE state = 'READY' AND id = ").value(id);
    Ok(update.run(tx).await? == 1)
}

/// Notes that one kit item less uses it; the last one dooms it.
///
/// # Errors
/// A fault from the database.
pub async fn release(tx: &mut Tx, id: DocumentId) -> Result<()> {
    sql("UPDATE document SET uses = uses - 1, state = CASE WHEN uses = 1 THEN 'DOOMED' ELSE state END WHERE id = ")
        .value(id)
        .run(tx)
        .await
        .map(drop)
}

/// Dooms a document that no kit uses.
///
/// # Errors
/// A fault from the database.
pub async fn doom(tx: &mut Tx, id: DocumentId) -> Result<()> {
    sql("UPDATE document SET state = 'DOOMED' WHERE uses = 0 AND id = ").value(id).run(tx).await.map(drop)
}

/// Dooms what was on its way before `until` and never arrived whole, of one territory or of all; how many.
///
/// # Errors
/// A fault from the database.
pub async fn doom_pending_before(tx: &mut Tx, territory: Option<TerritoryId>, until: Ts) -> Result<u64> {
    let update = sql("UPDATE document SET state = 'DOOMED' WHERE state = 'PENDING' AND created_at < ").value(until);
    match territory {
        Some(territory) => update.text(" AND territory = ").value(territory).run(tx).await,
        None => update.run(tx).await,
    }
}

/// Dooms all that was uploaded before `until` and that no kit uses; how many.
///
/// # Errors
/// A fault from the database.
pub async fn doom_unused_before(tx: &mut Tx, until: Ts) -> Result<u64> {
    let update = sql("UPDATE document SET state = 'DOOMED' WHERE uses = 0 AND state <> 'DOOMED' AND created_at < ");
    update.value(until).run(tx).await
}

struct Doomed {
    id: DocumentId,
}
record!(Doomed { id });

/// Some of the documents whose bytes are to be taken away.
///
/// # Errors
/// A fault from the database.
pub async fn doomed(on: impl Into<Conn<'_>>, limit: i64) -> Result<Vec<DocumentId>> {
    let select = sql("SELECT id FROM document WHERE uses = 0 AND state = 'DOOMED' ORDER BY created_at LIMIT ");
    let rows: Vec<Doomed> = select.value(limit).all(on).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Forgets a doomed document whose bytes are gone.
///
/// # Errors
/// A fault from the database.
pub async fn delete_doomed(tx: &mut Tx, ids: &[DocumentId]) -> Result<()> {
    sql("DELETE FROM document WHERE state = 'DOOMED' AND id").any(ids).run(tx).await.map(drop)
}
