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
