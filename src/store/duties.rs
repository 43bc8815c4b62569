//! What a contact person answers for: practices, and open requests as mentor. Counted before it passes to another, and
//! passed on in one transaction.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{ContactId, PracticeId, RequestId},
    request::RequestState,
    time::Ts,
};

/// What a contact person answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duties {
    /// Whose.
    pub contact: ContactId,
    /// How many practices it is a contact of.
    pub practices: i64,
    /// Of how many open requests it is the mentor.
    pub requests: i64,
}
record!(Duties { contact, practices, requests });

/// What each of these contacts answers for.
///
/// # Errors
/// A fault from the database.
pub async fn of_contacts(on: impl Into<Conn<'_>>, ids: &[ContactId]) -> Result<Vec<Duties>> {
    sql("SELECT c.id AS contact, (SELECT COUNT(*) FROM practice_contact l WHERE l.contact = c.id) AS practices, \
         (SELECT COUNT(*) FROM replication_request r WHERE r.mentor = c.id AND r.state")
    .any(words(RequestState::open()))
    .text(") AS requests FROM contact_person c WHERE c.id")
    .any(ids)
    .all(on)
    .await
}

struct OfPractice {
    practice: PracticeId,
}
record!(OfPractice { practice });

/// The practices that a contact answers for, locked in one order until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn practices_for_update(tx: &mut Tx, contact: ContactId) -> Result<Vec<PracticeId>> {
    let select = sql("SELECT id AS practice FROM practice WHERE id IN \
                      (SELECT practice FROM practice_contact WHERE contact = ");
    let rows: Vec<OfPractice> = select.value(contact).text(") ORDER BY id").for_update().all(tx).await?;
    Ok(rows.into_iter().map(|row| row.practice).collect())
}

/// Puts one contact in the place of another, in all its practices. Where the new one stands already, the old one goes.
/// The caller holds the practices' locks.
///
/// # Errors
/// A fault from the database.
pub async fn pass_practices(tx: &mut Tx, from: ContactId, to: ContactId) -> Result<()> {
    sql("DELETE FROM practice_contact WHERE contact = ")
        .value(from)
        .text(" AND practice IN (SELECT practice FROM practice_contact WHERE contact = ")
        .value(to)
        .text(")")
        .run(tx)
        .await?;
    let update = sql("UPDATE practice_contact SET contact = ").value(to);
    update.text(" WHERE contact = ").value(from).run(tx).await.map(drop)
}

struct Passed {
    id: RequestId,
}
record!(Passed { id });

/// Makes one contact the mentor of another's open requests; which. Whoever changes one of them meanwhile by the version
/// that was read is told that it changed.
///
/// # Errors
/// A fault from the database.
pub async fn pass_requests(tx: &mut Tx, from: ContactId, to: ContactId, now: Ts) -> Result<Vec<RequestId>> {
    let lock = sql("SELECT id FROM replication_request WHERE mentor = ").value(from).text(" AND state");
    let lock = lock.any(words(RequestState::open())).text(" ORDER BY id").for_update();
    let ids: Vec<RequestId> = lock.all::<Passed>(&mut *tx).await?.into_iter().map(|row| row.id).collect();
    sql("UPDATE replication_request SET version = version + 1, mentor = ")
        .value(to)
        .text(", updated_at = ")
        .value(now)
        .text(" WHERE id")
        .any(&ids[..])
        .run(tx)
        .await?;
    Ok(ids)
}
