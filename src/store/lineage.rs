//! Who copied what from whom. Whoever adds an edge first locks `lineage_head`, so that two edges added at once cannot
//! close a cycle together; practices are locked before it, never after.
use super::{Conn, Result, Tx, practices::Sees, sql::*};
use crate::domain::{
    id::PracticeId,
    lineage::{DEEPEST, Edge, MOST_CHILDREN},
    time::Ts,
};

record!(Edge { child, parent, kind: word, request, note, declared_by, declared_at, confirmed_at });

const SELECT: &str = "SELECT e.child, e.parent, e.kind, e.request, e.note, e.declared_by, e.declared_at, \
    e.confirmed_at FROM lineage_edge e";

struct One {
    n: i64,
}
record!(One { n });

/// Takes the lock that keeps the lineage free of cycles, until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    sql("UPDATE lineage_head SET version = version + 1").run(tx).await.map(drop)
}

/// Whether `ancestor` is `practice` or lies above it. Each practice is visited once, so the walk ends.
///
/// # Errors
/// A fault from the database.
pub async fn descends(tx: &mut Tx, practice: PracticeId, ancestor: PracticeId) -> Result<bool> {
    let found: One = sql("WITH RECURSIVE up (practice) AS (SELECT id FROM practice WHERE id = ")
        .value(practice)
        .text(
            " UNION SELECT e.parent FROM up JOIN lineage_edge e ON e.child = up.practice) \
             SELECT COUNT(*) AS n FROM up WHERE practice = ",
        )
        .value(ancestor)
        .one(tx)
        .await?;
    Ok(found.n > 0)
}

/// The edge from `child` to `parent`, locked until the transaction ends.
///
/// # Errors
/// A fault from the database.
pub async fn find_for_update(tx: &mut Tx, child: PracticeId, parent: PracticeId) -> Result<Option<Edge>> {
    let edge = sql(SELECT).text(" WHERE e.child = ").value(child).text(" AND e.parent = ").value(parent);
    edge.for_update().optional(tx).await
}

/// How many parents a practice has.
///
/// # Errors
/// A fault from the database.
pub async fn count_parents(tx: &mut Tx, child: PracticeId) -> Result<i64> {
    let count = sql("SELECT COUNT(*) AS n FROM lineage_edge WHERE child = ").value(child);
    Ok(count.one::<One>(tx).await?.n)
}

/// Adds an edge. The caller has taken the [`lock`] and asked [`descends`].
///
/// # Errors
/// A fault from the database.
pub async fn insert(tx: &mut Tx, e: &Edge) -> Result<()> {
    sql("INSERT INTO lineage_edge (child, parent, kind, request, note, declared_by, declared_at, confirmed_at) VALUES (")
        .values([
            e.child.into(),
            e.parent.into(),
            word(e.kind),
            e.request.into(),
            (&e.note).into(),
            e.declared_by.into(),
            e.declared_at.into(),
            e.confirmed_at.into(),
        ])
        .text(")")
        .run(tx)
        .await
        .map(drop)
}

/// Notes that the parent's owner confirmed the edge.
///
/// # Errors
/// A fault from the database.
pub async fn confirm(tx: &mut Tx, child: PracticeId, parent: PracticeId, at: Ts) -> Result<u64> {
    sql("UPDATE lineage_edge SET confirmed_at = ")
        .value(at)
        .text(" WHERE confirmed_at IS NULL AND child = ")
        .value(child)
        .text(" AND parent = ")
        .value(parent)
        .run(tx)
        .await
}

/// The edges from these children to parents that may be seen, first declared first.
///
/// # Errors
/// A fault from the database.
pub async fn parents_of(on: impl Into<Conn<'_>>, sees: &Sees, children: &[PracticeId]) -> Result<Vec<Edge>> {
    let edges = sql(SELECT).text(" JOIN practice p ON p.id = e.parent WHERE e.child").any(children);
    sees.narrow(edges).text(" ORDER BY e.child, e.declared_at, e.parent").all(on).await
}

/// The edges to these parents from children that may be seen, last declared first, at most
/// [`MOST_CHILDREN`] for each parent.
///
/// # Errors
/// A fault from the database.
pub async fn children_of(on: impl Into<Conn<'_>>, sees: &Sees, parents: &[PracticeId]) -> Result<Vec<Edge>> {
    let ranked =
        sql("SELECT e.child, e.parent, e.kind, e.request, e.note, e.declared_by, e.declared_at, e.confirmed_at, \
         ROW_NUMBER() OVER (PARTITION BY e.parent ORDER BY e.declared_at DESC, e.child DESC) AS place \
         FROM lineage_edge e JOIN practice p ON p.id = e.child WHERE e.parent")
        .any(parents);
    let mut edges = sql("SELECT child, parent, kind, request, note, declared_by, declared_at, confirmed_at FROM (");
    edges = edges.append(sees.narrow(ranked)).text(") ranked WHERE place <= ").value(MOST_CHILDREN);
    edges.text(" ORDER BY parent, place").all(on).await
}

/// What comes from a practice, as far as it may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Descent {
    /// Practices that come from it, over at most [`DEEPEST`] steps.
    pub descendants: i64,
    /// The longest way down to one of them.
    pub generations: i64,
}

struct Rooted {
    root: PracticeId,
    descendants: i64,
    generations: i64,
}
record!(Rooted { root, descendants, generations });

