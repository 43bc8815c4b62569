//! People, and what they are where.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PersonId, TerritoryId},
    permission::{Role, StaffRole},
    person::Person,
    time::Ts,
};

record!(Person { id, email, name, language: word, created_at });

const SELECT: &str = "SELECT p.id, p.email, p.name, p.language, p.created_at FROM person p";

/// The people with these ids, in no order.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[PersonId]) -> Result<Vec<Person>> {
    sql(SELECT).text(" WHERE p.id").any(ids).all(on).await
}

/// The person with this (folded) address.
///
/// # Errors
/// A fault from the database.
pub async fn find_by_email(on: impl Into<Conn<'_>>, email: &str) -> Result<Option<Person>> {
    sql(SELECT).text(" WHERE p.email = ").value(email).optional(on).await
}

/// Adds a person. False where the address is taken: then nothing was added.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, p: &Person) -> Result<bool> {
    let rows = sql("INSERT INTO person (id, email, name, language, created_at) VALUES (")
        .values([p.id.into(), p.email.clone().into(), (&p.name).into(), word(p.language), p.created_at.into()])
        .text(") ON CONFLICT (email) DO NOTHING")
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// A person's place in one territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub territory: TerritoryId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: Ts,
}
record!(Membership { person, territory, role: word, since });

/// All memberships of these people.
///
/// # Errors
/// A fault from the database.
pub async fn memberships_of(on: impl Into<Conn<'_>>, people: &[PersonId]) -> Result<Vec<Membership>> {
    sql("SELECT person, territory, role, since FROM membership WHERE person").any(people).all(on).await
}

/// Makes somebody a member, or changes the role.
///
/// # Errors
/// A fault from the database.
pub async fn save_membership(tx: &mut Tx, m: Membership) -> Result<()> {
    sql("INSERT INTO membership (person, territory, role, since) VALUES (")
        .values([m.person.into(), m.territory.into(), word(m.role), m.since.into()])
        .text(") ON CONFLICT (person, territory) DO UPDATE SET role = excluded.role")
        .run(tx)
        .await
        .map(drop)
}

struct Staff {
    role: StaffRole,
}
record!(Staff { role: word });

/// What somebody is for the whole hub.
///
/// # Errors
/// A fault from the database.
pub async fn staff_roles(on: impl Into<Conn<'_>>, person: PersonId) -> Result<Vec<StaffRole>> {
    let rows: Vec<Staff> = sql("SELECT role FROM staff WHERE person = ").value(person).all(on).await?;
    Ok(rows.into_iter().map(|row| row.role).collect())
}

/// Gives somebody a role for the whole hub.
///
/// # Errors
/// A fault from the database.
pub async fn add_staff_role(tx: &mut Tx, person: PersonId, role: StaffRole) -> Result<()> {
    sql("INSERT INTO staff (person, role) VALUES (")
        .values([person.into(), word(role)])
        .text(") ON CONFLICT (person, role) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}
