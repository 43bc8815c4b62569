//! What the log says of the matches: what was opened, sent and accepted, by place, and which values those had. From it the
//! weights can be refitted.
use crate::{
    app::App,
    domain::{
        matching::{PARTS, Part, Values, Weights, shown::read},
        refusal::Fault,
        word::Word,
    },
    store::match_log::{self, Followed},
};
use std::{collections::BTreeMap, fmt};

/// How many shown matches are read at once.
const LOT: i64 = 2_000;
/// Requests after a match below which its numbers are chance.
const ENOUGH: u64 = 30;

/// How many of those shown were opened, sent and accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Shown.
    pub shown: u64,
    /// Opened.
    pub opened: u64,
    /// A request was sent.
    pub sent: u64,
    /// A request was accepted.
    pub accepted: u64,
}

/// The mean of a value, over those where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    /// The mean; none where nothing is known.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }

    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }
}

/// What the log says.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Over all places.
    pub all: Way,
    /// By place, from 1.
    pub positions: BTreeMap<i64, Way>,
    /// The mean value of each part: of what was accepted, of what was sent and not accepted, of what was only shown.
    pub parts: [[Mean; 3]; PARTS],
    /// The weights in use.
    pub weights: Weights,
}

/// Reads the whole log.
///
/// # Errors
/// A fault from the database.
pub async fn report(app: &App) -> Result<Report, Fault> {
    let mut report = Report { weights: app.store.atlas().await?.weights().clone(), ..Report::default() };
    let mut last: Option<Followed> = None;
    loop {
        let lot = match_log::followed(&app.store, last.as_ref(), LOT).await?;
        for one in &lot {
            report.add(one);
        }
        match lot.into_iter().last() {
            Some(one) => last = Some(one),
            None => return Ok(report),
        }
    }
}

impl Report {
    /// Whether there is so much that it says more than chance.
    #[must_use]
    pub const fn says_something(&self) -> bool {
        self.all.sent >= ENOUGH
    }

    fn add(&mut self, one: &Followed) {
        let of = self.positions.entry(one.position).or_default();
        for way in [&mut self.all, of] {
            way.shown += 1;
            way.opened += u64::from(one.opened);
            way.sent += u64::from(one.sent);
            way.accepted += u64::from(one.accepted);
        }
        let fate = if one.accepted { 0 } else { usize::from(!one.sent) + 1 };
        let values: Values = read(&one.parts).unwrap_or([None; PARTS]);
        for (means, value) in self.parts.iter_mut().zip(values) {
            if let Some(value) = value {
                means[fate].add(value);
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all.shown == 0 {
            return writeln!(f, "No match was shown to anybody yet: there is nothing to learn from.");
        }
        let line = |f: &mut fmt::Formatter<'_>, name: &str, way: &Way| {
            writeln!(f, "{name:>8} {:>8} {:>8} {:>8} {:>8}", way.shown, way.opened, way.sent, way.accepted)
        };
        writeln!(f, "{:>8} {:>8} {:>8} {:>8} {:>8}", "position", "shown", "opened", "sent", "accepted")?;
        for (position, way) in &self.positions {
            line(f, &position.to_string(), way)?;
        }
        line(f, "all", &self.all)?;
        writeln!(f, "\nmean value {:>8} {:>8} {:>8} {:>10}", "weight", "accepted", "sent", "only shown")?;
        for ((part, weight), means) in self.weights.iter().zip(&self.parts) {
            let [accepted, sent, shown] =
                means.map(|mean| mean.value().map_or_else(|| "-".to_owned(), |mean| format!("{mean:.2}")));
            writeln!(f, "{:<10} {weight:>8.3} {accepted:>8} {sent:>8} {shown:>10}", Part::as_str(part))?;
        }
        if !self.says_something() {
            writeln!(
                f,
                "\nToo little to learn from: {} requests were sent after a match. Below {ENOUGH} the means are chance; \
                 leave the weights as they are.",
                self.all.sent
            )?;
        }
        Ok(())
    }
}
