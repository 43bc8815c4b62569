//! Standing matches: which public practice answers which need. Written by one follower of the log at a time.
use super::{Need, Row, SELECT};
use crate::{
    domain::{
        id::{MatchId, NeedId, PersonId, PracticeId, TerritoryId},
        need::StandingMatch,
        page::{Cursor, Key, Page, PageRequest},
        practice::Practice,
        term::Scheme,
        time::Ts,
    },
    store::{Conn, Result, Tx, sql::*},
};
use uuid::Uuid;

record!(StandingMatch { id, need, practice, score, found_at });

const MATCH: &str = "SELECT m.id, m.need, m.practice, m.score, m.found_at FROM need_match m \
    JOIN practice p ON p.id = m.practice AND p.status = 'PUBLISHED'";

/// One page of the practices that answer a need, the latest found first. What was put away since is left out.
///
/// # Errors
/// A fault from the database.
pub async fn matches_of(on: impl Into<Conn<'_>>, need: NeedId, page: &PageRequest) -> Result<Page<StandingMatch>> {
    listed(sql(MATCH).text(" WHERE m.fits AND m.need = ").value(need), on, page).await
}

/// How many practices answer a need.
///
/// # Errors
/// A fault from the database.
pub async fn count_of(on: impl Into<Conn<'_>>, need: NeedId) -> Result<i64> {
    counted(sql(MATCH).text(" WHERE m.fits AND m.need = ").value(need), on).await
}

/// The open needs of others that the public practices of a territory answer.
fn helped_by(owner: TerritoryId) -> Sql {
    let open = sql(MATCH).text(" JOIN need n ON n.id = m.need AND n.state = 'OPEN' WHERE m.fits AND p.owner = ");
    open.value(owner)
}

/// One page of the open needs that a territory's practices answer, the latest found first.
///
/// # Errors
/// A fault from the database.
pub async fn matches_to_help(
    on: impl Into<Conn<'_>>,
    owner: TerritoryId,
    page: &PageRequest,
) -> Result<Page<StandingMatch>> {
    listed(helped_by(owner), on, page).await
}

/// How many there are.
///
/// # Errors
/// A fault from the database.
pub async fn count_to_help(on: impl Into<Conn<'_>>, owner: TerritoryId) -> Result<i64> {
    counted(helped_by(owner), on).await
}

async fn listed(select: Sql, on: impl Into<Conn<'_>>, page: &PageRequest) -> Result<Page<StandingMatch>> {
    let order = Order { column: "m.found_at", id: "m.id", descending: true };
    let key = |m: &StandingMatch| Cursor { key: Key::Time(m.found_at), id: m.id.uuid() };
    select.page(on, order, page, key).await
}

async fn counted(select: Sql, on: impl Into<Conn<'_>>) -> Result<i64> {
    let count = sql("SELECT COUNT(*) AS n FROM (").append(select).text(") AS found");
    Ok(count.one::<super::Count>(on).await?.n)
}

/// The match of a need and a practice, if they fit.
///
/// # Errors
/// A fault from the database.
pub async fn find_match(on: impl Into<Conn<'_>>, need: NeedId, practice: PracticeId) -> Result<Option<StandingMatch>> {
    let pair = sql(MATCH).text(" WHERE m.fits AND m.need = ").value(need).text(" AND m.practice = ").value(practice);
    pair.optional(on).await
}

/// The open needs of a territory that a person watches and that an event of a practice has brought this practice to,
/// if it still answers them, the latest posted first.
///
/// # Errors
/// A fault from the database.
pub async fn brought_to(
    on: impl Into<Conn<'_>>,
    (practice, event): (PracticeId, i64),
    territory: TerritoryId,
    watcher: PersonId,
) -> Result<Vec<Need>> {
    let select = sql(SELECT).text(" JOIN need_match m ON m.need = n.id AND m.fits AND m.practice = ").value(practice);
    let select = select.text(" AND m.event = ").value(event);
    let select = select.text(" JOIN need_watch w ON w.need = n.id AND w.person = ").value(watcher);
    let select = select.text(" WHERE n.state = 'OPEN' AND n.territory = ").value(territory);
    let rows: Vec<Row> = select.text(" ORDER BY n.created_at DESC, n.id DESC").all(on).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Of the open needs of others, those that a practice may answer: it has one of their fields or target groups, or says
/// neither, or they name none. In the order of ids, after this one, at most so many.
///
/// # Errors
/// A fault from the database.
pub async fn open_for(on: impl Into<Conn<'_>>, practice: &Practice, after: Uuid, limit: i64) -> Result<Vec<Need>> {
    let fields: Vec<String> = practice.field.iter().chain(&practice.other_fields).cloned().collect();
    let mut select = sql(SELECT).text(" WHERE n.state = 'OPEN' AND n.territory <> ").value(practice.owner);
    select = select.text(" AND n.id > ").value(after);
    // What one side does not say is not held against the other.
    if !fields.is_empty() && !practice.targets.is_empty() {
        select = select.text(" AND (NOT EXISTS (SELECT 1 FROM need_term t WHERE t.need = n.id AND t.scheme");
        select = select.any(words(&[Scheme::Field, Scheme::Target])).text(")");
        for (scheme, codes) in [(Scheme::Field, &fields), (Scheme::Target, &practice.targets)] {
            select = select.text(" OR n.id IN (SELECT need FROM need_term WHERE scheme = ").value(word(scheme));
            select = select.text(" AND code").any(&codes[..]).text(")");
        }
        select = select.text(")");
    }
    let rows: Vec<Row> = select.text(" ORDER BY n.id LIMIT ").value(limit).all(on).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A pair that fits, to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Which need.
    pub need: NeedId,
    /// Whose.
    pub territory: TerritoryId,
    /// Which practice.
    pub practice: PracticeId,
    /// How well, 0 to 100.
    pub score: f64,
}

/// One side of some pairs.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// All pairs of a need.
    Need(NeedId),
    /// All pairs of a practice.
    Practice(PracticeId),
}

