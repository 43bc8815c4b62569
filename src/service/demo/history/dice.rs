//! Chance that falls the same way each time: a demonstration tells one history, not many.

/// `splitmix64` (Steele, Lea and Flood 2014): some lines that never change, where a crate's generator may change with its
/// version, and the whole history with it. Nothing secret comes of it.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 where that is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % n).unwrap_or_default()
    }

    /// A number from the least to the most, both included.
    pub fn between(&mut self, (least, most): (i64, i64)) -> i64 {
        let span = u64::try_from(most - least).unwrap_or_default() + 1;
        least + i64::try_from(self.next() % span).unwrap_or_default()
    }

    /// Yes so many times in a hundred.
    pub fn yes(&mut self, percent: i64) -> bool {
        self.between((1, 100)) <= percent
    }

    /// One of these, each as often as its weight says; none of nothing.
    pub fn weighted<T>(&mut self, from: Vec<(u64, T)>) -> Option<T> {
        let all: u64 = from.iter().map(|(weight, _)| weight).sum();
        let mut left = self.next().checked_rem(all)?;
        for (weight, one) in from {
            if left < weight {
                return Some(one);
            }
            left -= weight;
        }
        None
    }

    /// Puts them in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}
