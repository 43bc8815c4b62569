//! The one place that asks the time, makes an id or draws a random number.
use crate::domain::{id::Id, time::Ts};
use rand::Rng;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{ContextV7, Timestamp, Uuid};

/// The hub's clock: the machine's, or one that tests set.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    set: Option<Arc<Mutex<Ts>>>,
    ids: Arc<Mutex<ContextV7>>,
}

impl Clock {
    /// A clock that stands still at `at` until it is moved.
    #[must_use]
    pub fn standing(at: Ts) -> Self {
        Self { set: Some(Arc::new(Mutex::new(at))), ids: Arc::default() }
    }

    /// Now, in whole microseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn now(&self) -> Ts {
        self.set
            .as_ref()
            .map_or_else(|| Ts::new(jiff::Timestamp::now()), |set| *set.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Moves a standing clock on; the machine's is left alone.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Some(set) = &self.set {
            let mut now = set.lock().unwrap_or_else(PoisonError::into_inner);
            *now = now.plus_seconds(seconds);
        }
    }

    /// Moves a standing clock on to `at`, never back; the machine's is left alone.
    pub fn move_to(&self, at: Ts) {
        if let Some(set) = &self.set {
            let mut now = set.lock().unwrap_or_else(PoisonError::into_inner);
            *now = at.max(*now);
        }
    }

    /// A new identifier, greater than all this process made before.
    #[must_use]
    pub fn id<K>(&self) -> Id<K> {
        let micros = self.now().micros();
        let seconds = u64::try_from(micros.div_euclid(1_000_000)).unwrap_or(0);
        let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1_000).unwrap_or(0);
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Id::of(Uuid::new_v7(Timestamp::from_unix(&*ids, seconds, nanos)))
    }

    /// Random bytes from the operating system's generator, for secrets.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn secret<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }

    /// Six random digits.
    #[must_use]
    pub fn code(&self) -> String {
        // 2^64 is so much greater than 10^6 that the remainder's bias is nothing to a guesser with five tries.
        format!("{:06}", u64::from_le_bytes(self.secret()) % 1_000_000)
    }

    /// How long something took, for logs: seconds since an arbitrary start, never backwards.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn stopwatch() -> std::time::Instant {
        std::time::Instant::now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_in_one_instant_still_rise() {
        let clock = Clock::standing(Ts::from_micros(1_763_800_000_000_000).unwrap());
        let ids: Vec<Id<crate::domain::id::kind::Practice>> = (0..1000).map(|_| clock.id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
