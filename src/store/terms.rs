//! Terms of the vocabularies, with the days they are valid.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::term::Term;

record!(Term { scheme: word, code, label_it, label_en, valid_from: parse, valid_to: maybe_parse, position });

/// All terms, past and present, by vocabulary and place. A few hundred: kept in memory by who needs them often.
///
/// # Errors
/// A fault from the database.
pub async fn all(on: impl Into<Conn<'_>>) -> Result<Vec<Term>> {
    sql("SELECT scheme, code, label_it, label_en, valid_from, valid_to, position FROM term \
         ORDER BY scheme, position, code, valid_from")
    .all(on)
    .await
}

/// Holds back whoever else changes vocabularies until the transaction ends; who reads them does not wait. SQLite has one
/// writer and needs no word for it.
///
/// # Errors
/// A fault from the database.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    let lock = sql("").engine("SELECT 1", "LOCK TABLE term IN SHARE ROW EXCLUSIVE MODE");
    lock.run(tx).await.map(drop)
}

/// Writes a term, new or changed.
///
/// # Errors
/// A fault from the database.
pub async fn save(tx: &mut Tx, t: &Term) -> Result<()> {
    sql("INSERT INTO term (scheme, code, valid_from, valid_to, label_it, label_en, position) VALUES (")
        .values([
            word(t.scheme),
            (&t.code).into(),
            t.valid_from.to_string().into(),
            t.valid_to.map(|day| day.to_string()).into(),
            (&t.label_it).into(),
            (&t.label_en).into(),
            t.position.into(),
        ])
        .text(
            ") ON CONFLICT (scheme, code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, \
             label_it = excluded.label_it, label_en = excluded.label_en, position = excluded.position",
        )
        .run(tx)
        .await
        .map(drop)
}
