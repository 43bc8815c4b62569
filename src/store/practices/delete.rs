//! Taking a practice away that was never public.
use crate::{
    domain::id::PracticeId,
    store::{Result, Tx, sql::*},
};

/// Deletes a practice for which nobody ever asked, with all that hangs on it but its kit, whose documents are let go
/// first. The request and the conversations that name it do so no longer.
///
/// # Errors
/// A fault from the database.
pub async fn delete(tx: &mut Tx, id: PracticeId) -> Result<()> {
    sql("UPDATE replication_request SET copy = NULL WHERE copy = ").value(id).run(tx).await?;
    sql("UPDATE conversation SET practice = NULL WHERE practice = ").value(id).run(tx).await?;
    sql("DELETE FROM lineage_edge WHERE child = ").value(id).text(" OR parent = ").value(id).run(tx).await?;
    sql("DELETE FROM practice WHERE id = ").value(id).run(tx).await.map(drop)
}
