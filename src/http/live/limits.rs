//! How much a subscriber may take, and the places that connections take up.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// How much one may take. Tests set it smaller.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections of all.
    pub connections: usize,
    /// Connections of one person, or from one network address of those who are not signed in.
    pub connections_each: usize,
    /// Operations that run at once on one WebSocket.
    pub operations: usize,
    /// Bytes of one WebSocket message.
    pub message: usize,
    /// Messages that wait to be written to one WebSocket.
    pub outgoing: usize,
    /// How long a WebSocket may take to say `connection_init`.
    pub init: Duration,
    /// How often a WebSocket is pinged; after two without a sign of life it is given up.
    pub ping: Duration,
    /// How often an event stream says something, though nothing happens.
    pub heartbeat: Duration,
    /// How long a client may leave unread what is sent to it.
    pub stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            connections_each: 100,
            operations: 50,
            message: 128 << 10,
            outgoing: 8,
            init: Duration::from_secs(10),
            ping: Duration::from_secs(20),
            heartbeat: Duration::from_secs(12),
            stall: Duration::from_secs(30),
        }
    }
}

/// The connections that are open, by whose they are. Cheap to clone.
#[derive(Clone)]
pub(in crate::http) struct Places {
    limits: Limits,
    taken: Arc<Mutex<HashMap<String, usize>>>,
    all: watch::Sender<usize>,
}

/// One connection's place; free again when dropped.
pub(in crate::http) struct Place {
    of: Places,
    whose: String,
}

impl Places {
    pub(in crate::http) fn new(limits: Limits) -> Self {
        Self { limits, taken: Arc::default(), all: watch::Sender::new(0) }
    }

    /// A place for one more connection of `whose`, if there is one.
    pub(in crate::http) fn take(&self, whose: String) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(&whose).copied().unwrap_or(0);
        if own >= self.limits.connections_each || *self.all.borrow() >= self.limits.connections {
            return None;
        }
        taken.insert(whose.clone(), own + 1);
        self.all.send_modify(|all| *all += 1);
        Some(Place { of: self.clone(), whose })
    }

    /// How many there are, and word when that changes.
    pub(super) fn count(&self) -> watch::Receiver<usize> {
        self.all.subscribe()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.whose) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                taken.remove(&self.whose);
            }
        }
        self.of.all.send_modify(|all| *all = all.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_few_for_each_and_for_all_and_free_again_when_left() {
        let places = Places::new(Limits { connections: 3, connections_each: 2, ..Limits::default() });
        let take = |whose: &str| places.take(whose.to_owned());
        let (first, second) = (take("a"), take("a"));
        assert!(first.is_some() && second.is_some() && take("a").is_none());
        let third = take("b");
        assert!(third.is_some() && take("c").is_none());
        drop(first);
        assert!(take("c").is_some());
        drop((second, third));
        assert!(places.taken.lock().unwrap().is_empty() && *places.count().borrow() == 0);
    }
}
