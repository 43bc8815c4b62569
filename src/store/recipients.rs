//! Whom letters are written to: people with an address, by what they are where.
use super::{Conn, Result, sql::*};
use crate::domain::{
    id::{PersonId, TerritoryId},
    permission::{Role, StaffRole},
    person::Person,
};

const SELECT: &str = "SELECT p.id, p.email, p.name, p.language, p.created_at FROM person p";

/// The people with this role in a territory whom a letter reaches, in the order they came.
///
/// # Errors
/// A fault from the database.
pub async fn of_territory(on: impl Into<Conn<'_>>, territory: TerritoryId, role: Role) -> Result<Vec<Person>> {
    let select = sql(SELECT).text(" JOIN membership m ON m.person = p.id WHERE p.email IS NOT NULL AND m.territory = ");
    select.value(territory).text(" AND m.role = ").value(word(role)).text(" ORDER BY m.since, p.id").all(on).await
}

/// Those of these people who still belong to the territory and whom a letter reaches.
///
/// # Errors
/// A fault from the database.
pub async fn still_of_territory(
    on: impl Into<Conn<'_>>,
    territory: TerritoryId,
    people: &[PersonId],
) -> Result<Vec<Person>> {
    let select = sql(SELECT).text(" JOIN membership m ON m.person = p.id WHERE p.email IS NOT NULL AND m.territory = ");
    select.value(territory).text(" AND p.id").any(people).text(" ORDER BY m.since, p.id").all(on).await
}

/// The people with this role for the whole hub whom a letter reaches.
///
/// # Errors
/// A fault from the database.
pub async fn of_staff(on: impl Into<Conn<'_>>, role: StaffRole) -> Result<Vec<Person>> {
    let select = sql(SELECT).text(" JOIN staff s ON s.person = p.id WHERE p.email IS NOT NULL AND s.role = ");
    select.value(word(role)).text(" ORDER BY p.id").all(on).await
}