/// What comes from each of these practices.
///
/// # Errors
/// A fault from the database.
pub async fn descent(on: impl Into<Conn<'_>>, sees: &Sees, roots: &[PracticeId]) -> Result<Vec<(PracticeId, Descent)>> {
    let walk =
        sql("WITH RECURSIVE down (root, practice, depth) AS (SELECT id, id, 0 FROM practice WHERE id").any(roots);
    let walk = walk.text(
        " UNION SELECT d.root, e.child, d.depth + 1 FROM down d JOIN lineage_edge e ON e.parent = d.practice \
         JOIN practice p ON p.id = e.child WHERE d.depth < ",
    );
    let rows: Vec<Rooted> = sees
        .narrow(walk.value(DEEPEST))
        .text(
            ") SELECT root, COUNT(DISTINCT practice) - 1 AS descendants, CAST(MAX(depth) AS BIGINT) AS generations \
             FROM down GROUP BY root",
        )
        .all(on)
        .await?;
    let descent = |row: Rooted| Descent { descendants: row.descendants, generations: row.generations };
    Ok(rows.into_iter().map(|row| (row.root, descent(row))).collect())
}

struct Pair {
    ancestor: PracticeId,
    descendant: PracticeId,
}
record!(Pair { ancestor, descendant });

/// Each of these practices with each that copied or adapted it, over any number of copies up to [`DEEPEST`]: what
/// [`Edge::is_replication`] holds for. The walk does not pass through what may not be seen.
///
/// # Errors
/// A fault from the database.
pub async fn copies(on: impl Into<Conn<'_>>, sees: &Sees, of: &[PracticeId]) -> Result<Vec<(PracticeId, PracticeId)>> {
    let walk = sql("WITH RECURSIVE down (root, practice, depth) AS (SELECT id, id, 0 FROM practice WHERE id").any(of);
    let walk = walk.text(
        " UNION SELECT d.root, e.child, d.depth + 1 FROM down d JOIN lineage_edge e ON e.parent = d.practice \
         JOIN practice p ON p.id = e.child WHERE e.kind IN ('COPIED', 'ADAPTED') \
         AND (e.confirmed_at IS NOT NULL OR e.request IS NOT NULL) AND d.depth < ",
    );
    let rows: Vec<Pair> = sees
        .narrow(walk.value(DEEPEST))
        .text(") SELECT DISTINCT root AS ancestor, practice AS descendant FROM down WHERE depth > 0")
        .text(" ORDER BY ancestor, descendant")
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| (row.ancestor, row.descendant)).collect())
}

struct Met {
    practice: PracticeId,
}
record!(Met { practice });

/// The practices met on the way up and on the way down from `root` in at most `depth` steps, nearest first, `root`
/// itself among them, at most `most`. The walk does not pass through what may not be seen.
///
/// # Errors
/// A fault from the database.
pub async fn around(
    on: impl Into<Conn<'_>>,
    sees: &Sees,
    root: PracticeId,
    depth: i64,
    most: i64,
) -> Result<Vec<PracticeId>> {
    let mut walk = sql("WITH RECURSIVE up (practice, depth) AS (SELECT id, 0 FROM practice WHERE id = ").value(root);
    walk = walk.text(
        " UNION SELECT e.parent, w.depth + 1 FROM up w JOIN lineage_edge e ON e.child = w.practice \
         JOIN practice p ON p.id = e.parent WHERE w.depth < ",
    );
    walk = sees.narrow(walk.value(depth));
    walk = walk.text("), down (practice, depth) AS (SELECT id, 0 FROM practice WHERE id = ").value(root);
    walk = walk.text(
        " UNION SELECT e.child, w.depth + 1 FROM down w JOIN lineage_edge e ON e.parent = w.practice \
         JOIN practice p ON p.id = e.child WHERE w.depth < ",
    );
    walk = sees.narrow(walk.value(depth));
    let rows: Vec<Met> = walk
        .text(
            ") SELECT practice FROM (SELECT practice, depth FROM up UNION ALL SELECT practice, depth FROM down) met \
             GROUP BY practice ORDER BY MIN(depth), practice LIMIT ",
        )
        .value(most)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| row.practice).collect())
}

/// The edges among these practices.
///
/// # Errors
/// A fault from the database.
pub async fn among(on: impl Into<Conn<'_>>, practices: &[PracticeId]) -> Result<Vec<Edge>> {
    let edges = sql(SELECT).text(" WHERE e.child").any(practices).text(" AND e.parent").any(practices);
    edges.text(" ORDER BY e.declared_at, e.child, e.parent").all(on).await
}

/// The edges both of whose ends may be seen, in the order of child and parent, after this pair, at most `limit`.
///
/// # Errors
/// A fault from the database.
pub async fn list(
    on: impl Into<Conn<'_>>,
    sees: &Sees,
    after: Option<(PracticeId, PracticeId)>,
    limit: i64,
) -> Result<Vec<Edge>> {
    let mut edges = sql(SELECT).text(" JOIN practice p ON p.id = e.child WHERE e.child = p.id");
    edges = sees.narrow(edges).text(" AND EXISTS (SELECT 1 FROM practice p WHERE p.id = e.parent");
    edges = sees.narrow(edges).text(")");
    if let Some((child, parent)) = after {
        edges = edges.text(" AND (e.child, e.parent) > (").value(child).text(", ").value(parent).text(")");
    }
    edges.text(" ORDER BY e.child, e.parent LIMIT ").value(limit).all(on).await
}
