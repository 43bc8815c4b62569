//! What was asked for, month after month: by field or by the owner's province where that is wanted. Two statements.
use super::picture::Wanted;
use crate::{
    app::App,
    domain::{
        network::{Counts, Spread, count::NO_FIELD},
        refusal::{Code, Fault, Outcome, Refusal},
        time::Month,
    },
    store::network::{self, Filter},
};
use std::collections::{BTreeMap, BTreeSet};

/// The most months of one series: ten years.
pub const MOST_MONTHS: i64 = 120;

/// How much is summed up in one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// A month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A year.
    Year,
    /// The whole period.
    Whole,
}

/// What a series each is told for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The field of the practice asked for.
    Field,
    /// The province of who is asked.
    Province,
}

/// Sums over requests, and how long they waited.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Sums.
    pub counts: Counts,
    /// Days from a request to yes or no.
    pub waits: Spread,
}

/// One point of a series.
#[derive(Clone, Debug)]
pub struct Point {
    /// Its first month.
    pub from: Month,
    /// Code of the field or province, where series were wanted by these.
    pub of: Option<String>,
    /// What it tells.
    pub told: Told,
}

impl Bucket {
    /// The first month of the bucket that a month falls into, where the period begins at `from`.
    const fn first(self, month: i64, from: i64) -> i64 {
        match self {
            Self::Month => month,
            Self::Quarter => month - month.rem_euclid(3),
            Self::Year => month - month.rem_euclid(12),
            Self::Whole => from,
        }
    }

    /// The first month of the next one.
    const fn next(self, first: i64, to: i64) -> i64 {
        match self {
            Self::Month => first + 1,
            Self::Quarter => first + 3,
            Self::Year => first + 12,
            Self::Whole => to + 1,
        }
    }
}

/// The points from the first month wanted (or with a request) to the last wanted (or this one), in order, those without a
/// request too. By field or province each has its own, for all that ever were in the period. The level is of no
/// meaning here, and a province is that of who is asked.
///
/// # Errors
/// Those of [`Wanted`] that names what is not there; `INVALID` for more than 120 months; a fault from the
/// database.
pub async fn series(app: &App, wanted: &Wanted, bucket: Bucket, by: Option<By>) -> Outcome<Vec<Point>> {
    let atlas = app.store.atlas().await?;
    let filter = wanted.filter(&atlas)?;
    let sums = network::series(&app.store, &filter).await?;
    let answers = network::series_answers(&app.store, &filter).await?;
    let this = Month::of(app.clock.now().date_in_italy()).number();
    let Some(from) = filter.from.or_else(|| sums.first().map(|row| row.month)) else { return Ok(Vec::new()) };
    let to = filter.to.unwrap_or_else(|| this.max(sums.last().map_or(this, |row| row.month)));
    if to - from >= MOST_MONTHS {
        return Err(Refusal::new(Code::TooLong)
            .on("from")
            .say(
                format!("Al massimo {MOST_MONTHS} mesi per volta: indicate un periodo più breve."),
                format!("At most {MOST_MONTHS} months at once: give a shorter period."),
            )
            .into());
    }
    let key = |field: &str, province: &str| match by {
        None => None,
        Some(By::Field) => Some(field.to_owned()),
        Some(By::Province) => Some(province.to_owned()),
    };
    let mut points: BTreeMap<(Option<String>, i64), Told> = BTreeMap::new();
    let mut kinds: BTreeSet<Option<String>> = sums.iter().map(|row| key(&row.field, &row.province)).collect();
    kinds.extend((by.is_none()).then_some(None));
    for kind in kinds {
        let mut first = bucket.first(from, from);
        while first <= to {
            points.insert((kind.clone(), first), Told::default());
            first = bucket.next(first, to);
        }
    }
    for row in sums {
        let place = (key(&row.field, &row.province), bucket.first(row.month, from));
        points.entry(place).or_default().counts.add(&row.counts, 1);
    }
    for answer in answers {
        let (month, field, province) = &answer.of;
        let place = (key(field, province), bucket.first(*month, from));
        points.entry(place).or_default().waits.add(answer.days, answer.n);
    }
    let point = |((of, month), told)| Some(Point { from: Month::from_number(month)?, of, told });
    Ok(points.into_iter().filter_map(point).collect())
}

/// What was asked of the owners of one province in one month and field.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Month of the first sending.
    pub month: Month,
    /// Code of the field; none for practices without one.
    pub field: Option<String>,
    /// Letters of the province of who is asked.
    pub province: String,
    /// What it tells.
    pub told: Told,
}

/// All that was ever asked for, by month, field and province, in this order. Two statements.
///
/// # Errors
/// A fault from the database.
pub async fn cells(app: &App) -> Result<Vec<Cell>, Fault> {
    let all = Filter::default();
    let mut cells: BTreeMap<(i64, String, String), Told> = BTreeMap::new();
    for row in network::series(&app.store, &all).await? {
        cells.entry((row.month, row.field, row.province)).or_default().counts.add(&row.counts, 1);
    }
    for answer in network::series_answers(&app.store, &all).await? {
        cells.entry(answer.of).or_default().waits.add(answer.days, answer.n);
    }
    let cell = |((month, field, province), told)| {
        Some(Cell {
            month: Month::from_number(month)?,
            field: Some(field).filter(|field| field != NO_FIELD),
            province,
            told,
        })
    };
    Ok(cells.into_iter().filter_map(cell).collect())
}
