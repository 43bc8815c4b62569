//! Whether the documents and people that a request names belong where they should.
use crate::{
    domain::id::{ContactId, Id, KitItemId, PracticeId, TerritoryId},
    store::{Conn, Result, sql::*},
};
use uuid::Uuid;

struct Found {
    id: Uuid,
}
record!(Found { id });

/// Those of `items` that are documents of the practice's kit.
///
/// # Errors
/// A fault from the database.
pub async fn kit_items_of(
    on: impl Into<Conn<'_>>,
    practice: PracticeId,
    items: &[KitItemId],
) -> Result<Vec<KitItemId>> {
    let select = sql("SELECT k.id FROM kit_item k WHERE k.practice = ").value(practice).text(" AND k.id").any(items);
    Ok(select.all::<Found>(on).await?.into_iter().map(|found| Id::of(found.id)).collect())
}

/// Whether that contact person is one of the territory's, and still is.
///
/// # Errors
/// A fault from the database.
pub async fn has_contact(on: impl Into<Conn<'_>>, territory: TerritoryId, contact: ContactId) -> Result<bool> {
    let select = sql("SELECT c.id FROM contact_person c WHERE c.removed_at IS NULL AND c.territory = ").value(territory);
    Ok(select.text(" AND c.id = ").value(contact).optional::<Found>(on).await?.is_some())
}
