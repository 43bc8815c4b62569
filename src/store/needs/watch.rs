//! Who is told of practices that answer a need.
use crate::{
    domain::{
        id::{NeedId, PersonId},
        time::Ts,
    },
    store::{Conn, Result, Tx, sql::*},
};

/// Somebody who watches a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watcher {
    /// Which need.
    pub need: NeedId,
    /// Who.
    pub person: PersonId,
}
record!(Watcher { need, person });

/// Lets a person watch a need. Twice is as once.
///
/// # Errors
/// A fault from the database.
pub async fn watch(tx: &mut Tx, need: NeedId, person: PersonId, now: Ts) -> Result<()> {
    let insert = sql("INSERT INTO need_watch (need, person, since) VALUES (");
    let insert = insert.values([need.into(), person.into(), now.into()]);
    insert.text(") ON CONFLICT (need, person) DO NOTHING").run(tx).await.map(drop)
}

/// Ends a person's watch of a need. Twice is as once.
///
/// # Errors
/// A fault from the database.
pub async fn unwatch(tx: &mut Tx, need: NeedId, person: PersonId) -> Result<()> {
    let delete = sql("DELETE FROM need_watch WHERE need = ").value(need).text(" AND person = ").value(person);
    delete.run(tx).await.map(drop)
}

/// Which of these needs a person watches.
///
/// # Errors
/// A fault from the database.
pub async fn watched(on: impl Into<Conn<'_>>, person: PersonId, needs: &[NeedId]) -> Result<Vec<NeedId>> {
    let select = sql("SELECT need, person FROM need_watch WHERE person = ").value(person).text(" AND need").any(needs);
    Ok(select.all::<Watcher>(on).await?.into_iter().map(|row| row.need).collect())
}

/// Who watches these needs, whether or not they still may.
///
/// # Errors
/// A fault from the database.
pub async fn watchers(on: impl Into<Conn<'_>>, needs: &[NeedId]) -> Result<Vec<Watcher>> {
    sql("SELECT need, person FROM need_watch WHERE need").any(needs).text(" ORDER BY need, person").all(on).await
}
