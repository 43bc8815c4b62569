//! How much each part of a match counts.
use super::{Conn, Result, Tx, fault, sql::*};
use crate::domain::matching::{Part, Weights};

struct Row {
    part: Part,
    weight: f64,
}
record!(Row { part: word, weight });

/// The weights of all parts.
///
/// # Errors
/// A fault from the database, or where one is missing.
pub async fn all(on: impl Into<Conn<'_>>) -> Result<Weights> {
    let rows: Vec<Row> = sql("SELECT part, weight FROM match_weight").all(on).await?;
    Weights::of(rows.into_iter().map(|row| (row.part, row.weight))).map_err(fault)
}

/// Writes the weights of all parts.
///
/// # Errors
/// A fault from the database.
pub async fn save(tx: &mut Tx, weights: &Weights) -> Result<()> {
    for (part, weight) in weights.iter() {
        sql("INSERT INTO match_weight (part, weight) VALUES (")
            .values([word(part), weight.into()])
            .text(") ON CONFLICT (part) DO UPDATE SET weight = excluded.weight")
            .run(tx)
            .await?;
    }
    Ok(())
}
