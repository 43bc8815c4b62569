//! What a territory knows how to do, by field, target group and tool, told from public facts alone: the practices it
//! runs, the territories that copied them, the requests about them that it answered. Made-up practices and requests are
//! no facts.
//!
//! The formula, for one territory and one term:
//!
//! ```text
//! score = 100 · (0.5·s(run, 2) + 0.3·s(copied, 2) + 0.2·s(answered, 3))        s(x, half) = x / (x + half)
//! run      = its published practices with the term, 0.6 each where the term is but a secondary field
//! copied   = other territories that published a copy, once for each practice copied
//! answered = over the requests it answered by yes or no: 10 / (10 + working days the answer took)
//! ```
//!
//! So one more practice, copy or answer never lowers a score and a slower answer never raises it. Each part comes to half
//! of its weight with two practices, two copies or three answers at once, and never to all of it: who has a hundred
//! practices that nobody copied stays below who has two that others copied and asked about. The weights are a choice of
//! this hub; that the term is a secondary field counts as it does in matching.
use super::{
    request::responsiveness::{ACKNOWLEDGE_WORKING_DAYS, median},
    term::Scheme,
};

/// The vocabularies that expertise is told by.
pub const SCHEMES: [Scheme; 3] = [Scheme::Field, Scheme::Target, Scheme::Tool];

/// What counts for one territory and one term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Published practices with the term.
    pub practices: i64,
    /// Of these, those of which it is but a secondary field.
    pub secondary: i64,
    /// Other territories that published a copy, once for each practice copied.
    pub copies: i64,
    /// Of each request answered by yes or no, how many working days the answer took.
    pub answers: Vec<i64>,
}

/// What a territory knows of one term, with the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expertise {
    /// The score in thousandths, from 0 to 100,000: whole, so that a list sorted by it has no two orders.
    pub thousandths: i64,
    /// Published practices.
    pub practices_run: i64,
    /// Other territories that published a copy, once for each practice copied.
    pub copied_by_others: i64,
    /// Requests answered by yes or no.
    pub requests_answered: i64,
    /// Half of the answers took at most so many working days; none where nothing was answered.
    pub median_days: Option<f64>,
}

impl Expertise {
    /// What these facts amount to.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "counts are far below 2^52, and a score is at most 100"
    )]
    pub fn of(facts: &Facts) -> Self {
        let run = (facts.practices - facts.secondary) as f64 + 0.6 * facts.secondary as f64;
        let scale = ACKNOWLEDGE_WORKING_DAYS as f64;
        let answered: f64 = facts.answers.iter().map(|days| scale / (scale + days.max(&0).unsigned_abs() as f64)).sum();
        let score = 0.5 * share(run, 2.0) + 0.3 * share(facts.copies as f64, 2.0) + 0.2 * share(answered, 3.0);
        let tenths = facts.answers.iter().map(|days| days * 10).collect();
        Self {
            thousandths: (score * 100_000.0).round() as i64,
            practices_run: facts.practices,
            copied_by_others: facts.copies,
            requests_answered: i64::try_from(facts.answers.len()).unwrap_or(i64::MAX),
            median_days: median(tenths).map(|tenths| tenths as f64 / 10.0),
        }
    }

    /// The score, 0 to 100.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 100,000")]
    pub fn score(&self) -> f64 {
        self.thousandths as f64 / 1_000.0
    }
}

/// From 0 towards 1; one half at `half`.
fn share(x: f64, half: f64) -> f64 {
    x / (x + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn thousandths(facts: &Facts) -> i64 {
        Expertise::of(facts).thousandths
    }

    fn some_facts() -> impl Strategy<Value = Facts> {
        let days = proptest::collection::vec(0i64..400, 0..40);
        (0i64..300, 0i64..300, 0i64..300, days).prop_map(|(primary, secondary, copies, answers)| Facts {
            practices: primary + secondary,
            secondary,
            copies,
            answers,
        })
    }

    #[test]
    fn the_numbers_behind_a_score_are_those_that_were_counted() {
        let facts = Facts { practices: 3, secondary: 1, copies: 2, answers: vec![2, 10, 4, 5] };
        let told = Expertise::of(&facts);
        // run 2.6, copied 2, answered 10/12 + 10/20 + 10/14 + 10/15
        let answered = 10.0 / 12.0 + 0.5 + 10.0 / 14.0 + 10.0 / 15.0;
        let score = 100.0 * (0.5 * 2.6 / 4.6 + 0.3 * 0.5 + 0.2 * answered / (answered + 3.0));
        assert!((told.score() - score).abs() < 0.001, "{told:?} {score}");
        assert_eq!((told.practices_run, told.copied_by_others, told.requests_answered), (3, 2, 4));
        assert_eq!(told.median_days, Some(4.5));
        let nothing = Expertise::of(&Facts::default());
        assert_eq!((nothing.thousandths, nothing.median_days), (0, None));
    }

    #[test]
    fn a_giant_that_nobody_copied_stays_below_two_practices_that_others_use() {
        let giant = Facts { practices: 1_000_000, ..Facts::default() };
        let small = Facts { practices: 2, copies: 2, answers: vec![3; 5], ..Facts::default() };
        assert!(thousandths(&giant) < thousandths(&small));
    }

    proptest! {
        #[test]
        fn one_more_of_anything_never_lowers_a_score_and_a_slower_answer_never_raises_it(
            facts in some_facts(), days in 0i64..400, later in 0i64..400, which in 0usize..40,
        ) {
            let before = thousandths(&facts);
            prop_assert!((0..100_000).contains(&before));
            let more = |change: &dyn Fn(&mut Facts)| {
                let mut changed = facts.clone();
                change(&mut changed);
                thousandths(&changed)
            };
            let secondary = |f: &mut Facts| (f.practices, f.secondary) = (f.practices + 1, f.secondary + 1);
            let slower = |f: &mut Facts| f.answers.iter_mut().skip(which).take(1).for_each(|answer| *answer += later);
            prop_assert!(more(&|f| f.practices += 1) >= before);
            prop_assert!(more(&secondary) >= before);
            prop_assert!(more(&|f| f.copies += 1) >= before);
            prop_assert!(more(&|f| f.answers.push(days)) >= before);
            prop_assert!(more(&slower) <= before);
            if facts.secondary > 0 {
                prop_assert!(more(&|f| f.secondary -= 1) >= before, "a primary field counts more");
            }
        }
    }
}
