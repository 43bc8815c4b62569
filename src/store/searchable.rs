//! What the search index reads: which practices are public, and the titles of their kits.
use super::{Conn, Result, sql::*};
use crate::domain::{id::PracticeId, permission::PracticeStatus};
use std::collections::HashMap;
use uuid::Uuid;

struct Key {
    id: PracticeId,
}
record!(Key { id });

/// The public practices whose id is greater than `after`, in the order of ids, at most so many.
///
/// # Errors
/// A fault from the database.
pub async fn public_after(on: impl Into<Conn<'_>>, after: Uuid, limit: i64) -> Result<Vec<PracticeId>> {
    let public = sql("SELECT id FROM practice WHERE status = ").value(word(PracticeStatus::Published));
    let public = public.text(" AND id > ").value(after).text(" ORDER BY id LIMIT ").value(limit);
    Ok(public.all::<Key>(on).await?.into_iter().map(|row| row.id).collect())
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many practices are public.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>) -> Result<i64> {
    let public = sql("SELECT COUNT(*) AS n FROM practice WHERE status = ").value(word(PracticeStatus::Published));
    Ok(public.one::<Count>(on).await?.n)
}

struct Title {
    practice: PracticeId,
    title: String,
}
record!(Title { practice, title });

/// The titles of these practices' kits, without their texts.
///
/// # Errors
/// A fault from the database.
pub async fn kit_titles(on: impl Into<Conn<'_>>, ids: &[PracticeId]) -> Result<HashMap<PracticeId, Vec<String>>> {
    let titles = sql("SELECT practice, title FROM kit_item WHERE practice").any(ids);
    let rows: Vec<Title> = titles.text(" ORDER BY practice, position, id").all(on).await?;
    let mut titles: HashMap<PracticeId, Vec<String>> = HashMap::new();
    for row in rows {
        titles.entry(row.practice).or_default().push(row.title);
    }
    Ok(titles)
}
