//! What the hub notes of a match that was shown, so that the weights can be refitted: ids and numbers, no words.
use super::{PARTS, Values};
use crate::domain::{
    id::{PracticeId, TerritoryId},
    time::Ts,
};
use uuid::Uuid;

/// A match that was shown to a territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// To whom.
    pub territory: TerritoryId,
    /// For which need; none for a wish that was not kept.
    pub need: Option<Uuid>,
    /// Which practice.
    pub practice: PracticeId,
    /// Its place among those shown, from 1.
    pub position: i64,
    /// Its score then.
    pub score: f64,
    /// Its values then.
    pub values: Values,
    /// When.
    pub at: Ts,
}

/// The values in one line, as they are kept: in the order of the parts, with commas between, empty where unknown.
#[must_use]
pub fn written(values: &Values) -> String {
    let values = values.iter().map(|value| value.map(|value| format!("{value:.4}")).unwrap_or_default());
    values.collect::<Vec<_>>().join(",")
}

/// The values of such a line; none where it has another number of parts or something else than numbers.
#[must_use]
pub fn read(line: &str) -> Option<Values> {
    let mut values = [None; PARTS];
    let mut given = line.split(',');
    for value in &mut values {
        let given = given.next()?;
        *value = if given.is_empty() { None } else { Some(given.parse().ok()?) };
    }
    given.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let mut values = [Some(0.25); PARTS];
        (values[0], values[12]) = (None, Some(1.0 / 3.0));
        let line = written(&values);
        assert_eq!(line, ",0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.2500,0.3333");
        values[12] = Some(0.3333);
        assert_eq!(read(&line), Some(values));
        assert_eq!(read(&[""; PARTS].join(",")), Some([None; PARTS]));
        for wrong in ["", "1,2", "x", &format!("{line},1"), &line.replace("0.25", "a")] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
