//! Contact people and role mailboxes of territories, and which practices they answer for.
use super::{Conn, Result, Tx, sql::*};
use crate::domain::{
    contact::ContactPerson,
    id::{ContactId, PracticeId, TerritoryId},
    page::{Cursor, Key, Page, PageRequest},
};

record!(ContactPerson {
    id,
    territory,
    person,
    name,
    role,
    email,
    phone,
    visibility: word,
    accepts_requests,
    is_role_mailbox,
    version,
    created_at,
    removed_at
});

const COLUMNS: &str = "c.id, c.territory, c.person, c.name, c.role, c.email, c.phone, c.visibility, \
    c.accepts_requests, c.is_role_mailbox, c.version, c.created_at, c.removed_at";

fn select() -> Sql {
    sql("SELECT ").text(COLUMNS).text(" FROM contact_person c")
}

/// The contacts with these ids, in no order; removed ones too.
///
/// # Errors
/// A fault from the database.
pub async fn find_many(on: impl Into<Conn<'_>>, ids: &[ContactId]) -> Result<Vec<ContactPerson>> {
    select().text(" WHERE c.id").any(ids).all(on).await
}

/// The contact with this id unless it was removed, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, id: ContactId) -> Result<Option<ContactPerson>> {
    select().text(" WHERE c.removed_at IS NULL AND c.id = ").value(id).for_update().optional(tx).await
}

/// One page of a territory's contacts, first added first.
///
/// # Errors
/// A fault from the database.
pub async fn list(on: impl Into<Conn<'_>>, territory: TerritoryId, page: &PageRequest) -> Result<Page<ContactPerson>> {
    let key = |c: &ContactPerson| Cursor { key: Key::Time(c.created_at), id: c.id.uuid() };
    let order = Order { column: "c.created_at", id: "c.id", descending: false };
    let here = select().text(" WHERE c.removed_at IS NULL AND c.territory = ").value(territory);
    here.page(on, order, page, key).await
}

struct Count {
    n: i64,
}
record!(Count { n });

/// How many contacts a territory has.
///
/// # Errors
/// A fault from the database.
pub async fn count(on: impl Into<Conn<'_>>, territory: TerritoryId) -> Result<i64> {
    let count = sql("SELECT COUNT(*) AS n FROM contact_person WHERE removed_at IS NULL AND territory = ");
    Ok(count.value(territory).one::<Count>(on).await?.n)
}

struct Linked {
    practice: PracticeId,
    contact: ContactId,
}
record!(Linked { practice, contact });

/// A contact of a practice.
pub struct OfPractice {
    /// The practice.
    pub practice: PracticeId,
    /// Who answers for it.
    pub contact: ContactPerson,
}

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for OfPractice
where
    ContactPerson: sqlx::FromRow<'r, R>,
    Linked: sqlx::FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> std::result::Result<Self, sqlx::Error> {
        Ok(Self { practice: Linked::from_row(row)?.practice, contact: ContactPerson::from_row(row)? })
    }
}

/// The contacts of these practices, in each practice's order.
///
/// # Errors
/// A fault from the database.
pub async fn of_practices(on: impl Into<Conn<'_>>, practices: &[PracticeId]) -> Result<Vec<OfPractice>> {
    sql("SELECT l.practice, l.contact, ")
        .text(COLUMNS)
        .text(" FROM practice_contact l JOIN contact_person c ON c.id = l.contact WHERE c.removed_at IS NULL AND l.practice")
        .any(practices)
        .text(" ORDER BY l.practice, l.position")
        .all(on)
        .await
}

/// The practices that each of these contacts answers for.
///
/// # Errors
/// A fault from the database.
pub async fn practices_of(on: impl Into<Conn<'_>>, contacts: &[ContactId]) -> Result<Vec<(ContactId, PracticeId)>> {
    let select = sql("SELECT practice, contact FROM practice_contact WHERE contact").any(contacts);
    let rows: Vec<Linked> = select.text(" ORDER BY contact, practice").all(on).await?;
    Ok(rows.into_iter().map(|row| (row.contact, row.practice)).collect())
}

struct Partners {
    territory: TerritoryId,
    partner: TerritoryId,
}
record!(Partners { territory, partner });

/// Which of `viewers` share an accepted request with each of `territories`, whichever of the two asked: the parties
/// that a contact's visibility `PARTIES` means.
///
/// # Errors
/// A fault from the database.
pub async fn parties(
    on: impl Into<Conn<'_>>,
    territories: &[TerritoryId],
    viewers: &[TerritoryId],
) -> Result<Vec<(TerritoryId, TerritoryId)>> {
    let rows: Vec<Partners> = sql("SELECT owner AS territory, requester AS partner FROM replication_request \
         WHERE state IN ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED') AND owner")
    .any(territories)
    .text(" AND requester")
    .any(viewers)
    .text(
        " UNION SELECT requester AS territory, owner AS partner FROM replication_request \
         WHERE state IN ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED') AND requester",
    )
    .any(territories)
    .text(" AND owner")
    .any(viewers)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|row| (row.territory, row.partner)).collect())
}

/// Adds a contact.
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, c: &ContactPerson) -> Result<()> {
    sql("INSERT INTO contact_person (id, territory, person, name, role, email, phone, visibility, accepts_requests, \
         is_role_mailbox, version, created_at) VALUES (")
    .values([
        c.id.into(),
        c.territory.into(),
        c.person.into(),
        (&c.name).into(),
        (&c.role).into(),
        c.email.clone().into(),
        c.phone.clone().into(),
        word(c.visibility),
        c.accepts_requests.into(),
        c.is_role_mailbox.into(),
        c.version.into(),
        c.created_at.into(),
    ])
    .text(")")
    .run(tx)
    .await
    .map(drop)
}

/// Writes everything that an edit or a removal may have changed. The caller holds the row's lock.
///
/// # Errors
/// A fault from the database.
pub async fn update(tx: &mut Tx, c: &ContactPerson) -> Result<()> {
    sql("UPDATE contact_person SET name = ")
        .value(&c.name)
        .text(", role = ")
        .value(&c.role)
        .text(", email = ")
        .value(c.email.clone())
        .text(", phone = ")
        .value(c.phone.clone())
        .text(", visibility = ")
        .value(word(c.visibility))
        .text(", accepts_requests = ")
        .value(c.accepts_requests)
        .text(", is_role_mailbox = ")
        .value(c.is_role_mailbox)
        .text(", version = ")
        .value(c.version)
        .text(", removed_at = ")
        .value(c.removed_at)
        .text(" WHERE id = ")
        .value(c.id)
        .run(tx)
        .await
        .map(drop)
}

/// Says who answers for a practice, in this order.
///
/// # Errors
/// A fault from the database.
pub async fn set_of_practice(tx: &mut Tx, practice: PracticeId, contacts: &[ContactId]) -> Result<()> {
    sql("DELETE FROM practice_contact WHERE practice = ").value(practice).run(tx).await?;
    for (position, contact) in (0_i64..).zip(contacts) {
        sql("INSERT INTO practice_contact (practice, contact, position) VALUES (")
            .values([practice.into(), (*contact).into(), position.into()])
            .text(")")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Takes a contact off all practices.
///
/// # Errors
/// A fault from the database.
pub async fn unlink(tx: &mut Tx, contact: ContactId) -> Result<()> {
    sql("DELETE FROM practice_contact WHERE contact = ").value(contact).run(tx).await.map(drop)
}
