//! The network's sums: `add` what a transaction changes, read them by pair of territories or by month. As what each
//! request is counted stands in `counted`.
mod counted;
mod read;

pub use counted::{
    Copy, clear, copies_of, copy, counted, forget_copy, is_recounted, note_recounted, replace, uncounted,
    uncounted_copies,
};
pub use read::{
    Answers, Filter, Gap, Pair, Practices, Series, answers, exchanges, gaps, practices, series, series_answers,
};

use super::{Result, Tx, sql::*};
use crate::domain::{
    id::TerritoryId,
    network::{Counts, Delta, count::Cell},
    time::Ts,
};

/// All months, in the column of months.
const ALL_MONTHS: i64 = 0;
/// All fields, in the column of fields.
const ALL_FIELDS: &str = "";
/// Rows of one statement: lots far below the engines' limits on bound values.
const LOT: usize = 500;

const INTO_EXCHANGE: &str = "INSERT INTO network_exchange (field, month, requester, owner, sent, acknowledged, accepted, \
    in_progress, completed, declined, withdrawn, expired, interrupted, replications, messages, illustrative, known_6, \
    running_6, known_12, running_12, last_at)";
const INTO_MONTH: &str = "INSERT INTO network_month (month, field, province, sent, acknowledged, accepted, in_progress, \
    completed, declined, withdrawn, expired, interrupted, replications, messages, illustrative, known_6, running_6, \
    known_12, running_12, last_at)";

/// The columns of a table whose sums rise.
macro_rules! rises {
    ($table:literal) => {
        concat!(
            rises!($table, "sent", "acknowledged", "accepted", "in_progress", "completed", "declined", "withdrawn"),
            ", ",
            rises!($table, "expired", "interrupted", "replications", "messages", "illustrative", "known_6"),
            ", ",
            rises!($table, "running_6", "known_12", "running_12"),
            ", last_at = CASE WHEN excluded.last_at > ",
            $table,
            ".last_at THEN excluded.last_at ELSE ",
            $table,
            ".last_at END"
        )
    };
    ($table:literal, $first:literal $(, $more:literal)*) => {
        concat!($first, " = ", $table, ".", $first, " + excluded.", $first
            $(, ", ", $more, " = ", $table, ".", $more, " + excluded.", $more)*)
    };
}

fn counts((counts, at): &(Counts, Ts)) -> Vec<Arg> {
    let mut row: Vec<Arg> = counts.states.iter().map(|n| (*n).into()).collect();
    let Counts { replications, messages, illustrative, known, running, .. } = *counts;
    row.extend([replications, messages, illustrative, known[0], running[0], known[1], running[1]].map(Arg::from));
    row.push((*at).into());
    row
}

/// One row for each, in lots, added to those that are there.
async fn raise(tx: &mut Tx, into: &'static str, rows: Vec<Vec<Arg>>, on_conflict: &'static str) -> Result<()> {
    for lot in rows.chunks(LOT) {
        let mut insert = sql(into).text(" VALUES ");
        for (i, row) in lot.iter().enumerate() {
            insert = insert.text(if i == 0 { "(" } else { ", (" }).values(row.iter().cloned()).text(")");
        }
        insert.text(on_conflict).run(tx).await?;
    }
    Ok(())
}

type Place = (String, i64, TerritoryId, TerritoryId);

/// The rows of `network_exchange` that a cell is part of.
fn places(cell: &Cell) -> Vec<Place> {
    let place = |field: &str, month| (field.to_owned(), month, cell.requester, cell.owner);
    [(ALL_FIELDS, ALL_MONTHS), (ALL_FIELDS, cell.month), (&cell.field, ALL_MONTHS), (&cell.field, cell.month)]
        .map(|(field, month)| place(field, month))
        .into()
}

fn month(cell: &Cell) -> Vec<(i64, String, String)> {
    vec![(cell.month, cell.field.clone(), cell.province.clone())]
}

/// Adds what a transaction changes to the sums; nothing where it changes nothing. All rows are locked here and in one
/// order, so that no two transactions wait for each other.
pub(super) async fn add(tx: &mut Tx, delta: &Delta) -> Result<()> {
    if delta.is_empty() {
        return Ok(());
    }
    let place = |(field, month, requester, owner): Place| -> Vec<Arg> {
        vec![field.into(), month.into(), requester.into(), owner.into()]
    };
    let rows = delta.grouped(places).into_iter().map(|(key, sums)| [place(key), counts(&sums)].concat()).collect();
    raise(
        tx,
        INTO_EXCHANGE,
        rows,
        concat!(" ON CONFLICT (field, month, requester, owner) DO UPDATE SET ", rises!("network_exchange")),
    )
    .await?;
    let answers = delta.answers_grouped(places).into_iter();
    let rows = answers.map(|((key, days), n)| [place(key), vec![days.into(), n.into()]].concat()).collect();
    raise(
        tx,
        "INSERT INTO network_answer (field, month, requester, owner, days, n)",
        rows,
        " ON CONFLICT (field, month, requester, owner, days) DO UPDATE SET n = network_answer.n + excluded.n",
    )
    .await?;
    let place = |(month, field, province): (i64, String, String)| -> Vec<Arg> {
        vec![month.into(), field.into(), province.into()]
    };
    let rows = delta.grouped(month).into_iter().map(|(key, sums)| [place(key), counts(&sums)].concat()).collect();
    raise(
        tx,
        INTO_MONTH,
        rows,
        concat!(" ON CONFLICT (month, field, province) DO UPDATE SET ", rises!("network_month")),
    )
    .await?;
    let answers = delta.answers_grouped(month).into_iter();
    let rows = answers.map(|((key, days), n)| [place(key), vec![days.into(), n.into()]].concat()).collect();
    raise(
        tx,
        "INSERT INTO network_month_answer (month, field, province, days, n)",
        rows,
        " ON CONFLICT (month, field, province, days) DO UPDATE SET n = network_month_answer.n + excluded.n",
    )
    .await
}
