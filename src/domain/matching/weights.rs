//! How much each part counts: data that is refitted from what people open, send and accept.
use super::{PARTS, Part};
use crate::domain::word::Word;

/// The weight of each part: not negative, and not all 0. Only their proportions matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights([f64; PARTS]);

/// Why some rows are not the weights of all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// This part has no weight.
    #[error("the part {} has no weight", .0.as_str())]
    Part(Part),
    /// This part has two.
    #[error("the part {} has two weights", .0.as_str())]
    Twice(Part),
    /// This weight is negative, or no number.
    #[error("the weight of {} is not a number from 0 upwards", .0.as_str())]
    Number(Part),
    /// All weights are 0.
    #[error("all weights are 0")]
    All,
}

impl Missing {
    /// The same in Italian; as it is displayed it is in English.
    #[must_use]
    pub fn in_italian(self) -> String {
        match self {
            Self::Part(part) => format!("la parte {} non ha un peso", part.as_str()),
            Self::Twice(part) => format!("la parte {} ha due pesi", part.as_str()),
            Self::Number(part) => format!("il peso di {} non è un numero da 0 in su", part.as_str()),
            Self::All => "tutti i pesi sono 0".to_owned(),
        }
    }
}

impl Weights {
    /// The weights of these rows, in any order.
    ///
    /// # Errors
    /// Says which part is missing, stands there twice or has no sound weight.
    pub fn of(rows: impl IntoIterator<Item = (Part, f64)>) -> Result<Self, Missing> {
        let mut known = [None; PARTS];
        for (part, weight) in rows {
            if !weight.is_finite() || weight < 0.0 {
                return Err(Missing::Number(part));
            }
            if known[part as usize].replace(weight).is_some() {
                return Err(Missing::Twice(part));
            }
        }
        let mut weights = [0.0; PARTS];
        for part in Part::ALL {
            weights[*part as usize] = known[*part as usize].ok_or(Missing::Part(*part))?;
        }
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 && sum.is_finite() { Ok(Self(weights)) } else { Err(Missing::All) }
    }

    /// What this part counts.
    #[must_use]
    pub const fn of_part(&self, part: Part) -> f64 {
        self.0[part as usize]
    }

    /// Each part with its weight, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Part, f64)> + '_ {
        Part::ALL.iter().map(|part| (*part, self.of_part(*part)))
    }
}

/// All parts count the same: where no table of weights was read.
impl Default for Weights {
    fn default() -> Self {
        Self([1.0; PARTS])
    }
}
