//! As what each request, and each copy that no request brought, is counted.
use crate::{
    domain::{
        id::{PracticeId, RequestId, TerritoryId},
        network::Counted,
        time::Ts,
    },
    store::{Conn, Result, Tx, sql::*},
};

record!(Counted {
    request,
    requester,
    owner,
    month,
    field,
    state: word,
    answered_days,
    messages,
    replicated,
    illustrative,
    vitality_6: maybe_word,
    vitality_12: maybe_word
});

const COLUMNS: &str = "request, requester, owner, month, field, state, answered_days, messages, replicated, illustrative, \
    vitality_6, vitality_12";

/// As what a request is counted, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn counted(tx: &mut Tx, request: RequestId) -> Result<Option<Counted>> {
    let found = sql("SELECT ").text(COLUMNS).text(" FROM network_request WHERE request = ").value(request);
    found.for_update().optional(tx).await
}

/// Notes as what a request is counted from now on. Give the sums to [`Tx::network`].
///
/// # Errors
/// A fault from the database.
pub async fn replace(tx: &mut Tx, c: &Counted) -> Result<()> {
    sql("INSERT INTO network_request (")
        .text(COLUMNS)
        .text(") VALUES (")
        .values([
            c.request.into(),
            c.requester.into(),
            c.owner.into(),
            c.month.into(),
            (&c.field).into(),
            word(c.state),
            c.answered_days.into(),
            c.messages.into(),
            c.replicated.into(),
            c.illustrative.into(),
            c.vitality_6.map_or(Arg::Text(None), word),
            c.vitality_12.map_or(Arg::Text(None), word),
        ])
        .text(
            ") ON CONFLICT (request) DO UPDATE SET state = excluded.state, answered_days = excluded.answered_days, \
             messages = excluded.messages, replicated = excluded.replicated, vitality_6 = excluded.vitality_6, \
             vitality_12 = excluded.vitality_12",
        )
        .run(tx)
        .await
        .map(drop)
}

/// A copy that no request brought, as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The copy.
    pub child: PracticeId,
    /// The original.
    pub parent: PracticeId,
    /// Whose the copy is.
    pub requester: TerritoryId,
    /// Whose the original is.
    pub owner: TerritoryId,
    /// Month of the confirmation.
    pub month: i64,
    /// Field of the original then.
    pub field: String,
    /// Whether one of the two is made up.
    pub illustrative: bool,
}
record!(Copy { child, parent, requester, owner, month, field, illustrative });

/// Notes a copy. False where it was noted before.
///
/// # Errors
/// A fault from the database.
pub async fn copy(tx: &mut Tx, c: &Copy) -> Result<bool> {
    let rows = sql("INSERT INTO network_copy (child, parent, requester, owner, month, field, illustrative) VALUES (")
        .values([
            c.child.into(),
            c.parent.into(),
            c.requester.into(),
            c.owner.into(),
            c.month.into(),
            (&c.field).into(),
            c.illustrative.into(),
        ])
        .text(") ON CONFLICT (child, parent) DO NOTHING")
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// The copies that a practice is the child or the parent of.
///
/// # Errors
/// A fault from the database.
pub async fn copies_of(tx: &mut Tx, practice: PracticeId) -> Result<Vec<Copy>> {
    sql("SELECT child, parent, requester, owner, month, field, illustrative FROM network_copy WHERE child = ")
        .value(practice)
        .text(" OR parent = ")
        .value(practice)
        .all(tx)
        .await
}

/// Forgets a copy.
///
/// # Errors
/// A fault from the database.
pub async fn forget_copy(tx: &mut Tx, child: PracticeId, parent: PracticeId) -> Result<()> {
    let gone = sql("DELETE FROM network_copy WHERE child = ").value(child).text(" AND parent = ").value(parent);
    gone.run(tx).await.map(drop)
}

/// Forgets all sums and as what everything is counted.
///
/// # Errors
/// A fault from the database.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    for table in [
        "DELETE FROM network_request",
        "DELETE FROM network_copy",
        "DELETE FROM network_exchange",
        "DELETE FROM network_answer",
        "DELETE FROM network_month",
        "DELETE FROM network_month_answer",
    ] {
        sql(table).run(&mut *tx).await?;
    }
    Ok(())
}

const RECOUNTED: &str = "network";

struct One {
    n: i64,
}
record!(One { n });

/// Whether all that was there before the sums were kept has been counted.
///
/// # Errors
/// A fault from the database.
pub async fn is_recounted(on: impl Into<Conn<'_>>) -> Result<bool> {
    let found = sql("SELECT COUNT(*) AS n FROM follower WHERE name = ").value(RECOUNTED);
    Ok(found.one::<One>(on).await?.n > 0)
}

/// Notes that it has. Whoever comes second waits here until the first is done.
///
/// # Errors
/// A fault from the database.
pub async fn note_recounted(tx: &mut Tx) -> Result<bool> {
    let note =
        sql("INSERT INTO follower (name, seq) VALUES (").value(RECOUNTED).text(", 0) ON CONFLICT (name) DO NOTHING");
    Ok(note.run(tx).await? == 1)
}

/// A request that was sent and is not counted, with its practice's field and when its owner first said yes or no.
#[derive(Clone, Debug)]
pub struct Uncounted {
    /// Which.
    pub request: RequestId,
    /// Field of its practice.
    pub field: Option<String>,
    /// Messages in its conversation.
    pub messages: i64,
    /// When its owner first said yes or no.
    pub answered_at: Option<Ts>,
    /// When something last happened to it.
    pub last_at: Ts,
}
record!(Uncounted { request, field, messages, answered_at, last_at });

/// What is to be known of requests that were sent and are not counted, at most `limit`.
///
/// # Errors
/// A fault from the database.
pub async fn uncounted(tx: &mut Tx, limit: i64) -> Result<Vec<Uncounted>> {
    sql("SELECT r.id AS request, p.field, COALESCE((SELECT c.messages_count FROM conversation c WHERE c.request = r.id), 0) \
         AS messages, (SELECT MIN(e.at) FROM request_event e WHERE e.request = r.id AND e.from_state IN ('SENT', 'ACKNOWLEDGED') \
         AND e.to_state IN ('ACCEPTED', 'DECLINED')) AS answered_at, r.updated_at AS last_at FROM replication_request r \
         JOIN practice p ON p.id = r.practice WHERE r.sent_at IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM network_request n WHERE n.request = r.id) ORDER BY r.id LIMIT ")
        .value(limit)
        .all(tx)
        .await
}

struct Edge {
    child: PracticeId,
    parent: PracticeId,
}
record!(Edge { child, parent });

/// The edges of the lineage that are copies no request brought, and not counted: child and parent.
///
/// # Errors
/// A fault from the database.
pub async fn uncounted_copies(tx: &mut Tx) -> Result<Vec<(PracticeId, PracticeId)>> {
    let edges = sql("SELECT e.child, e.parent FROM lineage_edge e WHERE e.kind IN ('COPIED', 'ADAPTED') \
         AND e.confirmed_at IS NOT NULL AND e.request IS NULL AND NOT EXISTS \
         (SELECT 1 FROM network_copy n WHERE n.child = e.child AND n.parent = e.parent)");
    Ok(edges.all::<Edge>(tx).await?.into_iter().map(|edge| (edge.child, edge.parent)).collect())
}
