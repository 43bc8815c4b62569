//! People, and what they are where.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    id::{PersonId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
    permission::{Role, StaffRole},
    person::Person,
    text::Language,
    time::Ts,
    word::Word,
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

/// Lets one transaction at a time change what belongs to a person. False where there is no such person any more.
///
/// # Errors
/// A fault from the database.
pub async fn lock(tx: &mut Tx, id: PersonId) -> Result<bool> {
    let select = sql(SELECT).text(" WHERE p.id = ").value(id).text(" AND p.erased_at IS NULL").for_update();
    Ok(select.optional::<Person>(tx).await?.is_some())
}

/// Changes a person's name and language.
///
/// # Errors
/// A fault from the database.
pub async fn update_profile(tx: &mut Tx, id: PersonId, name: &str, language: Language) -> Result<u64> {
    sql("UPDATE person SET name = ")
        .value(name)
        .text(", language = ")
        .value(word(language))
        .text(" WHERE id = ")
        .value(id)
        .text(" AND erased_at IS NULL")
        .run(tx)
        .await
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

/// What somebody is in one territory.
///
/// # Errors
/// A fault from the database.
pub async fn membership(on: impl Into<Conn<'_>>, person: PersonId, at: TerritoryId) -> Result<Option<Membership>> {
    let select = sql("SELECT person, territory, role, since FROM membership WHERE person = ").value(person);
    select.text(" AND territory = ").value(at).optional(on).await
}

/// All members of a territory, locked in one order, so that two who change each other wait for one another.
///
/// # Errors
/// A fault from the database.
pub async fn members_for_update(tx: &mut Tx, territory: TerritoryId) -> Result<Vec<Membership>> {
    let select = sql("SELECT person, territory, role, since FROM membership WHERE territory = ").value(territory);
    select.text(" ORDER BY person").for_update().all(tx).await
}

/// One page of a territory's members, in the order they came.
///
/// # Errors
/// A fault from the database.
pub async fn members(on: impl Into<Conn<'_>>, territory: TerritoryId, page: &PageRequest) -> Result<Page<Membership>> {
    let order = Order { column: "m.since", id: "m.person", descending: false };
    let key = |m: &Membership| Cursor { key: Key::Time(m.since), id: m.person.uuid() };
    let select = sql("SELECT m.person, m.territory, m.role, m.since FROM membership m WHERE m.territory = ");
    select.value(territory).page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many members a territory has.
///
/// # Errors
/// A fault from the database.
pub async fn count_members(on: impl Into<Conn<'_>>, territory: TerritoryId) -> Result<i64> {
    Ok(sql("SELECT COUNT(*) AS n FROM membership WHERE territory = ").value(territory).one::<Count>(on).await?.n)
}

struct Coordinators {
    territory: TerritoryId,
    n: i64,
}
record!(Coordinators { territory, n });

/// How many coordinators these territories have; none is left out.
///
/// # Errors
/// A fault from the database.
pub async fn coordinators(on: impl Into<Conn<'_>>, territories: &[TerritoryId]) -> Result<Vec<(TerritoryId, i64)>> {
    let rows: Vec<Coordinators> = sql("SELECT territory, COUNT(*) AS n FROM membership WHERE territory")
        .any(territories)
        .text(" AND role = 'COORDINATOR' GROUP BY territory")
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.territory, row.n)).collect())
}

/// Ends a membership; false where there was none.
///
/// # Errors
/// A fault from the database.
pub async fn remove_membership(tx: &mut Tx, person: PersonId, territory: TerritoryId) -> Result<bool> {
    let delete = sql("DELETE FROM membership WHERE person = ").value(person).text(" AND territory = ").value(territory);
    Ok(delete.run(tx).await? == 1)
}

/// What somebody is in territories and for the whole hub.
#[derive(Clone, Debug, Default)]
pub struct Qualities {
    /// In which territories, as what.
    pub memberships: Vec<(TerritoryId, Role)>,
    /// For the whole hub.
    pub staff: Vec<StaffRole>,
}

/// The columns and joins that bring what the person `p` is along with a statement about them, so that a request of
/// somebody who is signed in asks once: as many rows as there are pairs of a membership and a role for the whole hub.
pub(super) const QUALITIES: &str = "q.territory, q.role, h.role AS staff";
/// See [`QUALITIES`].
pub(super) const WITH_QUALITIES: &str =
    " LEFT JOIN membership q ON q.person = p.id LEFT JOIN staff h ON h.person = p.id";

/// One row of [`QUALITIES`].
pub(super) struct Quality {
    territory: Option<TerritoryId>,
    role: Option<String>,
    staff: Option<String>,
}
record!(Quality { territory, role, staff });

impl FromIterator<Quality> for Qualities {
    fn from_iter<I: IntoIterator<Item = Quality>>(rows: I) -> Self {
        let mut all = Self::default();
        for row in rows {
            let role = row.role.as_deref().and_then(Role::parse);
            let member = row.territory.zip(role).filter(|member| !all.memberships.contains(member));
            let staff = row.staff.as_deref().and_then(StaffRole::parse).filter(|role| !all.staff.contains(role));
            all.memberships.extend(member);
            all.staff.extend(staff);
        }
        all
    }
}

/// What somebody is in territories and for the whole hub.
///
/// # Errors
/// A fault from the database.
pub async fn qualities(on: impl Into<Conn<'_>>, person: PersonId) -> Result<Qualities> {
    let select = sql("SELECT ").text(QUALITIES).text(" FROM person p").text(WITH_QUALITIES);
    Ok(select.text(" WHERE p.id = ").value(person).all::<Quality>(on).await?.into_iter().collect())
}

/// A row of something with one of [`QUALITIES`] beside it.
pub(super) struct With<T>(T, Quality);

impl<'r, R: sqlx::Row, T: sqlx::FromRow<'r, R>> sqlx::FromRow<'r, R> for With<T>
where
    Quality: sqlx::FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> std::result::Result<Self, sqlx::Error> {
        Ok(Self(T::from_row(row)?, Quality::from_row(row)?))
    }
}

/// The one thing that these rows are about, if there is one, and all that its person is.
pub(super) fn gathered<T>(rows: Vec<With<T>>) -> Option<(T, Qualities)> {
    let mut things = Vec::new();
    let qualities = rows.into_iter().map(|With(thing, quality)| (things.push(thing), quality).1).collect();
    things.into_iter().next().map(|thing| (thing, qualities))
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