struct Pair {
    need: NeedId,
    practice: PracticeId,
}
record!(Pair { need, practice });

/// Writes what fits of one side, all of it: other pairs of that side fit no longer. Those that are new are given back;
/// `event` is the number of what brought them, none where they were there when the need was written.
///
/// # Errors
/// A fault from the database.
pub async fn save_fits(
    tx: &mut Tx,
    side: Side,
    fits: &[(MatchId, Fit)],
    event: Option<i64>,
    now: Ts,
) -> Result<Vec<Fit>> {
    let of_side = |statement: Sql| match side {
        Side::Need(need) => statement.text(" need = ").value(need),
        Side::Practice(practice) => statement.text(" practice = ").value(practice),
    };
    of_side(sql("UPDATE need_match SET fits = FALSE WHERE fits AND")).run(tx).await?;
    let known: Vec<Pair> = of_side(sql("SELECT need, practice FROM need_match WHERE")).all(&mut *tx).await?;
    let is_known = |fit: &Fit| known.iter().any(|pair| (pair.need, pair.practice) == (fit.need, fit.practice));
    // Seven values a row: lots far below the engines' limits on bound values.
    for lot in fits.chunks(500) {
        let mut insert = sql("INSERT INTO need_match (id, need, practice, score, fits, event, found_at) VALUES ");
        for (i, (id, fit)) in lot.iter().enumerate() {
            let row = [
                (*id).into(),
                fit.need.into(),
                fit.practice.into(),
                fit.score.into(),
                true.into(),
                event.into(),
                now.into(),
            ];
            insert = insert.text(if i == 0 { "(" } else { ", (" }).values(row).text(")");
        }
        insert = insert.text(" ON CONFLICT (need, practice) DO UPDATE SET score = excluded.score, fits = TRUE");
        insert.run(tx).await?;
    }
    Ok(fits.iter().map(|(_, fit)| *fit).filter(|fit| !is_known(fit)).collect())
}

/// These practices answer no need any more.
///
/// # Errors
/// A fault from the database.
pub async fn unfit(tx: &mut Tx, practices: &[PracticeId]) -> Result<()> {
    sql("UPDATE need_match SET fits = FALSE WHERE fits AND practice").any(practices).run(tx).await.map(drop)
}

/// Leaves these needs their best matches, at most so many each.
///
/// # Errors
/// A fault from the database.
pub async fn keep_best(tx: &mut Tx, needs: &[NeedId], most: i64) -> Result<()> {
    sql("UPDATE need_match SET fits = FALSE WHERE id IN (SELECT id FROM (SELECT id, \
        ROW_NUMBER() OVER (PARTITION BY need ORDER BY score DESC, id) AS place FROM need_match WHERE fits AND need")
    .any(needs)
    .text(") AS ranked WHERE place > ")
    .value(most)
    .text(")")
    .run(tx)
    .await
    .map(drop)
}

/// Forgets, of these needs, the pairs with a practice that are not among the best: nobody was told of them, so that they
/// are new when they are. The needs whose pairs stay are given back.
///
/// # Errors
/// A fault from the database.
pub async fn forget_beaten(tx: &mut Tx, practice: PracticeId, needs: &[NeedId]) -> Result<Vec<NeedId>> {
    let pairs = |verb: &'static str| sql(verb).text(" practice = ").value(practice).text(" AND need").any(needs);
    pairs("DELETE FROM need_match WHERE NOT fits AND").run(tx).await?;
    let left: Vec<Pair> = pairs("SELECT need, practice FROM need_match WHERE").all(&mut *tx).await?;
    Ok(left.into_iter().map(|pair| pair.need).collect())
}
