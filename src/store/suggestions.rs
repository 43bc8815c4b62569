//! What is read of a territory before practices are suggested to it: what it does already, and what it has already.
use super::{Conn, Result, practices::Sees, sql::*};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    permission::PracticeStatus,
    request::RequestState,
    term::Scheme,
    word::Word,
};

struct Row {
    scheme: Scheme,
    code: String,
}
record!(Row { scheme: word, code });

/// The fields and target groups of a territory's public practices, each once, by code.
///
/// # Errors
/// A fault from the database.
pub async fn own_terms(on: impl Into<Conn<'_>>, owner: TerritoryId) -> Result<Vec<(Scheme, String)>> {
    let terms = sql("SELECT DISTINCT t.scheme, t.code FROM practice p JOIN practice_term t ON t.practice = p.id \
         WHERE p.owner = ")
    .value(owner)
    .text(" AND p.status = ")
    .value(word(PracticeStatus::Published))
    .text(" AND t.scheme")
    .any(words(&[Scheme::Field, Scheme::Target]));
    let rows: Vec<Row> = terms.text(" ORDER BY t.scheme, t.code").all(on).await?;
    Ok(rows.into_iter().map(|row| (row.scheme, row.code)).collect())
}

struct Taken {
    practice: PracticeId,
}
record!(Taken { practice });

/// The practices that a territory has copied, as far as its copies may be seen, and where `with_requests` those that it
/// has an open request for.
///
/// # Errors
/// A fault from the database.
pub async fn taken(
    on: impl Into<Conn<'_>>,
    sees: &Sees,
    territory: TerritoryId,
    with_requests: bool,
) -> Result<Vec<PracticeId>> {
    let copied = sql("SELECT e.parent AS practice FROM practice p JOIN lineage_edge e ON e.child = p.id \
         WHERE e.kind IN ('COPIED', 'ADAPTED') AND p.owner = ")
    .value(territory);
    let mut taken = sees.narrow(copied);
    if with_requests {
        let open: Vec<RequestState> = RequestState::ALL.iter().copied().filter(|state| state.is_open()).collect();
        taken = taken.text(" UNION SELECT practice FROM replication_request WHERE requester = ").value(territory);
        taken = taken.text(" AND state").any(words(&open));
    }
    Ok(taken.all::<Taken>(on).await?.into_iter().map(|row| row.practice).collect())
}
