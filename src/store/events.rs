//! The numbered log: appended to as the last act of each transaction, followed by mail, subscriptions, search and
//! deadlines.
use super::{Conn, Result, Tx, connect::CHANNEL, heads::Heads, sql::*};
use crate::domain::{
    event::{Event, EventKind, NewEvent},
    id::{PracticeId, TerritoryId},
    time::Ts,
};
use uuid::Uuid;

record!(Event { seq, at, kind: word, subject, actor, data: json });

struct Head {
    seq: i64,
}
record!(Head { seq });

/// Numbers and writes the events; gives back the last numbers. The lock on `log_head` is held only from here to the
/// commit, so the numbers have no gaps and are in the order of the commits: a reader may follow with `seq > last`.
pub(super) async fn append(tx: &mut Tx, events: Vec<NewEvent>, now: Ts) -> Result<Heads> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let mut update = sql("UPDATE log_head SET seq = seq + ").value(count);
    let some = |changes: fn(EventKind) -> bool| events.iter().any(|event| changes(event.kind));
    if some(EventKind::changes_public_data) {
        update = update.text(", public_seq = seq + ").value(count);
    }
    if some(EventKind::changes_lists) {
        update = update.text(", lists_seq = seq + ").value(count);
    }
    let heads: Heads = update.text(" RETURNING seq, public_seq, lists_seq").one(&mut *tx).await?;
    let mut seq = heads.seq - count;
    // Six values a row: lots far below the engines' limits on bound values.
    for lot in events.chunks(500) {
        let mut insert = sql("INSERT INTO event (seq, at, kind, subject, actor, data) VALUES ");
        for (i, event) in lot.iter().enumerate() {
            seq += 1;
            insert = insert.text(if i == 0 { "(" } else { ", (" });
            let actor: Option<Uuid> = event.actor.map(crate::domain::id::Id::uuid);
            let row =
                [seq.into(), now.into(), word(event.kind), event.subject.into(), actor.into(), json(&event.data)?];
            insert = insert.values(row).text(")");
        }
        insert.run(tx).await?;
    }
    if let Tx::Postgres { tx, .. } = tx {
        let told = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(heads.told());
        told.execute(&mut **tx).await.map_err(super::fault)?;
    }
    Ok(heads)
}

/// The events after number `seq`, at most `limit`, in order.
///
/// # Errors
/// A fault from the database.
pub async fn after(on: impl Into<Conn<'_>>, seq: i64, limit: i64) -> Result<Vec<Event>> {
    sql("SELECT seq, at, kind, subject, actor, data FROM event WHERE seq > ")
        .value(seq)
        .text(" ORDER BY seq LIMIT ")
        .value(limit)
        .all(on)
        .await
}

/// Whether people have changed a practice of this owner since the hub itself last wrote it: its text, its kit, its
/// contacts, where it stands.
///
/// # Errors
/// A fault from the database.
pub async fn changed_by_people(on: impl Into<Conn<'_>>, practice: PracticeId, owner: TerritoryId) -> Result<bool> {
    use EventKind as K;
    let own = [K::PracticeUpdated, K::PracticeSubmitted, K::PracticeReturned, K::PracticeArchived, K::KitChanged];
    let found =
        sql("SELECT seq FROM event WHERE actor IS NOT NULL AND seq > COALESCE((SELECT MAX(e.seq) FROM event e \
         WHERE e.actor IS NULL AND e.subject = ")
        .value(practice)
        .text(" AND e.kind")
        .any(words(&[K::PracticePublished, K::PracticeUpdated]))
        .text("), 0) AND ((subject = ")
        .value(practice)
        .text(" AND kind")
        .any(words(&own))
        .text(") OR (subject = ")
        .value(owner)
        .text(" AND kind = ")
        .value(word(K::ContactsChanged))
        .engine(" AND json_extract(data, '$.practice') = ", " AND data ->> 'practice' = ")
        .value(practice.to_string())
        .text(")) LIMIT 1");
    Ok(found.optional::<Head>(on).await?.is_some())
}

/// The number of the last event.
///
/// # Errors
/// A fault from the database.
pub async fn head(on: impl Into<Conn<'_>>) -> Result<i64> {
    Ok(sql("SELECT seq FROM log_head").one::<Head>(on).await?.seq)
}

struct When {
    at: Ts,
}
record!(When { at });

/// When something that everybody may read last changed; none where nothing ever has.
///
/// # Errors
/// A fault from the database.
pub async fn last_public_change(on: impl Into<Conn<'_>>) -> Result<Option<Ts>> {
    let last = sql("SELECT e.at FROM event e JOIN log_head h ON e.seq = h.public_seq").optional::<When>(on).await?;
    Ok(last.map(|last| last.at))
}

/// How far the follower `name` has come. Locks its row, so that of several instances one follows at a time.
///
/// # Errors
/// A fault from the database.
pub async fn position(tx: &mut Tx, name: &'static str) -> Result<i64> {
    sql("INSERT INTO follower (name, seq) VALUES (")
        .value(name)
        .text(", 0) ON CONFLICT (name) DO NOTHING")
        .run(tx)
        .await?;
    Ok(sql("SELECT seq FROM follower WHERE name = ").value(name).for_update().one::<Head>(tx).await?.seq)
}

/// How far the follower `name` has come, without locking anything.
///
/// # Errors
/// A fault from the database.
pub async fn place(on: impl Into<Conn<'_>>, name: &'static str) -> Result<i64> {
    let place = sql("SELECT seq FROM follower WHERE name = ").value(name).optional::<Head>(on).await?;
    Ok(place.map_or(0, |place| place.seq))
}

struct About {
    subject: Uuid,
}
record!(About { subject });

/// Which of these are what events of these kinds after number `seq` are about.
///
/// # Errors
/// A fault from the database.
pub async fn touched_after(
    on: impl Into<Conn<'_>>,
    seq: i64,
    kinds: &[EventKind],
    subjects: &[Uuid],
) -> Result<Vec<Uuid>> {
    let about = sql("SELECT DISTINCT subject FROM event WHERE subject").any(Arg::Ids(subjects.to_vec()));
    let about = about.text(" AND seq > ").value(seq).text(" AND kind").any(words(kinds));
    Ok(about.all::<About>(on).await?.into_iter().map(|row| row.subject).collect())
}

/// How many events the follower `name` has not followed yet, without locking anything.
///
/// # Errors
/// A fault from the database.
pub async fn lag(on: impl Into<Conn<'_>>, name: &'static str) -> Result<i64> {
    let lag = sql("SELECT h.seq - COALESCE((SELECT f.seq FROM follower f WHERE f.name = ").value(name);
    Ok(lag.text("), 0) AS seq FROM log_head h").one::<Head>(on).await?.seq)
}

/// A follower, and how many events it has not followed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    /// Its name.
    pub name: String,
    /// How many events.
    pub seq: i64,
}
record!(Lag { name, seq });

/// How far each follower is behind the log.
///
/// # Errors
/// A fault from the database.
pub async fn lags(on: impl Into<Conn<'_>>) -> Result<Vec<Lag>> {
    sql("SELECT f.name, h.seq - f.seq AS seq FROM follower f CROSS JOIN log_head h ORDER BY f.name").all(on).await
}

/// Moves the follower `name` on to `seq`.
///
/// # Errors
/// A fault from the database.
pub async fn advance(tx: &mut Tx, name: &'static str, seq: i64) -> Result<()> {
    sql("UPDATE follower SET seq = ").value(seq).text(" WHERE name = ").value(name).run(tx).await.map(drop)
}
