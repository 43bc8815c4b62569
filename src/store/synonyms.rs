//! Words of the field that mean the same, as search uses them.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::synonym::Synonym;

record!(Synonym { word, meaning, both_ways });

/// All of them; some hundreds.
///
/// # Errors
/// A fault from the database.
pub async fn all(on: impl Into<Conn<'_>>) -> Result<Vec<Synonym>> {
    sql("SELECT word, meaning, both_ways FROM synonym ORDER BY word, meaning").all(on).await
}

/// Holds back whoever else changes synonyms until the transaction ends; who reads them does not wait. SQLite has one
/// writer and needs no word for it.
///
/// # Errors
/// A fault from the database.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    let lock = sql("").engine("SELECT 1", "LOCK TABLE synonym IN SHARE ROW EXCLUSIVE MODE");
    lock.run(tx).await.map(drop)
}

/// Takes one away, in this very spelling.
///
/// # Errors
/// A fault from the database.
pub async fn remove(tx: &mut Tx, s: &Synonym) -> Result<()> {
    let delete = sql("DELETE FROM synonym WHERE word = ").value(&s.word).text(" AND meaning = ").value(&s.meaning);
    delete.run(tx).await.map(drop)
}

/// Writes one, new or changed.
///
/// # Errors
/// A fault from the database.
pub async fn save(tx: &mut Tx, s: &Synonym) -> Result<()> {
    sql("INSERT INTO synonym (word, meaning, both_ways) VALUES (")
        .values([(&s.word).into(), (&s.meaning).into(), s.both_ways.into()])
        .text(") ON CONFLICT (word, meaning) DO UPDATE SET both_ways = excluded.both_ways")
        .run(tx)
        .await
        .map(drop)
}
